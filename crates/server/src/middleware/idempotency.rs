//! A repeated request answers the first result (API-3). Must not know what is requested.
//!
//! Lies around the changing endpoints of signed-in owners; counts where a request carries an
//! `Idempotency-Key`. The key is taken before the handler runs. When the handler's answer is lost on the way, even by a crash,
//! the key stays taken: a repeat is told so, and nothing is ever done twice. An answer with a secret in it is
//! not kept: a repeat is told that it was carried out, and no more.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::account::AccountId;
use domain::idempotency::{
    CommandTurn, EarlierCommand, IdempotencyKey, IdempotencyRefusal, take_turn,
};
use domain::time::Timestamp;
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use tracing::Instrument as _;

use crate::error::{ApiError, HoldsSecret, Sketch};
use crate::extract::{Intent, RequestId, SignedInUser, Upload, now, read_body, read_upload};
use crate::state::App;
use crate::store::idempotency::{self, Answer, Earlier};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Tells that an answer is the first result again.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Answers from memory, or runs the handler and remembers.
pub(crate) async fn once(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    once_with(&app, request, next, false).await
}

/// The same around an endpoint whose body is a file, which is longer and may take longer.
pub(crate) async fn once_with_file(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    once_with(&app, request, next, true).await
}

async fn once_with(
    app: &Arc<App>,
    request: Request,
    next: Next,
    has_file: bool,
) -> Result<Response, ApiError> {
    let only_asks = request
        .extensions()
        .get::<RequestId>()
        .is_some_and(|RequestId(_, intent)| *intent == Intent::Ask);
    if only_asks || request.method().is_safe() || !request.headers().contains_key(KEY) {
        return Ok(next.run(request).await);
    }
    let (mut parts, body) = request.into_parts();
    let SignedInUser { at, .. } = SignedInUser::from_request_parts(&mut parts, app).await?;
    let key = key(&parts.headers)?;
    let request = Request::from_parts(parts.clone(), body);
    let body = if has_file {
        let Upload { bytes, turn } = read_upload(request, app).await?;
        parts.extensions.insert(turn);
        bytes
    } else {
        read_body(request, app).await?
    };
    let claim = Claim {
        account_id: at.account_id,
        key_hash: hex::encode(Sha256::digest(key.as_str())),
        fingerprint: fingerprint(app, parts.method.as_str(), &address(&parts.uri), &body),
    };
    let request = Request::from_parts(parts, Body::from(body));
    let app = Arc::clone(app);
    // On its own task, from the first look on: a caller who hangs up neither stops the work half-way
    // nor leaves a key behind that nobody works on; when they come again, the result is there.
    let work = async move { claim.carry_out(&app, request, next).await };
    tokio::spawn(work.in_current_span())
        .await
        .map_err(ApiError::internal)?
}

/// A key that this request holds or asks for.
struct Claim {
    account_id: AccountId,
    key_hash: String,
    fingerprint: String,
}

impl Claim {
    async fn carry_out(
        &self,
        app: &App,
        request: Request,
        next: Next,
    ) -> Result<Response, ApiError> {
        let earlier = self.take(app, now(app)).await?;
        let turn = take_turn(earlier.as_ref().map(command));
        match (turn, earlier.and_then(|earlier| earlier.answer)) {
            (Ok(CommandTurn::Do), _) => self.remember(app, next.run(request).await).await,
            (Ok(CommandTurn::Repeat), Some(answer)) if answer.content_type == SAID_ONCE => {
                Err(ApiError::SaidOnce)
            }
            (Ok(CommandTurn::Repeat), Some(answer)) => Ok(replay(answer)),
            (Ok(CommandTurn::Repeat), None) => Err(ApiError::StillWorking),
            (Err(refused), _) => Err(refusal(refused.all())),
        }
    }

    async fn take(&self, app: &App, now: Timestamp) -> Result<Option<Earlier>, ApiError> {
        let mut tx = app.store.write().await?;
        let known = idempotency::claim(
            &mut tx,
            self.account_id,
            &self.key_hash,
            &self.fingerprint,
            now,
            app.policy.idempotency.forgotten(now),
        )
        .await?;
        tx.commit().await?;
        Ok(known)
    }

    /// Remembers a final answer, or lets the key go when trying again makes sense.
    async fn remember(&self, app: &App, response: Response) -> Result<Response, ApiError> {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.map_err(ApiError::internal)?.to_bytes();
        let status = parts.status;
        let is_final = status.is_success() || (status.is_client_error() && !is_passing(status));
        let mut tx = app.store.write().await?;
        if is_final {
            // A refusal's document is written by an outer layer; here it is still a sketch.
            let sketch = parts.extensions.get::<Sketch>();
            let answer = match sketch {
                None if parts.extensions.get::<HoldsSecret>().is_some() => Answer {
                    status: status.as_u16(),
                    content_type: SAID_ONCE.to_owned(),
                    body: String::new(),
                },
                Some(Sketch(problem)) => Answer {
                    status: status.as_u16(),
                    content_type: PROBLEM.to_owned(),
                    body: serde_json::to_string(problem).map_err(ApiError::internal)?,
                },
                None => Answer {
                    status: status.as_u16(),
                    content_type: content_type(&parts.headers),
                    body: String::from_utf8_lossy(&body).into_owned(),
                },
            };
            idempotency::update_answer(&mut tx, self.account_id, &self.key_hash, &answer).await?;
        } else {
            idempotency::delete(&mut tx, self.account_id, &self.key_hash).await?;
        }
        tx.commit().await?;
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}

fn command(earlier: &Earlier) -> EarlierCommand {
    EarlierCommand {
        is_same_request: earlier.is_same_request,
        is_answered: earlier.answer.is_some(),
    }
}

fn refusal(refused: &[IdempotencyRefusal]) -> ApiError {
    match refused.first() {
        Some(IdempotencyRefusal::OtherRequest) => ApiError::KeyUsedOtherwise,
        Some(IdempotencyRefusal::StillRunning) | None => ApiError::StillWorking,
    }
}

const PROBLEM: &str = "application/problem+json";

/// Stands in the place of what an answer was that is not kept; no content type is spelt like this.
const SAID_ONCE: &str = "said once";

/// Answers that say "not now" are no results.
fn is_passing(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::UNAUTHORIZED | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
    )
}

fn replay(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = status.into_response();
    if answer.content_type == PROBLEM {
        // The repeat is a request of its own and gets its own id.
        if let Ok(problem) = serde_json::from_str(&answer.body) {
            response.extensions_mut().insert(Sketch(problem));
        }
    } else if let Ok(value) = HeaderValue::from_str(&answer.content_type) {
        if !answer.content_type.is_empty() {
            response.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        *response.body_mut() = Body::from(answer.body);
    }
    response
        .headers_mut()
        .insert(REPLAYED, HeaderValue::from_static("true"));
    response
}

fn key(headers: &HeaderMap) -> Result<IdempotencyKey, ApiError> {
    let mut values = headers.get_all(KEY).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(ApiError::NotAnIdempotencyKey);
    };
    let text = value.to_str().map_err(|_| ApiError::NotAnIdempotencyKey)?;
    IdempotencyKey::parse(text).map_err(|_| ApiError::NotAnIdempotencyKey)
}

fn content_type(headers: &HeaderMap) -> String {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

/// Path and query: a file says what it is for in the query.
fn address(uri: &Uri) -> String {
    uri.path_and_query()
        .map_or_else(|| uri.path().to_owned(), ToString::to_string)
}

/// Tells two requests apart. Keyed, since a body can be short enough to be guessed from its hash.
fn fingerprint(app: &App, method: &str, path: &str, body: &Bytes) -> String {
    let body = hex::encode(Sha256::digest(body));
    let request = format!("{method} {path} {body}");
    app.store.vault().lookup_hash("request", &request)
}
