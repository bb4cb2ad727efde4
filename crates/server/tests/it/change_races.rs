//! Changes of verification when many things happen at once, on both databases and through two routers.

use contract::changes::ChangeOverview;
use domain::operators::Queue;
use domain::verification::change::ApplicationState;
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::store::{queue, subjects};

use crate::support::changes::{NEW_PERSON, accept, at, overview, show_face};
use crate::support::{Bench, Browser, on_both_databases, person, person_record};

on_both_databases!(
    v_34_one_application_handed_in_many_times_at_once_is_one,
    chg_9_approved_or_withdrawn_at_once_it_is_one_of_both,
    ver_2_of_five_who_accept_at_once_three_find_a_place,
    v_34_one_link_accepted_many_times_at_once_changes_the_subject_once,
);

/// The same browser, every other time through another router.
fn tab(bench: &Bench, browser: &Browser, number: usize) -> Browser {
    let mut tab = browser.clone();
    if number % 2 == 1 {
        tab.router = bench.restarted_router();
    }
    tab
}

async fn v_34_one_application_handed_in_many_times_at_once_is_one(bench: Bench) {
    let record = person_record("张三", "110101199003070011", bench.now());
    let (mut browser, id) = bench
        .changing("a@mail.example", "13800138001", &record)
        .await;
    bench.draft(&mut browser, id).await;
    let path = at(&mut browser, "/submission").await;
    let body = json!({ "resources_confirmed": true, "former_agrees": true });
    let calls = (0..8).map(|number| {
        let mut tab = tab(&bench, &browser, number);
        let (path, body) = (path.clone(), body.clone());
        async move { tab.send_json("POST", &path, body).await }
    });
    let answers = join_all(calls).await;
    let mut states = Vec::new();
    for answer in &answers {
        assert_eq!(answer.status, 200, "{}", answer.text());
        let shown: ChangeOverview = answer.json();
        states.push(shown.application.unwrap().state);
    }
    assert!(states.windows(2).all(|two| two[0] == two[1]), "{states:?}");
    let mut tx = bench.app.store.read().await.unwrap();
    let counts = queue::count(&mut tx, bench.now()).await.unwrap();
    let waiting = counts
        .iter()
        .find(|count| count.queue == Queue::VerificationChanges);
    assert_eq!(waiting.unwrap().open, 1);
    drop(tx);
    let submitted = "verification_change_submitted";
    let events = bench.events(id).await;
    assert!(events.iter().any(|event| event == submitted));
}

async fn chg_9_approved_or_withdrawn_at_once_it_is_one_of_both(bench: Bench) {
    for round in 0..6 {
        let number = format!("1380013800{round}");
        let email = format!("a{round}@mail.example");
        let record = person_record("张三", "110101199003070011", bench.now());
        let (mut browser, id) = bench.changing(&email, &number, &record).await;
        let change = bench.in_review(&mut browser, id).await;
        let path = at(&mut browser, "/submission").await;
        let mut tab = tab(&bench, &browser, round);
        let withdrawing = async { tab.send_json("DELETE", &path, Value::Null).await };
        let (approved, withdrawn) =
            futures_util::future::join(bench.approve(&change), withdrawing).await;
        let state = overview(&mut browser).await.application.unwrap().state;
        // An approval may still be taken back; a withdrawal cannot be approved.
        match state {
            ApplicationState::Withdrawn { .. } => assert_eq!(withdrawn.status, 200),
            ApplicationState::Approved { .. } => {
                assert!(approved.is_ok());
                assert_eq!(withdrawn.status, 409, "{}", withdrawn.text());
            }
            other => panic!("{other:?}"),
        }
    }
}

async fn ver_2_of_five_who_accept_at_once_three_find_a_place(bench: Bench) {
    let mut ready = Vec::new();
    let mut ids = Vec::new();
    for n in 0..5 {
        let record = person_record("张三", "110101199003070011", bench.now());
        let (mail, phone) = (format!("a{n}@mail.example"), format!("1380013800{n}"));
        let (mut browser, id) = bench.changing(&mail, &phone, &record).await;
        let (_, secret) = bench.invited(&mut browser, id).await;
        let mut new = bench.browser();
        let check = show_face(&mut new, &secret).await;
        ready.push((tab(&bench, &new, n), secret, check));
        ids.push(id);
    }
    let calls = ready
        .into_iter()
        .map(|(mut new, secret, check)| async move { accept(&mut new, &secret, &check).await });
    let answers = join_all(calls).await;
    let count = |status| {
        answers
            .iter()
            .filter(|answer| answer.status == status)
            .count()
    };
    assert_eq!((count(200), count(409)), (3, 2));
    let mut tx = bench.app.store.read().await.unwrap();
    let (name, number) = NEW_PERSON;
    let document = person(name, number).document;
    let taken = subjects::count_person(&mut tx, &document, None).await;
    assert_eq!(taken.unwrap(), 3);
}

async fn v_34_one_link_accepted_many_times_at_once_changes_the_subject_once(bench: Bench) {
    let record = person_record("张三", "110101199003070011", bench.now());
    let (mut browser, id) = bench
        .changing("a@mail.example", "13800138001", &record)
        .await;
    let (_, secret) = bench.invited(&mut browser, id).await;
    let mut new = bench.browser();
    let check = show_face(&mut new, &secret).await;
    let calls = (0..6).map(|number| {
        let mut tab = tab(&bench, &new, number);
        let (secret, check) = (secret.clone(), check.clone());
        async move { accept(&mut tab, &secret, &check).await }
    });
    let answers = join_all(calls).await;
    for answer in &answers {
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.text(), answers[0].text());
    }
    let mut tx = bench.app.store.read().await.unwrap();
    let history = subjects::list_history(&mut tx, id, 10).await.unwrap();
    assert_eq!(history.len(), 1);
}
