//! Consent to terms and privacy text (REG-7). Must not know the texts.

use serde::{Deserialize, Serialize};

use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// The versions of the texts that are in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LegalVersions {
    /// Version of the terms.
    pub terms: String,
    /// Version of the privacy text.
    pub privacy: String,
}

/// What somebody agreed to, and when; it is recorded with the account (REG-7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consent {
    /// The versions that were shown.
    pub versions: LegalVersions,
    /// When they were agreed to.
    pub at: Timestamp,
}

/// Why an account is not registered, beside what login methods and contacts refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum RegistrationRefusal {
    /// No identity to sign in with was proved in this browser, or too long ago; begin again (REG-1).
    IdentityNotProved,
    /// Terms and privacy text were not agreed to (REG-7).
    ConsentMissing,
    /// Other versions are in force by now than were agreed to; read them again (REG-7).
    ConsentOutdated,
    /// The phone has not answered a code for registering (REG-3).
    PhoneNotProved,
}

impl Refuse for RegistrationRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::IdentityNotProved => RuleId::Reg1,
            Self::ConsentMissing | Self::ConsentOutdated => RuleId::Reg7,
            Self::PhoneNotProved => RuleId::Reg3,
        }
    }
}
