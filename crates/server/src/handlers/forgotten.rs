//! A forgotten password (SGN-7): a code to a phone or an address, a choice among its accounts, a new
//! password.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use contract::codes::CodeSent;
use contract::endpoints;
use contract::forgotten::{AnswerCode, ResetAccounts, ResetChoice, ResetPassword, SendCode};
use contract::problem::Problem;
use domain::account::{AccountId, access_account};
use domain::contacts::ContactTarget;
use domain::login_methods::LoginMethodKind;
use domain::sign_in::{
    ForgottenPasswordState, PasswordResetRefusal, ResetAccount, forgotten_password_ways,
    reset_password as decide,
};
use serde_json::json;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::extract::{Body, ClientAddress, RequestId, Speaks, now};
use crate::flows::consequences::{self, Happened};
use crate::flows::reached::{self, Wants};
use crate::flows::{audited, codes, new_password, tries};
use crate::routes::Routes;
use crate::state::App;
use crate::store::security::{self, Security};
use crate::store::{Tx, accounts};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(send_reset_code, find_reset_accounts, reset_password))]
pub struct Description;

/// What everybody wants here.
const WANTS: Wants = Wants::NewPassword;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::SEND_RESET_CODE, send_reset_code);
    routes.add(&endpoints::FIND_RESET_ACCOUNTS, find_reset_accounts);
    routes.add(&endpoints::RESET_PASSWORD, reset_password);
}

/// Sends a code for a new password to a login e-mail or a security phone (SGN-7). When nobody has it the
/// answer is the same and nothing is sent (CON-12, FND-5).
///
/// # Errors
/// When it is neither, or a code went there a moment ago.
#[utoipa::path(
    post, path = endpoints::SEND_RESET_CODE.path, tag = "forgotten",
    operation_id = "send_reset_code", request_body = SendCode,
    responses(
        (status = 200, body = CodeSent),
        (status = 422, body = Problem, description = "It is neither a phone number nor an address"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub async fn send_reset_code(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    Speaks(language): Speaks,
    Body(wish): Body<SendCode>,
) -> Result<Json<CodeSent>, ApiError> {
    let who = (&address, language);
    let sent = reached::send_code(&app, who, WANTS, &wish, now(&app)).await?;
    Ok(Json(sent))
}

/// Shows who has answered the code the accounts that are reached there and their ways out (SGN-7,
/// SGN-10). The code stays good.
///
/// # Errors
/// What is wrong with the code.
#[utoipa::path(
    post, path = endpoints::FIND_RESET_ACCOUNTS.path, tag = "forgotten",
    operation_id = "find_reset_accounts", request_body = AnswerCode,
    responses(
        (status = 200, body = ResetAccounts),
        (status = 409, body = Problem, description = "The code is wrong"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub async fn find_reset_accounts(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    Body(wish): Body<AnswerCode>,
) -> Result<Json<ResetAccounts>, ApiError> {
    let answered = reached::answered(&app, &address, WANTS, &wish, now(&app)).await?;
    let accounts = answered.accounts.iter();
    let accounts = accounts.map(|security| choice(&app, security)).collect();
    Ok(Json(ResetAccounts { accounts }))
}

/// Sets a new password by the code: it works at once, every session ends, no device is trusted any
/// more, and the owner is told (SGN-6, SGN-7, V-26). Signing in afterwards asks for everything that it
/// asked before.
///
/// # Errors
/// What is wrong with the code or the password, and every rule that refuses.
#[utoipa::path(
    post, path = endpoints::RESET_PASSWORD.path, tag = "forgotten",
    operation_id = "reset_password", request_body = ResetPassword,
    responses(
        (status = 204),
        (status = 409, body = Problem, description = "The code is wrong, or a rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub async fn reset_password(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    Body(wish): Body<ResetPassword>,
) -> Result<StatusCode, ApiError> {
    let now = now(&app);
    let (target, typed) = reached::fields(&wish.target, &wish.code)?;
    tries::count(&app, &address, now).await?;
    let asked = WANTS.code(target.clone());
    codes::look(&app, &asked, typed, now).await?;
    let mut tx = app.store.read().await?;
    let ids = WANTS.accounts(&mut tx, &target).await?;
    let id = reached::chosen(&app, &ids, &wish.choice);
    let id = id.ok_or_else(|| ApiError::refused(PasswordResetRefusal::NotProved, now))?;
    let before = find(&mut tx, id).await?;
    tx.commit().await?;
    let owner = new_password::owner(&before);
    let new = new_password::choose(&app, &wish.password, &owner).await?;

    let mut tx = app.store.write().await?;
    let security = security::find_locked(&mut tx, id)
        .await?
        .ok_or(ApiError::NotFound)?;
    let (mut tx, code) = codes::take(&app, tx, &asked, typed, now).await?;
    access_account(security.standing, security.lock)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let account = ResetAccount {
        id,
        security_phone: security.contacts.phone.as_ref(),
        login_email: security.login_email(),
    };
    let set = decide(&code, &account, new.password, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    accounts::update_password(&mut tx, id, &new.hash, set.strength, now).await?;
    security::update_lock(&mut tx, id, security.lock, false).await?;
    let happened = Happened {
        before: &security,
        after: &security.contacts,
        change: set.change,
        session: None,
    };
    consequences::follow(&app, &mut tx, happened, now).await?;
    let by = match target {
        ContactTarget::Phone(_) => "security_phone",
        ContactTarget::Email(_) => "login_email",
    };
    let endpoint = &endpoints::RESET_PASSWORD;
    audited(&mut tx, endpoint, &request, id, json!({ "by": by }), now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(StatusCode::NO_CONTENT)
}

async fn find(tx: &mut Tx, id: AccountId) -> Result<Security, ApiError> {
    security::find(tx, id).await?.ok_or(ApiError::NotFound)
}

fn choice(app: &App, security: &Security) -> ResetChoice {
    let id = security.account_id;
    let kinds: Vec<LoginMethodKind> = security
        .methods
        .iter()
        .map(|stored| stored.method.identity.kind())
        .collect();
    ResetChoice {
        choice: reached::choice(app, id),
        account_id: id.masked().to_string(),
        has_password: security.login_email().is_some(),
        is_locked: security.lock.refusal().is_some(),
        ways: forgotten_password_ways(ForgottenPasswordState::Root {
            has_security_phone: security.contacts.phone.is_some(),
            methods: &kinds,
        }),
    }
}
