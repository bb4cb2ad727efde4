//! Binding an MFA device as a person with an app or a key does.

use contract::endpoints::{
    CHALLENGE_NEW_KEY, CONFIRM_BINDING, CONFIRM_KEY_BINDING, PROVE, SEND_PROOF_CODE, START_BINDING,
};
use contract::mfa::{Binding, DeviceBound, KeyChallenge};
use domain::mfa::TotpStep;
use domain::time::Timestamp;
use serde_json::{Value, json};
use server::totp::TotpSecret;

use super::{Answer, Bench, Browser, SoftKey};

/// Where keys work in a test.
pub(crate) const LOCAL: &str = "localhost:8080";

/// The code that an app with this secret shows, so many steps from now.
pub(crate) fn app_code(secret: &str, now: Timestamp, steps: i64) -> String {
    let step = TotpStep::at(now).number().strict_add_signed(steps);
    let secret = TotpSecret::parse(secret).unwrap();
    secret.code_at(TotpStep::new(step)).expose()
}

/// Proves the owner by a code to the security phone.
pub(crate) async fn prove(bench: &Bench, browser: &mut Browser) {
    let send = json!({ "method": "security_phone" });
    let sent = browser.call(&SEND_PROOF_CODE, send).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let proof = json!({ "way": "phone_code", "code": bench.newest_sms_code().await });
    let wish = json!({ "operation": "change_mfa", "proof": proof });
    let answer = browser.call(&PROVE, wish).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// Begins to bind an app; its secret.
pub(crate) async fn start_app(browser: &mut Browser, wish: &str) -> String {
    let body = json!({ "wish": wish, "device": { "kind": "virtual" } });
    let answer = browser.call(&START_BINDING, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json::<Binding>().secret.unwrap().typed
}

/// Types the two codes that the app shows.
pub(crate) async fn confirm_app(browser: &mut Browser, secret: &str, now: Timestamp) -> Answer {
    let codes = json!({
        "first": app_code(secret, now, -1),
        "second": app_code(secret, now, 0),
    });
    browser.call(&CONFIRM_BINDING, codes).await
}

/// Binds an app from nothing, with the owner's proof; its secret and the recovery codes.
pub(crate) async fn bind_app(bench: &Bench, browser: &mut Browser) -> (String, Vec<String>) {
    prove(bench, browser).await;
    let secret = start_app(browser, "bind").await;
    let answer = confirm_app(browser, &secret, bench.now()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    (secret, answer.json::<DeviceBound>().recovery_codes)
}

/// A key for [`LOCAL`].
pub(crate) fn soft_key(number: u8) -> SoftKey {
    SoftKey::new(number, "localhost", &format!("http://{LOCAL}"))
}

/// Binds a key; the owner has proved themselves already.
pub(crate) async fn bind_key(browser: &mut Browser, key: &mut SoftKey, wish: &str) -> Answer {
    let mut local = browser.with("host", LOCAL);
    let body = json!({ "wish": wish, "device": { "kind": "security_key" } });
    let started = local.call(&START_BINDING, body).await;
    assert_eq!(started.status, 200, "{}", started.text());
    let asked = local.call(&CHALLENGE_NEW_KEY, Value::Null).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let KeyChallenge { challenge, options } = asked.json();
    let answer = key.create(&serde_json::from_str(&options).unwrap());
    let given = json!({ "challenge": challenge, "answer": answer.to_string() });
    let bound = local.call(&CONFIRM_KEY_BINDING, given).await;
    browser.cookies = local.cookies;
    bound
}
