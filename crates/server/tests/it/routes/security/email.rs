//! The security e-mail: the original address agrees, the new one answers (CON-5).

use contract::endpoints::{
    CANCEL_EMAIL_CHANGE, CONFIRM_EMAIL_CHANGE, GET_SECURITY, SEND_EMAIL_CHANGE_CODE,
    START_EMAIL_CHANGE,
};
use contract::security::{EmailConfirmed, EmailStep, PendingEmail, SecurityOverview};
use domain::contacts::ContactRefusal;
use domain::refusal::Refusal;
use domain::rule::RuleId;
use domain::time::Span;
use serde_json::{Value, json};

use super::{EMAIL, LOGIN, PHONE, proved, told};
use crate::support::{Answer, Bench, Browser, PASSWORD, on_both_databases};

on_both_databases!(
    con_5_the_original_agrees_then_the_new_one_answers_then_it_counts,
    con_5_at_the_first_binding_only_the_new_address_answers,
    con_5_the_new_address_s_code_does_not_stand_for_the_original_s,
    con_5_a_mistyped_address_is_corrected_by_beginning_anew,
    con_5_a_change_lapses_after_24_hours,
    con_5_a_cancelled_change_leaves_everything_as_it_was,
    con_5_the_present_address_and_a_missing_proof_are_refused,
    prt_6_both_addresses_and_the_phone_are_told,
    v_21_the_countdown_survives_a_reload,
);

const NEW: &str = "New.Safe@mail.example";

async fn start(browser: &mut Browser, email: &str) -> Answer {
    browser
        .call(&START_EMAIL_CHANGE, json!({ "email": email }))
        .await
}

async fn code(bench: &Bench, browser: &mut Browser) -> String {
    bench.postman().deliver_due().await.unwrap();
    let answer = browser.call(&SEND_EMAIL_CHANGE_CODE, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    bench.newest_mail_code().await
}

async fn confirm(browser: &mut Browser, step: &str, code: &str) -> Answer {
    let wish = json!({ "step": step, "code": code });
    browser.call(&CONFIRM_EMAIL_CHANGE, wish).await
}

async fn overview(browser: &mut Browser) -> SecurityOverview {
    browser.call(&GET_SECURITY, Value::Null).await.json()
}

fn no_change(answer: &Answer) -> bool {
    let problem = answer.problem();
    let none = Refusal::Contact(ContactRefusal::NoEmailChange);
    answer.status == 409 && problem.rule == Some(RuleId::Con5) && problem.refusals == [none]
}

fn last_letter_to(bench: &Bench) -> String {
    let arrived = bench.mail.arrived.lock().unwrap();
    arrived.last().unwrap().to.clone()
}

async fn con_5_the_original_agrees_then_the_new_one_answers_then_it_counts(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    let answer = start(&mut browser, NEW).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let pending: PendingEmail = answer.json();
    assert_eq!(pending.step, EmailStep::Original);
    assert_eq!(pending.original.as_deref(), Some("s***@mail.example"));
    assert_eq!(pending.lapses_at, bench.now().plus(Span::from_hours(24)));
    let first = code(&bench, &mut browser).await;
    assert_eq!(last_letter_to(&bench), EMAIL);
    let answer = confirm(&mut browser, "original", &first).await;
    let confirmed: EmailConfirmed = answer.json();
    assert_eq!(confirmed.changed, None);
    assert_eq!(confirmed.pending.unwrap().step, EmailStep::New);
    // Still the original one (CON-5).
    let shown = overview(&mut browser).await;
    assert_eq!(shown.email.unwrap().masked, "s***@mail.example");
    assert_eq!(shown.email_change.unwrap().step, EmailStep::New);
    let second = code(&bench, &mut browser).await;
    assert_eq!(last_letter_to(&bench), NEW);
    let answer = confirm(&mut browser, "new", &second).await;
    let changed = answer.json::<EmailConfirmed>().changed.unwrap();
    assert_eq!(changed.old.as_deref(), Some("s***@mail.example"));
    assert_eq!(changed.new, "N***@mail.example");
    let shown = overview(&mut browser).await;
    assert_eq!(shown.email.unwrap().changed_at, bench.now());
    assert_eq!(shown.email_change, None);
    assert!(no_change(&confirm(&mut browser, "new", &second).await));
}

async fn con_5_at_the_first_binding_only_the_new_address_answers(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    let phone = domain::identity::PhoneNumber::parse(PHONE).unwrap();
    let mut tx = bench.app.store.write().await.unwrap();
    server::store::security::update_phone(&mut tx, id, &phone, bench.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    bench.prove(&mut browser).await;
    let pending: PendingEmail = start(&mut browser, NEW).await.json();
    assert_eq!((pending.step, pending.original), (EmailStep::New, None));
    let only = code(&bench, &mut browser).await;
    let answer = confirm(&mut browser, "new", &only).await;
    let changed = answer.json::<EmailConfirmed>().changed.unwrap();
    assert_eq!(changed.old, None);
}

async fn con_5_the_new_address_s_code_does_not_stand_for_the_original_s(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    start(&mut browser, NEW).await;
    let first = code(&bench, &mut browser).await;
    // Skipping the original's step is no way, and costs no try.
    assert!(no_change(&confirm(&mut browser, "new", &first).await));
    confirm(&mut browser, "original", &first).await;
    assert!(no_change(&confirm(&mut browser, "original", &first).await));
    let answer = confirm(&mut browser, "new", &first).await;
    assert_eq!(
        (answer.status, answer.problem().rule),
        (409, Some(RuleId::Con12))
    );
    let shown = overview(&mut browser).await.email.unwrap();
    assert_eq!(shown.masked, "s***@mail.example");
}

async fn con_5_a_mistyped_address_is_corrected_by_beginning_anew(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    start(&mut browser, "wrnog@mail.example").await;
    let first = code(&bench, &mut browser).await;
    confirm(&mut browser, "original", &first).await;
    let lost = code(&bench, &mut browser).await;
    let again: PendingEmail = start(&mut browser, NEW).await.json();
    assert_eq!(again.step, EmailStep::Original);
    assert_eq!(again.wished, "N***@mail.example");
    bench.wait(Span::from_seconds(60));
    let first = code(&bench, &mut browser).await;
    confirm(&mut browser, "original", &first).await;
    // The code in the stranger's mailbox is good for nothing now.
    assert_eq!(confirm(&mut browser, "new", &lost).await.status, 409);
    let second = code(&bench, &mut browser).await;
    let answer = confirm(&mut browser, "new", &second).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn con_5_a_change_lapses_after_24_hours(bench: Bench) {
    for (wait, is_alive) in [(24 * 3_600_000 - 1, true), (24 * 3_600_000, false)] {
        let email = format!("owner{is_alive}@mail.example");
        let (mut browser, id) = bench.signed_in(&email).await;
        bench.secured(id, PHONE, EMAIL).await;
        bench.wait(Span::from_hours(24));
        browser.sign_in(&email, PASSWORD).await;
        bench.prove(&mut browser).await;
        start(&mut browser, NEW).await;
        bench.wait(Span::from_millis(wait));
        browser.sign_in(&email, PASSWORD).await;
        let shown = overview(&mut browser).await.email_change;
        assert_eq!(shown.is_some(), is_alive);
        let answer = browser.call(&SEND_EMAIL_CHANGE_CODE, Value::Null).await;
        assert_eq!(answer.status == 200, is_alive, "{}", answer.text());
        assert_eq!(is_alive, answer.status == 200 || !no_change(&answer));
    }
}

async fn con_5_a_cancelled_change_leaves_everything_as_it_was(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    start(&mut browser, NEW).await;
    let first = code(&bench, &mut browser).await;
    let answer = browser.call(&CANCEL_EMAIL_CHANGE, Value::Null).await;
    assert_eq!(answer.status, 204);
    assert!(no_change(&confirm(&mut browser, "original", &first).await));
    let answer = browser.call(&SEND_EMAIL_CHANGE_CODE, Value::Null).await;
    assert!(no_change(&answer));
    let shown = overview(&mut browser).await;
    assert_eq!(shown.email_change, None);
    assert_eq!(shown.email.unwrap().masked, "s***@mail.example");
}

async fn con_5_the_present_address_and_a_missing_proof_are_refused(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    // Letter case does not make another address.
    let answer = start(&mut browser, "SAFE@mail.example").await;
    let same = Refusal::Contact(ContactRefusal::SameEmail);
    assert_eq!(
        (answer.status, answer.problem().refusals),
        (409, vec![same])
    );
    assert_eq!(start(&mut browser, "no address").await.status, 422);
    let mut other = bench.browser();
    other.sign_in(LOGIN, PASSWORD).await;
    let answer = start(&mut other, NEW).await;
    assert_eq!(
        (answer.status, answer.problem().rule),
        (403, Some(RuleId::Prt2))
    );
}

async fn prt_6_both_addresses_and_the_phone_are_told(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    start(&mut browser, NEW).await;
    let first = code(&bench, &mut browser).await;
    confirm(&mut browser, "original", &first).await;
    let second = code(&bench, &mut browser).await;
    confirm(&mut browser, "new", &second).await;
    assert_eq!(told(&bench).await, ["+8613800001234", NEW, EMAIL]);
}

async fn v_21_the_countdown_survives_a_reload(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    let pending: PendingEmail = start(&mut browser, NEW).await.json();
    assert_eq!(pending.resend_at, None);
    let at = bench.now();
    code(&bench, &mut browser).await;
    bench.wait(Span::from_seconds(59));
    let shown = overview(&mut browser).await.email_change.unwrap();
    assert_eq!(shown.resend_at, Some(at.plus(Span::from_seconds(60))));
    let answer = browser.call(&SEND_EMAIL_CHANGE_CODE, Value::Null).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "1"));
    bench.wait(Span::from_seconds(1));
    let shown = overview(&mut browser).await.email_change.unwrap();
    assert_eq!(shown.resend_at, None);
}
