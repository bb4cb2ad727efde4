//! Signing in, who is signed in, signing out.

use super::{Audit, Endpoint, Method, READS, Who};

/// Signs an owner in by e-mail and password (SGN-1).
pub const SIGN_IN: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/session",
    who: Who::Anyone("signing in is how one becomes somebody"),
    audit: Audit::Event("signed_in"),
};

/// Tells who is signed in, and until when (SGN-13).
pub const GET_SESSION: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/session",
    who: Who::Anyone("the answer to nobody is that nobody is signed in"),
    audit: READS,
};

/// Signs out; also with a session that has ended already.
pub const SIGN_OUT: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/session",
    who: Who::Anyone("a session that has ended on the server must still end in the browser"),
    audit: Audit::Event("signed_out"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[SIGN_IN, GET_SESSION, SIGN_OUT];
