//! Signing in, who is signed in, signing out.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use contract::session::{CurrentSession, Owner, SignIn};
use domain::account::AccountId;
use domain::identity::Email;
use domain::sign_in::{PasswordProblem, Session, SessionEnd, SignInPolicy, SignInRefusal};
use domain::time::Timestamp;
use serde_json::json;
use zeroize::Zeroizing;

use super::audited;
use crate::error::ApiError;
use crate::extract::{Body, ClientAddress, MaybeSignedIn, RequestId, now};
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::accounts::{self, Account, Credentials};
use crate::store::devices::{self, Seen};
use crate::store::outbox::{self, Channel, Message};
use crate::store::tries::{self, Room};
use crate::store::{Tx, sessions};
use crate::{cookies, letters, passwords};

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
    let begun = begin(&app, &jar, &request, &email, &credentials, now).await?;
    app.postman_bell.notify_one();
    let cookies = jar
        .add(cookies::session(begun.token))
        .add(cookies::device(begun.device));
    let session = Session {
        began: now,
        used: now,
    };
    let answer = CurrentSession {
        owner: Some(owner(&app, &begun.account, session)),
        server_time: now,
    };
    Ok((cookies, Json(answer)).into_response())
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
        let account = accounts::find(&mut tx, signed_in.account_id).await?;
        tx.commit().await?;
        answer.owner = account.map(|account| owner(&app, &account, signed_in.session));
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

/// What signing in made.
struct Begun {
    account: Account,
    token: String,
    device: String,
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

/// Begins a session in place of the one this browser had.
async fn begin(
    app: &App,
    jar: &CookieJar,
    request: &RequestId,
    email: &Email,
    judged: &Credentials,
    now: Timestamp,
) -> Result<Begun, ApiError> {
    let token = app.ids.token()?;
    let device = match cookies::value(jar, cookies::DEVICE) {
        Some(known) => known.to_owned(),
        None => app.ids.token()?,
    };
    let id = judged.account_id;
    let mut tx = app.store.write().await?;
    // The password may have been changed while it was being checked.
    let still = accounts::find_credentials(&mut tx, email).await?;
    let account = accounts::find(&mut tx, id).await?;
    let (true, Some(account)) = (still.as_ref() == Some(judged), account) else {
        return Err(ApiError::refused(SignInRefusal::WrongEmailOrPassword, now));
    };
    if let Some(old) = cookies::value(jar, cookies::SESSION) {
        sessions::delete(&mut tx, &token_hash(old)).await?;
    }
    sessions::insert(&mut tx, &app.ids.id()?, &token_hash(&token), id, now).await?;
    let seen = devices::record(&mut tx, id, &token_hash(&device), now).await?;
    if seen == Seen::FirstTime {
        tell_owner(app, &mut tx, &account, now).await?;
    }
    let details = json!({ "method": "email_password", "new_device": seen == Seen::FirstTime });
    let endpoint = &endpoints::SIGN_IN;
    audited(&mut tx, endpoint, request, id, details, now).await?;
    tx.commit().await?;
    Ok(Begun {
        account,
        token,
        device,
    })
}

/// Writes the notice of a sign-in from a browser not seen before.
async fn tell_owner(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    now: Timestamp,
) -> Result<(), ApiError> {
    let Some(email) = &account.login_email else {
        return Ok(());
    };
    let id = account.id.to_string();
    let words = letters::new_sign_in(account.language, &app.names, &id, now);
    let message = Message {
        id: app.ids.id()?,
        channel: Channel::Email,
        to: email.display().to_owned(),
        subject: Some(words.subject),
        body: words.body,
    };
    Ok(outbox::insert(tx, &message, now).await?)
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

fn owner(app: &App, account: &Account, session: Session) -> Owner {
    let policy = &app.policy.sign_in;
    let end = session.end(policy);
    Owner {
        account_id: account.id,
        nickname: account.nickname.clone(),
        ends_at: end.at(),
        extends_with_use: matches!(end, SessionEnd::Idle(_)),
        warn_before: policy.session_warning.as_millis(),
    }
}
