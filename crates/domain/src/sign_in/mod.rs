//! Getting in and staying in. Must not know how a password is stored.

mod password;
mod policy;
mod session;
mod strength;

use serde::{Deserialize, Serialize};

pub use password::{Password, PasswordOwner, PasswordProblem};
pub use policy::SignInPolicy;
pub use session::{Session, SessionEnd, SessionId};
pub use strength::PasswordStrength;

use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why somebody is not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum SignInRefusal {
    /// E-mail and password do not belong together; the same for an unknown address.
    WrongEmailOrPassword,
    /// Too many tries from one network address.
    TooManyTries {
        /// When the next try is answered.
        retry_at: Timestamp,
    },
}

impl Refuse for SignInRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::WrongEmailOrPassword | Self::TooManyTries { .. } => RuleId::Sgn1,
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::WrongEmailOrPassword => None,
            Self::TooManyTries { retry_at } => Some(*retry_at),
        }
    }
}
