//! Asks other services what has become of what waits for them, and re-checks verified enterprises
//! (ENT-7, ENT-8, ENT-16). Must not know how either is done.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::error::ApiError;
use crate::flows::enterprise;
use crate::state::App;

/// How often.
const EVERY: Duration = Duration::from_secs(60);

/// Works until `stop` turns true.
pub async fn run(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    loop {
        match round(&app).await {
            Ok(()) => {}
            Err(ApiError::Internal(cause)) => {
                tracing::error!(error = %cause.0, "a round after what waits failed");
            }
            Err(_) => tracing::warn!("a round after what waits was cut short"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// One round.
///
/// # Errors
/// When the database fails.
pub async fn round(app: &App) -> Result<(), ApiError> {
    let now = app.clock.now();
    enterprise::look_after_all(app, now).await?;
    enterprise::recheck_due(app, now).await
}
