//! The wizard of changes of verification: parse, load, decide, apply, answer (CHG). Must not know another
//! area's handlers.

mod consents;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::{Extension, Json};
use contract::changes::{
    ChangeOverview, InviteNewSubject, Invited, SaveChange, SaveChangeInformation, StartChange,
    SubmitChange,
};
use contract::endpoints::{self, Endpoint};
use contract::pages;
use contract::problem::Problem;
use domain::protection::SensitiveOperation;
use domain::time::Timestamp;
use serde_json::json;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::extract::{Body, Origin, RequestId, SignedIn, now};
use crate::flows::changes::overview::overview;
use crate::flows::changes::submit::{self, HandedIn};
use crate::flows::changes::{self, Changing, consent};
use crate::flows::{audited, checks, commit};
use crate::routes::Routes;
use crate::state::App;
use crate::store::Tx;
use crate::store::changes::Change;

const OPERATION: SensitiveOperation = SensitiveOperation::ChangeVerification;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    get_change,
    start_change,
    save_change,
    submit_change,
    withdraw_change,
    correct_change,
    save_change_information,
    invite_new_subject,
    consents::get_consent,
    consents::begin_consent_face,
    consents::get_consent_face,
    consents::accept_change
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_CHANGE, get_change);
    routes.add(&endpoints::START_CHANGE, start_change);
    routes.add(&endpoints::SAVE_CHANGE, save_change);
    routes.add(&endpoints::SUBMIT_CHANGE, submit_change);
    routes.add(&endpoints::WITHDRAW_CHANGE, withdraw_change);
    routes.add(&endpoints::CORRECT_CHANGE, correct_change);
    routes.add(&endpoints::SAVE_CHANGE_INFORMATION, save_change_information);
    routes.add(&endpoints::INVITE_NEW_SUBJECT, invite_new_subject);
    routes.add(&endpoints::GET_CONSENT, consents::get_consent);
    routes.add(&endpoints::BEGIN_CONSENT_FACE, consents::begin_consent_face);
    routes.add(&endpoints::GET_CONSENT_FACE, consents::get_consent_face);
    routes.add(&endpoints::ACCEPT_CHANGE, consents::accept_change);
}

/// Shows what the verification can be changed to, what stands against it, and the application (CHG-1 to
/// CHG-5).
///
/// # Errors
/// When nobody is signed in, or the platform does not answer.
#[utoipa::path(
    get, path = endpoints::GET_CHANGE.path, tag = "verification change",
    operation_id = "get_change", security(("session" = [])),
    responses(
        (status = 200, body = ChangeOverview),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 503, body = Problem, description = "The platform does not answer"),
    )
)]
pub(super) async fn get_change(
    State(app): State<Arc<App>>,
    owner: SignedIn,
) -> Result<Json<ChangeOverview>, ApiError> {
    let now = now(&app);
    let holding = changes::holding(&app, owner.account_id).await?;
    let mut tx = app.store.read().await?;
    let changing = changes::look(&mut tx, owner.account_id).await?;
    let answer = overview(&app, &mut tx, (&changing, &holding), now).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

/// Begins an application, or turns the draft that is there into another kind (CHG-1 to CHG-3, CHG-5).
///
/// # Errors
/// Everything that stands against it.
#[utoipa::path(
    post, path = endpoints::START_CHANGE.path, tag = "verification change",
    operation_id = "start_change", security(("session" = [])), request_body = StartChange,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = ChangeOverview),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "Rules refuse"),
    )
)]
pub(super) async fn start_change(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<StartChange>,
) -> Result<Json<ChangeOverview>, ApiError> {
    let now = now(&app);
    let holding = changes::holding(&app, owner.account_id).await?;
    let mut tx = app.store.write().await?;
    let changing = changes::look_locked(&mut tx, owner.account_id).await?;
    let of = (&changing, &holding);
    let change = changes::start(&app, &mut tx, of, wish.target, now).await?;
    let done = Done {
        endpoint: &endpoints::START_CHANGE,
        request: &request,
        holding: &holding,
    };
    finish(&app, tx, (changing, change), done, now).await
}

/// Saves what was typed into the draft, right or wrong (CHG-5, V-33).
///
/// # Errors
/// When it is no draft any more, or was changed elsewhere.
#[utoipa::path(
    put, path = endpoints::SAVE_CHANGE.path, tag = "verification change",
    operation_id = "save_change", security(("session" = [])), request_body = SaveChange,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = ChangeOverview),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 404, body = Problem, description = "There is no such application"),
        (status = 409, body = Problem, description = "It is no draft, or was changed elsewhere"),
    )
)]
pub(super) async fn save_change(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    Path(id): Path<String>,
    owner: SignedIn,
    Body(wish): Body<SaveChange>,
) -> Result<Json<ChangeOverview>, ApiError> {
    let now = now(&app);
    let holding = changes::holding(&app, owner.account_id).await?;
    let mut tx = app.store.write().await?;
    let changing = changes::look_locked(&mut tx, owner.account_id).await?;
    let change = changes::save(&mut tx, changing.named(&id)?, wish, now).await?;
    let done = Done {
        endpoint: &endpoints::SAVE_CHANGE,
        request: &request,
        holding: &holding,
    };
    finish(&app, tx, (changing, change), done, now).await
}

/// Hands the application in, once (CHG-2, CHG-3, CHG-5 to CHG-8, CHG-11, CHG-14).
///
/// # Errors
/// Field problems, the missing proof, everything that stands against it.
#[utoipa::path(
    post, path = endpoints::SUBMIT_CHANGE.path, tag = "verification change",
    operation_id = "submit_change", security(("session" = [])), request_body = SubmitChange,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = ChangeOverview),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is missing"),
        (status = 404, body = Problem, description = "There is no such application"),
        (status = 409, body = Problem, description = "Rules refuse"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn submit_change(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    Path(id): Path<String>,
    owner: SignedIn,
    Body(wish): Body<SubmitChange>,
) -> Result<Json<ChangeOverview>, ApiError> {
    let now = now(&app);
    let holding = changes::holding(&app, owner.account_id).await?;
    let mut tx = app.store.read().await?;
    let read = changes::look(&mut tx, owner.account_id).await?;
    tx.commit().await?;
    let as_read = read.named(&id)?;
    let register = match as_read.state.is_editable() {
        true => submit::ask_register(&app, &as_read, read.present.as_ref()).await?,
        false => None,
    };
    let mut tx = app.store.write().await?;
    let changing = changes::look_locked(&mut tx, owner.account_id).await?;
    let change = changing.named(&id)?;
    // The register was asked about what was read; what became of it meanwhile was not.
    if change.state.is_editable() && change.version != as_read.version {
        return Err(ApiError::ChangedElsewhere);
    }
    let security = &changing.security;
    let check = checks::require(&app, &mut tx, &owner, security, OPERATION, now).await?;
    let handed = HandedIn {
        wish: &wish,
        check: &check,
        holding: &holding,
        register,
    };
    let change = submit::submit(&app, &mut tx, (&changing, change), handed, now).await?;
    let done = Done {
        endpoint: &endpoints::SUBMIT_CHANGE,
        request: &request,
        holding: &holding,
    };
    finish(&app, tx, (changing, change), done, now).await
}

/// Takes an application back that is in review, or approved and not done (CHG-9).
///
/// # Errors
/// When there is nothing to take back.
#[utoipa::path(
    delete, path = endpoints::WITHDRAW_CHANGE.path, tag = "verification change",
    operation_id = "withdraw_change", security(("session" = [])), params(("id" = String, Path)),
    responses(
        (status = 200, body = ChangeOverview),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 404, body = Problem, description = "There is no such application"),
        (status = 409, body = Problem, description = "There is nothing to take back"),
    )
)]
pub(super) async fn withdraw_change(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    Path(id): Path<String>,
    owner: SignedIn,
) -> Result<Json<ChangeOverview>, ApiError> {
    let now = now(&app);
    let holding = changes::holding(&app, owner.account_id).await?;
    let mut tx = app.store.write().await?;
    let changing = changes::look_locked(&mut tx, owner.account_id).await?;
    let change = changes::withdraw(&mut tx, changing.named(&id)?, now).await?;
    let done = Done {
        endpoint: &endpoints::WITHDRAW_CHANGE,
        request: &request,
        holding: &holding,
    };
    finish(&app, tx, (changing, change), done, now).await
}

/// Opens a rejected or withdrawn application for correction (CHG-9).
///
/// # Errors
/// When it is neither.
#[utoipa::path(
    post, path = endpoints::CORRECT_CHANGE.path, tag = "verification change",
    operation_id = "correct_change", security(("session" = [])), params(("id" = String, Path)),
    responses(
        (status = 200, body = ChangeOverview),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 404, body = Problem, description = "There is no such application"),
        (status = 409, body = Problem, description = "It is neither rejected nor withdrawn"),
    )
)]
pub(super) async fn correct_change(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    Path(id): Path<String>,
    owner: SignedIn,
) -> Result<Json<ChangeOverview>, ApiError> {
    let now = now(&app);
    let holding = changes::holding(&app, owner.account_id).await?;
    let mut tx = app.store.write().await?;
    let changing = changes::look_locked(&mut tx, owner.account_id).await?;
    let change = changes::correct(&mut tx, changing.named(&id)?, now).await?;
    let done = Done {
        endpoint: &endpoints::CORRECT_CHANGE,
        request: &request,
        holding: &holding,
    };
    finish(&app, tx, (changing, change), done, now).await
}

/// Saves the basic information of the new subject (CHG-5, CHG-6).
///
/// # Errors
/// A field problem, or when the application is not approved.
#[utoipa::path(
    put, path = endpoints::SAVE_CHANGE_INFORMATION.path, tag = "verification change",
    operation_id = "save_change_information", security(("session" = [])),
    request_body = SaveChangeInformation,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = ChangeOverview),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 404, body = Problem, description = "There is no such application"),
        (status = 409, body = Problem, description = "It is not approved, or was changed elsewhere"),
        (status = 422, body = Problem, description = "The address is not valid"),
    )
)]
pub(super) async fn save_change_information(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    Path(id): Path<String>,
    owner: SignedIn,
    Body(wish): Body<SaveChangeInformation>,
) -> Result<Json<ChangeOverview>, ApiError> {
    let now = now(&app);
    let holding = changes::holding(&app, owner.account_id).await?;
    let mut tx = app.store.write().await?;
    let changing = changes::look_locked(&mut tx, owner.account_id).await?;
    let change = changes::save_information(&mut tx, changing.named(&id)?, wish, now).await?;
    let done = Done {
        endpoint: &endpoints::SAVE_CHANGE_INFORMATION,
        request: &request,
        holding: &holding,
    };
    finish(&app, tx, (changing, change), done, now).await
}

/// Makes the link by which the new subject proves itself and accepts (CHG-14).
///
/// # Errors
/// Field problems of the legal representative, or a step that is not open.
#[utoipa::path(
    post, path = endpoints::INVITE_NEW_SUBJECT.path, tag = "verification change",
    operation_id = "invite_new_subject", security(("session" = [])),
    request_body = InviteNewSubject,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = Invited),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 404, body = Problem, description = "There is no such application, or no face service"),
        (status = 409, body = Problem, description = "The step is not open, or the method is closed"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn invite_new_subject(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    Path(id): Path<String>,
    (owner, origin): (SignedIn, Origin),
    Body(wish): Body<InviteNewSubject>,
) -> Result<Json<Invited>, ApiError> {
    let now = now(&app);
    if !app.face.is_offered() {
        return Err(ApiError::NotFound);
    }
    let holding = changes::holding(&app, owner.account_id).await?;
    let mut tx = app.store.write().await?;
    let changing = changes::look_locked(&mut tx, owner.account_id).await?;
    let of = (&changing, changing.named(&id)?);
    let (change, secret) = consent::invite(&app, &mut tx, of, &wish, now).await?;
    let page = pages::CONSENT.replace("{secret}", &secret);
    let done = Done {
        endpoint: &endpoints::INVITE_NEW_SUBJECT,
        request: &request,
        holding: &holding,
    };
    let Json(overview) = finish(&app, tx, (changing, change), done, now).await?;
    Ok(Json(Invited {
        address: format!("{}{page}", origin.0),
        until: now.plus(app.policy.verification.change_invitation),
        overview,
    }))
}

/// A command of the wizard that was carried out.
struct Done<'a> {
    endpoint: &'a Endpoint,
    request: &'a RequestId,
    holding: &'a crate::outside::platform::Holding,
}

/// Leaves the audit row, makes it happen, and answers everything as it is now.
async fn finish(
    app: &App,
    mut tx: Tx,
    (changing, change): (Changing, Change),
    done: Done<'_>,
    now: Timestamp,
) -> Result<Json<ChangeOverview>, ApiError> {
    let id = changing.id();
    let details = json!({ "change": change.id, "kind": change.kind, "version": change.version });
    let after = changes::look(&mut tx, id).await?;
    let answer = overview(app, &mut tx, (&after, done.holding), now).await?;
    // A repeat that found everything done leaves no trace of its own (V-34).
    if changing.change.as_ref() != Some(&change) {
        audited(&mut tx, done.endpoint, done.request, id, details, now).await?;
    }
    commit(tx, done.request).await?;
    app.postman_bell.notify_one();
    Ok(Json(answer))
}
