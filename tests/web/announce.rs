//! Title, focus and live region after a navigation.

use account_center::paths;
use contract::demo::Outbox;
use contract::endpoints::{DEMO_OUTBOX, GET_ACCOUNT, GET_SESSION};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::stage::{clicks, document, element, focused, open, pause, text, until};
use crate::support::{NOW, account, nobody, server, signed_in};

const LIVE: &str = "body > div > .visually-hidden[role=status]";

#[wasm_bindgen_test]
async fn v_44_a_navigation_names_the_page_and_moves_the_focus_to_its_heading() {
    server::start();
    server::answers(GET_SESSION, &signed_in());
    server::answers(GET_ACCOUNT, &account("云上小张", 3));
    let outbox = Outbox {
        messages: Vec::new(),
        server_time: NOW,
    };
    server::answers(DEMO_OUTBOX, &outbox);
    let _stage = open(paths::account());
    until("Account info", || element(".facts").is_some()).await;
    pause(50).await;
    assert_eq!(document().title(), "Account info - Account Centre");
    assert_ne!(
        focused(),
        "page-heading",
        "the first page has taken the focus"
    );
    assert_eq!(text(LIVE), "");

    clicks("Demo outbox");
    until("the outbox", || text("h1") == "Demo outbox").await;
    until("the focus", || focused() == "page-heading").await;
    assert_eq!(document().title(), "Demo outbox - Account Centre");
    assert_eq!(text(LIVE), "Demo outbox");
    assert_eq!(text("[aria-current=page]"), "Demo outbox");

    web_sys::window()
        .unwrap()
        .history()
        .unwrap()
        .back()
        .unwrap();
    until("the way back", || text("h1") == "Account info").await;
    until("the focus", || focused() == "page-heading").await;
    assert_eq!(document().title(), "Account info - Account Centre");
}

#[wasm_bindgen_test]
async fn v_41_an_unknown_address_says_so_and_a_slash_at_the_end_does_not_matter() {
    server::start();
    server::answers(GET_SESSION, &nobody());
    {
        let _stage = open("/account/no/such/page");
        until("not found", || text("h1") == "Page not found").await;
    }
    let _stage = open("/sign-in/");
    until("signing in", || text("h1") == "Sign in").await;
}
