//! The wizard of changes of verification, on both databases (CHG-1 to CHG-14).

use contract::changes::ChangeOverview;
use contract::endpoints::{GET_CHANGE, SIGN_IN, START_CHANGE};
use domain::account::AccountId;
use domain::operators::Queue;
use domain::refusal::Refusal;
use domain::time::{Date, Span};
use domain::verification::change::{
    ApplicationState, ChangeRefusal, ChangeWay, ItemReason, Proof, ReviewItem, ReviewReason,
};
use serde_json::{Value, json};
use server::outside::platform::{Holding, SandboxAccount};
use server::store::subjects::{self, Identity};
use server::store::{documents, queue};

use crate::support::changes::{
    CODE, NAME, NEW_PERSON, NUMBER, a_person, an_enterprise, at, codes, overview, refused, save,
    start, state, subject, submit,
};
use crate::support::{Bench, PASSWORD, enterprise_record, on_both_databases, person_record};

on_both_databases!(
    chg_1_every_change_is_offered_with_all_that_stands_against_it,
    chg_2_thirty_days_to_the_millisecond_but_not_for_a_person_who_becomes_an_enterprise,
    chg_3_debts_stand_against_a_change_and_a_silent_platform_is_no_answer,
    v_33_what_was_typed_is_there_again_on_another_device_right_or_wrong,
    v_35_a_draft_that_was_changed_elsewhere_is_not_overwritten,
    chg_5_another_kind_keeps_what_was_typed,
    chg_6_wrong_fields_are_named_when_it_is_handed_in,
    chg_7_missing_papers_are_named,
    chg_8_the_register_settles_a_new_name_at_once,
    chg_8_what_the_register_does_not_confirm_waits_for_a_reviewer,
    chg_9_withdrawn_and_corrected_it_is_handed_in_again,
    chg_9_rejected_with_reasons_it_is_corrected_from_there,
    chg_9_the_review_is_due_after_three_business_days,
    chg_11_14_what_must_be_confirmed_is_asked_for_and_a_proof_too,
    api_2_may_i_hand_it_in_changes_nothing,
);

async fn waiting(bench: &Bench) -> u32 {
    let mut tx = bench.app.store.read().await.unwrap();
    let counts = queue::count(&mut tx, bench.now()).await.unwrap();
    let of = counts
        .iter()
        .find(|count| count.queue == Queue::VerificationChanges);
    of.map_or(0, |count| count.open)
}

fn holds(bench: &Bench, id: AccountId, holding: Holding, is_away: bool) {
    let account = SandboxAccount {
        holding,
        is_away,
        ..SandboxAccount::default()
    };
    bench.app.demo.as_ref().unwrap().platform.set(id, account);
}

async fn chg_1_every_change_is_offered_with_all_that_stands_against_it(bench: Bench) {
    let (mut person, _) = a_person(&bench).await;
    let shown = overview(&mut person).await;
    assert_eq!(shown.subject.unwrap().name, "张*");
    assert!(shown.offers.iter().all(|offer| offer.refusals.is_empty()));
    assert_eq!(shown.offers.len(), 2);

    let record = enterprise_record(NAME, CODE, bench.now());
    let (mut company, _) = bench
        .changing("b@mail.example", "13800138002", &record)
        .await;
    let shown = overview(&mut company).await;
    let last = shown.offers.last().unwrap();
    assert_eq!(codes(&last.refusals), ["enterprise_to_person"]);
    let answer = company
        .call(
            &START_CHANGE,
            json!({ "target": { "kind": "person", "region": "mainland" } }),
        )
        .await;
    assert_eq!(refused(&answer), ["enterprise_to_person"]);

    let (mut nobody, _) = bench.signed_in("c@mail.example").await;
    let shown = overview(&mut nobody).await;
    assert_eq!(shown.subject, None);
    for offer in shown.offers {
        assert_eq!(codes(&offer.refusals), ["not_verified"]);
    }
}

async fn chg_2_thirty_days_to_the_millisecond_but_not_for_a_person_who_becomes_an_enterprise(
    bench: Bench,
) {
    let (mut browser, id) = a_person(&bench).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let verified = person_record("张三", NUMBER, bench.now());
    subjects::replace(&mut tx, id, &verified).await.unwrap();
    tx.commit().await.unwrap();
    let allowed_at = bench.now().plus(Span::from_days(30));
    let offers = async |bench: &Bench| {
        let mut browser = bench.browser();
        browser.sign_in("zhang@mail.example", PASSWORD).await;
        overview(&mut browser).await.offers
    };
    for offer in overview(&mut browser).await.offers {
        let is_person = matches!(
            offer.target,
            domain::verification::change::ChangeTarget::Person { .. }
        );
        let expected = match is_person {
            true => vec![ChangeRefusal::TooSoon { allowed_at }],
            false => Vec::new(),
        };
        assert_eq!(offer.refusals, expected);
    }
    bench.wait(Span::from_millis(30 * 24 * 3_600_000 - 1));
    let too_soon = |offers: &[contract::changes::ChangeOffer]| {
        offers.iter().any(|offer| !offer.refusals.is_empty())
    };
    assert!(too_soon(&offers(&bench).await));
    bench.wait(Span::from_millis(1));
    assert!(!too_soon(&offers(&bench).await));
}

async fn chg_3_debts_stand_against_a_change_and_a_silent_platform_is_no_answer(bench: Bench) {
    let (mut browser, id) = a_person(&bench).await;
    let owing = Holding {
        arrears: domain::identity::Fen::new(1),
        advance: domain::identity::Fen::new(1),
        pay_at: Some("https://platform.example/bills".to_owned()),
        ..Holding::default()
    };
    holds(&bench, id, owing, false);
    let shown = overview(&mut browser).await;
    assert_eq!(
        codes(&shown.offers[0].refusals),
        ["arrears", "outstanding_advance"]
    );
    assert_eq!(
        shown.pay_at.as_deref(),
        Some("https://platform.example/bills")
    );
    holds(&bench, id, Holding::default(), true);
    let answer = browser.call(&GET_CHANGE, Value::Null).await;
    assert_eq!(answer.status, 503, "{}", answer.text());
    holds(&bench, id, Holding::default(), false);
    bench.in_review(&mut browser, id).await;
    let shown = overview(&mut browser).await;
    assert_eq!(codes(&shown.offers[0].refusals), ["another_in_review"]);
}

async fn v_33_what_was_typed_is_there_again_on_another_device_right_or_wrong(bench: Bench) {
    let (mut browser, _) = an_enterprise(&bench).await;
    start(
        &mut browser,
        json!({ "kind": "enterprise", "region": "mainland" }),
    )
    .await;
    let wrong =
        json!({ "new_enterprise_code": " 九一 ", "former_legal_representative_name": "王小明" });
    save(&mut browser, wrong).await;
    let mut other = bench.browser();
    let sign_in = json!({ "email": "sunny@mail.example", "password": PASSWORD });
    other.call(&SIGN_IN, sign_in).await;
    let change = overview(&mut other).await.application.unwrap();
    assert_eq!(change.fields.new_enterprise_code, " 九一 ");
    assert_eq!(change.fields.former_legal_representative_name, "王小明");
    assert_eq!(change.version, 2);
}

async fn v_35_a_draft_that_was_changed_elsewhere_is_not_overwritten(bench: Bench) {
    let (mut browser, _) = a_person(&bench).await;
    start(
        &mut browser,
        json!({ "kind": "person", "region": "mainland" }),
    )
    .await;
    let path = at(&mut browser, "").await;
    let body = |name: &str| {
        json!({
            "version": 1, "way": "paper", "former": "unchanged",
            "fields": { "new_person_name": name },
        })
    };
    let first = browser.send_json("PUT", &path, body("甲")).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let second = browser.send_json("PUT", &path, body("乙")).await;
    assert_eq!(second.status, 409);
    assert_eq!(second.kind(), "changed_elsewhere");
    let kept = overview(&mut browser).await.application.unwrap();
    assert_eq!(kept.fields.new_person_name, "甲");
}

async fn chg_5_another_kind_keeps_what_was_typed(bench: Bench) {
    let (mut browser, _) = an_enterprise(&bench).await;
    start(&mut browser, json!({ "kind": "new_name" })).await;
    let online = overview(&mut browser).await.application.unwrap();
    assert_eq!(online.way, ChangeWay::Online);
    save(
        &mut browser,
        json!({ "new_enterprise_name": "晴空云有限公司" }),
    )
    .await;
    start(
        &mut browser,
        json!({ "kind": "enterprise", "region": "mainland" }),
    )
    .await;
    let change = overview(&mut browser).await.application.unwrap();
    assert_eq!(change.id, online.id);
    assert_eq!(change.way, ChangeWay::Paper);
    assert_eq!(change.fields.new_enterprise_name, "晴空云有限公司");
    assert!(change.online_refusal.is_some());
}

async fn chg_6_wrong_fields_are_named_when_it_is_handed_in(bench: Bench) {
    let (mut browser, _) = a_person(&bench).await;
    start(
        &mut browser,
        json!({ "kind": "person", "region": "mainland" }),
    )
    .await;
    save(&mut browser, json!({ "new_person_id": "110101900307001" })).await;
    let answer = submit(&mut browser).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    let fields = answer.problem().fields;
    let names: Vec<_> = fields.iter().map(|wrong| wrong.field.as_str()).collect();
    assert_eq!(names, ["new_person_name", "new_person_id"]);
}

async fn chg_7_missing_papers_are_named(bench: Bench) {
    let (mut browser, id) = a_person(&bench).await;
    start(
        &mut browser,
        json!({ "kind": "person", "region": "mainland" }),
    )
    .await;
    let (name, number) = NEW_PERSON;
    save(
        &mut browser,
        json!({ "new_person_name": name, "new_person_id": number }),
    )
    .await;
    let has = [Proof::FormerIdFront, Proof::FormerIdBack, Proof::NewIdFront];
    bench.upload(id, &has).await;
    let missing = ChangeRefusal::ProofMissing {
        missing: vec![Proof::NewIdBack, Proof::ApplicationForm],
    };
    let shown = overview(&mut browser).await.application.unwrap();
    assert_eq!(shown.refusals, std::slice::from_ref(&missing));
    let answer = submit(&mut browser).await;
    assert_eq!(answer.status, 409, "{}", answer.text());
    assert_eq!(answer.problem().refusals, [Refusal::from(missing)]);
    // What was uploaded waits on.
    let mut tx = bench.app.store.read().await.unwrap();
    let purpose = domain::verification::DocumentPurpose::VerificationChange;
    let waiting = documents::list(&mut tx, &format!("account:{id}"), purpose)
        .await
        .unwrap();
    assert_eq!(waiting.len(), 3);
}

async fn chg_8_the_register_settles_a_new_name_at_once(bench: Bench) {
    let (mut browser, id) = an_enterprise(&bench).await;
    start(&mut browser, json!({ "kind": "new_name" })).await;
    let fields = json!({ "new_enterprise_name": "晴空云有限公司", "new_enterprise_code": CODE });
    save(&mut browser, fields).await;
    let answer = submit(&mut browser).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let shown: ChangeOverview = answer.json();
    assert_eq!(state(&shown), ApplicationState::Done { at: bench.now() });
    assert_eq!(waiting(&bench).await, 0);
    let now = subject(&bench, id).await;
    assert_eq!(now.identity.name(), "晴空云有限公司");
    assert_eq!(now.since, bench.now(), "the 30 days begin anew");
    assert!(
        bench
            .events(id)
            .await
            .contains(&"verification_change_submitted".to_owned())
    );
    let answer = browser
        .call(&START_CHANGE, json!({ "target": { "kind": "new_name" } }))
        .await;
    assert_eq!(refused(&answer), ["too_soon"]);
}

async fn chg_8_what_the_register_does_not_confirm_waits_for_a_reviewer(bench: Bench) {
    let (mut browser, id) = an_enterprise(&bench).await;
    start(&mut browser, json!({ "kind": "new_legal_representative" })).await;
    let fields = json!({
        "new_legal_representative_name": "冒名",
        "new_legal_representative_id": NEW_PERSON.1,
    });
    save(&mut browser, fields).await;
    let shown: ChangeOverview = submit(&mut browser).await.json();
    assert!(matches!(state(&shown), ApplicationState::InReview { .. }));
    assert_eq!(waiting(&bench).await, 1);
    let change = shown.application.unwrap().id;
    bench.approve(&change).await.unwrap();
    let Identity::Enterprise(now) = subject(&bench, id).await.identity else {
        panic!("it stays an enterprise");
    };
    assert_eq!(now.legal_representative.unwrap().name.as_str(), "冒名");
    assert_eq!(now.name.as_str(), NAME);
}

async fn chg_9_withdrawn_and_corrected_it_is_handed_in_again(bench: Bench) {
    let (mut browser, id) = a_person(&bench).await;
    let change = bench.in_review(&mut browser, id).await;
    assert_eq!(waiting(&bench).await, 1);
    let path = at(&mut browser, "/submission").await;
    let answer = browser.send_json("DELETE", &path, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(waiting(&bench).await, 0);
    let again = browser.send_json("DELETE", &path, Value::Null).await;
    assert_eq!(refused(&again), ["not_in_this_state"]);
    assert!(bench.approve(&change).await.is_err(), "nothing to approve");
    let path = at(&mut browser, "/correction").await;
    let answer = browser.send_json("POST", &path, json!({})).await;
    let shown: ChangeOverview = answer.json();
    let draft = shown.application.unwrap();
    assert_eq!(draft.fields.new_person_name, NEW_PERSON.0);
    assert_eq!(draft.refusals, [], "the papers are there again");
    assert_eq!(submit(&mut browser).await.status, 200);
    assert_eq!(waiting(&bench).await, 1);
}

async fn chg_9_rejected_with_reasons_it_is_corrected_from_there(bench: Bench) {
    let (mut browser, id) = a_person(&bench).await;
    let change = bench.in_review(&mut browser, id).await;
    let reasons = vec![ItemReason {
        item: ReviewItem::Proof(Proof::NewIdBack),
        reason: ReviewReason::Unreadable,
        note: "反光".to_owned(),
    }];
    bench.reject(&change, reasons.clone()).await;
    let letters = bench.letters_to("safe.zhang@mail.example").await;
    assert!(letters.last().unwrap().contains("未通过审核"));
    let shown = overview(&mut browser).await;
    let ApplicationState::Rejected { reasons: told, .. } = state(&shown) else {
        panic!("it is rejected");
    };
    assert_eq!(told, reasons);
    let path = at(&mut browser, "/correction").await;
    let answer = browser.send_json("POST", &path, json!({})).await;
    assert_eq!(
        state(&answer.json()),
        ApplicationState::Draft { reasons },
        "they stay beside what they are about"
    );
    bench.upload(id, &[Proof::NewIdBack]).await;
    assert_eq!(submit(&mut browser).await.status, 200);
}

async fn chg_9_the_review_is_due_after_three_business_days(bench: Bench) {
    let (mut browser, id) = a_person(&bench).await;
    bench.in_review(&mut browser, id).await;
    let shown = overview(&mut browser).await;
    let ApplicationState::InReview { due_at, .. } = state(&shown) else {
        panic!("it is in review");
    };
    // Monday 21 September 2026, 22:13 in Shanghai; Friday 25 is the Mid-Autumn Festival's holiday.
    let day = Date::from_ymd(2026, 9, 24).unwrap();
    assert_eq!(due_at, day.end().minus(Span::from_millis(1)));
    assert!(shown.application.unwrap().due_is_certain);
    assert_eq!(shown.review_business_days, 3);
}

async fn chg_11_14_what_must_be_confirmed_is_asked_for_and_a_proof_too(bench: Bench) {
    let (mut browser, id) = a_person(&bench).await;
    start(
        &mut browser,
        json!({ "kind": "person", "region": "mainland" }),
    )
    .await;
    let (name, number) = NEW_PERSON;
    let fields = json!({ "new_person_name": name, "new_person_id": number });
    save(&mut browser, fields).await;
    bench.papers(&mut browser, id).await;
    let path = at(&mut browser, "/submission").await;
    let nothing = json!({ "resources_confirmed": false, "former_agrees": false });
    let answer = browser.send_json("POST", &path, nothing.clone()).await;
    assert_eq!(
        refused(&answer),
        ["resources_not_confirmed", "former_owner_not_agreed"]
    );
    // Another session has proved nothing.
    let mut other = bench.browser();
    other.sign_in("zhang@mail.example", PASSWORD).await;
    let answer = other.send_json("POST", &path, nothing).await;
    assert_eq!(answer.status, 403, "{}", answer.text());
    assert_eq!(codes(&answer.problem().refusals), ["proof_needed"]);
    assert_eq!(waiting(&bench).await, 0);
}

async fn api_2_may_i_hand_it_in_changes_nothing(bench: Bench) {
    let (mut browser, _) = an_enterprise(&bench).await;
    start(&mut browser, json!({ "kind": "new_name" })).await;
    let fields = json!({ "new_enterprise_name": "晴空云有限公司", "new_enterprise_code": CODE });
    save(&mut browser, fields).await;
    let path = at(&mut browser, "/submission").await;
    let body = json!({ "resources_confirmed": true, "former_agrees": true });
    let asked = browser
        .with("may-i", "true")
        .send_json("POST", &path, body)
        .await;
    assert_eq!(asked.status, 204, "{}", asked.text());
    let shown = overview(&mut browser).await;
    assert_eq!(state(&shown), ApplicationState::NEW);
}
