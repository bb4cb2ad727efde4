//! What must hold when codes are typed at the same time, on two servers and both databases.

use contract::endpoints::{GET_MFA, PROVE};
use contract::mfa::MfaStatus;
use domain::protection::Factor;
use domain::time::Span;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{
    Answer, Bench, Browser, PASSWORD, app_code, bind_app, confirm_app, on_both_databases, prove,
    start_app,
};

on_both_databases!(
    v_17_of_two_equal_codes_at_once_one_is_accepted,
    mfa_2_of_two_bindings_at_once_one_gets_through,
    mfa_7_one_recovery_code_at_two_servers_at_once_works_once,
    mfa_3_wrong_codes_at_once_are_all_counted,
);

const MANY: usize = 8;

async fn owner(bench: &Bench) -> Browser {
    let (browser, id) = bench.signed_in("zhang@mail.example").await;
    bench.secured(id, "13800138000", "safe@mail.example").await;
    bench.protect(id, Factor::PhoneCode).await;
    browser
}

/// The same proof from many tabs, on two servers in turn.
async fn prove_at_once(bench: &Bench, browser: &Browser, proof: &Value) -> Vec<Answer> {
    let second = bench.second_instance().await;
    let calls = (0..MANY).map(|number| {
        let mut tab = browser.clone();
        if number % 2 == 1 {
            tab.router = second.clone();
        }
        let wish = json!({ "operation": "change_password", "proof": proof });
        tokio::spawn(async move { tab.call(&PROVE, wish).await })
    });
    let answers = join_all(calls).await;
    answers.into_iter().map(Result::unwrap).collect()
}

fn accepted(answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| answer.status == 200).count()
}

async fn v_17_of_two_equal_codes_at_once_one_is_accepted(bench: Bench) {
    let mut browser = owner(&bench).await;
    let (secret, _) = bind_app(&bench, &mut browser).await;
    bench.wait(Span::from_minutes(2));
    let code = app_code(&secret, bench.now(), 0);
    let proof = json!({ "way": "mfa_code", "code": code });
    let answers = prove_at_once(&bench, &browser, &proof).await;
    assert_eq!(accepted(&answers), 1);
    assert!(answers.iter().all(|answer| answer.status < 500));
}

async fn mfa_2_of_two_bindings_at_once_one_gets_through(bench: Bench) {
    let mut browser = owner(&bench).await;
    prove(&bench, &mut browser).await;
    let secret = start_app(&mut browser, "bind").await;
    let mut other = bench.browser();
    other.router = bench.second_instance().await;
    other.cookies = browser.cookies.clone();
    let now = bench.now();
    let (one, two) = tokio::join!(
        confirm_app(&mut browser, &secret, now),
        confirm_app(&mut other, &secret, now)
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let status: MfaStatus = browser.call(&GET_MFA, Value::Null).await.json();
    assert_eq!(status.recovery_codes_left, 10);
}

async fn mfa_7_one_recovery_code_at_two_servers_at_once_works_once(bench: Bench) {
    let mut browser = owner(&bench).await;
    let (_, codes) = bind_app(&bench, &mut browser).await;
    let proof = json!({ "way": "recovery_code", "code": codes[3] });
    let answers = prove_at_once(&bench, &browser, &proof).await;
    assert_eq!(accepted(&answers), 1);
    let status: MfaStatus = browser.call(&GET_MFA, Value::Null).await.json();
    assert_eq!(status.recovery_codes_left, 9);
}

async fn mfa_3_wrong_codes_at_once_are_all_counted(bench: Bench) {
    let mut browser = owner(&bench).await;
    let (secret, _) = bind_app(&bench, &mut browser).await;
    let code = app_code(&secret, bench.now(), 50);
    let proof = json!({ "way": "mfa_code", "code": code });
    let answers = prove_at_once(&bench, &browser, &proof).await;
    let wrong = answers.iter().filter(|answer| answer.status == 409).count();
    let locked = answers.iter().filter(|answer| answer.status == 429).count();
    assert_eq!((wrong, locked), (4, MANY - 4));
    let mut fresh = bench.browser();
    let first = fresh.sign_in("zhang@mail.example", PASSWORD).await;
    assert_eq!(first.status, 200, "the password still signs in");
}
