//! An account as the desk sees it, its audit, freezing it and lifting that (OPS-2, ACC-6).

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use contract::endpoints;
use contract::operators::{
    AccountAudit, AccountAuditRow, AccountCase, ChangeFreeze, OperatorAccount, OperatorFreeze,
};
use contract::problem::{Problem, ValueProblem};
use domain::account::{AccountId, Lock};
use domain::operators::{self as rules, Duty, OperatorReason, may_change_freeze};
use domain::refusal::Refusal;
use serde::Deserialize;
use serde_json::json;

use super::may;
use crate::error::ApiError;
use crate::extract::{Body, OnDutyOperator, RequestId, now};
use crate::flows::operators::audited;
use crate::flows::{commit, freezing};
use crate::handlers::masked_name;
use crate::state::App;
use crate::store::audit::{self, Numbered};
use crate::store::{accounts, freezes, queue, security};

/// How many rows of an account's audit are shown at once.
const ROWS: u32 = 50;

/// From which row of an account's audit on it is shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct From {
    /// Only rows with a lower number.
    below: Option<i64>,
}

/// An account as the desk sees it: no more of its owner than it takes to be sure of the account (OPS-2).
///
/// # Errors
/// Nobody is on duty; there is no such account.
#[utoipa::path(
    get, path = endpoints::GET_OPERATOR_ACCOUNT.path, tag = "operators",
    operation_id = "get_operator_account", security(("operator" = [])),
    params(("account" = String, Path)),
    responses(
        (status = 200, body = OperatorAccount),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 404, body = Problem, description = "There is no such account"),
        (status = 422, body = Problem, description = "It is no account id"),
    )
)]
pub(super) async fn get_account(
    State(app): State<Arc<App>>,
    operator: OnDutyOperator,
    Path(account): Path<String>,
) -> Result<Json<OperatorAccount>, ApiError> {
    let id = parse(&account)?;
    may(&operator.on_duty, Duty::SeeAudit, now(&app))?;
    let mut tx = app.store.read().await?;
    let account = accounts::find(&mut tx, id)
        .await?
        .ok_or(ApiError::NotFound)?;
    let security = security::find(&mut tx, id)
        .await?
        .ok_or(ApiError::NotFound)?;
    let freeze = freezes::find(&mut tx, id).await?;
    let freeze_reasons = freezing::reasons(&mut tx, id).await?;
    let cases = queue::list_of_account(&mut tx, id).await?;
    tx.commit().await?;
    let is_frozen = freeze.is_some();
    let refusals = may_change_freeze(&operator.on_duty, id, is_frozen, !is_frozen);
    Ok(Json(OperatorAccount {
        account_id: id,
        registered_at: account.registered_at,
        verification: account.verification,
        verified_name: account.verified_name.as_deref().map(masked_name),
        locked_since: match security.lock {
            Lock::Unlocked => None,
            Lock::Locked { since } => Some(since),
        },
        freeze_reasons,
        freeze: freeze.map(|freeze| OperatorFreeze {
            by: freeze.name,
            reason: freeze.reason,
            at: freeze.at,
        }),
        change_refusals: refusals.into_iter().map(Refusal::from).collect(),
        cases: cases
            .into_iter()
            .map(|stored| AccountCase {
                id: stored.id,
                queue: stored.item.queue,
                due_at: stored.due_at,
            })
            .collect(),
    }))
}

/// The audit of an account, newest first (OPS-2).
///
/// # Errors
/// Nobody is on duty, or they see no audit.
#[utoipa::path(
    get, path = endpoints::GET_ACCOUNT_AUDIT.path, tag = "operators",
    operation_id = "get_account_audit", security(("operator" = [])),
    params(("account" = String, Path), ("below" = Option<i64>, Query)),
    responses(
        (status = 200, body = AccountAudit),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "None of their roles sees it"),
        (status = 422, body = Problem, description = "It is no account id"),
    )
)]
pub(super) async fn get_audit(
    State(app): State<Arc<App>>,
    operator: OnDutyOperator,
    Path(account): Path<String>,
    Query(from): Query<From>,
) -> Result<Json<AccountAudit>, ApiError> {
    let id = parse(&account)?;
    may(&operator.on_duty, Duty::SeeAudit, now(&app))?;
    let mut tx = app.store.read().await?;
    let below = from.below.map(|below| u64::try_from(below).unwrap_or(0));
    let rows = audit::page(&mut tx, id, below, ROWS).await?;
    tx.commit().await?;
    let is_full = rows.len() == ROWS as usize;
    let older = rows.last().filter(|_| is_full).map(number);
    Ok(Json(AccountAudit {
        rows: rows.into_iter().map(row).collect(),
        older,
    }))
}

/// Freezes an account because of a violation, or lifts that, with a reason (ACC-6, OPS-2).
///
/// # Errors
/// Every rule that stands against it: the role, an account of one's own, a freeze that is there already
/// or is not; a reason that is none.
#[utoipa::path(
    put, path = endpoints::CHANGE_FREEZE.path, tag = "operators", operation_id = "change_freeze",
    security(("operator" = [])), params(("account" = String, Path)), request_body = ChangeFreeze,
    responses(
        (status = 204, description = "It is so from now on"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The operator may not do this"),
        (status = 404, body = Problem, description = "There is no such account"),
        (status = 409, body = Problem, description = "It is so already"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn change_freeze(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    operator: OnDutyOperator,
    Path(account): Path<String>,
    Body(wish): Body<ChangeFreeze>,
) -> Result<StatusCode, ApiError> {
    let id = parse(&account)?;
    let reason = parse_reason(&app, &wish.reason)?;
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let security = security::find_locked(&mut tx, id)
        .await?
        .ok_or(ApiError::NotFound)?;
    let is_frozen = freezes::find(&mut tx, id).await?.is_some();
    let act = rules::change_freeze(&operator.on_duty, id, is_frozen, wish.frozen, reason, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    freezing::apply(&app, &mut tx, &security, &act).await?;
    let about = (&endpoints::CHANGE_FREEZE, &request);
    let details = json!({ "frozen": act.what.frozen, "reason": act.reason.as_str() });
    audited(&mut tx, about, act.by, &[id], details, now).await?;
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    Ok(StatusCode::NO_CONTENT)
}

fn parse(typed: &str) -> Result<AccountId, ApiError> {
    AccountId::parse(typed)
        .map_err(|problem| ApiError::field("account", ValueProblem::AccountId(problem)))
}

pub(super) fn parse_reason(app: &App, typed: &str) -> Result<OperatorReason, ApiError> {
    OperatorReason::parse(typed, &app.policy.operators)
        .map_err(|problem| ApiError::field("reason", ValueProblem::OperatorReason(problem)))
}

fn row(row: Numbered) -> AccountAuditRow {
    AccountAuditRow {
        number: number(&row),
        at: row.entry.at,
        actor: row.entry.actor.to_string(),
        event: row.entry.event,
        details: row.entry.details,
    }
}

/// The number as it goes to the browser; the log is far from its end.
fn number(row: &Numbered) -> i64 {
    i64::try_from(row.number).unwrap_or(i64::MAX)
}
