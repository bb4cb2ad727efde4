//! Signing in, who is signed in, signing out.

use axum::body::Body;
use contract::endpoints::{GET_ACCOUNT, GET_SESSION, SIGN_OUT};
use contract::problem::ValueProblem;
use contract::session::CurrentSession;
use domain::policy::Policy;
use domain::refusal::Refusal;
use domain::rule::RuleId;
use domain::sign_in::{PasswordProblem, SignInRefusal};
use domain::time::Span;
use serde_json::{Value, json};
use server::language::Language;
use server::state::Network;
use server::store::accounts;

use crate::support::{Bench, PASSWORD, Settings, on_both_databases};

on_both_databases!(
    sgn_1_email_and_password_sign_in,
    sgn_1_a_wrong_password_and_an_unknown_address_get_the_same_answer,
    sgn_1_more_tries_than_fit_are_refused_until_the_window_ends,
    sgn_13_a_session_ends_after_two_hours_without_use,
    sgn_13_a_session_ends_after_forty_eight_hours_of_use,
    a_session_that_was_ended_fails_on_the_very_next_request,
    v_26_signing_out_with_a_dead_session_still_ends_in_the_browser,
);

async fn sgn_1_email_and_password_sign_in(bench: Bench) {
    let id = bench
        .account("Zhang.San@Mail.example", Language::Chinese)
        .await;
    let mut browser = bench.browser();
    let nobody: CurrentSession = browser.call(&GET_SESSION, Value::Null).await.json();
    assert_eq!(nobody.owner, None);
    assert_eq!(nobody.server_time, bench.now());
    // Case and width are not the address's business.
    let answer = browser.sign_in(" zhang.san@mail.example", PASSWORD).await;
    assert_eq!(answer.status, 200);
    let signed_in: CurrentSession = answer.json();
    let owner = signed_in.owner.unwrap();
    assert_eq!(owner.account_id, id);
    assert_eq!(owner.nickname, "小云");
    assert_eq!(owner.ends_at, bench.now().plus(Span::from_hours(2)));
    assert!(owner.extends_with_use);
    assert_eq!(owner.warn_before, 120_000);
    let again: CurrentSession = browser.call(&GET_SESSION, Value::Null).await.json();
    assert_eq!(again.owner.unwrap(), owner);
    assert_eq!(bench.events(id).await, ["account_created", "signed_in"]);
}

async fn sgn_1_a_wrong_password_and_an_unknown_address_get_the_same_answer(bench: Bench) {
    let id = bench.account("zhang@mail.example", Language::Chinese).await;
    let mut answers = Vec::new();
    for (email, password) in [
        ("zhang@mail.example", "not the password"),
        ("nobody@mail.example", PASSWORD),
    ] {
        let mut browser = bench.browser();
        let answer = browser.sign_in(email, password).await;
        assert_eq!(answer.status, 403);
        assert!(browser.cookies.is_empty());
        let mut problem = answer.problem();
        assert_eq!(problem.rule, Some(RuleId::Sgn1));
        let wrong = Refusal::SignIn(SignInRefusal::WrongEmailOrPassword);
        assert_eq!(problem.refusals, [wrong]);
        problem.request_id.clear();
        answers.push(problem);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(bench.events(id).await, ["account_created"]);
}

async fn sgn_1_more_tries_than_fit_are_refused_until_the_window_ends(bench: Bench) {
    bench.account("zhang@mail.example", Language::Chinese).await;
    let most = bench.app.policy.sign_in.tries_per_address;
    let began = bench.now();
    let mut browser = bench.browser();
    for _ in 0..most {
        let answer = browser
            .sign_in("nobody@mail.example", "wrong password")
            .await;
        assert_eq!(answer.status, 403);
    }
    bench.wait(Span::from_millis(500));
    let answer = browser.sign_in("zhang@mail.example", PASSWORD).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("retry-after"), "60");
    let retry_at = began.plus(Span::from_minutes(1));
    let problem = answer.problem();
    assert_eq!(problem.retry_at, Some(retry_at));
    let refusal = Refusal::SignIn(SignInRefusal::TooManyTries { retry_at });
    assert_eq!(problem.refusals, [refusal]);
    bench.wait(retry_at.minus(Span::from_millis(1)).since(bench.now()));
    assert_eq!(
        browser.sign_in("zhang@mail.example", PASSWORD).await.status,
        429
    );
    bench.wait(Span::from_millis(1));
    assert_eq!(
        browser.sign_in("zhang@mail.example", PASSWORD).await.status,
        200
    );
}

async fn sgn_13_a_session_ends_after_two_hours_without_use(bench: Bench) {
    let (mut browser, _) = bench.signed_in("zhang@mail.example").await;
    bench.wait(Span::from_millis(2 * 3_600_000 - 1));
    assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    // That was use: two more hours.
    bench.wait(Span::from_millis(2 * 3_600_000 - 1));
    assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    bench.wait(Span::from_hours(2));
    let answer = browser.call(&GET_ACCOUNT, Value::Null).await;
    assert_eq!((answer.status, &*answer.kind()), (401, "sign_in_required"));
    let nobody: CurrentSession = browser.call(&GET_SESSION, Value::Null).await.json();
    assert_eq!(nobody.owner, None);
}

async fn sgn_13_a_session_ends_after_forty_eight_hours_of_use(bench: Bench) {
    let (mut browser, _) = bench.signed_in("zhang@mail.example").await;
    let end = bench.now().plus(Span::from_hours(48));
    for _ in 0..47 {
        bench.wait(Span::from_hours(1));
        assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    }
    let session: CurrentSession = browser.call(&GET_SESSION, Value::Null).await.json();
    let owner = session.owner.unwrap();
    assert_eq!(owner.ends_at, end);
    assert!(!owner.extends_with_use);
    bench.wait(end.minus(Span::from_millis(1)).since(bench.now()));
    assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    bench.wait(Span::from_millis(1));
    assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 401);
}

async fn a_session_that_was_ended_fails_on_the_very_next_request(bench: Bench) {
    let (mut browser, id) = bench.signed_in("zhang@mail.example").await;
    let mut thief = browser.clone();
    assert_eq!(thief.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    assert_eq!(browser.call(&SIGN_OUT, Value::Null).await.status, 204);
    assert_eq!(thief.call(&GET_ACCOUNT, Value::Null).await.status, 401);
    let events = bench.events(id).await;
    assert_eq!(events, ["account_created", "signed_in", "signed_out"]);
}

async fn v_26_signing_out_with_a_dead_session_still_ends_in_the_browser(bench: Bench) {
    let (mut browser, id) = bench.signed_in("zhang@mail.example").await;
    let mut other_tab = browser.clone();
    browser.call(&SIGN_OUT, Value::Null).await;
    assert!(other_tab.cookies.contains_key("__Host-session"));
    let answer = other_tab.call(&SIGN_OUT, Value::Null).await;
    assert_eq!(answer.status, 204);
    assert!(!other_tab.cookies.contains_key("__Host-session"));
    // Nothing ended twice.
    assert_eq!(bench.events(id).await.len(), 3);
    // Nor does it matter whether there was ever a session.
    assert_eq!(
        bench.browser().call(&SIGN_OUT, Value::Null).await.status,
        204
    );
}

#[tokio::test]
async fn a_session_survives_a_restart() {
    let bench = Bench::sqlite().await;
    let (mut browser, _) = bench.signed_in("zhang@mail.example").await;
    browser.router = bench.restarted_router();
    assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 200);
}

#[tokio::test]
async fn cookies_are_locked_to_this_host_and_out_of_scripts_reach() {
    let bench = Bench::sqlite().await;
    bench.account("zhang@mail.example", Language::Chinese).await;
    let answer = bench
        .browser()
        .sign_in("zhang@mail.example", PASSWORD)
        .await;
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies.len(), 2);
    for cookie in cookies {
        let text = cookie.to_str().unwrap();
        assert!(text.starts_with("__Host-"), "{text}");
        for flag in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/"] {
            assert!(text.contains(flag), "{text} lacks {flag}");
        }
        assert!(!text.contains("Domain"), "{text}");
    }
}

#[tokio::test]
async fn signing_in_again_ends_the_session_that_this_browser_had() {
    let bench = Bench::sqlite().await;
    let (mut browser, _) = bench.signed_in("zhang@mail.example").await;
    let mut before = browser.clone();
    assert_eq!(
        browser.sign_in("zhang@mail.example", PASSWORD).await.status,
        200
    );
    assert_ne!(
        before.cookies.get("__Host-session"),
        browser.cookies.get("__Host-session")
    );
    assert_eq!(before.call(&GET_ACCOUNT, Value::Null).await.status, 401);
    assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 200);
}

#[tokio::test]
async fn sgn_12_a_password_longer_than_allowed_is_refused_before_hashing() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser();
    let longest = bench.app.policy.sign_in.password_longest;
    let fits = "长".repeat(longest as usize);
    let answer = browser.sign_in("zhang@mail.example", &fits).await;
    assert_eq!(answer.status, 403, "it fits, and is wrong");
    let answer = browser
        .sign_in("zhang@mail.example", &format!("{fits}长"))
        .await;
    assert_eq!((answer.status, &*answer.kind()), (422, "invalid_fields"));
    let fields = answer.problem().fields;
    assert_eq!(fields.len(), 1);
    assert_eq!(fields[0].field, "password");
    let problem = ValueProblem::Password(PasswordProblem::TooLong { longest });
    assert_eq!(fields[0].problem, problem);
}

#[tokio::test]
async fn sgn_12_a_password_is_the_same_in_every_unicode_form() {
    let bench = Bench::sqlite().await;
    bench.account("zhang@mail.example", Language::Chinese).await;
    // Full-width letters are what an input method leaves behind.
    let full_width = PASSWORD.replace("tests", "ｔｅｓｔｓ");
    assert_ne!(full_width, PASSWORD);
    let answer = bench
        .browser()
        .sign_in("zhang@mail.example", &full_width)
        .await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn every_field_that_is_wrong_is_told_at_once() {
    let bench = Bench::sqlite().await;
    let answer = bench.browser().sign_in("no address", "").await;
    assert_eq!(answer.status, 422);
    let fields: Vec<_> = answer
        .problem()
        .fields
        .into_iter()
        .map(|f| f.field)
        .collect();
    assert_eq!(fields, ["email", "password"]);
}

#[tokio::test]
async fn a_password_that_was_changed_while_it_was_being_checked_opens_nothing() {
    let bench = Bench::sqlite().await;
    let id = bench.account("zhang@mail.example", Language::Chinese).await;
    let mut browser = bench.browser();
    // One worker hashes; a queue of tries gives the change time to come first.
    let busy: Vec<_> = (0..8)
        .map(|_| {
            let mut other = bench.browser();
            tokio::spawn(async move { other.sign_in("nobody@mail.example", "wrong one").await })
        })
        .collect();
    tokio::task::yield_now().await;
    let sign_in =
        tokio::spawn(async move { browser.sign_in("zhang@mail.example", PASSWORD).await });
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let other = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    accounts::update_password(
        &mut tx,
        id,
        other,
        domain::sign_in::PasswordStrength::Fair,
        bench.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(sign_in.await.unwrap().status, 403);
    for other in busy {
        other.await.unwrap();
    }
}

#[tokio::test]
async fn tries_are_counted_per_network_address_as_our_proxy_saw_it() {
    let mut policy = Policy::default();
    policy.sign_in.tries_per_address = 1;
    let bench = Bench::with(Settings {
        policy,
        network: Network {
            trusted_proxies: 1,
            public_origin: None,
        },
        ..Settings::default()
    })
    .await;
    let from = |addresses: &str| bench.browser().with("x-forwarded-for", addresses);
    let mut first = from("192.0.2.1");
    assert_eq!(first.sign_in("a@mail.example", "wrong").await.status, 403);
    assert_eq!(first.sign_in("a@mail.example", "wrong").await.status, 429);
    let mut spoofing = from("203.0.113.77, 192.0.2.1");
    assert_eq!(
        spoofing.sign_in("a@mail.example", "wrong").await.status,
        429
    );
    let mut second = from("192.0.2.2");
    assert_eq!(second.sign_in("a@mail.example", "wrong").await.status, 403);
}

#[tokio::test]
async fn a_request_from_another_site_is_refused() {
    let bench = Bench::sqlite().await;
    bench.account("zhang@mail.example", Language::Chinese).await;
    let wish = json!({ "email": "zhang@mail.example", "password": PASSWORD });
    let browser = bench.browser();
    let cross = [
        browser.with("sec-fetch-site", "cross-site"),
        browser.with("sec-fetch-site", "same-site"),
        browser
            .without("sec-fetch-site")
            .with("origin", "https://evil.example"),
        browser.without("sec-fetch-site").with("origin", "null"),
    ];
    for mut other in cross {
        let answer = other
            .call(&contract::endpoints::SIGN_IN, wish.clone())
            .await;
        assert_eq!((answer.status, &*answer.kind()), (403, "cross_site"));
        assert!(other.cookies.is_empty());
    }
    let mut own = browser
        .without("sec-fetch-site")
        .with("origin", "https://account.example");
    assert_eq!(
        own.call(&contract::endpoints::SIGN_IN, wish.clone())
            .await
            .status,
        200
    );
    let mut program = browser.without("sec-fetch-site");
    assert_eq!(
        program
            .call(&contract::endpoints::SIGN_IN, wish)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_form_post_of_another_kind_is_refused() {
    let bench = Bench::sqlite().await;
    let mut browser = bench
        .browser()
        .with("content-type", "application/x-www-form-urlencoded");
    let answer = browser
        .send("POST", "/api/v1/session", Body::from("email=a&password=b"))
        .await;
    assert_eq!((answer.status, &*answer.kind()), (415, "not_json"));
}
