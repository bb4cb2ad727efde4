//! Why a deregistration does not go on.

use serde::{Deserialize, Serialize};

use super::{Condition, ConditionKind, ConditionState, IdentityWay, LeavingDocument};
use crate::account::AccountRefusal;
use crate::refusal::Refuse;
use crate::rule::RuleId;

/// Why a deregistration does not go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum DeregistrationRefusal {
    /// Only the owner, signed in to the root account, applies or cancels (DRG-1).
    OnlyOwner,
    /// A condition is not met (DRG-2, DRG-3, DRG-8).
    ConditionNotMet {
        /// The condition with its number.
        condition: Condition,
    },
    /// What was typed is not this account's id (DRG-8).
    AccountIdWrong,
    /// This way to identify oneself is not open to the account (DRG-8).
    WayNotOpen {
        /// The way.
        way: IdentityWay,
    },
    /// A document is missing (DRG-8, DRG-4).
    DocumentMissing {
        /// The document.
        document: LeavingDocument,
    },
    /// An application is waiting for its decision (DRG-5).
    AlreadyApplied,
    /// Nothing waits for this decision (DRG-5).
    NotInThisState,
    /// A rejection says why (DRG-5).
    ReasonsMissing,
    /// The account forbids it (DRG-6).
    Account {
        /// Why.
        refusal: AccountRefusal,
    },
}

impl Refuse for DeregistrationRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::OnlyOwner => RuleId::Drg1,
            Self::ConditionNotMet { condition } => match (condition.kind, condition.state) {
                (ConditionKind::NoVerificationInProgress, _) => RuleId::Drg8,
                (_, ConditionState::CanBeGivenUp) => RuleId::Drg3,
                (_, _) => RuleId::Drg2,
            },
            Self::AccountIdWrong | Self::WayNotOpen { .. } => RuleId::Drg8,
            Self::DocumentMissing {
                document: LeavingDocument::RegistryStatement,
            } => RuleId::Drg4,
            Self::DocumentMissing { .. } => RuleId::Drg8,
            Self::AlreadyApplied | Self::NotInThisState | Self::ReasonsMissing => RuleId::Drg5,
            Self::Account { refusal } => refusal.rule(),
        }
    }
}

impl From<AccountRefusal> for DeregistrationRefusal {
    fn from(refusal: AccountRefusal) -> Self {
        Self::Account { refusal }
    }
}
