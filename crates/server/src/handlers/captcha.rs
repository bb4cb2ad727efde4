//! Puzzles and codes for whoever has to show that a person is there (SGN-1). Must not know when they
//! have to.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use contract::captcha::{CaptchaPurpose, Puzzle, SendCaptchaCode};
use contract::codes::CodeSent;
use contract::endpoints;
use contract::problem::{Problem, ValueProblem};
use domain::identity::Email;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::extract::{Body, ClientAddress, now};
use crate::flows::codes::{self, Delivery};
use crate::flows::signing_in::password;
use crate::flows::{captcha, tries};
use crate::routes::Routes;
use crate::state::App;
use crate::store::accounts;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(
    paths(get_captcha, send_captcha_code),
    components(schemas(CaptchaPurpose))
)]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_CAPTCHA, get_captcha);
    routes.add(&endpoints::SEND_CAPTCHA_CODE, send_captcha_code);
}

/// Gives a puzzle that the browser solves by itself.
///
/// # Errors
/// When there is no such purpose.
#[utoipa::path(
    get, path = endpoints::GET_CAPTCHA.path, tag = "captcha", operation_id = "get_captcha",
    params(("purpose" = CaptchaPurpose, Path)),
    responses((status = 200, body = Puzzle))
)]
pub async fn get_captcha(
    State(app): State<Arc<App>>,
    Path(purpose): Path<CaptchaPurpose>,
) -> Result<Json<Puzzle>, ApiError> {
    Ok(Json(captcha::pose(&app, purpose, now(&app))?))
}

/// Sends a code to the typed e-mail in the place of a puzzle, if an account signs in with it; the answer
/// is the same if none does (CON-12).
///
/// # Errors
/// When the address is none, or had a code a moment ago.
#[utoipa::path(
    post, path = endpoints::SEND_CAPTCHA_CODE.path, tag = "captcha",
    operation_id = "send_captcha_code", request_body = SendCaptchaCode,
    responses(
        (status = 200, body = CodeSent),
        (status = 422, body = Problem, description = "The address is not valid"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub async fn send_captcha_code(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    Body(wish): Body<SendCaptchaCode>,
) -> Result<Json<CodeSent>, ApiError> {
    let now = now(&app);
    let email = Email::parse(&wish.email)
        .map_err(|problem| ApiError::field("email", ValueProblem::Email(problem)))?;
    tries::count(&app, &address, now).await?;
    let mut tx = app.store.write().await?;
    let known = accounts::find_credentials(&mut tx, &email).await?;
    let to = match known {
        Some(known) => (known.language, Delivery::Sent),
        // Nobody reads it.
        None => (crate::language::Language::Chinese, Delivery::NobodyThere),
    };
    let request = password::code_request(&email);
    let sent = codes::send(&app, &mut tx, request, to, now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(Json(sent))
}
