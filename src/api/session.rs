//! The calls about signing in and out.

use contract::endpoints;
use contract::session::{CurrentSession, SignIn, SignInAnswer};

use super::ApiError;
use super::client;

/// Asks who is signed in.
///
/// # Errors
/// When the server cannot be asked.
pub async fn current() -> Result<CurrentSession, ApiError> {
    client::get(endpoints::GET_SESSION).await
}

/// Signs in by e-mail and password (SGN-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn sign_in(email: String, password: String) -> Result<SignInAnswer, ApiError> {
    let typed = SignIn {
        email,
        password,
        captcha: None,
    };
    client::send(endpoints::SIGN_IN, &typed).await
}

/// Signs out.
///
/// # Errors
/// When the server cannot be asked; the browser forgets the owner all the same (V-26).
pub async fn sign_out() -> Result<(), ApiError> {
    client::call(endpoints::SIGN_OUT).await
}
