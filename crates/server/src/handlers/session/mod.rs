//! Signing in, who is signed in, signing out.

mod password;
mod second_step;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints;
use contract::session::CurrentSession;
use domain::account::AccountId;
use serde_json::json;
use utoipa::OpenApi;

use crate::cookies;
use crate::error::ApiError;
use crate::extract::{MaybeSignedIn, RequestId, now};
use crate::flows::{audited, signing_in};
use crate::outside::ids::token_hash;
use crate::routes::Routes;
use crate::state::App;
use crate::store::{accounts, sessions};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    password::sign_in,
    password::sign_in_sub_user,
    second_step::get,
    second_step::send_code,
    second_step::pass,
    second_step::give_up,
    get_session,
    sign_out,
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::SIGN_IN, password::sign_in);
    routes.add(&endpoints::SIGN_IN_SUB_USER, password::sign_in_sub_user);
    routes.add(&endpoints::GET_SECOND_STEP, second_step::get);
    routes.add(&endpoints::SEND_SECOND_STEP_CODE, second_step::send_code);
    routes.add(&endpoints::PASS_SECOND_STEP, second_step::pass);
    routes.add(&endpoints::GIVE_UP_SECOND_STEP, second_step::give_up);
    routes.add(&endpoints::GET_SESSION, get_session);
    routes.add(&endpoints::SIGN_OUT, sign_out);
}

/// Tells who is signed in, and until when. Asking is use: it keeps the session alive (SGN-13).
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::GET_SESSION.path, tag = "session", operation_id = "get_session",
    responses((status = 200, body = CurrentSession))
)]
pub async fn get_session(
    State(app): State<Arc<App>>,
    MaybeSignedIn(signed_in): MaybeSignedIn,
) -> Result<Json<CurrentSession>, ApiError> {
    let mut answer = CurrentSession {
        owner: None,
        server_time: now(&app),
    };
    if let Some(signed_in) = signed_in {
        let mut tx = app.store.read().await?;
        let at = signed_in.at;
        let account = accounts::find(&mut tx, at.account_id).await?;
        let sub_user = signing_in::sub_user(&mut tx, at.account_id, signed_in.user_id).await?;
        tx.commit().await?;
        answer.owner = account.map(|account| {
            let account = (&account, at.must_set_password);
            signing_in::owner(&app, account, sub_user, (at.session, at.limits))
        });
    }
    Ok(Json(answer))
}

/// Signs out; with a session that has ended already, or none, it ends in the browser all the same
/// (V-26).
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    delete, path = endpoints::SIGN_OUT.path, tag = "session", operation_id = "sign_out",
    responses((status = 204))
)]
pub async fn sign_out(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    jar: CookieJar,
) -> Result<Response, ApiError> {
    let gone = CookieJar::new().add(cookies::no_session());
    let ended = end(&app, &request, &jar).await;
    // Even when the server cannot end it now: the browser must not keep what its owner gave up.
    Ok(match ended {
        Ok(()) => (gone, StatusCode::NO_CONTENT).into_response(),
        Err(error) => (gone, error).into_response(),
    })
}

async fn end(app: &App, request: &RequestId, jar: &CookieJar) -> Result<(), ApiError> {
    let Some(token) = cookies::value(jar, cookies::SESSION) else {
        return Ok(());
    };
    let now = now(app);
    let mut tx = app.store.write().await?;
    let ended: Option<AccountId> = sessions::delete(&mut tx, &token_hash(token)).await?;
    if let Some(id) = ended {
        let endpoint = &endpoints::SIGN_OUT;
        audited(&mut tx, endpoint, request, id, json!({}), now).await?;
    }
    tx.commit().await?;
    Ok(())
}
