//! A forgotten password (SGN-7).

use super::{Audit, Endpoint, Method, Who};

const NOBODY_PROVED: Audit =
    Audit::Nothing("nobody has proved yet to whom it belongs, and nothing of theirs changes");

/// Sends a code for a new password to a login e-mail or a security phone; the answer is the same when
/// nobody has it (SGN-7, FND-5).
pub const SEND_RESET_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/forgotten/code",
    who: Who::Anyone("who forgot the password cannot sign in"),
    audit: NOBODY_PROVED,
};

/// Shows who answered the code the accounts that are reached there, masked, and their ways out
/// (SGN-7, SGN-10). The code stays good for the new password.
pub const FIND_RESET_ACCOUNTS: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/forgotten/accounts",
    who: Who::Anyone("who forgot the password cannot sign in"),
    audit: NOBODY_PROVED,
};

/// Sets a new password by the code (SGN-6, SGN-7).
pub const RESET_PASSWORD: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/forgotten",
    who: Who::Anyone("who forgot the password cannot sign in"),
    audit: Audit::Event("password_reset"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[SEND_RESET_CODE, FIND_RESET_ACCOUNTS, RESET_PASSWORD];
