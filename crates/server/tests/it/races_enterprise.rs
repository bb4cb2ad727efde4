//! Limits of the verification of enterprises when many requests come at once, on both databases and
//! through two routers of one store.

use contract::endpoints::{ENTER_AMOUNT, LOOK_AFTER_ENTERPRISE};
use contract::enterprise::AmountAnswer;
use domain::account::VerificationStatus;
use domain::verification::AmountOutcome;
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::store::{accounts, subjects};

use crate::support::enterprises::{CODE, arrive, company, look, other_than, permit, start};
use crate::support::{Bench, Browser, enterprise_record, on_both_databases};

on_both_databases!(
    ent_7_of_many_sums_at_once_two_are_tried,
    ent_1_of_many_at_once_one_gets_the_tenth_place,
);

/// The same browser, every other time through another router.
fn tab(bench: &Bench, browser: &Browser, number: usize) -> Browser {
    let mut tab = browser.clone();
    if number % 2 == 1 {
        tab.router = bench.restarted_router();
    }
    tab
}

async fn ent_7_of_many_sums_at_once_two_are_tried(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    bench.secured(id, "13800001234", "safe@mail.example").await;
    start(&mut browser, company("bank_transfer")).await;
    let sum = arrive(&mut browser).await;
    look(&mut browser).await;
    let calls = (0..12).map(|number| {
        let mut tab = tab(&bench, &browser, number);
        let body = json!({ "amount": other_than(&sum) });
        tokio::spawn(async move { tab.call(&ENTER_AMOUNT, body).await })
    });
    let mut left = Vec::new();
    for answer in join_all(calls).await {
        let answer = answer.unwrap();
        match answer.status {
            200 => match answer.json::<AmountAnswer>().outcome {
                AmountOutcome::Wrong { tries_left } => left.push(tries_left),
                AmountOutcome::Right => panic!("it was wrong"),
            },
            status => assert_eq!(status, 409, "{}", answer.text()),
        }
    }
    left.sort_unstable();
    assert_eq!(left, [0, 1]);
    let late = browser.call(&ENTER_AMOUNT, json!({ "amount": sum })).await;
    assert_eq!(late.status, 409, "{}", late.text());
}

async fn ent_1_of_many_at_once_one_gets_the_tenth_place(bench: Bench) {
    for _ in 0..9 {
        let (_, id) = bench.bare().await;
        let record = enterprise_record("晴空（示例）科技有限公司", CODE, bench.now());
        let mut tx = bench.app.store.write().await.unwrap();
        subjects::replace(&mut tx, id, &record).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut waiting = Vec::new();
    for _ in 0..6 {
        let (mut browser, id) = bench.bare().await;
        bench.secured(id, "13800001234", "safe@mail.example").await;
        let shown = start(&mut browser, company("official_account")).await;
        permit(&mut browser, &shown.permission.unwrap().address, "own").await;
        waiting.push((browser, id));
    }
    let calls = waiting.iter().enumerate().map(|(number, (browser, _))| {
        let mut tab = tab(&bench, browser, number);
        tokio::spawn(async move { tab.call(&LOOK_AFTER_ENTERPRISE, Value::Null).await.status })
    });
    let mut statuses: Vec<u16> = join_all(calls)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409]);
    let mut verified = 0;
    let mut tx = bench.app.store.read().await.unwrap();
    for (_, id) in &waiting {
        let found = accounts::find(&mut tx, *id).await.unwrap().unwrap();
        verified += usize::from(found.verification == VerificationStatus::Enterprise);
    }
    tx.commit().await.unwrap();
    assert_eq!(verified, 1);
}
