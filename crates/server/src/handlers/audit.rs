//! The operation audit as its account's owner sees it: load and answer. Must not know what an event
//! means.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use contract::audit::{AuditDetail, AuditPage, AuditRow};
use contract::endpoints;
use contract::problem::Problem;
use serde::Deserialize;
use serde_json::Value;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::extract::SignedIn;
use crate::routes::Routes;
use crate::state::App;
use crate::store::audit::{self, Numbered};

/// How many rows stand on a page.
const ON_A_PAGE: u32 = 20;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(get_audit))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_AUDIT, get_audit);
}

/// Which page is asked for.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Which {
    /// What the page before gave as `next`.
    before: Option<u64>,
}

/// Shows what the audit log has of the account, newest first, 20 a page (OPS-3).
///
/// # Errors
/// When nobody is signed in, or `before` is no number.
#[utoipa::path(
    get, path = endpoints::GET_AUDIT.path, tag = "audit", operation_id = "get_audit",
    security(("session" = [])),
    params(("before" = Option<u64>, Query, description = "`next` of the page before")),
    responses(
        (status = 200, body = AuditPage),
        (status = 400, body = Problem, description = "There is no such page"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
async fn get_audit(
    State(app): State<Arc<App>>,
    owner: SignedIn,
    Query(which): Query<Which>,
) -> Result<Json<AuditPage>, ApiError> {
    let mut tx = app.store.read().await?;
    // One more than is shown tells whether there is another page.
    let mut rows = audit::page(&mut tx, owner.account_id, which.before, ON_A_PAGE + 1).await?;
    tx.commit().await?;
    let more = rows.len() > ON_A_PAGE as usize;
    rows.truncate(ON_A_PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| row.number);
    Ok(Json(AuditPage {
        rows: rows.into_iter().map(row).collect(),
        next,
    }))
}

fn row(row: Numbered) -> AuditRow {
    let Numbered { number, entry } = row;
    AuditRow {
        number,
        at: entry.at,
        actor: entry.actor.kind(),
        event: entry.event,
        details: details(&entry.details),
    }
}

/// The values that were written down, as texts; nothing when there were none.
fn details(text: &str) -> Vec<AuditDetail> {
    let Ok(Value::Object(all)) = serde_json::from_str(text) else {
        return Vec::new();
    };
    // Which of the operators it was is no business of an owner's.
    all.into_iter()
        .filter(|(name, value)| !value.is_null() && name != "operator")
        .map(|(name, value)| AuditDetail {
            name,
            value: match value {
                Value::String(text) => text,
                other => other.to_string(),
            },
        })
        .collect()
}
