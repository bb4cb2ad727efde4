//! Forgets what is no longer needed: ended sessions, old answers, old windows, delivered letters, documents.
//! Must not touch accounts or the audit log.

use std::sync::Arc;
use std::time::Duration;

use domain::time::Span;
use tokio::sync::watch;

use crate::cookies;
use crate::flows::documents;
use crate::state::App;
use crate::store::{
    StoreError, codes, devices, face_checks, idempotency, key_challenges, lock_links, mfa,
    operators, outbox, scans, seen_identities, sessions, sign_in_steps, sign_ins, tries, trusted,
    used_captchas, wrong_passwords,
};

/// How often.
const EVERY: Duration = Duration::from_secs(600);

/// A delivered message is kept this long, for whoever asks what was sent.
const LETTERS_ARE_KEPT: Span = Span::from_days(7);

/// A code is dead long before, but whoever types it is told why (CON-12).
const CODES_ARE_KEPT: Span = Span::from_hours(24);

/// Owners look back on their sign-ins this far, as the operation audit does (SGN-9); risk needs 90 days
/// (SGN-4).
const SIGN_INS_ARE_KEPT: Span = Span::from_days(180);

/// What was counted on one day counts no longer on the next but one, whatever the lock (SGN-1).
const WRONG_PASSWORDS_ARE_KEPT: Span = Span::from_days(2);

/// Works until `stop` turns true.
pub async fn run(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = forget(&app).await {
            tracing::error!(%error, "housekeeping failed");
        }
        if let Err(error) = documents::delete_expired(&app).await {
            tracing::error!(%error, "housekeeping of documents failed");
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
    let desk = app.policy.operators.session_limits(true);
    operators::delete_ended_sessions(&mut tx, now.minus(desk.longest), now.minus(desk.idle))
        .await?;
    idempotency::delete_before(&mut tx, app.policy.idempotency.forgotten(now)).await?;
    let contacts = &app.policy.contacts;
    let longest_window = policy.tries_window.max(contacts.codes_window);
    tries::delete_before(&mut tx, now.minus(longest_window)).await?;
    codes::delete_sent_before(&mut tx, now.minus(CODES_ARE_KEPT)).await?;
    seen_identities::delete_before(&mut tx, now.minus(policy.seen_identity)).await?;
    // A link that is too old still says so for as long again.
    let links = app.policy.account.lock_link_lasts;
    lock_links::delete_before(&mut tx, now.minus(links).minus(links)).await?;
    outbox::delete_sent_before(&mut tx, now.minus(LETTERS_ARE_KEPT)).await?;
    devices::delete_unseen_since(&mut tx, now.minus(cookies::DEVICE_LIFE)).await?;
    wrong_passwords::delete_before(&mut tx, now.minus(WRONG_PASSWORDS_ARE_KEPT)).await?;
    used_captchas::delete_ended(&mut tx, now).await?;
    sign_in_steps::delete_before(&mut tx, now.minus(policy.second_step)).await?;
    sign_ins::delete_before(&mut tx, now.minus(SIGN_INS_ARE_KEPT)).await?;
    trusted::delete_before(&mut tx, now.minus(policy.trust)).await?;
    key_challenges::delete_before(&mut tx, now.minus(app.policy.mfa.key_challenge)).await?;
    mfa::delete_bindings_before(&mut tx, now.minus(app.policy.mfa.pending_binding)).await?;
    scans::delete_before(&mut tx, now.minus(policy.seen_identity)).await?;
    face_checks::delete_before(&mut tx, now.minus(app.policy.protection.face_check)).await?;
    tx.commit().await
}
