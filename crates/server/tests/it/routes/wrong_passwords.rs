//! Counting wrong passwords, captcha and lock (SGN-1); the history of all tries (SGN-9).

use std::time::{Duration, Instant};

use contract::endpoints::{SEND_CAPTCHA_CODE, SIGN_IN};
use contract::problem::Problem;
use domain::account::{AccountRefusal, Lock};
use domain::contacts::CodeRefusal;
use domain::login_methods::LoginMethodKind;
use domain::refusal::Refusal;
use domain::sign_in::{SignInMethod, SignInRefusal, SignInResult};
use domain::time::Span;
use serde_json::{Value, json};
use server::language::Language;
use server::state::Network;
use server::store::security;

use crate::support::{
    Answer, Bench, Browser, PASSWORD, Settings, on_both_databases, solved_puzzle,
};

on_both_databases!(
    with any_number_of_tries();
    sgn_1_after_the_fourth_wrong_password_each_try_needs_a_captcha,
    sgn_1_the_eleventh_wrong_password_locks_for_an_hour_from_the_first,
    sgn_1_an_address_that_nobody_has_behaves_the_same_to_the_end,
    sgn_1_a_puzzle_works_once_and_in_its_time,
    sgn_1_a_code_by_email_stands_in_for_the_puzzle,
    sgn_1_a_code_for_an_address_that_nobody_has_is_the_same_answer_and_no_letter,
    v_23_a_right_password_clears_the_count,
    v_24_wrong_passwords_are_forgotten_at_midnight_in_shanghai_and_not_at_eight,
    sgn_9_each_try_is_written_down,
    acc_14_the_right_password_of_a_locked_account_says_so_and_a_wrong_one_does_not,
);

const EMAIL: &str = "zhang@mail.example";

/// The limit by network address is another rule, and has its own tests.
fn any_number_of_tries() -> Settings {
    let mut settings = Settings::default();
    settings.policy.sign_in.tries_per_address = u32::MAX;
    settings.network = Network {
        trusted_proxies: 1,
        public_origin: None,
    };
    settings
}

async fn try_with(browser: &mut Browser, email: &str, password: &str, captcha: Value) -> Answer {
    let mut wish = json!({ "email": email, "password": password });
    if !captcha.is_null() {
        wish["captcha"] = captcha;
    }
    browser.call(&SIGN_IN, wish).await
}

/// So many wrong passwords, each with a puzzle, needed or not.
async fn wrong(bench: &Bench, email: &str, times: u32) {
    let mut browser = bench.browser();
    for _ in 0..times {
        let captcha = solved_puzzle(&mut browser).await;
        let answer = try_with(&mut browser, email, "not the password", captcha).await;
        assert!(answer.status == 403 || answer.status == 429);
    }
}

fn refusal(answer: &Answer) -> SignInRefusal {
    let refusals = answer.problem().refusals;
    match refusals.as_slice() {
        [Refusal::SignIn(refusal)] => *refusal,
        other => panic!("{other:?}"),
    }
}

async fn sgn_1_after_the_fourth_wrong_password_each_try_needs_a_captcha(bench: Bench) {
    bench.account(EMAIL, Language::Chinese).await;
    bench.account("li@mail.example", Language::Chinese).await;
    wrong(&bench, "li@mail.example", 3).await;
    let mut browser = bench.browser();
    let answer = browser.sign_in("li@mail.example", PASSWORD).await;
    assert_eq!(answer.status, 200, "three ask for nothing more");
    wrong(&bench, EMAIL, 4).await;
    for password in [PASSWORD, "not the password"] {
        let answer = browser.sign_in(EMAIL, password).await;
        assert_eq!(answer.status, 403);
        assert_eq!(refusal(&answer), SignInRefusal::CaptchaNeeded);
    }
    let captcha = solved_puzzle(&mut browser).await;
    let answer = try_with(&mut browser, EMAIL, PASSWORD, captcha).await;
    // A new browser after so many wrong ones is risky, and this account has nothing to show (SGN-4).
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.text().contains("second_step"));
}

async fn sgn_1_the_eleventh_wrong_password_locks_for_an_hour_from_the_first(bench: Bench) {
    let (mut known, _) = bench.signed_in(EMAIL).await;
    let until = bench.now().plus(Span::from_hours(1));
    wrong(&bench, EMAIL, 1).await;
    bench.wait(Span::from_minutes(20));
    wrong(&bench, EMAIL, 9).await;
    let captcha = solved_puzzle(&mut known).await;
    let answer = try_with(&mut known, EMAIL, "not the password", captcha).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("retry-after"), "2400");
    let locked = SignInRefusal::Locked { retry_at: until };
    assert_eq!(refusal(&answer), locked);
    bench.wait(until.minus(Span::from_millis(1)).since(bench.now()));
    let captcha = solved_puzzle(&mut known).await;
    let answer = try_with(&mut known, EMAIL, PASSWORD, captcha).await;
    assert_eq!(refusal(&answer), locked, "also the right one, to the end");
    bench.wait(Span::from_millis(1));
    let answer = known.sign_in(EMAIL, PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn sgn_1_an_address_that_nobody_has_behaves_the_same_to_the_end(bench: Bench) {
    bench.account(EMAIL, Language::Chinese).await;
    let mut stories: Vec<Vec<(u16, Problem)>> = Vec::new();
    for email in [EMAIL, "nobody@mail.example"] {
        let mut browser = bench.browser();
        let mut story = Vec::new();
        for number in 0..14 {
            for with_puzzle in [false, true] {
                let captcha = match with_puzzle {
                    true => solved_puzzle(&mut browser).await,
                    false => Value::Null,
                };
                let password = format!("wrong for the {number}. time");
                let answer = try_with(&mut browser, email, &password, captcha).await;
                let mut problem = answer.problem();
                problem.request_id.clear();
                story.push((answer.status, problem));
            }
        }
        assert!(browser.cookies.is_empty());
        stories.push(story);
    }
    assert_eq!(stories[0], stories[1]);
    let statuses: Vec<_> = stories[0].iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 11);
}

async fn sgn_1_a_puzzle_works_once_and_in_its_time(bench: Bench) {
    let (mut browser, _) = bench.signed_in(EMAIL).await;
    wrong(&bench, EMAIL, 4).await;
    let puzzle = solved_puzzle(&mut browser).await;
    let answer = try_with(&mut browser, EMAIL, "not the password", puzzle.clone()).await;
    assert_eq!(refusal(&answer), SignInRefusal::WrongEmailOrPassword);
    let answer = try_with(&mut browser, EMAIL, PASSWORD, puzzle).await;
    assert_eq!(refusal(&answer), SignInRefusal::CaptchaNeeded);
    let late = solved_puzzle(&mut browser).await;
    bench.wait(Span::from_minutes(5));
    let answer = try_with(&mut browser, EMAIL, PASSWORD, late).await;
    assert_eq!(refusal(&answer), SignInRefusal::CaptchaNeeded);
    let mut wrong_number = solved_puzzle(&mut browser).await;
    wrong_number["number"] = json!(u32::MAX);
    let answer = try_with(&mut browser, EMAIL, PASSWORD, wrong_number).await;
    assert_eq!(refusal(&answer), SignInRefusal::CaptchaNeeded);
    let fresh = solved_puzzle(&mut browser).await;
    let answer = try_with(&mut browser, EMAIL, PASSWORD, fresh).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn sgn_1_a_code_by_email_stands_in_for_the_puzzle(bench: Bench) {
    let (mut browser, _) = bench.signed_in(EMAIL).await;
    wrong(&bench, EMAIL, 4).await;
    let sent = browser
        .call(&SEND_CAPTCHA_CODE, json!({ "email": EMAIL }))
        .await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let code = bench.newest_mail_code().await;
    let typed = |code: &str| json!({ "way": "code", "code": code });
    let other = if code == "000000" { "000001" } else { "000000" };
    let answer = try_with(&mut browser, EMAIL, PASSWORD, typed(other)).await;
    assert_eq!(answer.status, 409);
    let left = Refusal::Code(CodeRefusal::Wrong { tries_left: 4 });
    assert_eq!(answer.problem().refusals, [left]);
    let answer = try_with(&mut browser, EMAIL, "not the password", typed(&code)).await;
    assert_eq!(refusal(&answer), SignInRefusal::WrongEmailOrPassword);
    let answer = try_with(&mut browser, EMAIL, PASSWORD, typed(&code)).await;
    let used = Refusal::Code(CodeRefusal::Used);
    assert_eq!(answer.problem().refusals, [used], "one code, one try");
    bench.wait(Span::from_minutes(1));
    browser
        .call(&SEND_CAPTCHA_CODE, json!({ "email": EMAIL }))
        .await;
    let code = bench.newest_mail_code().await;
    let answer = try_with(&mut browser, EMAIL, PASSWORD, typed(&code)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn sgn_1_a_code_for_an_address_that_nobody_has_is_the_same_answer_and_no_letter(
    bench: Bench,
) {
    bench.account("a@mail.example", Language::Chinese).await;
    let mut texts = Vec::new();
    for email in ["a@mail.example", "b@mail.example"] {
        let mut browser = bench.browser();
        let wish = json!({ "email": email });
        let first = browser.call(&SEND_CAPTCHA_CODE, wish.clone()).await;
        let second = browser.call(&SEND_CAPTCHA_CODE, wish).await;
        let mut problem = second.problem();
        problem.request_id.clear();
        let text = first.text().replace("b***", "a***");
        texts.push((first.status, text, second.status, problem));
    }
    assert_eq!(texts[0], texts[1]);
    assert_eq!((texts[0].0, texts[0].2), (200, 429));
    bench.postman().deliver_due().await.unwrap();
    let arrived = bench.mail.arrived.lock().unwrap();
    assert_eq!(arrived.len(), 1);
    assert_eq!(arrived[0].to, "a@mail.example");
}

async fn v_23_a_right_password_clears_the_count(bench: Bench) {
    let (mut browser, _) = bench.signed_in(EMAIL).await;
    wrong(&bench, EMAIL, 3).await;
    assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, 200);
    wrong(&bench, EMAIL, 3).await;
    // Six wrong ones on this day, and the right one lay between.
    assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, 200);
}

async fn v_24_wrong_passwords_are_forgotten_at_midnight_in_shanghai_and_not_at_eight(bench: Bench) {
    let (mut browser, _) = bench.signed_in(EMAIL).await;
    let midnight = bench.now().date().end();
    let until = |moment: domain::time::Timestamp| bench.wait(moment.since(bench.now()));
    until(midnight.minus(Span::from_minutes(2)));
    wrong(&bench, EMAIL, 4).await;
    until(midnight.minus(Span::from_millis(1)));
    let answer = browser.sign_in(EMAIL, PASSWORD).await;
    assert_eq!(refusal(&answer), SignInRefusal::CaptchaNeeded);
    until(midnight);
    assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, 200);
    let eight = midnight.plus(Span::from_hours(8));
    until(eight.minus(Span::from_minutes(2)));
    wrong(&bench, EMAIL, 4).await;
    until(eight.plus(Span::from_minutes(2)));
    let answer = browser.sign_in(EMAIL, PASSWORD).await;
    assert_eq!(refusal(&answer), SignInRefusal::CaptchaNeeded);
}

async fn sgn_9_each_try_is_written_down(bench: Bench) {
    let id = bench.account(EMAIL, Language::English).await;
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let mut browser = bench
        .browser()
        .with("user-agent", firefox)
        .with("x-forwarded-for", "192.0.2.7");
    browser.sign_in(EMAIL, PASSWORD).await;
    for _ in 0..4 {
        browser.sign_in(EMAIL, "not the password").await;
    }
    browser.sign_in(EMAIL, PASSWORD).await;
    wrong(&bench, EMAIL, 7).await;
    browser.sign_in(EMAIL, PASSWORD).await;
    let history = bench.history(id).await;
    let mut results: Vec<_> = history.iter().map(|record| record.result).collect();
    results.sort_by_key(|result| format!("{result:?}"));
    let times = |result, times| std::iter::repeat_n(result, times);
    let mut expected = vec![SignInResult::CaptchaMissing, SignInResult::Locked];
    expected.push(SignInResult::SignedIn);
    // The try that locked was one with a wrong password.
    expected.extend(times(SignInResult::WrongPassword, 11));
    assert_eq!(results, expected);
    let first = history
        .iter()
        .find(|one| one.result == SignInResult::SignedIn);
    let first = first.unwrap();
    assert_eq!(first.at, bench.now());
    assert_eq!(first.ip, "192.0.2.7");
    assert_eq!(first.place.as_deref(), Some("Shanghai, China"));
    assert_eq!(first.device, "Firefox · Linux");
    let by_email = SignInMethod::LoginMethod(LoginMethodKind::Email);
    assert_eq!(first.method, by_email);
}

async fn acc_14_the_right_password_of_a_locked_account_says_so_and_a_wrong_one_does_not(
    bench: Bench,
) {
    let id = bench.account(EMAIL, Language::Chinese).await;
    let since = bench.now();
    let lock = async |lock| {
        let mut tx = bench.app.store.write().await.unwrap();
        security::update_lock(&mut tx, id, lock, false)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    };
    lock(Lock::Locked { since }).await;
    let mut browser = bench.browser();
    let answer = browser.sign_in(EMAIL, "not the password").await;
    assert_eq!(refusal(&answer), SignInRefusal::WrongEmailOrPassword);
    let answer = browser.sign_in(EMAIL, PASSWORD).await;
    assert_eq!(answer.status, 409);
    let locked = Refusal::from(AccountRefusal::Locked { since });
    assert_eq!(answer.problem().refusals, [locked]);
    assert!(browser.cookies.is_empty());
    assert_eq!(bench.history(id).await.len(), 2);
    assert!(
        bench
            .history(id)
            .await
            .iter()
            .any(|record| record.result == SignInResult::Locked)
    );
    lock(Lock::Unlocked).await;
    assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, 200);
}

/// The quickest of several; what else the machine does only makes things slower.
async fn quickest(bench: &Bench, emails: &[String]) -> Duration {
    let mut least = Duration::MAX;
    for email in emails {
        let mut browser = bench.browser();
        let began = Instant::now();
        let answer = browser.sign_in(email, "not the password").await;
        least = least.min(began.elapsed());
        assert_eq!(answer.status, 403);
    }
    least
}

#[tokio::test]
async fn sgn_1_an_address_that_nobody_has_takes_as_long() {
    let bench = Bench::with(any_number_of_tries()).await;
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for number in 0..8 {
        let email = format!("owner{number}@mail.example");
        bench.account(&email, Language::Chinese).await;
        known.push(email);
        unknown.push(format!("nobody{number}@mail.example"));
    }
    let (known, unknown) = (
        quickest(&bench, &known).await,
        quickest(&bench, &unknown).await,
    );
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    assert!((0.4..2.5).contains(&ratio), "{known:?} and {unknown:?}");
}
