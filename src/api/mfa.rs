//! The calls of the MFA device, of recovery codes and of security keys.

use contract::endpoints;
use contract::mfa::{
    Binding, ConfirmBinding, DeviceBound, KeyAnswer, KeyChallenge, MfaStatus, MfaUnbound,
    NewRecoveryCodes, PasskeysHere, StartBinding,
};
use contract::session::SignInAnswer;

use super::ApiError;
use super::client;

/// Reads what is bound and what may be done.
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn status() -> Result<MfaStatus, ApiError> {
    client::get(endpoints::GET_MFA).await
}

/// Unbinds the device (MFA-2).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn unbind() -> Result<MfaUnbound, ApiError> {
    client::call_for(endpoints::UNBIND_MFA).await
}

/// Begins to bind a device, or goes on with it (MFA-2).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn start(wish: StartBinding) -> Result<Binding, ApiError> {
    client::send(endpoints::START_BINDING, &wish).await
}

/// Shows the binding that was begun (V-19).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn binding() -> Result<Binding, ApiError> {
    client::get(endpoints::GET_BINDING).await
}

/// Gives the binding up.
///
/// # Errors
/// When the server cannot be asked.
pub async fn cancel() -> Result<(), ApiError> {
    client::call(endpoints::CANCEL_BINDING).await
}

/// Proves a new app or token (MFA-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn confirm(codes: ConfirmBinding) -> Result<DeviceBound, ApiError> {
    client::send(endpoints::CONFIRM_BINDING, &codes).await
}

/// Asks for the challenge of a new key.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn challenge_new_key() -> Result<KeyChallenge, ApiError> {
    client::call_for(endpoints::CHALLENGE_NEW_KEY).await
}

/// Proves a new key (MFA-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn confirm_key(answer: KeyAnswer) -> Result<DeviceBound, ApiError> {
    client::send(endpoints::CONFIRM_KEY_BINDING, &answer).await
}

/// Makes new recovery codes (MFA-7).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn renew_codes() -> Result<NewRecoveryCodes, ApiError> {
    client::call_for(endpoints::RENEW_RECOVERY_CODES).await
}

/// Unbinds WeChat as confirmation (MFA-6).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn unbind_wechat() -> Result<MfaUnbound, ApiError> {
    client::call_for(endpoints::UNBIND_WECHAT_CONFIRMATION).await
}

/// Asks for a challenge by which the bound key proves the owner in this session.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn challenge_key() -> Result<KeyChallenge, ApiError> {
    client::call_for(endpoints::CHALLENGE_KEY).await
}

/// The same for the second step of a sign-in.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn challenge_step_key() -> Result<KeyChallenge, ApiError> {
    client::call_for(endpoints::CHALLENGE_STEP_KEY).await
}

/// Asks whether passkeys work where this page was opened.
///
/// # Errors
/// When the server cannot be asked.
pub async fn passkeys_here() -> Result<PasskeysHere, ApiError> {
    client::get(endpoints::GET_PASSKEYS_HERE).await
}

/// Asks for the challenge to sign in with a passkey.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn challenge_passkey() -> Result<KeyChallenge, ApiError> {
    client::call_for(endpoints::CHALLENGE_PASSKEY).await
}

/// Signs in with a passkey (MFA-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn sign_in(answer: KeyAnswer) -> Result<SignInAnswer, ApiError> {
    client::send(endpoints::SIGN_IN_WITH_PASSKEY, &answer).await
}
