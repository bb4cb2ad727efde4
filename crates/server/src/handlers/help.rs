//! The help centre (HLP-1).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use contract::endpoints;
use contract::help::Help;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::language::Language;
use crate::routes::Routes;
use crate::state::App;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(get_help))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_HELP, get_help);
}

/// Every answer in one language (HLP-1).
#[utoipa::path(
    get, path = endpoints::GET_HELP.path, tag = "help", operation_id = "get_help",
    params(("language" = String, Path, description = "`zh` or `en`")),
    responses((status = 200, body = Help), (status = 404, description = "No such language"))
)]
pub async fn get_help(
    State(app): State<Arc<App>>,
    Path(language): Path<String>,
) -> Result<Json<Help>, ApiError> {
    let language = Language::from_code(&language).ok_or(ApiError::NotFound)?;
    Ok(Json(app.help.of(language).clone()))
}
