//! The calls about signing in and out.

use contract::captcha::{Captcha, Puzzle, SendCaptchaCode};
use contract::codes::CodeSent;
use contract::endpoints;
use contract::mfa::KeyChallenge;
use contract::proof::Proof;
use contract::session::{
    CurrentSession, PassSecondStep, SecondStepStatus, SendSecondStepCode, SignIn, SignInAnswer,
    SignInSubUser,
};
use domain::protection::ProofMethod;

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
pub async fn sign_in(typed: SignIn) -> Result<SignInAnswer, ApiError> {
    client::send(endpoints::SIGN_IN, &typed).await
}

/// Signs a sub-user in (SGN-14).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn sign_in_sub_user(typed: SignInSubUser) -> Result<SignInAnswer, ApiError> {
    client::send(endpoints::SIGN_IN_SUB_USER, &typed).await
}

/// Fetches a puzzle for signing in (SGN-1).
///
/// # Errors
/// When the server cannot be asked.
pub async fn puzzle() -> Result<Puzzle, ApiError> {
    client::get_at(endpoints::GET_CAPTCHA, &[("purpose", "sign_in")]).await
}

/// Has a code sent to the typed address, in the place of a puzzle (SGN-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn send_captcha_code(email: String) -> Result<CodeSent, ApiError> {
    client::send(endpoints::SEND_CAPTCHA_CODE, &SendCaptchaCode { email }).await
}

/// Asks what the second step in this browser waits for (SGN-2).
///
/// # Errors
/// When the server cannot be asked.
pub async fn second_step() -> Result<SecondStepStatus, ApiError> {
    client::get(endpoints::GET_SECOND_STEP).await
}

/// Has a code sent for the second step (SGN-2).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn send_second_step_code(method: ProofMethod) -> Result<CodeSent, ApiError> {
    let body = SendSecondStepCode { method };
    client::send(endpoints::SEND_SECOND_STEP_CODE, &body).await
}

/// Has a challenge made for the security key, for the second step (MFA-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn challenge_second_step_key() -> Result<KeyChallenge, ApiError> {
    client::send(endpoints::CHALLENGE_STEP_KEY, &()).await
}

/// Hands in the second proof (SGN-2).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn pass_second_step(proof: Proof, trust_device: bool) -> Result<SignInAnswer, ApiError> {
    let body = PassSecondStep {
        proof,
        trust_device,
    };
    client::send(endpoints::PASS_SECOND_STEP, &body).await
}

/// Gives the sign-in up that waits for its second proof.
///
/// # Errors
/// When the server cannot be asked.
pub async fn give_up_second_step() -> Result<(), ApiError> {
    client::call(endpoints::GIVE_UP_SECOND_STEP).await
}

/// Signs out.
///
/// # Errors
/// When the server cannot be asked; the browser forgets the owner all the same (V-26).
pub async fn sign_out() -> Result<(), ApiError> {
    client::call(endpoints::SIGN_OUT).await
}

/// A puzzle with the number that solves it.
#[must_use]
pub fn solved(puzzle: Puzzle, number: u32) -> Captcha {
    Captcha::Puzzle {
        salt: puzzle.salt,
        challenge: puzzle.challenge,
        max: puzzle.max,
        signature: puzzle.signature,
        number,
    }
}
