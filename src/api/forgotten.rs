//! The calls of a forgotten password (SGN-7).

use contract::codes::CodeSent;
use contract::endpoints;
use contract::forgotten::{AnswerCode, ResetAccounts, ResetPassword, SendCode};

use super::ApiError;
use super::client;

/// Has a code sent to a login e-mail or a security phone.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn send_code(target: String) -> Result<CodeSent, ApiError> {
    client::send(endpoints::SEND_RESET_CODE, &SendCode { target }).await
}

/// Asks which accounts are reached there.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn accounts(target: String, code: String) -> Result<ResetAccounts, ApiError> {
    let wish = AnswerCode { target, code };
    client::send(endpoints::FIND_RESET_ACCOUNTS, &wish).await
}

/// Sets a new password.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn reset(wish: ResetPassword) -> Result<(), ApiError> {
    client::send_only(endpoints::RESET_PASSWORD, &wish).await
}
