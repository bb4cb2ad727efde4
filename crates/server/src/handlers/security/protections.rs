//! Sign-in and operation protection (PRT-1, PRT-2).

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use contract::endpoints;
use contract::problem::Problem;
use contract::security::SetProtection;
use domain::protection::{
    ProtectionKind, Protections, SecurityChange, SensitiveOperation, choose_protection,
};
use serde_json::json;

use super::find_locked;
use crate::error::ApiError;
use crate::extract::{Body, RequestId, SignedIn, now};
use crate::flows::consequences::{Happened, follow};
use crate::flows::{audited, checks, commit};
use crate::state::App;
use crate::store::security;

/// Sets a protection: off, or one factor that is bound (PRT-1).
///
/// # Errors
/// The missing proof, or that the factor is not bound.
#[utoipa::path(
    put, path = endpoints::SET_PROTECTION.path, tag = "security",
    operation_id = "set_protection", security(("session" = [])), request_body = SetProtection,
    params(
        ("kind" = ProtectionKind, Path),
        ("Idempotency-Key" = Option<String>, Header, description = "API-3"),
    ),
    responses(
        (status = 204, description = "It counts from now on"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is missing"),
        (status = 409, body = Problem, description = "The factor is not bound"),
    )
)]
pub(super) async fn set_protection(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Path(kind): Path<ProtectionKind>,
    Body(wish): Body<SetProtection>,
) -> Result<StatusCode, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let before = find_locked(&mut tx, &owner).await?;
    let operation = SensitiveOperation::ChangeProtection;
    let check = checks::require(&app, &mut tx, &owner, &before, operation, now).await?;
    let chosen = choose_protection(&before.means, wish.protection)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let protections = match kind {
        ProtectionKind::SignIn => Protections {
            sign_in: chosen,
            ..before.protections
        },
        ProtectionKind::Operation => Protections {
            operation: chosen,
            ..before.protections
        },
    };
    security::update_protections(&mut tx, owner.account_id, protections).await?;
    let happened = Happened {
        before: &before,
        after: &before.contacts,
        change: SecurityChange::ProtectionChanged,
        session: Some(&owner.session_id),
    };
    follow(&app, &mut tx, happened, now).await?;
    let details = json!({ "basis": check.basis(), "kind": kind, "protection": chosen });
    let endpoint = &endpoints::SET_PROTECTION;
    audited(&mut tx, endpoint, &request, owner.account_id, details, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(StatusCode::NO_CONTENT)
}
