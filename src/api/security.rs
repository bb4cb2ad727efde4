//! The calls of Security settings.

use contract::codes::CodeSent;
use contract::endpoints;
use contract::security::{
    ChangeSecurityPhone, ConfirmEmailChange, EmailConfirmed, EmailStep, PendingEmail, PhoneChanged,
    SecurityOverview, SendNewPhoneCode, SetPassword, SetProtection, SetSessionLimits, SignInPage,
    SignedInPlaces, StartEmailChange,
};
use domain::protection::{Protection, ProtectionKind};
use domain::time::Span;

use super::ApiError;
use super::client;

/// Reads the overview (PRT-3).
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn overview() -> Result<SecurityOverview, ApiError> {
    client::get(endpoints::GET_SECURITY).await
}

/// Sets a new password (SGN-6, SGN-12).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn set_password(password: String) -> Result<(), ApiError> {
    client::send_only(endpoints::SET_PASSWORD, &SetPassword { password }).await
}

/// Has a code sent to the number that shall be the security phone (CON-3).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn send_new_phone_code(phone: String) -> Result<CodeSent, ApiError> {
    client::send(endpoints::SEND_NEW_PHONE_CODE, &SendNewPhoneCode { phone }).await
}

/// Binds or changes the security phone (CON-2, CON-3).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn change_phone(phone: String, code: String) -> Result<PhoneChanged, ApiError> {
    let body = ChangeSecurityPhone { phone, code };
    client::send(endpoints::CHANGE_SECURITY_PHONE, &body).await
}

/// Begins to bind or change the security e-mail (CON-5).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn start_email_change(email: String) -> Result<PendingEmail, ApiError> {
    client::send(endpoints::START_EMAIL_CHANGE, &StartEmailChange { email }).await
}

/// Has the code sent that the change waits for (CON-5).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn send_email_change_code() -> Result<CodeSent, ApiError> {
    client::send(endpoints::SEND_EMAIL_CHANGE_CODE, &()).await
}

/// Hands in the code that the change waits for (CON-5).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn confirm_email_change(
    step: EmailStep,
    code: String,
) -> Result<EmailConfirmed, ApiError> {
    let body = ConfirmEmailChange { step, code };
    client::send(endpoints::CONFIRM_EMAIL_CHANGE, &body).await
}

/// Gives the change of the security e-mail up (CON-5).
///
/// # Errors
/// When the server cannot be asked.
pub async fn cancel_email_change() -> Result<(), ApiError> {
    client::call(endpoints::CANCEL_EMAIL_CHANGE).await
}

/// Sets a protection (PRT-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn set_protection(kind: ProtectionKind, protection: Protection) -> Result<(), ApiError> {
    let word = match kind {
        ProtectionKind::SignIn => "sign_in",
        ProtectionKind::Operation => "operation",
    };
    let body = SetProtection { protection };
    client::send_only_at(endpoints::SET_PROTECTION, &[("kind", word)], &body).await
}

/// Reads who is signed in where (SGN-13, SGN-2).
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn places() -> Result<SignedInPlaces, ApiError> {
    client::get(endpoints::GET_SESSIONS).await
}

/// Ends a session (SGN-13).
///
/// # Errors
/// When the server cannot be asked.
pub async fn end_session(id: String) -> Result<(), ApiError> {
    client::call_at(endpoints::END_SESSION, &[("session", &id)]).await
}

/// Ends every other session (SGN-13).
///
/// # Errors
/// When the server cannot be asked.
pub async fn end_other_sessions() -> Result<(), ApiError> {
    client::call(endpoints::END_OTHER_SESSIONS).await
}

/// Sets the limits of sessions (SGN-13).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn set_limits(idle: Span, longest: Span) -> Result<(), ApiError> {
    let body = SetSessionLimits { idle, longest };
    client::send_only(endpoints::SET_SESSION_LIMITS, &body).await
}

/// Ends the trust in a device (SGN-2).
///
/// # Errors
/// When the server cannot be asked.
pub async fn revoke_trust(id: String) -> Result<(), ApiError> {
    client::call_at(endpoints::REVOKE_TRUST, &[("device", &id)]).await
}

/// Ends the trust in every device (SGN-2).
///
/// # Errors
/// When the server cannot be asked.
pub async fn revoke_all_trust() -> Result<(), ApiError> {
    client::call(endpoints::REVOKE_ALL_TRUST).await
}

/// Reads a page of the sign-in history (SGN-9).
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn sign_ins(before: Option<String>) -> Result<SignInPage, ApiError> {
    match before {
        Some(before) => client::get_where(endpoints::GET_SIGN_INS, "before", &before).await,
        None => client::get(endpoints::GET_SIGN_INS).await,
    }
}
