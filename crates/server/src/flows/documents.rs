//! Keeping, showing and removing documents of proof, whoever hands them in and whoever looks (CHG-13).
//! Must not know what an application is.
//!
//! A row is there before the bytes and goes after them: whatever breaks off in the middle, nothing lies
//! in the document store that housekeeping does not find.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use contract::documents::{DocumentRules, KeptDocument};
use contract::endpoints::Endpoint;
use domain::account::AccountId;
use domain::audit::Actor;
use domain::policy::Policy;
use domain::time::{Span, Timestamp};
use domain::verification::{
    DocumentKind, DocumentPurpose, DocumentViewer, delete_document_at, delete_waiting_document_at,
    may_view_document,
};
use serde_json::json;

use super::{audited_by, commit};
use crate::documents::ExamineError;
use crate::error::ApiError;
use crate::extract::RequestId;
use crate::outside::documents::StorageFailure;
use crate::state::App;
use crate::store::audit::{self, Entry};
use crate::store::documents::{self, Document};

/// An upload that has not ended by then never will.
const ARRIVES_WITHIN: Span = Span::from_hours(1);

/// Who asks for something, and what the audit log will say of it.
#[derive(Clone, Debug)]
pub struct Asking<'a> {
    /// Who.
    pub actor: Actor,
    /// By which endpoint.
    pub endpoint: &'a Endpoint,
    /// In which request.
    pub request: &'a RequestId,
}

/// What a file is handed in as.
#[derive(Clone, Copy, Debug)]
pub struct HandedIn<'a> {
    /// Who has it from now on.
    pub holder: &'a str,
    /// What it is for.
    pub purpose: DocumentPurpose,
    /// What it proves, as a word of its purpose.
    pub item: &'a str,
}

/// A document's content.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What it is for.
    pub document: Document,
    /// Its bytes.
    pub bytes: Bytes,
}

/// The holder that an account is.
#[must_use]
pub fn holder_of(account_id: AccountId) -> String {
    format!("{ACCOUNT}{account_id}")
}

const ACCOUNT: &str = "account:";

/// The account that a holder is, when it is one.
fn account_of(holder: &str) -> Option<AccountId> {
    holder.strip_prefix(ACCOUNT)?.parse().ok()
}

/// Examines a file, keeps it, and has it take the place of what waited for the same item.
///
/// # Errors
/// When it is no document, or cannot be kept now; then nothing is.
pub async fn keep(
    app: &App,
    asking: &Asking<'_>,
    handed_in: HandedIn<'_>,
    bytes: Bytes,
    now: Timestamp,
) -> Result<Document, ApiError> {
    let examined = app.documents.examine(bytes, &app.policy.verification).await;
    let examined = examined.map_err(|error| match error {
        ExamineError::Problem(problem) => ApiError::refused(problem, now),
        ExamineError::Busy => ApiError::Busy,
    })?;
    let document = Document {
        id: app.ids.id()?,
        holder: handed_in.holder.to_owned(),
        purpose: handed_in.purpose,
        item: handed_in.item.to_owned(),
        application_id: None,
        kind: examined.kind,
        bytes: examined.bytes.len() as u64,
        uploaded_at: now,
        decided_at: None,
    };
    let mut tx = app.store.write().await?;
    documents::insert(&mut tx, &document).await?;
    commit(tx, asking.request).await?;
    match store(app, asking, &document, examined.bytes, now).await {
        Ok(()) => Ok(document),
        Err(error) => {
            forget_soon(app, &document.id).await;
            Err(error)
        }
    }
}

async fn store(
    app: &App,
    asking: &Asking<'_>,
    document: &Document,
    bytes: Bytes,
    now: Timestamp,
) -> Result<(), ApiError> {
    let vault = app.store.vault();
    let sealed = vault
        .seal_bytes(&purpose(&document.id), &bytes)
        .map_err(ApiError::internal)?;
    drop(bytes);
    let storage = app.documents.storage();
    storage.put(&document.id, sealed.into()).await?;
    let mut tx = app.store.write().await?;
    documents::lock(&mut tx, &document.holder).await?;
    let Some(replaced) = documents::update_kept(&mut tx, document).await? else {
        // It took so long that housekeeping has given it up.
        return Err(ApiError::Busy);
    };
    let details = json!({
        "document": document.id,
        "purpose": document.purpose,
        "item": document.item,
        "kind": document.kind,
        "bytes": document.bytes,
    });
    let whose = (asking.actor.clone(), account_of(&document.holder));
    let (endpoint, request) = (asking.endpoint, asking.request);
    audited_by(&mut tx, endpoint, request, whose, details, now).await?;
    tx.commit().await?;
    for id in replaced {
        forget_soon(app, &id).await;
    }
    Ok(())
}

/// Opens a document for somebody who may see it, and writes down that they did. Whoever is not its
/// applicant or a reviewer is told that there is none.
///
/// # Errors
/// When there is none for them, or it cannot be read now.
pub async fn open(
    app: &App,
    asking: &Asking<'_>,
    viewer: DocumentViewer,
    id: &str,
    now: Timestamp,
) -> Result<Opened, ApiError> {
    if !may_view_document(viewer) {
        return Err(ApiError::NotFound);
    }
    let mut tx = app.store.read().await?;
    let document = documents::find(&mut tx, id).await?;
    tx.commit().await?;
    let document = document.ok_or(ApiError::NotFound)?;
    let sealed = app.documents.storage().get(id).await?;
    let bytes = app
        .store
        .vault()
        .open_bytes(&purpose(id), &sealed)
        .map_err(ApiError::internal)?;
    // Written down before anything is shown.
    let mut tx = app.store.write().await?;
    let details = json!({ "document": id, "purpose": document.purpose, "item": document.item });
    let whose = (asking.actor.clone(), account_of(&document.holder));
    let (endpoint, request) = (asking.endpoint, asking.request);
    audited_by(&mut tx, endpoint, request, whose, details, now).await?;
    commit(tx, asking.request).await?;
    Ok(Opened {
        document,
        bytes: bytes.into(),
    })
}

/// Removes a document of this holder that was not handed in.
///
/// # Errors
/// When the holder has no such document, or has handed it in.
pub async fn remove(
    app: &App,
    asking: &Asking<'_>,
    (holder, id): (&str, &str),
    now: Timestamp,
) -> Result<(), ApiError> {
    use domain::verification::DocumentProblem;
    let mut tx = app.store.write().await?;
    documents::lock(&mut tx, holder).await?;
    let document = documents::find(&mut tx, id).await?;
    let document = document
        .filter(|document| document.holder == holder)
        .ok_or(ApiError::NotFound)?;
    if !documents::remove(&mut tx, id).await? {
        return Err(ApiError::refused(DocumentProblem::HandedIn, now));
    }
    let details = json!({ "document": id, "purpose": document.purpose, "item": document.item });
    let whose = (asking.actor.clone(), account_of(holder));
    let (endpoint, request) = (asking.endpoint, asking.request);
    audited_by(&mut tx, endpoint, request, whose, details, now).await?;
    commit(tx, asking.request).await?;
    forget_soon(app, id).await;
    Ok(())
}

/// Deletes what was decided, or never handed in, long ago, and what broke off on its way (CHG-13).
///
/// # Errors
/// When the database or the document store fails; what was not deleted is tried again next time.
pub async fn delete_expired(app: &App) -> Result<(), ForgetError> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    let before = now.minus(app.policy.verification.document_kept);
    for document in documents::remove_expired(&mut tx, before).await? {
        let details = json!({
            "document": document.id,
            "purpose": document.purpose,
            "item": document.item,
        });
        let entry = Entry {
            at: now,
            actor: Actor::System,
            account_id: account_of(&document.holder),
            event: "document_deleted".to_owned(),
            request_id: String::new(),
            details: details.to_string(),
        };
        audit::insert(&mut tx, &entry).await?;
    }
    let leaving = documents::list_leaving(&mut tx, now.minus(ARRIVES_WITHIN)).await?;
    tx.commit().await?;
    for id in leaving {
        forget(app, &id).await?;
    }
    Ok(())
}

/// Why a document was not deleted.
#[derive(Debug, thiserror::Error)]
pub enum ForgetError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The document store failed.
    #[error(transparent)]
    Storage(#[from] StorageFailure),
}

/// Now, or with the next housekeeping at the latest.
async fn forget_soon(app: &App, id: &str) {
    if let Err(error) = forget(app, id).await {
        tracing::warn!(%error, "a document goes with the next housekeeping");
    }
}

async fn forget(app: &App, id: &str) -> Result<(), ForgetError> {
    app.documents.storage().delete(id).await?;
    let mut tx = app.store.write().await?;
    documents::delete(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

/// What a document's holder and reviewers are told of it.
#[must_use]
pub fn describe(document: Document, policy: &Policy) -> KeptDocument {
    let policy = &policy.verification;
    let delete_at = match document.application_id {
        Some(_) => delete_document_at(document.decided_at, policy),
        None => Some(delete_waiting_document_at(document.uploaded_at, policy)),
    };
    KeptDocument {
        is_handed_in: document.application_id.is_some(),
        id: document.id,
        purpose: document.purpose,
        item: document.item,
        kind: document.kind,
        bytes: document.bytes,
        uploaded_at: document.uploaded_at,
        delete_at,
    }
}

/// What a file must be.
#[must_use]
pub const fn rules(policy: &Policy) -> DocumentRules {
    DocumentRules {
        most_bytes: policy.verification.document_most_bytes,
        most_pixels: policy.verification.document_most_pixels,
    }
}

/// The answer with a document's bytes: a picture of ours to look at, a PDF as a file to save. Whatever is
/// inside runs nothing.
#[must_use]
pub fn answer(opened: Opened) -> Response {
    let Opened { document, bytes } = opened;
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(document.kind.media_type()),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
    );
    let disposition = match document.kind {
        DocumentKind::Jpeg | DocumentKind::Png => "inline".to_owned(),
        // An item is a word of ours.
        DocumentKind::Pdf => format!("attachment; filename=\"{}.pdf\"", document.item),
    };
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// Sealed bytes open only as the document they were sealed for.
fn purpose(id: &str) -> String {
    format!("documents:{id}")
}
