//! Locking an account from a notice, and unlocking it (ACC-14).

use super::{Audit, Endpoint, Method, Who};

const NOBODY_PROVED: Audit =
    Audit::Nothing("nobody has proved yet to whom it belongs, and nothing of theirs changes");

/// Locks an account by the link of a notice (ACC-14). Only this call does: opening the page changes
/// nothing, since mail filters open every link.
pub const LOCK: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/lock",
    who: Who::Anyone(
        "whoever has the notice may lock; a thief may have ended the owner's sessions",
    ),
    audit: Audit::Event("account_locked"),
};

/// Sends a code for unlocking to a security phone or security e-mail; the answer is the same when nobody
/// has it (ACC-14, FND-5).
pub const SEND_UNLOCK_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/unlock/code",
    who: Who::Anyone("nobody signs in to a locked account"),
    audit: NOBODY_PROVED,
};

/// Shows who answered the code the locked accounts that are reached there, masked (ACC-14). The code
/// stays good for unlocking.
pub const FIND_LOCKED_ACCOUNTS: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/unlock/accounts",
    who: Who::Anyone("nobody signs in to a locked account"),
    audit: NOBODY_PROVED,
};

/// Unlocks an account by the code, and sets a new password where it has one (ACC-14).
pub const UNLOCK: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/unlock",
    who: Who::Anyone("nobody signs in to a locked account"),
    audit: Audit::Event("account_unlocked"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[LOCK, SEND_UNLOCK_CODE, FIND_LOCKED_ACCOUNTS, UNLOCK];
