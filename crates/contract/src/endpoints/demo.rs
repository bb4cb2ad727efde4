//! What only the demo has.

use super::{Audit, Endpoint, Method, READS, Who};

/// Shows every message that the demo sent.
pub const DEMO_OUTBOX: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/demo/outbox",
    who: Who::Demo,
    audit: READS,
};

/// Moves the demo's clock forward.
pub const DEMO_MOVE_CLOCK: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/demo/clock",
    who: Who::Demo,
    audit: Audit::Nothing("the demo's clock belongs to no account"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[DEMO_OUTBOX, DEMO_MOVE_CLOCK];
