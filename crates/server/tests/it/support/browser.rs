//! A caller with a cookie jar that sends what browsers send.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use bytes::Bytes;
use contract::endpoints::{Endpoint, SIGN_IN};
use contract::problem::Problem;
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// One browser.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self {
            router,
            cookies: BTreeMap::new(),
            headers: vec![("sec-fetch-site".to_owned(), "same-origin".to_owned())],
        }
    }

    /// The same browser sending this header from now on, in place of its own of that name.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.retain(|(known, _)| known != name);
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    /// The same browser without a header.
    pub(crate) fn without(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.headers.retain(|(known, _)| known != name);
        other
    }

    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.call(&SIGN_IN, json!({ "email": email, "password": password }))
            .await
    }

    /// Calls an endpoint with a JSON body; `null` stands for none.
    pub(crate) async fn call(&mut self, endpoint: &Endpoint, body: Value) -> Answer {
        let method = endpoint.method.as_str();
        self.send_json(method, endpoint.path, body).await
    }

    /// Calls a path with a JSON body; `null` stands for none.
    pub(crate) async fn send_json(&mut self, method: &str, path: &str, body: Value) -> Answer {
        if body.is_null() {
            return self.send(method, path, Body::empty()).await;
        }
        self.with("content-type", "application/json")
            .send_into(method, path, Body::from(body.to_string()), self)
            .await
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, Body::empty()).await
    }

    pub(crate) async fn send(&mut self, method: &str, path: &str, body: Body) -> Answer {
        self.clone().send_into(method, path, body, self).await
    }

    /// Sends as `self`, keeps the cookies in `keeper`.
    async fn send_into(&self, method: &str, path: &str, body: Body, keeper: &mut Self) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if self.headers.iter().all(|(name, _)| name != "host") {
            request = request.header("host", "account.example");
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<_> = self
                .cookies
                .iter()
                .map(|(k, v)| format!("{k}={v}"))
                .collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        let request = request.body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let answer = Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
        };
        keeper.keep_cookies(&answer);
        answer
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for value in answer.headers.get_all(header::SET_COOKIE) {
            let text = value.to_str().unwrap();
            let (name, rest) = text.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Answer {
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!(
                "{} is not what was expected: {error}: {}",
                self.status,
                self.text()
            )
        })
    }

    /// The problem document that every failure is (API-1).
    pub(crate) fn problem(&self) -> Problem {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: Problem = self.json();
        assert_eq!(problem.status, self.status);
        assert_eq!(problem.request_id, self.header("x-request-id"));
        assert!(!problem.request_id.is_empty());
        problem
    }

    /// The kind of the problem, without the part that all have.
    pub(crate) fn kind(&self) -> String {
        let problem = self.problem();
        problem.kind.strip_prefix("/problems/").unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
