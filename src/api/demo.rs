//! The calls that only the demo answers.

use contract::demo::{
    AnswerPhone, Look, Looked, MoveClock, OperatorCodes, Outbox, People, PhoneAnswered, SetPlatform,
};
use contract::endpoints;
use domain::time::Span;
use domain::verification::FaceCause;

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

/// Who can be chosen on the demo's phone.
///
/// # Errors
/// When the server cannot be asked.
pub async fn people(kind: &str) -> Result<People, ApiError> {
    client::get_at(endpoints::DEMO_PEOPLE, &[("kind", kind)]).await
}

/// Confirms or cancels on the demo's phone.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn answer_phone(answer: AnswerPhone) -> Result<PhoneAnswered, ApiError> {
    client::send(endpoints::DEMO_ANSWER_PHONE, &answer).await
}

/// Has the demo's camera look.
///
/// # Errors
/// When the server cannot be asked.
pub async fn look(check: String, cause: Option<FaceCause>) -> Result<Looked, ApiError> {
    client::send(endpoints::DEMO_LOOK, &Look { check, cause }).await
}

/// Sets what the demo's platform says of an account.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn set_platform(wish: SetPlatform) -> Result<(), ApiError> {
    client::send_only(endpoints::DEMO_SET_PLATFORM, &wish).await
}

/// The codes that the operators' apps show at this moment of the demo's clock.
///
/// # Errors
/// When this is no demo or the server cannot be asked.
pub async fn operator_codes() -> Result<OperatorCodes, ApiError> {
    client::get(endpoints::DEMO_OPERATOR_CODES).await
}
