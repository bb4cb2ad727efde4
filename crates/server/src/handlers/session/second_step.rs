//! The second step of a sign-in (SGN-2, SGN-3). Must not know how a proof is checked.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::codes::CodeSent;
use contract::endpoints;
use contract::problem::Problem;
use contract::session::{PassSecondStep, SecondStepStatus, SendSecondStepCode, SignInAnswer};

use crate::cookies;
use crate::error::ApiError;
use crate::extract::{Body, Caller, ClientAddress, RequestId, now};
use crate::flows::signing_in::{self, step};
use crate::flows::tries;
use crate::state::App;
use crate::store::security;

/// Tells what is asked of this browser; a page that was loaded again goes on with it (SGN-2).
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::GET_SECOND_STEP.path, tag = "session",
    operation_id = "get_second_step",
    responses((status = 200, body = SecondStepStatus))
)]
pub(super) async fn get(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Json<SecondStepStatus>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.read().await?;
    let mut status = SecondStepStatus { asked: None };
    if let Some(step) = step::find(&app, &mut tx, &jar, now).await?
        && let Some(security) = security::find(&mut tx, step.account_id).await?
    {
        let asked = step::describe(&app, &mut tx, (&security, &step), now).await?;
        status.asked = Some(asked);
    }
    tx.commit().await?;
    Ok(Json(status))
}

/// Sends a code for the second step (PRT-1, CON-12).
///
/// # Errors
/// When no step is waited for, it takes no such code, or one was sent a moment ago.
#[utoipa::path(
    post, path = endpoints::SEND_SECOND_STEP_CODE.path, tag = "session",
    operation_id = "send_second_step_code", request_body = SendSecondStepCode,
    responses(
        (status = 200, body = CodeSent),
        (status = 403, body = Problem, description = "This sign-in takes no such code"),
        (status = 409, body = Problem, description = "No second step is waited for"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub(super) async fn send_code(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    caller: Caller,
    jar: CookieJar,
    Body(wish): Body<SendSecondStepCode>,
) -> Result<Json<CodeSent>, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let from = signing_in::From::of(&jar, &caller, &request, &endpoints::SEND_SECOND_STEP_CODE);
    let mut tx = app.store.write().await?;
    let sent = step::send_code(&app, &mut tx, from, wish.method, now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(Json(sent))
}

/// Takes the second proof and signs in (SGN-2).
///
/// # Errors
/// When no step is waited for, or what is wrong with the proof.
#[utoipa::path(
    post, path = endpoints::PASS_SECOND_STEP.path, tag = "session",
    operation_id = "pass_second_step", request_body = PassSecondStep,
    responses(
        (status = 200, body = SignInAnswer),
        (status = 403, body = Problem, description = "This sign-in takes no such proof"),
        (status = 409, body = Problem, description = "No second step is waited for, or the proof is wrong"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn pass(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    caller: Caller,
    jar: CookieJar,
    Body(typed): Body<PassSecondStep>,
) -> Result<signing_in::SignIn, ApiError> {
    let now = now(&app);
    let from = signing_in::From::of(&jar, &caller, &request, &endpoints::PASS_SECOND_STEP);
    let tx = app.store.write().await?;
    step::pass(&app, tx, from, &typed, now).await
}

/// Gives the sign-in up; one that is over, or none, ends in the browser all the same.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    delete, path = endpoints::GIVE_UP_SECOND_STEP.path, tag = "session",
    operation_id = "give_up_second_step", responses((status = 204))
)]
pub(super) async fn give_up(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    caller: Caller,
    jar: CookieJar,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let from = signing_in::From::of(&jar, &caller, &request, &endpoints::GIVE_UP_SECOND_STEP);
    let mut tx = app.store.write().await?;
    step::give_up(&mut tx, from, now).await?;
    tx.commit().await?;
    let gone = CookieJar::new().add(cookies::no_step());
    Ok((gone, StatusCode::NO_CONTENT).into_response())
}
