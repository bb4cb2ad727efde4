//! Every failure is a problem document (API-1), whichever layer it comes from.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use contract::endpoints::SIGN_IN;
use futures_util::stream;
use serde_json::json;

use crate::support::Bench;

#[tokio::test]
async fn api_1_every_refused_request_gets_a_problem_document() {
    let bench = Bench::sqlite().await;
    let json = bench.browser().with("content-type", "application/json");
    let text = bench.browser().with("content-type", "text/plain");
    let good = r#"{"email":"a@mail.example","password":"x"}"#;
    let session = SIGN_IN.path;
    for (browser, method, path, body, status, kind) in [
        (&json, "POST", session, "", 400, "malformed_request"),
        (&json, "POST", session, "{", 400, "malformed_request"),
        (&json, "POST", session, "[]", 400, "malformed_request"),
        (
            &json,
            "POST",
            session,
            r#"{"email":1}"#,
            400,
            "malformed_request",
        ),
        (
            &json,
            "POST",
            session,
            r#"{"email":"a","password":"b","x":1}"#,
            400,
            "malformed_request",
        ),
        (
            &json,
            "POST",
            session,
            "\u{feff}{}",
            400,
            "malformed_request",
        ),
        (&text, "POST", session, good, 415, "not_json"),
        (&json, "PATCH", session, good, 405, "method_not_allowed"),
        (&json, "POST", "/api", good, 404, "not_found"),
        (&json, "GET", "/api/v1", "", 404, "not_found"),
        (&json, "GET", "/api/v1/nothing", "", 404, "not_found"),
        (&json, "GET", "/api/v2/session", "", 404, "not_found"),
        (&json, "GET", "/api/v1/session/", "", 404, "not_found"),
        (&json, "GET", "/api/v1/account", "", 401, "sign_in_required"),
        (
            &json,
            "PUT",
            "/api/v1/account/nickname",
            "{",
            401,
            "sign_in_required",
        ),
        (&json, "POST", "/account", "", 405, "method_not_allowed"),
    ] {
        let answer = browser
            .clone()
            .send(method, path, Body::from(body.to_owned()))
            .await;
        assert_eq!(
            (answer.status, &*answer.kind()),
            (status, kind),
            "{method} {path} {body}"
        );
    }
}

#[tokio::test]
async fn api_1_a_method_that_is_not_allowed_is_told_which_ones_are() {
    let bench = Bench::sqlite().await;
    let answer = bench
        .browser()
        .send("PUT", SIGN_IN.path, Body::empty())
        .await;
    assert_eq!(answer.status, 405);
    for method in ["GET", "POST", "DELETE"] {
        assert!(
            answer.header("allow").contains(method),
            "{}",
            answer.header("allow")
        );
    }
    let answer = bench.browser().send("DELETE", "/", Body::empty()).await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET,HEAD"));
}

/// The limit holds whether or not the length was announced.
#[tokio::test]
async fn v_40_a_body_longer_than_allowed_is_413_and_the_longest_allowed_is_read() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser().with("content-type", "application/json");
    let empty = json!({ "email": "a@mail.example", "password": "" }).to_string();
    let padded = |length: usize| format!("{empty}{}", " ".repeat(length - empty.len()));
    let longest = 64 * 1024;
    let fits = browser
        .send("POST", SIGN_IN.path, Body::from(padded(longest)))
        .await;
    assert_eq!((fits.status, &*fits.kind()), (422, "invalid_fields"));
    let over = padded(longest + 1);
    let announced = browser
        .send("POST", SIGN_IN.path, Body::from(over.clone()))
        .await;
    assert_eq!((announced.status, &*announced.kind()), (413, "too_large"));
    let pieces: Vec<Result<Bytes, Infallible>> = over
        .as_bytes()
        .chunks(1000)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    let unannounced = Body::from_stream(stream::iter(pieces));
    let answer = browser.send("POST", SIGN_IN.path, unannounced).await;
    assert_eq!((answer.status, &*answer.kind()), (413, "too_large"));
}

#[tokio::test]
async fn v_40_a_request_that_breaks_off_is_the_caller_s_failure() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser().with("content-type", "application/json");
    let pieces = vec![
        Ok(Bytes::from_static(b"{\"email\":")),
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
    ];
    let answer = browser
        .send(
            "POST",
            SIGN_IN.path,
            Body::from_stream(stream::iter(pieces)),
        )
        .await;
    assert_eq!((answer.status, &*answer.kind()), (400, "malformed_request"));
}

#[tokio::test]
async fn a_body_that_never_arrives_is_given_up() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser().with("content-type", "application/json");
    // From here on nothing but the clock moves.
    tokio::time::pause();
    let never = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    let answer = browser.send("POST", SIGN_IN.path, never).await;
    assert_eq!((answer.status, &*answer.kind()), (408, "too_slow"));
}

#[tokio::test]
async fn every_answer_tells_the_browser_to_be_strict() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser();
    for path in [
        "/",
        "/nothing",
        "/healthz",
        "/api/v1/session",
        "/api/v1/account",
        "/gone.js",
    ] {
        let answer = browser.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
        // The demo is met over plain HTTP.
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
    let answer = browser.get("/api/v1/session").await;
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_caller_s_own_request_id_is_not_taken_over() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser().with("x-request-id", "forged");
    let first = browser.get("/api/v1/session").await;
    let second = browser.get("/api/v1/session").await;
    assert_ne!(first.header("x-request-id"), "forged");
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
}

#[tokio::test]
async fn health_is_told_to_anybody_and_readiness_asks_the_database() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser();
    assert_eq!(browser.get("/healthz").await.status, 200);
    assert_eq!(browser.get("/readyz").await.status, 200);
    bench.app.store.close().await;
    assert_eq!(browser.get("/healthz").await.status, 200);
    let answer = browser.get("/readyz").await;
    assert_eq!((answer.status, &*answer.kind()), (503, "busy"));
    let answer = browser.get("/api/v1/openapi.json").await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn what_is_broken_inside_is_not_shown() {
    let bench = Bench::sqlite().await;
    let (mut browser, _) = bench.signed_in("zhang@mail.example").await;
    bench.app.store.close().await;
    let answer = browser.get("/api/v1/account").await;
    assert_eq!((answer.status, &*answer.kind()), (500, "internal"));
    let text = answer.text().to_lowercase();
    assert!(
        !text.contains("pool") && !text.contains("database"),
        "{text}"
    );
}

#[tokio::test]
async fn long_answers_of_the_interface_are_packed() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser().with("accept-encoding", "gzip");
    let packed = browser.get("/api/v1/openapi.json").await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    let plain = bench.browser().get("/api/v1/openapi.json").await;
    assert!(packed.body.len() * 3 < plain.body.len());
    assert_eq!(
        browser
            .get("/api/v1/session")
            .await
            .header("content-encoding"),
        ""
    );
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let bench = Bench::sqlite().await;
    let elsewhere = bench.app.store.write().await.unwrap();
    tokio::time::pause();
    let answer = bench.browser().sign_in("zhang@mail.example", "wrong").await;
    assert_eq!((answer.status, &*answer.kind()), (503, "timed_out"));
    assert!(!answer.header("retry-after").is_empty());
    tokio::time::resume();
    drop(elsewhere);
    let answer = bench.browser().sign_in("zhang@mail.example", "wrong").await;
    assert_eq!(answer.status, 403);
}
