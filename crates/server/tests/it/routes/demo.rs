//! The demo's own endpoints, and their absence in production.

use contract::demo::{Channel, ClockMoved, Outbox};
use contract::endpoints::{DEMO_MOVE_CLOCK, DEMO_OUTBOX, SIGN_IN, SIGN_IN_SUB_USER};
use serde_json::{Value, json};
use server::language::Language;

use crate::support::{Bench, PASSWORD, Settings};

#[tokio::test]
async fn the_outbox_shows_what_was_sent_newest_first() {
    let bench = Bench::sqlite().await;
    bench.account("smith@mail.example", Language::English).await;
    bench.account("zhang@mail.example", Language::Chinese).await;
    let postman = bench.postman();
    for email in ["smith@mail.example", "zhang@mail.example"] {
        bench.browser().sign_in(email, PASSWORD).await;
        let outbox: Outbox = bench.browser().call(&DEMO_OUTBOX, Value::Null).await.json();
        assert!(outbox.messages.iter().all(|message| message.to != email));
        assert_eq!(postman.deliver_due().await.unwrap(), 1);
        bench.wait(domain::time::Span::from_seconds(1));
    }
    let outbox: Outbox = bench.browser().call(&DEMO_OUTBOX, Value::Null).await.json();
    let to: Vec<_> = outbox.messages.iter().map(|m| &*m.to).collect();
    assert_eq!(to, ["zhang@mail.example", "smith@mail.example"]);
    assert!(outbox.messages.iter().all(|m| m.channel == Channel::Email));
    let subjects: Vec<_> = outbox
        .messages
        .iter()
        .map(|m| m.subject.as_deref())
        .collect();
    assert!(subjects[0].is_some_and(|text| text.contains("新设备登录")));
    assert!(subjects[1].is_some_and(|text| text.contains("new device")));
}

#[tokio::test]
async fn the_clock_moves_forward_and_stays_there_after_a_restart() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser();
    let answer = browser
        .call(&DEMO_MOVE_CLOCK, json!({ "forward_by": 86_400_000 }))
        .await;
    assert_eq!(answer.status, 200);
    answer.json::<ClockMoved>();
    let far = browser
        .call(&DEMO_MOVE_CLOCK, json!({ "forward_by": u64::MAX }))
        .await;
    assert_eq!((far.status, &*far.kind()), (400, "malformed_request"));
    let resumed = server::demo::Demo::resume(&bench.app.store).await.unwrap();
    assert_eq!(resumed.clock().forward(0), Some(86_400_000));
}

#[tokio::test]
async fn production_has_neither_outbox_nor_movable_clock() {
    let bench = Bench::with(Settings {
        demo: false,
        ..Settings::default()
    })
    .await;
    let mut browser = bench.browser();
    for endpoint in [DEMO_OUTBOX, DEMO_MOVE_CLOCK] {
        let answer = browser.call(&endpoint, json!({ "forward_by": 1 })).await;
        assert_eq!(
            (answer.status, &*answer.kind()),
            (404, "not_found"),
            "{endpoint}"
        );
    }
    let seeded = json!({ "email": "zhang@demo.example", "password": server::demo::PASSWORD });
    assert_eq!(browser.call(&SIGN_IN, seeded).await.status, 403);
    assert_eq!(browser.get("/outbox").await.status, 404);
    assert!(
        browser
            .get("/")
            .await
            .header("strict-transport-security")
            .contains("max-age")
    );
}

#[tokio::test]
async fn every_seeded_account_signs_in_and_seeding_twice_adds_nothing() {
    let bench = Bench::sqlite().await;
    let lines = server::demo::seed(&bench.app).await.unwrap();
    assert_eq!(server::demo::seed(&bench.app).await.unwrap(), lines);
    assert!(lines.len() >= 4);
    for line in lines {
        let mut words = line.split_whitespace();
        let (first, second) = (words.next().unwrap(), words.next().unwrap());
        let mut browser = bench.browser();
        let answer = if first.contains('@') {
            browser.sign_in(first, second).await
        } else {
            let password = words.next().unwrap();
            let wish = json!({ "root": first, "user_name": second, "password": password });
            browser.call(&SIGN_IN_SUB_USER, wish).await
        };
        assert_eq!(answer.status, 200, "{line}");
    }
}
