//! The session as its owner meets it: warning, end, signing out, a server that is away.

use account_center::paths;
use contract::endpoints::{GET_ACCOUNT, GET_SESSION, SIGN_OUT};
use domain::time::Span;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::stage::{clicks, element, open, text, until};
use crate::support::{account, nobody, problem, server, session_of, signed_in};

const WARNING: &str = ".session-warning";

#[wasm_bindgen_test]
async fn sgn_13_the_page_warns_before_the_end_and_lets_the_owner_stay() {
    server::start();
    server::answers(GET_SESSION, &session_of(Span::from_seconds(90), true));
    server::answers(GET_SESSION, &signed_in());
    server::answers(GET_ACCOUNT, &account("云上小张", 3));
    let _stage = open(paths::account());
    until("the warning", || text(WARNING).contains("within 2 minutes")).await;
    clicks("Stay signed in");
    until("its end", || text(WARNING).is_empty()).await;
    assert_eq!(server::calls(GET_SESSION).len(), 2);
}

#[wasm_bindgen_test]
async fn sgn_13_a_session_at_its_greatest_age_cannot_be_kept() {
    server::start();
    server::answers(GET_SESSION, &session_of(Span::from_seconds(59), false));
    server::answers(GET_ACCOUNT, &account("云上小张", 3));
    let _stage = open(paths::account());
    until("the warning", || text(WARNING).contains("within 1 minute.")).await;
    clicks("Got it");
    until("its end", || text(WARNING).is_empty()).await;
    assert_eq!(server::calls(GET_SESSION).len(), 1);
}

#[wasm_bindgen_test]
async fn sgn_13_after_the_end_the_owner_is_told_and_the_place_is_kept() {
    server::start();
    server::answers(GET_SESSION, &signed_in());
    server::refuses(GET_ACCOUNT, &problem(401, "sign_in_required"));
    let _stage = open(paths::account());
    until("signing in", || text("h1") == "Sign in").await;
    assert!(text("main").contains("Your session has ended."));
    let search = web_sys::window().unwrap().location().search().unwrap();
    assert_eq!(search, "?next=%2Faccount");
}

#[wasm_bindgen_test]
async fn v_26_signing_out_ends_here_whatever_the_server_says() {
    server::start();
    server::answers(GET_SESSION, &signed_in());
    server::answers(GET_ACCOUNT, &account("云上小张", 3));
    server::is_unreachable(SIGN_OUT);
    let _stage = open(paths::account());
    until("Account info", || element(".facts").is_some()).await;
    clicks("Sign out");
    until("signing in", || text("h1") == "Sign in").await;
    assert!(text("main").contains("You have signed out."));
    assert!(element(".account-button").is_none());
}

#[wasm_bindgen_test]
async fn a_server_that_is_away_is_a_page_and_can_be_tried_again() {
    server::start();
    server::is_unreachable(GET_SESSION);
    server::answers(GET_SESSION, &nobody());
    let _stage = open(paths::account());
    until("the page", || text("h1") == "Something is not working").await;
    assert!(text("main").contains("cannot be reached"));
    clicks("Try again");
    until("signing in", || text("h1") == "Sign in").await;
}

#[wasm_bindgen_test]
async fn api_1_a_broken_server_is_told_with_the_request_id_and_can_be_tried_again() {
    server::start();
    server::answers(GET_SESSION, &signed_in());
    server::refuses(GET_ACCOUNT, &problem(500, "internal"));
    server::answers(GET_ACCOUNT, &account("云上小张", 3));
    let _stage = open(paths::account());
    until("the reason", || text("main").contains("request id: 0194f0")).await;
    assert_eq!(text("h1"), "Account info");
    clicks("Try again");
    until("Account info", || element(".facts").is_some()).await;
}
