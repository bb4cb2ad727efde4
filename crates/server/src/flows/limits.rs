//! How much a stranger may ask for from one network address. Must not know what is asked for.

use domain::sign_in::SignInRefusal;
use domain::time::{Span, Timestamp};

use crate::error::ApiError;
use crate::extract::ClientAddress;
use crate::state::App;
use crate::store::tries::{self, Room};

/// Counts a code that a stranger asks for, before anything is looked up (beside CON-12).
///
/// # Errors
/// When the address has had as many as it may.
pub async fn count_code(
    app: &App,
    address: &ClientAddress,
    now: Timestamp,
) -> Result<(), ApiError> {
    let policy = &app.policy.contacts;
    let limit = (policy.codes_per_address, policy.codes_window);
    count(app, ("codes for", address), limit, now).await
}

/// Counts a stranger's try at something that costs work or can be guessed, before anything is looked up
/// or hashed (beside SGN-1).
///
/// # Errors
/// When the address has had as many as it may.
pub async fn count_try(app: &App, address: &ClientAddress, now: Timestamp) -> Result<(), ApiError> {
    let policy = &app.policy.sign_in;
    let limit = (policy.tries_per_address, policy.tries_window);
    count(app, ("tries from", address), limit, now).await
}

async fn count(
    app: &App,
    (what, address): (&str, &ClientAddress),
    (most, window): (u32, Span),
    now: Timestamp,
) -> Result<(), ApiError> {
    let who = app.store.vault().lookup_hash(what, &address.0);
    let mut tx = app.store.write().await?;
    let room = tries::count(&mut tx, &who, most, window, now).await?;
    tx.commit().await?;
    match room {
        Room::Left => Ok(()),
        Room::FullUntil(retry_at) => Err(ApiError::refused(
            SignInRefusal::TooManyTries { retry_at },
            now,
        )),
    }
}
