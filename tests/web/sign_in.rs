//! Signing in.

use account_center::paths;
use contract::endpoints::{GET_ACCOUNT, GET_SESSION, SIGN_IN};
use contract::session::SignIn;
use domain::sign_in::SignInRefusal;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::window;

use crate::support::stage::{
    Stage, clicks, document, element, focused, input, open, text, types, until,
};
use crate::support::{account, nobody, problem, server, signed_in};

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
    server::answers(SIGN_IN, &signed_in());
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
    server::answers(SIGN_IN, &signed_in());
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
