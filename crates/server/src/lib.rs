//! The account centre's server: one binary, SQLite or PostgreSQL.
//!
//! [`build_app`] makes the whole HTTP service from an [`state::App`]; the program and every test
//! use it, so that what is tested is what runs. Rules are in `domain`, bodies and addresses in
//! `contract`; this crate parses, loads, asks the rules, writes, and answers.

pub mod accounts;
pub mod assets;
pub mod captcha;
pub mod config;
pub mod cookies;
pub mod demo;
pub mod documents;
pub mod error;
pub mod extract;
pub mod flows;
pub mod handlers;
pub mod help;
pub mod housekeeping;
pub mod language;
pub mod legal;
pub mod letters;
mod middleware;
pub mod openapi;
pub mod operators;
pub mod outside;
pub mod passwords;
pub mod postman;
pub mod recovery;
pub mod rounds;
mod routes;
pub mod serve;
pub mod state;
pub mod store;
pub mod totp;
pub mod user_agent;
pub mod vault;
pub mod webauthn;

pub use routes::build_app;
