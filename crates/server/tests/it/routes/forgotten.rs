//! A forgotten password.

use contract::codes::CodeSent;
use contract::endpoints::{FIND_RESET_ACCOUNTS, GET_ACCOUNT, RESET_PASSWORD, SEND_RESET_CODE};
use contract::forgotten::{ResetAccounts, ResetChoice};
use contract::problem::ValueProblem;
use domain::account::{AccountId, AccountRefusal, Lock};
use domain::contacts::{CodeRefusal, ContactTargetProblem};
use domain::login_methods::LoginMethodKind;
use domain::refusal::Refusal;
use domain::sign_in::{ForgottenPasswordWay, PasswordProblem, PasswordResetRefusal};
use serde_json::{Value, json};
use server::language::Language;
use server::store::security;

use crate::support::{Bench, Browser, PASSWORD, on_both_databases};

const EMAIL: &str = "zhang@mail.example";
const PHONE: &str = "13800138001";
const NEW: &str = "a tide of 26 lamps";

on_both_databases!(
    sgn_7_a_code_to_the_login_email_sets_a_new_password,
    sgn_7_a_code_to_the_security_phone_sets_it_for_the_account_that_is_chosen,
    v_26_sgn_6_a_reset_ends_every_session_and_tells_the_owner,
    fnd_5_the_answer_for_what_nobody_has_is_the_same,
    sgn_7_an_account_without_a_password_is_told_its_other_ways,
    v_20_the_code_of_a_reset_works_once,
    acc_14_the_password_of_a_locked_account_is_not_reset,
);

async fn send(browser: &mut Browser, target: &str) -> CodeSent {
    let answer = browser
        .call(&SEND_RESET_CODE, json!({ "target": target }))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn find(browser: &mut Browser, target: &str, code: &str) -> Vec<ResetChoice> {
    let wish = json!({ "target": target, "code": code });
    let answer = browser.call(&FIND_RESET_ACCOUNTS, wish).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json::<ResetAccounts>().accounts
}

fn reset(target: &str, code: &str, choice: &ResetChoice, password: &str) -> Value {
    json!({
        "target": target, "code": code, "choice": choice.choice, "password": password,
    })
}

async fn sgn_7_a_code_to_the_login_email_sets_a_new_password(bench: Bench) {
    let id = bench.account(EMAIL, Language::Chinese).await;
    let mut browser = bench.browser();
    let sent = send(&mut browser, "Zhang@mail.example").await;
    assert_eq!(sent.to, "Z***@mail.example");
    let code = bench.newest_mail_code().await;
    let accounts = find(&mut browser, EMAIL, &code).await;
    assert_eq!(accounts.len(), 1);
    assert_eq!(accounts[0].account_id, id.masked().to_string());
    let weak = reset(EMAIL, &code, &accounts[0], "zhang");
    let answer = browser.call(&RESET_PASSWORD, weak).await;
    assert_eq!(answer.status, 422);
    let problems: Vec<_> = answer
        .problem()
        .fields
        .into_iter()
        .map(|f| f.problem)
        .collect();
    assert_eq!(
        problems,
        [
            ValueProblem::Password(PasswordProblem::TooShort { shortest: 8 }),
            ValueProblem::Password(PasswordProblem::ContainsEmailName)
        ]
    );
    let answer = browser
        .call(&RESET_PASSWORD, reset(EMAIL, &code, &accounts[0], NEW))
        .await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, 403);
    assert_eq!(browser.sign_in(EMAIL, NEW).await.status, 200);
    let events = bench.events(id).await;
    assert!(events.contains(&"password_reset".to_owned()), "{events:?}");
}

async fn sgn_7_a_code_to_the_security_phone_sets_it_for_the_account_that_is_chosen(bench: Bench) {
    let mut ids = Vec::new();
    for name in ["one", "two"] {
        let email = format!("{name}@mail.example");
        let id = bench.account(&email, Language::Chinese).await;
        bench.secured(id, PHONE, &email).await;
        ids.push(id);
    }
    let mut browser = bench.browser();
    send(&mut browser, "138 0013 8001").await;
    let code = bench.newest_sms_code().await;
    let accounts = find(&mut browser, PHONE, &code).await;
    let masked: Vec<_> = ids.iter().map(|id| id.masked().to_string()).collect();
    let shown: Vec<_> = accounts.iter().map(|a| a.account_id.clone()).collect();
    assert_eq!(shown, masked, "SGN-10: the person chooses");
    let answer = browser
        .call(&RESET_PASSWORD, reset(PHONE, &code, &accounts[1], NEW))
        .await;
    assert_eq!(answer.status, 204);
    assert_eq!(
        bench
            .browser()
            .sign_in("two@mail.example", NEW)
            .await
            .status,
        200
    );
    assert_eq!(
        bench
            .browser()
            .sign_in("one@mail.example", PASSWORD)
            .await
            .status,
        200,
        "the other is as it was"
    );
}

async fn v_26_sgn_6_a_reset_ends_every_session_and_tells_the_owner(bench: Bench) {
    let (mut signed_in, id) = bench.signed_in(EMAIL).await;
    bench.secured(id, PHONE, "safe@mail.example").await;
    let mut browser = bench.browser();
    send(&mut browser, EMAIL).await;
    let code = bench.newest_mail_code().await;
    let accounts = find(&mut browser, EMAIL, &code).await;
    assert_eq!(signed_in.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    browser
        .call(&RESET_PASSWORD, reset(EMAIL, &code, &accounts[0], NEW))
        .await;
    assert_eq!(signed_in.call(&GET_ACCOUNT, Value::Null).await.status, 401);
    assert!(
        !browser.cookies.contains_key("__Host-session"),
        "signing in asks for everything that it asked before"
    );
    bench.postman().deliver_due().await.unwrap();
    let letters = bench.mail.arrived.lock().unwrap().clone();
    let last = letters.last().unwrap();
    assert_eq!(last.to, "safe@mail.example");
    assert!(last.body.contains("重置了登录密码") && last.body.contains("/lock/"));
    let sms = bench.sms.arrived.lock().unwrap().clone();
    assert!(sms.last().unwrap().text.contains("/lock/"));
}

async fn fnd_5_the_answer_for_what_nobody_has_is_the_same(bench: Bench) {
    let id = bench.account("zhao@mail.example", Language::Chinese).await;
    bench.secured(id, "13800138001", "zhao@safe.example").await;
    let mut browser = bench.browser();
    let known = send(&mut browser, "zhao@mail.example").await;
    assert_eq!(known, send(&mut browser, "zhou@mail.example").await);
    let known = send(&mut browser, "13800138001").await;
    assert_eq!(
        known,
        CodeSent {
            to: known.to.clone(),
            ..send(&mut browser, "13800138002").await
        }
    );
    bench.postman().deliver_due().await.unwrap();
    let letters = bench.mail.arrived.lock().unwrap().clone();
    let to: Vec<_> = letters.iter().map(|letter| &*letter.to).collect();
    assert_eq!(to, ["zhao@mail.example"]);
    assert_eq!(bench.sms.arrived.lock().unwrap().len(), 1);
    for target in ["zhou@mail.example", "zhao@mail.example"] {
        let wish = json!({ "target": target, "code": "000000" });
        let answer = browser.call(&FIND_RESET_ACCOUNTS, wish).await;
        let wrong = Refusal::from(CodeRefusal::Wrong { tries_left: 4 });
        assert_eq!(answer.problem().refusals, [wrong], "{target}");
    }
    let wish = json!({ "target": "100000000001" });
    let fields = browser.call(&SEND_RESET_CODE, wish).await.problem().fields;
    assert!(matches!(
        fields[0].problem,
        ValueProblem::Target(ContactTargetProblem::Phone(_))
    ));
}

async fn sgn_7_an_account_without_a_password_is_told_its_other_ways(bench: Bench) {
    let mut browser = bench.browser();
    bench
        .prove_identity(&mut browser, LoginMethodKind::Wechat, "somebody")
        .await;
    let form = bench.registration_form(&mut browser, PHONE).await;
    let registered = browser.call(&contract::endpoints::REGISTER, form).await;
    assert_eq!(registered.status, 200, "{}", registered.text());
    bench.wait(domain::time::Span::from_minutes(1));
    let mut browser = bench.browser();
    send(&mut browser, PHONE).await;
    let code = bench.newest_sms_code().await;
    let accounts = find(&mut browser, PHONE, &code).await;
    assert!(!accounts[0].has_password);
    assert_eq!(
        accounts[0].ways,
        [
            ForgottenPasswordWay::CodeToSecurityPhone,
            ForgottenPasswordWay::OtherLoginMethod(LoginMethodKind::Wechat),
            ForgottenPasswordWay::Appeal
        ]
    );
    let answer = browser
        .call(&RESET_PASSWORD, reset(PHONE, &code, &accounts[0], NEW))
        .await;
    let refusal = Refusal::from(PasswordResetRefusal::NoPassword);
    assert_eq!(answer.problem().refusals, [refusal]);
}

async fn v_20_the_code_of_a_reset_works_once(bench: Bench) {
    bench.account(EMAIL, Language::Chinese).await;
    let mut browser = bench.browser();
    send(&mut browser, EMAIL).await;
    let code = bench.newest_mail_code().await;
    let accounts = find(&mut browser, EMAIL, &code).await;
    let wish = reset(EMAIL, &code, &accounts[0], NEW);
    assert_eq!(
        browser.call(&RESET_PASSWORD, wish.clone()).await.status,
        204
    );
    let answer = browser.call(&RESET_PASSWORD, wish).await;
    assert_eq!(
        answer.problem().refusals,
        [Refusal::from(CodeRefusal::Used)]
    );
}

async fn acc_14_the_password_of_a_locked_account_is_not_reset(bench: Bench) {
    let id: AccountId = bench.account(EMAIL, Language::Chinese).await;
    let since = bench.now();
    let mut tx = bench.app.store.write().await.unwrap();
    security::update_lock(&mut tx, id, Lock::Locked { since }, false)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut browser = bench.browser();
    send(&mut browser, EMAIL).await;
    let code = bench.newest_mail_code().await;
    let accounts = find(&mut browser, EMAIL, &code).await;
    assert!(accounts[0].is_locked);
    let answer = browser
        .call(&RESET_PASSWORD, reset(EMAIL, &code, &accounts[0], NEW))
        .await;
    let refusal = Refusal::from(AccountRefusal::Locked { since });
    assert_eq!(answer.problem().refusals, [refusal]);
}
