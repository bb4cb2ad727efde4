//! What callers see, one file per area, as in `src/handlers`; and what all areas have in common.

mod account;
mod demo;
mod failures;
mod idempotency;
mod mfa;
mod session;
mod site;
