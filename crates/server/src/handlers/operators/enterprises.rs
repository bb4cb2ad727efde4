//! An enterprise's places, and raising their number (ENT-1, OPS-2).

use std::sync::Arc;

use axum::extract::State;
use axum::{Extension, Json};
use contract::endpoints;
use contract::operators::{EnterprisePlaces, FindEnterprise, RaiseLimit};
use contract::problem::{FieldProblem, Problem, ValueProblem};
use domain::account::AccountId;
use domain::identity::{EnterpriseCode, EnterpriseName};
use domain::operators::{self as rules, Duty, OnDuty, OperatorReason, may_raise_limit};
use domain::refusal::Refusal;
use serde_json::json;

use super::may;
use crate::error::ApiError;
use crate::extract::{Body, OnDutyOperator, RequestId, now};
use crate::flows::operators::audited;
use crate::flows::{commit, subjects};
use crate::state::App;
use crate::store::subjects::{self as rows, Enterprise, Identity};
use crate::store::{Tx, enterprise_limits};

/// An enterprise and its places (ENT-1).
///
/// # Errors
/// Nobody is on duty, or they see no accounts; field problems.
#[utoipa::path(
    post, path = endpoints::FIND_ENTERPRISE.path, tag = "operators",
    operation_id = "find_enterprise", security(("operator" = [])), request_body = FindEnterprise,
    responses(
        (status = 200, body = EnterprisePlaces),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "None of their roles sees accounts"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn find(
    State(app): State<Arc<App>>,
    operator: OnDutyOperator,
    Body(typed): Body<FindEnterprise>,
) -> Result<Json<EnterprisePlaces>, ApiError> {
    may(&operator.on_duty, Duty::SeeAudit, now(&app))?;
    let (enterprise, problems) = parse(&typed.name, &typed.code);
    let enterprise = enterprise.ok_or(ApiError::Fields(problems))?;
    let mut tx = app.store.read().await?;
    let (accounts, limit) = look(&app, &mut tx, &enterprise).await?;
    tx.commit().await?;
    Ok(Json(places(
        &app,
        &operator.on_duty,
        &enterprise,
        (&accounts, limit),
    )))
}

/// Raises the number of accounts that one enterprise may verify (ENT-1, OPS-2).
///
/// # Errors
/// Every rule that stands against it: the role, an account of one's own among the enterprise's, a limit
/// that is no raise or too high; field problems.
#[utoipa::path(
    put, path = endpoints::RAISE_LIMIT.path, tag = "operators", operation_id = "raise_limit",
    security(("operator" = [])), request_body = RaiseLimit,
    responses(
        (status = 200, body = EnterprisePlaces),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The operator may not do this"),
        (status = 409, body = Problem, description = "It is no raise, or too high"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn raise_limit(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    operator: OnDutyOperator,
    Body(typed): Body<RaiseLimit>,
) -> Result<Json<EnterprisePlaces>, ApiError> {
    let (enterprise, mut problems) = parse(&typed.name, &typed.code);
    let reason = OperatorReason::parse(&typed.reason, &app.policy.operators);
    if let Err(problem) = reason {
        problems.push(field("reason", ValueProblem::OperatorReason(problem)));
    }
    let (Some(enterprise), Ok(reason)) = (enterprise, reason) else {
        return Err(ApiError::Fields(problems));
    };
    let now = now(&app);
    let policy = &app.policy.verification;
    let identity = Identity::Enterprise(enterprise.clone());
    let mut tx = app.store.write().await?;
    // Nobody takes a place or raises the limit at the same time.
    subjects::take_places(&mut tx, &[&identity]).await?;
    let (accounts, limit) = look(&app, &mut tx, &enterprise).await?;
    let by = &operator.on_duty;
    let act = rules::raise_limit(by, &accounts, limit, typed.limit, reason, policy, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let limit = act.what.limit;
    let key = (&enterprise.code, &enterprise.name);
    enterprise_limits::replace(&mut tx, key, limit, now).await?;
    let about = (&endpoints::RAISE_LIMIT, &request);
    let details = json!({
        "enterprise": enterprise.name.masked(),
        "limit": limit,
        "reason": act.reason.as_str(),
    });
    audited(&mut tx, about, act.by, &accounts, details, now).await?;
    commit(tx, &request).await?;
    Ok(Json(places(&app, by, &enterprise, (&accounts, limit))))
}

/// The accounts that the enterprise verifies, and how many it may.
async fn look(
    app: &App,
    tx: &mut Tx,
    enterprise: &Enterprise,
) -> Result<(Vec<AccountId>, u32), ApiError> {
    let identity = Identity::Enterprise(enterprise.clone());
    let accounts = rows::accounts_of(tx, &identity).await?;
    let raised = enterprise_limits::find(tx, &enterprise.code, &enterprise.name).await?;
    let usual = app.policy.verification.accounts_per_enterprise;
    Ok((accounts, raised.unwrap_or(usual).max(usual)))
}

fn places(
    app: &App,
    operator: &OnDuty,
    enterprise: &Enterprise,
    (accounts, limit): (&[AccountId], u32),
) -> EnterprisePlaces {
    let policy = &app.policy.verification;
    let refusals = may_raise_limit(operator, accounts, limit, limit.saturating_add(1), policy);
    EnterprisePlaces {
        name: enterprise.name.as_str().to_owned(),
        code: enterprise.code.as_str().to_owned(),
        verified: u32::try_from(accounts.len()).unwrap_or(u32::MAX),
        limit,
        most: policy.accounts_per_enterprise_raised_most,
        refusals: refusals.into_iter().map(Refusal::from).collect(),
    }
}

fn parse(name: &str, code: &str) -> (Option<Enterprise>, Vec<FieldProblem>) {
    let mut problems = Vec::new();
    let name = EnterpriseName::parse(name)
        .map_err(|problem| problems.push(field("name", ValueProblem::EnterpriseName(problem))));
    let code = EnterpriseCode::parse(code)
        .map_err(|problem| problems.push(field("code", ValueProblem::EnterpriseCode(problem))));
    let enterprise = name.ok().zip(code.ok()).map(|(name, code)| Enterprise {
        name,
        code,
        legal_representative: None,
        handler: None,
        postal_address: None,
    });
    (enterprise, problems)
}

fn field(field: &str, problem: ValueProblem) -> FieldProblem {
    FieldProblem {
        field: field.to_owned(),
        problem,
    }
}
