//! Security settings: parse, load, decide, apply, answer. Must not know another area's handlers.

mod email;
mod history;
mod overview;
mod password;
mod phone;
mod protections;
mod sessions;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;
use contract::endpoints::{self, Endpoint};
use domain::contacts::ContactTarget;
use domain::time::Timestamp;
use serde_json::Value;
use utoipa::OpenApi;

use crate::cookies;
use crate::error::ApiError;
use crate::extract::{RequestId, SignedIn};
use crate::flows::consequences::Followed;
use crate::flows::{audited, commit};
use crate::routes::Routes;
use crate::store::Tx;
use crate::store::security::{self, Security};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    overview::get_security,
    password::set_password,
    phone::send_new_phone_code,
    phone::change_security_phone,
    email::start_email_change,
    email::send_email_change_code,
    email::confirm_email_change,
    email::cancel_email_change,
    protections::set_protection,
    sessions::get_sessions,
    sessions::end_session,
    sessions::end_other_sessions,
    sessions::set_session_limits,
    sessions::revoke_trust,
    sessions::revoke_all_trust,
    history::get_sign_ins
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_SECURITY, overview::get_security);
    routes.add(&endpoints::SET_PASSWORD, password::set_password);
    routes.add(&endpoints::SEND_NEW_PHONE_CODE, phone::send_new_phone_code);
    routes.add(
        &endpoints::CHANGE_SECURITY_PHONE,
        phone::change_security_phone,
    );
    routes.add(&endpoints::START_EMAIL_CHANGE, email::start_email_change);
    routes.add(
        &endpoints::SEND_EMAIL_CHANGE_CODE,
        email::send_email_change_code,
    );
    routes.add(
        &endpoints::CONFIRM_EMAIL_CHANGE,
        email::confirm_email_change,
    );
    routes.add(&endpoints::CANCEL_EMAIL_CHANGE, email::cancel_email_change);
    routes.add(&endpoints::SET_PROTECTION, protections::set_protection);
    routes.add(&endpoints::GET_SESSIONS, sessions::get_sessions);
    routes.add(&endpoints::END_SESSION, sessions::end_session);
    routes.add(&endpoints::END_OTHER_SESSIONS, sessions::end_other_sessions);
    routes.add(&endpoints::SET_SESSION_LIMITS, sessions::set_session_limits);
    routes.add(&endpoints::REVOKE_TRUST, sessions::revoke_trust);
    routes.add(&endpoints::REVOKE_ALL_TRUST, sessions::revoke_all_trust);
    routes.add(&endpoints::GET_SIGN_INS, history::get_sign_ins);
}

/// The owner's account as it stands.
async fn find(tx: &mut Tx, owner: &SignedIn) -> Result<Security, ApiError> {
    security::find(tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)
}

/// The same, so that nothing else is decided about it until the end of the transaction.
async fn find_locked(tx: &mut Tx, owner: &SignedIn) -> Result<Security, ApiError> {
    security::find_locked(tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)
}

/// Leaves the audit row of what an owner did and commits; there is nothing to answer.
async fn written(
    mut tx: Tx,
    (request, endpoint): (&RequestId, &Endpoint),
    owner: &SignedIn,
    details: Value,
    now: Timestamp,
) -> Result<StatusCode, ApiError> {
    audited(&mut tx, endpoint, request, owner.account_id, details, now).await?;
    commit(tx, request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An answer with the cookie under which the session goes on, when it has a new token (SGN-6).
fn with_cookie(followed: &Followed, answer: Response) -> Response {
    match &followed.renewed_token {
        Some(token) => {
            let jar = CookieJar::new().add(cookies::session(token.clone()));
            (jar, answer).into_response()
        }
        None => answer,
    }
}

/// As others may see it (CON-13).
fn masked(target: impl Into<ContactTarget>) -> String {
    target.into().masked().to_string()
}
