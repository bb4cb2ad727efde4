//! Registering.

use account_center::paths;
use contract::codes::CodeSent;
use contract::endpoints::{
    GET_ACCOUNT, GET_REGISTRATION, GET_SESSION, PROVE_REGISTRATION_EMAIL, REGISTER,
    SEND_REGISTRATION_EMAIL_CODE,
};
use contract::problem::{FieldProblem, ValueProblem};
use contract::registration::{ProveEmail, Proved, Register, Registration};
use domain::contacts::{CodeRefusal, ContactRefusal};
use domain::login_methods::LoginMethodKind;
use domain::registration::{LegalVersions, RegistrationRefusal};
use domain::sign_in::PasswordProblem;
use domain::time::Span;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, window};

use crate::support::stage::{Stage, clicks, element, focused, input, open, text, types, until};
use crate::support::{NOW, account, nobody, problem, server, signed_in};

const PASSWORD: &str = "a tide of 26 lamps";

fn needed(proved: Option<LoginMethodKind>) -> Registration {
    Registration {
        ways: vec![LoginMethodKind::Email],
        in_force: LegalVersions {
            terms: "7".to_owned(),
            privacy: "8".to_owned(),
        },
        proved: proved.map(|kind| Proved {
            kind,
            name: Some("li.si@mail.example".to_owned()),
            expires_at: NOW.plus(Span::from_minutes(15)),
        }),
        server_time: NOW,
    }
}

async fn opened(address: &str, proved: Option<LoginMethodKind>) -> Stage {
    forget();
    server::start();
    server::answers(GET_SESSION, &nobody());
    server::answers(GET_ACCOUNT, &account("li.si", 1));
    server::answers(GET_REGISTRATION, &needed(proved));
    let stage = open(address);
    until("the page", || element("h1").is_some()).await;
    stage
}

/// What tests before have left in the tab.
fn forget() {
    let storage = window().unwrap().session_storage().unwrap().unwrap();
    storage.clear().unwrap();
}

fn registered() -> Vec<Register> {
    server::calls(REGISTER)
        .iter()
        .map(|call| serde_json::from_str(&call.body).unwrap())
        .collect()
}

async fn filled_in() -> Stage {
    let stage = opened(paths::register_finish(), Some(LoginMethodKind::Email)).await;
    until("the form", || element("#phone").is_some()).await;
    types("new-password", PASSWORD);
    types("phone", "138 0013 8000");
    types("register-phone-code", "123456");
    let agreed: HtmlElement = element("#agreed").unwrap().unchecked_into();
    agreed.click();
    stage
}

#[wasm_bindgen_test]
async fn reg_4_enterprises_read_what_happens_when_a_person_leaves() {
    let _stage = opened(paths::register(), None).await;
    until("the ways", || element(".way").is_some()).await;
    assert!(!text("main").contains("It belongs to a person"));
    let enterprise: HtmlElement = element("#for-whom-1").unwrap().unchecked_into();
    enterprise.click();
    until("the warning", || {
        text("main").contains("It belongs to a person")
    })
    .await;
    assert!(text(".way").contains("Recommended with a company address"));
    assert_eq!(
        element("main .way a")
            .unwrap()
            .get_attribute("href")
            .unwrap(),
        "/register/email"
    );
}

#[wasm_bindgen_test]
async fn con_12_a_code_is_sent_counted_down_and_handed_in_with_the_address() {
    let _stage = opened(paths::register_email(), None).await;
    let sent = CodeSent {
        to: "l***@mail.example".to_owned(),
        resend_at: NOW.plus(Span::from_seconds(60)),
        expires_at: NOW.plus(Span::from_minutes(5)),
        server_time: NOW,
    };
    server::answers(SEND_REGISTRATION_EMAIL_CODE, &sent);
    until("the form", || element("#email").is_some()).await;
    clicks("Send code");
    until("the problem", || !text("#email-error").is_empty()).await;
    types("email", "Li.Si@mail.example");
    clicks("Send code");
    until("the focus", || focused() == "register-email-code").await;
    assert!(text("main").contains("A code was sent to l***@mail.example"));
    let button = text("#register-email-code-send");
    assert!(
        button.starts_with("Send again (") && button.ends_with(" s)"),
        "{button}"
    );
    types("register-email-code", "１２３ 456");
    let mut refused = problem(409, "refused");
    refused.refusals = vec![CodeRefusal::Wrong { tries_left: 4 }.into()];
    server::refuses(PROVE_REGISTRATION_EMAIL, &refused);
    clicks("Continue");
    until("the reason", || text("main").contains("4 tries are left")).await;
    assert_eq!(input("email").value(), "Li.Si@mail.example");
    server::answers(
        PROVE_REGISTRATION_EMAIL,
        &needed(Some(LoginMethodKind::Email)),
    );
    server::answers(GET_REGISTRATION, &needed(Some(LoginMethodKind::Email)));
    clicks("Continue");
    until("the next step", || text("h1") == "Finish registering").await;
    let call = server::calls(PROVE_REGISTRATION_EMAIL).pop().unwrap();
    let body: ProveEmail = serde_json::from_str(&call.body).unwrap();
    assert_eq!(body.email, "Li.Si@mail.example");
}

#[wasm_bindgen_test]
async fn reg_3_reg_7_everything_that_is_missing_is_told_at_once() {
    let _stage = opened(paths::register_finish(), Some(LoginMethodKind::Email)).await;
    until("the form", || element("#phone").is_some()).await;
    clicks("Register");
    until("the summary", || focused() == "register-problems").await;
    let summary = text("#register-problems");
    for problem in [
        "Choose a password",
        "Enter a phone number",
        "Enter the code",
        "Read them and tick the box",
    ] {
        assert!(summary.contains(problem), "{problem}: {summary}");
    }
    assert!(registered().is_empty());
}

#[wasm_bindgen_test]
async fn sgn_12_every_reason_against_a_password_stands_at_its_field() {
    let _stage = filled_in().await;
    let mut wrong = problem(422, "invalid_fields");
    let reason = |problem| FieldProblem {
        field: "password".to_owned(),
        problem: ValueProblem::Password(problem),
    };
    wrong.fields = vec![
        reason(PasswordProblem::TooShort { shortest: 8 }),
        reason(PasswordProblem::ContainsPhone),
    ];
    server::refuses(REGISTER, &wrong);
    clicks("Register");
    until("the reasons", || !text("#new-password-error").is_empty()).await;
    let said = text("#new-password-error");
    assert!(said.contains("at least 8 characters"), "{said}");
    assert!(
        said.contains("must not contain your phone number"),
        "{said}"
    );
    assert_eq!(input("new-password").value(), PASSWORD);
    assert_eq!(input("phone").value(), "138 0013 8000");
}

#[wasm_bindgen_test]
async fn v_34_a_form_that_is_sent_twice_is_sent_once() {
    let _stage = filled_in().await;
    server::answers(REGISTER, &signed_in());
    clicks("Register");
    clicks("Register");
    until("Account info", || text("h1") == "Account info").await;
    let sent = registered();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].agreed, Some(needed(None).in_force), "REG-7");
    assert_eq!(sent[0].password.as_deref(), Some(PASSWORD));
    assert!(text("main").contains("You are registered"));
}

#[wasm_bindgen_test]
async fn con_2_a_full_phone_is_explained_and_nothing_typed_is_lost() {
    let _stage = filled_in().await;
    let mut refused = problem(409, "refused");
    refused.refusals = vec![ContactRefusal::PhoneFull { most: 5 }.into()];
    server::refuses(REGISTER, &refused);
    clicks("Register");
    until("the reason", || {
        text("main").contains("of 5 accounts already")
    })
    .await;
    assert_eq!(input("register-phone-code").value(), "123456");
}

#[wasm_bindgen_test]
async fn reg_7_texts_that_have_just_changed_are_agreed_to_again() {
    let _stage = filled_in().await;
    let mut refused = problem(409, "refused");
    refused.refusals = vec![RegistrationRefusal::ConsentOutdated.into()];
    server::refuses(REGISTER, &refused);
    clicks("Register");
    until("the reason", || text("main").contains("have just changed")).await;
    until("another read", || {
        server::calls(GET_REGISTRATION).len() == 2
    })
    .await;
    assert!(!input("agreed").checked());
    assert_eq!(input("new-password").value(), PASSWORD);
}

#[wasm_bindgen_test]
async fn reg_1_an_identity_of_a_third_party_needs_no_password() {
    let _stage = opened(paths::register_finish(), Some(LoginMethodKind::Wechat)).await;
    until("the form", || element("#phone").is_some()).await;
    assert!(element("#new-password").is_none());
    assert!(text("main").contains("WeChat · li.si@mail.example"));
}
