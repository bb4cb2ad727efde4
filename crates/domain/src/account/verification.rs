//! Whether an account is verified, as far as its basic information shows it.

use serde::{Deserialize, Serialize};

/// The real-name verification of an account, as Account info names it (VER-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerificationStatus {
    /// Never verified, or no longer.
    Unverified,
    /// Verified as a person.
    Person,
    /// Verified as an enterprise or another organisation.
    Enterprise,
}
