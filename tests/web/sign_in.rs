//! Signing in.

use account_center::paths;
use contract::captcha::{Captcha, Puzzle};
use contract::codes::CodeSent;
use contract::endpoints::{
    Endpoint, GET_ACCOUNT, GET_CAPTCHA, GET_SECOND_STEP, GET_SESSION, PASS_SECOND_STEP,
    SEND_SECOND_STEP_CODE, SIGN_IN,
};
use contract::session::{
    PassSecondStep, SecondStepAsked, SecondStepOffer, SecondStepStatus, SignIn, SignInAnswer,
    SubUser,
};
use domain::account::AccountRefusal;
use domain::identity::SubUserName;
use domain::protection::ProofMethod;
use domain::rule::RuleId;
use domain::sign_in::{SecondStepWay, SignInRefusal};
use domain::time::Span;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::window;

use crate::support::stage::{
    Stage, clicks, document, element, focused, input, open, text, types, until,
};
use crate::support::{NOW, account, nobody, problem, server, signed_in};

async fn open_sign_in(address: &str) -> Stage {
    server::start();
    server::answers(GET_SESSION, &nobody());
    server::answers(GET_ACCOUNT, &account("云上小张", 3));
    let stage = open(address);
    until("the form", || element("#email").is_some()).await;
    stage
}

fn sent() -> Vec<SignIn> {
    server::calls(SIGN_IN)
        .iter()
        .map(|call| serde_json::from_str(&call.body).unwrap())
        .collect()
}

fn address() -> String {
    let location = window().unwrap().location();
    location.pathname().unwrap() + &location.search().unwrap()
}

#[wasm_bindgen_test]
async fn every_problem_is_told_at_once_and_only_on_submit() {
    let _stage = open_sign_in(paths::sign_in()).await;
    types("email", "zhang@");
    assert!(element(".error-summary").is_none());
    clicks("Sign in");
    until("the summary", || focused() == "sign-in-problems").await;
    assert!(text("#email-error").contains("Enter a whole e-mail address"));
    assert_eq!(text("#password-error"), "Enter your password");
    assert_eq!(
        document()
            .query_selector_all(".error-summary a")
            .unwrap()
            .length(),
        2
    );
    assert!(document().title().starts_with("Error: Sign in"));
    assert_eq!(input("email").value(), "zhang@");
    assert!(sent().is_empty());
}

#[wasm_bindgen_test]
async fn sgn_1_a_wrong_password_is_told_and_what_was_typed_stays() {
    let _stage = open_sign_in(paths::sign_in()).await;
    let mut refused = problem(403, "refused");
    refused.refusals = vec![SignInRefusal::WrongEmailOrPassword.into()];
    server::refuses(SIGN_IN, &refused);
    types("email", "zhang@demo.example");
    types("password", "not the password");
    clicks("Sign in");
    until("the reason", || {
        text("#sign-in-problems").contains("E-mail or password is not right")
    })
    .await;
    assert_eq!(input("email").value(), "zhang@demo.example");
    assert_eq!(input("password").value(), "not the password");
}

#[wasm_bindgen_test]
async fn whoever_signs_in_goes_on_to_where_they_wanted_to_go() {
    let _stage = open_sign_in("/account?from=letter").await;
    assert_eq!(address(), "/sign-in?next=%2Faccount%3Ffrom%3Dletter");
    server::answers(SIGN_IN, &SignInAnswer::SignedIn(signed_in()));
    types("email", "zhang@demo.example");
    types("password", "qingkong-2026-demo");
    clicks("Sign in");
    until("Account info", || text("h1") == "Account info").await;
    assert_eq!(address(), "/account?from=letter");
    until("its heading", || focused() == "page-heading").await;
}

#[wasm_bindgen_test]
async fn v_45_what_a_password_manager_fills_in_without_an_event_counts() {
    let _stage = open_sign_in(paths::sign_in()).await;
    server::answers(SIGN_IN, &SignInAnswer::SignedIn(signed_in()));
    input("email").set_value("zhang@demo.example");
    input("password").set_value("qingkong-2026-demo");
    clicks("Sign in");
    until("Account info", || text("h1") == "Account info").await;
    assert_eq!(sent()[0].email, "zhang@demo.example");
    assert_eq!(sent()[0].password, "qingkong-2026-demo");
}

#[wasm_bindgen_test]
async fn sgn_12_the_password_can_be_shown_and_the_browser_may_fill_it_in() {
    let _stage = open_sign_in(paths::sign_in()).await;
    let autocomplete = |id: &str| input(id).get_attribute("autocomplete").unwrap();
    assert_eq!(autocomplete("email"), "username");
    assert_eq!(autocomplete("password"), "current-password");
    types("password", "secret");
    assert_eq!(input("password").type_(), "password");
    clicks("Show password");
    until("the letters", || input("password").type_() == "text").await;
    clicks("Hide password");
    until("dots", || input("password").type_() == "password").await;
    assert_eq!(input("password").value(), "secret");
}

fn refuses_sign_in(status: u16, refusal: impl Into<domain::refusal::Refusal>) {
    let mut refused = problem(status, "refused");
    refused.refusals = vec![refusal.into()];
    server::refuses(SIGN_IN, &refused);
}

fn signs_in() {
    types("email", "zhang@demo.example");
    types("password", "qingkong-2026-demo");
    clicks("Sign in");
}

#[wasm_bindgen_test]
async fn sgn_1_a_captcha_that_is_needed_is_solved_and_the_same_try_made_again() {
    let _stage = open_sign_in(paths::sign_in()).await;
    let puzzle = Puzzle {
        salt: "1.sign-in.x.".to_owned(),
        challenge: "fb804ee29aaeeee73cf2c6b729ff3cc6d3e174f8a28c97fbd1329fd700a6078d".to_owned(),
        max: 20,
        signature: "signed".to_owned(),
    };
    let for_signing_in = Endpoint {
        path: "/api/v1/captcha/sign_in",
        ..GET_CAPTCHA
    };
    server::answers(for_signing_in, &puzzle);
    refuses_sign_in(403, SignInRefusal::CaptchaNeeded);
    server::answers(SIGN_IN, &SignInAnswer::SignedIn(signed_in()));
    signs_in();
    until("Account info", || text("h1") == "Account info").await;
    let tries = sent();
    assert_eq!(tries.len(), 2);
    assert!(tries[0].captcha.is_none());
    assert_eq!(tries[1].password, "qingkong-2026-demo");
    let Some(Captcha::Puzzle { number, salt, .. }) = &tries[1].captcha else {
        panic!("no puzzle came with the second try");
    };
    assert_eq!((*number, &**salt), (7, "1.sign-in.x."));
}

#[wasm_bindgen_test]
async fn sgn_1_a_lock_says_when_it_ends() {
    let _stage = open_sign_in(paths::sign_in()).await;
    let retry_at = NOW.plus(Span::from_hours(1));
    refuses_sign_in(429, SignInRefusal::Locked { retry_at });
    signs_in();
    until("the reason", || {
        text("#sign-in-problems").contains("locked until")
    })
    .await;
    assert!(text("#sign-in-problems").contains("23:13"));
}

#[wasm_bindgen_test]
async fn hlp_2_a_refusal_leads_to_the_answer_that_concerns_it() {
    let _stage = open_sign_in(paths::sign_in()).await;
    let refusal = SignInRefusal::Locked {
        retry_at: NOW.plus(Span::from_hours(1)),
    };
    let mut refused = problem(401, "refused");
    refused.rule = Some(RuleId::Sgn1);
    refused.refusals = vec![refusal.into()];
    server::refuses(SIGN_IN, &refused);
    signs_in();
    let link = "#sign-in-problems a[target=_blank]";
    until("the link", || element(link).is_some()).await;
    let href = element(link).and_then(|link| link.get_attribute("href"));
    assert_eq!(href.as_deref(), Some("/help?about=SGN-1"));
    // Nobody asked about this rule.
    refused.rule = Some(RuleId::Api3);
    server::refuses(SIGN_IN, &refused);
    signs_in();
    until("no link", || element(link).is_none()).await;
}

#[wasm_bindgen_test]
async fn reg_3_a_phone_leads_to_finding_with_the_number_filled_in() {
    let _stage = open_sign_in(paths::sign_in()).await;
    types("email", "138 0013 8000");
    clicks("Sign in");
    until("the link", || focused() == "elsewhere").await;
    let link = element("#elsewhere")
        .unwrap()
        .get_attribute("href")
        .unwrap();
    assert!(link.starts_with(paths::forgotten()), "{link}");
    assert!(link.contains("13800138000"), "{link}");
    assert!(sent().is_empty());
    assert_eq!(input("email").value(), "138 0013 8000");
}

#[wasm_bindgen_test]
async fn acc_14_who_knows_the_password_of_a_locked_account_is_led_to_unlocking() {
    let _stage = open_sign_in(paths::sign_in()).await;
    refuses_sign_in(409, AccountRefusal::Locked { since: NOW });
    signs_in();
    until("the link", || focused() == "elsewhere").await;
    assert!(text("main").contains("The account is locked"));
    let link = element("#elsewhere")
        .unwrap()
        .get_attribute("href")
        .unwrap();
    assert_eq!(link, paths::unlock());
}

#[wasm_bindgen_test]
async fn sgn_2_the_second_step_is_taken_on_a_page_of_its_own() {
    let _stage = open_sign_in(paths::sign_in()).await;
    let way = |way| SecondStepOffer {
        way,
        to: Some("138****8000".to_owned()),
        resend_at: None,
        device: None,
    };
    let asked = SecondStepAsked {
        ways: vec![
            way(SecondStepWay::Proof(ProofMethod::SecurityPhone)),
            way(SecondStepWay::Appeal),
        ],
        trust_for: Some(Span::from_hours(168).as_millis()),
        ends_at: NOW.plus(Span::from_minutes(10)),
        server_time: NOW,
    };
    server::answers(SIGN_IN, &SignInAnswer::SecondStep(asked.clone()));
    server::answers(GET_SECOND_STEP, &SecondStepStatus { asked: Some(asked) });
    signs_in();
    until("the page", || text("h1") == "One more proof").await;
    assert_eq!(address(), "/sign-in/second-step");
    until("the form", || element("#proof-code").is_some()).await;
    let sent = CodeSent {
        to: "138****8000".to_owned(),
        resend_at: NOW.plus(Span::from_minutes(1)),
        expires_at: NOW.plus(Span::from_minutes(5)),
        server_time: NOW,
    };
    server::answers(SEND_SECOND_STEP_CODE, &sent);
    clicks("Send code");
    until("the code's way", || text("main").contains("138****8000")).await;
    types("proof-code", "123456");
    input("trust-device").click();
    server::answers(PASS_SECOND_STEP, &SignInAnswer::SignedIn(signed_in()));
    clicks("Confirm");
    until("Account info", || text("h1") == "Account info").await;
    let passed = server::calls(PASS_SECOND_STEP);
    let passed: PassSecondStep = serde_json::from_str(&passed[0].body).unwrap();
    assert!(passed.trust_device);
}

#[wasm_bindgen_test]
async fn sgn_14_a_sub_user_sees_whose_account_it_is_on_every_page() {
    server::start();
    let mut session = signed_in();
    let owner = session.owner.as_mut().unwrap();
    owner.sub_user = Some(SubUser {
        user_id: "100000000007".parse().unwrap(),
        name: SubUserName::parse("ops-1").unwrap(),
    });
    server::answers(GET_SESSION, &session);
    let _stage = open(paths::account());
    until("its page", || text("h1") == "Sub-user").await;
    assert!(text("main").contains("ops-1") && text("main").contains("100012345678"));
    assert!(server::calls(GET_ACCOUNT).is_empty());
    assert!(element("nav.side-navigation").is_none());
}
