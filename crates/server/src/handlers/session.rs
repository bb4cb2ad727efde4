//! Signing in, who is signed in, signing out.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use contract::session::{CurrentSession, SignIn};
use domain::account::AccountId;
use domain::identity::Email;
use domain::login_methods::LoginMethodKind;
use domain::sign_in::{PasswordProblem, SignInMethod, SignInPolicy, SignInRefusal};
use domain::time::Timestamp;
use serde_json::json;
use utoipa::OpenApi;
use zeroize::Zeroizing;

use crate::error::ApiError;
use crate::extract::{Body, Caller, ClientAddress, MaybeSignedIn, RequestId, now};
use crate::flows::audited;
use crate::flows::signing_in::{self, Who};
use crate::outside::ids::token_hash;
use crate::routes::Routes;
use crate::state::App;
use crate::store::tries::{self, Room};
use crate::store::{accounts, sessions};
use crate::{cookies, passwords};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(sign_in, get_session, sign_out))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::SIGN_IN, sign_in);
    routes.add(&endpoints::GET_SESSION, get_session);
    routes.add(&endpoints::SIGN_OUT, sign_out);
}

/// Signs an owner in by e-mail and password (SGN-1).
///
/// # Errors
/// Field problems, the same refusal for a wrong password and an unknown address, too many tries.
#[utoipa::path(
    post, path = endpoints::SIGN_IN.path, tag = "session", operation_id = "sign_in",
    request_body = SignIn,
    responses(
        (status = 200, body = CurrentSession),
        (status = 403, body = Problem, description = "E-mail and password do not belong together"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 429, body = Problem, description = "Too many tries from this address"),
    )
)]
pub async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    caller: Caller,
    jar: CookieJar,
    Body(typed): Body<SignIn>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let (email, password) = parse(&typed, &app.policy.sign_in)?;
    count_try(&app, &address, now).await?;
    let mut tx = app.store.read().await?;
    let credentials = accounts::find_credentials(&mut tx, &email).await?;
    tx.commit().await?;
    let stored = credentials.as_ref().map(|found| &*found.password_hash);
    let matches = app.hasher.matches(password, stored).await?;
    let Some(credentials) = credentials.filter(|_| matches) else {
        return Err(ApiError::refused(SignInRefusal::WrongEmailOrPassword, now));
    };
    let mut tx = app.store.write().await?;
    // The password may have been changed while it was being checked.
    let still = accounts::find_credentials(&mut tx, &email).await?;
    if still.as_ref() != Some(&credentials) {
        return Err(ApiError::refused(SignInRefusal::WrongEmailOrPassword, now));
    }
    let from = signing_in::From {
        jar: &jar,
        caller: &caller,
        request: &request,
        endpoint: &endpoints::SIGN_IN,
    };
    let who = Who {
        account_id: credentials.account_id,
        user_id: None,
        method: SignInMethod::LoginMethod(LoginMethodKind::Email),
    };
    let begun = signing_in::begin(&app, &mut tx, from, who, now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok((begun.jar, Json(begun.answer)).into_response())
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
        tx.commit().await?;
        answer.owner =
            account.map(|account| signing_in::owner(&app, &account, at.session, at.limits));
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

fn parse(typed: &SignIn, policy: &SignInPolicy) -> Result<(Email, Zeroizing<String>), ApiError> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, problem| {
        problems.push(FieldProblem {
            field: field.to_owned(),
            problem,
        });
    };
    let email = Email::parse(&typed.email);
    if let Err(problem) = email {
        wrong("email", ValueProblem::Email(problem));
    }
    let password = passwords::normalise(&typed.password);
    let longest = policy.password_longest;
    if password.is_empty() {
        wrong("password", ValueProblem::Password(PasswordProblem::Empty));
    } else if password.chars().nth(longest as usize).is_some() {
        // Nobody's password is that long, and hashing it would be work for nothing (SGN-12).
        let problem = PasswordProblem::TooLong { longest };
        wrong("password", ValueProblem::Password(problem));
    }
    match email {
        Ok(email) if problems.is_empty() => Ok((email, password)),
        _ => Err(ApiError::Fields(problems)),
    }
}

/// Counts this try, or refuses it before anything is looked up or hashed.
async fn count_try(app: &App, address: &ClientAddress, now: Timestamp) -> Result<(), ApiError> {
    let policy = &app.policy.sign_in;
    let who = app.store.vault().lookup_hash("sign-in from", &address.0);
    let mut tx = app.store.write().await?;
    let (most, window) = (policy.tries_per_address, policy.tries_window);
    let room = tries::count(&mut tx, &who, most, window, now).await?;
    tx.commit().await?;
    match room {
        Room::Left => Ok(()),
        Room::FullUntil(retry_at) => Err(ApiError::refused(
            SignInRefusal::TooManyTries { retry_at },
            now,
        )),
    }
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
