//! The link by which the new subject accepts, without an account (CHG-12, CHG-14).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::{Extension, Json};
use contract::changes::{AcceptChange, ChangeAccepted, ConsentAsked};
use contract::endpoints;
use contract::problem::Problem;
use contract::providers::{FaceBegun, FaceStatus};
use domain::time::Timestamp;
use domain::verification::change::ApplicationState;
use serde_json::json;

use crate::error::ApiError;
use crate::extract::{Body, ClientAddress, Origin, RequestId, now};
use crate::flows::changes::consent::{self, Opened};
use crate::flows::faces::{self, Whose};
use crate::flows::{audited, commit, tries};
use crate::state::App;

/// Shows what the holder of a link is asked to accept (CHG-14).
///
/// # Errors
/// When there is no such link, or it is over.
#[utoipa::path(
    get, path = endpoints::GET_CONSENT.path, tag = "verification change",
    operation_id = "get_consent", params(("secret" = String, Path)),
    responses(
        (status = 200, body = ConsentAsked),
        (status = 404, body = Problem, description = "There is no such link, or it is over"),
    )
)]
pub(super) async fn get_consent(
    State(app): State<Arc<App>>,
    Path(secret): Path<String>,
) -> Result<Json<ConsentAsked>, ApiError> {
    let now = now(&app);
    Ok(Json(open(&app, &secret, now).await?.asked(now)))
}

/// Begins the face check of the new person, or of who represents the new enterprise (CHG-14).
///
/// # Errors
/// When the link is over, or the face service does not answer.
#[utoipa::path(
    post, path = endpoints::BEGIN_CONSENT_FACE.path, tag = "verification change",
    operation_id = "begin_consent_face", params(("secret" = String, Path)),
    responses(
        (status = 200, body = FaceBegun),
        (status = 404, body = Problem, description = "There is no such link, or it is over"),
        (status = 429, body = Problem, description = "Too many tries from this address"),
        (status = 503, body = Problem, description = "The face service does not answer"),
    )
)]
pub(super) async fn begin_consent_face(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    Path(secret): Path<String>,
    (address, origin): (ClientAddress, Origin),
) -> Result<Json<FaceBegun>, ApiError> {
    let now = now(&app);
    tries::count(&app, &address, now).await?;
    let opened = open(&app, &secret, now).await?;
    if !matches!(opened.change.state, ApplicationState::Approved { .. }) {
        return Err(ApiError::NotFound);
    }
    let whose = Whose {
        account_id: opened.change.account_id,
        by: &opened.face_for(),
        name: opened.face_of.name.as_str(),
        document_number: opened.face_of.document.number(),
    };
    let begun = faces::begin_of(&app, &origin, whose, now).await?;
    let begun = begun.ok_or(ApiError::NotFound)?;
    let mut tx = app.store.write().await?;
    faces::insert(&mut tx, &begun).await?;
    let (endpoint, id) = (&endpoints::BEGIN_CONSENT_FACE, opened.change.account_id);
    let details = json!({ "change": opened.change.id });
    audited(&mut tx, endpoint, &request, id, details, now).await?;
    commit(tx, &request).await?;
    Ok(Json(begun.answer(&app, &origin)))
}

/// Tells how that face check stands.
///
/// # Errors
/// When it was not begun by this link.
#[utoipa::path(
    get, path = endpoints::GET_CONSENT_FACE.path, tag = "verification change",
    operation_id = "get_consent_face", params(("secret" = String, Path), ("check" = String, Path)),
    responses(
        (status = 200, body = FaceStatus),
        (status = 404, body = Problem, description = "There is no such link or check"),
    )
)]
pub(super) async fn get_consent_face(
    State(app): State<Arc<App>>,
    Path((secret, check)): Path<(String, String)>,
) -> Result<Json<FaceStatus>, ApiError> {
    let now = now(&app);
    let opened = open(&app, &secret, now).await?;
    let status = faces::status(&app, &opened.face_for(), &check, now).await?;
    Ok(Json(status))
}

/// Accepts: the account belongs to the new subject from now on (CHG-12, CHG-14).
///
/// # Errors
/// When the face did not pass, the register does not know the person, or places are taken.
#[utoipa::path(
    post, path = endpoints::ACCEPT_CHANGE.path, tag = "verification change",
    operation_id = "accept_change", params(("secret" = String, Path)), request_body = AcceptChange,
    responses(
        (status = 200, body = ChangeAccepted),
        (status = 404, body = Problem, description = "There is no such link, or it is over"),
        (status = 409, body = Problem, description = "Rules refuse"),
    )
)]
pub(super) async fn accept_change(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    Path(secret): Path<String>,
    Body(wish): Body<AcceptChange>,
) -> Result<Json<ChangeAccepted>, ApiError> {
    let now = now(&app);
    let opened = open(&app, &secret, now).await?;
    if let ApplicationState::Done { at } = opened.change.state {
        return Ok(Json(ChangeAccepted { at }));
    }
    consent::must_represent(&app, &opened, now).await?;
    let (id, endpoint) = (opened.change.account_id, &endpoints::ACCEPT_CHANGE);
    let mut tx = app.store.write().await?;
    let (change, is_done_now) = consent::accept(&app, &mut tx, opened, &wish.check, now).await?;
    if is_done_now {
        let details = json!({ "change": change.id, "kind": change.kind });
        audited(&mut tx, endpoint, &request, id, details, now).await?;
    }
    commit(tx, &request).await?;
    app.postman_bell.notify_one();
    let at = change.state.decided_at().unwrap_or(now);
    Ok(Json(ChangeAccepted { at }))
}

async fn open(app: &App, secret: &str, now: Timestamp) -> Result<Opened, ApiError> {
    let mut tx = app.store.read().await?;
    let opened = consent::open(app, &mut tx, secret, now).await?;
    tx.commit().await?;
    Ok(opened)
}
