//! Why something about the account itself is refused.

use serde::{Deserialize, Serialize};

use super::{FreezeReason, FrozenAction};
use crate::protection::ProofMethod;
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why something about the account itself is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum AccountRefusal {
    /// The account is frozen, for this reason among possibly others (ACC-6).
    Frozen {
        /// Why it is frozen; what lifts it follows from the reason.
        reason: FreezeReason,
        /// What was wanted.
        action: FrozenAction,
    },
    /// The account is deregistered; nothing happens on it any more (DRG-6).
    Deregistered,
    /// The other account belongs to the other site (ACC-5).
    OtherSite,
    /// Only the owner of the account, signed in to the root account, does this (ACC-14).
    OnlyOwner,
    /// Resources never move to another account; bind further login methods instead (ACC-8).
    ResourceStays,
    /// It does not belong to the account that wants to give it away (ACC-9).
    NotTheirs,
    /// Source and target are the same account (ACC-9).
    SameAccount,
    /// A filing moves from a person's account to a company's only (ACC-9).
    NotFromPersonToEnterprise,
    /// A move of it is waiting for an answer already (ACC-9).
    MoveWaiting,
    /// Nothing waits for an answer, or for this side's (ACC-9).
    NoMoveWaiting,
    /// The other side did not answer in time (ACC-9).
    MoveExpired {
        /// When the time was over.
        at: Timestamp,
    },
    /// The account is locked; unlock it first (ACC-14).
    Locked {
        /// When it was locked.
        since: Timestamp,
    },
    /// The account is not locked (ACC-14).
    NotLocked,
    /// After unlocking, the password is set anew before anything else (ACC-14).
    PasswordNotSetAnew,
    /// The link of the notice is too old; sign in, or appeal (ACC-14).
    LockLinkExpired {
        /// When it expired.
        at: Timestamp,
    },
    /// The account has nothing of this kind to prove itself with (ACC-14).
    NothingSuchBound {
        /// What was shown.
        method: ProofMethod,
    },
    /// What was shown was changed shortly before the lock or after it, and something older is at
    /// hand (ACC-14).
    ChangedTooRecently {
        /// What was shown.
        method: ProofMethod,
    },
    /// The data were downloaded a moment ago (ACC-14).
    ExportTooSoon {
        /// When they can be downloaded again.
        retry_at: Timestamp,
    },
    /// Nothing is different from what is stored (ACC-14).
    NothingChanged,
    /// More than one field changes; the differences are shown and confirmed first (ACC-14).
    DiffNotConfirmed {
        /// How many fields change.
        fields: u32,
    },
    /// The account was changed elsewhere since the differences were shown (ACC-14).
    ChangedElsewhere,
}

impl Refuse for AccountRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::Frozen { .. } => RuleId::Acc6,
            Self::Deregistered => RuleId::Drg6,
            Self::OtherSite => RuleId::Acc5,
            Self::ResourceStays => RuleId::Acc8,
            Self::NotTheirs
            | Self::SameAccount
            | Self::NotFromPersonToEnterprise
            | Self::MoveWaiting
            | Self::NoMoveWaiting
            | Self::MoveExpired { .. } => RuleId::Acc9,
            Self::OnlyOwner
            | Self::Locked { .. }
            | Self::NotLocked
            | Self::PasswordNotSetAnew
            | Self::LockLinkExpired { .. }
            | Self::NothingSuchBound { .. }
            | Self::ChangedTooRecently { .. }
            | Self::ExportTooSoon { .. }
            | Self::NothingChanged
            | Self::DiffNotConfirmed { .. }
            | Self::ChangedElsewhere => RuleId::Acc14,
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::ExportTooSoon { retry_at } => Some(*retry_at),
            _ => None,
        }
    }
}
