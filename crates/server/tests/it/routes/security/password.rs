//! A new password, and what ends with the old one (SGN-6, SGN-12).

use contract::endpoints::{GET_ACCOUNT, GET_SECURITY, SET_PASSWORD, SIGN_OUT};
use contract::problem::ValueProblem;
use contract::security::SecurityOverview;
use domain::rule::RuleId;
use domain::sign_in::PasswordProblem;
use serde_json::{Value, json};

use super::{LOGIN, PHONE, proved, told};
use crate::support::{Answer, Bench, PASSWORD, on_both_databases};

on_both_databases!(
    v_26_a_new_password_ends_every_other_session_and_keeps_this_one_under_a_fresh_token,
    sgn_6_the_new_password_works_at_once_and_the_old_one_no_more,
    v_25_a_new_password_ends_all_trust,
    sgn_12_every_problem_of_a_password_is_told_at_its_field,
    sgn_12_a_password_of_eight_and_of_128_characters_is_taken,
    prt_2_without_a_proof_the_password_stays_and_nothing_is_told_about_the_phone,
    prt_6_a_new_password_is_told_to_phone_and_e_mail,
    sgn_12_an_account_without_a_password_gets_its_first_one,
    api_2_asking_changes_nothing,
);

const NEW: &str = "neues Kennwort 晴空万里";

fn problems(answer: &Answer) -> Vec<PasswordProblem> {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let fields = answer.problem().fields;
    fields
        .iter()
        .map(|field| match (&*field.field, field.problem) {
            ("password", ValueProblem::Password(problem)) => problem,
            other => panic!("{other:?}"),
        })
        .collect()
}

async fn v_26_a_new_password_ends_every_other_session_and_keeps_this_one_under_a_fresh_token(
    bench: Bench,
) {
    let (mut a, _) = proved(&bench).await;
    let mut b = bench.browser();
    b.sign_in(LOGIN, PASSWORD).await;
    let mut stolen = bench.browser();
    stolen.cookies = a.cookies.clone();
    let answer = a.call(&SET_PASSWORD, json!({ "password": NEW })).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert_eq!(a.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    let answer = b.call(&GET_ACCOUNT, Value::Null).await;
    assert_eq!((answer.status, &*answer.kind()), (401, "sign_in_required"));
    // Whoever had copied the cookie is out as well.
    assert_eq!(stolen.call(&GET_ACCOUNT, Value::Null).await.status, 401);
    // Signing out with a session that is over ends it in the browser all the same.
    assert_eq!(b.call(&SIGN_OUT, Value::Null).await.status, 204);
    assert!(!b.cookies.contains_key("__Host-session"));
}

async fn sgn_6_the_new_password_works_at_once_and_the_old_one_no_more(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    browser
        .call(&SET_PASSWORD, json!({ "password": NEW }))
        .await;
    let mut other = bench.browser();
    assert_eq!(other.sign_in(LOGIN, PASSWORD).await.status, 403);
    assert_eq!(other.sign_in(LOGIN, NEW).await.status, 200);
}

async fn v_25_a_new_password_ends_all_trust(bench: Bench) {
    let (mut browser, id) = proved(&bench).await;
    bench.trust(id, "one").await;
    bench.trust(id, "two").await;
    browser
        .call(&SET_PASSWORD, json!({ "password": NEW }))
        .await;
    let overview = browser.call(&GET_SECURITY, Value::Null).await;
    assert_eq!(overview.json::<SecurityOverview>().trusted_devices, 0);
}

async fn sgn_12_every_problem_of_a_password_is_told_at_its_field(bench: Bench) {
    let (mut browser, id) = proved(&bench).await;
    for (typed, expected) in [
        (String::new(), vec![PasswordProblem::Empty]),
        (
            "七个字符不够啊".to_owned(),
            vec![PasswordProblem::TooShort { shortest: 8 }],
        ),
        (
            "x".repeat(129),
            vec![PasswordProblem::TooLong { longest: 128 }],
        ),
        (
            "x".repeat(20_000),
            vec![PasswordProblem::TooLong { longest: 128 }],
        ),
        ("password123".to_owned(), vec![PasswordProblem::Common]),
        (
            format!("ab{id}cd"),
            vec![PasswordProblem::ContainsAccountId],
        ),
        (
            "my name is ZHANG".to_owned(),
            vec![PasswordProblem::ContainsEmailName],
        ),
        (
            format!("call {PHONE} zhang"),
            vec![
                PasswordProblem::ContainsEmailName,
                PasswordProblem::ContainsPhone,
            ],
        ),
    ] {
        let wish = json!({ "password": typed });
        let answer = browser.call(&SET_PASSWORD, wish).await;
        assert_eq!(problems(&answer), expected, "{typed}");
    }
}

async fn sgn_12_a_password_of_eight_and_of_128_characters_is_taken(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    for typed in ["八个字就足够长了".to_owned(), "长".repeat(128)] {
        let wish = json!({ "password": typed });
        assert_eq!(browser.call(&SET_PASSWORD, wish).await.status, 204);
        assert_eq!(bench.browser().sign_in(LOGIN, &typed).await.status, 200);
    }
}

async fn prt_2_without_a_proof_the_password_stays_and_nothing_is_told_about_the_phone(
    bench: Bench,
) {
    let (mut browser, id) = bench.signed_in(LOGIN).await;
    bench.secured(id, PHONE, "safe@mail.example").await;
    let wish = json!({ "password": format!("call {PHONE} now") });
    let answer = browser.call(&SET_PASSWORD, wish).await;
    assert_eq!(
        (answer.status, answer.problem().rule),
        (403, Some(RuleId::Prt2))
    );
    assert_eq!(bench.browser().sign_in(LOGIN, PASSWORD).await.status, 200);
}

async fn prt_6_a_new_password_is_told_to_phone_and_e_mail(bench: Bench) {
    let (mut browser, id) = proved(&bench).await;
    told(&bench).await;
    browser
        .call(&SET_PASSWORD, json!({ "password": NEW }))
        .await;
    assert_eq!(told(&bench).await, ["+8613800001234", "safe@mail.example"]);
    let letter = bench.mail.arrived.lock().unwrap()[0].body.clone();
    assert!(
        letter.contains(&id.to_string()) && letter.contains("/lock/"),
        "{letter}"
    );
    assert!(!letter.contains(NEW));
}

async fn sgn_12_an_account_without_a_password_gets_its_first_one(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    bench.secured(id, PHONE, "safe@mail.example").await;
    bench.prove(&mut browser).await;
    let read = browser.call(&GET_SECURITY, Value::Null).await;
    let before: SecurityOverview = read.json();
    assert_eq!((before.password, before.score.points), (None, 35));
    let answer = browser
        .call(&SET_PASSWORD, json!({ "password": NEW }))
        .await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    let read = browser.call(&GET_SECURITY, Value::Null).await;
    assert_eq!(read.json::<SecurityOverview>().score.points, 50);
}

async fn api_2_asking_changes_nothing(bench: Bench) {
    let (mut browser, id) = proved(&bench).await;
    let events = bench.events(id).await;
    let mut asking = browser.with("may-i", "true");
    let answer = asking.call(&SET_PASSWORD, json!({ "password": NEW })).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert_eq!(bench.events(id).await, events);
    assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    assert_eq!(bench.browser().sign_in(LOGIN, PASSWORD).await.status, 200);
}
