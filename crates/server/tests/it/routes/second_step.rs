//! The second step of a sign-in: protection, trust, other ways, risk (SGN-2, SGN-3, SGN-4).

use contract::endpoints::{
    FIND_RESET_ACCOUNTS, GET_ACCOUNT, GET_SECOND_STEP, GET_SESSION, GIVE_UP_SECOND_STEP,
    PASS_SECOND_STEP, PROVE, RESET_PASSWORD, REVOKE_ALL_TRUST, SEND_PROOF_CODE, SEND_RESET_CODE,
    SEND_SECOND_STEP_CODE, SIGN_OUT,
};
use contract::session::{CurrentSession, SecondStepAsked, SecondStepStatus, SignInAnswer};
use domain::contacts::CodeRefusal;
use domain::protection::{Factor, ProofMethod, ProtectionRefusal};
use domain::refusal::Refusal;
use domain::sign_in::{SecondStepWay, SignInRefusal, SignInResult};
use domain::time::Span;
use serde_json::{Value, json};
use server::language::Language;
use server::state::Network;

use crate::support::{
    Answer, Bench, Browser, PASSWORD, Settings, on_both_databases, solved_puzzle, step_of,
};

on_both_databases!(
    with behind_a_proxy();
    sgn_2_nobody_is_signed_in_before_the_second_proof,
    sgn_2_a_trusted_device_skips_it_for_168_hours_and_no_other_device_does,
    sgn_2_a_step_is_over_after_ten_minutes_and_when_it_is_given_up,
    sgn_2_a_step_belongs_to_the_browser_of_the_first_proof,
    sgn_3_another_way_gets_through_as_well,
    v_20_a_code_of_one_sign_in_works_for_no_other,
    v_20_a_code_that_proves_the_owner_is_none_for_signing_in,
    v_25_a_new_password_or_taking_the_trust_away_ends_it,
    sgn_4_a_new_device_after_many_wrong_passwords_asks_for_more,
    sgn_4_a_new_device_in_another_country_asks_for_whatever_there_is,
    sgn_9_a_second_proof_that_never_came_is_written_down,
);

const EMAIL: &str = "zhang@mail.example";

fn behind_a_proxy() -> Settings {
    let mut settings = Settings::default();
    settings.policy.sign_in.tries_per_address = u32::MAX;
    settings.network = Network {
        trusted_proxies: 1,
        public_origin: None,
    };
    settings
}

/// An account whose sign-in asks for a code to its phone.
async fn protected(bench: &Bench) -> domain::account::AccountId {
    let id = bench.account(EMAIL, Language::Chinese).await;
    bench.secured(id, "13800001234", "safe@mail.example").await;
    bench.protect(id, Factor::PhoneCode).await;
    id
}

fn proofs(asked: &SecondStepAsked) -> Vec<ProofMethod> {
    let methods = asked.ways.iter().filter_map(|offer| match offer.way {
        SecondStepWay::Proof(method) => Some(method),
        SecondStepWay::Appeal => None,
    });
    methods.collect()
}

async fn code(bench: &Bench, browser: &mut Browser) -> String {
    // What waits goes first, so that the code is the newest message.
    bench.postman().deliver_due().await.unwrap();
    let wish = json!({ "method": "security_phone" });
    let sent = browser.call(&SEND_SECOND_STEP_CODE, wish).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    bench.newest_sms_code().await
}

async fn pass(browser: &mut Browser, way: &str, code: &str, trust: bool) -> Answer {
    let proof = json!({ "way": way, "code": code });
    let wish = json!({ "proof": proof, "trust_device": trust });
    browser.call(&PASS_SECOND_STEP, wish).await
}

async fn is_asked(browser: &mut Browser) -> bool {
    let answer = browser.sign_in(EMAIL, PASSWORD).await;
    match answer.json() {
        SignInAnswer::SecondStep(_) => true,
        SignInAnswer::SignedIn(_) => false,
    }
}

/// Signs in with both proofs and has the browser trusted.
async fn trusted(bench: &Bench) -> Browser {
    let mut browser = bench.browser();
    assert!(is_asked(&mut browser).await);
    let code = code(bench, &mut browser).await;
    let answer = pass(&mut browser, "phone_code", &code, true).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    browser
}

async fn sgn_2_nobody_is_signed_in_before_the_second_proof(bench: Bench) {
    let id = protected(&bench).await;
    let mut browser = bench.browser();
    let asked = step_of(&browser.sign_in(EMAIL, PASSWORD).await);
    assert_eq!(asked.trust_for, Some(Span::from_hours(168).as_millis()));
    assert_eq!(asked.ways[0].to.as_deref(), Some("138****1234"));
    assert!(!browser.cookies.contains_key("__Host-session"));
    let nobody: CurrentSession = browser.call(&GET_SESSION, Value::Null).await.json();
    assert_eq!(nobody.owner, None);
    assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 401);
    let again: SecondStepStatus = browser.call(&GET_SECOND_STEP, Value::Null).await.json();
    assert_eq!(again.asked, Some(asked), "a reload goes on with it");
    let code = code(&bench, &mut browser).await;
    let other = if code == "000000" { "000001" } else { "000000" };
    let answer = pass(&mut browser, "phone_code", other, false).await;
    let left = Refusal::Code(CodeRefusal::Wrong { tries_left: 4 });
    assert_eq!(answer.problem().refusals, [left]);
    let sent: SecondStepStatus = browser.call(&GET_SECOND_STEP, Value::Null).await.json();
    let resend_at = sent.asked.unwrap().ways[0].resend_at;
    assert_eq!(resend_at, Some(bench.now().plus(Span::from_minutes(1))));
    let answer = pass(&mut browser, "phone_code", &code, false).await;
    let SignInAnswer::SignedIn(session) = answer.json() else {
        panic!("{}", answer.text());
    };
    assert_eq!(session.owner.unwrap().account_id, id);
    assert!(!browser.cookies.contains_key("__Host-step"));
    assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    let events = bench.events(id).await;
    let expected = [
        "account_created",
        "second_step_asked",
        "second_step_code_sent",
        "signed_in",
    ];
    assert_eq!(events, expected);
}

async fn sgn_2_a_trusted_device_skips_it_for_168_hours_and_no_other_device_does(bench: Bench) {
    let id = protected(&bench).await;
    let mut browser = trusted(&bench).await;
    let end = bench.now().plus(Span::from_hours(168));
    browser.call(&SIGN_OUT, Value::Null).await;
    assert!(!is_asked(&mut browser).await);
    let newest = bench.history(id).await;
    let skipped =
        |record: &domain::sign_in::SignInRecord| record.result == SignInResult::SignedInTrusted;
    assert_eq!(newest.iter().filter(|one| skipped(one)).count(), 1);
    assert!(is_asked(&mut bench.browser()).await, "another device");
    bench.wait(end.minus(Span::from_millis(1)).since(bench.now()));
    assert!(!is_asked(&mut browser).await);
    bench.wait(Span::from_millis(1));
    assert!(
        is_asked(&mut browser).await,
        "counted from the second proof, not from the last use"
    );
}

async fn sgn_2_a_step_is_over_after_ten_minutes_and_when_it_is_given_up(bench: Bench) {
    let id = protected(&bench).await;
    let mut browser = bench.browser();
    let asked = step_of(&browser.sign_in(EMAIL, PASSWORD).await);
    assert_eq!(asked.ends_at, bench.now().plus(Span::from_minutes(10)));
    bench.wait(Span::from_millis(10 * 60_000 - 1));
    let code = code(&bench, &mut browser).await;
    bench.wait(Span::from_millis(1));
    let status: SecondStepStatus = browser.call(&GET_SECOND_STEP, Value::Null).await.json();
    assert_eq!(status.asked, None);
    let answer = pass(&mut browser, "phone_code", &code, false).await;
    assert_eq!(answer.status, 409);
    let over = Refusal::SignIn(SignInRefusal::SecondStepOver);
    assert_eq!(answer.problem().refusals, std::slice::from_ref(&over));

    bench.wait(Span::from_minutes(1));
    assert!(is_asked(&mut browser).await);
    let code = self::code(&bench, &mut browser).await;
    let mut other_tab = browser.clone();
    let answer = browser.call(&GIVE_UP_SECOND_STEP, Value::Null).await;
    assert_eq!(answer.status, 204);
    assert!(!browser.cookies.contains_key("__Host-step"));
    let answer = pass(&mut other_tab, "phone_code", &code, false).await;
    assert_eq!(answer.problem().refusals, [over]);
    assert_eq!(
        bench.events(id).await.last().unwrap(),
        "second_step_given_up"
    );
}

async fn sgn_2_a_step_belongs_to_the_browser_of_the_first_proof(bench: Bench) {
    protected(&bench).await;
    let mut browser = bench.browser();
    assert!(is_asked(&mut browser).await);
    let code = code(&bench, &mut browser).await;
    let mut thief = browser.clone();
    thief.cookies.remove("__Host-device");
    let answer = pass(&mut thief, "phone_code", &code, false).await;
    let over = Refusal::SignIn(SignInRefusal::SecondStepOver);
    assert_eq!(answer.problem().refusals, [over]);
    let answer = pass(&mut browser, "phone_code", &code, false).await;
    assert_eq!(answer.status, 200);
}

async fn sgn_3_another_way_gets_through_as_well(bench: Bench) {
    protected(&bench).await;
    let mut browser = bench.browser();
    let asked = step_of(&browser.sign_in(EMAIL, PASSWORD).await);
    let expected = [ProofMethod::SecurityPhone, ProofMethod::SecurityEmail];
    assert_eq!(proofs(&asked), expected);
    let last = asked.ways.last().unwrap();
    assert_eq!(last.way, SecondStepWay::Appeal);
    let wish = json!({ "method": "security_email" });
    browser.call(&SEND_SECOND_STEP_CODE, wish).await;
    let code = bench.newest_mail_code().await;
    let answer = pass(&mut browser, "email_code", &code, false).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let mut browser = bench.browser();
    assert!(is_asked(&mut browser).await);
    let answer = pass(&mut browser, "mfa_code", "123456", false).await;
    assert_eq!(answer.status, 403, "the account has no such device");
    let usable = expected.to_vec();
    let refusal = Refusal::from(ProtectionRefusal::ProofNeeded { usable });
    assert_eq!(answer.problem().refusals, [refusal]);
}

async fn v_20_a_code_of_one_sign_in_works_for_no_other(bench: Bench) {
    protected(&bench).await;
    let mut browser = bench.browser();
    assert!(is_asked(&mut browser).await);
    let code = code(&bench, &mut browser).await;
    assert_eq!(
        pass(&mut browser, "phone_code", &code, false).await.status,
        200
    );
    browser.call(&SIGN_OUT, Value::Null).await;
    assert!(is_asked(&mut browser).await);
    let answer = pass(&mut browser, "phone_code", &code, false).await;
    let used = Refusal::Code(CodeRefusal::Used);
    assert_eq!(answer.problem().refusals, [used]);
}

async fn v_20_a_code_that_proves_the_owner_is_none_for_signing_in(bench: Bench) {
    protected(&bench).await;
    let mut browser = bench.browser();
    assert!(is_asked(&mut browser).await);
    let code = code(&bench, &mut browser).await;
    let mut owner = trusted_after_a_minute(&bench).await;
    let proof = json!({ "way": "phone_code", "code": code });
    let wish = json!({ "operation": "change_password", "proof": proof });
    let answer = owner.call(&PROVE, wish).await;
    let none = Refusal::Code(CodeRefusal::NoCode);
    assert_eq!(answer.problem().refusals, [none]);
}

async fn trusted_after_a_minute(bench: &Bench) -> Browser {
    bench.wait(Span::from_minutes(1));
    trusted(bench).await
}

async fn v_25_a_new_password_or_taking_the_trust_away_ends_it(bench: Bench) {
    protected(&bench).await;
    let mut browser = trusted(&bench).await;
    bench.wait(Span::from_minutes(1));
    bench.postman().deliver_due().await.unwrap();
    let wish = json!({ "method": "security_phone" });
    browser.call(&SEND_PROOF_CODE, wish).await;
    let code = bench.newest_sms_code().await;
    let proof = json!({ "way": "phone_code", "code": code });
    let wish = json!({ "operation": "change_password", "proof": proof });
    assert_eq!(browser.call(&PROVE, wish).await.status, 200);
    let answer = browser.call(&REVOKE_ALL_TRUST, Value::Null).await;
    assert!(answer.status < 300, "{}", answer.text());
    assert!(
        is_asked(&mut browser).await,
        "taken away in Security settings"
    );

    let mut browser = trusted_after_a_minute(&bench).await;
    let target = json!({ "target": EMAIL });
    let mut elsewhere = bench.browser();
    elsewhere.call(&SEND_RESET_CODE, target).await;
    let code = bench.newest_mail_code().await;
    let wish = json!({ "target": EMAIL, "code": code });
    let found: Value = elsewhere.call(&FIND_RESET_ACCOUNTS, wish).await.json();
    let choice = &found["accounts"][0]["choice"];
    let wish = json!({
        "target": EMAIL,
        "code": code,
        "choice": choice,
        "password": PASSWORD.replace("2026", "2027"),
    });
    let answer = elsewhere.call(&RESET_PASSWORD, wish).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    let password = PASSWORD.replace("2026", "2027");
    step_of(&browser.sign_in(EMAIL, &password).await);
}

async fn sgn_4_a_new_device_after_many_wrong_passwords_asks_for_more(bench: Bench) {
    let id = bench.verified(EMAIL, "张三").await;
    bench.secured(id, "13800001234", "safe@mail.example").await;
    let mut known = bench.browser();
    assert!(!is_asked(&mut known).await);
    for _ in 0..4 {
        known.sign_in(EMAIL, "not the password").await;
    }
    let mut new = bench.browser();
    let captcha = solved_puzzle(&mut new).await;
    let wish = json!({ "email": EMAIL, "password": PASSWORD, "captcha": captcha });
    let answer = new.call(&contract::endpoints::SIGN_IN, wish).await;
    let asked = step_of(&answer);
    // The face of the verified person and nothing else.
    let expected = vec![ProofMethod::Face];
    assert_eq!(proofs(&asked), expected);
    assert_eq!(
        asked.trust_for, None,
        "there is nothing that trust would skip"
    );
    let answer = pass(&mut new, "mfa_code", "123456", false).await;
    let usable = expected;
    let refusal = Refusal::from(ProtectionRefusal::ProofNeeded { usable });
    assert_eq!(answer.problem().refusals, [refusal]);
    // The right password has cleared the count, and a device that is known was never risky.
    assert!(!is_asked(&mut known).await);
}

async fn sgn_4_a_new_device_in_another_country_asks_for_whatever_there_is(bench: Bench) {
    let id = bench.account(EMAIL, Language::Chinese).await;
    bench.secured(id, "13800001234", "safe@mail.example").await;
    let from = |address: &str| bench.browser().with("x-forwarded-for", address);
    assert!(
        !is_asked(&mut from("192.0.2.7")).await,
        "nowhere is unusual at first"
    );
    assert!(
        !is_asked(&mut from("198.51.100.7")).await,
        "the same country"
    );
    assert!(
        !is_asked(&mut from("10.0.0.7")).await,
        "not known is no sign"
    );
    let mut abroad = from("203.0.113.7");
    let asked = step_of(&abroad.sign_in(EMAIL, PASSWORD).await);
    let usable = [ProofMethod::SecurityPhone, ProofMethod::SecurityEmail];
    assert_eq!(proofs(&asked), usable);
    let code = code(&bench, &mut abroad).await;
    let answer = pass(&mut abroad, "phone_code", &code, false).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(!is_asked(&mut from("203.0.113.8")).await, "now it was seen");
    bench.wait(Span::from_days(90));
    assert!(is_asked(&mut from("203.0.113.9")).await, "90 days ago");
}

async fn sgn_9_a_second_proof_that_never_came_is_written_down(bench: Bench) {
    let id = protected(&bench).await;
    let mut browser = bench.browser();
    assert!(is_asked(&mut browser).await);
    let results = |records: Vec<domain::sign_in::SignInRecord>| -> Vec<SignInResult> {
        records.into_iter().map(|record| record.result).collect()
    };
    let never = [SignInResult::SecondStepFailed];
    assert_eq!(results(bench.history(id).await), never);
    let code = code(&bench, &mut browser).await;
    pass(&mut browser, "phone_code", &code, false).await;
    let done = [SignInResult::SignedIn];
    assert_eq!(
        results(bench.history(id).await),
        done,
        "one row for one sign-in"
    );
}
