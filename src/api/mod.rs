//! The calls to the server, one file per area, one function per endpoint.
//!
//! This room must not know pages, widgets or signals: it turns a call into an answer or an error.

pub mod account;
pub mod audit;
pub mod changes;
mod client;
pub mod demo;
pub mod documents;
pub mod enterprise;
mod error;
pub mod forgotten;
pub mod help;
mod json;
pub mod lock;
pub mod mfa;
pub mod operators;
pub mod proof;
pub mod providers;
pub mod registration;
pub mod security;
pub mod session;
mod upload;
pub mod verification;

pub use error::{ApiError, Refused, WrongField};
