//! Why protection says no.

use serde::{Deserialize, Serialize};

use super::{Factor, ProofMethod, ProtectionKind};
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why a protection is not set, or an operation waits for a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum ProtectionRefusal {
    /// A factor can be chosen only when it is bound (PRT-1).
    FactorNotBound {
        /// The factor that was wished for.
        factor: Factor,
    },
    /// A factor cannot be unbound while a protection asks for it (PRT-1).
    FactorChosen {
        /// The factor.
        factor: Factor,
        /// The protection that asks for it.
        protection: ProtectionKind,
    },
    /// The operation is sensitive: prove again who you are (PRT-2).
    ProofNeeded {
        /// What can prove it, strongest first.
        usable: Vec<ProofMethod>,
    },
    /// The proof came from the very thing that is to be replaced, and that thing is too new (PRT-4).
    JustChanged {
        /// The thing.
        method: ProofMethod,
        /// When it vouches for itself again.
        retry_at: Timestamp,
    },
    /// The account has nothing to prove its owner with; a security phone must be bound first (PRT-4).
    NothingToProveWith,
}

impl Refuse for ProtectionRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::FactorNotBound { .. } | Self::FactorChosen { .. } => RuleId::Prt1,
            Self::ProofNeeded { .. } => RuleId::Prt2,
            Self::JustChanged { .. } | Self::NothingToProveWith => RuleId::Prt4,
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::JustChanged { retry_at, .. } => Some(*retry_at),
            Self::FactorNotBound { .. }
            | Self::FactorChosen { .. }
            | Self::ProofNeeded { .. }
            | Self::NothingToProveWith => None,
        }
    }
}
