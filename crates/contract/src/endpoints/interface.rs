//! The description of the interface.

use super::{Endpoint, Method, READS, Who};

/// The OpenAPI document of this very table (API-1).
pub const OPENAPI: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/openapi.json",
    who: Who::Anyone("the description of the interface is public"),
    audit: READS,
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[OPENAPI];
