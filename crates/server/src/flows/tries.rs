//! Tries of whoever is not signed in, counted by network address before anything is looked up or
//! hashed. Must not know what is tried.

use domain::sign_in::SignInRefusal;
use domain::time::{Span, Timestamp};

use crate::error::ApiError;
use crate::extract::ClientAddress;
use crate::state::App;
use crate::store::tries::{self, Room};

/// Counts a try, or refuses it.
///
/// # Errors
/// [`SignInRefusal::TooManyTries`].
pub async fn count(app: &App, address: &ClientAddress, now: Timestamp) -> Result<(), ApiError> {
    let policy = &app.policy.sign_in;
    let limit = (policy.tries_per_address, policy.tries_window);
    count_one(app, ("sign-in from", address), limit, now).await
}

/// Counts a code that is asked for, beside what each target may get (CON-12), or refuses it.
///
/// # Errors
/// [`SignInRefusal::TooManyTries`].
pub async fn count_code(
    app: &App,
    address: &ClientAddress,
    now: Timestamp,
) -> Result<(), ApiError> {
    let policy = &app.policy.contacts;
    let limit = (policy.codes_per_address, policy.codes_window);
    count_one(app, ("code for", address), limit, now).await
}

async fn count_one(
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
