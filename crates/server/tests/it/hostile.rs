//! Whatever a stranger or an owner sends, it is never the server's failure.

use axum::body::Body;
use contract::endpoints::{Endpoint, all};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::support::{Bench, Browser};

/// Bodies of every kind: no JSON, other JSON, the right fields with the wrong values.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let text = prop_oneof![
        any::<String>(),
        Just("\u{0}".to_owned()),
        Just("' or 1=1; drop table accounts; --".to_owned()),
        Just("%_\\".to_owned()),
        Just("\u{202e}\u{200b}𬱖".to_owned()),
        Just("a@b.example".to_owned()),
        (1_000_usize..20_000).prop_map(|length| "长".repeat(length)),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4).prop_map(Value::from_iter),
        ]
    });
    let fields = (value.clone(), value.clone(), value.clone(), value.clone()).prop_map(
        |(first, second, third, fourth)| {
            json!([
                { "email": first, "password": second },
                { "nickname": third, "version": fourth, "use_verified_name": true },
                { "nickname": first, "version": 1 },
                { "forward_by": second },
            ])
        },
    );
    let field = (fields, 0_usize..4).prop_map(|(all, which)| all[which].clone());
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        value.prop_map(|value| value.to_string().into_bytes()),
        field.prop_map(|value| value.to_string().into_bytes()),
        (1_usize..5_000).prop_map(|depth| "[".repeat(depth).into_bytes()),
    ]
}

async fn judge(browser: &Browser, endpoint: &Endpoint, body: &[u8]) -> Result<(), TestCaseError> {
    let mut browser = browser.with("content-type", "application/json");
    let (method, path) = (endpoint.method.as_str(), endpoint.path);
    let answer = browser.send(method, path, Body::from(body.to_vec())).await;
    prop_assert!(
        answer.status < 500,
        "{endpoint}: {} {}",
        answer.status,
        answer.text()
    );
    if answer.status >= 400 {
        answer.problem();
    }
    Ok(())
}

#[test]
fn no_body_makes_the_server_fail() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (stranger, owner) = runtime.block_on(async {
        let mut settings = crate::support::Settings::default();
        settings.policy.sign_in.tries_per_address = u32::MAX;
        let bench = Box::leak(Box::new(Bench::with(settings).await));
        let (owner, _) = bench.signed_in("zhang@mail.example").await;
        (bench.browser(), owner)
    });
    let mut runner = TestRunner::new(Config {
        cases: 300,
        failure_persistence: None,
        ..Config::default()
    });
    let endpoints: Vec<&Endpoint> = all().collect();
    let case = (bodies(), 0..endpoints.len(), any::<bool>());
    runner
        .run(&case, |(body, which, signed_in)| {
            let browser = if signed_in { &owner } else { &stranger };
            runtime.block_on(judge(browser, endpoints[which], &body))
        })
        .unwrap();
}

#[tokio::test]
async fn no_header_makes_the_server_fail() {
    let bench = Bench::sqlite().await;
    let (owner, _) = bench.signed_in("zhang@mail.example").await;
    let long = "x".repeat(7_000);
    for (name, value) in [
        ("accept-language", "zh;q=;q=0.1.1,,;;en;q=9999999999999"),
        ("accept-encoding", "br;q=;;,,gzip;q=abc"),
        ("if-none-match", "W/,\"\",*"),
        ("cookie", "=;;=; __Host-session=; lang=\u{e9}"),
        ("cookie", &long),
        ("idempotency-key", &long),
        ("content-type", "application/json; charset=\u{fc}"),
        ("x-forwarded-for", ",,,999.1.1.1,[::"),
        ("origin", "://"),
        ("host", "[::1"),
        ("accept-language", &long),
    ] {
        for endpoint in all() {
            let answer = owner.with(name, value).call(endpoint, json!({})).await;
            assert!(answer.status < 500, "{endpoint} with {name}: {value}");
        }
        assert!(owner.with(name, value).get("/").await.status < 500);
    }
}
