//! The app in a headless browser, against a server that is a list of answers. Knows what a person
//! does and sees; must not know how the app is built inside.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod account;
mod account_changes;
mod announce;
mod api;
mod documents;
#[cfg(feature = "parity")]
mod domain;
mod forgotten;
mod identity;
mod mfa;
mod registration;
mod security;
mod session;
mod sign_in;
mod support;
mod text;
mod ui;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
