//! The calls of locking from a notice and unlocking (ACC-14).

use contract::codes::CodeSent;
use contract::endpoints;
use contract::forgotten::{AnswerCode, SendCode};
use contract::lock::{LockByLink, LockedAccount, LockedAccounts, Unlock};

use super::ApiError;
use super::client;

/// Locks the account whose notice has the link.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn lock(token: String) -> Result<LockedAccount, ApiError> {
    client::send(endpoints::LOCK, &LockByLink { token }).await
}

/// Has a code sent to a security phone or security e-mail.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn send_code(target: String) -> Result<CodeSent, ApiError> {
    client::send(endpoints::SEND_UNLOCK_CODE, &SendCode { target }).await
}

/// Asks which locked accounts are reached there.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn accounts(target: String, code: String) -> Result<LockedAccounts, ApiError> {
    let wish = AnswerCode { target, code };
    client::send(endpoints::FIND_LOCKED_ACCOUNTS, &wish).await
}

/// Unlocks.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn unlock(wish: Unlock) -> Result<(), ApiError> {
    client::send_only(endpoints::UNLOCK, &wish).await
}
