//! What happens around every handler. Must not know any of them.

pub(crate) mod headers;
pub(crate) mod idempotency;
pub(crate) mod record;
