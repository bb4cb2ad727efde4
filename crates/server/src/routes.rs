//! Which handler answers which endpoint, and the layers around all of them.
//!
//! Methods and addresses come from the contract; this is the only place that knows both sides.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter, get, on};
use contract::endpoints::{self, Endpoint, Method, Who};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate as _, SizeAbove};
use tower_http::csrf::{ConfigError, CsrfLayer};
use tower_http::timeout::TimeoutLayer;

use crate::error::ApiError;
use crate::handlers;
use crate::middleware::{headers, idempotency, record};
use crate::openapi;
use crate::state::App;

/// The longest body that an endpoint takes; uploads have their own limit (V-40).
const LONGEST_BODY: usize = 64 * 1024;

/// An answer that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// An answer to an upload that takes longer is given up: ten megabytes over a slow line, and then a turn to
/// be decoded.
const PATIENCE_WITH_UPLOADS: Duration = Duration::from_secs(600);

/// Shorter answers are not worth packing.
const WORTH_PACKING: u64 = 1024;

/// Makes the whole HTTP service.
///
/// # Errors
/// When the public origin of the settings is not one.
pub fn build_app(app: Arc<App>) -> Result<Router, ConfigError> {
    let Routes {
        mounted, uploads, ..
    } = mounted(&app);
    let router = timed(mounted, PATIENCE);
    let uploads = timed(uploads, PATIENCE_WITH_UPLOADS);
    let mut csrf = CsrfLayer::new();
    if let Some(origin) = &app.network.public_origin {
        csrf = csrf.add_trusted_origin(origin)?;
    }
    // Outermost last. The record is around everything that can fail; packing is around the record,
    // since it writes the problem documents.
    let packing = CompressionLayer::new().compress_when(SizeAbove::new(WORTH_PACKING).and(is_json));
    Ok(router
        .route("/healthz", get(handlers::health::alive))
        .route("/readyz", get(handlers::health::ready))
        .merge(uploads)
        .fallback(outside_the_api)
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(csrf)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(&app), headers::harden))
        .layer(from_fn_with_state(Arc::clone(&app), record::record))
        .layer(packing)
        .with_state(app))
}

/// Endpoints whose answer may take so long.
fn timed(mounted: Vec<Mounted>, patience: Duration) -> Router<Arc<App>> {
    let mut router = Router::new();
    for (path, methods) in mounted {
        router = router.route(path, methods);
    }
    let given_up = StatusCode::SERVICE_UNAVAILABLE;
    router.layer(TimeoutLayer::with_status_code(given_up, patience))
}

/// Every endpoint of this installation with its handler.
fn mounted(app: &Arc<App>) -> Routes {
    let mut routes = Routes {
        app: Arc::clone(app),
        mounted: Vec::new(),
        uploads: Vec::new(),
    };
    handlers::account::mount(&mut routes);
    handlers::audit::mount(&mut routes);
    handlers::captcha::mount(&mut routes);
    handlers::changes::mount(&mut routes);
    handlers::documents::mount(&mut routes);
    handlers::enterprise::mount(&mut routes);
    handlers::forgotten::mount(&mut routes);
    handlers::help::mount(&mut routes);
    handlers::legal::mount(&mut routes);
    handlers::lock::mount(&mut routes);
    handlers::mfa::mount(&mut routes);
    handlers::operators::mount(&mut routes);
    handlers::proof::mount(&mut routes);
    handlers::providers::mount(&mut routes);
    handlers::registration::mount(&mut routes);
    handlers::scans::mount(&mut routes);
    handlers::security::mount(&mut routes);
    handlers::session::mount(&mut routes);
    handlers::verification::mount(&mut routes);
    routes.add(&endpoints::OPENAPI, openapi::describe);
    if app.demo.is_some() {
        handlers::demo::mount(&mut routes);
        handlers::enterprise::mount_demo(&mut routes);
    }
    routes
}

/// The endpoints that the areas have mounted so far.
pub struct Routes {
    app: Arc<App>,
    mounted: Vec<Mounted>,
    uploads: Vec<Mounted>,
}

type Mounted = (&'static str, MethodRouter<Arc<App>>);

impl Routes {
    /// Has `handler` answer `endpoint`.
    pub fn add<H, T>(&mut self, endpoint: &Endpoint, handler: H)
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        let mut route = on(filter(endpoint), handler);
        if repeats(endpoint) {
            let app = Arc::clone(&self.app);
            route = route.layer(from_fn_with_state(app, idempotency::once));
        }
        self.mounted.push((endpoint.path, route));
    }

    /// Has `handler` answer `endpoint`, whose body is a file (V-40).
    pub fn add_upload<H, T>(&mut self, endpoint: &Endpoint, handler: H)
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        let mut route = on(filter(endpoint), handler);
        if repeats(endpoint) {
            let app = Arc::clone(&self.app);
            route = route.layer(from_fn_with_state(app, idempotency::once_with_file));
        }
        self.uploads.push((endpoint.path, route));
    }
}

const fn filter(endpoint: &Endpoint) -> MethodFilter {
    match endpoint.method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Delete => MethodFilter::DELETE,
    }
}

/// Whether a repeated request answers the first result (API-3).
const fn repeats(endpoint: &Endpoint) -> bool {
    endpoint.method.is_changing() && matches!(endpoint.who, Who::Owner | Who::User)
}

/// Whatever no route knows: an unknown address of the API, else the browser app's.
async fn outside_the_api(State(app): State<Arc<App>>, request: Request) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return ApiError::NotFound.into_response();
    }
    app.site.answer(request.method(), path, request.headers())
}

fn is_json(
    _: StatusCode,
    _: axum::http::Version,
    headers: &axum::http::HeaderMap,
    _: &axum::http::Extensions,
) -> bool {
    let kind = headers.get(axum::http::header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// A fault of ours; the words of the panic are for the log only.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer hands the payload over"
)]
fn panicked(payload: Box<dyn Any + Send>) -> Response {
    let words = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    ApiError::internal(std::io::Error::other(format!("panic: {words}"))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_s_words_are_kept_for_the_log() {
        let response = panicked(Box::new("the secret of the heap"));
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let cause = response.extensions().get::<crate::error::Cause>();
        assert!(cause.is_some_and(|cause| cause.0.to_string().contains("the secret of the heap")));
        let sketch = response.extensions().get::<crate::error::Sketch>();
        let problem = sketch.map(|sketch| format!("{:?}", sketch.0));
        assert!(problem.is_some_and(|text| !text.contains("secret")));
    }
}
