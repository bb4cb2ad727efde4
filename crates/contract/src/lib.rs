//! What browser and server say to each other: endpoints, bodies, problem documents, page addresses.
//!
//! This crate must not know: how the server answers or how the browser shows it.

pub mod account;
pub mod audit;
pub mod captcha;
pub mod changes;
pub mod codes;
pub mod demo;
pub mod documents;
pub mod endpoints;
pub mod enterprise;
pub mod forgotten;
pub mod help;
pub mod lock;
pub mod mfa;
pub mod operators;
pub mod pages;
pub mod problem;
pub mod proof;
pub mod providers;
pub mod registration;
pub mod security;
pub mod session;
pub mod verification;
