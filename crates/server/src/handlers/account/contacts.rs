//! Contact phone and contact e-mail: wished for, confirmed by a code or a link, or given up (CON-6).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::{Extension, Json};
use contract::account::{
    AccountInfo, ConfirmContact, ConfirmContactLink, ContactConfirmed, ProposeContact,
};
use contract::codes::CodeSent;
use contract::endpoints::{self, Endpoint};
use contract::problem::{Problem, ValueProblem};
use domain::account::AccountId;
use domain::contacts::{
    CodeRequest, ContactKind, ContactPoint, ContactProof, ContactRefusal, ContactTarget,
};
use domain::identity::{Email, PhoneNumber};
use domain::time::Timestamp;
use serde_json::json;

use super::info;
use crate::error::ApiError;
use crate::extract::{Body, ClientAddress, RequestId, SignedIn, now};
use crate::flows::codes::{self, Delivery};
use crate::flows::{audited, commit, tries};
use crate::letters;
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::{Tx, accounts, contact_points, locks};

/// Wishes for another contact phone or e-mail: a code goes there, and the old one stays until it was
/// answered (CON-6).
///
/// # Errors
/// A field problem, that it is the present one, or that a code went there a moment ago.
#[utoipa::path(
    post, path = endpoints::PROPOSE_CONTACT.path, tag = "account",
    operation_id = "propose_contact", security(("session" = [])),
    params(("kind" = ContactKind, Path)), request_body = ProposeContact,
    responses(
        (status = 200, body = CodeSent),
        (status = 409, body = Problem, description = "It is the present one"),
        (status = 422, body = Problem, description = "It is no phone number, or no address"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub(super) async fn propose_contact(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Path(kind): Path<ContactKind>,
    Body(wish): Body<ProposeContact>,
) -> Result<Json<CodeSent>, ApiError> {
    let now = now(&app);
    let value = parse(kind, &wish.value)?;
    let id = owner.account_id;
    let mut tx = app.store.write().await?;
    let point = find_locked(&mut tx, id, kind).await?;
    let point = point
        .propose(value, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let by = (&request, &endpoints::PROPOSE_CONTACT);
    send_and_commit(&app, tx, by, (id, &point), now).await
}

/// Sends the code to the waiting contact again (CON-6, CON-12).
///
/// # Errors
/// When nothing waits, or a code went there a moment ago.
#[utoipa::path(
    post, path = endpoints::RESEND_CONTACT_CODE.path, tag = "account",
    operation_id = "resend_contact_code", security(("session" = [])),
    params(("kind" = ContactKind, Path)),
    responses(
        (status = 200, body = CodeSent),
        (status = 409, body = Problem, description = "Nothing waits to be confirmed"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub(super) async fn resend_contact_code(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Path(kind): Path<ContactKind>,
) -> Result<Json<CodeSent>, ApiError> {
    let now = now(&app);
    let id = owner.account_id;
    let mut tx = app.store.write().await?;
    let point = find_locked(&mut tx, id, kind).await?;
    if point.waiting(&app.policy.contacts, now).is_none() {
        return Err(ApiError::refused(ContactRefusal::NothingPending, now));
    }
    let by = (&request, &endpoints::RESEND_CONTACT_CODE);
    send_and_commit(&app, tx, by, (id, &point), now).await
}

/// Confirms the waiting contact by the code that went there (CON-6).
///
/// # Errors
/// What is wrong with the code, or that nothing waits.
#[utoipa::path(
    put, path = endpoints::CONFIRM_CONTACT.path, tag = "account",
    operation_id = "confirm_contact", security(("session" = [])),
    params(("kind" = ContactKind, Path)), request_body = ConfirmContact,
    responses(
        (status = 200, body = AccountInfo),
        (status = 409, body = Problem, description = "The code is wrong, or nothing waits"),
        (status = 422, body = Problem, description = "It is not six digits"),
    )
)]
pub(super) async fn confirm_contact(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Path(kind): Path<ContactKind>,
    Body(wish): Body<ConfirmContact>,
) -> Result<Json<AccountInfo>, ApiError> {
    let now = now(&app);
    let id = owner.account_id;
    let typed = codes::parse("code", &wish.code)?;
    let mut tx = app.store.write().await?;
    let point = find_locked(&mut tx, id, kind).await?;
    let nothing = || ApiError::refused(ContactRefusal::NothingPending, now);
    let asked: CodeRequest = point.code_request(id).ok_or_else(nothing)?;
    let (tx, proved) = codes::take(&app, tx, &asked, typed, now).await?;
    let proof = ContactProof::Code(&proved);
    let confirmed = point
        .confirm(id, proof, &app.policy.contacts, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let by = (&request, &endpoints::CONFIRM_CONTACT);
    write_and_commit(&app, tx, by, (id, &confirmed), now).await
}

/// Gives up the waiting contact; the old one stays (CON-6).
///
/// # Errors
/// When nobody is signed in.
#[utoipa::path(
    delete, path = endpoints::CANCEL_CONTACT.path, tag = "account",
    operation_id = "cancel_contact", security(("session" = [])),
    params(("kind" = ContactKind, Path)),
    responses((status = 200, body = AccountInfo))
)]
pub(super) async fn cancel_contact(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Path(kind): Path<ContactKind>,
) -> Result<Json<AccountInfo>, ApiError> {
    let now = now(&app);
    let id = owner.account_id;
    let mut tx = app.store.write().await?;
    let point = find_locked(&mut tx, id, kind).await?.cancel();
    let by = (&request, &endpoints::CANCEL_CONTACT);
    write_and_commit(&app, tx, by, (id, &point), now).await
}

/// Confirms a contact e-mail by the link that went there, in whichever browser the mail is read
/// (CON-6).
///
/// # Errors
/// When the link is unknown, was used, or what waited has lapsed.
#[utoipa::path(
    post, path = endpoints::CONFIRM_CONTACT_LINK.path, tag = "account",
    operation_id = "confirm_contact_link", request_body = ConfirmContactLink,
    responses(
        (status = 200, body = ContactConfirmed),
        (status = 404, body = Problem, description = "No letter has this link, or it was used"),
        (status = 409, body = Problem, description = "What waited has lapsed"),
    )
)]
pub(super) async fn confirm_contact_link(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    address: ClientAddress,
    Body(wish): Body<ConfirmContactLink>,
) -> Result<Json<ContactConfirmed>, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let mut tx = app.store.write().await?;
    let found = contact_points::find_by_link(&mut tx, &token_hash(&wish.token)).await?;
    let (id, kind) = found.ok_or(ApiError::NotFound)?;
    let point = find_locked(&mut tx, id, kind).await?;
    let waits = point.pending.as_ref().map(|pending| pending.value.clone());
    // A newer wish may have taken the link's place while this request waited for its turn.
    let again = contact_points::find_by_link(&mut tx, &token_hash(&wish.token)).await?;
    let value = waits
        .filter(|_| again == Some((id, kind)))
        .ok_or(ApiError::NotFound)?;
    let proof = ContactProof::Link { sent_to: &value };
    let confirmed = point
        .confirm(id, proof, &app.policy.contacts, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    contact_points::update(&mut tx, id, &confirmed, None).await?;
    let endpoint = &endpoints::CONFIRM_CONTACT_LINK;
    leave(&mut tx, endpoint, &request, (id, kind), now).await?;
    tx.commit().await?;
    Ok(Json(ContactConfirmed {
        value: value.masked().to_string(),
    }))
}

/// The contact as it stands, with the account taken until the end of the transaction.
async fn find_locked(
    tx: &mut Tx,
    id: AccountId,
    kind: ContactKind,
) -> Result<ContactPoint, ApiError> {
    locks::take(tx, &format!("account:{id}")).await?;
    Ok(contact_points::find(tx, id, kind).await?)
}

/// Has what waits answer a code, which ends the command.
async fn send_and_commit(
    app: &App,
    mut tx: Tx,
    (request, endpoint): (&RequestId, &Endpoint),
    (id, point): (AccountId, &ContactPoint),
    now: Timestamp,
) -> Result<Json<CodeSent>, ApiError> {
    let sent = send(app, &mut tx, id, point, now).await?;
    leave(&mut tx, endpoint, request, (id, point.kind), now).await?;
    commit(tx, request).await?;
    app.postman_bell.notify_one();
    Ok(Json(sent))
}

/// Writes the contact down as it stands now, which ends the command.
async fn write_and_commit(
    app: &App,
    mut tx: Tx,
    (request, endpoint): (&RequestId, &Endpoint),
    (id, point): (AccountId, &ContactPoint),
    now: Timestamp,
) -> Result<Json<AccountInfo>, ApiError> {
    contact_points::update(&mut tx, id, point, None).await?;
    leave(&mut tx, endpoint, request, (id, point.kind), now).await?;
    let info = info::load(app, &mut tx, id, now).await?;
    commit(tx, request).await?;
    Ok(Json(info))
}

/// Sends the code, and with a letter the link, to what waits, and writes it down.
pub(super) async fn send(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    point: &ContactPoint,
    now: Timestamp,
) -> Result<CodeSent, ApiError> {
    let account = accounts::find(tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let asked = point
        .code_request(id)
        .ok_or_else(|| ApiError::refused(ContactRefusal::NothingPending, now))?;
    let target = asked.target.clone();
    let sent = codes::send(app, tx, asked, (account.language, Delivery::Sent), now).await?;
    let link = match point.kind {
        ContactKind::Phone => None,
        ContactKind::Email => Some(app.ids.token()?),
    };
    if let Some(token) = &link {
        let origin = app.network.public_origin.as_deref().unwrap_or_default();
        let page = contract::pages::CONFIRM_CONTACT.replace("{token}", token);
        let words =
            letters::codes::contact_link(account.language, &app.names, &format!("{origin}{page}"));
        codes::post(app, tx, &target, words, now).await?;
    }
    let hash = link.as_deref().map(token_hash);
    contact_points::update(tx, id, point, hash.as_deref()).await?;
    Ok(sent)
}

async fn leave(
    tx: &mut Tx,
    endpoint: &Endpoint,
    request: &RequestId,
    (id, kind): (AccountId, ContactKind),
    now: Timestamp,
) -> Result<(), ApiError> {
    audited(tx, endpoint, request, id, json!({ "kind": kind }), now).await
}

fn parse(kind: ContactKind, typed: &str) -> Result<ContactTarget, ApiError> {
    match kind {
        ContactKind::Phone => PhoneNumber::parse(typed)
            .map(ContactTarget::Phone)
            .map_err(|problem| ApiError::field("value", ValueProblem::Phone(problem))),
        ContactKind::Email => Email::parse(typed)
            .map(ContactTarget::Email)
            .map_err(|problem| ApiError::field("value", ValueProblem::Email(problem))),
    }
}
