//! A body that is a file: longer than others, slower, and in its turn (V-40). Must not know what the file
//! is for.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{FromRequest, Request};
use bytes::BytesMut;
use domain::verification::DocumentProblem;
use http_body_util::BodyExt as _;

use super::now;
use crate::documents::Turn;
use crate::error::ApiError;
use crate::state::App;

/// Of a file, the next piece must have; all of it has as long as the answer has.
const PIECE_PATIENCE: Duration = Duration::from_secs(15);

/// A request's body that is a file, whole. It arrives in its turn, and within the limit of documents.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The file.
    pub bytes: Bytes,
    /// Its room in memory; to be held until the file is kept.
    pub turn: Turn,
}

impl FromRequest<Arc<App>> for Upload {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        read_upload(request, app).await
    }
}

/// A whole file, within the limit of documents (CHG-13, V-40). What breaks off leaves nothing.
pub(crate) async fn read_upload(request: Request, app: &Arc<App>) -> Result<Upload, ApiError> {
    let most = app.policy.verification.document_most_bytes;
    let too_large = || {
        let problem = DocumentProblem::TooLarge { most_bytes: most };
        ApiError::refused(problem, now(app))
    };
    // A layer may have read the same file before.
    let known = request.extensions().get::<Turn>().cloned();
    let mut body = request.into_body();
    let told = body.size_hint().exact();
    if told.is_some_and(|length| length > most.saturating_mul(2)) {
        // Not worth the wait: a browser that was told the limit does not come here.
        return Err(too_large());
    }
    let turn = match known {
        Some(turn) => turn,
        None => app
            .documents
            .turn_to_arrive()
            .await
            .map_err(|_| ApiError::Busy)?,
    };
    // Memory is taken for what came, not for what was promised.
    let mut bytes = BytesMut::new();
    let mut length = 0_u64;
    while let Some(piece) = next_piece(&mut body).await? {
        if length == 0 && told == Some(piece.len() as u64) && piece.len() as u64 <= most {
            // It is here already, whole, and need not be copied.
            let bytes = piece;
            return Ok(Upload { bytes, turn });
        }
        length = length.saturating_add(piece.len() as u64);
        // The rest is read and thrown away, since an answer in the middle of a body is met by few
        // browsers; but only so much of it.
        if length > most.saturating_mul(2) {
            return Err(too_large());
        }
        if length <= most {
            bytes.extend_from_slice(&piece);
        } else {
            bytes = BytesMut::new();
        }
    }
    if length > most {
        return Err(too_large());
    }
    let bytes = bytes.freeze();
    Ok(Upload { bytes, turn })
}

async fn next_piece(body: &mut Body) -> Result<Option<Bytes>, ApiError> {
    loop {
        let frame = tokio::time::timeout(PIECE_PATIENCE, body.frame())
            .await
            .map_err(|_| ApiError::TooSlow)?;
        match frame {
            None => return Ok(None),
            Some(Err(_)) => return Err(ApiError::Malformed),
            // What is no data is a trailer, of which we use none.
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}
