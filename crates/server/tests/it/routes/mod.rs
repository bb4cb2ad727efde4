//! What callers see, one file per area, as in `src/handlers`; and what all areas have in common.

mod account;
mod demo;
mod failures;
mod forgotten;
mod idempotency;
mod lock;
mod mfa;
mod providers;
mod registration;
mod session;
mod site;
