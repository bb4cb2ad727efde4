//! The security e-mail: the original address agrees, the new one answers (CON-5).

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use contract::codes::CodeSent;
use contract::endpoints;
use contract::problem::{Problem, ValueProblem};
use contract::security::{
    ConfirmEmailChange, EmailChanged, EmailConfirmed, EmailStep, PendingEmail, StartEmailChange,
};
use domain::contacts::{
    ConfirmedCode, ContactRefusal, EmailChange, SecurityContacts, SecurityEmailChanged,
    start_email_change as start,
};
use domain::identity::Email;
use domain::protection::SensitiveOperation;
use domain::refusal::Refused;
use domain::time::Timestamp;
use serde_json::json;

use super::{find_locked, masked, written};
use crate::error::ApiError;
use crate::extract::{Body, RequestId, SignedIn, now};
use crate::flows::codes::Delivery;
use crate::flows::consequences::{Happened, follow};
use crate::flows::{audited, checks, codes, commit};
use crate::state::App;
use crate::store::security::{self, Security};
use crate::store::{self, Tx};

const OPERATION: SensitiveOperation = SensitiveOperation::ChangeSecurityEmail;

/// Begins to bind or change the security e-mail, in place of a change that was on its way (CON-5).
///
/// # Errors
/// A field problem, the missing proof, or the present address.
#[utoipa::path(
    post, path = endpoints::START_EMAIL_CHANGE.path, tag = "security",
    operation_id = "start_email_change", security(("session" = [])),
    request_body = StartEmailChange,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = PendingEmail),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is missing"),
        (status = 409, body = Problem, description = "It is the present address"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn start_email_change(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<StartEmailChange>,
) -> Result<Json<PendingEmail>, ApiError> {
    let now = now(&app);
    let new = Email::parse(&wish.email)
        .map_err(|problem| ApiError::field("email", ValueProblem::Email(problem)))?;
    let mut tx = app.store.write().await?;
    let security = find_locked(&mut tx, &owner).await?;
    let check = checks::require(&app, &mut tx, &owner, &security, OPERATION, now).await?;
    let change = start(&check, security.contacts.email.as_ref(), new, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    security::update_email_change(&mut tx, owner.account_id, Some(&change)).await?;
    let answer = awaited(&app, &mut tx, &security, &change, now).await?;
    let details = json!({ "basis": check.basis(), "wished": answer.wished });
    let endpoint = &endpoints::START_EMAIL_CHANGE;
    audited(&mut tx, endpoint, &request, owner.account_id, details, now).await?;
    commit(tx, &request).await?;
    Ok(Json(answer))
}

/// Sends the code that the change waits for: to the original address first, then to the new one
/// (CON-5, CON-12).
///
/// # Errors
/// When no change waits, or a code went there a moment ago.
#[utoipa::path(
    post, path = endpoints::SEND_EMAIL_CHANGE_CODE.path, tag = "security",
    operation_id = "send_email_change_code", security(("session" = [])),
    responses(
        (status = 200, body = CodeSent),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "No change waits for a code"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub(super) async fn send_email_change_code(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<Json<CodeSent>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let security = find_locked(&mut tx, &owner).await?;
    let change = alive(&app, &mut tx, &security, now)
        .await?
        .ok_or_else(|| ApiError::refused(ContactRefusal::NoEmailChange, now))?;
    let asked = change.next_code(security.account_id);
    let to = (security.language, Delivery::Sent);
    let sent = codes::send(&app, &mut tx, asked, to, now).await?;
    let details = json!({ "to": sent.to });
    let endpoint = &endpoints::SEND_EMAIL_CHANGE_CODE;
    audited(&mut tx, endpoint, &request, owner.account_id, details, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(sent))
}

/// Takes the code that the change waits for; the new address's code completes it (CON-5).
///
/// # Errors
/// A field problem, when no change waits for that code, or the code is wrong.
#[utoipa::path(
    put, path = endpoints::CONFIRM_EMAIL_CHANGE.path, tag = "security",
    operation_id = "confirm_email_change", security(("session" = [])),
    request_body = ConfirmEmailChange,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = EmailConfirmed),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "No change waits for it, or the code is wrong"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn confirm_email_change(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<ConfirmEmailChange>,
) -> Result<Json<EmailConfirmed>, ApiError> {
    let now = now(&app);
    let code = codes::parse("code", &wish.code)?;
    let mut tx = app.store.write().await?;
    let before = find_locked(&mut tx, &owner).await?;
    let change = alive(&app, &mut tx, &before, now)
        .await?
        // A code for the other step is not tried at all, so that it counts as no wrong one.
        .filter(|change| step(change) == wish.step)
        .ok_or_else(|| ApiError::refused(ContactRefusal::NoEmailChange, now))?;
    let asked = change.next_code(before.account_id);
    let (mut tx, proved) = codes::take(&app, tx, &asked, code, now).await?;
    let refused = |refused| ApiError::all_refused(refused, now);
    let answer = match wish.step {
        EmailStep::Original => {
            let next = agreed(&app, change, &before, &proved, now).map_err(refused)?;
            security::update_email_change(&mut tx, owner.account_id, Some(&next)).await?;
            EmailConfirmed {
                pending: Some(awaited(&app, &mut tx, &before, &next, now).await?),
                changed: None,
            }
        }
        EmailStep::New => {
            let changed = answered(&app, change, &before, &proved, now).map_err(refused)?;
            EmailConfirmed {
                pending: None,
                changed: Some(apply(&app, &mut tx, &owner, &before, changed).await?),
            }
        }
    };
    let details = json!({ "step": wish.step });
    let endpoint = &endpoints::CONFIRM_EMAIL_CHANGE;
    audited(&mut tx, endpoint, &request, owner.account_id, details, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(answer))
}

/// Gives the change up; the original address stays (CON-5). It takes nothing from anybody, so no
/// proof is asked for.
///
/// # Errors
/// When nobody is signed in.
#[utoipa::path(
    delete, path = endpoints::CANCEL_EMAIL_CHANGE.path, tag = "security",
    operation_id = "cancel_email_change", security(("session" = [])),
    responses(
        (status = 204, description = "No change is on its way"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub(super) async fn cancel_email_change(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<StatusCode, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    find_locked(&mut tx, &owner).await?;
    security::update_email_change(&mut tx, owner.account_id, None).await?;
    let by = (&request, &endpoints::CANCEL_EMAIL_CHANGE);
    written(tx, by, &owner, json!({}), now).await
}

fn agreed(
    app: &App,
    change: EmailChange,
    before: &Security,
    proved: &ConfirmedCode,
    now: Timestamp,
) -> Result<EmailChange, Refused<ContactRefusal>> {
    let current = before.contacts.email.as_ref();
    change.original_agreed(
        before.account_id,
        current,
        proved,
        &app.policy.contacts,
        now,
    )
}

fn answered(
    app: &App,
    change: EmailChange,
    before: &Security,
    proved: &ConfirmedCode,
    now: Timestamp,
) -> Result<SecurityEmailChanged, Refused<ContactRefusal>> {
    let current = before.contacts.email.as_ref();
    change.new_answered(
        before.account_id,
        current,
        proved,
        &app.policy.contacts,
        now,
    )
}

/// Writes the new address down and does what follows from it (SGN-6, PRT-6).
async fn apply(
    app: &App,
    tx: &mut Tx,
    owner: &SignedIn,
    before: &Security,
    changed: SecurityEmailChanged,
) -> Result<EmailChanged, ApiError> {
    let id = owner.account_id;
    security::update_email(tx, id, &changed.new, changed.at).await?;
    security::update_email_change(tx, id, None).await?;
    let after = SecurityContacts {
        email: Some(changed.new.clone()),
        ..before.contacts.clone()
    };
    let happened = Happened {
        before,
        after: &after,
        change: changed.change,
        session: Some(&owner.session_id),
    };
    let followed = follow(app, tx, happened, changed.at).await?;
    Ok(EmailChanged {
        old: changed.old.map(masked),
        new: masked(changed.new),
        offer_to_end: followed.offer_to_end,
    })
}

/// The change that waits, unless it has lapsed or the present address is another one by now.
async fn alive(
    app: &App,
    tx: &mut Tx,
    security: &Security,
    now: Timestamp,
) -> Result<Option<EmailChange>, ApiError> {
    let change = security::find_email_change(tx, security.account_id).await?;
    let current = security.contacts.email.as_ref();
    let policy = &app.policy.contacts;
    Ok(change.filter(|change| change.is_alive(current, policy, now)))
}

/// The change as the page shows it, unless it has lapsed.
pub(super) async fn pending(
    app: &App,
    tx: &mut Tx,
    security: &Security,
    change: &EmailChange,
    now: Timestamp,
) -> Result<Option<PendingEmail>, ApiError> {
    let current = security.contacts.email.as_ref();
    if !change.is_alive(current, &app.policy.contacts, now) {
        return Ok(None);
    }
    awaited(app, tx, security, change, now).await.map(Some)
}

async fn awaited(
    app: &App,
    tx: &mut Tx,
    security: &Security,
    change: &EmailChange,
    now: Timestamp,
) -> Result<PendingEmail, ApiError> {
    let policy = &app.policy.contacts;
    let next = change.next_code(security.account_id);
    let sent_at =
        store::codes::find_last_sent(tx, next.purpose, next.account, &next.target).await?;
    Ok(PendingEmail {
        step: step(change),
        original: change.original().cloned().map(masked),
        wished: masked(change.wished().clone()),
        lapses_at: change.lapses_at(policy),
        resend_at: sent_at
            .map(|at| at.plus(policy.resend_after))
            .filter(|at| now < *at),
    })
}

const fn step(change: &EmailChange) -> EmailStep {
    match change {
        EmailChange::AwaitsOriginal { .. } => EmailStep::Original,
        EmailChange::AwaitsNew { .. } => EmailStep::New,
    }
}
