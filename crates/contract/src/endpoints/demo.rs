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

/// Shows who can be chosen on the demo's phone.
pub const DEMO_PEOPLE: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/demo/people/{kind}",
    who: Who::Demo,
    audit: READS,
};

/// Confirms or cancels on the demo's phone, as one of its people.
pub const DEMO_ANSWER_PHONE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/demo/phone",
    who: Who::Demo,
    audit: Audit::Nothing("the demo's phone belongs to no account"),
};

/// Has the demo's camera look at a face.
pub const DEMO_LOOK: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/demo/face",
    who: Who::Demo,
    audit: Audit::Nothing("the demo's camera belongs to no account"),
};

/// Sets what the demo's platform says of an account.
pub const DEMO_SET_PLATFORM: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/demo/platform",
    who: Who::Demo,
    audit: Audit::Nothing("the demo's platform is no account's doing"),
};

/// Shows the codes that the apps of the demo's operators show at this moment of the demo's clock, which a
/// real app does not know.
pub const DEMO_OPERATOR_CODES: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/demo/operator-codes",
    who: Who::Demo,
    audit: READS,
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    DEMO_OUTBOX,
    DEMO_MOVE_CLOCK,
    DEMO_PEOPLE,
    DEMO_ANSWER_PHONE,
    DEMO_LOOK,
    DEMO_SET_PLATFORM,
    DEMO_OPERATOR_CODES,
];
