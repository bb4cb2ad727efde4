//! Signing in at the desk in two steps, who is there, signing out (OPS-1).

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints;
use contract::operators::{CurrentOperator, GiveOperatorCode, OperatorSignIn, OperatorStanding};
use contract::problem::{FieldProblem, Problem, ValueProblem};
use domain::identity::OperatorName;
use domain::sign_in::{PasswordProblem, Session};
use serde_json::json;

use crate::cookies;
use crate::error::ApiError;
use crate::extract::{AtDesk, Body, ClientAddress, RequestId, now};
use crate::flows::operators::audited;
use crate::flows::operators::signing_in::{self, Attempt, Passed};
use crate::flows::{codes, tries};
use crate::outside::ids::token_hash;
use crate::passwords;
use crate::state::App;
use crate::store::operators::{self, StoredOperatorSession};

/// Takes an operator's name and password; the code is asked for next, or an app is bound (OPS-1).
///
/// # Errors
/// Field problems; the same refusals for a wrong password and an unknown name (SGN-1).
#[utoipa::path(
    post, path = endpoints::OPERATOR_SIGN_IN.path, tag = "operators",
    operation_id = "operator_sign_in", request_body = OperatorSignIn,
    responses(
        (status = 200, body = CurrentOperator),
        (status = 403, body = Problem, description = "Name and password do not belong together, or a captcha is needed"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 429, body = Problem, description = "Too many wrong passwords, or tries from this address"),
    )
)]
pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    AtDesk(before): AtDesk,
    Body(typed): Body<OperatorSignIn>,
) -> Result<Response, ApiError> {
    let (name, password) = parse(&app, &typed)?;
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let attempt = Attempt {
        name,
        password,
        captcha: typed.captcha.as_ref(),
    };
    let mut passed = signing_in::give_password(&app, attempt, now).await?;
    if let Some(before) = before {
        // Whoever begins anew in a browser leaves nothing open behind.
        operators::delete_session(&mut passed.tx, &before.token_hash).await?;
    }
    let about = (&endpoints::OPERATOR_SIGN_IN, &request);
    let id = passed.operator.operator.id;
    audited(&mut passed.tx, about, id, &[], json!({}), now).await?;
    answer(&app, passed, false).await
}

/// Tells who works at the desk in this browser, or which step of signing in waits. Asking is use.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::GET_OPERATOR_SESSION.path, tag = "operators",
    operation_id = "get_operator_session", responses((status = 200, body = CurrentOperator))
)]
pub(super) async fn get_session(
    State(app): State<Arc<App>>,
    AtDesk(session): AtDesk,
) -> Result<Json<CurrentOperator>, ApiError> {
    let standing = match session {
        Some(session) => {
            let mut tx = app.store.read().await?;
            let standing = signing_in::standing(&app, &mut tx, &session.stored).await?;
            tx.commit().await?;
            standing
        }
        None => OperatorStanding::Nobody {},
    };
    Ok(Json(CurrentOperator {
        standing,
        server_time: now(&app),
    }))
}

/// Takes the code of the operator's app and puts them on duty; the first one binds the app (OPS-1).
///
/// # Errors
/// A wrong or used code, the lock after too many (MFA-3); nobody gave a password in this browser, or it
/// was too long ago.
#[utoipa::path(
    post, path = endpoints::OPERATOR_GIVE_CODE.path, tag = "operators",
    operation_id = "operator_give_code", request_body = GiveOperatorCode,
    responses(
        (status = 200, body = CurrentOperator),
        (status = 401, body = Problem, description = "No password was given here a moment ago"),
        (status = 409, body = Problem, description = "The code is wrong, or was given already"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 429, body = Problem, description = "Too many wrong codes, or tries from this address"),
    )
)]
pub(super) async fn give_code(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    AtDesk(session): AtDesk,
    Body(typed): Body<GiveOperatorCode>,
) -> Result<Response, ApiError> {
    let code = codes::parse("code", &typed.code)?;
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let mut passed = signing_in::give_code(&app, session, code, now).await?;
    let about = (&endpoints::OPERATOR_GIVE_CODE, &request);
    let id = passed.operator.operator.id;
    let details = json!({ "bound_app": passed.bound });
    audited(&mut passed.tx, about, id, &[], details, now).await?;
    answer(&app, passed, true).await
}

/// Ends the session; with one that has ended already, or none, it ends in the browser all the same.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    delete, path = endpoints::OPERATOR_SIGN_OUT.path, tag = "operators",
    operation_id = "operator_sign_out", responses((status = 204))
)]
pub(super) async fn sign_out(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    jar: CookieJar,
) -> Result<Response, ApiError> {
    let gone = CookieJar::new().add(cookies::no_operator());
    let ended = end(&app, &request, &jar).await;
    // Even when the server cannot end it now: the browser must not keep what was given up.
    Ok(match ended {
        Ok(()) => (gone, StatusCode::NO_CONTENT).into_response(),
        Err(error) => (gone, error).into_response(),
    })
}

async fn end(app: &App, request: &RequestId, jar: &CookieJar) -> Result<(), ApiError> {
    let Some(token) = cookies::value(jar, cookies::OPERATOR) else {
        return Ok(());
    };
    let now = now(app);
    let mut tx = app.store.write().await?;
    if let Some(id) = operators::delete_session(&mut tx, &token_hash(token)).await? {
        let about = (&endpoints::OPERATOR_SIGN_OUT, request);
        audited(&mut tx, about, id, &[], json!({}), now).await?;
    }
    Ok(tx.commit().await?)
}

async fn answer(app: &App, passed: Passed, is_on_duty: bool) -> Result<Response, ApiError> {
    let Passed {
        mut tx,
        operator,
        token,
        ..
    } = passed;
    let now = now(app);
    let operator = operators::find(&mut tx, operator.operator.id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let session = StoredOperatorSession {
        operator,
        is_on_duty,
        session: Session {
            began: now,
            used: now,
        },
    };
    let standing = signing_in::standing(app, &mut tx, &session).await?;
    tx.commit().await?;
    let body = Json(CurrentOperator {
        standing,
        server_time: now,
    });
    let jar = CookieJar::new().add(cookies::operator(token));
    Ok((jar, body).into_response())
}

fn parse(
    app: &App,
    typed: &OperatorSignIn,
) -> Result<(OperatorName, zeroize::Zeroizing<String>), ApiError> {
    let name = OperatorName::parse(&typed.name)
        .map_err(|problem| field("name", ValueProblem::UserName(problem)));
    let password = passwords::normalise(&typed.password);
    let longest = app.policy.sign_in.password_longest;
    let wrong = if password.is_empty() {
        Some(PasswordProblem::Empty)
    } else if password.chars().nth(longest as usize).is_some() {
        Some(PasswordProblem::TooLong { longest })
    } else {
        None
    };
    match (name, wrong) {
        (Ok(name), None) => Ok((name, password)),
        (name, wrong) => {
            let mut problems: Vec<_> = name.err().into_iter().collect();
            let password = |problem| field("password", ValueProblem::Password(problem));
            problems.extend(wrong.map(password));
            Err(ApiError::Fields(problems))
        }
    }
}

fn field(field: &str, problem: ValueProblem) -> FieldProblem {
    FieldProblem {
        field: field.to_owned(),
        problem,
    }
}
