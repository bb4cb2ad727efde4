//! Account info.

use domain::account::{AccountId, VerificationStatus};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The answer to [`crate::endpoints::GET_ACCOUNT`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountInfo {
    /// The account's id (ACC-1).
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "100000000001"))]
    pub account_id: AccountId,
    /// When the account was registered (ACC-3).
    pub registered_at: Timestamp,
    /// Display name (ACC-4).
    pub nickname: String,
    /// Raised by each change of the nickname; a change names the version it was made from.
    pub nickname_version: i64,
    /// The login e-mail, masked.
    pub login_email: Option<String>,
    /// Real-name verification.
    pub verification: VerificationStatus,
    /// The verified name, masked; only when verified.
    pub verified_name: Option<String>,
}

/// The body of [`crate::endpoints::CHANGE_NICKNAME`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeNickname {
    /// The wanted nickname.
    pub nickname: String,
    /// The version that was on screen; another one is answered with 409.
    pub version: i64,
    /// The owner has read the warning of ACC-4 and still wants their verified name.
    #[serde(default)]
    pub use_verified_name: bool,
}
