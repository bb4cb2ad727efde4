//! The server through `build_app`, on SQLite and on PostgreSQL. Knows what callers see and what rows
//! say; does not know how a handler does it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test, a failure is the message"
)]

mod audit_chain;
mod audit_coverage;
mod auth_coverage;
mod change_races;
mod desk;
mod document_storage;
mod face;
mod hostile;
mod institutions;
mod joining_races;
mod mfa_races;
mod openapi;
mod outside;
mod platform;
mod production;
mod providers;
mod races;
mod races_enterprise;
mod races_security;
mod routes;
mod sign_in_races;
mod store;
mod subjects;
mod support;
