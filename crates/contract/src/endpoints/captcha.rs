//! Showing that a person is there (SGN-1).

use super::{Audit, Endpoint, Method, READS, Who};

/// Gives a puzzle that the browser solves by itself.
pub const GET_CAPTCHA: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/captcha/{purpose}",
    who: Who::Anyone("a puzzle is given to whoever is not signed in"),
    audit: READS,
};

/// Sends a code to the typed e-mail in the place of a puzzle, if an account signs in with it (CON-12).
pub const SEND_CAPTCHA_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/captcha/code",
    who: Who::Anyone("it is for whoever is not signed in, and tells nobody who is known"),
    audit: Audit::Nothing("the code opens nothing by itself, and nobody's account is changed"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[GET_CAPTCHA, SEND_CAPTCHA_CODE];
