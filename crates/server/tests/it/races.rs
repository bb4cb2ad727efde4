//! What must hold when requests come at the same time, on both databases.

use std::collections::BTreeSet;
use std::time::Duration;

use contract::account::AccountInfo;
use contract::endpoints::{CHANGE_NICKNAME, GET_ACCOUNT};
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::language::Language;

use crate::support::{Bench, PASSWORD, on_both_databases};

on_both_databases!(
    api_3_identical_requests_at_the_same_time_are_carried_out_once,
    v_35_of_changes_at_the_same_time_one_gets_through,
    acc_1_accounts_made_at_the_same_time_get_different_ids,
    sgn_1_of_tries_at_the_same_time_exactly_as_many_are_answered_as_fit,
    one_browser_signing_in_twice_at_once_is_new_once,
    two_workers_send_each_message_once,
    api_3_a_caller_who_hangs_up_finds_the_result_on_coming_again,
);

const MANY: usize = 12;

async fn api_3_identical_requests_at_the_same_time_are_carried_out_once(bench: Bench) {
    let (browser, id) = bench.signed_in("zhang@mail.example").await;
    let wish = json!({ "nickname": "只一次", "version": 1 });
    let calls = (0..MANY).map(|_| {
        let mut tab = browser.with("idempotency-key", "key-1");
        let wish = wish.clone();
        tokio::spawn(async move { tab.call(&CHANGE_NICKNAME, wish).await })
    });
    let mut carried_out = 0;
    for answer in join_all(calls).await {
        let answer = answer.unwrap();
        match answer.status {
            200 => {
                assert_eq!(answer.json::<AccountInfo>().nickname_version, 2);
                carried_out += usize::from(answer.header("idempotency-replayed").is_empty());
            }
            409 => assert_eq!(answer.kind(), "still_working"),
            _ => panic!("{}: {}", answer.status, answer.text()),
        }
    }
    assert_eq!(carried_out, 1);
    assert_eq!(bench.events(id).await.len(), 3);
}

async fn v_35_of_changes_at_the_same_time_one_gets_through(bench: Bench) {
    let (browser, id) = bench.signed_in("zhang@mail.example").await;
    let calls = (0..MANY).map(|number| {
        let mut tab = browser.clone();
        let wish = json!({ "nickname": format!("tab {number}"), "version": 1 });
        tokio::spawn(async move { tab.call(&CHANGE_NICKNAME, wish).await })
    });
    let mut names = Vec::new();
    for answer in join_all(calls).await {
        let answer = answer.unwrap();
        if answer.status == 200 {
            names.push(answer.json::<AccountInfo>().nickname);
        } else {
            assert_eq!((answer.status, &*answer.kind()), (409, "changed_elsewhere"));
        }
    }
    let mut browser = browser;
    let info: AccountInfo = browser.call(&GET_ACCOUNT, Value::Null).await.json();
    assert_eq!(names, [info.nickname]);
    assert_eq!(info.nickname_version, 2);
    assert_eq!(bench.events(id).await.len(), 3);
}

async fn acc_1_accounts_made_at_the_same_time_get_different_ids(bench: Bench) {
    let emails: Vec<_> = (0..MANY)
        .map(|n| format!("owner{n}@mail.example"))
        .collect();
    let made = emails
        .iter()
        .map(|email| bench.account(email, Language::Chinese));
    let ids: BTreeSet<_> = join_all(made).await.into_iter().collect();
    assert_eq!(ids.len(), MANY);
}

async fn sgn_1_of_tries_at_the_same_time_exactly_as_many_are_answered_as_fit(bench: Bench) {
    let most = usize::try_from(bench.app.policy.sign_in.tries_per_address).unwrap();
    let calls = (0..most + MANY).map(|_| {
        let mut browser = bench.browser();
        tokio::spawn(async move { browser.sign_in("nobody@mail.example", "wrong").await.status })
    });
    let statuses: Vec<_> = join_all(calls)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let count = |status| statuses.iter().filter(|s| **s == status).count();
    assert_eq!((count(403), count(429)), (most, MANY), "{statuses:?}");
}

async fn one_browser_signing_in_twice_at_once_is_new_once(bench: Bench) {
    let (browser, id) = bench.signed_in("zhang@mail.example").await;
    let mut known = bench.browser();
    known.cookies = browser.cookies.clone();
    known.cookies.remove("__Host-session");
    let calls = (0..4).map(|_| {
        let mut tab = known.clone();
        tokio::spawn(async move { tab.sign_in("zhang@mail.example", PASSWORD).await.status })
    });
    for status in join_all(calls).await {
        assert_eq!(status.unwrap(), 200);
    }
    bench.postman().deliver_due().await.unwrap();
    assert_eq!(
        bench.mail.arrived.lock().unwrap().len(),
        1,
        "one notice for one browser"
    );
    assert_eq!(bench.events(id).await.len(), 6);
}

async fn two_workers_send_each_message_once(bench: Bench) {
    for number in 0..MANY {
        let email = format!("owner{number}@mail.example");
        bench.signed_in(&email).await;
    }
    let (first, second) = (bench.postman(), bench.postman());
    let work = |postman: server::postman::Postman| async move {
        while postman.deliver_due().await.unwrap() > 0 {}
    };
    tokio::join!(work(first), work(second));
    let arrived = bench.mail.arrived.lock().unwrap();
    let to: BTreeSet<_> = arrived.iter().map(|letter| letter.to.clone()).collect();
    assert_eq!((arrived.len(), to.len()), (MANY, MANY));
    assert_eq!(
        *bench.mail.tried.lock().unwrap(),
        u32::try_from(MANY).unwrap()
    );
}

async fn api_3_a_caller_who_hangs_up_finds_the_result_on_coming_again(bench: Bench) {
    let (browser, id) = bench.signed_in("zhang@mail.example").await;
    for round in 0..15 {
        let mut tab = browser.with("idempotency-key", &format!("key-{round}"));
        let wish = json!({ "nickname": format!("round {round}"), "version": round + 1 });
        let (mut hasty, hurried) = (tab.clone(), wish.clone());
        let call = tokio::spawn(async move { hasty.call(&CHANGE_NICKNAME, hurried).await });
        tokio::time::sleep(Duration::from_micros(300 * round)).await;
        call.abort();
        let answer = loop {
            let answer = tab.call(&CHANGE_NICKNAME, wish.clone()).await;
            if answer.status != 409 {
                break answer;
            }
            assert_eq!(answer.kind(), "still_working");
            tokio::time::sleep(Duration::from_millis(2)).await;
        };
        assert_eq!(answer.status, 200, "{}", answer.text());
        let info: AccountInfo = answer.json();
        assert_eq!(info.nickname_version, i64::try_from(round).unwrap() + 2);
    }
    assert_eq!(bench.events(id).await.len(), 2 + 15);
}
