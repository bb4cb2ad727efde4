//! The link by which the new subject of a change accepts, on both databases (CHG-12, CHG-14).

use contract::changes::ConsentAsked;
use domain::account::AccountId;
use domain::refusal::Refusal;
use domain::time::Span;
use domain::verification::change::{ApplicationState, ChangeRefusal, FormerSubject};
use domain::verification::{Subject, VerificationRefusal};
use serde_json::{Value, json};
use server::store::subjects::{self, Identity};

use crate::support::changes::{
    NEW_PERSON, NUMBER, a_person, accept, an_enterprise, at, invite, overview, refused, save,
    show_face, start, state, subject, submit,
};
use crate::support::{Bench, Browser, PASSWORD, on_both_databases, person_record};

on_both_databases!(
    chg_12_the_new_person_takes_the_account_over_and_the_old_place_is_free,
    chg_12_the_new_person_s_places_are_counted_at_the_acceptance_too,
    chg_14_a_link_that_is_over_or_withdrawn_leads_nowhere,
    ent_10_who_does_not_represent_the_new_enterprise_cannot_accept_for_it,
    ent_4_an_institution_s_representative_cannot_accept_by_face,
);

async fn chg_12_the_new_person_takes_the_account_over_and_the_old_place_is_free(bench: Bench) {
    let (mut browser, id) = a_person(&bench).await;
    let (_, secret) = bench.invited(&mut browser, id).await;
    let letters = bench.letters_to("safe.zhang@mail.example").await;
    assert!(letters.last().unwrap().contains("已审核通过"));
    assert_eq!(subject(&bench, id).await.identity.name(), "张三");
    let mut new = bench.browser();
    let page = format!("/api/v1/verification/consents/{secret}");
    let asked: ConsentAsked = new.get(&page).await.json();
    assert_eq!((&*asked.former, &*asked.new), ("张*", "李**"));
    assert!(!asked.accepted);
    let check = show_face(&mut new, &secret).await;
    bench.wait(Span::from_millis(5));
    let answer = accept(&mut new, &secret, &check).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let now = subject(&bench, id).await;
    assert_eq!(now.identity.name(), NEW_PERSON.0);
    assert_eq!(now.since, bench.now());
    assert!(matches!(now.subject, Subject::Person { .. }));
    let again = accept(&mut new, &secret, &check).await;
    assert_eq!(again.text(), answer.text(), "it is done once");
    assert!(new.get(&page).await.json::<ConsentAsked>().accepted);
    assert_eq!(
        state(&overview(&mut browser).await),
        ApplicationState::Done { at: now.since }
    );
    let mut tx = bench.app.store.read().await.unwrap();
    let document = match person_record("张三", NUMBER, now.since).identity {
        Identity::Person(person) => person.document,
        Identity::Enterprise(_) => panic!("a person"),
    };
    let taken = subjects::count_person(&mut tx, &document, None).await;
    assert_eq!(taken.unwrap(), 0, "the old place is free");
    let history = subjects::list_history(&mut tx, id, 10).await.unwrap();
    assert_eq!(history.len(), 1);
}

async fn chg_12_the_new_person_s_places_are_counted_at_the_acceptance_too(bench: Bench) {
    let (mut browser, id) = a_person(&bench).await;
    let (_, secret) = bench.invited(&mut browser, id).await;
    let (name, number) = NEW_PERSON;
    for n in 0..3 {
        let (_, other) = bench.signed_in(&format!("other{n}@mail.example")).await;
        let mut tx = bench.app.store.write().await.unwrap();
        let record = person_record(name, number, bench.now());
        subjects::replace(&mut tx, other, &record).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut new = bench.browser();
    let check = show_face(&mut new, &secret).await;
    let answer = accept(&mut new, &secret, &check).await;
    assert_eq!(answer.status, 409);
    let limit = VerificationRefusal::PersonPlacesTaken { limit: 3 };
    let refusal = ChangeRefusal::NewSubject { refusal: limit };
    assert_eq!(answer.problem().refusals, [Refusal::from(refusal)]);
    assert_eq!(subject(&bench, id).await.identity.name(), "张三");
}

async fn chg_14_a_link_that_is_over_or_withdrawn_leads_nowhere(bench: Bench) {
    let (mut browser, id) = a_person(&bench).await;
    let (_, secret) = bench.invited(&mut browser, id).await;
    let page = |secret: &str| format!("/api/v1/verification/consents/{secret}");
    let second = invite(&mut browser, Value::Null).await;
    let mut new = bench.browser();
    assert_eq!(
        new.get(&page(&secret)).await.status,
        404,
        "there is a newer one"
    );
    assert_eq!(new.get(&page(&second)).await.status, 200);
    let check = show_face(&mut new, &second).await;
    bench.wait(Span::from_days(7));
    assert_eq!(new.get(&page(&second)).await.status, 404);
    assert_eq!(accept(&mut new, &second, &check).await.status, 404);
    let mut browser = bench.browser();
    browser.sign_in("zhang@mail.example", PASSWORD).await;
    let third = invite(&mut browser, Value::Null).await;
    let path = at(&mut browser, "/submission").await;
    let withdrawn = browser.send_json("DELETE", &path, Value::Null).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text());
    assert_eq!(new.get(&page(&third)).await.status, 404);
}

/// An application of the enterprise to become another one, approved.
async fn to_another_enterprise(bench: &Bench, browser: &mut Browser, id: AccountId, code: &str) {
    start(
        browser,
        json!({ "kind": "enterprise", "region": "mainland" }),
    )
    .await;
    let fields = json!({
        "former_legal_representative_name": "王小明",
        "former_legal_representative_id": NUMBER,
        "new_enterprise_name": "示例（北京）科技有限公司",
        "new_enterprise_code": code,
    });
    save(browser, fields).await;
    bench.papers(browser, id).await;
    let answer = submit(browser).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let change = overview(browser).await.application.unwrap();
    assert_eq!(change.former, FormerSubject::Unchanged);
    bench.approve(&change.id).await.unwrap();
}

async fn ent_10_who_does_not_represent_the_new_enterprise_cannot_accept_for_it(bench: Bench) {
    let (mut browser, id) = an_enterprise(&bench).await;
    to_another_enterprise(&bench, &mut browser, id, "91310000MA1FL0BU27").await;
    for (name, status) in [("冒名", 409), ("李小红", 200)] {
        let who = json!({ "name": name, "number": NEW_PERSON.1 });
        let secret = invite(&mut browser, who).await;
        let mut new = bench.browser();
        let check = show_face(&mut new, &secret).await;
        let answer = accept(&mut new, &secret, &check).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        if status == 409 {
            assert_eq!(refused(&answer), ["representative_not_recorded"]);
        }
    }
    let Identity::Enterprise(now) = subject(&bench, id).await.identity else {
        panic!("it is an enterprise");
    };
    assert_eq!(now.name.as_str(), "示例（北京）科技有限公司");
    assert_eq!(now.legal_representative.unwrap().name.as_str(), "李小红");
    assert_eq!(now.postal_address.unwrap().as_str(), "北京市示例路1号");
}

async fn ent_4_an_institution_s_representative_cannot_accept_by_face(bench: Bench) {
    let (mut browser, id) = an_enterprise(&bench).await;
    to_another_enterprise(&bench, &mut browser, id, "12110000400000624H").await;
    let path = at(&mut browser, "/invitation").await;
    let early = browser
        .send_json("POST", &path, json!({ "representative": null }))
        .await;
    assert_eq!(refused(&early), ["step_closed"]);
    let version = overview(&mut browser).await.application.unwrap().version;
    let information = at(&mut browser, "/information").await;
    let empty = json!({ "version": version, "postal_address": " " });
    let answer = browser.send_json("PUT", &information, empty).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    let right = json!({ "version": version, "postal_address": "北京市示例路1号" });
    browser.send_json("PUT", &information, right).await;
    let nobody = browser
        .send_json("POST", &path, json!({ "representative": null }))
        .await;
    assert_eq!(nobody.status, 422, "{}", nobody.text());
    let who = json!({ "representative": { "name": "李小红", "number": NEW_PERSON.1 } });
    let answer = browser.send_json("POST", &path, who).await;
    assert_eq!(refused(&answer), ["method_closed"]);
}
