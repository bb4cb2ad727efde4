//! Sub-users that sign in (SGN-14).

use contract::endpoints::{GET_ACCOUNT, GET_SESSION, SIGN_IN_SUB_USER, SIGN_OUT};
use contract::session::{CurrentSession, SignInAnswer};
use domain::account::{AccountRefusal, Lock};
use domain::refusal::Refusal;
use domain::sign_in::{SignInMethod, SignInRefusal, SignInResult};
use serde_json::{Value, json};
use server::language::Language;
use server::store::security;

use crate::support::{Answer, Bench, Browser, PASSWORD, Settings, on_both_databases};

on_both_databases!(
    with any_number_of_tries();
    sgn_14_a_sub_user_signs_in_by_its_root_s_id_and_its_name,
    sgn_14_a_sub_user_is_no_owner,
    sgn_1_wrong_passwords_of_a_sub_user_are_its_own,
    sgn_1_a_sub_user_or_root_that_does_not_exist_behaves_the_same,
    acc_14_sub_users_of_a_locked_account_do_not_get_in,
    sgn_4_a_sub_user_s_browser_is_none_of_the_owner_s,
    every_field_that_is_wrong_is_told_at_once,
);

const EMAIL: &str = "root@mail.example";

fn any_number_of_tries() -> Settings {
    let mut settings = Settings::default();
    settings.policy.sign_in.tries_per_address = u32::MAX;
    settings
}

async fn sign_in(browser: &mut Browser, root: &str, name: &str, password: &str) -> Answer {
    let wish = json!({ "root": root, "user_name": name, "password": password });
    browser.call(&SIGN_IN_SUB_USER, wish).await
}

async fn sgn_14_a_sub_user_signs_in_by_its_root_s_id_and_its_name(bench: Bench) {
    let root = bench.account(EMAIL, Language::Chinese).await;
    let user = bench.sub_user(root, "Ops-1").await;
    let mut browser = bench.browser();
    // Letter case does not count.
    let answer = sign_in(&mut browser, &root.to_string(), " ops-1 ", PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let SignInAnswer::SignedIn(session) = answer.json() else {
        panic!("nothing more is asked of a sub-user");
    };
    let again: CurrentSession = browser.call(&GET_SESSION, Value::Null).await.json();
    assert_eq!(again, session);
    let owner = session.owner.unwrap();
    assert_eq!(owner.account_id, root);
    let sub_user = owner.sub_user.unwrap();
    assert_eq!((sub_user.user_id, sub_user.name.as_str()), (user, "Ops-1"));
    let history = bench.history(root).await;
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].method, SignInMethod::SubUser);
    assert_eq!(history[0].result, SignInResult::SignedIn);
    assert_eq!(browser.call(&SIGN_OUT, Value::Null).await.status, 204);
    let events = bench.events(root).await;
    assert_eq!(
        events,
        ["account_created", "sub_user_signed_in", "signed_out"]
    );
}

async fn sgn_14_a_sub_user_is_no_owner(bench: Bench) {
    let root = bench.account(EMAIL, Language::Chinese).await;
    bench.sub_user(root, "ops").await;
    let mut browser = bench.browser();
    sign_in(&mut browser, &root.to_string(), "ops", PASSWORD).await;
    let answer = browser.call(&GET_ACCOUNT, Value::Null).await;
    assert_eq!(answer.status, 403);
    let refusal = Refusal::from(AccountRefusal::OnlyOwner);
    assert_eq!(answer.problem().refusals, [refusal]);
}

async fn sgn_1_wrong_passwords_of_a_sub_user_are_its_own(bench: Bench) {
    let root = bench.account(EMAIL, Language::Chinese).await;
    bench.sub_user(root, "ops").await;
    bench.sub_user(root, "dev").await;
    let id = root.to_string();
    let mut browser = bench.browser();
    for _ in 0..4 {
        sign_in(&mut browser, &id, "ops", "not the password").await;
    }
    let answer = sign_in(&mut browser, &id, "ops", PASSWORD).await;
    let needed = Refusal::SignIn(SignInRefusal::CaptchaNeeded);
    assert_eq!(answer.problem().refusals, [needed]);
    assert_eq!(
        sign_in(&mut browser, &id, "dev", PASSWORD).await.status,
        200
    );
    assert_eq!(bench.browser().sign_in(EMAIL, PASSWORD).await.status, 200);
}

async fn sgn_1_a_sub_user_or_root_that_does_not_exist_behaves_the_same(bench: Bench) {
    let root = bench.account(EMAIL, Language::Chinese).await;
    bench.sub_user(root, "ops").await;
    let mut stories = Vec::new();
    for (root, name) in [
        (&*root.to_string(), "ops"),
        (&*root.to_string(), "nobody"),
        ("100099999999", "ops"),
    ] {
        let mut story = Vec::new();
        for _ in 0..6 {
            let answer = sign_in(&mut bench.browser(), root, name, "not the password").await;
            let mut problem = answer.problem();
            problem.request_id.clear();
            story.push((answer.status, problem));
        }
        stories.push(story);
    }
    assert_eq!(stories[0], stories[1]);
    assert_eq!(stories[0], stories[2]);
}

async fn acc_14_sub_users_of_a_locked_account_do_not_get_in(bench: Bench) {
    let root = bench.account(EMAIL, Language::Chinese).await;
    bench.sub_user(root, "ops").await;
    let since = bench.now();
    let mut tx = bench.app.store.write().await.unwrap();
    security::update_lock(&mut tx, root, Lock::Locked { since }, false)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let answer = sign_in(&mut bench.browser(), &root.to_string(), "ops", PASSWORD).await;
    let locked = Refusal::from(AccountRefusal::Locked { since });
    assert_eq!(answer.problem().refusals, [locked]);
}

async fn sgn_4_a_sub_user_s_browser_is_none_of_the_owner_s(bench: Bench) {
    let root = bench.account(EMAIL, Language::Chinese).await;
    bench.sub_user(root, "ops").await;
    let mut browser = bench.browser();
    sign_in(&mut browser, &root.to_string(), "ops", PASSWORD).await;
    bench.postman().deliver_due().await.unwrap();
    assert!(bench.mail.arrived.lock().unwrap().is_empty());
    // The owner's own first sign-in there is one from a browser not seen before.
    assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, 200);
    bench.postman().deliver_due().await.unwrap();
    assert_eq!(bench.mail.arrived.lock().unwrap().len(), 1);
}

async fn every_field_that_is_wrong_is_told_at_once(bench: Bench) {
    let answer = sign_in(&mut bench.browser(), "12", "张三", "").await;
    assert_eq!(answer.status, 422);
    let fields = answer.problem().fields;
    let fields: Vec<_> = fields.iter().map(|wrong| &*wrong.field).collect();
    assert_eq!(fields, ["root", "user_name", "password"]);
}
