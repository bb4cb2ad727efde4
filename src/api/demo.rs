//! The calls that only the demo answers.

use contract::demo::{MoveClock, Outbox};
use contract::endpoints;
use domain::time::Span;

use super::ApiError;
use super::client;

/// Reads every message that the demo sent.
///
/// # Errors
/// When this is no demo or the server cannot be asked.
pub async fn outbox() -> Result<Outbox, ApiError> {
    client::get(endpoints::DEMO_OUTBOX).await
}

/// Moves the demo's clock forward.
///
/// # Errors
/// When this is no demo or the server cannot be asked.
pub async fn move_clock(forward_by: Span) -> Result<(), ApiError> {
    let forward_by = u64::try_from(forward_by.as_millis()).unwrap_or_default();
    client::send_only(endpoints::DEMO_MOVE_CLOCK, &MoveClock { forward_by }).await
}
