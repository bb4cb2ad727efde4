//! The calls of Account info.

use contract::account::{AccountInfo, ChangeNickname};
use contract::endpoints;

use super::ApiError;
use super::client;

/// Reads Account info.
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn account() -> Result<AccountInfo, ApiError> {
    client::get(endpoints::GET_ACCOUNT).await
}

/// Changes the nickname (ACC-4).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn change_nickname(change: ChangeNickname) -> Result<(), ApiError> {
    client::send_only(endpoints::CHANGE_NICKNAME, &change).await
}
