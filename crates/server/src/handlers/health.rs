//! For whoever watches the server: is it there, can it work. Tells strangers nothing else.

use std::sync::Arc;

use axum::extract::State;

use crate::error::ApiError;
use crate::state::App;

/// The process is there.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The process can work: the database answers.
///
/// # Errors
/// When it does not.
pub async fn ready(State(app): State<Arc<App>>) -> Result<&'static str, ApiError> {
    app.store.check().await.map_err(|error| {
        tracing::error!(%error, "not ready");
        ApiError::Busy
    })?;
    Ok("ready\n")
}
