//! Binding or replacing the device, from the first click to the recovery codes (MFA-1, MFA-2, MFA-7).
//! Must not know how codes are made up or how keys sign.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use contract::endpoints::{self, Endpoint};
use contract::mfa::{
    AppSecret, Binding, ConfirmBinding, DeviceBound, KeyAnswer, KeyChallenge, NewDevice,
    StartBinding,
};
use contract::problem::{FieldProblem, Problem, ValueProblem};
use domain::mfa::{
    Bound, ConsecutiveCodes, DeviceKind, MfaRefusal, PendingBinding, Started, TokenSerial,
    confirm_key_binding, confirm_totp_binding, may_confirm_binding, start_binding,
};
use domain::protection::{SensitiveOperation, SixDigits};
use domain::time::Timestamp;
use serde_json::json;
use zeroize::Zeroizing;

use super::{Command, Done, device, pending_status, renewed};
use crate::error::{ApiError, Secretly};
use crate::extract::{Body, KeysAt, RequestId, SignedIn, now};
use crate::flows::{audited, commit, keys, mfa as flow};
use crate::language::Language;
use crate::state::App;
use crate::store::accounts;
use crate::store::mfa::{self, StoredBinding, StoredDevice};
use crate::totp::TotpSecret;
use crate::webauthn::{KeyOwner, NewKey};

/// A device as it was asked for, with its secret where it brings one.
struct Wanted {
    kind: DeviceKind,
    seed: Option<TotpSecret>,
    serial: Option<String>,
}

/// Begins to bind or replace a device. Asked again for the same, it goes on with the same secret: a
/// reload or a second tab changes nothing (MFA-2, V-19).
///
/// # Errors
/// Field problems, a device that is bound already or is not (MFA-2), or a missing proof (PRT-2).
#[utoipa::path(
    post, path = endpoints::START_BINDING.path, tag = "mfa", operation_id = "start_binding",
    security(("session" = [])), request_body = StartBinding,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = Binding),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The owner has to prove who they are"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn start(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    KeysAt(site): KeysAt,
    Body(wish): Body<StartBinding>,
) -> Result<Secretly<Json<Binding>>, ApiError> {
    let now = now(&app);
    let wanted = parse(&wish.device)?;
    if wanted.kind == DeviceKind::SecurityKey && site.is_err() {
        return Err(ApiError::refused(MfaRefusal::NoKeysHere, now));
    }
    let mut command = Command::begin(&app, &owner, SensitiveOperation::ChangeMfa, now).await?;
    let id = owner.account_id;
    let known = mfa::find_binding(&mut command.tx, id).await?;
    // A token whose number or seed is typed anew is another token.
    let known = known.filter(|known| is_same(known, &wanted));
    let pending = known.as_ref().map(|known| known.pending);
    let started = start_binding(
        &command.check,
        device(command.device.as_ref()),
        pending,
        (wanted.kind, wish.wish),
        &app.policy.mfa,
        now,
    )
    .map_err(|refused| ApiError::all_refused(refused, now))?;
    let binding = match (started, known) {
        (Started::Kept(_), Some(known)) => known,
        (Started::Kept(pending) | Started::New(pending), _) => {
            let new = fresh(&app, pending, wanted)?;
            mfa::replace_binding(&mut command.tx, id, &new).await?;
            new
        }
    };
    let details = json!({ "kind": binding.pending.kind, "wish": wish.wish });
    let endpoint = &endpoints::START_BINDING;
    audited(&mut command.tx, endpoint, &request, id, details, now).await?;
    let language = command.security.language;
    commit(command.tx, &request).await?;
    let binding = shown(&app, &owner, &binding, language, now)?;
    Ok(Secretly(Json(binding)))
}

/// Shows the binding that was begun, with the same secret, to whoever has proved who they are
/// (MFA-2, V-19).
///
/// # Errors
/// When none was begun or it has lapsed, or a proof is missing (PRT-2).
#[utoipa::path(
    get, path = endpoints::GET_BINDING.path, tag = "mfa", operation_id = "get_binding",
    security(("session" = [])),
    responses(
        (status = 200, body = Binding),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The owner has to prove who they are"),
        (status = 409, body = Problem, description = "No binding was begun, or it has lapsed"),
    )
)]
pub(super) async fn get(
    State(app): State<Arc<App>>,
    owner: SignedIn,
) -> Result<Json<Binding>, ApiError> {
    let now = now(&app);
    let mut command = Command::begin(&app, &owner, SensitiveOperation::ChangeMfa, now).await?;
    let binding = alive(&app, &mut command, &owner, now).await?;
    let language = command.security.language;
    command.tx.commit().await?;
    Ok(Json(shown(&app, &owner, &binding, language, now)?))
}

/// Gives a binding up; also one that has lapsed already. The device that is bound stays (MFA-2).
///
/// # Errors
/// When nobody is signed in.
#[utoipa::path(
    delete, path = endpoints::CANCEL_BINDING.path, tag = "mfa", operation_id = "cancel_binding",
    security(("session" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 204),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
pub(super) async fn cancel(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
) -> Result<StatusCode, ApiError> {
    let now = now(&app);
    let id = owner.account_id;
    let mut tx = app.store.write().await?;
    flow::find_locked(&mut tx, id).await?;
    mfa::delete_binding(&mut tx, id).await?;
    let endpoint = &endpoints::CANCEL_BINDING;
    audited(&mut tx, endpoint, &request, id, json!({}), now).await?;
    commit(tx, &request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Proves the new app or token by two codes that follow each other, which binds it; a replaced device
/// goes only now (MFA-1, MFA-2). The answer has the recovery codes, this once (MFA-7).
///
/// # Errors
/// Field problems, codes that do not follow each other, nothing pending, or a missing proof (PRT-2).
#[utoipa::path(
    post, path = endpoints::CONFIRM_BINDING.path, tag = "mfa", operation_id = "confirm_binding",
    security(("session" = [])), request_body = ConfirmBinding,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = DeviceBound),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The owner has to prove who they are"),
        (status = 409, body = Problem, description = "A rule refuses"),
        (status = 422, body = Problem, description = "A field is not valid"),
    )
)]
pub(super) async fn confirm(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(typed): Body<ConfirmBinding>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let codes = parse_codes(&typed)?;
    let mut command = Command::begin(&app, &owner, SensitiveOperation::ChangeMfa, now).await?;
    let binding = alive(&app, &mut command, &owner, now).await?;
    if binding.pending.kind == DeviceKind::SecurityKey {
        return Err(ApiError::refused(MfaRefusal::NoBinding, now));
    }
    let secret = flow::secret(&binding.secret)?;
    let bound = confirm_totp_binding(
        &command.check,
        device(command.device.as_ref()),
        Some(binding.pending),
        codes,
        |step| secret.code_at(step),
        &app.policy.mfa,
        now,
    )
    .map_err(|refused| ApiError::all_refused(refused, now))?;
    let new = StoredDevice {
        device: bound.device,
        secret: binding.secret,
        serial: binding.serial,
        counter: 0,
        check: bound.check,
    };
    let endpoint = &endpoints::CONFIRM_BINDING;
    let proved = Proved {
        bound,
        new,
        is_passkey: None,
    };
    bind(&app, command, &owner, (&request, endpoint), proved, now).await
}

/// Makes the challenge that the new key has to sign (MFA-1).
///
/// # Errors
/// When no binding of a key was begun, keys do not work here, or a proof is missing (PRT-2).
#[utoipa::path(
    post, path = endpoints::CHALLENGE_NEW_KEY.path, tag = "mfa",
    operation_id = "challenge_new_key", security(("session" = [])),
    responses(
        (status = 200, body = KeyChallenge),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The owner has to prove who they are"),
        (status = 409, body = Problem, description = "A rule refuses"),
    )
)]
pub(super) async fn challenge_key(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    KeysAt(site): KeysAt,
) -> Result<Json<KeyChallenge>, ApiError> {
    let now = now(&app);
    let mut command = Command::begin(&app, &owner, SensitiveOperation::ChangeMfa, now).await?;
    let binding = alive(&app, &mut command, &owner, now).await?;
    if binding.pending.kind != DeviceKind::SecurityKey {
        return Err(ApiError::refused(MfaRefusal::NoBinding, now));
    }
    let account = accounts::find(&mut command.tx, owner.account_id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let key_owner = KeyOwner {
        account_id: owner.account_id,
        nickname: &account.nickname,
    };
    let existing: Vec<String> = command
        .device
        .iter()
        .filter(|stored| stored.device.kind == DeviceKind::SecurityKey)
        .filter_map(|stored| stored.serial.clone())
        .collect();
    let for_whom = (key_owner, &*existing, owner.session_id.as_str());
    let challenge = keys::begin_binding(&app, &mut command.tx, for_whom, &site, now).await?;
    commit(command.tx, &request).await?;
    Ok(Json(challenge))
}

/// Proves the new key, which binds it; a replaced device goes only now (MFA-1, MFA-2). The answer has
/// the recovery codes, this once (MFA-7).
///
/// # Errors
/// A key that did not prove itself or is bound already, nothing pending, or a missing proof (PRT-2).
#[utoipa::path(
    post, path = endpoints::CONFIRM_KEY_BINDING.path, tag = "mfa",
    operation_id = "confirm_key_binding", security(("session" = [])), request_body = KeyAnswer,
    params(("Idempotency-Key" = Option<String>, Header, description = "API-3")),
    responses(
        (status = 200, body = DeviceBound),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The owner has to prove who they are"),
        (status = 409, body = Problem, description = "A rule refuses"),
    )
)]
pub(super) async fn confirm_key(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Body(given): Body<KeyAnswer>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let mut command = Command::begin(&app, &owner, SensitiveOperation::ChangeMfa, now).await?;
    let binding = alive(&app, &mut command, &owner, now).await?;
    let given = keys::Given {
        challenge: &given.challenge,
        answer: &given.answer,
    };
    let whose = (owner.account_id, owner.session_id.as_str());
    let key = keys::take_binding(&app, &mut command.tx, whose, given, now).await?;
    let decided = confirm_key_binding(
        &command.check,
        device(command.device.as_ref()),
        Some(binding.pending),
        key.is_some(),
        &app.policy.mfa,
        now,
    );
    let (bound, key) = match (decided, key) {
        (Ok(bound), Some(key)) => (bound, key),
        (Err(refused), _) => {
            // The challenge is used up by the first answer, right or wrong.
            command.tx.commit().await?;
            return Err(ApiError::all_refused(refused, now));
        }
        (Ok(_), None) => return Err(ApiError::refused(MfaRefusal::KeyNotProved, now)),
    };
    let NewKey {
        id,
        stored,
        is_discoverable,
    } = key;
    let new = StoredDevice {
        device: bound.device,
        secret: Zeroizing::new(stored),
        serial: Some(id),
        counter: 0,
        check: bound.check,
    };
    let endpoint = &endpoints::CONFIRM_KEY_BINDING;
    let proved = Proved {
        bound,
        new,
        is_passkey: is_discoverable,
    };
    bind(&app, command, &owner, (&request, endpoint), proved, now).await
}

/// A new device that has proved itself.
struct Proved {
    bound: Bound,
    new: StoredDevice,
    is_passkey: Option<bool>,
}

/// Puts the new device in its place, with everything that follows.
async fn bind(
    app: &App,
    mut command: Command,
    owner: &SignedIn,
    (request, endpoint): (&RequestId, &Endpoint),
    proved: Proved,
    now: Timestamp,
) -> Result<Response, ApiError> {
    let Proved {
        bound,
        new,
        is_passkey,
    } = proved;
    let (tx, id) = (&mut command.tx, owner.account_id);
    if !mfa::replace_device(tx, id, &new).await? {
        return Err(ApiError::refused(MfaRefusal::KeyTaken, now));
    }
    mfa::delete_binding(tx, id).await?;
    let how_many = bound.recovery_codes;
    let recovery_codes = flow::hand_out_recovery_codes(app, tx, id, how_many).await?;
    let replaced = bound.replaced.map(|device| device.kind);
    let done = Done {
        change: bound.change,
        endpoint,
        details: json!({ "kind": bound.device.kind, "replaced": replaced }),
    };
    let followed = command.end(app, owner, request, done, now).await?;
    let answer = DeviceBound {
        device: bound.device,
        recovery_codes,
        is_passkey,
        offer_to_end: followed.offer_to_end,
    };
    Ok((renewed(followed), Secretly(Json(answer))).into_response())
}

/// The binding that waits for its proof.
async fn alive(
    app: &App,
    command: &mut Command,
    owner: &SignedIn,
    now: Timestamp,
) -> Result<StoredBinding, ApiError> {
    let binding = mfa::find_binding(&mut command.tx, owner.account_id).await?;
    let pending = binding.as_ref().map(|binding| binding.pending);
    let device = device(command.device.as_ref());
    let failing = may_confirm_binding(device, pending, &app.policy.mfa, now);
    match binding {
        Some(binding) if failing.is_empty() => Ok(binding),
        _ => Err(match failing.first() {
            Some(refusal) => ApiError::refused(*refusal, now),
            None => ApiError::refused(MfaRefusal::NoBinding, now),
        }),
    }
}

fn parse(device: &NewDevice) -> Result<Wanted, ApiError> {
    let (serial, seed) = match device {
        NewDevice::Virtual {} => {
            return Ok(Wanted {
                kind: DeviceKind::Virtual,
                seed: None,
                serial: None,
            });
        }
        NewDevice::SecurityKey {} => {
            return Ok(Wanted {
                kind: DeviceKind::SecurityKey,
                seed: None,
                serial: None,
            });
        }
        NewDevice::Token { serial, seed } => (serial, seed),
    };
    match (TokenSerial::parse(serial), TotpSecret::parse_seed(seed)) {
        (Ok(serial), Ok(seed)) => Ok(Wanted {
            kind: DeviceKind::Token,
            seed: Some(seed),
            serial: Some(serial.as_str().to_owned()),
        }),
        (serial, seed) => {
            let serial = serial.err().map(|problem| FieldProblem {
                field: "serial".to_owned(),
                problem: ValueProblem::TokenSerial(problem),
            });
            let seed = seed.err().map(|problem| FieldProblem {
                field: "seed".to_owned(),
                problem: ValueProblem::Seed(problem),
            });
            Err(ApiError::Fields(serial.into_iter().chain(seed).collect()))
        }
    }
}

fn parse_codes(typed: &ConfirmBinding) -> Result<ConsecutiveCodes, ApiError> {
    match (
        SixDigits::parse(&typed.first),
        SixDigits::parse(&typed.second),
    ) {
        (Ok(first), Ok(second)) => Ok(ConsecutiveCodes { first, second }),
        (first, second) => {
            let wrong = [("first", first.err()), ("second", second.err())];
            let problems = wrong.into_iter().filter_map(|(field, problem)| {
                Some(FieldProblem {
                    field: field.to_owned(),
                    problem: ValueProblem::Code(problem?),
                })
            });
            Err(ApiError::Fields(problems.collect()))
        }
    }
}

fn is_same(known: &StoredBinding, wanted: &Wanted) -> bool {
    match &wanted.seed {
        Some(seed) => *known.secret == *seed.expose() && known.serial == wanted.serial,
        None => true,
    }
}

fn fresh(app: &App, pending: PendingBinding, wanted: Wanted) -> Result<StoredBinding, ApiError> {
    let secret = match (wanted.kind, wanted.seed) {
        (_, Some(seed)) => seed.expose(),
        (DeviceKind::SecurityKey, None) => Zeroizing::default(),
        (DeviceKind::Virtual | DeviceKind::Token, None) => TotpSecret::fresh(&*app.ids)?.expose(),
    };
    Ok(StoredBinding {
        pending,
        secret,
        serial: wanted.serial,
    })
}

fn shown(
    app: &App,
    owner: &SignedIn,
    binding: &StoredBinding,
    language: Language,
    now: Timestamp,
) -> Result<Binding, ApiError> {
    let issuer = match language {
        Language::Chinese => &app.names.chinese,
        Language::English => &app.names.english,
    };
    let secret = match binding.pending.kind {
        DeviceKind::Virtual => {
            let secret = flow::secret(&binding.secret)?;
            let address = secret.address(issuer, &owner.account_id.to_string());
            Some(AppSecret {
                address: address.to_string(),
                typed: secret.expose().to_string(),
            })
        }
        // Its owner has the seed already.
        DeviceKind::Token | DeviceKind::SecurityKey => None,
    };
    Ok(Binding {
        pending: pending_status(app, binding.pending),
        secret,
        serial: binding.serial.clone(),
        server_time: now,
    })
}
