//! What Security settings begins with: the score, what is bound, what is missing (PRT-3).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::endpoints;
use contract::problem::Problem;
use contract::security::{BoundContact, FactorState, PasswordState, SecurityOverview};
use domain::login_methods::LoginMethodKind;
use domain::protection::{Factor, Means, Protection, may_choose_protection, security_score};
use domain::time::Timestamp;

use super::email::pending;
use super::{find, masked, sessions};
use crate::error::ApiError;
use crate::extract::{SignedIn, now};
use crate::state::App;
use crate::store::Tx;
use crate::store::security::{self, Security};

/// Shows Security settings: score, what is bound, protections (PRT-3).
///
/// # Errors
/// When nobody is signed in.
#[utoipa::path(
    get, path = endpoints::GET_SECURITY.path, tag = "security", operation_id = "get_security",
    security(("session" = [])),
    responses(
        (status = 200, body = SecurityOverview),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub(super) async fn get_security(
    State(app): State<Arc<App>>,
    owner: SignedIn,
) -> Result<Json<SecurityOverview>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.read().await?;
    let security = find(&mut tx, &owner).await?;
    let overview = overview(&app, &mut tx, &security, now).await?;
    tx.commit().await?;
    Ok(Json(overview))
}

async fn overview(
    app: &App,
    tx: &mut Tx,
    security: &Security,
    now: Timestamp,
) -> Result<SecurityOverview, ApiError> {
    let change = security::find_email_change(tx, security.account_id).await?;
    let email_change = match change {
        Some(change) => pending(app, tx, security, &change, now).await?,
        None => None,
    };
    let sessions = sessions::open(app, tx, security, now).await?;
    let trusted = sessions::trusted(app, tx, security.account_id, now).await?;
    let (means, contacts) = (&security.means, &security.contacts);
    let strength = security.password.map(|(strength, _)| strength);
    let wechat = LoginMethodKind::Wechat;
    Ok(SecurityOverview {
        account_id: security.account_id,
        score: security_score(
            means,
            strength,
            security.protections,
            &app.policy.protection,
        ),
        phone: bound(contacts.phone.clone().map(masked), means.security_phone),
        email: bound(contacts.email.clone().map(masked), means.security_email),
        email_change,
        password: security
            .password
            .map(|(strength, changed_at)| PasswordState {
                strength,
                changed_at,
            }),
        must_set_password: security.must_set_password,
        mfa: security.mfa,
        wechat_since: means.wechat,
        wechat_signs_in: security
            .plain_methods()
            .iter()
            .any(|method| method.identity.kind() == wechat),
        protections: security.protections,
        factors: Factor::ALL.map(|factor| state(means, factor)).into(),
        sessions: count(sessions.len()),
        trusted_devices: count(trusted.len()),
        server_time: now,
    })
}

fn bound(masked: Option<String>, changed_at: Option<Timestamp>) -> Option<BoundContact> {
    Some(BoundContact {
        masked: masked?,
        changed_at: changed_at?,
    })
}

/// Whether a protection could ask for the factor, by the same check that decides when it is chosen
/// (PRT-1, API-2).
fn state(means: &Means, factor: Factor) -> FactorState {
    let failing = may_choose_protection(means, Protection::Require(factor));
    FactorState {
        factor,
        is_weakest: factor.is_weakest(),
        refusals: failing.into_iter().map(Into::into).collect(),
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
