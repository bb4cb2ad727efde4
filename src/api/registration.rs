//! The calls of registering an account (REG).

use contract::codes::CodeSent;
use contract::endpoints;
use contract::registration::{
    LegalText, ProveEmail, Register, Registration, SendEmailCode, SendPhoneCode,
};
use contract::session::CurrentSession;

use super::ApiError;
use super::client;

/// Asks what registering needs (REG-1, REG-7).
///
/// # Errors
/// When the server cannot be asked.
pub async fn needed() -> Result<Registration, ApiError> {
    client::get(endpoints::GET_REGISTRATION).await
}

/// Has a code sent to the address that is to register (CON-12).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn send_email_code(email: String) -> Result<CodeSent, ApiError> {
    let wish = SendEmailCode { email };
    client::send(endpoints::SEND_REGISTRATION_EMAIL_CODE, &wish).await
}

/// Proves the address (REG-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn prove_email(email: String, code: String) -> Result<Registration, ApiError> {
    let wish = ProveEmail { email, code };
    client::send(endpoints::PROVE_REGISTRATION_EMAIL, &wish).await
}

/// Has a code sent to the phone that is to be the security phone (REG-3).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn send_phone_code(phone: String) -> Result<CodeSent, ApiError> {
    let wish = SendPhoneCode { phone };
    client::send(endpoints::SEND_REGISTRATION_PHONE_CODE, &wish).await
}

/// Registers (REG-2).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn register(wish: Register) -> Result<CurrentSession, ApiError> {
    client::send(endpoints::REGISTER, &wish).await
}

/// Asks for the terms (REG-7).
///
/// # Errors
/// When the server cannot be asked.
pub async fn terms() -> Result<LegalText, ApiError> {
    client::get(endpoints::GET_TERMS).await
}

/// Asks for the privacy text (REG-7).
///
/// # Errors
/// When the server cannot be asked.
pub async fn privacy() -> Result<LegalText, ApiError> {
    client::get(endpoints::GET_PRIVACY).await
}
