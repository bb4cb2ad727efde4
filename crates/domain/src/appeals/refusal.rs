//! Why an appeal does not go on.

use serde::{Deserialize, Serialize};

use super::{AppealKind, AppealMaterial};
use crate::account::AccountRefusal;
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why an appeal does not go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum AppealRefusal {
    /// Something that must be brought is missing (CON-4, APL-1, APL-4).
    MaterialMissing {
        /// What the appeal asks for.
        kind: AppealKind,
        /// What is missing.
        material: AppealMaterial,
    },
    /// Another appeal of this kind is open for the account (APL-5).
    AnotherOpen,
    /// Only the verified subject has the MFA removed; nobody is verified (APL-4).
    NobodyVerified,
    /// The account has no MFA device (APL-4).
    NoMfa,
    /// The appeal is not in a state for that (APL-5).
    NotInThisState,
    /// The desk has not approved it, or a second reviewer must still agree (OPS-1).
    NotDecided,
    /// A rejection, and a request for more, says why (APL-5).
    ReasonsMissing,
    /// The existing contacts can still object (APL-6).
    ObjectionOpen {
        /// When it takes effect.
        retry_at: Timestamp,
    },
    /// The time to object is over (APL-6).
    ObjectionOver {
        /// When it was over.
        at: Timestamp,
    },
    /// The owner locked the account since the approval, which counts as an objection (APL-6, ACC-14).
    LockedSinceApproval,
    /// The new phone is the security phone of as many accounts as it may be (CON-2).
    PhoneFull {
        /// Most accounts.
        most: u32,
    },
    /// The new e-mail has registered another account (CON-14).
    EmailRegistered,
    /// Link or number is wrong; the same whether the appeal exists (APL-5).
    NoSuchAppeal,
    /// This network address has tried links as often as it may today (APL-5).
    TooManyTries {
        /// Most tries on one day.
        most: u32,
        /// When the next day begins.
        retry_at: Timestamp,
    },
    /// The account forbids it (DRG-6).
    Account {
        /// Why.
        refusal: AccountRefusal,
    },
}

impl Refuse for AppealRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::MaterialMissing { kind, .. } => match kind {
                AppealKind::SignIn => RuleId::Apl1,
                AppealKind::SecurityPhone => RuleId::Con4,
                AppealKind::MfaRemoval => RuleId::Apl4,
            },
            Self::NobodyVerified | Self::NoMfa => RuleId::Apl4,
            Self::NotDecided => RuleId::Ops1,
            Self::ObjectionOpen { .. } | Self::ObjectionOver { .. } | Self::LockedSinceApproval => {
                RuleId::Apl6
            }
            Self::PhoneFull { .. } => RuleId::Con2,
            Self::EmailRegistered => RuleId::Con14,
            Self::AnotherOpen
            | Self::NotInThisState
            | Self::ReasonsMissing
            | Self::NoSuchAppeal
            | Self::TooManyTries { .. } => RuleId::Apl5,
            Self::Account { refusal } => refusal.rule(),
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::ObjectionOpen { retry_at } | Self::TooManyTries { retry_at, .. } => {
                Some(*retry_at)
            }
            _ => None,
        }
    }
}

impl From<AccountRefusal> for AppealRefusal {
    fn from(refusal: AccountRefusal) -> Self {
        Self::Account { refusal }
    }
}
