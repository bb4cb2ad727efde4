//! Account info and the nickname.

use std::sync::Arc;

use axum::extract::State;
use axum::{Extension, Json};
use contract::account::{AccountInfo, ChangeNickname};
use contract::endpoints;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use domain::account::{Nickname, NicknameChange, change_nickname as decide};
use serde_json::json;
use utoipa::OpenApi;

use super::masked_name;
use crate::error::ApiError;
use crate::extract::{Body, RequestId, SignedIn, now};
use crate::flows::{audited, commit};
use crate::routes::Routes;
use crate::state::App;
use crate::store::accounts::{self, Account};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(get_account, change_nickname))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_ACCOUNT, get_account);
    routes.add(&endpoints::CHANGE_NICKNAME, change_nickname);
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
    let account = accounts::find(&mut tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    tx.commit().await?;
    Ok(Json(info(&account)))
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
    commit(tx, &request).await?;
    Ok(Json(info(&Account {
        nickname: changed.nickname.as_str().to_owned(),
        nickname_version: wish.version + 1,
        ..account
    })))
}

fn info(account: &Account) -> AccountInfo {
    AccountInfo {
        account_id: account.id,
        registered_at: account.registered_at,
        nickname: account.nickname.clone(),
        nickname_version: account.nickname_version,
        login_email: account
            .login_email
            .as_ref()
            .map(|email| email.masked().to_string()),
        verification: account.verification,
        verified_name: account.verified_name.as_deref().map(masked_name),
    }
}
