//! Who is signed in where, for how long, and which devices skip the second step (SGN-2, SGN-13).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use contract::security::{
    LimitBounds, OpenSession, SetSessionLimits, SignedInPlaces, TrustedDevice,
};
use domain::account::AccountId;
use domain::protection::SensitiveOperation;
use domain::sign_in::{
    EndWish, SessionId, SessionLimitProblem, SessionLimits, SignInPolicy, sessions_to_end,
};
use domain::time::Timestamp;
use serde_json::json;

use super::{find, find_locked, written};
use crate::cookies;
use crate::error::ApiError;
use crate::extract::{Body, RequestId, SignedIn, now};
use crate::flows::{audited, checks, commit};
use crate::state::App;
use crate::store::security::{self, Security};
use crate::store::sessions::StoredSession;
use crate::store::trusted::StoredTrust;
use crate::store::{self, Tx};

const OPERATION: SensitiveOperation = SensitiveOperation::ChangeProtection;

/// Lists the open sessions of the owner, their limits and the trusted devices (SGN-2, SGN-13).
///
/// # Errors
/// When nobody is signed in.
#[utoipa::path(
    get, path = endpoints::GET_SESSIONS.path, tag = "security", operation_id = "get_sessions",
    security(("session" = [])),
    responses(
        (status = 200, body = SignedInPlaces),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub(super) async fn get_sessions(
    State(app): State<Arc<App>>,
    owner: SignedIn,
) -> Result<Json<SignedInPlaces>, ApiError> {
    let now = now(&app);
    let policy = &app.policy.sign_in;
    let mut tx = app.store.read().await?;
    let security = find(&mut tx, &owner).await?;
    let sessions = open(&app, &mut tx, &security, now).await?;
    let trusted = trusted(&app, &mut tx, owner.account_id, now).await?;
    tx.commit().await?;
    Ok(Json(SignedInPlaces {
        sessions: sessions
            .into_iter()
            .map(|session| shown(&owner, session))
            .collect(),
        limits: security.session_limits(policy),
        bounds: LimitBounds {
            idle_least: policy.session_idle_least,
            idle_most: policy.session_idle_most,
            longest_most: policy.session_longest_most,
        },
        trusted: trusted
            .into_iter()
            .map(|device| TrustedDevice {
                since: device.trust.proved_at,
                expires_at: device.trust.expires_at(policy),
                id: device.id,
                device: device.name,
                place: device.place,
            })
            .collect(),
        server_time: now,
    }))
}

/// Ends one session, also the one that asks (SGN-13). Ending takes nothing from the account, so no
/// proof is asked for; a session that has ended already is no failure.
///
/// # Errors
/// When nobody is signed in.
#[utoipa::path(
    delete, path = endpoints::END_SESSION.path, tag = "security", operation_id = "end_session",
    security(("session" = [])), params(("session" = String, Path)),
    responses(
        (status = 204, description = "It has ended"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub(super) async fn end_session(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Path(session): Path<String>,
) -> Result<Response, ApiError> {
    let session = SessionId::new(session);
    let ended = end(
        &app,
        &request,
        &owner,
        EndWish::One(&session),
        &endpoints::END_SESSION,
    )
    .await?;
    let answer = StatusCode::NO_CONTENT.into_response();
    Ok(if ended.contains(&owner.session_id) {
        (CookieJar::new().add(cookies::no_session()), answer).into_response()
    } else {
        answer
    })
}

/// Ends all sessions of the owner but the one that asks (SGN-6, SGN-13).
///
/// # Errors
/// When nobody is signed in.
#[utoipa::path(
    delete, path = endpoints::END_OTHER_SESSIONS.path, tag = "security",
    operation_id = "end_other_sessions", security(("session" = [])),
    responses(
        (status = 204, description = "They have ended"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub(super) async fn end_other_sessions(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<StatusCode, ApiError> {
    let endpoint = &endpoints::END_OTHER_SESSIONS;
    end(&app, &request, &owner, EndWish::AllOthers, endpoint).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Chooses how long one's own sessions last; it holds for open sessions at once (SGN-13).
///
/// # Errors
/// Field problems, or the missing proof.
#[utoipa::path(
    put, path = endpoints::SET_SESSION_LIMITS.path, tag = "security",
    operation_id = "set_session_limits", security(("session" = [])),
    request_body = SetSessionLimits,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 204, description = "They hold from now on"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is missing"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn set_session_limits(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(wish): Body<SetSessionLimits>,
) -> Result<StatusCode, ApiError> {
    let now = now(&app);
    let limits = chosen(wish, &app.policy.sign_in)?;
    let mut tx = app.store.write().await?;
    let security = find_locked(&mut tx, &owner).await?;
    let check = checks::require(&app, &mut tx, &owner, &security, OPERATION, now).await?;
    security::update_session_limits(&mut tx, owner.account_id, limits).await?;
    let details = json!({ "basis": check.basis(), "limits": limits });
    let by = (&request, &endpoints::SET_SESSION_LIMITS);
    written(tx, by, &owner, details, now).await
}

/// Ends the trust in one device (SGN-2); one that is not trusted any more is no failure.
///
/// # Errors
/// The missing proof.
#[utoipa::path(
    delete, path = endpoints::REVOKE_TRUST.path, tag = "security", operation_id = "revoke_trust",
    security(("session" = [])), params(("device" = String, Path)),
    responses(
        (status = 204, description = "It is not trusted any more"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is missing"),
    )
)]
pub(super) async fn revoke_trust(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Path(device): Path<String>,
) -> Result<StatusCode, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let security = find_locked(&mut tx, &owner).await?;
    checks::require(&app, &mut tx, &owner, &security, OPERATION, now).await?;
    if store::trusted::delete(&mut tx, owner.account_id, &device).await? {
        let endpoint = &endpoints::REVOKE_TRUST;
        audited(
            &mut tx,
            endpoint,
            &request,
            owner.account_id,
            json!({}),
            now,
        )
        .await?;
    }
    commit(tx, &request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends the trust in every device (SGN-2).
///
/// # Errors
/// The missing proof.
#[utoipa::path(
    delete, path = endpoints::REVOKE_ALL_TRUST.path, tag = "security",
    operation_id = "revoke_all_trust", security(("session" = [])),
    responses(
        (status = 204, description = "No device is trusted any more"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "A proof is missing"),
    )
)]
pub(super) async fn revoke_all_trust(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<StatusCode, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let security = find_locked(&mut tx, &owner).await?;
    checks::require(&app, &mut tx, &owner, &security, OPERATION, now).await?;
    let devices = store::trusted::delete_all(&mut tx, owner.account_id).await?;
    let details = json!({ "devices": devices });
    let by = (&request, &endpoints::REVOKE_ALL_TRUST);
    written(tx, by, &owner, details, now).await
}

/// The owner's own sessions that are alive; those of sub-users are their own affair.
pub(super) async fn open(
    app: &App,
    tx: &mut Tx,
    security: &Security,
    now: Timestamp,
) -> Result<Vec<StoredSession>, ApiError> {
    let limits = security.session_limits(&app.policy.sign_in);
    let all = store::sessions::list(tx, security.account_id).await?;
    let is_open = |session: &StoredSession| {
        session.user_id.is_none() && session.session.is_alive_within(limits, now)
    };
    Ok(all.into_iter().filter(is_open).collect())
}

/// The devices whose trust has not run out.
pub(super) async fn trusted(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    now: Timestamp,
) -> Result<Vec<StoredTrust>, ApiError> {
    let all = store::trusted::list(tx, id).await?;
    let counts = |device: &StoredTrust| now < device.trust.expires_at(&app.policy.sign_in);
    Ok(all.into_iter().filter(counts).collect())
}

/// Ends what is wished for and tells what that was.
async fn end(
    app: &App,
    request: &RequestId,
    owner: &SignedIn,
    wish: EndWish<'_>,
    endpoint: &endpoints::Endpoint,
) -> Result<Vec<SessionId>, ApiError> {
    let now = now(app);
    let mut tx = app.store.write().await?;
    let security = find_locked(&mut tx, owner).await?;
    let all: Vec<SessionId> = open(app, &mut tx, &security, now)
        .await?
        .into_iter()
        .map(|session| session.id)
        .collect();
    let ends = sessions_to_end(wish, &owner.session_id, &all);
    for session in &ends {
        store::sessions::delete_by_id(&mut tx, session).await?;
    }
    if wish == EndWish::AllOthers || !ends.is_empty() {
        let details = json!({ "sessions": ends.len() });
        audited(&mut tx, endpoint, request, owner.account_id, details, now).await?;
    }
    commit(tx, request).await?;
    Ok(ends)
}

fn shown(owner: &SignedIn, stored: StoredSession) -> OpenSession {
    OpenSession {
        is_this: stored.id == owner.session_id,
        id: stored.id.as_str().to_owned(),
        device: stored.origin.device_name,
        place: stored.origin.place,
        ip: stored.origin.ip,
        began: stored.session.began,
        used: stored.session.used,
    }
}

/// The limits, or what is wrong with each field.
fn chosen(wish: SetSessionLimits, policy: &SignInPolicy) -> Result<SessionLimits, ApiError> {
    SessionLimits::choose(wish.idle, wish.longest, policy).map_err(|problems| {
        let at_field = |problem| FieldProblem {
            field: match problem {
                SessionLimitProblem::IdleTooShort { .. }
                | SessionLimitProblem::IdleTooLong { .. } => "idle",
                SessionLimitProblem::LongestTooLong { .. }
                | SessionLimitProblem::LongestBelowIdle { .. } => "longest",
            }
            .to_owned(),
            problem: ValueProblem::SessionLimit(problem),
        };
        ApiError::Fields(problems.into_iter().map(at_field).collect())
    })
}
