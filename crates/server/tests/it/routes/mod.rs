//! What callers see, one file per area, as in `src/handlers`; and what all areas have in common.

mod account;
mod demo;
mod failures;
mod idempotency;
mod proof;
mod security;
mod session;
mod site;
