//! The calls of real-name verification, as far as persons and what stands are concerned.

use contract::endpoints;
use contract::verification::{Finished, NextStep, StartPerson, SubjectRevealed, Verification};

use super::ApiError;
use super::client;

/// Reads what stands (VER-12).
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn standing() -> Result<Verification, ApiError> {
    client::get(endpoints::GET_VERIFICATION).await
}

/// Reads the subject unmasked (PRT-2).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn reveal() -> Result<SubjectRevealed, ApiError> {
    client::call_for(endpoints::REVEAL_SUBJECT).await
}

/// Begins to verify the account as a person's (VER-3).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn start_person(wish: StartPerson) -> Result<NextStep, ApiError> {
    client::send(endpoints::START_PERSON, &wish).await
}

/// Begins the scan or the face check of the running attempt anew (VER-10).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn resume_person() -> Result<NextStep, ApiError> {
    client::call_for(endpoints::RESUME_PERSON).await
}

/// Takes the result of the scan or the face check, if there is one by now.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn finish_person() -> Result<Finished, ApiError> {
    client::call_for(endpoints::FINISH_PERSON).await
}

/// Gives the running attempt up (VER-10).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn give_up() -> Result<(), ApiError> {
    client::call(endpoints::GIVE_UP_VERIFICATION).await
}
