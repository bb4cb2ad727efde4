//! Limits of security settings when many requests come at once, on both databases and through two servers
//! with connections of their own.

use axum::Router;
use contract::endpoints::{
    CHANGE_SECURITY_PHONE, PROVE, SEND_NEW_PHONE_CODE, SEND_PROOF_CODE, SET_PASSWORD,
};
use domain::contacts::{CodeRefusal, ContactRefusal};
use domain::refusal::Refusal;
use domain::time::Span;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{Answer, Bench, Browser, Settings, on_both_databases};

on_both_databases!(
    v_20_of_two_uses_of_one_code_at_once_one_succeeds,
    v_21_of_codes_asked_for_at_once_one_is_sent,
    v_22_of_many_wrong_codes_at_once_five_are_tried,
    sgn_6_two_new_passwords_at_once_leave_one_session_and_one_password,
);

const PHONE: &str = "13800001234";

/// The same browser, every other time through another server.
fn tab(second: &Router, browser: &Browser, number: usize) -> Browser {
    let mut tab = browser.clone();
    if number % 2 == 1 {
        tab.router = second.clone();
    }
    tab
}

fn count(answers: &[Answer], status: u16) -> usize {
    let with_it = |answer: &&Answer| answer.status == status;
    answers.iter().filter(with_it).count()
}

/// Enough codes to one number for a hundred accounts.
fn many_codes() -> Settings {
    let mut settings = Settings::default();
    settings.policy.contacts.resend_after = Span::ZERO;
    settings.policy.contacts.codes_per_day = 1000;
    settings
}

#[tokio::test]
async fn con_2_a_hundred_at_once_for_the_last_place_on_sqlite() {
    a_hundred_for_the_last_place(Bench::with(many_codes()).await).await;
}

#[tokio::test]
async fn con_2_a_hundred_at_once_for_the_last_place_on_postgres() {
    if let Some(bench) = Bench::postgres(many_codes()).await {
        a_hundred_for_the_last_place(bench).await;
    }
}

async fn a_hundred_for_the_last_place(bench: Bench) {
    for _ in 0..4 {
        let (_, id) = bench.bare().await;
        bench.secured(id, PHONE, "safe@mail.example").await;
    }
    let second = bench.second_instance().await;
    let mut wishes = Vec::new();
    for number in 0..100 {
        let (mut browser, _) = bench.bare().await;
        let wish = json!({ "phone": PHONE });
        let sent = browser.call(&SEND_NEW_PHONE_CODE, wish).await;
        assert_eq!(sent.status, 200, "{}", sent.text());
        let code = bench.newest_sms_code().await;
        let wish = json!({ "phone": PHONE, "code": code });
        wishes.push((tab(&second, &browser, number), wish));
    }
    let calls = wishes.into_iter().map(|(mut browser, wish)| {
        tokio::spawn(async move { browser.call(&CHANGE_SECURITY_PHONE, wish).await })
    });
    let answers: Vec<Answer> = join_all(calls)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!((count(&answers, 200), count(&answers, 409)), (1, 99));
    let full = Refusal::Contact(ContactRefusal::PhoneFull { most: 5 });
    for answer in answers.iter().filter(|answer| answer.status == 409) {
        assert_eq!(answer.problem().refusals, std::slice::from_ref(&full));
    }
}

async fn v_20_of_two_uses_of_one_code_at_once_one_succeeds(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    bench.secured(id, PHONE, "safe@mail.example").await;
    let send = json!({ "method": "security_phone" });
    browser.call(&SEND_PROOF_CODE, send).await;
    let code = bench.newest_sms_code().await;
    let proof = json!({ "way": "phone_code", "code": code });
    let body = json!({ "operation": "change_password", "proof": proof });
    let second = bench.second_instance().await;
    let calls = (0..10).map(|number| {
        let (mut tab, body) = (tab(&second, &browser, number), body.clone());
        tokio::spawn(async move { tab.call(&PROVE, body).await })
    });
    let answers: Vec<Answer> = join_all(calls)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!((count(&answers, 200), count(&answers, 409)), (1, 9));
    let used = Refusal::Code(CodeRefusal::Used);
    for answer in answers.iter().filter(|answer| answer.status == 409) {
        assert_eq!(answer.problem().refusals, std::slice::from_ref(&used));
    }
}

async fn v_21_of_codes_asked_for_at_once_one_is_sent(bench: Bench) {
    let (browser, id) = bench.bare().await;
    bench.secured(id, PHONE, "safe@mail.example").await;
    let second = bench.second_instance().await;
    let calls = (0..10).map(|number| {
        let mut tab = tab(&second, &browser, number);
        let send = json!({ "method": "security_phone" });
        tokio::spawn(async move { tab.call(&SEND_PROOF_CODE, send).await })
    });
    let answers: Vec<Answer> = join_all(calls)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!((count(&answers, 200), count(&answers, 429)), (1, 9));
    bench.postman().deliver_due().await.unwrap();
    assert_eq!(bench.sms.arrived.lock().unwrap().len(), 1);
}

async fn v_22_of_many_wrong_codes_at_once_five_are_tried(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    bench.secured(id, PHONE, "safe@mail.example").await;
    let send = json!({ "method": "security_phone" });
    browser.call(&SEND_PROOF_CODE, send).await;
    let right: u32 = bench.newest_sms_code().await.parse().unwrap();
    let second = bench.second_instance().await;
    let calls = (1..=12_u32).map(|number| {
        let mut tab = tab(&second, &browser, number as usize);
        let code = format!("{:06}", (right + number) % 1_000_000);
        let proof = json!({ "way": "phone_code", "code": code });
        let body = json!({ "operation": "change_password", "proof": proof });
        tokio::spawn(async move { tab.call(&PROVE, body).await })
    });
    let answers: Vec<Answer> = join_all(calls)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let mut tried = 0;
    for answer in &answers {
        match answer.problem().refusals.as_slice() {
            [Refusal::Code(CodeRefusal::Wrong { .. })] => tried += 1,
            [Refusal::Code(CodeRefusal::Void)] => {}
            other => panic!("{other:?}"),
        }
    }
    // The fifth wrong one kills the code and says so.
    assert_eq!(tried, 4);
    let proof = json!({ "way": "phone_code", "code": format!("{right:06}") });
    let body = json!({ "operation": "change_password", "proof": proof });
    assert_eq!(browser.call(&PROVE, body).await.status, 409);
}

async fn sgn_6_two_new_passwords_at_once_leave_one_session_and_one_password(bench: Bench) {
    let (mut browser, id) = bench.signed_in("zhang@mail.example").await;
    bench.secured(id, PHONE, "safe@mail.example").await;
    bench.prove(&mut browser).await;
    let second = bench.second_instance().await;
    let words = ["erstes Kennwort 晴空", "zweites Kennwort 晴空"];
    let calls = words.iter().enumerate().map(|(number, word)| {
        let mut tab = tab(&second, &browser, number);
        let wish = json!({ "password": word });
        tokio::spawn(async move { tab.call(&SET_PASSWORD, wish).await.status })
    });
    let statuses: Vec<u16> = join_all(calls)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert!(statuses.contains(&204), "{statuses:?}");
    let mut works = 0;
    for word in words {
        let status = bench
            .browser()
            .sign_in("zhang@mail.example", word)
            .await
            .status;
        works += usize::from(status == 200);
    }
    assert_eq!(works, 1);
}
