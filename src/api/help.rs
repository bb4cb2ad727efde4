//! The help centre (HLP-1).

use contract::endpoints;
use contract::help::Help;

use super::ApiError;
use super::client;

/// Asks for every answer in one language, `zh` or `en`.
///
/// # Errors
/// When the server cannot be asked.
pub async fn answers(language: &'static str) -> Result<Help, ApiError> {
    client::get_at(endpoints::GET_HELP, &[("language", language)]).await
}
