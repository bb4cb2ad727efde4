//! A new password, chosen while signed in (SGN-6, SGN-12).

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use contract::endpoints;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use contract::security::SetPassword;
use domain::protection::SensitiveOperation;
use domain::sign_in::{Password, PasswordOwner, change_password};
use serde_json::json;

use super::{find, find_locked, with_cookie};
use crate::error::ApiError;
use crate::extract::{Body, RequestId, SetsPassword, now};
use crate::flows::consequences::{Happened, follow};
use crate::flows::{audited, checks, commit};
use crate::passwords;
use crate::state::App;
use crate::store::accounts;
use crate::store::security::{self, Security};

const OPERATION: SensitiveOperation = SensitiveOperation::ChangePassword;

/// Sets the password, also the first one: it works at once, every other session ends, all trust in
/// devices goes, and this session goes on under a new token (SGN-2, SGN-6, SGN-12, V-26).
///
/// # Errors
/// The missing proof; then every problem of the password, since they would tell about the phone.
#[utoipa::path(
    put, path = endpoints::SET_PASSWORD.path, tag = "security", operation_id = "set_password",
    security(("session" = [])), request_body = SetPassword,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 204, description = "It counts from now on"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is missing"),
        (status = 422, body = Problem, description = "The password may not be one"),
    )
)]
pub(super) async fn set_password(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    SetsPassword(owner): SetsPassword,
    Body(wish): Body<SetPassword>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let mut tx = app.store.read().await?;
    let before = find(&mut tx, &owner).await?;
    checks::require(&app, &mut tx, &owner, &before, OPERATION, now).await?;
    tx.commit().await?;
    let password = chosen(&app, &before, &wish.password)?;
    // Hashing takes a while, in which nobody else should wait; what was checked is checked again.
    let hash = app.hasher.hash(&password, &*app.ids).await?;
    let mut tx = app.store.write().await?;
    let before = find_locked(&mut tx, &owner).await?;
    let check = checks::require(&app, &mut tx, &owner, &before, OPERATION, now).await?;
    chosen(&app, &before, &wish.password)?;
    let set = change_password(&check, password, now);
    accounts::update_password(&mut tx, owner.account_id, &hash, set.strength, set.at).await?;
    security::update_lock(&mut tx, owner.account_id, before.lock, false).await?;
    let happened = Happened {
        before: &before,
        after: &before.contacts,
        change: set.change,
        session: Some(&owner.session_id),
    };
    let followed = follow(&app, &mut tx, happened, now).await?;
    let details = json!({
        "basis": check.basis(),
        "strength": set.strength,
        "first": before.password.is_none(),
    });
    let endpoint = &endpoints::SET_PASSWORD;
    audited(&mut tx, endpoint, &request, owner.account_id, details, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(with_cookie(
        &followed,
        StatusCode::NO_CONTENT.into_response(),
    ))
}

/// The typed text as this account's password.
fn chosen(app: &App, security: &Security, typed: &str) -> Result<Password, ApiError> {
    let owner = PasswordOwner {
        account_id: Some(security.account_id.to_string()),
        email_name: security.login_email().map(|email| email.name().to_owned()),
        phone: security
            .contacts
            .phone
            .as_ref()
            .map(|phone| phone.national().to_owned()),
    };
    passwords::choose(typed, &owner, &app.policy.sign_in).map_err(|problems| {
        let at_field = |problem| FieldProblem {
            field: "password".to_owned(),
            problem: ValueProblem::Password(problem),
        };
        ApiError::Fields(problems.into_iter().map(at_field).collect())
    })
}
