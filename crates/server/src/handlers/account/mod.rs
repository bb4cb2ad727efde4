//! Account info: parse, load, decide, apply, answer. Must not know another area's handlers.

mod contacts;
mod data;
mod info;
mod login_methods;
mod profile;

use std::sync::Arc;

use axum::extract::State;
use axum::{Extension, Json};
use contract::account::{AccountInfo, ChangeNickname};
use contract::endpoints;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use domain::account::{Nickname, NicknameChange, change_nickname as decide};
use domain::contacts::ContactKind;
use domain::login_methods::LoginMethodKind;
use serde_json::json;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::extract::{Body, RequestId, SignedIn, now};
use crate::flows::{audited, commit};
use crate::routes::Routes;
use crate::state::App;
use crate::store::accounts;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(
    paths(
        get_account,
        change_nickname,
        profile::compare_profile,
        profile::save_profile,
        contacts::propose_contact,
        contacts::resend_contact_code,
        contacts::confirm_contact,
        contacts::cancel_contact,
        contacts::confirm_contact_link,
        login_methods::send_login_email_code,
        login_methods::set_login_email,
        login_methods::unbind_login_method,
        data::lock_account,
        data::export_account
    ),
    components(schemas(ContactKind, LoginMethodKind))
)]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_ACCOUNT, get_account);
    routes.add(&endpoints::CHANGE_NICKNAME, change_nickname);
    routes.add(&endpoints::COMPARE_PROFILE, profile::compare_profile);
    routes.add(&endpoints::SAVE_PROFILE, profile::save_profile);
    routes.add(&endpoints::PROPOSE_CONTACT, contacts::propose_contact);
    routes.add(
        &endpoints::RESEND_CONTACT_CODE,
        contacts::resend_contact_code,
    );
    routes.add(&endpoints::CONFIRM_CONTACT, contacts::confirm_contact);
    routes.add(&endpoints::CANCEL_CONTACT, contacts::cancel_contact);
    routes.add(
        &endpoints::CONFIRM_CONTACT_LINK,
        contacts::confirm_contact_link,
    );
    routes.add(
        &endpoints::SEND_LOGIN_EMAIL_CODE,
        login_methods::send_login_email_code,
    );
    routes.add(&endpoints::SET_LOGIN_EMAIL, login_methods::set_login_email);
    routes.add(
        &endpoints::UNBIND_LOGIN_METHOD,
        login_methods::unbind_login_method,
    );
    routes.add(&endpoints::LOCK_ACCOUNT, data::lock_account);
    routes.add(&endpoints::EXPORT_ACCOUNT, data::export_account);
}

/// Shows Account info (ACC-1, ACC-3, ACC-4).
///
/// # Errors
/// When nobody is signed in.
#[utoipa::path(
    get, path = endpoints::GET_ACCOUNT.path, tag = "account", operation_id = "get_account",
    security(("session" = [])),
    responses(
        (status = 200, body = AccountInfo),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub async fn get_account(
    State(app): State<Arc<App>>,
    owner: SignedIn,
) -> Result<Json<AccountInfo>, ApiError> {
    let mut tx = app.store.read().await?;
    let info = info::load(&app, &mut tx, owner.account_id, now(&app)).await?;
    tx.commit().await?;
    Ok(Json(info))
}

/// Changes the nickname (ACC-4) from the version that was on screen (V-35).
///
/// # Errors
/// A field problem, the advice against the verified name, or that it was changed elsewhere.
#[utoipa::path(
    put, path = endpoints::CHANGE_NICKNAME.path, tag = "account",
    operation_id = "change_nickname", security(("session" = [])), request_body = ChangeNickname,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = AccountInfo),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "A rule refuses, or it was changed elsewhere"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub async fn change_nickname(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<ChangeNickname>,
) -> Result<Json<AccountInfo>, ApiError> {
    let now = now(&app);
    let nickname = Nickname::parse(&wish.nickname).map_err(|problem| {
        ApiError::Fields(vec![FieldProblem {
            field: "nickname".to_owned(),
            problem: ValueProblem::Nickname(problem),
        }])
    })?;
    let id = owner.account_id;
    let mut tx = app.store.write().await?;
    let account = accounts::find(&mut tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let change = NicknameChange {
        nickname,
        use_verified_name: wish.use_verified_name,
    };
    let changed = decide(account.verified_name.as_deref(), change, now)
        .map_err(|refusal| ApiError::refused(refusal, now))?;
    if !accounts::update_nickname(&mut tx, id, wish.version, &changed.nickname).await? {
        return Err(ApiError::ChangedElsewhere);
    }
    let details = json!({ "version": wish.version + 1 });
    let endpoint = &endpoints::CHANGE_NICKNAME;
    audited(&mut tx, endpoint, &request, id, details, changed.at).await?;
    let info = info::load(&app, &mut tx, id, now).await?;
    commit(tx, &request).await?;
    Ok(Json(info))
}
