//! What is recorded with a verified enterprise: its contact, whether it uses CDN, its code (ENT-6, ENT-14,
//! ENT-21).

use std::sync::Arc;

use axum::extract::State;
use axum::{Extension, Json};
use contract::endpoints;
use contract::enterprise::{
    CompleteCode, ContactShown, EnterpriseCodeShown, EnterpriseContactShown, SetEnterpriseContact,
    SwitchCdn,
};
use contract::problem::{FieldProblem, Problem, ValueProblem};
use domain::account::AccountId;
use domain::time::Timestamp;
use domain::verification::{
    ContactField, ContactFieldProblem, ContactProblem, EnterpriseContact, EnterpriseDetail,
    Subject, TypedContact, VerificationRefusal, how_to_edit, may_switch_cdn,
};
use serde_json::json;

use crate::error::ApiError;
use crate::extract::{Body, Origin, RequestId, SignedIn, now};
use crate::flows::enterprise::{self, Call};
use crate::flows::{audited, commit};
use crate::state::App;
use crate::store::enterprise_contacts::{self, StoredContact};
use crate::store::subjects::Identity;
use crate::store::{Tx, security, subjects};

/// Shows the enterprise contact, masked.
///
/// # Errors
/// Where there is no enterprise.
#[utoipa::path(
    get, path = endpoints::GET_ENTERPRISE_CONTACT.path, tag = "enterprise",
    operation_id = "get_enterprise_contact", security(("session" = [])),
    responses(
        (status = 200, body = EnterpriseContactShown),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "The account is no enterprise's"),
    )
)]
pub(super) async fn get_enterprise_contact(
    State(app): State<Arc<App>>,
    owner: SignedIn,
) -> Result<Json<EnterpriseContactShown>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.read().await?;
    let shown = shown(&mut tx, owner.account_id, now).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// Sets the enterprise contact (ENT-21).
///
/// # Errors
/// Every wrong field; where there is no enterprise.
#[utoipa::path(
    put, path = endpoints::SET_ENTERPRISE_CONTACT.path, tag = "enterprise",
    operation_id = "set_enterprise_contact", security(("session" = [])),
    request_body = SetEnterpriseContact,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = EnterpriseContactShown),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "The account is no enterprise's"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn set_enterprise_contact(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<SetEnterpriseContact>,
) -> Result<Json<EnterpriseContactShown>, ApiError> {
    let now = now(&app);
    let typed = TypedContact {
        name: &wish.name,
        document_kind: wish.document_kind,
        document_number: &wish.document_number,
        phone: &wish.phone,
    };
    let contact = EnterpriseContact::parse(&typed).map_err(fields)?;
    let id = owner.account_id;
    let mut tx = app.store.write().await?;
    security::find_locked(&mut tx, id).await?;
    let subject = subject(&mut tx, id).await?;
    how_to_edit(subject.as_ref(), EnterpriseDetail::Contact)
        .map_err(|refusal| ApiError::refused(refusal, now))?;
    let new = StoredContact {
        contact: Some(contact),
        uses_cdn: wish.uses_cdn,
    };
    enterprise_contacts::replace(&mut tx, id, &new, now).await?;
    let shown = shown(&mut tx, id, now).await?;
    let details = json!({ "phone": shown.contact.as_ref().map(|contact| &contact.phone) });
    let endpoint = &endpoints::SET_ENTERPRISE_CONTACT;
    audited(&mut tx, endpoint, &request, id, details, now).await?;
    commit(tx, &request).await?;
    Ok(Json(shown))
}

/// Switches "uses CDN", which needs an enterprise contact (ENT-21).
///
/// # Errors
/// Where there is no enterprise, or nobody to turn to.
#[utoipa::path(
    put, path = endpoints::SWITCH_CDN.path, tag = "enterprise", operation_id = "switch_cdn",
    security(("session" = [])), request_body = SwitchCdn,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = EnterpriseContactShown),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "There is no enterprise contact"),
    )
)]
pub(super) async fn switch_cdn(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<SwitchCdn>,
) -> Result<Json<EnterpriseContactShown>, ApiError> {
    let now = now(&app);
    let id = owner.account_id;
    let mut tx = app.store.write().await?;
    security::find_locked(&mut tx, id).await?;
    let subject = subject(&mut tx, id).await?;
    let before = enterprise_contacts::find(&mut tx, id).await?;
    let refusal = may_switch_cdn(subject.as_ref(), wish.uses_cdn, before.contact.is_some());
    if let Some(refusal) = refusal {
        return Err(ApiError::refused(refusal, now));
    }
    let new = StoredContact {
        uses_cdn: wish.uses_cdn,
        ..before
    };
    enterprise_contacts::replace(&mut tx, id, &new, now).await?;
    let shown = shown(&mut tx, id, now).await?;
    let details = json!({ "uses_cdn": wish.uses_cdn });
    audited(&mut tx, &endpoints::SWITCH_CDN, &request, id, details, now).await?;
    commit(tx, &request).await?;
    Ok(Json(shown))
}

/// Shows what is recorded as the enterprise's code, masked (ENT-6).
///
/// # Errors
/// Where there is no enterprise.
#[utoipa::path(
    get, path = endpoints::GET_ENTERPRISE_CODE.path, tag = "enterprise",
    operation_id = "get_enterprise_code", security(("session" = [])),
    responses(
        (status = 200, body = EnterpriseCodeShown),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "The account is no enterprise's"),
    )
)]
pub(super) async fn get_enterprise_code(
    State(app): State<Arc<App>>,
    owner: SignedIn,
) -> Result<Json<EnterpriseCodeShown>, ApiError> {
    code_shown(&app, owner.account_id, now(&app)).await
}

/// Completes or corrects the enterprise's code (ENT-6).
///
/// # Errors
/// What is wrong with it; every rule that refuses; a register that does not answer.
#[utoipa::path(
    put, path = endpoints::COMPLETE_CODE.path, tag = "enterprise",
    operation_id = "complete_code", security(("session" = [])), request_body = CompleteCode,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = EnterpriseCodeShown),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "It is no correct USCC"),
        (status = 503, body = Problem, description = "The register does not answer"),
    )
)]
pub(super) async fn complete_code(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    origin: Origin,
    owner: SignedIn,
    Body(wish): Body<CompleteCode>,
) -> Result<Json<EnterpriseCodeShown>, ApiError> {
    let now = now(&app);
    let call = Call {
        endpoint: &endpoints::COMPLETE_CODE,
        request: &request,
        origin: &origin,
        account_id: owner.account_id,
    };
    enterprise::complete(&app, call, &wish.code, now).await?;
    code_shown(&app, owner.account_id, now).await
}

async fn code_shown(
    app: &App,
    id: AccountId,
    now: Timestamp,
) -> Result<Json<EnterpriseCodeShown>, ApiError> {
    let mut tx = app.store.read().await?;
    let record = subjects::find(&mut tx, id).await?;
    tx.commit().await?;
    match record {
        Some(record) if matches!(record.subject, Subject::Enterprise { .. }) => {
            let shown = record.identity.masked();
            Ok(Json(EnterpriseCodeShown {
                name: shown.name.as_str().to_owned(),
                code: shown.number.as_str().to_owned(),
                may_complete: enterprise::may_complete(&record.subject),
                server_time: now,
            }))
        }
        _ => Err(ApiError::refused(VerificationRefusal::NotAnEnterprise, now)),
    }
}

async fn subject(tx: &mut Tx, id: AccountId) -> Result<Option<Subject>, ApiError> {
    Ok(subjects::find(tx, id).await?.map(|record| record.subject))
}

async fn shown(
    tx: &mut Tx,
    id: AccountId,
    now: Timestamp,
) -> Result<EnterpriseContactShown, ApiError> {
    let record = subjects::find(tx, id).await?;
    let Some(Identity::Enterprise(enterprise)) = record.map(|record| record.identity) else {
        return Err(ApiError::refused(VerificationRefusal::NotAnEnterprise, now));
    };
    let stored = enterprise_contacts::find(tx, id).await?;
    Ok(EnterpriseContactShown {
        contact: stored.contact.map(|contact| ContactShown {
            name: contact.name.masked().as_str().to_owned(),
            document_kind: contact.document.kind(),
            document_number: contact.document.masked().as_str().to_owned(),
            phone: contact.phone.masked().as_str().to_owned(),
        }),
        uses_cdn: stored.uses_cdn,
        handler: enterprise
            .handler
            .map(|handler| handler.name.masked().as_str().to_owned()),
        server_time: now,
    })
}

fn fields(problems: Vec<ContactProblem>) -> ApiError {
    let problems = problems.into_iter().map(|problem| FieldProblem {
        field: match problem.field {
            ContactField::Name => "name",
            ContactField::DocumentNumber => "document_number",
            ContactField::Phone => "phone",
        }
        .to_owned(),
        problem: match problem.problem {
            ContactFieldProblem::PersonName(problem) => ValueProblem::PersonName(problem),
            ContactFieldProblem::IdDocument(problem) => ValueProblem::IdDocument(problem),
            ContactFieldProblem::PhoneNumber(problem) => ValueProblem::Phone(problem),
        },
    });
    ApiError::Fields(problems.collect())
}
