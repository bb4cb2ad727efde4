//! Sends a file and tells how far it is, which `fetch` cannot. Otherwise as `client`: key, time limit,
//! and what an answer means. Must not know what the file is for.

use std::cell::Cell;
use std::rc::Rc;

use contract::endpoints::Endpoint;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

use super::{ApiError, client};

/// After this many milliseconds without an answer the server counts as unreachable; it gives up then too.
const TIME_LIMIT: u32 = 600_000;

/// A file on its way.
pub struct Transfer {
    request: XmlHttpRequest,
    was_cancelled: Rc<Cell<bool>>,
    /// The browser calls it while the file is on its way.
    _progress: Closure<dyn Fn(ProgressEvent)>,
}

/// Why a file has brought no answer.
#[derive(Clone, Debug)]
pub enum NotSent {
    /// The person has called it back.
    Cancelled,
    /// A call has failed.
    Failed(ApiError),
}

impl Transfer {
    /// Stops the sending. The server keeps nothing of what it has so far.
    pub fn cancel(&self) {
        self.was_cancelled.set(true);
        // It fails only when nothing is being sent.
        let _ = self.request.abort();
    }
}

/// Sends a file to an endpoint with these query parameters; `on_progress` is told the part that has left,
/// in whole percent. The sending begins at once; the future brings the answer's text.
///
/// # Errors
/// When the browser cannot send at all.
pub(super) fn send(
    endpoint: Endpoint,
    query: &[(&str, &str)],
    file: &File,
    on_progress: Box<dyn Fn(u32)>,
) -> Result<
    (
        Transfer,
        impl Future<Output = Result<String, NotSent>> + use<>,
    ),
    ApiError,
> {
    let path = address(endpoint, query);
    // The same file again after no answer is the same request (API-3).
    let what = format!("{} {} {}", file.name(), file.size(), file.last_modified());
    let key = client::key_for(&path, &what);
    let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() {
            on_progress(percent(event.loaded(), event.total()));
        }
    });
    let begun = begin(endpoint, &path, &key, file, &progress);
    let (request, ended) = begun.map_err(|_| ApiError::Unreachable)?;
    let was_cancelled = Rc::<Cell<bool>>::default();
    let transfer = Transfer {
        request: request.clone(),
        was_cancelled: Rc::clone(&was_cancelled),
        _progress: progress,
    };
    let answer = async move {
        // It ends in any case, and the status says how.
        let _ = JsFuture::from(ended).await;
        let status = request.status().unwrap_or_default();
        if status == 0 {
            if was_cancelled.get() {
                return Err(NotSent::Cancelled);
            }
            client::remember_unanswered(path, what, key);
            return Err(NotSent::Failed(ApiError::Unreachable));
        }
        client::forget_unanswered();
        let text = request.response_text().ok().flatten().unwrap_or_default();
        if (200..300).contains(&status) {
            Ok(text)
        } else {
            Err(NotSent::Failed(ApiError::from_answer(status, &text)))
        }
    };
    Ok((transfer, answer))
}

fn begin(
    endpoint: Endpoint,
    path: &str,
    key: &str,
    file: &File,
    progress: &Closure<dyn Fn(ProgressEvent)>,
) -> Result<(XmlHttpRequest, Promise), JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open(endpoint.method.as_str(), path)?;
    request.set_timeout(TIME_LIMIT);
    request.set_request_header("accept", "application/json")?;
    // What it is, the content says.
    request.set_request_header("content-type", "application/octet-stream")?;
    request.set_request_header("idempotency-key", key)?;
    request
        .upload()?
        .set_onprogress(Some(progress.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve: Function, _| {
        request.set_onloadend(Some(&resolve));
    });
    request.send_with_opt_blob(Some(file))?;
    Ok((request, ended))
}

fn address(endpoint: Endpoint, query: &[(&str, &str)]) -> String {
    let mut address = endpoint.path.to_owned();
    for (index, (name, value)) in query.iter().enumerate() {
        let value = String::from(js_sys::encode_uri_component(value));
        let mark = if index == 0 { "?" } else { "&" };
        address.push_str(&[mark, name, "=", &value].concat());
    }
    address
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 100"
)]
fn percent(loaded: f64, total: f64) -> u32 {
    if total <= 0.0 {
        return 0;
    }
    (loaded / total * 100.0).clamp(0.0, 100.0) as u32
}
