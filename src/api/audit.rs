//! The calls of the operation audit.

use contract::audit::AuditPage;
use contract::endpoints;

use super::{ApiError, client};

/// Reads the rows of the account, newest first, from the place that the page before named (OPS-3).
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn rows(before: Option<u64>) -> Result<AuditPage, ApiError> {
    match before {
        None => client::get(endpoints::GET_AUDIT).await,
        Some(before) => {
            client::get_where(endpoints::GET_AUDIT, "before", &before.to_string()).await
        }
    }
}
