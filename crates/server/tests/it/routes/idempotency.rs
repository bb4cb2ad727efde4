//! A repeat answers the first result (API-3).

use contract::account::AccountInfo;
use contract::endpoints::{
    CHANGE_NICKNAME, CONFIRM_BINDING, GET_ACCOUNT, RENEW_RECOVERY_CODES, START_BINDING,
};
use contract::mfa::{Binding, DeviceBound};
use domain::time::Span;
use serde_json::{Value, json};

use crate::support::{Bench, app_code, on_both_databases, prove};

on_both_databases!(
    api_3_a_repeat_answers_the_first_result,
    api_3_the_same_key_with_another_request_is_refused,
    api_3_a_refusal_is_a_result_too,
    api_3_a_key_is_kept_for_a_day,
    mfa_7_no_secret_is_said_again_to_who_repeats_the_request,
);

async fn api_3_a_repeat_answers_the_first_result(bench: Bench) {
    let (browser, id) = bench.signed_in("zhang@mail.example").await;
    let mut once = browser.with("idempotency-key", "key-1");
    let wish = json!({ "nickname": "第一次", "version": 1 });
    let first = once.call(&CHANGE_NICKNAME, wish.clone()).await;
    assert_eq!(first.status, 200);
    assert_eq!(first.header("idempotency-replayed"), "");
    let repeat = once.call(&CHANGE_NICKNAME, wish).await;
    assert_eq!((repeat.status, repeat.text()), (200, first.text()));
    assert_eq!(repeat.header("content-type"), first.header("content-type"));
    assert_eq!(repeat.header("idempotency-replayed"), "true");
    let events = bench.events(id).await;
    assert_eq!(events, ["account_created", "signed_in", "nickname_changed"]);
}

async fn api_3_the_same_key_with_another_request_is_refused(bench: Bench) {
    let (browser, _) = bench.signed_in("zhang@mail.example").await;
    let mut once = browser.with("idempotency-key", "key-1");
    once.call(&CHANGE_NICKNAME, json!({ "nickname": "A", "version": 1 }))
        .await;
    let other = once
        .call(&CHANGE_NICKNAME, json!({ "nickname": "B", "version": 2 }))
        .await;
    assert_eq!((other.status, &*other.kind()), (422, "key_used_otherwise"));
    let info: AccountInfo = once.call(&GET_ACCOUNT, Value::Null).await.json();
    assert_eq!(info.nickname, "A");
    // The key is the owner's own: another owner may use the same.
    let (neighbour, _) = bench.signed_in("li@mail.example").await;
    let mut neighbour = neighbour.with("idempotency-key", "key-1");
    let answer = neighbour
        .call(&CHANGE_NICKNAME, json!({ "nickname": "C", "version": 1 }))
        .await;
    assert_eq!(answer.status, 200);
}

async fn api_3_a_refusal_is_a_result_too(bench: Bench) {
    let (browser, _) = bench.signed_in("zhang@mail.example").await;
    let mut once = browser.with("idempotency-key", "key-1");
    let stale = json!({ "nickname": "A", "version": 7 });
    let first = once.call(&CHANGE_NICKNAME, stale.clone()).await;
    assert_eq!((first.status, &*first.kind()), (409, "changed_elsewhere"));
    let repeat = once.call(&CHANGE_NICKNAME, stale).await;
    assert_eq!((repeat.status, &*repeat.kind()), (409, "changed_elsewhere"));
    assert_eq!(repeat.header("idempotency-replayed"), "true");
    // It is a request of its own all the same.
    assert_ne!(first.header("x-request-id"), repeat.header("x-request-id"));
}

async fn api_3_a_key_is_kept_for_a_day(bench: Bench) {
    let (mut browser, _) = bench.signed_in("zhang@mail.example").await;
    let wish = json!({ "nickname": "A", "version": 1 });
    let mut once = browser.with("idempotency-key", "key-1");
    assert_eq!(once.call(&CHANGE_NICKNAME, wish.clone()).await.status, 200);
    let use_for = |hours: u32| bench.wait(Span::from_hours(hours));
    for _ in 0..24 {
        use_for(1);
        browser.call(&GET_ACCOUNT, Value::Null).await;
    }
    assert_eq!(once.call(&CHANGE_NICKNAME, wish.clone()).await.status, 200);
    bench.wait(Span::from_millis(1));
    // Forgotten, so it is carried out, and finds that the nickname was changed.
    assert_eq!(once.call(&CHANGE_NICKNAME, wish).await.status, 409);
}

#[tokio::test]
async fn api_3_what_is_no_key_is_refused() {
    let bench = Bench::sqlite().await;
    let (browser, _) = bench.signed_in("zhang@mail.example").await;
    let wish = json!({ "nickname": "A", "version": 1 });
    for key in ["", "a b", "ключ", &"k".repeat(256)] {
        let answer = browser
            .with("idempotency-key", key)
            .call(&CHANGE_NICKNAME, wish.clone())
            .await;
        assert_eq!(
            (answer.status, &*answer.kind()),
            (400, "bad_idempotency_key"),
            "{key}"
        );
    }
    let longest = "k".repeat(255);
    let answer = browser
        .with("idempotency-key", &longest)
        .call(&CHANGE_NICKNAME, wish)
        .await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn api_3_a_key_does_not_let_strangers_in() {
    let bench = Bench::sqlite().await;
    let mut stranger = bench.browser().with("idempotency-key", "key-1");
    let answer = stranger
        .call(&CHANGE_NICKNAME, json!({ "nickname": "A", "version": 1 }))
        .await;
    assert_eq!(answer.status, 401);
}

async fn mfa_7_no_secret_is_said_again_to_who_repeats_the_request(bench: Bench) {
    let (mut browser, id) = bench.signed_in("zhang@mail.example").await;
    bench.secured(id, "13800138000", "safe@mail.example").await;
    prove(&bench, &mut browser).await;
    let wish = json!({ "wish": "bind", "device": { "kind": "virtual" } });
    let mut once = browser.with("idempotency-key", "begin");
    let begun = once.call(&START_BINDING, wish.clone()).await;
    let secret = begun.json::<Binding>().secret.unwrap().typed;
    let codes = json!({
        "first": app_code(&secret, bench.now(), -1), "second": app_code(&secret, bench.now(), 0),
    });
    let mut again = browser.with("idempotency-key", "confirm");
    let bound = again.call(&CONFIRM_BINDING, codes.clone()).await;
    assert_eq!(bound.status, 200, "{}", bound.text());
    let recovery = bound.json::<DeviceBound>().recovery_codes;
    browser.cookies = again.cookies.clone();
    let mut renews = browser.with("idempotency-key", "renew");
    let renewed = renews.call(&RENEW_RECOVERY_CODES, json!({})).await;
    assert_eq!(renewed.status, 200, "{}", renewed.text());
    let cookies = renews.cookies.clone();
    for (tab, endpoint, body) in [
        (&mut once, &START_BINDING, wish),
        (&mut again, &CONFIRM_BINDING, codes),
        (&mut renews, &RENEW_RECOVERY_CODES, json!({})),
    ] {
        tab.cookies = cookies.clone();
        let repeat = tab.call(endpoint, body).await;
        assert_eq!((repeat.status, &*repeat.kind()), (409, "said_once"));
        assert!(!repeat.text().contains(&recovery[0]));
    }
    // A refusal holds nothing secret and is repeated as ever.
    let mut wrong = browser.with("idempotency-key", "wrong");
    wrong.cookies = cookies;
    let typed = json!({ "first": "000000", "second": "000001" });
    let refused = wrong.call(&CONFIRM_BINDING, typed.clone()).await;
    assert_eq!(refused.status, 409);
    let repeat = wrong.call(&CONFIRM_BINDING, typed).await;
    assert_eq!((repeat.status, repeat.kind()), (409, refused.kind()));
    assert_eq!(repeat.header("idempotency-replayed"), "true");
}
