//! Documents of proof of an account: parse, keep or show, answer. Must not know what they prove.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Extension, Json};
use contract::documents::{KeptDocument, UploadDocument, WaitingDocuments};
use contract::endpoints;
use contract::problem::Problem;
use domain::audit::Actor;
use domain::verification::{DocumentPurpose, DocumentViewer};
use serde::Deserialize;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::extract::{RequestId, SignedIn, Upload, now};
use crate::flows::documents::{self as keeping, Asking, HandedIn, holder_of};
use crate::routes::Routes;
use crate::state::App;
use crate::store::documents;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(get_documents, upload_document, view_document, remove_document))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_DOCUMENTS, get_documents);
    routes.add_upload(&endpoints::UPLOAD_DOCUMENT, upload_document);
    routes.add(&endpoints::VIEW_DOCUMENT, view_document);
    routes.add(&endpoints::REMOVE_DOCUMENT, remove_document);
}

/// What the documents are for.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Which {
    purpose: DocumentPurpose,
}

/// Lists what waits to be handed in for a purpose, and the rules of files (CHG-13).
///
/// # Errors
/// When nobody is signed in, or there is no such purpose.
#[utoipa::path(
    get, path = endpoints::GET_DOCUMENTS.path, tag = "documents", operation_id = "get_documents",
    security(("session" = [])),
    params(("purpose" = DocumentPurpose, Query, description = "What they are for")),
    responses(
        (status = 200, body = WaitingDocuments),
        (status = 400, body = Problem, description = "There is no such purpose"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
    )
)]
async fn get_documents(
    State(app): State<Arc<App>>,
    owner: SignedIn,
    Query(which): Query<Which>,
) -> Result<Json<WaitingDocuments>, ApiError> {
    let mut tx = app.store.read().await?;
    let holder = holder_of(owner.account_id);
    let waiting = documents::list(&mut tx, &holder, which.purpose).await?;
    tx.commit().await?;
    let waiting = waiting.into_iter();
    Ok(Json(WaitingDocuments {
        documents: waiting
            .map(|document| keeping::describe(document, &app.policy))
            .collect(),
        rules: keeping::rules(&app.policy),
    }))
}

/// Takes a file as it is: JPEG, PNG or PDF by its content. A picture is written anew, upright and without
/// metadata. It replaces what waited for the same item (CHG-13).
///
/// # Errors
/// When it is no document, is too large, or breaks off on the way.
#[utoipa::path(
    post, path = endpoints::UPLOAD_DOCUMENT.path, tag = "documents",
    operation_id = "upload_document", security(("session" = [])),
    params(
        ("purpose" = DocumentPurpose, Query, description = "What it is for"),
        ("item" = String, Query, description = "What it proves, as a word of its purpose"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 200, body = KeptDocument),
        (status = 400, body = Problem, description = "There is no such purpose or item"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 413, body = Problem, description = "It is too large"),
        (status = 422, body = Problem, description = "It is no document by its content"),
    )
)]
async fn upload_document(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Query(wish): Query<UploadDocument>,
    Upload { bytes, turn }: Upload,
) -> Result<Json<KeptDocument>, ApiError> {
    if !wish.purpose.takes(&wish.item) {
        return Err(ApiError::Malformed);
    }
    let asking = Asking {
        actor: Actor::Owner,
        endpoint: &endpoints::UPLOAD_DOCUMENT,
        request: &request,
    };
    let handed_in = HandedIn {
        holder: &holder_of(owner.account_id),
        purpose: wish.purpose,
        item: &wish.item,
    };
    let kept = keeping::keep(&app, &asking, handed_in, bytes, now(&app)).await?;
    drop(turn);
    Ok(Json(keeping::describe(kept, &app.policy)))
}

/// Shows a picture, or hands out a PDF as a file. Every view is audited (CHG-13).
///
/// # Errors
/// When the account has no such document.
#[utoipa::path(
    get, path = endpoints::VIEW_DOCUMENT.path, tag = "documents", operation_id = "view_document",
    security(("session" = [])),
    params(("document" = String, Path, description = "Its id")),
    responses(
        (status = 200, body = Vec<u8>, content_type = "image/jpeg"),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 404, body = Problem, description = "The account has no such document"),
    )
)]
async fn view_document(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let mut tx = app.store.read().await?;
    let document = documents::find(&mut tx, &id).await?;
    tx.commit().await?;
    let viewer = match document {
        Some(document) if document.holder == holder_of(owner.account_id) => {
            DocumentViewer::Applicant
        }
        Some(_) | None => DocumentViewer::Stranger,
    };
    let asking = Asking {
        actor: Actor::Owner,
        endpoint: &endpoints::VIEW_DOCUMENT,
        request: &request,
    };
    let opened = keeping::open(&app, &asking, viewer, &id, now(&app)).await?;
    Ok(keeping::answer(opened))
}

/// Removes a document that was not handed in (CHG-13).
///
/// # Errors
/// When the account has no such document, or has handed it in.
#[utoipa::path(
    delete, path = endpoints::REMOVE_DOCUMENT.path, tag = "documents",
    operation_id = "remove_document", security(("session" = [])),
    params(("document" = String, Path, description = "Its id")),
    responses(
        (status = 204),
        (status = 401, body = Problem, description = "Nobody is signed in"),
        (status = 404, body = Problem, description = "The account has no such document"),
        (status = 422, body = Problem, description = "It was handed in"),
    )
)]
async fn remove_document(
    State(app): State<Arc<App>>,
    Extension(request): Extension<RequestId>,
    owner: SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let asking = Asking {
        actor: Actor::Owner,
        endpoint: &endpoints::REMOVE_DOCUMENT,
        request: &request,
    };
    let holder = holder_of(owner.account_id);
    keeping::remove(&app, &asking, (&holder, &id), now(&app)).await?;
    Ok(StatusCode::NO_CONTENT)
}
