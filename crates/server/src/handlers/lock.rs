//! Locking an account by the link of a notice, and unlocking it (ACC-14).

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use contract::codes::CodeSent;
use contract::endpoints;
use contract::forgotten::{AnswerCode, SendCode};
use contract::lock::{LockByLink, LockedAccount, LockedAccounts, Unlock, UnlockChoice};
use contract::problem::Problem;
use domain::account::{
    AccountId, AccountRefusal, Lock, LockedFrom, lock_account, may_unlock_account, unlock_account,
    unlock_proof,
};
use domain::contacts::ContactTarget;
use domain::mfa::RecoveryCode;
use domain::protection::{ProofMethod, SecurityChange};
use domain::sign_in::PasswordStrength;
use domain::time::Timestamp;
use serde_json::json;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::extract::{Body, ClientAddress, RequestId, Speaks, now};
use crate::flows::consequences::{self, Happened};
use crate::flows::new_password::{self, NewPassword};
use crate::flows::reached::{self, Answered, Wants};
use crate::flows::{audited, codes, mfa, tries};
use crate::outside::ids::token_hash;
use crate::routes::Routes;
use crate::state::App;
use crate::store::security::{self, Security};
use crate::store::{Tx, accounts, lock_links};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(lock, send_unlock_code, find_locked_accounts, unlock))]
pub struct Description;

/// What everybody wants here who comes without a link.
const WANTS: Wants = Wants::Unlock;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::LOCK, lock);
    routes.add(&endpoints::SEND_UNLOCK_CODE, send_unlock_code);
    routes.add(&endpoints::FIND_LOCKED_ACCOUNTS, find_locked_accounts);
    routes.add(&endpoints::UNLOCK, unlock);
}

/// Locks the account whose notice has the link; every session ends at once (ACC-14).
///
/// # Errors
/// When the link is unknown or too old, or the account is locked already.
#[utoipa::path(
    post, path = endpoints::LOCK.path, tag = "lock", operation_id = "lock",
    request_body = LockByLink,
    responses(
        (status = 200, body = LockedAccount),
        (status = 404, body = Problem, description = "No notice has this link"),
        (status = 409, body = Problem, description = "The link is too old, or the account is locked"),
    )
)]
pub async fn lock(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    Body(wish): Body<LockByLink>,
) -> Result<Json<LockedAccount>, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let mut tx = app.store.write().await?;
    let link = lock_links::find(&mut tx, &token_hash(&wish.token)).await?;
    let (id, sent_at) = link.ok_or(ApiError::NotFound)?;
    let security = security::find_locked(&mut tx, id)
        .await?
        .ok_or(ApiError::NotFound)?;
    let from = LockedFrom::NoticeLink { sent_at };
    let locked = lock_account(security.lock, from, &app.policy.account, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    security::update_lock(&mut tx, id, locked.lock, security.must_set_password).await?;
    let happened = Happened {
        before: &security,
        after: &security.contacts,
        change: locked.change,
        session: None,
    };
    consequences::follow(&app, &mut tx, happened, now).await?;
    let details = json!({ "from": "notice" });
    audited(&mut tx, &endpoints::LOCK, &request, id, details, now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(Json(LockedAccount {
        account_id: id.masked().to_string(),
        since: now,
    }))
}

/// Sends a code for unlocking to a security phone or security e-mail (ACC-14). When nobody has it the
/// answer is the same and nothing is sent (CON-12, FND-5).
///
/// # Errors
/// When it is neither, or a code went there a moment ago.
#[utoipa::path(
    post, path = endpoints::SEND_UNLOCK_CODE.path, tag = "lock",
    operation_id = "send_unlock_code", request_body = SendCode,
    responses(
        (status = 200, body = CodeSent),
        (status = 422, body = Problem, description = "It is neither a phone number nor an address"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub async fn send_unlock_code(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    Speaks(language): Speaks,
    Body(wish): Body<SendCode>,
) -> Result<Json<CodeSent>, ApiError> {
    let who = (&address, language);
    let sent = reached::send_code(&app, who, WANTS, &wish, now(&app)).await?;
    Ok(Json(sent))
}

/// Shows who has answered the code the locked accounts that are reached there (ACC-14). The code stays
/// good.
///
/// # Errors
/// What is wrong with the code.
#[utoipa::path(
    post, path = endpoints::FIND_LOCKED_ACCOUNTS.path, tag = "lock",
    operation_id = "find_locked_accounts", request_body = AnswerCode,
    responses(
        (status = 200, body = LockedAccounts),
        (status = 409, body = Problem, description = "The code is wrong"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub async fn find_locked_accounts(
    State(app): State<Arc<App>>,
    address: ClientAddress,
    Body(wish): Body<AnswerCode>,
) -> Result<Json<LockedAccounts>, ApiError> {
    let Answered { target, accounts } =
        reached::answered(&app, &address, WANTS, &wish, now(&app)).await?;
    let accounts = accounts.iter();
    let accounts = accounts.filter_map(|security| choice(&app, security, &target));
    Ok(Json(LockedAccounts {
        accounts: accounts.collect(),
    }))
}

/// Unlocks an account by the code. Where it has a password that must be set anew at the same time, since
/// who made the owner lock the account may know it (ACC-14).
///
/// # Errors
/// What is wrong with the code or the password, and every rule that refuses.
#[utoipa::path(
    post, path = endpoints::UNLOCK.path, tag = "lock", operation_id = "unlock",
    request_body = Unlock,
    responses(
        (status = 204),
        (status = 409, body = Problem, description = "The code is wrong, or a rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub async fn unlock(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    Body(wish): Body<Unlock>,
) -> Result<StatusCode, ApiError> {
    let now = now(&app);
    let (target, typed) = reached::fields(&wish.target, &wish.code)?;
    let mfa_code = wish.mfa_code.as_deref().map(MfaCode::parse).transpose()?;
    tries::count(&app, &address, now).await?;
    let asked = WANTS.code(target.clone());
    codes::look(&app, &asked, typed, now).await?;
    let mut tx = app.store.read().await?;
    let ids = WANTS.accounts(&mut tx, &target).await?;
    let id = reached::chosen(&app, &ids, &wish.choice);
    let id = id.ok_or_else(|| ApiError::refused(AccountRefusal::NotLocked, now))?;
    let before = security::find(&mut tx, id).await?;
    let before = before.ok_or(ApiError::NotFound)?;
    tx.commit().await?;
    let new = new_one(&app, &before, wish.password.as_deref()).await?;

    let mut tx = app.store.write().await?;
    let security = security::find_locked(&mut tx, id)
        .await?
        .ok_or(ApiError::NotFound)?;
    // A wrong code of the device is counted at once, with whatever was taken before it: so it comes first.
    if let Some(mfa_code) = mfa_code {
        tx = take_mfa(&app, tx, &security, mfa_code, now).await?;
    }
    let (mut tx, code) = codes::take(&app, tx, &asked, typed, now).await?;
    let reached_by = unlock_proof(&security.contacts, &code)
        .ok_or_else(|| ApiError::refused(nothing_such(&target), now))?;
    let shown = match mfa_code {
        Some(_) => ProofMethod::Mfa,
        None => reached_by,
    };
    let unlocked = unlock_account(
        security.standing,
        security.lock,
        shown,
        &security.means,
        security.password.is_some(),
        &app.policy.account,
    )
    .map_err(|refused| ApiError::all_refused(refused, now))?;
    let must_set = unlocked.must_set_password && new.is_none();
    security::update_lock(&mut tx, id, unlocked.lock, must_set).await?;
    set(&mut tx, id, new.as_ref(), now).await?;
    let happened = Happened {
        before: &security,
        after: &security.contacts,
        change: SecurityChange::AccountUnlocked,
        session: None,
    };
    consequences::follow(&app, &mut tx, happened, now).await?;
    let details = json!({ "by": shown, "new_password": new.is_some() });
    audited(&mut tx, &endpoints::UNLOCK, &request, id, details, now).await?;
    tx.commit().await?;
    app.postman_bell.notify_one();
    Ok(StatusCode::NO_CONTENT)
}

const fn method(target: &ContactTarget) -> ProofMethod {
    match target {
        ContactTarget::Phone(_) => ProofMethod::SecurityPhone,
        ContactTarget::Email(_) => ProofMethod::SecurityEmail,
    }
}

const fn nothing_such(target: &ContactTarget) -> AccountRefusal {
    AccountRefusal::NothingSuchBound {
        method: method(target),
    }
}

/// Whether unlocking takes such a proof; scans and face checks need a session or a sign-in of their own.
const fn is_taken_here(method: ProofMethod) -> bool {
    match method {
        ProofMethod::SecurityPhone | ProofMethod::SecurityEmail | ProofMethod::Mfa => true,
        ProofMethod::Wechat | ProofMethod::Face => false,
    }
}

/// A code of the MFA device or, in its place, a recovery code.
#[derive(Clone, Copy)]
struct MfaCode<'a> {
    typed: &'a str,
    is_recovery: bool,
}

impl<'a> MfaCode<'a> {
    fn parse(typed: &'a str) -> Result<Self, ApiError> {
        let is_recovery = RecoveryCode::parse(typed).is_ok();
        if !is_recovery {
            codes::parse("mfa_code", typed)?;
        }
        Ok(Self { typed, is_recovery })
    }
}

async fn take_mfa(
    app: &App,
    tx: Tx,
    security: &Security,
    MfaCode { typed, is_recovery }: MfaCode<'_>,
    now: Timestamp,
) -> Result<Tx, ApiError> {
    if is_recovery {
        mfa::take_recovery_code(app, tx, security, typed, now).await
    } else {
        mfa::take_code(app, tx, security, typed, now).await
    }
}

/// The account as the page shows it, when it is locked.
fn choice(app: &App, security: &Security, target: &ContactTarget) -> Option<UnlockChoice> {
    let Lock::Locked { since } = security.lock else {
        return None;
    };
    let refusals = |shown| {
        let Security {
            standing,
            lock,
            means,
            ..
        } = security;
        may_unlock_account(*standing, *lock, shown, means, &app.policy.account)
    };
    let usable = security
        .means
        .all()
        .filter(|method| is_taken_here(*method))
        .filter(|method| refusals(*method).is_empty());
    Some(UnlockChoice {
        choice: reached::choice(app, security.account_id),
        account_id: security.account_id.masked().to_string(),
        since,
        has_password: security.password.is_some(),
        may_unlock: refusals(method(target)).is_empty(),
        usable: usable.collect(),
    })
}

/// The new password, which an account with a password cannot do without.
async fn new_one(
    app: &App,
    security: &Security,
    typed: Option<&str>,
) -> Result<Option<NewPassword>, ApiError> {
    if security.password.is_none() {
        return Ok(None);
    }
    let owner = new_password::owner(security);
    let typed = typed.unwrap_or_default();
    Ok(Some(new_password::choose(app, typed, &owner).await?))
}

async fn set(
    tx: &mut Tx,
    id: AccountId,
    new: Option<&NewPassword>,
    now: Timestamp,
) -> Result<(), ApiError> {
    if let Some(NewPassword { password, hash }) = new {
        let strength = PasswordStrength::of(password);
        accounts::update_password(tx, id, hash, strength, now).await?;
    }
    Ok(())
}
