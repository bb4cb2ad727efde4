//! The cookies this server sets and reads. Knows their names and flags; not what they open.
//!
//! Ours carry the prefix `__Host-`: the browser takes them only over a secure connection (or from
//! the machine itself), for this host alone and for all of its paths.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use domain::time::Span;

use crate::language::Language;

/// Holds the session's token.
pub const SESSION: &str = "__Host-session";
/// Holds the token by which a browser is known again; opens nothing.
pub const DEVICE: &str = "__Host-device";
/// Holds the token of an identity that was proved in this browser and waits for the person's choice.
pub const SEEN: &str = "__Host-seen";
/// Holds the token of a sign-in that waits for its second proof.
pub const STEP: &str = "__Host-step";
/// Holds the token of an operator's session, which has nothing to do with an owner's (OPS-1).
pub const OPERATOR: &str = "__Host-operator";
/// The language a person chose, `zh` or `en`; set by the browser app.
pub const LANGUAGE: &str = "lang";

/// How long a browser is known again, 400 days: the longest that browsers keep a cookie.
pub const DEVICE_LIFE: Span = Span::from_days(400);

/// A session's token, for as long as the browser runs; the server decides when it ends.
#[must_use]
pub fn session(token: String) -> Cookie<'static> {
    locked(SESSION, token)
}

/// Takes the session's token from the browser.
#[must_use]
pub fn no_session() -> Cookie<'static> {
    gone(SESSION)
}

/// The token of a sign-in that waits for its second proof; the server decides until when.
#[must_use]
pub fn step(token: String) -> Cookie<'static> {
    locked(STEP, token)
}

/// Takes the token of such a sign-in from the browser.
#[must_use]
pub fn no_step() -> Cookie<'static> {
    gone(STEP)
}

/// The token of an identity that was just proved; the server decides how long it counts.
#[must_use]
pub fn seen(token: String) -> Cookie<'static> {
    locked(SEEN, token)
}

/// Takes the token of a proved identity from the browser, since it was used.
#[must_use]
pub fn no_seen() -> Cookie<'static> {
    gone(SEEN)
}

/// The token of an operator's session, for as long as the browser runs; the server decides when it ends.
/// Unlike an owner's it is never sent along from another site's link: the desk has no letters to come
/// from.
#[must_use]
pub fn operator(token: String) -> Cookie<'static> {
    let mut cookie = locked(OPERATOR, token);
    cookie.set_same_site(SameSite::Strict);
    cookie
}

/// Takes the token of an operator's session from the browser.
#[must_use]
pub fn no_operator() -> Cookie<'static> {
    gone(OPERATOR)
}

/// A browser's token.
#[must_use]
pub fn device(token: String) -> Cookie<'static> {
    let mut cookie = locked(DEVICE, token);
    cookie.set_max_age(time::Duration::milliseconds(DEVICE_LIFE.as_millis()));
    cookie
}

/// The value of a cookie, unless it is empty or longer than any of ours.
#[must_use]
pub fn value<'a>(jar: &'a CookieJar, name: &str) -> Option<&'a str> {
    let value = jar.get(name)?.value();
    (!value.is_empty() && value.len() <= 128).then_some(value)
}

/// The language that was chosen in this browser.
#[must_use]
pub fn language(jar: &CookieJar) -> Option<Language> {
    Language::from_code(value(jar, LANGUAGE)?)
}

fn gone(name: &'static str) -> Cookie<'static> {
    let mut cookie = locked(name, String::new());
    cookie.set_max_age(time::Duration::ZERO);
    cookie.set_expires(time::OffsetDateTime::UNIX_EPOCH);
    cookie
}

fn locked(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}
