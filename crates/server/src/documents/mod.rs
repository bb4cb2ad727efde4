//! What is done to a document's bytes before they are kept: looked at, decoded and written anew, in turn
//! (CHG-13). Must not know rows, nor who hands a document in.

mod pdf;
mod picture;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::verification::{
    DocumentKind, DocumentProblem, VerificationPolicy, check_document, check_length,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::outside::documents::DocumentStorage;

/// How many uploads are here at the same time, from their first piece until they are kept; each may take
/// the longest body in memory.
const ARRIVE_TOGETHER: usize = 16;

/// How many pictures are decoded at the same time. A picture of fifty megapixels takes hundreds of
/// megabytes while it is.
const DECODE_TOGETHER: usize = 1;

/// How long somebody waits for their turn; a picture takes seconds.
const TURN: Duration = Duration::from_secs(120);

/// Where documents are kept, and the turns of those who hand one in.
pub struct Documents {
    storage: Arc<dyn DocumentStorage>,
    arriving: Arc<Semaphore>,
    decoding: Arc<Semaphore>,
}

/// One upload's room, until the last copy is dropped.
#[derive(Clone, Debug)]
pub struct Turn(#[expect(dead_code, reason = "held, not looked at")] Arc<OwnedSemaphorePermit>);

/// Why a document was not examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExamineError {
    /// It cannot be a document.
    #[error("not a document: {0}")]
    Problem(#[from] DocumentProblem),
    /// Too many wait.
    #[error("too many documents wait to be examined")]
    Busy,
}

/// A document as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// What it is.
    pub kind: DocumentKind,
    /// Its bytes: a picture's written anew, a PDF's as they came.
    pub bytes: Bytes,
}

impl Documents {
    /// Keeps documents in this storage.
    #[must_use]
    pub fn new(storage: Arc<dyn DocumentStorage>) -> Self {
        Self {
            storage,
            arriving: Arc::new(Semaphore::new(ARRIVE_TOGETHER)),
            decoding: Arc::new(Semaphore::new(DECODE_TOGETHER)),
        }
    }

    /// Where the bytes lie.
    #[must_use]
    pub fn storage(&self) -> &dyn DocumentStorage {
        &*self.storage
    }

    /// Waits until one more upload may be here; it is, for as long as the answer is held.
    ///
    /// # Errors
    /// When too many are.
    pub async fn turn_to_arrive(&self) -> Result<Turn, ExamineError> {
        turn(&self.arriving).await.map(|turn| Turn(Arc::new(turn)))
    }

    /// Judges the bytes by their content, and writes a picture anew: upright, and without anything that the
    /// camera said of place, time or device (CHG-13).
    ///
    /// # Errors
    /// When they are no document, or too many wait.
    pub async fn examine(
        &self,
        bytes: Bytes,
        policy: &VerificationPolicy,
    ) -> Result<Examined, ExamineError> {
        // What needs no decoding needs no turn either.
        check_length(bytes.len() as u64, policy)?;
        let kind = DocumentKind::sniff(&bytes).ok_or(DocumentProblem::UnknownKind)?;
        let turn = turn(&self.decoding).await?;
        let policy = policy.clone();
        let examined = tokio::task::spawn_blocking(move || {
            let examined = examine(kind, bytes, &policy);
            // The turn ends with the work, also when nobody waits for it any more.
            drop(turn);
            examined
        });
        // A decoder that gives up in the middle has met something that is no picture.
        let examined = examined.await.unwrap_or(Err(DocumentProblem::Broken));
        Ok(examined?)
    }
}

async fn turn(turns: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, ExamineError> {
    match tokio::time::timeout(TURN, Arc::clone(turns).acquire_owned()).await {
        Ok(Ok(turn)) => Ok(turn),
        Ok(Err(_)) | Err(_) => Err(ExamineError::Busy),
    }
}

fn examine(
    kind: DocumentKind,
    bytes: Bytes,
    policy: &VerificationPolicy,
) -> Result<Examined, DocumentProblem> {
    let dimensions = match kind {
        DocumentKind::Jpeg | DocumentKind::Png => picture::dimensions(kind, &bytes),
        DocumentKind::Pdf => None,
    };
    let kind = check_document(&bytes, bytes.len() as u64, dimensions, policy)?;
    let bytes = match kind {
        DocumentKind::Jpeg | DocumentKind::Png => picture::write_anew(kind, &bytes, policy)?.into(),
        DocumentKind::Pdf => {
            pdf::check(&bytes)?;
            bytes
        }
    };
    Ok(Examined { kind, bytes })
}
