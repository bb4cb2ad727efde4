//! A forgotten password (SGN-7).

use domain::sign_in::ForgottenPasswordWay;
use serde::{Deserialize, Serialize};

/// The body of [`crate::endpoints::SEND_RESET_CODE`] and [`crate::endpoints::SEND_UNLOCK_CODE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendCode {
    /// The phone number or e-mail address as typed; nobody has to know an account's id.
    pub target: String,
}

/// The body of [`crate::endpoints::FIND_RESET_ACCOUNTS`] and [`crate::endpoints::FIND_LOCKED_ACCOUNTS`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerCode {
    /// The phone number or e-mail address as typed.
    pub target: String,
    /// The code that went there, as typed.
    pub code: String,
}

/// The answer to [`crate::endpoints::FIND_RESET_ACCOUNTS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetAccounts {
    /// The accounts that are reached there, by their ids.
    pub accounts: Vec<ResetChoice>,
}

/// An account whose password somebody forgot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetChoice {
    /// Names the account in the next call.
    pub choice: String,
    /// Its id, masked.
    pub account_id: String,
    /// Whether it signs in with a password, which can be set anew here.
    pub has_password: bool,
    /// Whether its owner has locked it; then it is unlocked first (ACC-14).
    pub is_locked: bool,
    /// Its ways out (SGN-7).
    pub ways: Vec<ForgottenPasswordWay>,
}

/// The body of [`crate::endpoints::RESET_PASSWORD`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// The phone number or e-mail address as typed.
    pub target: String,
    /// The code that went there, as typed.
    pub code: String,
    /// The account's [`ResetChoice::choice`].
    pub choice: String,
    /// The new password as typed.
    pub password: String,
}
