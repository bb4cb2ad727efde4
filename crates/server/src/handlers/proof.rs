//! Proving again who one is, before a sensitive operation (PRT-2, PRT-4).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::codes::CodeSent;
use contract::endpoints;
use contract::problem::Problem;
use contract::proof::{CurrentCheck, Offer, ProofStatus, Prove, SendProofCode};
use domain::contacts::CodePurpose;
use domain::protection::{
    PassedProof, ProofMethod, ProofOffer, SensitiveOperation, offered_proofs,
};
use domain::time::Timestamp;
use serde_json::json;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::extract::{Body, RequestId, SetsPassword, SignedIn, now};
use crate::flows::checks::{self, Asked};
use crate::flows::codes::Delivery;
use crate::flows::{audited, codes, commit};
use crate::routes::Routes;
use crate::state::App;
use crate::store::security::{self, Security};
use crate::store::{self, Tx, proofs};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(get_proof, send_proof_code, prove))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_PROOF, get_proof);
    routes.add(&endpoints::SEND_PROOF_CODE, send_proof_code);
    routes.add(&endpoints::PROVE, prove);
}

/// Tells what a sensitive operation still asks for (PRT-2, PRT-4).
///
/// # Errors
/// When nobody is signed in or there is no such operation.
#[utoipa::path(
    get, path = endpoints::GET_PROOF.path, tag = "proof", operation_id = "get_proof",
    security(("session" = [])), params(("operation" = SensitiveOperation, Path)),
    responses(
        (status = 200, body = ProofStatus),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub async fn get_proof(
    State(app): State<Arc<App>>,
    SetsPassword(owner): SetsPassword,
    Path(operation): Path<SensitiveOperation>,
) -> Result<Json<ProofStatus>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.read().await?;
    let security = find(&mut tx, &owner).await?;
    let status = status(&app, &mut tx, &owner, &security, operation, now).await?;
    tx.commit().await?;
    Ok(Json(status))
}

/// Sends a code by which the owner proves who they are (PRT-4, CON-8, CON-12).
///
/// # Errors
/// When the account has no such phone or e-mail, or has just had a code.
#[utoipa::path(
    post, path = endpoints::SEND_PROOF_CODE.path, tag = "proof",
    operation_id = "send_proof_code", security(("session" = [])), request_body = SendProofCode,
    responses(
        (status = 200, body = CodeSent),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The account has nothing of the kind"),
        (status = 429, body = Problem, description = "A code went there a moment ago, or too many today"),
    )
)]
pub async fn send_proof_code(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    SetsPassword(owner): SetsPassword,
    Body(wish): Body<SendProofCode>,
) -> Result<Json<CodeSent>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let security = find(&mut tx, &owner).await?;
    let Some(asked) = checks::code_request(&security, CodePurpose::ProveOwner, wish.method) else {
        return Err(checks::not_bound(&security, now));
    };
    let to = (security.language, Delivery::Sent);
    let sent = codes::send(&app, &mut tx, asked, to, now).await?;
    let details = json!({ "method": wish.method });
    let endpoint = &endpoints::SEND_PROOF_CODE;
    audited(&mut tx, endpoint, &request, owner.account_id, details, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(Json(sent))
}

/// Takes a proof, which counts for 15 minutes in this session, and tells what the operation still asks
/// for (PRT-2, PRT-4).
///
/// # Errors
/// What is wrong with the proof.
#[utoipa::path(
    post, path = endpoints::PROVE.path, tag = "proof", operation_id = "prove",
    security(("session" = [])), request_body = Prove,
    responses(
        (status = 200, body = ProofStatus),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 409, body = Problem, description = "The proof is wrong"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub async fn prove(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    jar: CookieJar,
    SetsPassword(owner): SetsPassword,
    Body(wish): Body<Prove>,
) -> Result<Json<ProofStatus>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let security = security::find_locked(&mut tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let asked = Asked {
        security: &security,
        purpose: CodePurpose::ProveOwner,
        by: owner.session_id.as_str(),
        jar: &jar,
    };
    let (mut tx, method) = checks::take(&app, tx, asked, &wish.proof, now).await?;
    let proof = PassedProof {
        session: owner.session_id.clone(),
        method,
        at: now,
    };
    proofs::insert(&mut tx, &proof).await?;
    let details = json!({ "method": method, "operation": wish.operation });
    let endpoint = &endpoints::PROVE;
    audited(&mut tx, endpoint, &request, owner.account_id, details, now).await?;
    let status = status(&app, &mut tx, &owner, &security, wish.operation, now).await?;
    commit(tx, &request).await?;
    Ok(Json(status))
}

async fn find(tx: &mut Tx, owner: &SignedIn) -> Result<Security, ApiError> {
    security::find(tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)
}

async fn status(
    app: &App,
    tx: &mut Tx,
    owner: &SignedIn,
    security: &Security,
    operation: SensitiveOperation,
    now: Timestamp,
) -> Result<ProofStatus, ApiError> {
    let proofs = proofs::list(tx, &owner.session_id).await?;
    let check = checks::check(app, owner, security, &proofs, operation, now);
    let (check, refusals) = match check {
        Ok(check) => (
            Some(CurrentCheck {
                basis: check.basis(),
                until: check.until(),
            }),
            Vec::new(),
        ),
        Err(ApiError::Refused { refusals, .. }) => (None, refusals),
        Err(other) => return Err(other),
    };
    let mut offers = Vec::new();
    for offer in offered_proofs(
        operation,
        &checks::means_here(app, security.means),
        &app.policy.protection,
        now,
    ) {
        offers.push(described(app, tx, security, offer, now).await?);
    }
    Ok(ProofStatus {
        operation,
        check,
        refusals,
        offers,
        server_time: now,
    })
}

async fn described(
    app: &App,
    tx: &mut Tx,
    security: &Security,
    offer: ProofOffer,
    now: Timestamp,
) -> Result<Offer, ApiError> {
    let target = security.contacts.code_target(offer.method);
    let sent_at = match &target {
        Some(target) => {
            let id = Some(security.account_id);
            store::codes::find_last_sent(tx, CodePurpose::ProveOwner, id, target).await?
        }
        None => None,
    };
    let wait = app.policy.contacts.resend_after;
    Ok(Offer {
        method: offer.method,
        too_new_until: offer.too_new_until,
        to: target.map(|target| target.masked().to_string()),
        resend_at: sent_at.map(|at| at.plus(wait)).filter(|at| now < *at),
        device: security
            .mfa
            .map(|device| device.kind)
            .filter(|_| offer.method == ProofMethod::Mfa),
    })
}
