//! The operation audit.

use super::{Endpoint, Method, READS, Who};

/// Shows what the audit log has of the account, 20 a page (OPS-3).
pub const GET_AUDIT: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/audit",
    who: Who::Owner,
    audit: READS,
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[GET_AUDIT];
