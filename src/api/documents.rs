//! The calls of documents of proof.

use contract::documents::{KeptDocument, WaitingDocuments};
use contract::endpoints;
use domain::verification::DocumentPurpose;
use web_sys::File;

pub use super::upload::{NotSent, Transfer};
use super::{ApiError, client, upload};

/// Reads what waits to be handed in for a purpose, and the rules of files (CHG-13).
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn waiting(purpose: DocumentPurpose) -> Result<WaitingDocuments, ApiError> {
    client::get_where(endpoints::GET_DOCUMENTS, "purpose", purpose.word()).await
}

/// Sends a file; `on_progress` is told how much of it has left, in percent (CHG-13).
///
/// # Errors
/// When the browser cannot send; the future also when the server refuses or does not answer.
pub fn send(
    purpose: DocumentPurpose,
    item: &str,
    file: &File,
    on_progress: Box<dyn Fn(u32)>,
) -> Result<
    (
        Transfer,
        impl Future<Output = Result<KeptDocument, NotSent>> + use<>,
    ),
    ApiError,
> {
    let query = [("purpose", purpose.word()), ("item", item)];
    let (transfer, answer) = upload::send(endpoints::UPLOAD_DOCUMENT, &query, file, on_progress)?;
    let kept = async move { client::decode(&answer.await?).map_err(NotSent::Failed) };
    Ok((transfer, kept))
}

/// Removes a document that was not handed in (CHG-13).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn remove(id: String) -> Result<(), ApiError> {
    client::call_at(endpoints::REMOVE_DOCUMENT, &[("document", &id)]).await
}

/// Where a document is got by the browser itself, as a picture or a file to save.
#[must_use]
pub fn address(id: &str) -> String {
    client::path(endpoints::VIEW_DOCUMENT, &[("document", id)])
}
