//! Locking an account by the link of a notice, and unlocking it.

use contract::endpoints::{
    self, FIND_LOCKED_ACCOUNTS, GET_ACCOUNT, GET_SESSION, LOCK, SEND_UNLOCK_CODE, UNLOCK, Who,
};
use contract::lock::{LockedAccount, LockedAccounts, UnlockChoice};
use contract::problem::ValueProblem;
use contract::session::CurrentSession;
use domain::account::{AccountId, AccountRefusal, Lock};
use domain::mfa::MfaRefusal;
use domain::protection::ProofMethod;
use domain::refusal::{Refusal, Refuse as _};
use domain::sign_in::PasswordProblem;
use domain::time::Span;
use serde_json::{Value, json};
use server::store::security;

use crate::support::{Bench, Browser, PASSWORD, app_code, bind_app, on_both_databases};

const EMAIL: &str = "zhang@mail.example";
const PHONE: &str = "13800138001";
const NEW: &str = "a tide of 26 lamps";

on_both_databases!(
    acc_14_the_link_of_a_notice_locks_and_opening_its_page_does_not,
    acc_14_a_link_locks_for_seven_days,
    acc_14_who_owns_the_phone_unlocks_and_sets_a_new_password,
    acc_14_what_was_changed_shortly_before_the_lock_does_not_unlock,
    acc_14_an_older_mfa_device_unlocks_beside_a_phone_that_was_just_changed,
    fnd_5_a_code_to_unlock_what_nobody_has_is_answered_alike,
    acc_14_after_unlocking_nothing_is_done_before_the_password_is_set_anew,
);

/// A browser that is signed in to an account with a phone and an e-mail of a week ago, and the link of the
/// notice that its sign-in sent.
async fn noticed(bench: &Bench) -> (Browser, AccountId, String) {
    let id = bench
        .account(EMAIL, server::language::Language::Chinese)
        .await;
    bench.secured(id, PHONE, "safe@mail.example").await;
    bench.wait(Span::from_days(7));
    let mut browser = bench.browser();
    assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, 200);
    let token = bench.newest_lock_token().await;
    (browser, id, token)
}

async fn acc_14_the_link_of_a_notice_locks_and_opening_its_page_does_not(bench: Bench) {
    let (mut signed_in, id, token) = noticed(&bench).await;
    let mut stranger = bench.browser();
    assert_eq!(stranger.get(&format!("/lock/{token}")).await.status, 200);
    assert_eq!(signed_in.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    let answer = stranger.call(&LOCK, json!({ "token": token })).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let locked: LockedAccount = answer.json();
    assert_eq!(locked.account_id, id.masked().to_string());
    assert_eq!(locked.since, bench.now());
    assert_eq!(signed_in.call(&GET_ACCOUNT, Value::Null).await.status, 401);
    let refused = signed_in.sign_in(EMAIL, PASSWORD).await;
    let lock = Refusal::from(AccountRefusal::Locked { since: bench.now() });
    assert_eq!(refused.problem().refusals, std::slice::from_ref(&lock));
    let again = stranger.call(&LOCK, json!({ "token": token })).await;
    assert_eq!(again.problem().refusals, [lock]);
    bench.postman().deliver_due().await.unwrap();
    let letters = bench.mail.arrived.lock().unwrap().clone();
    let letter = letters.last().unwrap();
    assert!(letter.body.contains("/unlock") && letter.to == "safe@mail.example");
    let events = bench.events(id).await;
    assert_eq!(events.last().unwrap(), "account_locked");
    let made_up = stranger.call(&LOCK, json!({ "token": "made up" })).await;
    assert_eq!(made_up.status, 404);
}

async fn acc_14_a_link_locks_for_seven_days(bench: Bench) {
    let (_, _, token) = noticed(&bench).await;
    let end = bench.now().plus(Span::from_days(7));
    bench.wait(Span::from_days(7));
    server::housekeeping::forget(&bench.app).await.unwrap();
    let answer = bench.browser().call(&LOCK, json!({ "token": token })).await;
    let refusal = Refusal::from(AccountRefusal::LockLinkExpired { at: end });
    assert_eq!(answer.problem().refusals, [refusal]);
}

async fn choices(
    bench: &Bench,
    browser: &mut Browser,
    target: &str,
) -> (String, Vec<UnlockChoice>) {
    let sent = browser
        .call(&SEND_UNLOCK_CODE, json!({ "target": target }))
        .await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let code = if target.contains('@') {
        bench.newest_mail_code().await
    } else {
        bench.newest_sms_code().await
    };
    let wish = json!({ "target": target, "code": code });
    let answer = browser.call(&FIND_LOCKED_ACCOUNTS, wish).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    (code, answer.json::<LockedAccounts>().accounts)
}

async fn acc_14_who_owns_the_phone_unlocks_and_sets_a_new_password(bench: Bench) {
    let (_, id, token) = noticed(&bench).await;
    let mut browser = bench.browser();
    let (_, none) = choices(&bench, &mut browser, PHONE).await;
    assert_eq!(none, [], "nothing is locked yet");
    bench.wait(Span::from_minutes(1));
    browser.call(&LOCK, json!({ "token": token })).await;
    let (code, found) = choices(&bench, &mut browser, PHONE).await;
    let [choice] = &*found else {
        panic!("{found:?}")
    };
    assert_eq!(choice.account_id, id.masked().to_string());
    assert!(choice.may_unlock && choice.has_password);
    let wish = |password: Value| {
        json!({
            "target": PHONE, "code": code, "choice": choice.choice, "password": password,
        })
    };
    let answer = browser.call(&UNLOCK, wish(Value::Null)).await;
    assert_eq!(
        answer.problem().fields[0].problem,
        ValueProblem::Password(PasswordProblem::Empty),
        "who made the owner lock it may know the old one"
    );
    let answer = browser.call(&UNLOCK, wish(json!(NEW))).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    assert_eq!(browser.sign_in(EMAIL, PASSWORD).await.status, 403);
    assert_eq!(browser.sign_in(EMAIL, NEW).await.status, 200);
    let events = bench.events(id).await;
    assert!(
        events.contains(&"account_unlocked".to_owned()),
        "{events:?}"
    );
}

async fn acc_14_what_was_changed_shortly_before_the_lock_does_not_unlock(bench: Bench) {
    let (_, id, token) = noticed(&bench).await;
    // A thief puts in a phone; the e-mail is the owner's, and older.
    let mut tx = bench.app.store.write().await.unwrap();
    let thief = domain::identity::PhoneNumber::parse("13900139001").unwrap();
    server::store::security::update_phone(&mut tx, id, &thief, bench.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut browser = bench.browser();
    browser.call(&LOCK, json!({ "token": token })).await;
    let (code, found) = choices(&bench, &mut browser, "13900139001").await;
    assert!(!found[0].may_unlock);
    assert_eq!(found[0].usable, [ProofMethod::SecurityEmail]);
    let wish = json!({
        "target": "13900139001", "code": code, "choice": found[0].choice, "password": NEW,
    });
    let answer = browser.call(&UNLOCK, wish).await;
    let refusal = Refusal::from(AccountRefusal::ChangedTooRecently {
        method: ProofMethod::SecurityPhone,
    });
    assert_eq!(answer.problem().refusals, [refusal]);
    let (code, found) = choices(&bench, &mut browser, "safe@mail.example").await;
    let wish = json!({
        "target": "safe@mail.example", "code": code, "choice": found[0].choice, "password": NEW,
    });
    assert_eq!(browser.call(&UNLOCK, wish).await.status, 204);
}

async fn acc_14_an_older_mfa_device_unlocks_beside_a_phone_that_was_just_changed(bench: Bench) {
    let (mut browser, id) = bench.signed_in(EMAIL).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let old = domain::identity::PhoneNumber::parse(PHONE).unwrap();
    server::store::security::update_phone(&mut tx, id, &old, bench.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let (secret, recovery) = bind_app(&bench, &mut browser).await;
    bench.wait(Span::from_days(1));
    // The owner has no security e-mail and a new phone, and then locks the account.
    let mut tx = bench.app.store.write().await.unwrap();
    let new = domain::identity::PhoneNumber::parse("13900139001").unwrap();
    server::store::security::update_phone(&mut tx, id, &new, bench.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let token = bench.newest_lock_token().await;
    let mut stranger = bench.browser();
    stranger.call(&LOCK, json!({ "token": token })).await;
    let (code, found) = choices(&bench, &mut stranger, "13900139001").await;
    assert!(!found[0].may_unlock);
    assert_eq!(found[0].usable, [ProofMethod::Mfa]);
    let wish = |mfa_code: &str| {
        json!({
            "target": "13900139001", "code": code, "choice": found[0].choice, "password": NEW,
            "mfa_code": mfa_code,
        })
    };
    let answer = stranger.call(&UNLOCK, wish("12345")).await;
    assert_eq!(answer.problem().fields[0].field, "mfa_code");
    let right = app_code(&secret, bench.now(), 0);
    let wrong = if right == "000000" {
        "000001"
    } else {
        "000000"
    };
    let answer = stranger.call(&UNLOCK, wish(wrong)).await;
    assert!(matches!(
        answer.problem().refusals[..],
        [Refusal::Mfa(MfaRefusal::WrongCode { tries_left: 4, .. })]
    ));
    // Neither the code nor the device's was used up by that.
    let answer = stranger.call(&UNLOCK, wish(&recovery[0])).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    let again = stranger.call(&UNLOCK, wish(&right)).await;
    assert_eq!(again.status, 409, "the code works once (V-20)");
}

async fn fnd_5_a_code_to_unlock_what_nobody_has_is_answered_alike(bench: Bench) {
    noticed(&bench).await;
    let mut browser = bench.browser();
    let mut send = async |target: &str| {
        let answer = browser
            .call(&SEND_UNLOCK_CODE, json!({ "target": target }))
            .await;
        (answer.status, answer.text().replace(target, "it"))
    };
    let known = send("safe@mail.example").await;
    assert_eq!(known, send("sofa@mail.example").await);
    assert_eq!(known.0, 200);
}

/// Only what setting the password needs is open to its owner.
const OPEN_BEFORE: &[&str] = &[
    "PUT /api/v1/security/password",
    "GET /api/v1/proof/{operation}",
    "POST /api/v1/proof/code",
    "POST /api/v1/proof",
    "POST /api/v1/proof/key",
    "POST /api/v1/proof/scan",
    "POST /api/v1/proof/face",
    "GET /api/v1/proof/face/{check}",
];

async fn acc_14_after_unlocking_nothing_is_done_before_the_password_is_set_anew(bench: Bench) {
    let (mut browser, id) = bench.signed_in(EMAIL).await;
    bench.secured(id, PHONE, "safe@mail.example").await;
    let sub_user = bench.sub_user(id, "ops").await;
    let mut tx = bench.app.store.write().await.unwrap();
    security::update_lock(&mut tx, id, Lock::Unlocked, true)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let needed: Refusal = AccountRefusal::PasswordNotSetAnew.into();
    let mut seen = Vec::new();
    for endpoint in endpoints::all().filter(|endpoint| endpoint.who == Who::Owner) {
        let name = endpoint.to_string();
        let answer = browser.call(endpoint, json!({})).await;
        let is_refused = answer.status == 403
            && answer.problem().refusals == std::slice::from_ref(&needed)
            && answer.problem().rule == Some(needed.rule());
        if OPEN_BEFORE.contains(&&*name) {
            assert!(!is_refused, "{name}: {}", answer.text());
            seen.push(name);
        } else {
            assert!(is_refused, "{name}: {} {}", answer.status, answer.text());
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), OPEN_BEFORE.len(), "{seen:?}");
    let bind = json!({ "aim": "bind" });
    for path in ["/api/v1/providers/qq/visit", "/api/v1/scans"] {
        let answer = browser.send_json("POST", path, bind.clone()).await;
        assert_eq!(answer.status, 403, "{path}");
        assert_eq!(answer.problem().refusals, std::slice::from_ref(&needed));
    }
    // The page is told, and a sub-user has nothing to do with it (SGN-14).
    let session: CurrentSession = browser.call(&GET_SESSION, Value::Null).await.json();
    assert!(session.owner.unwrap().must_set_password);
    let mut ops = bench.browser();
    let wish = json!({ "root": id, "user_name": "ops", "password": PASSWORD });
    let answer = ops.call(&endpoints::SIGN_IN_SUB_USER, wish).await;
    assert_eq!(answer.status, 200, "{sub_user}: {}", answer.text());
    let session: CurrentSession = ops.call(&GET_SESSION, Value::Null).await.json();
    assert!(!session.owner.unwrap().must_set_password);

    bench.wait(Span::from_minutes(1));
    bench.prove(&mut browser).await;
    let set = browser
        .call(&endpoints::SET_PASSWORD, json!({ "password": NEW }))
        .await;
    assert_eq!(set.status, 204, "{}", set.text());
    assert_eq!(browser.call(&GET_ACCOUNT, Value::Null).await.status, 200);
    let session: CurrentSession = browser.call(&GET_SESSION, Value::Null).await.json();
    assert!(!session.owner.unwrap().must_set_password);
}
