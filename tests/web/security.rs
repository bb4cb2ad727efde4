//! Security settings.

use account_center::paths;
use contract::codes::CodeSent;
use contract::endpoints::{
    CHANGE_SECURITY_PHONE, END_OTHER_SESSIONS, Endpoint, GET_PROOF, GET_SECURITY, GET_SESSION,
    GET_SESSIONS, SEND_NEW_PHONE_CODE, SEND_PROOF_CODE, SET_PASSWORD,
};
use contract::problem::{FieldProblem, ValueProblem};
use contract::proof::{Offer, ProofStatus};
use contract::security::{
    BoundContact, FactorState, LimitBounds, OpenSession, PasswordState, PhoneChanged,
    SecurityOverview, SetPassword, SignedInPlaces,
};
use domain::contacts::ContactRefusal;
use domain::protection::{
    Factor, Means, ProofMethod, Protection, ProtectionPolicy, ProtectionRefusal, Protections,
    SensitiveOperation, may_choose_protection, security_score,
};
use domain::sign_in::{PasswordProblem, PasswordStrength, SessionLimits};
use domain::time::Span;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::window;

use crate::support::stage::{Stage, clicks, element, focused, input, open, text, types, until};
use crate::support::{NOW, problem, server, signed_in};

/// An owner with a security phone and nothing else.
fn overview() -> SecurityOverview {
    let means = Means {
        security_phone: Some(NOW),
        ..Means::default()
    };
    let strength = PasswordStrength::Fair;
    let protections = Protections::default();
    SecurityOverview {
        account_id: "100012345678".parse().unwrap(),
        score: security_score(
            &means,
            Some(strength),
            protections,
            &ProtectionPolicy::default(),
        ),
        phone: Some(BoundContact {
            masked: "138****1234".to_owned(),
            changed_at: NOW,
        }),
        email: None,
        email_change: None,
        password: Some(PasswordState {
            strength,
            changed_at: NOW,
        }),
        must_set_password: false,
        mfa: None,
        wechat_since: None,
        wechat_signs_in: false,
        protections,
        factors: Factor::ALL
            .map(|factor| FactorState {
                factor,
                is_weakest: factor.is_weakest(),
                refusals: may_choose_protection(&means, Protection::Require(factor))
                    .into_iter()
                    .map(Into::into)
                    .collect(),
            })
            .into(),
        sessions: 2,
        trusted_devices: 0,
        server_time: NOW,
    }
}

async fn opened(address: &str) -> Stage {
    let storage = window().unwrap().session_storage().unwrap().unwrap();
    storage.clear().unwrap();
    server::start();
    server::answers(GET_SESSION, &signed_in());
    server::answers(GET_SECURITY, &overview());
    let stage = open(address);
    until("the page", || element("h1").is_some()).await;
    stage
}

#[wasm_bindgen_test]
async fn prt_3_the_score_is_said_in_words_and_has_one_next_step() {
    let _stage = opened(paths::security()).await;
    until("the score", || text("main").contains("of 100 points")).await;
    assert!(text("main").contains("30 of 100 points"));
    let next = element("main .button-primary").unwrap();
    assert_eq!(next.text_content().unwrap(), "Bind a security e-mail");
    assert_eq!(next.get_attribute("href").unwrap(), paths::security_email());
    assert!(text("main").contains("138****1234"));
    assert!(text("main").contains("For: security codes, security notices"));
}

#[wasm_bindgen_test]
async fn con_3_both_fields_are_judged_at_once_and_nothing_is_sent() {
    let _stage = opened(paths::security_phone()).await;
    until("the form", || element("#new-phone").is_some()).await;
    types("new-phone", "1380013");
    clicks("Save the security phone");
    until("the summary", || focused() == "phone-problems").await;
    assert!(text("#new-phone-error").contains("This is not a phone number"));
    assert!(text("#new-phone-code-error").contains("Enter the code"));
    assert_eq!(input("new-phone").value(), "1380013");
    assert!(server::calls(CHANGE_SECURITY_PHONE).is_empty());
}

#[wasm_bindgen_test]
async fn con_2_a_number_without_a_place_is_refused_at_its_field() {
    let _stage = opened(paths::security_phone()).await;
    until("the form", || element("#new-phone").is_some()).await;
    let mut refused = problem(409, "refused");
    refused.refusals = vec![ContactRefusal::PhoneFull { most: 5 }.into()];
    server::refuses(SEND_NEW_PHONE_CODE, &refused);
    types("new-phone", "13900005678");
    clicks("Send code");
    until("the reason", || {
        text("#new-phone-error").contains("5 accounts")
    })
    .await;
    assert_eq!(input("new-phone").value(), "13900005678");
}

#[wasm_bindgen_test]
async fn con_8_after_the_change_the_other_sessions_may_be_ended() {
    let _stage = opened(paths::security_phone()).await;
    until("the form", || element("#new-phone").is_some()).await;
    let changed = PhoneChanged {
        old: Some("138****1234".to_owned()),
        new: "139****5678".to_owned(),
        still_message_phone_of: vec!["100012345679".parse().unwrap()],
        offer_to_end: 2,
    };
    server::answers(CHANGE_SECURITY_PHONE, &changed);
    server::accepts(END_OTHER_SESSIONS);
    types("new-phone", "13900005678");
    types("new-phone-code", "123456");
    clicks("Save the security phone");
    until("the result", || text("main").contains("139****5678")).await;
    assert!(text("main").contains("still carry the former number"));
    assert!(text("main").contains("100012345679"));
    clicks("End all other sessions");
    until("the end", || {
        text("main").contains("The other sessions have ended")
    })
    .await;
    assert_eq!(server::calls(END_OTHER_SESSIONS).len(), 1);
}

#[wasm_bindgen_test]
async fn prt_2_the_question_stands_over_the_form_and_what_was_typed_stays() {
    let _stage = opened(paths::security_password()).await;
    until("the form", || element("#new-password").is_some()).await;
    let mut refused = problem(403, "refused");
    let usable = vec![ProofMethod::SecurityPhone];
    refused.refusals = vec![ProtectionRefusal::ProofNeeded { usable }.into()];
    server::refuses(SET_PASSWORD, &refused);
    let status = ProofStatus {
        operation: SensitiveOperation::ChangePassword,
        check: None,
        refusals: refused.refusals.clone(),
        offers: vec![Offer {
            method: ProofMethod::SecurityPhone,
            too_new_until: None,
            to: Some("138****1234".to_owned()),
            device: None,
            resend_at: None,
        }],
        server_time: NOW,
    };
    let asked = Endpoint {
        path: "/api/v1/proof/change_password",
        ..GET_PROOF
    };
    server::answers(asked, &status);
    types("new-password", "a tide of 26 lamps");
    clicks("Save the new password");
    until("the question", || element("dialog[open]").is_some()).await;
    assert_eq!(input("new-password").value(), "a tide of 26 lamps");
    // What there is to answer has the focus, and keeps it once a code is on its way.
    until("the field", || focused() == "proof-code").await;
    let sent = CodeSent {
        to: "138****1234".to_owned(),
        resend_at: NOW.plus(Span::from_seconds(60)),
        expires_at: NOW.plus(Span::from_minutes(5)),
        server_time: NOW,
    };
    server::answers(SEND_PROOF_CODE, &sent);
    clicks("Send code");
    until("where it went", || {
        text("#step-up").contains("A code was sent to 138****1234")
    })
    .await;
    until("the field again", || focused() == "proof-code").await;
    clicks("Cancel");
    until("the form again", || element("dialog[open]").is_none()).await;
    assert_eq!(input("new-password").value(), "a tide of 26 lamps");
    let call = server::calls(SET_PASSWORD).pop().unwrap();
    let body: SetPassword = serde_json::from_str(&call.body).unwrap();
    assert_eq!(body.password, "a tide of 26 lamps");
}

#[wasm_bindgen_test]
async fn sgn_12_every_reason_against_a_password_stands_at_its_field() {
    let _stage = opened(paths::security_password()).await;
    until("the form", || element("#new-password").is_some()).await;
    let mut refused = problem(422, "fields");
    refused.fields = [
        PasswordProblem::Common,
        PasswordProblem::TooShort { shortest: 8 },
    ]
    .into_iter()
    .map(|problem| FieldProblem {
        field: "password".to_owned(),
        problem: ValueProblem::Password(problem),
    })
    .collect();
    server::refuses(SET_PASSWORD, &refused);
    types("new-password", "passwor");
    clicks("Save the new password");
    until("the reasons", || {
        text("#new-password-error").contains("too common")
    })
    .await;
    assert!(text("#new-password-error").contains("at least 8"));
}

#[wasm_bindgen_test]
async fn prt_1_what_is_not_bound_says_so_and_cannot_be_chosen() {
    let _stage = opened(paths::security_protection()).await;
    until("the choices", || {
        text("main").contains("Operation protection")
    })
    .await;
    assert!(text("main").contains("No MFA device is bound yet"));
    let closed = crate::support::stage::document()
        .query_selector_all("main input[type=radio]:disabled")
        .unwrap();
    // MFA, WeChat and e-mail, in each of the two.
    assert_eq!(closed.length(), 6);
    let first = element("main .links-row a").unwrap();
    assert_eq!(first.get_attribute("href").unwrap(), paths::mfa());
}

#[wasm_bindgen_test]
async fn sgn_13_this_session_is_named_and_only_others_can_be_ended() {
    let session = |id: &str, is_this| OpenSession {
        id: id.to_owned(),
        is_this,
        device: "Firefox · Linux".to_owned(),
        place: Some("北京".to_owned()),
        ip: "203.0.113.9".to_owned(),
        began: NOW,
        used: NOW,
    };
    let places = SignedInPlaces {
        sessions: vec![session("a", true), session("b", false)],
        limits: SessionLimits {
            idle: Span::from_hours(2),
            longest: Span::from_hours(48),
        },
        bounds: LimitBounds {
            idle_least: Span::from_minutes(5),
            idle_most: Span::from_hours(12),
            longest_most: Span::from_hours(48),
        },
        trusted: Vec::new(),
        server_time: NOW,
    };
    server::start();
    server::answers(GET_SESSION, &signed_in());
    server::answers(GET_SESSIONS, &places);
    let _stage = open(paths::security_sessions());
    until("the sessions", || text("main").contains("203.0.113.9")).await;
    let buttons = crate::support::stage::document()
        .query_selector_all("main table button")
        .unwrap();
    assert_eq!(buttons.length(), 1);
    assert!(text("main").contains("This session"));
}

#[wasm_bindgen_test]
async fn acc_14_after_unlocking_every_page_leads_to_the_password() {
    server::start();
    let mut session = signed_in();
    session.owner.as_mut().unwrap().must_set_password = true;
    server::answers(GET_SESSION, &session);
    let _stage = open(paths::account());
    until("the password", || element("#new-password").is_some()).await;
    let here = window().unwrap().location().pathname().unwrap();
    assert_eq!(here, paths::security_password());
    assert!(element("main .notice-warning").is_some());
}
