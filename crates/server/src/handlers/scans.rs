//! Codes that are scanned with WeChat, to sign in, to bind and to prove (SGN-5, SGN-11, PRT-1); and face
//! checks as proof (SGN-4, PRT-4).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use contract::endpoints::{self, Endpoint};
use contract::problem::Problem;
use contract::providers::{
    AnswerScan, Begin, FaceBegun, FaceStatus, OpenScan, Outcome, ScanShown, ScanStatus, Visit,
};
use domain::account::AccountId;
use domain::protection::ProofMethod;
use domain::sign_in::{ScanPurpose, SignInRefusal};
use domain::time::Timestamp;
use serde_json::json;
use utoipa::OpenApi;

use crate::cookies;
use crate::error::ApiError;
use crate::extract::{
    Body, Caller, ClientAddress, MaybeSignedIn, Origin, RequestId, SetsPassword, now,
};
use crate::flows::browser::Browser;
use crate::flows::scans::{self, Wish};
use crate::flows::signing_in::{self, step};
use crate::flows::{audited, checks, commit, faces, identities, tries, visits};
use crate::language::Language;
use crate::routes::Routes;
use crate::state::App;
use crate::store::security::Security;
use crate::store::{Tx, security};

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    begin_scan,
    get_scan,
    take_scan,
    open_scan,
    answer_scan,
    begin_proof_scan,
    begin_proof_face,
    get_proof_face,
    begin_step_scan,
    begin_step_face,
    get_step_face
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::BEGIN_SCAN, begin_scan);
    routes.add(&endpoints::GET_SCAN, get_scan);
    routes.add(&endpoints::TAKE_SCAN, take_scan);
    routes.add(&endpoints::OPEN_SCAN, open_scan);
    routes.add(&endpoints::ANSWER_SCAN, answer_scan);
    routes.add(&endpoints::BEGIN_PROOF_SCAN, begin_proof_scan);
    routes.add(&endpoints::BEGIN_PROOF_FACE, begin_proof_face);
    routes.add(&endpoints::GET_PROOF_FACE, get_proof_face);
    routes.add(&endpoints::BEGIN_STEP_SCAN, begin_step_scan);
    routes.add(&endpoints::BEGIN_STEP_FACE, begin_step_face);
    routes.add(&endpoints::GET_STEP_FACE, get_step_face);
}

/// Begins a scan with WeChat: a code for the page to show (SGN-5, SGN-11).
///
/// # Errors
/// When there is no WeChat here, or nobody is signed in who binds.
#[utoipa::path(
    post, path = endpoints::BEGIN_SCAN.path, tag = "scans", operation_id = "begin_scan",
    request_body = Begin,
    responses(
        (status = 200, body = ScanShown),
        (status = 401, body = Problem, description = "Binding needs a session"),
        (status = 403, body = Problem, description = "Binding needs a proof first"),
        (status = 404, body = Problem, description = "This installation does not speak to WeChat"),
    )
)]
pub async fn begin_scan(
    State(app): State<Arc<App>>,
    (address, caller, origin): (ClientAddress, Caller, Origin),
    signed_in: MaybeSignedIn,
    jar: CookieJar,
    Body(wish): Body<Begin>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let aim = (wish.aim, scans::KIND);
    let (purpose, asked_by) = identities::begun_for(&app, &signed_in, aim, now).await?;
    let browser = Browser::of(&app, &jar)?;
    let wish = Wish {
        purpose,
        asked_by,
        caller: &caller,
        language: cookies::language(&jar).unwrap_or(Language::Chinese),
    };
    let mut tx = app.store.write().await?;
    let shown = scans::begin(&app, &mut tx, (&browser, &origin), wish, now).await?;
    tx.commit().await?;
    let jar = CookieJar::new().add(browser.cookie());
    Ok((jar, Json(shown)).into_response())
}

/// Tells how far a scan has come, to the browser that shows its code (SGN-11).
///
/// # Errors
/// When this browser shows no such code.
#[utoipa::path(
    get, path = endpoints::GET_SCAN.path, tag = "scans", operation_id = "get_scan",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = ScanStatus),
        (status = 404, body = Problem, description = "This browser shows no such code"),
    )
)]
pub async fn get_scan(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    jar: CookieJar,
) -> Result<Json<ScanStatus>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.read().await?;
    let stage = scans::stage(&app, &mut tx, &jar, &id, now).await?;
    tx.commit().await?;
    Ok(Json(ScanStatus { stage }))
}

/// Takes the result of a scan, once (SGN-11).
///
/// # Errors
/// When it is not confirmed, used, dead, or another browser's.
#[utoipa::path(
    post, path = endpoints::TAKE_SCAN.path, tag = "scans", operation_id = "take_scan",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = Outcome),
        (status = 409, body = Problem, description = "Not confirmed, used, dead or not this browser's"),
    )
)]
pub async fn take_scan(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    (address, caller): (ClientAddress, Caller),
    MaybeSignedIn(signed_in): MaybeSignedIn,
    Path(id): Path<String>,
    jar: CookieJar,
) -> Result<Response, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let owner = signed_in.filter(|user| user.user_id.is_none());
    let owner = owner.as_ref().map(|user| &user.at);
    let mut tx = app.store.write().await?;
    let found = crate::store::scans::find(&mut tx, &id).await?;
    let purpose = match found.as_ref().map(|found| found.scan.purpose) {
        Some(ScanPurpose::BindLoginMethod) => ScanPurpose::BindLoginMethod,
        // What was scanned to prove something is taken where the proof is given.
        _ => ScanPurpose::SignIn,
    };
    let by = match purpose {
        ScanPurpose::BindLoginMethod => owner.map(|owner| owner.session_id.as_str()),
        _ => None,
    };
    let wish = (id.as_str(), Some(purpose));
    let (proved, found) = scans::take(&app, &mut tx, (&jar, by), wish, now).await?;
    let from = signing_in::From::of(&jar, &caller, &request, &endpoints::TAKE_SCAN);
    let who = (&proved, found.said);
    let (jar, outcome) = identities::go_on(&app, tx, from, (purpose, owner), who, now).await?;
    Ok((jar, Json(outcome)).into_response())
}

/// Opens a scanned code on a phone: sends it to WeChat to say who holds it (SGN-11).
///
/// # Errors
/// When the code is dead or used, or WeChat does not answer.
#[utoipa::path(
    post, path = endpoints::OPEN_SCAN.path, tag = "scans", operation_id = "open_scan",
    request_body = OpenScan,
    responses(
        (status = 200, body = Visit),
        (status = 409, body = Problem, description = "The code is dead or used"),
        (status = 503, body = Problem, description = "WeChat does not answer"),
    )
)]
pub async fn open_scan(
    State(app): State<Arc<App>>,
    (address, origin): (ClientAddress, Origin),
    jar: CookieJar,
    Body(wish): Body<OpenScan>,
) -> Result<Response, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let mut tx = app.store.read().await?;
    let found = scans::open(&app, &mut tx, &wish.secret, now).await?;
    tx.commit().await?;
    let browser = Browser::of(&app, &jar)?;
    let wish = visits::Wish {
        kind: found.kind,
        purpose: found.scan.purpose,
        asked_by: None,
        for_scan: Some(found.id),
    };
    let address = visits::begin(&app, &browser, &origin, wish, now)
        .await?
        .map_err(|_| ApiError::Busy)?;
    let jar = CookieJar::new().add(browser.cookie());
    Ok((jar, Json(Visit { address })).into_response())
}

/// Confirms or declines on the phone that scanned the code (SGN-11, PRT-1).
///
/// # Errors
/// When this phone did not scan it, or the code is dead.
#[utoipa::path(
    post, path = endpoints::ANSWER_SCAN.path, tag = "scans", operation_id = "answer_scan",
    request_body = AnswerScan,
    responses(
        (status = 204),
        (status = 409, body = Problem, description = "This phone did not scan it, or it is dead"),
    )
)]
pub async fn answer_scan(
    State(app): State<Arc<App>>,
    jar: CookieJar,
    Body(wish): Body<AnswerScan>,
) -> Result<StatusCode, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    scans::answer(&app, &mut tx, &jar, (&wish.scan, wish.confirm), now).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins a scan as proof of who one is (PRT-1, PRT-4).
///
/// # Errors
/// When WeChat does not confirm for this account.
#[utoipa::path(
    post, path = endpoints::BEGIN_PROOF_SCAN.path, tag = "proof",
    operation_id = "begin_proof_scan", security(("session" = [])),
    responses(
        (status = 200, body = ScanShown),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "WeChat does not confirm for this account"),
    )
)]
pub async fn begin_proof_scan(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    SetsPassword(owner): SetsPassword,
    (caller, origin): (Caller, Origin),
    jar: CookieJar,
) -> Result<Response, ApiError> {
    let now = now(&app);
    let mut tx = app.store.write().await?;
    let security = found(&mut tx, owner.account_id).await?;
    let asked = Asked {
        security: &security,
        by: owner.session_id.as_str(),
        request: &request,
        endpoint: &endpoints::BEGIN_PROOF_SCAN,
    };
    let place = (&caller, &origin, &jar);
    let answer = show_proof(&app, &mut tx, asked, place, now).await?;
    commit(tx, &request).await?;
    Ok(answer)
}

/// Begins a face check as proof of who one is (PRT-4).
///
/// # Errors
/// When the account is no verified person's, or the service does not answer.
#[utoipa::path(
    post, path = endpoints::BEGIN_PROOF_FACE.path, tag = "proof",
    operation_id = "begin_proof_face", security(("session" = [])),
    responses(
        (status = 200, body = FaceBegun),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 403, body = Problem, description = "The account is no verified person's"),
        (status = 503, body = Problem, description = "The service does not answer"),
    )
)]
pub async fn begin_proof_face(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    SetsPassword(owner): SetsPassword,
    origin: Origin,
) -> Result<Json<FaceBegun>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.read().await?;
    let security = found(&mut tx, owner.account_id).await?;
    tx.commit().await?;
    let asked = Asked {
        security: &security,
        by: owner.session_id.as_str(),
        request: &request,
        endpoint: &endpoints::BEGIN_PROOF_FACE,
    };
    begin_face(&app, asked, &origin, now).await
}

/// Tells how a face check of this session stands (PRT-4).
///
/// # Errors
/// When it is not this session's.
#[utoipa::path(
    get, path = endpoints::GET_PROOF_FACE.path, tag = "proof", operation_id = "get_proof_face",
    security(("session" = [])), params(("check" = String, Path)),
    responses(
        (status = 200, body = FaceStatus),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 404, body = Problem, description = "It is not this session's"),
    )
)]
pub async fn get_proof_face(
    State(app): State<Arc<App>>,
    SetsPassword(owner): SetsPassword,
    Path(check): Path<String>,
) -> Result<Json<FaceStatus>, ApiError> {
    let now = now(&app);
    let status = faces::status(&app, owner.session_id.as_str(), &check, now).await?;
    Ok(Json(status))
}

/// Begins a scan as second proof of a sign-in (PRT-1, SGN-2).
///
/// # Errors
/// When no step is waited for, or it takes no such proof.
#[utoipa::path(
    post, path = endpoints::BEGIN_STEP_SCAN.path, tag = "session",
    operation_id = "begin_step_scan",
    responses(
        (status = 200, body = ScanShown),
        (status = 403, body = Problem, description = "This sign-in takes no such proof"),
        (status = 409, body = Problem, description = "No second step is waited for"),
    )
)]
pub async fn begin_step_scan(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    (address, caller, origin): (ClientAddress, Caller, Origin),
    jar: CookieJar,
) -> Result<Response, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let mut tx = app.store.write().await?;
    let (waiting, security) = step::find_locked(&app, &mut tx, &jar, now).await?;
    step::check_offered(&app, &security, &waiting, ProofMethod::Wechat, now)?;
    let asked = Asked {
        security: &security,
        by: &waiting.token_hash,
        request: &request,
        endpoint: &endpoints::BEGIN_STEP_SCAN,
    };
    let place = (&caller, &origin, &jar);
    let answer = show_proof(&app, &mut tx, asked, place, now).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Begins a face check as second proof of a sign-in (SGN-4).
///
/// # Errors
/// When no step is waited for, it takes no such proof, or the service does not answer.
#[utoipa::path(
    post, path = endpoints::BEGIN_STEP_FACE.path, tag = "session",
    operation_id = "begin_step_face",
    responses(
        (status = 200, body = FaceBegun),
        (status = 403, body = Problem, description = "This sign-in takes no such proof"),
        (status = 409, body = Problem, description = "No second step is waited for"),
        (status = 503, body = Problem, description = "The service does not answer"),
    )
)]
pub async fn begin_step_face(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    (address, origin): (ClientAddress, Origin),
    jar: CookieJar,
) -> Result<Json<FaceBegun>, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let mut tx = app.store.write().await?;
    let (waiting, security) = step::find_locked(&app, &mut tx, &jar, now).await?;
    tx.commit().await?;
    step::check_offered(&app, &security, &waiting, ProofMethod::Face, now)?;
    let asked = Asked {
        security: &security,
        by: &waiting.token_hash,
        request: &request,
        endpoint: &endpoints::BEGIN_STEP_FACE,
    };
    begin_face(&app, asked, &origin, now).await
}

/// Tells how a face check of this sign-in stands (SGN-4).
///
/// # Errors
/// When it is not this sign-in's.
#[utoipa::path(
    get, path = endpoints::GET_STEP_FACE.path, tag = "session", operation_id = "get_step_face",
    params(("check" = String, Path)),
    responses(
        (status = 200, body = FaceStatus),
        (status = 404, body = Problem, description = "It is not this sign-in's"),
        (status = 409, body = Problem, description = "No second step is waited for"),
    )
)]
pub async fn get_step_face(
    State(app): State<Arc<App>>,
    Path(check): Path<String>,
    jar: CookieJar,
) -> Result<Json<FaceStatus>, ApiError> {
    let now = now(&app);
    let mut tx = app.store.read().await?;
    let waiting = step::find(&app, &mut tx, &jar, now).await?;
    tx.commit().await?;
    let waiting = waiting.ok_or_else(|| ApiError::refused(SignInRefusal::SecondStepOver, now))?;
    let status = faces::status(&app, &waiting.token_hash, &check, now).await?;
    Ok(Json(status))
}

/// Who is asked for a proof, and by which request.
#[derive(Clone, Copy)]
struct Asked<'a> {
    security: &'a Security,
    by: &'a str,
    request: &'a RequestId,
    endpoint: &'a Endpoint,
}

async fn found(tx: &mut Tx, id: AccountId) -> Result<Security, ApiError> {
    security::find(tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)
}

async fn show_proof(
    app: &App,
    tx: &mut Tx,
    asked: Asked<'_>,
    (caller, origin, jar): (&Caller, &Origin, &CookieJar),
    now: Timestamp,
) -> Result<Response, ApiError> {
    let security = asked.security;
    if security.means.wechat.is_none() {
        return Err(checks::not_bound(security, now));
    }
    let browser = Browser::of(app, jar)?;
    let id = security.account_id;
    let wish = Wish {
        purpose: ScanPurpose::Prove,
        asked_by: Some((id, asked.by.to_owned())),
        caller,
        language: security.language,
    };
    let shown = scans::begin(app, tx, (&browser, origin), wish, now).await?;
    audited(tx, asked.endpoint, asked.request, id, json!({}), now).await?;
    let jar = CookieJar::new().add(browser.cookie());
    Ok((jar, Json(shown)).into_response())
}

async fn begin_face(
    app: &App,
    asked: Asked<'_>,
    origin: &Origin,
    now: Timestamp,
) -> Result<Json<FaceBegun>, ApiError> {
    let begun = faces::begin(app, origin, (asked.security, asked.by), now).await?;
    let mut tx = app.store.write().await?;
    faces::insert(&mut tx, &begun).await?;
    let id = asked.security.account_id;
    audited(&mut tx, asked.endpoint, asked.request, id, json!({}), now).await?;
    commit(tx, asked.request).await?;
    Ok(Json(begun.answer(app, origin)))
}
