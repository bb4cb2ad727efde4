//! What must hold when many sign in at the same time, through two servers on one database.

use axum::Router;
use contract::endpoints::{Endpoint, PASS_SECOND_STEP, SEND_SECOND_STEP_CODE, SIGN_IN};
use domain::protection::Factor;
use domain::refusal::Refusal;
use domain::sign_in::{SignInRefusal, SignInResult};
use domain::time::Span;
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::language::Language;

use crate::support::{
    Answer, Bench, Browser, PASSWORD, Settings, on_both_databases, solved_puzzle, step_of,
};

on_both_databases!(
    with any_number_of_tries();
    sgn_1_wrong_passwords_at_the_same_time_are_all_counted,
    sgn_1_the_lock_comes_with_the_eleventh_of_many_at_the_same_time,
    sgn_1_one_puzzle_used_many_times_at_once_opens_one_try,
    v_20_one_step_done_many_times_at_once_begins_one_session,
    v_20_one_code_for_two_sign_ins_at_once_signs_in_once,
);

const EMAIL: &str = "zhang@mail.example";

fn any_number_of_tries() -> Settings {
    let mut settings = Settings::default();
    settings.policy.sign_in.tries_per_address = u32::MAX;
    settings
}

/// All calls at once, by turns through one server and the other.
async fn at_once(bench: &Bench, calls: Vec<(Browser, &'static Endpoint, Value)>) -> Vec<Answer> {
    let routers: [Router; 2] = [bench.router.clone(), bench.second_instance().await];
    let calls = calls.into_iter().enumerate().map(|(number, call)| {
        let (mut browser, endpoint, body) = call;
        browser.router = routers[number % 2].clone();
        tokio::spawn(async move { browser.call(endpoint, body).await })
    });
    let mut answers = Vec::new();
    for answer in join_all(calls).await {
        let answer = answer.unwrap();
        assert!(answer.status < 500, "{}", answer.text());
        answers.push(answer);
    }
    answers
}

fn refusals(answers: &[Answer], wanted: fn(&SignInRefusal) -> bool) -> usize {
    let is_it = |answer: &&Answer| {
        if answer.status == 200 {
            return false;
        }
        let problem = answer.problem();
        matches!(problem.refusals.as_slice(), [Refusal::SignIn(refusal)] if wanted(refusal))
    };
    answers.iter().filter(is_it).count()
}

fn sign_in(bench: &Bench, captcha: Option<Value>) -> (Browser, &'static Endpoint, Value) {
    let mut body = json!({ "email": EMAIL, "password": "not the password" });
    if let Some(captcha) = captcha {
        body["captcha"] = captcha;
    }
    (bench.browser(), &SIGN_IN, body)
}

async fn sgn_1_wrong_passwords_at_the_same_time_are_all_counted(bench: Bench) {
    let id = bench.account(EMAIL, Language::Chinese).await;
    let calls = (0..30).map(|_| sign_in(&bench, None)).collect();
    let answers = at_once(&bench, calls).await;
    let wrong = refusals(&answers, |it| *it == SignInRefusal::WrongEmailOrPassword);
    let asked = refusals(&answers, |it| *it == SignInRefusal::CaptchaNeeded);
    assert_eq!((wrong, asked), (4, 26));
    let history = bench.history(id).await;
    let of = |result| history.iter().filter(|one| one.result == result).count();
    assert_eq!(of(SignInResult::WrongPassword), 4);
    assert_eq!(of(SignInResult::CaptchaMissing), 26);
}

async fn sgn_1_the_lock_comes_with_the_eleventh_of_many_at_the_same_time(bench: Bench) {
    bench.account(EMAIL, Language::Chinese).await;
    let mut calls = Vec::new();
    for _ in 0..30 {
        let captcha = solved_puzzle(&mut bench.browser()).await;
        calls.push(sign_in(&bench, Some(captcha)));
    }
    let answers = at_once(&bench, calls).await;
    let wrong = refusals(&answers, |it| *it == SignInRefusal::WrongEmailOrPassword);
    let locked = refusals(&answers, |it| matches!(it, SignInRefusal::Locked { .. }));
    assert_eq!((wrong, locked), (10, 20));
}

async fn sgn_1_one_puzzle_used_many_times_at_once_opens_one_try(bench: Bench) {
    bench.account(EMAIL, Language::Chinese).await;
    for _ in 0..4 {
        bench.browser().sign_in(EMAIL, "not the password").await;
    }
    let puzzle = solved_puzzle(&mut bench.browser()).await;
    let calls = (0..10).map(|_| sign_in(&bench, Some(puzzle.clone())));
    let answers = at_once(&bench, calls.collect()).await;
    let tried = refusals(&answers, |it| *it == SignInRefusal::WrongEmailOrPassword);
    let refused = refusals(&answers, |it| *it == SignInRefusal::CaptchaNeeded);
    assert_eq!((tried, refused), (1, 9));
}

/// An account that asks for a code to its phone, and so many browsers that wait for it, with the code.
async fn waiting(bench: &Bench, browsers: usize) -> (Vec<Browser>, String) {
    let id = bench.account(EMAIL, Language::Chinese).await;
    bench.secured(id, "13800001234", "safe@mail.example").await;
    bench.protect(id, Factor::PhoneCode).await;
    let mut all = Vec::new();
    for _ in 0..browsers {
        let mut browser = bench.browser();
        step_of(&browser.sign_in(EMAIL, PASSWORD).await);
        all.push(browser);
    }
    bench.wait(Span::from_minutes(1));
    let wish = json!({ "method": "security_phone" });
    let sent = all[0].call(&SEND_SECOND_STEP_CODE, wish).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    (all, bench.newest_sms_code().await)
}

fn passes(browser: &Browser, code: &str) -> (Browser, &'static Endpoint, Value) {
    let proof = json!({ "way": "phone_code", "code": code });
    let body = json!({ "proof": proof, "trust_device": true });
    (browser.clone(), &PASS_SECOND_STEP, body)
}

fn signed_in(answers: &[Answer]) -> usize {
    let is_in = |answer: &&Answer| answer.status == 200;
    answers.iter().filter(is_in).count()
}

async fn v_20_one_step_done_many_times_at_once_begins_one_session(bench: Bench) {
    let (browsers, code) = waiting(&bench, 1).await;
    let calls = (0..10).map(|_| passes(&browsers[0], &code)).collect();
    let answers = at_once(&bench, calls).await;
    assert_eq!(signed_in(&answers), 1);
    let over = refusals(&answers, |it| *it == SignInRefusal::SecondStepOver);
    assert_eq!(over, 9);
}

async fn v_20_one_code_for_two_sign_ins_at_once_signs_in_once(bench: Bench) {
    let (browsers, code) = waiting(&bench, 4).await;
    let calls = browsers.iter().map(|one| passes(one, &code)).collect();
    let answers = at_once(&bench, calls).await;
    assert_eq!(signed_in(&answers), 1);
}
