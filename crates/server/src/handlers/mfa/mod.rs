//! The MFA device: what is bound, recovery codes, unbinding; WeChat as confirmation (MFA). Must not
//! know how a code or a key is checked.

mod binding;
mod keys;

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints::{self, Endpoint};
use contract::mfa::{MfaStatus, MfaUnbound, NewRecoveryCodes, PendingStatus, WechatConfirmation};
use contract::problem::Problem;
use domain::login_methods::LoginMethodKind;
use domain::mfa::{
    BindingWish, Device, PendingBinding, lost_device_ways, may_renew_recovery_codes,
    may_start_binding, may_unbind_device, may_unbind_wechat_confirmation, recovery_codes_left,
    renew_recovery_codes, unbind_device, unbind_wechat_confirmation,
};
use domain::protection::{RecentCheck, SecurityChange, SensitiveOperation};
use domain::time::Timestamp;
use serde_json::{Value, json};
use utoipa::OpenApi;

use crate::cookies;
use crate::error::{ApiError, Secretly};
use crate::extract::{KeysAt, RequestId, SignedIn, now};
use crate::flows::consequences::{self, Followed, Happened};
use crate::flows::{audited, checks, commit, mfa as flow};
use crate::routes::Routes;
use crate::state::App;
use crate::store::mfa::{self, StoredDevice};
use crate::store::security::{self, Security};
use crate::store::{Tx, login_methods};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    get_mfa,
    unbind_mfa,
    renew_recovery_codes_of,
    unbind_wechat,
    binding::start,
    binding::get,
    binding::cancel,
    binding::confirm,
    binding::challenge_key,
    binding::confirm_key,
    keys::challenge_owner,
    keys::challenge_step,
    keys::passkeys_here,
    keys::challenge_passkey,
    keys::sign_in,
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_MFA, get_mfa);
    routes.add(&endpoints::UNBIND_MFA, unbind_mfa);
    routes.add(&endpoints::RENEW_RECOVERY_CODES, renew_recovery_codes_of);
    routes.add(&endpoints::UNBIND_WECHAT_CONFIRMATION, unbind_wechat);
    routes.add(&endpoints::START_BINDING, binding::start);
    routes.add(&endpoints::GET_BINDING, binding::get);
    routes.add(&endpoints::CANCEL_BINDING, binding::cancel);
    routes.add(&endpoints::CONFIRM_BINDING, binding::confirm);
    routes.add(&endpoints::CHALLENGE_NEW_KEY, binding::challenge_key);
    routes.add(&endpoints::CONFIRM_KEY_BINDING, binding::confirm_key);
    routes.add(&endpoints::CHALLENGE_KEY, keys::challenge_owner);
    routes.add(&endpoints::CHALLENGE_STEP_KEY, keys::challenge_step);
    routes.add(&endpoints::GET_PASSKEYS_HERE, keys::passkeys_here);
    routes.add(&endpoints::CHALLENGE_PASSKEY, keys::challenge_passkey);
    routes.add(&endpoints::SIGN_IN_WITH_PASSKEY, keys::sign_in);
}

/// Tells what is bound, what may be done, and why not (MFA-2, MFA-5, MFA-6, MFA-7).
///
/// # Errors
/// When nobody is signed in.
#[utoipa::path(
    get, path = endpoints::GET_MFA.path, tag = "mfa", operation_id = "get_mfa",
    security(("session" = [])),
    responses(
        (status = 200, body = MfaStatus),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
async fn get_mfa(
    State(app): State<Arc<App>>,
    owner: SignedIn,
    KeysAt(site): KeysAt,
) -> Result<Json<MfaStatus>, ApiError> {
    let now = now(&app);
    let id = owner.account_id;
    let mut tx = app.store.read().await?;
    let security = security::find(&mut tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let stored = mfa::find_device(&mut tx, id).await?;
    let slots = flow::recovery_slots(&mut tx, id).await?;
    let pending = mfa::find_binding(&mut tx, id).await?;
    let wechat = wechat(&mut tx, &security).await?;
    tx.commit().await?;
    let device = device(stored.as_ref());
    let left = recovery_codes_left(&slots);
    Ok(Json(MfaStatus {
        may_bind: may_start_binding(device, BindingWish::Bind),
        may_replace: may_start_binding(device, BindingWish::Replace),
        may_unbind: may_unbind_device(device, security.protections),
        may_renew_codes: may_renew_recovery_codes(device),
        device: device.copied(),
        serial: stored.as_ref().and_then(shown_serial),
        recovery_codes_left: u32::try_from(left).unwrap_or(u32::MAX),
        pending: pending
            .filter(|binding| binding.pending.is_alive(&app.policy.mfa, now))
            .map(|binding| pending_status(&app, binding.pending)),
        may_unbind_wechat: may_unbind_wechat_confirmation(&security.means, security.protections),
        wechat,
        no_keys: site.err(),
        lost_ways: lost_device_ways(&security.means, left),
        hotline: app.support.hotline.clone(),
        server_time: now,
    }))
}

/// Unbinds the device; its recovery codes are void, and no device is trusted any more (MFA-2, SGN-2).
///
/// # Errors
/// When there is none, a protection asks for it (PRT-1), or a proof is missing (PRT-2).
#[utoipa::path(
    delete, path = endpoints::UNBIND_MFA.path, tag = "mfa", operation_id = "unbind_mfa",
    security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = MfaUnbound),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The owner has to prove who they are"),
        (status = 409, body = Problem, description = "A rule refuses"),
    )
)]
async fn unbind_mfa(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let mut command = Command::begin(&app, &owner, SensitiveOperation::ChangeMfa, now).await?;
    let gone = unbind_device(
        &command.check,
        device(command.device.as_ref()),
        command.security.protections,
    )
    .map_err(|refused| ApiError::all_refused(refused, now))?;
    let id = owner.account_id;
    mfa::delete_device(&mut command.tx, id).await?;
    mfa::delete_binding(&mut command.tx, id).await?;
    mfa::replace_recovery_codes(&mut command.tx, id, &[]).await?;
    let done = Done {
        change: gone.change,
        endpoint: &endpoints::UNBIND_MFA,
        details: json!({ "kind": gone.device.kind }),
    };
    let followed = command.end(&app, &owner, &request, done, now).await?;
    Ok(unbound(followed))
}

/// Makes new recovery codes, shown this once; all older ones are void (MFA-7).
///
/// # Errors
/// When there is no device, or a proof is missing (PRT-2).
#[utoipa::path(
    post, path = endpoints::RENEW_RECOVERY_CODES.path, tag = "mfa",
    operation_id = "renew_recovery_codes", security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = NewRecoveryCodes),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The owner has to prove who they are"),
        (status = 409, body = Problem, description = "A rule refuses"),
    )
)]
async fn renew_recovery_codes_of(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let mut command = Command::begin(&app, &owner, SensitiveOperation::ChangeMfa, now).await?;
    let device = device(command.device.as_ref());
    let renewing = renew_recovery_codes(&command.check, device, &app.policy.mfa)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    let how_many = renewing.recovery_codes;
    let (tx, id) = (&mut command.tx, owner.account_id);
    let recovery_codes = flow::hand_out_recovery_codes(&app, tx, id, how_many).await?;
    let done = Done {
        change: renewing.change,
        endpoint: &endpoints::RENEW_RECOVERY_CODES,
        details: json!({}),
    };
    let followed = command.end(&app, &owner, &request, done, now).await?;
    let answer = Secretly(Json(NewRecoveryCodes { recovery_codes }));
    Ok((renewed(followed), answer).into_response())
}

/// Unbinds WeChat as confirmation; as a way to sign in it stays (MFA-6, LGM-8).
///
/// # Errors
/// When it is not bound, a protection asks for it (PRT-1), or a proof is missing (PRT-2).
#[utoipa::path(
    delete, path = endpoints::UNBIND_WECHAT_CONFIRMATION.path, tag = "mfa",
    operation_id = "unbind_wechat_confirmation", security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = MfaUnbound),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The owner has to prove who they are"),
        (status = 409, body = Problem, description = "A rule refuses"),
    )
)]
async fn unbind_wechat(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let mut command = Command::begin(&app, &owner, SensitiveOperation::ChangeWechat, now).await?;
    let security = &command.security;
    let gone = unbind_wechat_confirmation(&command.check, &security.means, security.protections)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    login_methods::delete_confirmation(&mut command.tx, owner.account_id).await?;
    let done = Done {
        change: gone.change,
        endpoint: &endpoints::UNBIND_WECHAT_CONFIRMATION,
        details: json!({}),
    };
    let followed = command.end(&app, &owner, &request, done, now).await?;
    Ok(unbound(followed))
}

/// A command about the device: the account's row is taken, and the owner has proved who they are.
struct Command {
    tx: Tx,
    security: Security,
    device: Option<StoredDevice>,
    check: RecentCheck,
}

/// What a command has done.
struct Done<'a> {
    change: SecurityChange,
    endpoint: &'a Endpoint,
    details: Value,
}

impl Command {
    async fn begin(
        app: &App,
        owner: &SignedIn,
        operation: SensitiveOperation,
        now: Timestamp,
    ) -> Result<Self, ApiError> {
        let mut tx = app.store.write().await?;
        let security = security::find_locked(&mut tx, owner.account_id)
            .await?
            .ok_or(ApiError::SignInRequired)?;
        let device = mfa::find_device(&mut tx, owner.account_id).await?;
        let check = checks::require(app, &mut tx, owner, &security, operation, now).await?;
        Ok(Self {
            tx,
            security,
            device,
            check,
        })
    }

    /// Has follow what follows from it, leaves the audit row and commits.
    async fn end(
        mut self,
        app: &App,
        owner: &SignedIn,
        request: &RequestId,
        done: Done<'_>,
        now: Timestamp,
    ) -> Result<Followed, ApiError> {
        let happened = Happened {
            before: &self.security,
            after: &self.security.contacts,
            change: done.change,
            session: Some(&owner.session_id),
        };
        let followed = consequences::follow(app, &mut self.tx, happened, now).await?;
        let id = owner.account_id;
        audited(&mut self.tx, done.endpoint, request, id, done.details, now).await?;
        commit(self.tx, request).await?;
        app.postman_bell.notify_one();
        Ok(followed)
    }
}

/// The answer once something was unbound (SGN-6).
fn unbound(followed: Followed) -> Response {
    let answer = MfaUnbound {
        offer_to_end: followed.offer_to_end,
    };
    (renewed(followed), Json(answer)).into_response()
}

/// The cookie of the session, when it goes on under another token.
fn renewed(followed: Followed) -> CookieJar {
    let jar = CookieJar::new();
    match followed.renewed_token {
        Some(token) => jar.add(cookies::session(token)),
        None => jar,
    }
}

fn device(stored: Option<&StoredDevice>) -> Option<&Device> {
    stored.map(|stored| &stored.device)
}

/// The serial number of a token; the id of a security key says nothing to a person.
fn shown_serial(stored: &StoredDevice) -> Option<String> {
    use domain::mfa::DeviceKind;
    match stored.device.kind {
        DeviceKind::Token => stored.serial.clone(),
        DeviceKind::Virtual | DeviceKind::SecurityKey => None,
    }
}

fn pending_status(app: &App, pending: PendingBinding) -> PendingStatus {
    PendingStatus {
        kind: pending.kind,
        wish: pending.wish,
        ends_at: pending.started_at.plus(app.policy.mfa.pending_binding),
    }
}

async fn wechat(tx: &mut Tx, security: &Security) -> Result<Option<WechatConfirmation>, ApiError> {
    let Some(bound_at) = security.means.wechat else {
        return Ok(None);
    };
    let confirmation = login_methods::find_confirmation(tx, security.account_id).await?;
    let is_wechat = |method: &login_methods::StoredMethod| {
        method.method.identity.kind() == LoginMethodKind::Wechat
    };
    Ok(Some(WechatConfirmation {
        name: confirmation.and_then(|(_, name)| name),
        bound_at,
        is_login_method: security.methods.iter().any(is_wechat),
    }))
}
