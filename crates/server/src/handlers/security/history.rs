//! The sign-ins of the account, as the operation audit shows them (SGN-9).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use contract::endpoints;
use contract::problem::Problem;
use contract::security::SignInPage;
use domain::time::Timestamp;
use serde::Deserialize;

use crate::error::ApiError;
use crate::extract::SignedIn;
use crate::state::App;
use crate::store::sign_ins::{self, After, StoredSignIn};

/// How many sign-ins stand on a page.
const ON_A_PAGE: u32 = 20;

/// Which page is asked for.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Which {
    /// What the page before gave as `next`.
    before: Option<String>,
}

/// Shows the sign-ins of the account and the tries at one, newest first, 20 a page (SGN-9).
///
/// # Errors
/// When nobody is signed in, or `before` was not given out by this endpoint.
#[utoipa::path(
    get, path = endpoints::GET_SIGN_INS.path, tag = "security", operation_id = "get_sign_ins",
    security(("session" = [])),
    params(("before" = Option<String>, Query, description = "`next` of the page before")),
    responses(
        (status = 200, body = SignInPage),
        (status = 400, body = Problem, description = "There is no such page"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub(super) async fn get_sign_ins(
    State(app): State<Arc<App>>,
    owner: SignedIn,
    Query(which): Query<Which>,
) -> Result<Json<SignInPage>, ApiError> {
    let after = which.before.as_deref().map(parse).transpose()?;
    let mut tx = app.store.read().await?;
    // One more than is shown tells whether there is another page.
    let mut rows = sign_ins::list(&mut tx, owner.account_id, after.as_ref(), ON_A_PAGE + 1).await?;
    tx.commit().await?;
    let more = rows.len() > ON_A_PAGE as usize;
    rows.truncate(ON_A_PAGE as usize);
    let next = rows.last().filter(|_| more).map(cursor);
    Ok(Json(SignInPage {
        records: rows.into_iter().map(|row| row.record).collect(),
        next,
    }))
}

fn cursor(row: &StoredSignIn) -> String {
    format!("{}-{}", row.record.at.as_millis(), row.id)
}

fn parse(before: &str) -> Result<After, ApiError> {
    let (at, id) = before.split_once('-').ok_or(ApiError::Malformed)?;
    let at = at.parse().map_err(|_| ApiError::Malformed)?;
    Ok(After {
        at: Timestamp::from_millis(at),
        id: id.to_owned(),
    })
}
