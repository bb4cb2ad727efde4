//! The only `fetch` of the app: headers, time limit, idempotency, and what an answer means.
//!
//! Knows HTTP; must not know who asks, nor what a refusal says.

use std::cell::RefCell;

use contract::endpoints::Endpoint;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

use super::ApiError;
use super::json::Json;

/// After this many milliseconds without an answer the server counts as unreachable.
const TIME_LIMIT: u32 = 15_000;

/// A changing call that got no answer, so that nobody knows whether it was carried out.
struct Unanswered {
    path: String,
    body: String,
    key: String,
}

thread_local! {
    /// Remembered so that the person's next try of the same thing carries the same key (API-3).
    static UNANSWERED: RefCell<Option<Unanswered>> = const { RefCell::new(None) };
}

/// Calls an endpoint that reads.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn get<T: DeserializeOwned>(endpoint: Endpoint) -> Result<T, ApiError> {
    decode(&exchange(endpoint, endpoint.path.to_owned(), String::new()).await?)
}

/// Calls an endpoint that reads, with a value for each `{name}` in its path.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn get_at<T: DeserializeOwned>(
    endpoint: Endpoint,
    parts: &[(&str, &str)],
) -> Result<T, ApiError> {
    decode(&exchange(endpoint, path(endpoint, parts), String::new()).await?)
}

/// Calls an endpoint with a body, and with a value for each `{name}` in its path, and reads its answer.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn send_at<T: DeserializeOwned>(
    endpoint: Endpoint,
    parts: &[(&str, &str)],
    body: &impl Serialize,
) -> Result<T, ApiError> {
    decode(&exchange(endpoint, path(endpoint, parts), encode(body)?).await?)
}

/// Calls an endpoint that needs no body, with a value for each `{name}` in its path; what it answers
/// beside success does not matter.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn call_at(endpoint: Endpoint, parts: &[(&str, &str)]) -> Result<(), ApiError> {
    let answer = exchange(endpoint, path(endpoint, parts), String::new()).await;
    answer.map(|_| ())
}

/// Calls an endpoint that reads, with a query parameter.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn get_where<T: DeserializeOwned>(
    endpoint: Endpoint,
    name: &str,
    value: &str,
) -> Result<T, ApiError> {
    get_at_where(endpoint, &[], (name, value)).await
}

/// Calls an endpoint that reads, with a value for each `{name}` in its path and a query parameter.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn get_at_where<T: DeserializeOwned>(
    endpoint: Endpoint,
    parts: &[(&str, &str)],
    (name, value): (&str, &str),
) -> Result<T, ApiError> {
    let value = String::from(js_sys::encode_uri_component(value));
    let path = [&path(endpoint, parts), "?", name, "=", &value].concat();
    decode(&exchange(endpoint, path, String::new()).await?)
}

/// Calls an endpoint with a body, and with a value for each `{name}` in its path; what it answers beside
/// success does not matter.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn send_only_at(
    endpoint: Endpoint,
    parts: &[(&str, &str)],
    body: &impl Serialize,
) -> Result<(), ApiError> {
    let answer = exchange(endpoint, path(endpoint, parts), encode(body)?).await;
    answer.map(|_| ())
}

/// Calls an endpoint with a body and reads its answer.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn send<T: DeserializeOwned>(
    endpoint: Endpoint,
    body: &impl Serialize,
) -> Result<T, ApiError> {
    decode(&exchange(endpoint, endpoint.path.to_owned(), encode(body)?).await?)
}

/// Calls an endpoint with a body; what it answers beside success does not matter.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn send_only(endpoint: Endpoint, body: &impl Serialize) -> Result<(), ApiError> {
    exchange(endpoint, endpoint.path.to_owned(), encode(body)?)
        .await
        .map(|_| ())
}

/// Calls an endpoint that needs no body; what it answers beside success does not matter.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn call(endpoint: Endpoint) -> Result<(), ApiError> {
    exchange(endpoint, endpoint.path.to_owned(), String::new())
        .await
        .map(|_| ())
}

/// Calls an endpoint that needs no body and reads its answer.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn call_for<T: DeserializeOwned>(endpoint: Endpoint) -> Result<T, ApiError> {
    decode(&exchange(endpoint, endpoint.path.to_owned(), String::new()).await?)
}

/// The endpoint's path with a value in the place of each `{name}`.
pub(super) fn path(endpoint: Endpoint, parts: &[(&str, &str)]) -> String {
    let mut path = endpoint.path.to_owned();
    for (name, value) in parts {
        let value = String::from(js_sys::encode_uri_component(value));
        path = path.replace(&["{", name, "}"].concat(), &value);
    }
    path
}

/// Calls an endpoint that needs no body, and takes the answer as the text that it is.
///
/// # Errors
/// As [`ApiError`] tells.
pub(super) async fn text(endpoint: Endpoint) -> Result<String, ApiError> {
    exchange(endpoint, endpoint.path.to_owned(), String::new()).await
}

fn encode(body: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(body).map_err(|_| ApiError::NotAllowed)
}

/// An answer's text as one of `T`.
pub(super) fn decode<T: DeserializeOwned>(answer: &str) -> Result<T, ApiError> {
    // An answer that cannot be read is a fault of ours, not of the person's network.
    let value = Json::parse(answer).and_then(Json::read);
    value.map_err(|_| ApiError::Broken {
        request_id: String::new(),
    })
}

/// Sends and receives; the text of a successful answer.
async fn exchange(endpoint: Endpoint, path: String, body: String) -> Result<String, ApiError> {
    let key = endpoint.method.is_changing().then(|| key_for(&path, &body));
    let Ok((status, answer)) = fetch(endpoint, &path, &body, key.as_deref()).await else {
        if let Some(key) = key {
            remember_unanswered(path, body, key);
        }
        return Err(ApiError::Unreachable);
    };
    if key.is_some() {
        forget_unanswered();
    }
    if (200..300).contains(&status) {
        Ok(answer)
    } else {
        Err(ApiError::from_answer(status, &answer))
    }
}

/// The Idempotency-Key of a call: the one that an unanswered try of the same call had, else a new one.
pub(super) fn key_for(path: &str, body: &str) -> String {
    let same = UNANSWERED.with_borrow(|last| match last {
        Some(last) if last.path == path && last.body == body => Some(last.key.clone()),
        _ => None,
    });
    same.unwrap_or_else(random_key)
}

/// No answer came to this call; the next try of the same has the same key.
pub(super) fn remember_unanswered(path: String, body: String, key: String) {
    UNANSWERED.set(Some(Unanswered { path, body, key }));
}

/// The last call was answered.
pub(super) fn forget_unanswered() {
    UNANSWERED.set(None);
}

/// 128 random bits in hexadecimal.
fn random_key() -> String {
    let mut bytes = [0; 16];
    // Filled also on an address without TLS, where `randomUUID` does not exist. If it fails, the
    // server refuses the repeated key and nothing happens twice.
    if let Ok(crypto) = leptos::prelude::window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Status and text of the answer, or an error when none came.
async fn fetch(
    endpoint: Endpoint,
    path: &str,
    body: &str,
    key: Option<&str>,
) -> Result<(u16, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    let init = RequestInit::new();
    init.set_method(endpoint.method.as_str());
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIME_LIMIT)));
    if !body.is_empty() {
        headers.set("content-type", "application/json")?;
        init.set_body(&JsValue::from_str(body));
    }
    if let Some(key) = key {
        headers.set("idempotency-key", key)?;
    }
    init.set_headers(&headers);
    let window = leptos::prelude::window();
    let answer = JsFuture::from(window.fetch_with_str_and_init(path, &init)).await?;
    let answer: Response = answer.dyn_into()?;
    let text = JsFuture::from(answer.text()?).await?;
    Ok((answer.status(), text.as_string().unwrap_or_default()))
}
