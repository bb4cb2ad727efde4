//! The OpenAPI document of the interface (API-1), made from the handlers' own descriptions.
//! Must not know how they work.

use axum::Json;
use contract::endpoints;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::cookies;

use crate::handlers;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Account centre",
        description = "Times are milliseconds since the Unix epoch. Failures are problem documents \
                       (RFC 9457). docs/api.md tells the rest."
    ),
    paths(describe),
    modifiers(&SessionCookie)
)]
struct Description;

/// What the handlers' `security(("session" = []))` and `security(("operator" = []))` mean.
struct SessionCookie;

impl Modify for SessionCookie {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let cookie = ApiKey::Cookie(ApiKeyValue::new(cookies::SESSION));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
        let cookie = ApiKey::Cookie(ApiKeyValue::new(cookies::OPERATOR));
        components.add_security_scheme("operator", SecurityScheme::ApiKey(cookie));
    }
}

/// Describes the interface.
#[utoipa::path(
    get, path = endpoints::OPENAPI.path, tag = "interface", operation_id = "describe",
    responses((status = 200, description = "This document", content_type = "application/json"))
)]
pub async fn describe() -> Json<utoipa::openapi::OpenApi> {
    let mut document = Description::openapi();
    for area in [
        handlers::account::Description::openapi(),
        handlers::audit::Description::openapi(),
        handlers::captcha::Description::openapi(),
        handlers::changes::Description::openapi(),
        handlers::demo::Description::openapi(),
        handlers::documents::Description::openapi(),
        handlers::enterprise::Description::openapi(),
        handlers::forgotten::Description::openapi(),
        handlers::help::Description::openapi(),
        handlers::legal::Description::openapi(),
        handlers::lock::Description::openapi(),
        handlers::mfa::Description::openapi(),
        handlers::operators::Description::openapi(),
        handlers::proof::Description::openapi(),
        handlers::providers::Description::openapi(),
        handlers::registration::Description::openapi(),
        handlers::scans::Description::openapi(),
        handlers::security::Description::openapi(),
        handlers::session::Description::openapi(),
        handlers::verification::Description::openapi(),
    ] {
        document.merge(area);
    }
    Json(document)
}
