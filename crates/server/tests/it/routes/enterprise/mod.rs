//! Verifying an enterprise, and what is asked of a verified one.

mod money;
mod records;

use contract::endpoints::{
    ASK_AGAIN, DEMO_LOOK, GET_ENTERPRISE, LOOK_AFTER_ENTERPRISE, START_ENTERPRISE,
    WITHDRAW_PERMISSION,
};
use contract::enterprise::{EnterpriseVerification, RepresentativeShown};
use domain::account::{AccountId, VerificationStatus};
use domain::identity::{EnterpriseCode, EnterpriseName};
use domain::login_methods::LoginMethodKind;
use domain::refusal::Refusal;
use domain::time::Span;
use domain::verification::{
    Attempt, ClosedBecause, FailureReason, Method, PermissionStep, RegisterAdvice,
    VerificationRefusal,
};
use serde_json::{Value, json};
use server::store::{accounts, enterprise_limits, security, subjects};

use crate::support::enterprises::{CODE, company, look, permit, register_says, start};
use crate::support::{
    Answer, Bench, Browser, PASSWORD, enterprise_record, on_both_databases, phone,
};

on_both_databases!(
    ent_12_a_permission_verifies_is_used_once_and_can_be_withdrawn,
    ent_12_the_official_account_of_another_enterprise_verifies_nobody,
    ent_20_the_permission_goes_on_in_another_browser,
    ent_20_a_permission_that_nobody_answered_is_asked_for_anew,
    ent_9_a_new_licence_is_tried_again_later,
    ent_10_a_representative_who_passed_does_not_help_a_wrong_code,
    ver_7_a_face_that_is_not_the_representative_s_fails,
    ent_13_a_representative_s_scan_verifies_and_binds_nothing,
    ent_4_an_institution_has_two_methods_and_ent_5_a_foreigner_three,
    ver_1_a_verified_account_begins_no_other_verification,
    ent_1_the_eleventh_account_is_refused_unless_the_limit_was_raised,
);

/// An owner with a security phone.
async fn owner(bench: &Bench, email: &str) -> (Browser, AccountId) {
    let (browser, id) = bench.signed_in(email).await;
    bench.secured(id, "13800001234", "safe@mail.example").await;
    (browser, id)
}

async fn status(bench: &Bench, id: AccountId) -> VerificationStatus {
    let mut tx = bench.app.store.read().await.unwrap();
    let found = accounts::find(&mut tx, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    found.verification
}

fn failed(shown: &EnterpriseVerification) -> Vec<FailureReason> {
    match &shown.attempt.as_ref().unwrap().attempt {
        Attempt::Failed { reasons, .. } => reasons.clone(),
        other => panic!("{other:?}"),
    }
}

fn refused(answer: &Answer) -> Vec<Refusal> {
    assert_eq!(answer.status, 409, "{}", answer.text());
    answer.problem().refusals
}

async fn ent_12_a_permission_verifies_is_used_once_and_can_be_withdrawn(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let shown = start(&mut browser, company("official_account")).await;
    let permission = shown.permission.unwrap();
    assert_eq!(permission.step, PermissionStep::Ask);
    assert!(!permission.may_withdraw);
    let waiting = look(&mut browser).await;
    assert!(waiting.attempt.unwrap().attempt.running().is_some());
    let early = browser.call(&WITHDRAW_PERMISSION, Value::Null).await;
    let unusable = Refusal::Verification(VerificationRefusal::PermissionNotUsable);
    assert_eq!(refused(&early), std::slice::from_ref(&unusable));
    permit(&mut browser, &permission.address, "own").await;
    let passed = look(&mut browser).await;
    assert!(matches!(
        passed.attempt.unwrap().attempt,
        Attempt::Passed { .. }
    ));
    let permission = passed.permission.unwrap();
    assert_eq!(permission.step, PermissionStep::ShowResult);
    assert!(permission.may_withdraw);
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
    let withdrawn = browser.call(&WITHDRAW_PERMISSION, Value::Null).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text());
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
    let again = browser.call(&WITHDRAW_PERMISSION, Value::Null).await;
    assert_eq!(refused(&again), [unusable]);
    let events = bench.events(id).await;
    let at = |event: &str| events.iter().filter(|known| *known == event).count();
    assert_eq!(at("enterprise_verification_started"), 1);
    assert_eq!(at("verification_passed"), 1);
    assert_eq!(at("official_account_permission_withdrawn"), 1);
}

async fn ent_12_the_official_account_of_another_enterprise_verifies_nobody(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    for answer in ["other", "refused"] {
        bench.wait(Span::from_millis(1));
        let shown = start(&mut browser, company("official_account")).await;
        let address = shown.permission.unwrap().address;
        permit(&mut browser, &address, answer).await;
        let shown = look(&mut browser).await;
        assert_eq!(failed(&shown), [FailureReason::PermissionRefused]);
        // Everything typed is kept (VER-10).
        let typed = shown.attempt.unwrap().typed;
        assert_eq!(typed.name, "晴空（示例）科技有限公司");
        assert_eq!(typed.representative_number, "110101199003070011");
    }
    assert_eq!(status(&bench, id).await, VerificationStatus::Unverified);
}

async fn ent_20_the_permission_goes_on_in_another_browser(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let shown = start(&mut browser, company("official_account")).await;
    let mut other = bench.browser();
    other.sign_in("owner@mail.example", PASSWORD).await;
    let resumed: EnterpriseVerification = other.call(&GET_ENTERPRISE, Value::Null).await.json();
    assert_eq!(resumed.permission, shown.permission);
    permit(&mut other, &resumed.permission.unwrap().address, "own").await;
    look(&mut other).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ent_20_a_permission_that_nobody_answered_is_asked_for_anew(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let nothing = browser.call(&ASK_AGAIN, Value::Null).await;
    let none = Refusal::Verification(VerificationRefusal::NoSuchAttempt);
    assert_eq!(refused(&nothing), [none]);
    let first = start(&mut browser, company("official_account")).await;
    let second = browser.call(&ASK_AGAIN, Value::Null).await;
    assert_eq!(second.status, 200, "{}", second.text());
    let second: EnterpriseVerification = second.json();
    assert_ne!(first.permission, second.permission);
    permit(&mut browser, &second.permission.unwrap().address, "own").await;
    look(&mut browser).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ent_9_a_new_licence_is_tried_again_later(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    register_says(&mut browser, "not_recorded").await;
    let shown = start(&mut browser, company("official_account")).await;
    assert_eq!(failed(&shown), [FailureReason::NotRecorded]);
    let attempt = shown.attempt.unwrap();
    assert!(matches!(
        attempt.advice,
        Some(RegisterAdvice::TryAgain { from, until }) if from > bench.now() && until > from
    ));
    bench.wait(Span::from_millis(1));
    let mut old = company("official_account");
    old["form"]["issued"] = json!("2026-06-01");
    let shown = start(&mut browser, old).await;
    assert_eq!(shown.attempt.unwrap().advice, Some(RegisterAdvice::Support));
    bench.wait(Span::from_millis(1));
    register_says(&mut browser, "sound").await;
    let shown = start(&mut browser, company("official_account")).await;
    permit(&mut browser, &shown.permission.unwrap().address, "own").await;
    look(&mut browser).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

/// The representative's face is looked at, and it is theirs unless there is a cause why not.
async fn show_face(browser: &mut Browser, cause: Option<&str>) -> EnterpriseVerification {
    let shown = start(browser, company("legal_representative_face")).await;
    let Some(RepresentativeShown::Face { check: Some(check) }) = shown.representative else {
        panic!("no check was begun");
    };
    let (_, query) = check.address.split_once("/demo/face?check=").unwrap();
    let (service, _) = query.split_once('&').unwrap();
    let body = json!({ "check": service, "cause": cause });
    browser.call(&DEMO_LOOK, body).await;
    look(browser).await
}

async fn ent_10_a_representative_who_passed_does_not_help_a_wrong_code(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    register_says(&mut browser, "other_name").await;
    let shown = show_face(&mut browser, None).await;
    assert_eq!(failed(&shown), [FailureReason::NameOrCodeWrong]);
    assert!(matches!(
        shown.attempt.unwrap().advice,
        Some(RegisterAdvice::CheckNameOrCodeOrTryAgain { .. })
    ));
    bench.wait(Span::from_millis(1));
    register_says(&mut browser, "sound").await;
    show_face(&mut browser, None).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}

async fn ver_7_a_face_that_is_not_the_representative_s_fails(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let shown = show_face(&mut browser, Some("covered")).await;
    assert_eq!(failed(&shown), [FailureReason::FaceCheck]);
    assert_eq!(status(&bench, id).await, VerificationStatus::Unverified);
}

async fn ent_13_a_representative_s_scan_verifies_and_binds_nothing(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    for (person, expected) in [
        ("wechat-li", vec![FailureReason::ScannedByAnother]),
        ("wechat-new", vec![FailureReason::ScannedUnverified]),
        ("wechat-zhang", Vec::new()),
    ] {
        bench.wait(Span::from_millis(1));
        start(&mut browser, company("legal_representative_wechat")).await;
        let asked = browser.call(&ASK_AGAIN, Value::Null).await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        let asked: EnterpriseVerification = asked.json();
        let Some(RepresentativeShown::Scan { scan: Some(scan) }) = asked.representative else {
            panic!("no code was shown");
        };
        let (_, secret) = scan.address.rsplit_once("/scan/").unwrap();
        let mut phone = bench.browser();
        phone::scan(&mut phone, secret, person).await;
        // Scanned is not confirmed.
        assert!(
            look(&mut browser)
                .await
                .attempt
                .unwrap()
                .attempt
                .running()
                .is_some()
        );
        phone::answer(&mut phone, &scan.id, true).await;
        let shown = look(&mut browser).await;
        if expected.is_empty() {
            assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
        } else {
            assert_eq!(failed(&shown), expected);
        }
    }
    let mut tx = bench.app.store.read().await.unwrap();
    let security = security::find(&mut tx, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let kinds: Vec<_> = security
        .methods
        .iter()
        .map(|one| one.method.identity.kind())
        .collect();
    assert_eq!(kinds, [LoginMethodKind::Email]);
}

async fn ent_4_an_institution_has_two_methods_and_ent_5_a_foreigner_three(bench: Bench) {
    let (mut browser, _) = owner(&bench, "owner@mail.example").await;
    let closed = |method, because| {
        Refusal::Verification(VerificationRefusal::MethodClosed { method, because })
    };
    let mut institution = company("top_up");
    institution["form"]["kind"] = json!("public_institution");
    let wrong = browser.call(&START_ENTERPRISE, institution.clone()).await;
    assert_eq!(wrong.problem().fields[0].field, "kind");
    institution["form"]["code"] = json!("MA01ABC25");
    let answer = browser.call(&START_ENTERPRISE, institution).await;
    let expected = closed(Method::TopUp, ClosedBecause::PublicInstitution);
    assert_eq!(refused(&answer), [expected]);
    let mut foreign = company("legal_representative_face");
    foreign["form"]["representative_document"] = json!("passport");
    foreign["form"]["representative_name"] = json!("Sam Smith");
    foreign["form"]["representative_number"] = json!("AB1234567");
    let answer = browser.call(&START_ENTERPRISE, foreign.clone()).await;
    let expected = closed(
        Method::LegalRepresentativeFace,
        ClosedBecause::ForeignLegalRepresentative,
    );
    assert_eq!(refused(&answer), [expected]);
    foreign["method"] = json!("top_up");
    start(&mut browser, foreign).await;
}

async fn verified(bench: &Bench, id: AccountId, code: &str) {
    let name = "晴空（示例）科技有限公司";
    let record = enterprise_record(name, code, bench.now());
    let mut tx = bench.app.store.write().await.unwrap();
    subjects::replace(&mut tx, id, &record).await.unwrap();
    tx.commit().await.unwrap();
}

async fn ver_1_a_verified_account_begins_no_other_verification(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    verified(&bench, id, CODE).await;
    let answer = browser
        .call(&START_ENTERPRISE, company("official_account"))
        .await;
    let expected = Refusal::Verification(VerificationRefusal::OneSubjectPerAccount);
    assert_eq!(refused(&answer), [expected]);
    let looked = browser.call(&LOOK_AFTER_ENTERPRISE, Value::Null).await;
    assert_eq!(looked.status, 200);
}

async fn ent_1_the_eleventh_account_is_refused_unless_the_limit_was_raised(bench: Bench) {
    for _ in 0..10 {
        let (_, id) = bench.bare().await;
        verified(&bench, id, CODE).await;
    }
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let answer = browser
        .call(&START_ENTERPRISE, company("official_account"))
        .await;
    let full = VerificationRefusal::EnterprisePlacesTaken { limit: 10 };
    assert_eq!(refused(&answer), [Refusal::Verification(full)]);
    let mut tx = bench.app.store.write().await.unwrap();
    let name = EnterpriseName::parse("晴空（示例）科技有限公司").unwrap();
    let code = EnterpriseCode::parse(CODE).unwrap();
    enterprise_limits::replace(&mut tx, (&code, &name), 11, bench.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let shown = start(&mut browser, company("official_account")).await;
    permit(&mut browser, &shown.permission.unwrap().address, "own").await;
    look(&mut browser).await;
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}
