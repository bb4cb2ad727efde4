//! Tries of whoever is not signed in, counted by network address before anything is looked up or
//! hashed. Must not know what is tried.

use domain::sign_in::SignInRefusal;
use domain::time::Timestamp;

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
    let who = app.store.vault().lookup_hash("sign-in from", &address.0);
    let mut tx = app.store.write().await?;
    let (most, window) = (policy.tries_per_address, policy.tries_window);
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
