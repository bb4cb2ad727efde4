//! The rule book: what may be done, by whom, when, with which numbers, and why not.
//!
//! Everything here is a value or a pure function and compiles to the browser and to the server.
//! This crate must not know: clocks, randomness, input or output, HTTP, SQL, Leptos, and
//! sentences a person reads (those live in the browser app's `text`).

pub mod account;
pub mod appeals;
pub mod audit;
pub mod calendar;
pub mod contacts;
pub mod deregistration;
pub mod find;
pub mod handover;
pub mod idempotency;
pub mod identity;
pub mod login_methods;
pub mod masked;
pub mod mfa;
pub mod operators;
pub mod policy;
pub mod projects;
pub mod protection;
pub mod refusal;
pub mod registration;
pub mod rule;
pub mod search;
pub mod sign_in;
pub mod time;
pub mod users;
pub mod verification;
