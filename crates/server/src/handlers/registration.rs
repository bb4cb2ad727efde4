//! Registering an account (REG): prove an identity, then a security phone, and agree.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::codes::CodeSent;
use contract::endpoints;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use contract::registration::{
    ProveEmail, Proved, Register, Registration, SendEmailCode, SendPhoneCode,
};
use contract::session::CurrentSession;
use domain::account::Nickname;
use domain::contacts::{CodePurpose, CodeRequest, ContactTarget};
use domain::identity::{Email, PhoneNumber};
use domain::login_methods::{LoginIdentity, LoginMethodKind, LoginMethodRefusal};
use domain::protection::SixDigits;
use domain::time::Timestamp;
use utoipa::OpenApi;

use crate::cookies;
use crate::error::ApiError;
use crate::extract::{Body, Caller, ClientAddress, RequestId, Speaks, now};
use crate::flows::browser::Browser;
use crate::flows::codes::{self, Delivery};
use crate::flows::consequences::page;
use crate::flows::registering::{self, Brought};
use crate::flows::seen::{self, About, Waiting};
use crate::flows::{new_password, signing_in, tries};
use crate::language::Language;
use crate::letters::registration::{Pages, has_account};
use crate::routes::Routes;
use crate::state::App;
use crate::store::{Tx, login_methods};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    get_registration,
    send_registration_email_code,
    prove_registration_email,
    send_registration_phone_code,
    register
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_REGISTRATION, get_registration);
    routes.add(
        &endpoints::SEND_REGISTRATION_EMAIL_CODE,
        send_registration_email_code,
    );
    routes.add(
        &endpoints::PROVE_REGISTRATION_EMAIL,
        prove_registration_email,
    );
    routes.add(
        &endpoints::SEND_REGISTRATION_PHONE_CODE,
        send_registration_phone_code,
    );
    routes.add(&endpoints::REGISTER, register);
}

/// Tells what registering needs (REG-1, REG-7).
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::GET_REGISTRATION.path, tag = "registration",
    operation_id = "get_registration", responses((status = 200, body = Registration))
)]
pub async fn get_registration(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Json<Registration>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.read().await?;
    let waiting = seen::find(&app, &mut tx, &jar, now).await?;
    tx.commit().await?;
    let proved = waiting.map(|waiting| proved(&app, &waiting));
    Ok(Json(registration(&app, proved, now)))
}

/// Sends a code to the address that is to register. Whoever has an account already gets a letter that
/// says so in place of the code, and the answer is the same (CON-12, CON-14).
///
/// # Errors
/// When the address is none, or has just had a letter.
#[utoipa::path(
    post, path = endpoints::SEND_REGISTRATION_EMAIL_CODE.path, tag = "registration",
    operation_id = "send_registration_email_code", request_body = SendEmailCode,
    responses(
        (status = 200, body = CodeSent),
        (status = 422, body = Problem, description = "It is no address"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub async fn send_registration_email_code(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    Speaks(language): Speaks,
    Body(wish): Body<SendEmailCode>,
) -> Result<Json<CodeSent>, ApiError> {
    let now = now(&app);
    let email = parse_email(&wish.email)?;
    tries::count_code(&app, &address, now).await?;
    let identity = LoginIdentity::email(&email);
    let target: ContactTarget = email.into();
    let mut tx = app.store.write().await?;
    let has = !login_methods::accounts_of(&mut tx, &identity)
        .await?
        .is_empty();
    let delivery = if has {
        Delivery::NobodyThere
    } else {
        Delivery::Sent
    };
    let wanted = to_register(target.clone());
    let sent = codes::send(&app, &mut tx, wanted, (language, delivery), now).await?;
    if has {
        tell_that_it_has_one(&app, &mut tx, (&target, language), now).await?;
    }
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(Json(sent))
}

/// Takes the code of the address, which then waits in this browser until the account is registered.
///
/// # Errors
/// What is wrong with the code; that the address has an account, which only its holder learns (CON-14).
#[utoipa::path(
    post, path = endpoints::PROVE_REGISTRATION_EMAIL.path, tag = "registration",
    operation_id = "prove_registration_email", request_body = ProveEmail,
    responses(
        (status = 200, body = Registration),
        (status = 409, body = Problem, description = "The code is wrong, or the address has an account"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub async fn prove_registration_email(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    jar: CookieJar,
    Body(wish): Body<ProveEmail>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let email = parse_email(&wish.email)?;
    let typed = codes::parse("code", &wish.code)?;
    tries::count(&app, &address, now).await?;
    let wanted = to_register(email.clone().into());
    let tx = app.store.write().await?;
    let (mut tx, code) = codes::take(&app, tx, &wanted, typed, now).await?;
    let Some(identity) = code.login_email() else {
        return Err(ApiError::Malformed);
    };
    let taken = login_methods::accounts_of(&mut tx, identity.identity()).await?;
    if !taken.is_empty() {
        return Err(ApiError::refused(LoginMethodRefusal::EmailRegistered, now));
    }
    let browser = Browser::of(&app, &jar)?;
    let about = About {
        name: Some(email.display().to_owned()),
        is_administrator: false,
    };
    let cookie = seen::keep(&app, &mut tx, &browser, (&identity, about), now).await?;
    tx.commit().await?;
    let proved = Proved {
        kind: LoginMethodKind::Email,
        name: Some(email.display().to_owned()),
        expires_at: now.plus(app.policy.sign_in.seen_identity),
    };
    let kept = CookieJar::new().add(cookie).add(browser.cookie());
    Ok((kept, Json(registration(&app, Some(proved), now))).into_response())
}

/// Sends a code to the phone that is to be the security phone (REG-3). How many accounts have it is told
/// to its holder only, when they register (CON-2, CON-12).
///
/// # Errors
/// When the number is none, or has just had a message.
#[utoipa::path(
    post, path = endpoints::SEND_REGISTRATION_PHONE_CODE.path, tag = "registration",
    operation_id = "send_registration_phone_code", request_body = SendPhoneCode,
    responses(
        (status = 200, body = CodeSent),
        (status = 422, body = Problem, description = "It is no phone number"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub async fn send_registration_phone_code(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    Speaks(language): Speaks,
    Body(wish): Body<SendPhoneCode>,
) -> Result<Json<CodeSent>, ApiError> {
    let now = now(&app);
    let phone = PhoneNumber::parse(&wish.phone)
        .map_err(|problem| ApiError::field("phone", ValueProblem::Phone(problem)))?;
    tries::count_code(&app, &address, now).await?;
    let mut tx = app.store.write().await?;
    let to = (language, Delivery::Sent);
    let sent = codes::send(&app, &mut tx, to_register(phone.into()), to, now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(Json(sent))
}

/// Registers an account with the identity that waits in this browser, and signs in to it: it works at
/// once (REG-2, REG-3, REG-7). Nothing is used up unless the account is made, and of two such requests
/// one makes it (V-34).
///
/// # Errors
/// Field problems, and every rule that refuses.
#[utoipa::path(
    post, path = endpoints::REGISTER.path, tag = "registration", operation_id = "register",
    request_body = Register,
    responses(
        (status = 200, body = CurrentSession),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
        (status = 429, body = Problem, description = "Too many tries from this address"),
    )
)]
pub async fn register(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    caller: Caller,
    Speaks(language): Speaks,
    jar: CookieJar,
    Body(wish): Body<Register>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let typed = parse(&wish)?;
    tries::count(&app, &address, now).await?;
    let mut tx = app.store.read().await?;
    let waiting = seen::find(&app, &mut tx, &jar, now).await?;
    tx.commit().await?;
    let waiting = registering::needed(waiting, now)?;
    let phone_code = to_register(typed.phone.clone().into());
    // A wrong code is told before the work of a password is spent on it; it stays good until the end.
    codes::look(&app, &phone_code, typed.code, now).await?;
    let email = registering::email(&waiting);
    let password = match &email {
        Some(email) => {
            let owner = new_password::named(Some(email), Some(&typed.phone));
            let typed = wish.password.as_deref().unwrap_or_default();
            Some(new_password::choose(&app, typed, &owner).await?)
        }
        None => None,
    };
    let tx = app.store.write().await?;
    let brought = Brought {
        waiting,
        password,
        phone: typed.phone,
        code: typed.code,
        agreed: wish.agreed,
        nickname: typed.nickname,
        language,
    };
    let (mut tx, who) = registering::register(&app, tx, &jar, brought, now).await?;
    let from = signing_in::From::of(&jar, &caller, &request, &endpoints::REGISTER);
    let begun = signing_in::begin(&app, &mut tx, from, who, now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    let jar = begun.jar.add(cookies::no_seen());
    Ok((jar, Json(begun.answer)).into_response())
}

/// What is right about the form whatever anybody has.
struct Typed {
    phone: PhoneNumber,
    code: SixDigits,
    nickname: Option<Nickname>,
}

fn parse(wish: &Register) -> Result<Typed, ApiError> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, problem| {
        problems.push(FieldProblem {
            field: field.to_owned(),
            problem,
        });
    };
    let phone = PhoneNumber::parse(&wish.phone);
    if let Err(problem) = phone {
        wrong("phone", ValueProblem::Phone(problem));
    }
    let code = SixDigits::parse(&wish.code);
    if let Err(problem) = code {
        wrong("code", ValueProblem::Code(problem));
    }
    let nickname = wish.nickname.as_deref().map(Nickname::parse).transpose();
    if let Err(problem) = nickname {
        wrong("nickname", ValueProblem::Nickname(problem));
    }
    match (phone, code, nickname) {
        (Ok(phone), Ok(code), Ok(nickname)) => Ok(Typed {
            phone,
            code,
            nickname,
        }),
        _ => Err(ApiError::Fields(problems)),
    }
}

fn parse_email(typed: &str) -> Result<Email, ApiError> {
    Email::parse(typed).map_err(|problem| ApiError::field("email", ValueProblem::Email(problem)))
}

const fn to_register(target: ContactTarget) -> CodeRequest {
    CodeRequest {
        purpose: CodePurpose::Register,
        account: None,
        target,
    }
}

fn registration(app: &App, proved: Option<Proved>, now: Timestamp) -> Registration {
    Registration {
        ways: registering::ways(app),
        in_force: app.legal.versions(),
        proved,
        server_time: now,
    }
}

fn proved(app: &App, waiting: &Waiting) -> Proved {
    let stored = &waiting.stored;
    Proved {
        kind: stored.seen.identity.kind(),
        name: stored.name.clone(),
        expires_at: stored.seen.expires_at(&app.policy.sign_in),
    }
}

async fn tell_that_it_has_one(
    app: &App,
    tx: &mut Tx,
    (target, language): (&ContactTarget, Language),
    now: Timestamp,
) -> Result<(), ApiError> {
    let pages = Pages {
        sign_in: &page(app, contract::pages::SIGN_IN),
        forgotten: &page(app, contract::pages::FORGOTTEN),
    };
    let words = has_account(language, &app.names, pages);
    codes::post(app, tx, target, words, now).await
}
