//! A stand-in for the browser's `XMLHttpRequest`, for files on their way.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::window;

/// Each request waits until the test says what becomes of it, by [`progress`], [`answer`] or [`breaks`].
const STAND_IN: &str = r"
window.sentFiles = [];
window.XMLHttpRequest = class {
  constructor() { this.upload = {}; this.headers = {}; this.status = 0; this.responseText = ''; }
  open(method, path) { this.method = method; this.path = path; }
  setRequestHeader(name, value) { this.headers[name] = value; }
  send(file) { this.file = file; window.sentFiles.push(this); }
  abort() { this.wasAborted = true; this.finish(0, ''); }
  finish(status, text) {
    if (this.isOver) return;
    this.isOver = true; this.status = status; this.responseText = text; this.onloadend();
  }
};
";

/// Stands in from now on, and forgets what was sent.
pub(crate) fn start() {
    let start = Function::new_no_args(STAND_IN);
    start.call0(&JsValue::NULL).unwrap();
}

fn sent() -> js_sys::Array {
    let sent = Reflect::get(&window().unwrap(), &"sentFiles".into());
    sent.unwrap().unchecked_into()
}

/// How many files were sent.
pub(crate) fn count() -> u32 {
    sent().length()
}

fn newest() -> JsValue {
    let sent = sent();
    sent.get(sent.length() - 1)
}

/// A property of the newest request.
pub(crate) fn told(name: &str) -> String {
    let value = Reflect::get(&newest(), &name.into()).unwrap();
    value.as_string().unwrap_or_default()
}

/// Whether the newest request was called back.
pub(crate) fn was_aborted() -> bool {
    let value = Reflect::get(&newest(), &"wasAborted".into()).unwrap();
    value.is_truthy()
}

/// The newest request's key (API-3).
pub(crate) fn key() -> String {
    let headers = Reflect::get(&newest(), &"headers".into()).unwrap();
    let key = Reflect::get(&headers, &"idempotency-key".into()).unwrap();
    key.as_string().unwrap()
}

/// So many of a hundred bytes have left.
pub(crate) fn progress(loaded: u32) {
    let tell = Function::new_with_args(
        "request, loaded",
        "request.upload.onprogress(new ProgressEvent('progress', \
         { lengthComputable: true, loaded, total: 100 }))",
    );
    tell.call2(&JsValue::NULL, &newest(), &loaded.into())
        .unwrap();
}

/// The server answers.
pub(crate) fn answer(status: u16, text: &str) {
    let tell = Function::new_with_args("request, status, text", "request.finish(status, text)");
    tell.call3(&JsValue::NULL, &newest(), &status.into(), &text.into())
        .unwrap();
}

/// The line is cut.
pub(crate) fn breaks() {
    answer(0, "");
}
