//! Why an operator's act is refused. Knows rules and numbers; no sentence.

use serde::{Deserialize, Serialize};

use super::{Duty, ReviewCheck};
use crate::refusal::Refuse;
use crate::rule::RuleId;

/// Why an operator may not do something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum OperatorRefusal {
    /// The MFA code is still to be given (OPS-1).
    MfaMissing,
    /// None of their roles has this duty (OPS-1).
    RoleMissing {
        /// The duty.
        duty: Duty,
    },
    /// It concerns an account of their own (OPS-1).
    OwnAccount,
    /// It was decided already (OPS-1).
    AlreadyDecided,
    /// The second approval must come from another operator (OPS-1).
    SecondReviewerIsFirst,
    /// Approving needs every check of the queue (OPS-1, ENT-11).
    ChecksMissing {
        /// Those that were not ticked.
        missing: Vec<ReviewCheck>,
    },
    /// Rejecting needs a reason for at least one item (OPS-1).
    ReasonsMissing,
    /// It is frozen already, by an operator (OPS-2).
    AlreadyFrozen,
    /// It is not frozen by an operator; other reasons lift themselves (OPS-2).
    NotFrozen,
    /// The wanted limit is not above the present one (OPS-2).
    NotARaise {
        /// The limit now.
        limit: u32,
    },
    /// The wanted limit is above the highest possible (OPS-2).
    RaiseTooHigh {
        /// The highest possible limit.
        most: u32,
    },
}

impl Refuse for OperatorRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::MfaMissing
            | Self::RoleMissing { .. }
            | Self::OwnAccount
            | Self::AlreadyDecided
            | Self::SecondReviewerIsFirst
            | Self::ChecksMissing { .. }
            | Self::ReasonsMissing => RuleId::Ops1,
            Self::AlreadyFrozen
            | Self::NotFrozen
            | Self::NotARaise { .. }
            | Self::RaiseTooHigh { .. } => RuleId::Ops2,
        }
    }
}
