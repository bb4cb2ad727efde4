//! A server that is a list of answers, in place of the browser's `fetch`.

use std::cell::RefCell;

use contract::endpoints::Endpoint;
use contract::problem::Problem;
use js_sys::{Function, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{Headers, RequestInit, Response, ResponseInit};

/// A call that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) body: String,
    pub(crate) key: Option<String>,
}

struct Planned {
    method: &'static str,
    path: &'static str,
    answer: Answer,
    /// It was given already, and stays only until another is planned.
    was_given: bool,
}

#[derive(Clone)]
enum Answer {
    Text(u16, String),
    None,
}

#[derive(Default)]
struct State {
    planned: Vec<Planned>,
    calls: Vec<Call>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Forgets all plans and calls, and stands in for `fetch` from now on.
pub(crate) fn start() {
    STATE.set(State::default());
    let fetch = Closure::<dyn Fn(String, RequestInit) -> Promise>::new(|path: String, init| {
        answer(&path, &init)
    });
    Reflect::set(&web_sys::window().unwrap(), &"fetch".into(), fetch.as_ref()).unwrap();
    fetch.forget();
}

/// The next call of this endpoint that has no plan yet gets this answer; the last plan stays.
pub(crate) fn answers(endpoint: Endpoint, body: &impl Serialize) {
    plan(
        endpoint,
        Answer::Text(200, serde_json::to_string(body).unwrap()),
    );
}

/// … gets success and no body.
pub(crate) fn accepts(endpoint: Endpoint) {
    plan(endpoint, Answer::Text(204, String::new()));
}

/// … gets this problem.
pub(crate) fn refuses(endpoint: Endpoint, problem: &Problem) {
    let body = serde_json::to_string(problem).unwrap();
    plan(endpoint, Answer::Text(problem.status, body));
}

/// … gets no answer at all.
pub(crate) fn is_unreachable(endpoint: Endpoint) {
    plan(endpoint, Answer::None);
}

/// Every call of this endpoint so far.
pub(crate) fn calls(endpoint: Endpoint) -> Vec<Call> {
    let is_it =
        |call: &&Call| call.method == endpoint.method.as_str() && is_at(&call.path, endpoint.path);
    STATE.with_borrow(|state| state.calls.iter().filter(is_it).cloned().collect())
}

fn plan(endpoint: Endpoint, answer: Answer) {
    let (method, path) = (endpoint.method.as_str(), endpoint.path);
    STATE.with_borrow_mut(|state| {
        let is_over =
            |plan: &Planned| plan.was_given && plan.method == method && is_at(path, plan.path);
        state.planned.retain(|plan| !is_over(plan));
        state.planned.push(Planned {
            method,
            path,
            answer,
            was_given: false,
        });
    });
}

/// Whether a call went to this path, which may have `{name}` for one part.
fn is_at(path: &str, planned: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    contract::pages::matches(path, planned)
}

/// The first plan that was not carried out yet, else the last one again.
fn next(planned: &mut [Planned], method: &str, path: &str) -> Option<Answer> {
    let is_it = |plan: &&mut Planned| plan.method == method && is_at(path, plan.path);
    let mut last = None;
    for plan in planned.iter_mut().filter(is_it) {
        last = Some(plan.answer.clone());
        if !plan.was_given {
            plan.was_given = true;
            break;
        }
    }
    last
}

fn answer(path: &str, init: &RequestInit) -> Promise {
    let method = Reflect::get(init, &"method".into()).unwrap();
    let method = method.as_string().unwrap();
    let body = Reflect::get(init, &"body".into()).unwrap().as_string();
    let headers: Headers = Reflect::get(init, &"headers".into())
        .unwrap()
        .unchecked_into();
    let key = headers.get("idempotency-key").unwrap();
    let planned = STATE.with_borrow_mut(|state| {
        state.calls.push(Call {
            method: method.clone(),
            path: path.to_owned(),
            body: body.unwrap_or_default(),
            key,
        });
        next(&mut state.planned, &method, path)
    });
    let (status, text) = match planned {
        Some(Answer::Text(status, text)) => (status, text),
        Some(Answer::None) => (0, String::new()),
        // Told apart from everything that a test plans.
        None => (418, format!("nobody planned an answer to {method} {path}")),
    };
    // A server takes its time, which is when people click again.
    Promise::new(&mut |resolve: Function, reject: Function| {
        let text = text.clone();
        let reply = Closure::once_into_js(move || {
            if status == 0 {
                reject.call1(&JsValue::NULL, &"no network".into()).unwrap();
            } else {
                let init = ResponseInit::new();
                init.set_status(status);
                let text = (status != 204).then_some(text.as_str());
                let response = Response::new_with_opt_str_and_init(text, &init).unwrap();
                resolve.call1(&JsValue::NULL, &response).unwrap();
            }
        });
        web_sys::window()
            .unwrap()
            .set_timeout_with_callback_and_timeout_and_arguments_0(reply.unchecked_ref(), 20)
            .unwrap();
    })
}
