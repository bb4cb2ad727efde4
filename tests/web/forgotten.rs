//! A forgotten password, locking from a notice, unlocking.

use account_center::paths;
use contract::codes::CodeSent;
use contract::endpoints::{
    FIND_LOCKED_ACCOUNTS, FIND_RESET_ACCOUNTS, GET_SESSION, LOCK, RESET_PASSWORD, SEND_RESET_CODE,
    UNLOCK,
};
use contract::forgotten::{ResetAccounts, ResetChoice, ResetPassword};
use contract::lock::{LockByLink, LockedAccount, LockedAccounts, Unlock, UnlockChoice};
use domain::account::AccountRefusal;
use domain::login_methods::LoginMethodKind;
use domain::protection::ProofMethod;
use domain::sign_in::ForgottenPasswordWay;
use domain::time::Span;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, window};

use crate::support::stage::{Stage, clicks, element, input, open, text, types, until};
use crate::support::{NOW, nobody, problem, server};

async fn opened(address: &str) -> Stage {
    let storage = window().unwrap().session_storage().unwrap().unwrap();
    storage.clear().unwrap();
    server::start();
    server::answers(GET_SESSION, &nobody());
    let stage = open(address);
    until("the page", || element("h1").is_some()).await;
    stage
}

fn choice(last: &str, has_password: bool, is_locked: bool) -> ResetChoice {
    ResetChoice {
        choice: format!("choice {last}"),
        account_id: format!("1000****{last}"),
        has_password,
        is_locked,
        ways: vec![
            ForgottenPasswordWay::CodeToSecurityPhone,
            ForgottenPasswordWay::OtherLoginMethod(LoginMethodKind::Wechat),
            ForgottenPasswordWay::Appeal,
        ],
    }
}

async fn reached(accounts: Vec<ResetChoice>) -> Stage {
    let stage = opened(paths::forgotten()).await;
    server::answers(FIND_RESET_ACCOUNTS, &ResetAccounts { accounts });
    until("the form", || element("#target").is_some()).await;
    types("target", "13800138000");
    types("forgotten-code", "123456");
    clicks("Continue");
    until("the accounts", || text("main").contains("1000****")).await;
    stage
}

#[wasm_bindgen_test]
async fn reg_3_what_was_typed_at_signing_in_stands_in_the_form() {
    let _stage = opened(&paths::forgotten_by("+8613800138000")).await;
    until("the form", || element("#target").is_some()).await;
    assert_eq!(input("target").value(), "+8613800138000");
}

#[wasm_bindgen_test]
async fn sgn_10_one_of_several_accounts_is_chosen_by_its_masked_id() {
    let _stage = reached(vec![
        choice("0001", true, false),
        choice("0002", true, false),
    ])
    .await;
    types("new-password", "a tide of 26 lamps");
    clicks("Set the new password");
    until("the problem", || text("main").contains("Choose an account")).await;
    let second: HtmlElement = element("#accounts-1").unwrap().unchecked_into();
    second.click();
    until("the field", || element("#new-password").is_some()).await;
    types("new-password", "a tide of 26 lamps");
    server::accepts(RESET_PASSWORD);
    clicks("Set the new password");
    until("signing in", || text("h1") == "Sign in").await;
    let call = server::calls(RESET_PASSWORD).pop().unwrap();
    let body: ResetPassword = serde_json::from_str(&call.body).unwrap();
    assert_eq!(
        (&*body.choice, &*body.target, &*body.code),
        ("choice 0002", "13800138000", "123456")
    );
    assert!(text("main").contains("Sign in with it."));
}

#[wasm_bindgen_test]
async fn sgn_7_an_account_without_a_password_shows_its_other_ways() {
    let _stage = reached(vec![choice("0001", false, false)]).await;
    assert!(element("#new-password").is_none());
    assert!(text("main").contains("Sign in with WeChat"));
    assert!(text("main").contains("Appeal"));
}

#[wasm_bindgen_test]
async fn acc_14_a_locked_account_is_led_to_unlocking() {
    let _stage = reached(vec![choice("0001", true, true)]).await;
    assert!(element("#new-password").is_none());
    let link = element("main .notice a").unwrap();
    assert_eq!(link.get_attribute("href").unwrap(), "/unlock");
}

#[wasm_bindgen_test]
async fn sgn_7_an_account_id_is_no_place_for_a_code() {
    let _stage = opened(paths::forgotten()).await;
    until("the form", || element("#target").is_some()).await;
    types("target", "100012345678");
    clicks("Send code");
    until("the problem", || {
        text("#target-error").contains("An account ID gets no codes")
    })
    .await;
    assert!(server::calls(SEND_RESET_CODE).is_empty());
    types("target", "zhang@demo.example");
    let sent = CodeSent {
        to: "z***@demo.example".to_owned(),
        resend_at: NOW.plus(Span::from_seconds(60)),
        expires_at: NOW.plus(Span::from_minutes(5)),
        server_time: NOW,
    };
    server::answers(SEND_RESET_CODE, &sent);
    clicks("Send code");
    until("where it went", || {
        text("main").contains("z***@demo.example")
    })
    .await;
}

#[wasm_bindgen_test]
async fn acc_14_opening_the_link_of_a_notice_locks_nothing_and_its_button_does() {
    let _stage = opened("/lock/token-of-a-notice").await;
    until("the button", || {
        text("main").contains("Lock the account now")
    })
    .await;
    assert!(server::calls(LOCK).is_empty());
    let locked = LockedAccount {
        account_id: "1000****5678".to_owned(),
        since: NOW,
    };
    server::answers(LOCK, &locked);
    clicks("Lock the account now");
    until("the answer", || {
        text("main").contains("The account 1000****5678 was locked")
    })
    .await;
    let call = server::calls(LOCK).pop().unwrap();
    let body: LockByLink = serde_json::from_str(&call.body).unwrap();
    assert_eq!(body.token, "token-of-a-notice");
}

#[wasm_bindgen_test]
async fn acc_14_a_link_that_is_too_old_or_unknown_says_what_to_do() {
    let _stage = opened("/lock/old").await;
    until("the button", || {
        text("main").contains("Lock the account now")
    })
    .await;
    let mut refused = problem(409, "refused");
    refused.refusals = vec![AccountRefusal::LockLinkExpired { at: NOW }.into()];
    server::refuses(LOCK, &refused);
    clicks("Lock the account now");
    until("the reason", || {
        text("main").contains("This link expired on")
    })
    .await;
    server::refuses(LOCK, &problem(404, "not_found"));
    clicks("Lock the account now");
    until("the reason", || {
        text("main").contains("This link is not valid")
    })
    .await;
}

#[wasm_bindgen_test]
async fn acc_14_what_was_changed_before_the_lock_is_said_not_to_unlock() {
    let _stage = opened(paths::unlock()).await;
    let account = UnlockChoice {
        choice: "one".to_owned(),
        account_id: "1000****5678".to_owned(),
        since: NOW,
        has_password: true,
        may_unlock: false,
        usable: vec![ProofMethod::SecurityEmail],
    };
    let accounts = LockedAccounts {
        accounts: vec![account],
    };
    server::answers(FIND_LOCKED_ACCOUNTS, &accounts);
    until("the form", || element("#target").is_some()).await;
    types("target", "13800138000");
    types("unlock-code", "123456");
    clicks("Continue");
    until("the reason", || {
        text("main").contains("Use: Code to the security e-mail")
    })
    .await;
    assert!(element("#new-password").is_none());
    assert!(server::calls(UNLOCK).is_empty());
}

#[wasm_bindgen_test]
async fn acc_14_a_phone_that_was_just_changed_unlocks_together_with_the_mfa_device() {
    let _stage = opened(paths::unlock()).await;
    let account = UnlockChoice {
        choice: "one".to_owned(),
        account_id: "1000****5678".to_owned(),
        since: NOW,
        has_password: true,
        may_unlock: false,
        usable: vec![ProofMethod::Mfa],
    };
    let accounts = LockedAccounts {
        accounts: vec![account],
    };
    server::answers(FIND_LOCKED_ACCOUNTS, &accounts);
    until("the form", || element("#target").is_some()).await;
    types("target", "13800138000");
    types("unlock-code", "123456");
    clicks("Continue");
    until("the field", || element("#mfa-code").is_some()).await;
    clicks("Unlock and set the new password");
    until("both problems", || {
        let summary = text("#unlock-problems");
        summary.contains("Enter the code") && summary.contains("Choose a password")
    })
    .await;
    types("mfa-code", "654321");
    types("new-password", "a tide of 26 lamps");
    server::accepts(UNLOCK);
    clicks("Unlock and set the new password");
    until("signing in", || text("h1") == "Sign in").await;
    let call = server::calls(UNLOCK).pop().unwrap();
    let body: Unlock = serde_json::from_str(&call.body).unwrap();
    assert_eq!(body.mfa_code.as_deref(), Some("654321"));
}
