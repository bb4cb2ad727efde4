//! What must hold when people without a session come at the same time, on both databases.

use contract::endpoints::{
    Endpoint, FIND_RESET_ACCOUNTS, REGISTER, RESET_PASSWORD, SEND_RESET_CODE,
};
use domain::identity::PhoneNumber;
use domain::login_methods::LoginMethodKind;
use domain::time::Span;
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::language::Language;
use server::store::security;

use crate::support::{Bench, Browser, PASSWORD, Settings, on_both_databases};

on_both_databases!(
    with any_number_of_tries();
    con_14_of_two_who_register_one_address_at_once_one_gets_it,
    con_2_the_fifth_place_of_a_phone_goes_to_one_of_many_who_register_at_once,
    v_34_a_form_that_is_submitted_twice_makes_one_account,
    v_20_of_resets_at_once_with_one_code_one_gets_through,
);

/// Everybody calls from one address here, and it is not the limit of tries that is to hold.
fn any_number_of_tries() -> Settings {
    let mut settings = Settings::default();
    settings.policy.sign_in.tries_per_address = u32::MAX;
    settings
}

/// The status of each answer; every other call goes through a second server.
async fn statuses(bench: &Bench, calls: Vec<(Browser, &'static Endpoint, Value)>) -> Vec<u16> {
    let second = bench.second_instance().await;
    let calls = calls.into_iter().enumerate().map(|(number, call)| {
        let (mut browser, endpoint, body) = call;
        if number % 2 == 1 {
            browser.router = second.clone();
        }
        tokio::spawn(async move { browser.call(endpoint, body).await })
    });
    let mut all = Vec::new();
    for answer in join_all(calls).await {
        let answer = answer.unwrap();
        assert!(answer.status < 500, "{}", answer.text());
        all.push(answer.status);
    }
    all.sort_unstable();
    all
}

async fn con_14_of_two_who_register_one_address_at_once_one_gets_it(bench: Bench) {
    let mut calls = Vec::new();
    for phone in ["13700137001", "13700137002", "13700137003"] {
        let mut browser = bench.browser();
        bench.prove_email(&mut browser, "zhang@mail.example").await;
        let form = bench.registration_form(&mut browser, phone).await;
        calls.push((browser, &REGISTER, form));
        bench.wait(Span::from_minutes(1));
    }
    assert_eq!(statuses(&bench, calls).await, [200, 409, 409]);
    assert_eq!(
        bench
            .browser()
            .sign_in("zhang@mail.example", PASSWORD)
            .await
            .status,
        200
    );
}

async fn con_2_the_fifth_place_of_a_phone_goes_to_one_of_many_who_register_at_once(bench: Bench) {
    let phone = "13700137001";
    for number in 0..4 {
        let email = format!("owner{number}@mail.example");
        let id = bench.account(&email, Language::Chinese).await;
        bench.secured(id, phone, &email).await;
    }
    let form = bench.registration_form(&mut bench.browser(), phone).await;
    let mut calls = Vec::new();
    for number in 0..100 {
        let mut browser = bench.browser();
        let key = format!("somebody {number}");
        bench
            .prove_identity(&mut browser, LoginMethodKind::Wechat, &key)
            .await;
        calls.push((browser, &REGISTER, form.clone()));
    }
    let statuses = statuses(&bench, calls).await;
    let made = statuses.iter().filter(|status| **status == 200).count();
    assert_eq!(made, 1, "{statuses:?}");
    let number = PhoneNumber::parse(phone).unwrap();
    let mut tx = bench.app.store.read().await.unwrap();
    let on_phone = security::accounts_on_phone(&mut tx, &number).await.unwrap();
    assert_eq!(on_phone.len(), 5);
}

async fn v_34_a_form_that_is_submitted_twice_makes_one_account(bench: Bench) {
    let mut browser = bench.browser();
    bench.prove_email(&mut browser, "zhang@mail.example").await;
    let form = bench.registration_form(&mut browser, "13700137001").await;
    let calls = (0..5)
        .map(|_| (browser.clone(), &REGISTER, form.clone()))
        .collect();
    assert_eq!(statuses(&bench, calls).await, [200, 409, 409, 409, 409]);
    let phone = PhoneNumber::parse("13700137001").unwrap();
    let mut tx = bench.app.store.read().await.unwrap();
    let made = security::accounts_on_phone(&mut tx, &phone).await.unwrap();
    assert_eq!(made.len(), 1);
}

async fn v_20_of_resets_at_once_with_one_code_one_gets_through(bench: Bench) {
    bench.account("zhang@mail.example", Language::Chinese).await;
    let mut browser = bench.browser();
    let target = "zhang@mail.example";
    let send = json!({ "target": target });
    browser.call(&SEND_RESET_CODE, send).await;
    let code = bench.newest_mail_code().await;
    let find = json!({ "target": target, "code": code });
    let found: Value = browser.call(&FIND_RESET_ACCOUNTS, find).await.json();
    let calls = (0..5).map(|number| {
        let wish = json!({
            "target": target, "code": code, "choice": found["accounts"][0]["choice"],
            "password": format!("a tide of {number} lamps"),
        });
        (browser.clone(), &RESET_PASSWORD, wish)
    });
    assert_eq!(
        statuses(&bench, calls.collect()).await,
        [204, 409, 409, 409, 409]
    );
}
