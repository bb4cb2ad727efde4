//! Challenges for the bound security key: in a session, at the second step of a sign-in, and for
//! signing in without a name (MFA-1, PRT-4, SGN-2). Must not know how keys sign.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints;
use contract::mfa::{KeyAnswer, KeyChallenge, PasskeysHere};
use contract::problem::Problem;
use contract::session::SignInAnswer;
use domain::mfa::MfaRefusal;
use domain::protection::ProofMethod;
use domain::sign_in::{SignInMethod, WrongPasswords};

use crate::cookies;
use crate::error::ApiError;
use crate::extract::{Body, Caller, ClientAddress, KeysAt, RequestId, SetsPassword, now};
use crate::flows::signing_in::{self, FirstProof, Who, Worth, step};
use crate::flows::{commit, keys, tries};
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::security;

/// Makes a challenge by which the bound key proves the owner in this session (PRT-4).
///
/// # Errors
/// When the account has no key, or keys do not work here.
#[utoipa::path(
    post, path = endpoints::CHALLENGE_KEY.path, tag = "mfa", operation_id = "challenge_key",
    security(("session" = [])),
    responses(
        (status = 200, body = KeyChallenge),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The account has no key"),
        (status = 409, body = Problem, description = "Keys do not work here"),
    )
)]
pub(super) async fn challenge_owner(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    SetsPassword(owner): SetsPassword,
    KeysAt(site): KeysAt,
) -> Result<Json<KeyChallenge>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let security = security::find(&mut tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let asked = (&security, owner.session_id.as_str());
    let challenge = keys::begin_proof(&app, &mut tx, asked, &site, now).await?;
    commit(tx, &request).await?;
    Ok(Json(challenge))
}

/// Makes a challenge by which the bound key gives the second proof of a sign-in (SGN-2).
///
/// # Errors
/// When no second step is waited for, it takes no key, or keys do not work here.
#[utoipa::path(
    post, path = endpoints::CHALLENGE_STEP_KEY.path, tag = "mfa",
    operation_id = "challenge_step_key",
    responses(
        (status = 200, body = KeyChallenge),
        (status = 403, body = Problem, description = "This sign-in takes no key"),
        (status = 409, body = Problem, description = "No second step is waited for, or keys do not work here"),
        (status = 429, body = Problem, description = "Too many tries from this address"),
    )
)]
pub(super) async fn challenge_step(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    jar: CookieJar,
    KeysAt(site): KeysAt,
) -> Result<Json<KeyChallenge>, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let mut tx = app.store.write().await?;
    let (step, security) = step::find_locked(&app, &mut tx, &jar, now).await?;
    step::check_offered(&app, &security, &step, ProofMethod::Mfa, now)?;
    let asked = (&security, &*step.token_hash);
    let challenge = keys::begin_proof(&app, &mut tx, asked, &site, now).await?;
    tx.commit().await?;
    Ok(Json(challenge))
}

/// Tells whether passkeys work where the page was opened, and if not, why (MFA-1).
#[utoipa::path(
    get, path = endpoints::GET_PASSKEYS_HERE.path, tag = "mfa", operation_id = "get_passkeys_here",
    responses((status = 200, body = PasskeysHere))
)]
pub(super) async fn passkeys_here(KeysAt(site): KeysAt) -> Json<PasskeysHere> {
    Json(PasskeysHere {
        no_keys: site.err(),
    })
}

/// Makes the challenge to sign in with a passkey, without a name; for this browser alone (MFA-1).
///
/// # Errors
/// When keys do not work here, or after too many tries.
#[utoipa::path(
    post, path = endpoints::CHALLENGE_PASSKEY.path, tag = "mfa",
    operation_id = "challenge_passkey",
    responses(
        (status = 200, body = KeyChallenge),
        (status = 409, body = Problem, description = "Keys do not work here"),
        (status = 429, body = Problem, description = "Too many tries from this address"),
    )
)]
pub(super) async fn challenge_passkey(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    jar: CookieJar,
    KeysAt(site): KeysAt,
) -> Result<Response, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let device = match cookies::value(&jar, cookies::DEVICE) {
        Some(known) => known.to_owned(),
        None => app.ids.token()?,
    };
    let mut tx = app.store.write().await?;
    let by = token_hash(&device);
    let challenge = keys::begin_sign_in(&app, &mut tx, &by, &site, now).await?;
    tx.commit().await?;
    let jar = CookieJar::new().add(cookies::device(device));
    Ok((jar, Json(challenge)).into_response())
}

/// Signs in with a passkey: having it and unlocking it are two proofs, so sign-in protection asks for
/// no other (SGN-2).
///
/// # Errors
/// A key that is unknown or did not prove itself, a locked account, or too many tries.
#[utoipa::path(
    post, path = endpoints::SIGN_IN_WITH_PASSKEY.path, tag = "mfa",
    operation_id = "sign_in_with_passkey", request_body = KeyAnswer,
    responses(
        (status = 200, body = SignInAnswer),
        (status = 409, body = Problem, description = "The key did not prove itself"),
        (status = 429, body = Problem, description = "Too many tries"),
    )
)]
pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    caller: Caller,
    jar: CookieJar,
    Body(given): Body<KeyAnswer>,
) -> Result<signing_in::SignIn, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let Some(device) = cookies::value(&jar, cookies::DEVICE) else {
        return Err(ApiError::refused(MfaRefusal::KeyNotProved, now));
    };
    let given = keys::Given {
        challenge: &given.challenge,
        answer: &given.answer,
    };
    let tx = app.store.write().await?;
    let proved = keys::take_sign_in(&app, tx, &token_hash(device), given, now).await?;
    let from = signing_in::From::of(&jar, &caller, &request, &endpoints::SIGN_IN_WITH_PASSKEY);
    let who = Who {
        account_id: proved.account_id,
        user_id: None,
        method: SignInMethod::Passkey,
    };
    let first = FirstProof {
        wrong: WrongPasswords::None,
        worth: if proved.user_verified {
            Worth::TwoFactors
        } else {
            Worth::OneFactor
        },
        sign_in_id: None,
    };
    signing_in::first_proof_was_right(&app, proved.tx, from, (who, first), now).await
}
