//! The help centre.

use super::{Endpoint, Method, READS, Who};

/// Every answer in one language, `zh` or `en` (HLP-1).
pub const GET_HELP: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/help/{language}",
    who: Who::Anyone("help is for whoever cannot get in, too"),
    audit: READS,
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[GET_HELP];
