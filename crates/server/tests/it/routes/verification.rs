//! Real-name verification of persons, from form to result, on both databases.

use contract::endpoints::{
    DEMO_LOOK, FINISH_PERSON, GET_SESSION, GET_VERIFICATION, GIVE_UP_VERIFICATION, RESUME_PERSON,
    REVEAL_SUBJECT, START_PERSON,
};
use contract::verification::{Finished, NextStep, Verification};
use domain::account::{AccountId, VerificationStatus};
use domain::identity::IdDocumentKind;
use domain::refusal::Refusal;
use domain::time::Span;
use domain::verification::{
    Attempt, ClosedBecause, FaceCause, FailureReason, Method, SubjectEvent, VerificationRefusal,
    VerifiedAction,
};
use serde_json::{Value, json};
use server::language::Language;
use server::store::{login_methods, subjects};

use crate::support::{Answer, Bench, Browser, on_both_databases, person_record, phone};

on_both_databases!(
    ver_3_a_person_is_verified_by_their_face_at_once,
    ver_3_ent_13_a_wechat_scan_verifies_and_binds_nothing,
    ver_3_qq_s_page_verifies_and_binds_nothing,
    ver_10_who_scanned_decides_why_it_failed_and_what_was_typed_stays,
    ver_7_a_failed_face_check_tells_its_causes,
    ver_2_the_fourth_account_is_refused_before_anybody_scans,
    ver_2_a_place_that_went_meanwhile_is_refused_at_the_end,
    ver_4_under_age_is_refused_and_the_birthday_is_told,
    ver_4_ver_5_a_permit_is_verified_by_wechat_only_and_its_age_is_asked_for,
    ver_5_a_passport_is_sent_to_the_international_site,
    ver_6_every_wrong_field_is_told_at_once,
    ver_1_ver_13_a_verified_account_or_one_without_a_phone_is_refused,
    ver_10_a_running_attempt_is_resumed_or_given_up,
    ver_15_an_attempt_that_hangs_names_its_case,
    ver_8_a_sub_user_inherits_and_sees_no_subject,
    ver_9_ver_12_the_session_and_the_page_say_what_is_closed,
    prt_2_the_subject_is_revealed_after_a_proof_only,
    ver_12_asking_whether_one_may_begins_nothing,
    acc_13_an_attempt_is_on_the_card_until_it_has_passed,
    v_01_a_number_that_ends_in_x_is_one_number_however_it_is_typed,
);

const NUMBER: &str = "110101199003070011";

fn start(name: &str, method: &str) -> Value {
    json!({
        "person": { "name": name, "document_kind": "resident_id", "document_number": NUMBER },
        "method": method,
        "give_up_running": false,
    })
}

/// An owner who can be verified.
async fn owner(bench: &Bench) -> (Browser, AccountId) {
    let (browser, id) = bench.signed_in("zhang@mail.example").await;
    bench.secured(id, "13800138000", "safe@mail.example").await;
    (browser, id)
}

async fn begin(browser: &mut Browser, body: Value) -> NextStep {
    let answer = browser.call(&START_PERSON, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn look(browser: &mut Browser, step: &NextStep, cause: Option<&str>) {
    let NextStep::Face { face } = step else {
        panic!("{step:?}");
    };
    // The demo's camera knows its checks by the address that it was opened with.
    let query = face.address.split_once('?').unwrap().1;
    let check = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "check")
        .unwrap();
    let body = json!({ "check": check.1, "cause": cause });
    browser.call(&DEMO_LOOK, body).await;
}

async fn scan(bench: &Bench, step: &NextStep, person: &str) {
    let NextStep::Scan { scan } = step else {
        panic!("{step:?}");
    };
    let secret = scan.address.rsplit_once("/scan/").unwrap().1;
    let mut other = bench.browser();
    phone::scan(&mut other, secret, person).await;
    phone::answer(&mut other, &scan.id, true).await;
}

async fn finish(browser: &mut Browser) -> Finished {
    let answer = browser.call(&FINISH_PERSON, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn standing(browser: &mut Browser) -> Verification {
    browser.call(&GET_VERIFICATION, Value::Null).await.json()
}

fn refusals(answer: &Answer) -> Vec<Refusal> {
    assert_eq!(answer.status, 409, "{}", answer.text());
    answer.problem().refusals
}

fn reasons(finished: &Finished) -> Vec<FailureReason> {
    match &finished.attempt {
        Attempt::Failed { reasons, .. } => reasons.clone(),
        other => panic!("{other:?}"),
    }
}

async fn ver_3_a_person_is_verified_by_their_face_at_once(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let step = begin(&mut browser, start("张三", "face")).await;
    let waiting = finish(&mut browser).await;
    assert!(!waiting.is_over);
    look(&mut browser, &step, None).await;
    let done = finish(&mut browser).await;
    let passed = Attempt::Passed {
        method: Method::Face,
        at: bench.now(),
    };
    assert_eq!(done.attempt, passed);
    let known = standing(&mut browser).await;
    assert_eq!(known.status, VerificationStatus::Person);
    let subject = known.subject.unwrap();
    assert_eq!(subject.name.as_str(), "张*");
    assert!(!subject.number.as_str().contains("19900307"));
    assert_eq!(subject.document_kind, Some(IdDocumentKind::ResidentId));
    assert_eq!(known.history[0].event, SubjectEvent::Verified);
    assert_eq!(known.history[0].method, Some(Method::Face));
    assert_eq!(known.attempt, None);
    assert_eq!(known.closed, []);
    let events = bench.events(id).await;
    assert!(events.contains(&"person_verification_decided".to_owned()));
    let letters = bench.letters_to("safe@mail.example").await;
    assert!(
        letters
            .iter()
            .any(|letter| letter.contains("通过了实名认证"))
    );
}

async fn ver_3_ent_13_a_wechat_scan_verifies_and_binds_nothing(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let step = begin(&mut browser, start("张三", "wechat_scan")).await;
    assert!(!finish(&mut browser).await.is_over);
    scan(&bench, &step, "wechat-zhang").await;
    let done = finish(&mut browser).await;
    assert!(matches!(done.attempt, Attempt::Passed { .. }));
    let mut tx = bench.app.store.read().await.unwrap();
    let methods = login_methods::list(&mut tx, id).await.unwrap();
    assert_eq!(methods.len(), 1, "the e-mail only");
    assert_eq!(
        login_methods::find_confirmation(&mut tx, id).await.unwrap(),
        None
    );
}

async fn ver_3_qq_s_page_verifies_and_binds_nothing(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let NextStep::Visit { address } = begin(&mut browser, start("王五", "qq_scan")).await else {
        panic!("no visit");
    };
    let asked = phone::asked(&json!({ "address": address }));
    let query = phone::confirm(&mut browser, &asked, Some("qq-wang")).await;
    let back = phone::come_back(&mut browser, "qq", &query).await;
    assert_eq!(back.json::<Value>()["outcome"], "verified");
    let done = finish(&mut browser).await;
    assert!(matches!(done.attempt, Attempt::Passed { .. }));
    let mut tx = bench.app.store.read().await.unwrap();
    assert_eq!(login_methods::list(&mut tx, id).await.unwrap().len(), 1);
}

async fn ver_10_who_scanned_decides_why_it_failed_and_what_was_typed_stays(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    for (person, name, reason) in [
        ("wechat-li", "张三", FailureReason::ScannedByAnother),
        ("wechat-new", "张三", FailureReason::ScannedUnverified),
        ("guest-a", "错名", FailureReason::NameOrIdWrong),
        ("guest-b", "断线", FailureReason::ServiceFailed),
    ] {
        bench.wait(Span::from_millis(1));
        let step = begin(&mut browser, start(name, "wechat_scan")).await;
        scan(&bench, &step, person).await;
        let done = finish(&mut browser).await;
        assert_eq!(reasons(&done), [reason], "{person}");
        let kept = standing(&mut browser).await.attempt.unwrap();
        let typed = kept.typed.unwrap();
        assert_eq!(typed.name, name);
        assert_eq!(typed.document_number, NUMBER);
        assert_eq!(kept.face_causes, []);
    }
}

async fn ver_7_a_failed_face_check_tells_its_causes(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    for (cause, told) in [
        ("covered", FaceCause::Covered),
        ("not_fully_in_frame", FaceCause::NotFullyInFrame),
    ] {
        // The newest attempt is meant, so no two may begin at once.
        bench.wait(Span::from_millis(1));
        let step = begin(&mut browser, start("张三", "face")).await;
        look(&mut browser, &step, Some(cause)).await;
        assert_eq!(
            reasons(&finish(&mut browser).await),
            [FailureReason::FaceCheck]
        );
        let kept = standing(&mut browser).await.attempt.unwrap();
        assert_eq!(kept.face_causes, [told]);
    }
}

async fn ver_2_the_fourth_account_is_refused_before_anybody_scans(bench: Bench) {
    for number in 0..2 {
        let email = format!("verified{number}@mail.example");
        bench.verified(&email, "张三").await;
    }
    let (mut browser, _) = owner(&bench).await;
    let third = browser.call(&START_PERSON, start("张三", "face")).await;
    assert_eq!(third.status, 200, "{}", third.text());
    bench.verified("verified2@mail.example", "张三").await;
    let mut again = start("张三", "face");
    again["give_up_running"] = json!(true);
    let fourth = browser.call(&START_PERSON, again).await;
    let taken = VerificationRefusal::PersonPlacesTaken { limit: 3 };
    assert_eq!(refusals(&fourth), [taken.into()]);
    assert_eq!(fourth.problem().rule.unwrap().to_string(), "VER-2");
}

async fn ver_2_a_place_that_went_meanwhile_is_refused_at_the_end(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let step = begin(&mut browser, start("张三", "face")).await;
    for number in 0..3 {
        let email = format!("verified{number}@mail.example");
        bench.verified(&email, "张三").await;
    }
    look(&mut browser, &step, None).await;
    let answer = browser.call(&FINISH_PERSON, Value::Null).await;
    let taken = VerificationRefusal::PersonPlacesTaken { limit: 3 };
    assert_eq!(refusals(&answer), [taken.into()]);
    let known = standing(&mut browser).await;
    assert_eq!(known.status, VerificationStatus::Unverified);
    assert!(known.attempt.is_some(), "nothing is lost");
    assert!(
        !bench
            .events(id)
            .await
            .contains(&"person_verification_decided".to_owned())
    );
}

async fn ver_4_under_age_is_refused_and_the_birthday_is_told(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    // Born on 2008-12-31; the tests begin in the evening of 2026-09-21 in Shanghai.
    let mut young = start("张三", "face");
    young["person"]["document_number"] = json!("11010120081231005X");
    let answer = browser.call(&START_PERSON, young.clone()).await;
    let birthday = domain::time::Date::parse("2026-12-31").unwrap().begin();
    let too_young = VerificationRefusal::TooYoung {
        adult_from: birthday,
    };
    assert_eq!(refusals(&answer), [too_young.into()]);
    assert_eq!(answer.problem().retry_at, Some(birthday));
    bench.wait(Span::from_days(101));
    browser
        .sign_in("zhang@mail.example", crate::support::PASSWORD)
        .await;
    begin(&mut browser, young).await;
}

async fn ver_4_ver_5_a_permit_is_verified_by_wechat_only_and_its_age_is_asked_for(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    let permit = |name: &str, method: &str| {
        json!({
            "person": { "name": name, "document_kind": "hk_macau_permit", "document_number": "H12345678" },
            "method": method,
            "give_up_running": true,
        })
    };
    for method in ["face", "qq_scan"] {
        let answer = browser.call(&START_PERSON, permit("陈大文", method)).await;
        let [Refusal::Verification(VerificationRefusal::MethodClosed { because, .. })] =
            refusals(&answer)[..]
        else {
            panic!("{}", answer.text());
        };
        assert_eq!(because, ClosedBecause::HongKongMacauTaiwan);
        assert_eq!(answer.problem().rule.unwrap().to_string(), "VER-5");
    }
    let step = begin(&mut browser, permit("少年", "wechat_scan")).await;
    scan(&bench, &step, "guest-young").await;
    let answer = browser.call(&FINISH_PERSON, Value::Null).await;
    assert!(matches!(
        refusals(&answer)[..],
        [Refusal::Verification(VerificationRefusal::TooYoung { .. })]
    ));
    let step = begin(&mut browser, permit("陈大文", "wechat_scan")).await;
    scan(&bench, &step, "guest-chan").await;
    assert!(matches!(
        finish(&mut browser).await.attempt,
        Attempt::Passed { .. }
    ));
}

async fn ver_5_a_passport_is_sent_to_the_international_site(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    let mut body = start("John Smith", "wechat_scan");
    body["person"]["document_kind"] = json!("passport");
    body["person"]["document_number"] = json!("X1234567");
    let answer = browser.call(&START_PERSON, body).await;
    let closed = VerificationRefusal::MethodClosed {
        method: Method::WechatScan,
        because: ClosedBecause::OtherSite,
    };
    assert_eq!(refusals(&answer), [closed.into()]);
}

async fn ver_6_every_wrong_field_is_told_at_once(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    let mut body = start("张", "face");
    body["person"]["document_number"] = json!("110101900307001");
    let answer = browser.call(&START_PERSON, body).await;
    assert_eq!(answer.status, 422);
    let wrong: Vec<_> = answer
        .problem()
        .fields
        .into_iter()
        .map(|field| field.field)
        .collect();
    assert_eq!(wrong, ["name", "document_number"]);
    // A residence permit is another document.
    let mut body = start("陈大文", "wechat_scan");
    body["person"]["document_kind"] = json!("residence_permit");
    body["person"]["document_number"] = json!("810000199003070015");
    let answer = browser.call(&START_PERSON, body).await;
    assert_eq!(answer.problem().fields[0].field, "document_kind");
}

async fn ver_1_ver_13_a_verified_account_or_one_without_a_phone_is_refused(bench: Bench) {
    let (mut browser, id) = bench.signed_in("zhang@mail.example").await;
    bench.verify(id, "张三").await;
    let answer = browser
        .call(&START_PERSON, start("李四", "bank_transfer"))
        .await;
    // Every rule that refuses, in one answer.
    assert_eq!(
        refusals(&answer),
        [
            VerificationRefusal::AlreadyVerified.into(),
            VerificationRefusal::SecurityPhoneMissing.into(),
            VerificationRefusal::MethodClosed {
                method: Method::BankTransfer,
                because: ClosedBecause::ForEnterprises,
            }
            .into(),
        ]
    );
}

async fn ver_10_a_running_attempt_is_resumed_or_given_up(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let nothing = browser.call(&RESUME_PERSON, Value::Null).await;
    assert_eq!(
        refusals(&nothing),
        [VerificationRefusal::NoSuchAttempt.into()]
    );
    begin(&mut browser, start("张三", "wechat_scan")).await;
    let again = browser.call(&START_PERSON, start("张三", "face")).await;
    let running = VerificationRefusal::AttemptRunning {
        method: Method::WechatScan,
    };
    assert_eq!(refusals(&again), [running.into()]);
    // The code is dead after two minutes; a fresh one goes on with the same claim.
    bench.wait(Span::from_minutes(2));
    assert!(finish(&mut browser).await.is_over);
    let resumed = browser.call(&RESUME_PERSON, Value::Null).await;
    scan(&bench, &resumed.json(), "wechat-li").await;
    assert_eq!(
        reasons(&finish(&mut browser).await),
        [FailureReason::ScannedByAnother]
    );
    begin(&mut browser, start("张三", "wechat_scan")).await;
    let given_up = browser.call(&GIVE_UP_VERIFICATION, Value::Null).await;
    assert_eq!(given_up.status, 204, "{}", given_up.text());
    assert_eq!(standing(&mut browser).await.attempt, None);
    assert!(
        bench
            .events(id)
            .await
            .contains(&"verification_given_up".to_owned())
    );
}

async fn ver_15_an_attempt_that_hangs_names_its_case(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    begin(&mut browser, start("张三", "wechat_scan")).await;
    bench.wait(Span::from_minutes(30));
    assert!(!standing(&mut browser).await.attempt.unwrap().is_overdue);
    bench.wait(Span::from_millis(1));
    let attempt = standing(&mut browser).await.attempt.unwrap();
    assert!(attempt.is_overdue);
    assert!(attempt.case_number.starts_with("V-2026"));
}

async fn ver_8_a_sub_user_inherits_and_sees_no_subject(bench: Bench) {
    let root = bench.verified("zhang@mail.example", "张三").await;
    bench.sub_user(root, "ops").await;
    let mut browser = bench.browser();
    let wish = json!({ "root": root, "user_name": "ops", "password": crate::support::PASSWORD });
    browser
        .call(&contract::endpoints::SIGN_IN_SUB_USER, wish)
        .await;
    let known = standing(&mut browser).await;
    assert!(known.is_inherited);
    assert_eq!(known.status, VerificationStatus::Person);
    assert_eq!(known.closed, []);
    assert_eq!((known.subject, known.history.len()), (None, 0));
    let reveal = browser.call(&REVEAL_SUBJECT, Value::Null).await;
    assert_eq!(reveal.status, 403, "{}", reveal.text());
}

async fn ver_9_ver_12_the_session_and_the_page_say_what_is_closed(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let known = standing(&mut browser).await;
    assert_eq!(known.closed, VerifiedAction::NAMED_IN_BANNER);
    assert_eq!(known.offered, Method::ALL, "the demo has every service");
    let session: Value = browser.call(&GET_SESSION, Value::Null).await.json();
    assert_eq!(session["owner"]["verification"], "unverified");
    bench.verify(id, "张三").await;
    // A page that was opened before asks again; nobody signs in anew.
    let session: Value = browser.call(&GET_SESSION, Value::Null).await.json();
    assert_eq!(session["owner"]["verification"], "person");
}

async fn prt_2_the_subject_is_revealed_after_a_proof_only(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    bench.verify(id, "张三").await;
    bench.wait(Span::from_minutes(16));
    let answer = browser.call(&REVEAL_SUBJECT, Value::Null).await;
    assert_eq!(answer.status, 403, "{}", answer.text());
    assert!(!answer.text().contains(NUMBER));
    bench.prove(&mut browser).await;
    let answer = browser.call(&REVEAL_SUBJECT, Value::Null).await;
    assert_eq!(answer.json::<Value>()["number"], NUMBER);
    assert_eq!(bench.events(id).await.last().unwrap(), "subject_revealed");
}

async fn ver_12_asking_whether_one_may_begins_nothing(bench: Bench) {
    let (browser, _) = owner(&bench).await;
    let mut asking = browser.with("may-i", "true");
    let answer = asking.call(&START_PERSON, start("张三", "face")).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert_eq!(standing(&mut asking).await.attempt, None);
    let mut wrong = start("张三", "top_up");
    wrong["give_up_running"] = json!(true);
    let answer = asking.call(&START_PERSON, wrong).await;
    assert_eq!(answer.status, 409);
}

async fn acc_13_an_attempt_is_on_the_card_until_it_has_passed(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    let pending = async |browser: &mut Browser| {
        let info = browser.call(&contract::endpoints::GET_ACCOUNT, Value::Null);
        info.await.json::<Value>()["pending"].clone()
    };
    assert_eq!(pending(&mut browser).await, json!([]));
    let step = begin(&mut browser, start("张三", "face")).await;
    assert_eq!(
        pending(&mut browser).await[0]["kind"]["change"],
        "verification"
    );
    look(&mut browser, &step, None).await;
    finish(&mut browser).await;
    assert_eq!(pending(&mut browser).await, json!([]));
    // The download has it too, with the number masked (ACC-14).
    let export = browser.call(&contract::endpoints::EXPORT_ACCOUNT, Value::Null);
    let export = export.await.text();
    assert!(export.contains("\"event\":\"verified\"") && !export.contains(NUMBER));
}

async fn v_01_a_number_that_ends_in_x_is_one_number_however_it_is_typed(bench: Bench) {
    let number = "11010119900307002X";
    for place in 0..3 {
        let email = format!("verified{place}@mail.example");
        let id = bench.account(&email, Language::Chinese).await;
        let record = person_record("张三", number, bench.now());
        let mut tx = bench.app.store.write().await.unwrap();
        subjects::replace(&mut tx, id, &record).await.unwrap();
        tx.commit().await.unwrap();
    }
    let (mut browser, _) = owner(&bench).await;
    for typed in [number, "11010119900307002x", " 11010119900307002x "] {
        let mut body = start("张三", "face");
        body["person"]["document_number"] = json!(typed);
        let answer = browser.call(&START_PERSON, body).await;
        let taken = VerificationRefusal::PersonPlacesTaken { limit: 3 };
        assert_eq!(refusals(&answer), [taken.into()], "{typed}");
    }
}
