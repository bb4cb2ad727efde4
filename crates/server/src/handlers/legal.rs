//! The texts to agree to (REG-7).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::endpoints;
use contract::registration::LegalText;
use utoipa::OpenApi;

use crate::routes::Routes;
use crate::state::App;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(get_terms, get_privacy))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_TERMS, get_terms);
    routes.add(&endpoints::GET_PRIVACY, get_privacy);
}

/// The terms in force (REG-7).
#[utoipa::path(
    get, path = endpoints::GET_TERMS.path, tag = "legal", operation_id = "get_terms",
    responses((status = 200, body = LegalText))
)]
pub async fn get_terms(State(app): State<Arc<App>>) -> Json<LegalText> {
    Json(app.legal.terms.clone())
}

/// The privacy text in force (REG-7).
#[utoipa::path(
    get, path = endpoints::GET_PRIVACY.path, tag = "legal", operation_id = "get_privacy",
    responses((status = 200, body = LegalText))
)]
pub async fn get_privacy(State(app): State<Arc<App>>) -> Json<LegalText> {
    Json(app.legal.privacy.clone())
}
