//! Why a search does not go on.

use serde::{Deserialize, Serialize};

use super::FindField;
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why a search does not go on; nothing here depends on whether anything would be found (FND-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum FindRefusal {
    /// No captcha was solved (FND-4).
    CaptchaMissing,
    /// This network address has searched as often as it may today (FND-4).
    TooManySearches {
        /// Most searches on one day.
        most: u32,
        /// When the next day begins.
        retry_at: Timestamp,
    },
    /// Something that an enterprise's search needs is missing (FND-7).
    FieldMissing {
        /// What.
        field: FindField,
    },
    /// Query code and phone do not belong together; the same whether either exists (FND-7).
    NoSuchSearch,
    /// The phone did not answer a code for this (FND-7).
    PhoneNotProved,
    /// This network address has asked for progress as often as it may today (FND-7).
    TooManyTries {
        /// Most tries on one day.
        most: u32,
        /// When the next day begins.
        retry_at: Timestamp,
    },
    /// It is decided already (FND-7).
    NotInReview,
    /// A rejection says why (FND-7).
    ReasonsMissing,
}

impl Refuse for FindRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::CaptchaMissing | Self::TooManySearches { .. } => RuleId::Fnd4,
            Self::FieldMissing { .. }
            | Self::NoSuchSearch
            | Self::PhoneNotProved
            | Self::TooManyTries { .. }
            | Self::NotInReview
            | Self::ReasonsMissing => RuleId::Fnd7,
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::TooManySearches { retry_at, .. } | Self::TooManyTries { retry_at, .. } => {
                Some(*retry_at)
            }
            Self::CaptchaMissing
            | Self::FieldMissing { .. }
            | Self::NoSuchSearch
            | Self::PhoneNotProved
            | Self::NotInReview
            | Self::ReasonsMissing => None,
        }
    }
}
