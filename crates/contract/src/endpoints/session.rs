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

/// Signs a sub-user in by its root's account id, its name and its password (SGN-14).
pub const SIGN_IN_SUB_USER: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/session/sub-user",
    who: Who::Anyone("signing in is how one becomes somebody"),
    audit: Audit::Event("sub_user_signed_in"),
};

/// Tells what the second step of a sign-in that was begun in this browser asks for (SGN-2, SGN-3).
pub const GET_SECOND_STEP: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/session/step",
    who: Who::Anyone("the first proof was given, and nobody is signed in yet"),
    audit: READS,
};

/// Sends a code for the second step (PRT-1, CON-12).
pub const SEND_SECOND_STEP_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/session/step/code",
    who: Who::Anyone("the first proof was given, and nobody is signed in yet"),
    audit: Audit::Event("second_step_code_sent"),
};

/// Gives the second proof and signs in (SGN-2).
pub const PASS_SECOND_STEP: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/session/step",
    who: Who::Anyone("the first proof was given, and nobody is signed in yet"),
    audit: Audit::Event("signed_in"),
};

/// Gives a sign-in up that waits for its second proof; also one that is over already.
pub const GIVE_UP_SECOND_STEP: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/session/step",
    who: Who::Anyone("the first proof was given, and nobody is signed in yet"),
    audit: Audit::Event("second_step_given_up"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    SIGN_IN,
    GET_SESSION,
    SIGN_OUT,
    SIGN_IN_SUB_USER,
    GET_SECOND_STEP,
    SEND_SECOND_STEP_CODE,
    PASS_SECOND_STEP,
    GIVE_UP_SECOND_STEP,
];
