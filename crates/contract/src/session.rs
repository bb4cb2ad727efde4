//! Signing in, who is signed in, signing out.

use domain::account::AccountId;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The body of [`crate::endpoints::SIGN_IN`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The login e-mail.
    pub email: String,
    /// The password as typed.
    pub password: String,
}

/// Who is signed in; the answer to signing in and to [`crate::endpoints::GET_SESSION`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentSession {
    /// The signed-in owner, or nothing when nobody is signed in.
    pub owner: Option<Owner>,
    /// The server's time at the answer, in milliseconds since the Unix epoch.
    pub server_time: Timestamp,
}

/// The signed-in owner of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Owner {
    /// The account's id (ACC-1).
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "100000000001"))]
    pub account_id: AccountId,
    /// What the console calls the owner (ACC-4).
    pub nickname: String,
    /// When the session ends if it is not used again (SGN-13).
    pub ends_at: Timestamp,
    /// Whether use moves that moment; `false` when the session has reached its greatest age (SGN-13).
    pub extends_with_use: bool,
    /// How many milliseconds before its end the page warns (SGN-13).
    pub warn_before: i64,
}
