//! The outermost layer: a name for the request, one line in the log, one form for every failure.
//!
//! Must not know, and so cannot log, who called or what they sent: the line has the route's
//! pattern instead of the address, and no header or body.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tracing::Instrument as _;

use crate::error::{ApiError, Cause, MeantForEyes, Sketch};
use crate::extract::{Intent, RequestId};
use crate::state::App;

const REQUEST_ID: &str = "x-request-id";

/// Has a command tell whether it may be done, in place of doing it.
const MAY_I: &str = "may-i";

/// Names, logs and finishes a request.
pub(crate) async fn record(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    // Never the caller's own: it would let strangers write into our log.
    let id = app.ids.id().unwrap_or_else(|_| "unnamed".to_owned());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let is_of_the_api = route.is_some();
    let route = route.as_ref().map_or("(site)", MatchedPath::as_str);
    let method = request.method().clone();
    let span = tracing::info_span!("request", id = %id, method = %method, route);
    let intent = intent(request.headers());
    request
        .extensions_mut()
        .insert(RequestId(id.clone(), intent));
    let began = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    let response = finish(response, &id);
    let status = response.status().as_u16();
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let _entered = span.entered();
    if let Some(Cause(error)) = response.extensions().get::<Cause>() {
        tracing::error!(status, milliseconds, error = %error, "failed");
    } else if is_of_the_api || status >= 400 {
        tracing::info!(status, milliseconds, "answered");
    } else {
        // A first view asks for a dozen files; they would hide everything else.
        tracing::debug!(status, milliseconds, "answered");
    }
    response
}

/// What the header `May-I` says (API-2).
fn intent(headers: &HeaderMap) -> Intent {
    match headers.get(MAY_I).map(HeaderValue::as_bytes) {
        Some(b"true") => Intent::Ask,
        _ => Intent::Do,
    }
}

/// Puts the request's id in, and makes every failure a problem document (API-1).
fn finish(mut response: Response, id: &str) -> Response {
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    let is_finished = response.extensions().get::<MeantForEyes>().is_some();
    if failed && !is_finished {
        response = with_problem(response, status, id);
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

fn with_problem(mut response: Response, status: StatusCode, id: &str) -> Response {
    if response.extensions().get::<Sketch>().is_none() {
        // Some layer answered with a bare status. Its headers stay, such as Allow with a 405.
        let mut named = ApiError::from_status(status).into_response();
        let headers = std::mem::take(response.headers_mut());
        for (name, value) in headers.iter() {
            if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
                named.headers_mut().append(name, value.clone());
            }
        }
        response = named;
    }
    let Some(Sketch(mut problem)) = response.extensions_mut().remove::<Sketch>() else {
        return response;
    };
    id.clone_into(&mut problem.request_id);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    *response.body_mut() = Body::from(body);
    response
}
