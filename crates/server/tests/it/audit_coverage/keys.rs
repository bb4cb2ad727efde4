//! Working calls of the MFA device and of security keys.

use contract::endpoints;
use domain::account::AccountId;
use domain::protection::Factor;
use serde_json::{Value, json};

use crate::support::{
    Answer, Bench, Browser, LOCAL, PASSWORD, app_code, bind_app, bind_key, prove, soft_key,
    start_app,
};

/// What is sent so that an endpoint of the MFA device or of a security key carries something out.
pub(super) async fn mfa_call(
    bench: &Bench,
    browser: &mut Browser,
    endpoint: &str,
    (id, email): (AccountId, &str),
) -> Value {
    *browser = browser.with("host", LOCAL);
    // Another key for each account, since a key opens one.
    let number = email.bytes().filter(u8::is_ascii_digit);
    let mut key = soft_key(number.fold(0, |sum, digit| sum * 10 + (digit - b'0')));
    match endpoint {
        "POST /api/v1/mfa/binding" => {
            prove(bench, browser).await;
            json!({ "wish": "bind", "device": { "kind": "virtual" } })
        }
        "DELETE /api/v1/mfa/binding" => Value::Null,
        "POST /api/v1/mfa/binding/confirm" => {
            prove(bench, browser).await;
            let secret = start_app(browser, "bind").await;
            json!({
                "first": app_code(&secret, bench.now(), -1),
                "second": app_code(&secret, bench.now(), 0),
            })
        }
        "POST /api/v1/mfa/binding/key/challenge" | "POST /api/v1/mfa/binding/key" => {
            prove(bench, browser).await;
            let body = json!({ "wish": "bind", "device": { "kind": "security_key" } });
            browser.call(&endpoints::START_BINDING, body).await;
            if endpoint.ends_with("/challenge") {
                return Value::Null;
            }
            let asked = browser
                .call(&endpoints::CHALLENGE_NEW_KEY, Value::Null)
                .await;
            signed(&asked, |options| key.create(options))
        }
        "DELETE /api/v1/mfa" | "POST /api/v1/mfa/recovery-codes" => {
            bind_app(bench, browser).await;
            Value::Null
        }
        "DELETE /api/v1/mfa/wechat" => {
            bench.confirms_by_wechat(id).await;
            prove(bench, browser).await;
            Value::Null
        }
        "POST /api/v1/session/key/challenge" => Value::Null,
        "POST /api/v1/proof/key" | "POST /api/v1/session/step/key" | "POST /api/v1/session/key" => {
            prove(bench, browser).await;
            let bound = bind_key(browser, &mut key, "bind").await;
            assert_eq!(bound.status, 200, "{}", bound.text());
            if endpoint.contains("/step/") {
                bench.protect(id, Factor::MfaCode).await;
                browser.sign_in(email, PASSWORD).await;
            }
            if endpoint != "POST /api/v1/session/key" {
                return Value::Null;
            }
            let asked = browser
                .call(&endpoints::CHALLENGE_PASSKEY, Value::Null)
                .await;
            signed(&asked, |options| key.get(options))
        }
        _ => panic!("{endpoint} changes something and has no body to try it with"),
    }
}

/// What a key answers to a challenge.
fn signed(asked: &Answer, sign: impl FnOnce(&Value) -> Value) -> Value {
    let asked: Value = asked.json();
    let options = serde_json::from_str(asked["options"].as_str().unwrap()).unwrap();
    json!({ "challenge": asked["challenge"], "answer": sign(&options).to_string() })
}
