//! Forgets what is no longer needed: ended sessions, old answers, old windows, delivered letters.
//! Must not touch accounts or the audit log.

use std::sync::Arc;
use std::time::Duration;

use domain::time::Span;
use tokio::sync::watch;

use crate::cookies;
use crate::state::App;
use crate::store::{
    StoreError, devices, idempotency, key_challenges, mfa, outbox, sessions, tries,
};

/// How often.
const EVERY: Duration = Duration::from_secs(600);

/// A delivered message is kept this long, for whoever asks what was sent.
const LETTERS_ARE_KEPT: Span = Span::from_days(7);

/// Works until `stop` turns true.
pub async fn run(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = forget(&app).await {
            tracing::error!(%error, "housekeeping failed");
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
pub async fn forget(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let policy = &app.policy.sign_in;
    let mut tx = app.store.write().await?;
    sessions::delete_ended(
        &mut tx,
        // Owners may choose longer limits than the installation's (SGN-13).
        now.minus(policy.session_longest_most),
        now.minus(policy.session_idle_most),
    )
    .await?;
    idempotency::delete_before(&mut tx, app.policy.idempotency.forgotten(now)).await?;
    tries::delete_before(&mut tx, now.minus(policy.tries_window)).await?;
    outbox::delete_sent_before(&mut tx, now.minus(LETTERS_ARE_KEPT)).await?;
    devices::delete_unseen_since(&mut tx, now.minus(cookies::DEVICE_LIFE)).await?;
    key_challenges::delete_before(&mut tx, now.minus(app.policy.mfa.key_challenge)).await?;
    mfa::delete_bindings_before(&mut tx, now.minus(app.policy.mfa.pending_binding)).await?;
    tx.commit().await
}
