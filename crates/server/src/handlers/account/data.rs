//! Locking the account at once, and downloading all that is held about it (ACC-14).

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::account::{AccountExport, ExportedSection};
use contract::endpoints;
use contract::problem::Problem;
use domain::account::{
    AccountId, ExportSection, KeptSecret, LockedFrom, export_data, lock_account as decide_lock,
};
use domain::contacts::{ContactKind, ContactPoint, ContactTarget};
use domain::time::Timestamp;
use serde_json::{Value, json};

use crate::cookies;
use crate::error::ApiError;
use crate::extract::{RequestId, SignedIn, now};
use crate::flows::consequences::{self, Happened};
use crate::flows::documents::holder_of;
use crate::flows::{audited, commit};
use crate::state::App;
use crate::store::security::{self, Security};
use crate::store::{
    Tx, accounts, attempts, audit, contact_points, documents, sessions, sign_ins, subjects, trusted,
};

/// The newest rows of each list that the download has; older ones are in the operation audit's pages.
const MOST_ROWS: u32 = 10_000;

/// Locks the account at once; no proof is asked for, since a lock hurts a thief more. Every session
/// ends, this one too (ACC-14).
///
/// # Errors
/// When it is locked already.
#[utoipa::path(
    post, path = endpoints::LOCK_ACCOUNT.path, tag = "account", operation_id = "lock_account",
    security(("session" = [])),
    responses(
        (status = 204),
        (status = 409, body = Problem, description = "It is locked already"),
    )
)]
pub(super) async fn lock_account(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let id = owner.account_id;
    let mut tx = app.store.write().await?;
    let security = security::find_locked(&mut tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let policy = &app.policy.account;
    let locked = decide_lock(security.lock, LockedFrom::Owner, policy, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    security::update_lock(&mut tx, id, locked.lock, security.must_set_password).await?;
    let happened = Happened {
        before: &security,
        after: &security.contacts,
        change: locked.change,
        session: None,
    };
    consequences::follow(&app, &mut tx, happened, now).await?;
    let details = json!({ "from": "account info" });
    audited(
        &mut tx,
        &endpoints::LOCK_ACCOUNT,
        &request,
        id,
        details,
        now,
    )
    .await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    let jar = CookieJar::new().add(cookies::no_session());
    Ok((jar, StatusCode::NO_CONTENT).into_response())
}

/// Downloads all data that is held about the account, secrets aside (ACC-14).
///
/// # Errors
/// When they were downloaded a moment ago.
#[utoipa::path(
    post, path = endpoints::EXPORT_ACCOUNT.path, tag = "account",
    operation_id = "export_account", security(("session" = [])),
    responses(
        (status = 200, body = AccountExport),
        (status = 409, body = Problem, description = "They were downloaded a moment ago"),
    )
)]
pub(super) async fn export_account(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<Json<AccountExport>, ApiError> {
    let now = now(&app);
    let id = owner.account_id;
    let mut tx = app.store.write().await?;
    let last = accounts::find_exported(&mut tx, id).await?;
    let made = export_data(true, last, &app.policy.account, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    accounts::update_exported(&mut tx, id, made.at).await?;
    let mut sections = Vec::new();
    for name in made.sections {
        let content = section(&mut tx, id, name).await?;
        sections.push(ExportedSection { name, content });
    }
    let endpoint = &endpoints::EXPORT_ACCOUNT;
    audited(&mut tx, endpoint, &request, id, json!({}), now).await?;
    commit(tx, &request).await?;
    Ok(Json(AccountExport {
        made_at: made.at,
        sections,
        left_out: KeptSecret::ALL.to_vec(),
    }))
}

/// What is held in one part.
async fn section(tx: &mut Tx, id: AccountId, name: ExportSection) -> Result<Value, ApiError> {
    let security = security::find(tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    match name {
        ExportSection::Account => account(tx, id).await,
        ExportSection::Contacts => contacts(tx, id, &security).await,
        ExportSection::LoginMethods => Ok(login_methods(&security)),
        ExportSection::Devices => devices(tx, id).await,
        ExportSection::Verification => verification(tx, id).await,
        ExportSection::Audit => operations(tx, id).await,
        ExportSection::Documents => documents(tx, id).await,
        // Nothing of these is kept yet by any page of this installation.
        ExportSection::Users | ExportSection::Projects | ExportSection::Applications => {
            Ok(json!([]))
        }
    }
}

async fn account(tx: &mut Tx, id: AccountId) -> Result<Value, ApiError> {
    let account = accounts::find(tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let consent = accounts::find_consent(tx, id).await?;
    Ok(json!({
        "account_id": account.id,
        "app_id": account.app_id,
        "site": account.site,
        "registered_at": account.registered_at,
        "language": account.language.code(),
        "nickname": account.nickname,
        "consent": consent,
    }))
}

async fn contacts(tx: &mut Tx, id: AccountId, security: &Security) -> Result<Value, ApiError> {
    let phone = contact_points::find(tx, id, ContactKind::Phone).await?;
    let email = contact_points::find(tx, id, ContactKind::Email).await?;
    let point = |point: &ContactPoint| {
        let waits = point.pending.as_ref();
        json!({
            "value": point.confirmed.as_ref().map(ContactTarget::display),
            "waits_to_be_confirmed": waits.map(|pending| pending.value.display()),
        })
    };
    Ok(json!({
        "security_phone": security.contacts.phone.as_ref().map(|phone| phone.as_str()),
        "security_email": security.contacts.email.as_ref().map(|email| email.display()),
        "contact_phone": point(&phone),
        "contact_email": point(&email),
    }))
}

fn login_methods(security: &Security) -> Value {
    let methods = security.methods.iter().map(|stored| {
        let email = stored.email.as_ref().map(|email| email.display());
        json!({
            "kind": stored.method.identity.kind(),
            "identity": email.unwrap_or(stored.method.identity.key()),
            "name": stored.name,
            "origin": stored.method.origin,
            "bound_at": stored.method.bound_at,
        })
    });
    json!({
        "login_methods": methods.collect::<Vec<_>>(),
        "password_set_at": security.password.map(|(_, at)| at),
        "mfa_device_bound_at": security.means.mfa,
        "wechat_confirms_since": security.means.wechat,
        "protections": security.protections,
        "session_limits": security.limits,
        "locked": security.lock,
    })
}

async fn devices(tx: &mut Tx, id: AccountId) -> Result<Value, ApiError> {
    let sessions = sessions::list(tx, id).await?;
    let sessions = sessions.iter().map(|stored| {
        json!({
            "began_at": stored.session.began,
            "used_at": stored.session.used,
            "device": stored.origin.device_name,
            "place": stored.origin.place,
            "ip": stored.origin.ip,
        })
    });
    let sessions: Vec<Value> = sessions.collect();
    let trusted = trusted::list(tx, id).await?;
    let trusted = trusted.iter().map(|stored| {
        json!({
            "device": stored.name,
            "place": stored.place,
            "trusted_since": stored.trust.proved_at,
        })
    });
    let trusted: Vec<Value> = trusted.collect();
    let sign_ins = sign_ins::list(tx, id, None, MOST_ROWS).await?;
    let sign_ins: Vec<_> = sign_ins.into_iter().map(|stored| stored.record).collect();
    Ok(json!({ "sessions": sessions, "trusted_devices": trusted, "sign_ins": sign_ins }))
}

async fn verification(tx: &mut Tx, id: AccountId) -> Result<Value, ApiError> {
    let account = accounts::find(tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let record = subjects::find(tx, id).await?;
    let history = subjects::list_history(tx, id, MOST_ROWS).await?;
    let history: Vec<_> = history
        .iter()
        .map(|row| {
            json!({
                "at": row.at,
                "event": row.event,
                "method": row.method,
                "subject": row.subject,
                "name": row.shown.name,
                "number": row.shown.number,
            })
        })
        .collect();
    let attempts = attempts::list(tx, id, MOST_ROWS).await?;
    let attempts: Vec<_> = attempts
        .iter()
        .map(|stored| {
            json!({
                "case": stored.case_number,
                "began_at": stored.began,
                "attempt": stored.attempt,
                "typed": stored.claim.identity().masked(),
            })
        })
        .collect();
    Ok(json!({
        "status": account.verification,
        "name": account.verified_name,
        "subject": record.as_ref().map(|record| record.subject),
        "since": record.as_ref().map(|record| record.since),
        "method": record.as_ref().and_then(|record| record.method),
        // Shown in full on the page of the verification, after a proof (PRT-2).
        "number": record.as_ref().map(|record| record.identity.masked().number),
        "history": history,
        "attempts": attempts,
    }))
}

/// What was uploaded and is still kept; the files themselves are got one by one, so that each view is
/// written down.
async fn documents(tx: &mut Tx, id: AccountId) -> Result<Value, ApiError> {
    let kept = documents::list_of_holder(tx, &holder_of(id)).await?;
    let kept = kept.into_iter().map(|document| {
        json!({
            "document": document.id,
            "purpose": document.purpose,
            "item": document.item,
            "kind": document.kind,
            "bytes": document.bytes,
            "uploaded_at": document.uploaded_at,
            "handed_in_with": document.application_id,
        })
    });
    Ok(kept.collect())
}

async fn operations(tx: &mut Tx, id: AccountId) -> Result<Value, ApiError> {
    let entries = audit::list(tx, id, MOST_ROWS).await?;
    let entries = entries.into_iter().map(|entry| {
        let at: Timestamp = entry.at;
        let actor = entry.actor.kind();
        json!({ "at": at, "actor": actor, "event": entry.event, "details": entry.details })
    });
    Ok(entries.collect())
}
