//! Why a login method stays as it is.

use serde::{Deserialize, Serialize};

use super::LoginMethodKind;
use crate::protection::ProtectionKind;
use crate::refusal::Refuse;
use crate::rule::RuleId;

/// Why a login method is not bound, replaced, unbound, or accounts are not linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum LoginMethodRefusal {
    /// The last login method stays; bind another first (LGM-1).
    LastMethod {
        /// The method.
        kind: LoginMethodKind,
    },
    /// The e-mail is the only login method; bind another before replacing it (LGM-3).
    EmailIsOnlyMethod,
    /// The registration method is unbound only with a security phone bound (LGM-2).
    SecurityPhoneMissing,
    /// The registration method is the factor that a protection asks for (LGM-2).
    ChosenFactor {
        /// The protection.
        protection: ProtectionKind,
    },
    /// The account has no login method of this kind.
    NotBound {
        /// The kind.
        kind: LoginMethodKind,
    },
    /// The account has one of this kind; replace it (LGM-5).
    KindBound {
        /// The kind.
        kind: LoginMethodKind,
    },
    /// This identity is the account's already.
    SameIdentity,
    /// This identity signs in to another account (LGM-5).
    IdentityTaken {
        /// Its kind.
        kind: LoginMethodKind,
    },
    /// This address has registered another account (CON-14).
    EmailRegistered,
    /// This WeChat signs in to as many accounts as it may (LGM-5).
    TooManyAccounts {
        /// Most accounts of one WeChat.
        most: u32,
    },
    /// Only an administrator of the WeCom organisation can bind it; the guide of WCM-1 opens (LGM-7).
    NotWecomAdministrator,
    /// Sign-in by e-mail needs a password; set one first (CON-15).
    PasswordMissing,
    /// Only root accounts can be linked; a sub-user has exactly one root (LGM-6).
    NotARootAccount,
    /// An account is not linked with itself (LGM-6).
    SameAccount,
    /// China and International site share no accounts (ACC-5).
    OtherSite,
    /// The other account was not proved to be one's own (LGM-6).
    OtherAccountNotProved,
}

impl Refuse for LoginMethodRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::LastMethod { .. } => RuleId::Lgm1,
            Self::SecurityPhoneMissing | Self::ChosenFactor { .. } => RuleId::Lgm2,
            Self::EmailIsOnlyMethod => RuleId::Lgm3,
            Self::NotBound { .. }
            | Self::KindBound { .. }
            | Self::SameIdentity
            | Self::IdentityTaken { .. }
            | Self::TooManyAccounts { .. } => RuleId::Lgm5,
            Self::EmailRegistered => RuleId::Con14,
            Self::NotWecomAdministrator => RuleId::Lgm7,
            Self::PasswordMissing => RuleId::Con15,
            Self::NotARootAccount | Self::SameAccount | Self::OtherAccountNotProved => RuleId::Lgm6,
            Self::OtherSite => RuleId::Acc5,
        }
    }
}
