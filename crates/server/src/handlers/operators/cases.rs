//! Cases: what they are decided by, and decisions (OPS-1).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use axum::{Extension, Json};
use contract::endpoints;
use contract::operators::{ApproveCase, Case, CaseDecided, CaseDocument, RejectCase};
use contract::problem::Problem;
use domain::audit::Actor;
use domain::operators::Duty;
use serde_json::json;

use super::may;
use crate::error::ApiError;
use crate::extract::{Body, OnDutyOperator, RequestId, now};
use crate::flows::commit;
use crate::flows::documents::{self, Asking};
use crate::flows::operators::audited;
use crate::flows::review::{self, Decided};
use crate::state::App;
use crate::store::Tx;
use crate::store::queue;

/// Everything that a case is decided by (OPS-1).
///
/// # Errors
/// Nobody is on duty, or they decide nothing; there is no such case.
#[utoipa::path(
    get, path = endpoints::GET_CASE.path, tag = "operators", operation_id = "get_case",
    security(("operator" = [])), params(("case" = String, Path)),
    responses(
        (status = 200, body = Case),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "None of their roles decides"),
        (status = 404, body = Problem, description = "There is no such case"),
    )
)]
pub(super) async fn get_case(
    State(app): State<Arc<App>>,
    operator: OnDutyOperator,
    Path(case): Path<String>,
) -> Result<Json<Case>, ApiError> {
    let now = now(&app);
    may(&operator.on_duty, Duty::Decide, now)?;
    let mut tx = app.store.read().await?;
    let case = review::case(&mut tx, &operator.on_duty, &case, now).await?;
    tx.commit().await?;
    Ok(Json(case))
}

/// Shows a picture of a case's documents, or hands out a PDF as a file. Every view is audited (CHG-13).
///
/// # Errors
/// Nobody is on duty, or they see no documents; the case has no such document.
#[utoipa::path(
    get, path = endpoints::VIEW_CASE_DOCUMENT.path, tag = "operators",
    operation_id = "view_case_document", security(("operator" = [])),
    params(("case" = String, Path), ("document" = String, Path)),
    responses(
        (status = 200, body = Vec<u8>, content_type = "image/jpeg"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "None of their roles sees documents"),
        (status = 404, body = Problem, description = "The case has no such document"),
    )
)]
pub(super) async fn view_document(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    operator: OnDutyOperator,
    Path((case, document)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    may(&operator.on_duty, Duty::SeeDocuments, now)?;
    let mut tx = app.store.read().await?;
    let seen = review::case(&mut tx, &operator.on_duty, &case, now).await?;
    tx.commit().await?;
    // A document of another case has its own address, and its own reason to be looked at.
    let is_of_case = |one: &CaseDocument| one.id == document;
    if !seen.content.documents.iter().any(is_of_case) {
        return Err(ApiError::NotFound);
    }
    let asking = Asking {
        actor: Actor::Operator(operator.on_duty.id().0.to_string()),
        endpoint: &endpoints::VIEW_CASE_DOCUMENT,
        request: &request,
    };
    let viewer = operator.on_duty.as_document_viewer();
    let opened = documents::open(&app, &asking, viewer, &document, now).await?;
    Ok(documents::answer(opened))
}

/// Approves a case, or approves it for the first time where a second reviewer must agree (OPS-1).
///
/// # Errors
/// Every rule that stands against it: the role, an account of one's own, a check that is missing, a case
/// that is decided, and whatever the case's area refuses.
#[utoipa::path(
    post, path = endpoints::APPROVE_CASE.path, tag = "operators", operation_id = "approve_case",
    security(("operator" = [])), params(("case" = String, Path)), request_body = ApproveCase,
    responses(
        (status = 200, body = CaseDecided),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The operator may not decide this"),
        (status = 404, body = Problem, description = "There is no such case"),
        (status = 409, body = Problem, description = "A rule refuses"),
    )
)]
pub(super) async fn approve(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    operator: OnDutyOperator,
    Path(case): Path<String>,
    Body(wish): Body<ApproveCase>,
) -> Result<Json<CaseDecided>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let what = (&*case, &*wish.checks);
    let decided = review::approve(&app, &mut tx, &operator.on_duty, what, now).await?;
    let about = (&endpoints::APPROVE_CASE, &request);
    let (by, details) = (
        operator.on_duty.id(),
        json!({ "case": case, "queue": decided.queue, "checks": wish.checks, "stage": decided.stage }),
    );
    audited(&mut tx, about, by, &decided.accounts, details, now).await?;
    let answer = answer(&mut tx, decided).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(answer))
}

/// Rejects a case, with a reason for each item that is wrong (OPS-1, CHG-9).
///
/// # Errors
/// Every rule that stands against it: the role, an account of one's own, no reason, a case that is
/// decided.
#[utoipa::path(
    post, path = endpoints::REJECT_CASE.path, tag = "operators", operation_id = "reject_case",
    security(("operator" = [])), params(("case" = String, Path)), request_body = RejectCase,
    responses(
        (status = 200, body = CaseDecided),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The operator may not decide this"),
        (status = 404, body = Problem, description = "There is no such case"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "A note is too long"),
    )
)]
pub(super) async fn reject(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    operator: OnDutyOperator,
    Path(case): Path<String>,
    Body(wish): Body<RejectCase>,
) -> Result<Json<CaseDecided>, ApiError> {
    let now = now(&app);
    let reasons = review::parse_reasons(wish.reasons, &app.policy.operators)?;
    let mut tx = app.store.write().await?;
    let what = (&*case, &*reasons);
    let decided = review::reject(&app, &mut tx, &operator.on_duty, what, now).await?;
    let about = (&endpoints::REJECT_CASE, &request);
    // The notes may tell of a person; the application keeps them.
    let items: Vec<_> = reasons
        .iter()
        .map(|reason| json!({ "item": reason.item, "reason": reason.reason }))
        .collect();
    let (by, details) = (
        operator.on_duty.id(),
        json!({ "case": case, "queue": decided.queue, "reasons": items }),
    );
    audited(&mut tx, about, by, &decided.accounts, details, now).await?;
    let answer = answer(&mut tx, decided).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(answer))
}

/// What came of it, and where to go on.
async fn answer(tx: &mut Tx, decided: Decided) -> Result<CaseDecided, ApiError> {
    let next = queue::list(tx, decided.queue, 1).await?;
    Ok(CaseDecided {
        stage: decided.stage,
        next: next.into_iter().next().map(|item| item.id),
    })
}
