//! The calls of changing the verification.

use contract::changes::{
    AcceptChange, ChangeAccepted, ChangeOverview, ConsentAsked, InviteNewSubject, Invited,
    Representative, SaveChange, SaveChangeInformation, StartChange, SubmitChange,
};
use contract::endpoints;
use contract::providers::{FaceBegun, FaceStatus};
use domain::verification::change::ChangeTarget;

use super::ApiError;
use super::client;

/// Reads everything that the wizard shows (CHG-1 to CHG-5).
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn overview() -> Result<ChangeOverview, ApiError> {
    client::get(endpoints::GET_CHANGE).await
}

/// Begins an application (CHG-5).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn start(target: ChangeTarget) -> Result<ChangeOverview, ApiError> {
    client::send(endpoints::START_CHANGE, &StartChange { target }).await
}

/// Saves what was typed (V-33).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn save(id: &str, wish: &SaveChange) -> Result<ChangeOverview, ApiError> {
    client::send_at(endpoints::SAVE_CHANGE, &[("id", id)], wish).await
}

/// Hands the application in (V-34).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn submit(id: &str, wish: &SubmitChange) -> Result<ChangeOverview, ApiError> {
    client::send_at(endpoints::SUBMIT_CHANGE, &[("id", id)], wish).await
}

/// Takes it back (CHG-9).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn withdraw(id: &str) -> Result<ChangeOverview, ApiError> {
    client::send_at(endpoints::WITHDRAW_CHANGE, &[("id", id)], &()).await
}

/// Opens it for correction (CHG-9).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn correct(id: &str) -> Result<ChangeOverview, ApiError> {
    client::send_at(endpoints::CORRECT_CHANGE, &[("id", id)], &()).await
}

/// Saves the basic information (CHG-6).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn save_information(
    id: &str,
    version: i64,
    postal_address: String,
) -> Result<ChangeOverview, ApiError> {
    let wish = SaveChangeInformation {
        version,
        postal_address,
    };
    client::send_at(endpoints::SAVE_CHANGE_INFORMATION, &[("id", id)], &wish).await
}

/// Makes the link for the new subject (CHG-14).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn invite(id: &str, representative: Option<Representative>) -> Result<Invited, ApiError> {
    let wish = InviteNewSubject { representative };
    client::send_at(endpoints::INVITE_NEW_SUBJECT, &[("id", id)], &wish).await
}

/// Reads what the holder of a link is asked (CHG-14).
///
/// # Errors
/// When there is no such link or the server cannot be asked.
pub async fn consent(secret: &str) -> Result<ConsentAsked, ApiError> {
    client::get_at(endpoints::GET_CONSENT, &[("secret", secret)]).await
}

/// Begins the face check of a link.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn begin_face(secret: &str) -> Result<FaceBegun, ApiError> {
    client::send_at(endpoints::BEGIN_CONSENT_FACE, &[("secret", secret)], &()).await
}

/// Asks how that face check stands.
///
/// # Errors
/// When the server cannot be asked.
pub async fn face(secret: &str, check: &str) -> Result<FaceStatus, ApiError> {
    let parts = [("secret", secret), ("check", check)];
    client::get_at(endpoints::GET_CONSENT_FACE, &parts).await
}

/// Accepts (CHG-14).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn accept(secret: &str, check: String) -> Result<ChangeAccepted, ApiError> {
    let wish = AcceptChange { check };
    client::send_at(endpoints::ACCEPT_CHANGE, &[("secret", secret)], &wish).await
}
