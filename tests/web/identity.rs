//! Identities of other services: going there and back, forgetting one, binding one.

use account_center::paths;
use contract::endpoints::{
    BIND_IDENTITY, Endpoint, FORGET_IDENTITY, GET_ACCOUNT, GET_PROVIDERS, GET_SEEN_IDENTITY,
    GET_SESSION, RETURN_FROM_PROVIDER,
};
use contract::providers::{Binding, Bound, Outcome, Providers, SeenIdentity, Waiting};
use contract::session::{CurrentSession, SignInAnswer};
use domain::login_methods::LoginMethodKind;
use domain::time::Span;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::window;

use crate::support::stage::{clicks, element, focused, open, text, until};
use crate::support::{NOW, account, nobody, server, signed_in};

const RETURN_FROM_QQ: Endpoint = Endpoint {
    path: "/api/v1/providers/qq/return",
    ..RETURN_FROM_PROVIDER
};

fn address() -> String {
    let location = window().unwrap().location();
    location.pathname().unwrap() + &location.search().unwrap()
}

fn begin(session: &CurrentSession) {
    server::start();
    server::answers(GET_SESSION, session);
    server::answers(GET_ACCOUNT, &account("云上小张", 1));
}

fn waiting(binding: Option<Binding>) -> Waiting {
    Waiting {
        identity: Some(SeenIdentity {
            kind: LoginMethodKind::Qq,
            name: Some("小云".to_owned()),
            accounts: Vec::new(),
            ways: Vec::new(),
            binding,
            expires_at: NOW.plus(Span::from_minutes(15)),
            server_time: NOW,
        }),
    }
}

fn to_bind() -> Waiting {
    waiting(Some(Binding {
        account_id: "100012345678".parse().unwrap(),
        replaces: false,
        old_name: None,
        confirms_from_now_on: false,
        refusals: Vec::new(),
    }))
}

#[wasm_bindgen_test]
async fn v_41_the_way_on_is_not_lost_over_other_ways_to_sign_in() {
    begin(&nobody());
    let offered = vec![LoginMethodKind::Wechat, LoginMethodKind::Qq];
    server::answers(GET_PROVIDERS, &Providers { offered });
    let _stage = open(&paths::sign_in_then("/security"));
    let links = [
        "a[href=\"/sign-in/scan?next=%2Fsecurity\"]",
        "a[href=\"/visit/qq?next=%2Fsecurity\"]",
    ];
    until("the links", || {
        links.iter().all(|link| element(link).is_some())
    })
    .await;
}

#[wasm_bindgen_test]
async fn v_41_who_comes_back_from_a_service_goes_on_to_where_they_wanted() {
    begin(&nobody());
    let storage = window().unwrap().session_storage().unwrap().unwrap();
    storage
        .set_item("visit-next", "/account/login-email")
        .unwrap();
    let answer = SignInAnswer::SignedIn(signed_in());
    server::answers(RETURN_FROM_QQ, &Outcome::SignIn { answer });
    let _stage = open("/back/qq?code=1&state=2");
    until("the page", || address() == "/account/login-email").await;
    assert_eq!(storage.get_item("visit-next").unwrap(), None);
}

#[wasm_bindgen_test]
async fn sgn_5_an_identity_that_waits_can_be_forgotten() {
    begin(&nobody());
    server::answers(GET_SEEN_IDENTITY, &waiting(None));
    server::accepts(FORGET_IDENTITY);
    let _stage = open("/identity?next=%2Fsecurity");
    until("the identity", || text("main").contains("QQ · 小云")).await;
    assert!(element("a[href=\"/register/finish\"]").is_some());
    clicks("Not me: forget this identity");
    until("the sign-in page", || {
        address() == "/sign-in?next=%2Fsecurity"
    })
    .await;
    assert_eq!(server::calls(FORGET_IDENTITY).len(), 1);
}

#[wasm_bindgen_test]
async fn sgn_6_after_binding_the_other_sessions_are_asked_about() {
    begin(&signed_in());
    server::answers(GET_SEEN_IDENTITY, &to_bind());
    let bound = Bound {
        kind: LoginMethodKind::Qq,
        confirms_from_now_on: false,
        other_sessions: 2,
    };
    server::answers(BIND_IDENTITY, &bound);
    let _stage = open(paths::identity());
    until("the identity", || text("main").contains("QQ · 小云")).await;
    clicks("Bind it to this account");
    until("the question", || {
        text("main").contains("End the sessions on other devices?")
    })
    .await;
    until("the focus", || focused() == "was-bound").await;
    assert!(text("main").contains("It was bound."));
    clicks("Back to Account info");
    until("Account info", || address() == "/account").await;
}

#[wasm_bindgen_test]
async fn sgn_6_where_nothing_is_asked_binding_leads_back_at_once() {
    begin(&signed_in());
    server::answers(GET_SEEN_IDENTITY, &to_bind());
    let bound = Bound {
        kind: LoginMethodKind::Qq,
        confirms_from_now_on: false,
        other_sessions: 0,
    };
    server::answers(BIND_IDENTITY, &bound);
    let _stage = open(paths::identity());
    until("the identity", || text("main").contains("QQ · 小云")).await;
    clicks("Bind it to this account");
    until("Account info", || address() == "/account").await;
}
