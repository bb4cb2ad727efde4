//! Contacts, login methods, download and lock on Account info.

use account_center::paths;
use contract::account::{
    AccountInfo, BoundMethod, ExpiringAdvice, LoginMethodShown, LoginMethodsChanged,
    PendingContact, ProfileDiff, SaveProfile,
};
use contract::codes::CodeSent;
use contract::endpoints::{
    COMPARE_PROFILE, CONFIRM_CONTACT, Endpoint, GET_ACCOUNT, GET_SESSION, LOCK_ACCOUNT,
    PROPOSE_CONTACT, SAVE_PROFILE, UNBIND_LOGIN_METHOD,
};
use domain::account::{
    AccountRefusal, FieldChange, PendingAction, PendingChange, PendingKind, PendingState,
    ProfileField, StillStands,
};
use domain::login_methods::{
    ExpiringIdentity, ExpiringStep, LoginMethodKind, LoginMethodRefusal, MethodOrigin,
    UnbindCondition, UnbindConditionKind,
};
use domain::time::Span;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::stage::{Stage, clicks, element, focused, input, open, text, types, until};
use crate::support::{NOW, account, server, signed_in};

const PROPOSE_PHONE: Endpoint = Endpoint {
    path: "/api/v1/account/contacts/phone",
    ..PROPOSE_CONTACT
};
const CONFIRM_PHONE: Endpoint = Endpoint {
    path: "/api/v1/account/contacts/phone",
    ..CONFIRM_CONTACT
};
const UNBIND_QQ: Endpoint = Endpoint {
    path: "/api/v1/account/login-methods/qq",
    ..UNBIND_LOGIN_METHOD
};

async fn opened(account: &AccountInfo) -> Stage {
    server::start();
    server::answers(GET_SESSION, &signed_in());
    server::answers(GET_ACCOUNT, account);
    let stage = open(paths::account());
    until("Account info", || element("#login-methods").is_some()).await;
    stage
}

fn waiting() -> AccountInfo {
    let mut account = account("云上小张", 1);
    let until = NOW.plus(Span::from_hours(24));
    account.contact_phone.pending = Some(PendingContact {
        value: "139****9002".to_owned(),
        until,
        resend_at: Some(NOW.plus(Span::from_seconds(45))),
    });
    account.pending = vec![PendingChange {
        kind: PendingKind::ContactPhone,
        state: PendingState::WaitsForYou,
        stands: StillStands::PresentContact,
        actions: vec![PendingAction::Resend, PendingAction::Cancel],
        until: Some(until),
    }];
    account
}

fn method(kind: LoginMethodKind, is_only: bool) -> LoginMethodShown {
    let refusals = match is_only {
        true => vec![LoginMethodRefusal::LastMethod { kind }],
        false => Vec::new(),
    };
    LoginMethodShown {
        kind,
        bound: Some(BoundMethod {
            name: Some("小云".to_owned()),
            origin: MethodOrigin::Registration,
            bound_at: NOW,
            conditions: vec![UnbindCondition {
                condition: UnbindConditionKind::TwoMethods,
                is_met: !is_only,
            }],
            unbind_refusals: refusals,
        }),
        is_offered: true,
        change_refusals: Vec::new(),
    }
}

#[wasm_bindgen_test]
async fn con_1_each_phone_and_e_mail_says_what_it_receives() {
    let _stage = opened(&account("云上小张", 1)).await;
    let said = text("main");
    for label in [
        "Login e-mail",
        "Security phone",
        "Security e-mail",
        "Contact phone",
    ] {
        assert!(said.contains(label), "{label}");
    }
    let purposes = said.matches("For: ").count();
    assert_eq!(purposes, 5, "{said}");
}

#[wasm_bindgen_test]
async fn con_6_a_new_contact_phone_is_asked_for_a_code_and_shown_as_waiting() {
    let _stage = opened(&account("云上小张", 1)).await;
    let sent = CodeSent {
        to: "139****9002".to_owned(),
        resend_at: NOW.plus(Span::from_seconds(60)),
        expires_at: NOW.plus(Span::from_minutes(5)),
        server_time: NOW,
    };
    server::answers(PROPOSE_PHONE, &sent);
    server::answers(GET_ACCOUNT, &waiting());
    let change = element("#change-contact-phone").unwrap();
    wasm_bindgen::JsCast::unchecked_ref::<web_sys::HtmlElement>(&change).click();
    until("the form", || focused() == "contact-phone").await;
    types("contact-phone", "12");
    clicks("Send code");
    until("the problem", || element("#contact-phone-error").is_some()).await;
    assert!(server::calls(PROPOSE_PHONE).is_empty());
    assert_eq!(input("contact-phone").value(), "12");
    types("contact-phone", "139 0013 9002");
    clicks("Send code");
    until("the code", || focused() == "contact-phone-code").await;
    server::answers(CONFIRM_PHONE, &account("云上小张", 1));
    types("contact-phone-code", "123456");
    clicks("Confirm");
    until("the end of it", || {
        text("main").contains("Confirmed. It counts from now on.")
    })
    .await;
    assert_eq!(server::calls(CONFIRM_PHONE).len(), 1);
}

#[wasm_bindgen_test]
async fn v_21_the_wait_for_another_code_survives_a_reload() {
    let _stage = opened(&waiting()).await;
    assert!(text("#pending + *, main").contains("139****9002"));
    clicks("Enter the code");
    until("the code", || focused() == "contact-phone-code").await;
    until("the seconds", || {
        let seconds = text(".button-seconds");
        seconds.contains("4") && seconds.contains(" s)")
    })
    .await;
    let send = element("#contact-phone-code-send").unwrap();
    assert_eq!(send.get_attribute("aria-disabled").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn acc_13_the_card_lists_what_is_on_its_way() {
    let _stage = opened(&waiting()).await;
    assert!(element("#pending").is_some());
    assert!(text("main").contains("Until then the present value stays."));
    assert!(element("a[href=\"#contact-phone-fact\"]").is_some());
}

#[wasm_bindgen_test]
async fn v_28_the_last_method_has_no_button_but_its_reason() {
    let mut only = account("云上小张", 1);
    only.login_methods = vec![method(LoginMethodKind::Qq, true)];
    let _stage = opened(&only).await;
    let said = text("main");
    assert!(said.contains("Why can it not be unbound?"), "{said}");
    assert!(said.contains("not met"));
}

#[wasm_bindgen_test]
async fn lgm_1_unbinding_asks_first_and_offers_to_end_other_sessions() {
    let mut two = account("云上小张", 1);
    two.login_methods = vec![
        method(LoginMethodKind::Qq, false),
        LoginMethodShown {
            bound: None,
            ..method(LoginMethodKind::Wechat, false)
        },
    ];
    let _stage = opened(&two).await;
    let changed = LoginMethodsChanged {
        offer_to_end: 2,
        wechat_still_confirms: false,
    };
    server::answers(UNBIND_QQ, &changed);
    clicks("Unbind QQ");
    until("the question", || element("dialog[open]").is_some()).await;
    assert!(server::calls(UNBIND_QQ).is_empty());
    let sure = element("dialog[open] .button-danger").unwrap();
    wasm_bindgen::JsCast::unchecked_ref::<web_sys::HtmlElement>(&sure).click();
    until("the offer", || {
        text("main").contains("End the sessions on other devices?")
    })
    .await;
    assert_eq!(server::calls(UNBIND_QQ).len(), 1);
}

#[wasm_bindgen_test]
async fn acc_14_locking_says_what_happens_and_is_done_once_confirmed() {
    let _stage = opened(&account("云上小张", 1)).await;
    server::accepts(LOCK_ACCOUNT);
    clicks("Lock the account now");
    until("the question", || element("dialog[open]").is_some()).await;
    assert!(text("dialog[open]").contains("Every session ends at once, this one too."));
    assert!(text("dialog[open]").contains("nothing is deleted"));
    assert!(server::calls(LOCK_ACCOUNT).is_empty());
    let sure = element("dialog[open] .button-danger").unwrap();
    wasm_bindgen::JsCast::unchecked_ref::<web_sys::HtmlElement>(&sure).click();
    until("the lock", || server::calls(LOCK_ACCOUNT).len() == 1).await;
}

#[wasm_bindgen_test]
async fn acc_14_the_difference_is_shown_before_two_fields_are_saved() {
    let _stage = opened(&account("云上小张", 1)).await;
    clicks("Change several at once");
    until("the form", || focused() == "several-nickname").await;
    types("several-nickname", "");
    types("several-phone", "12");
    clicks("Review the changes");
    until("the problems", || focused() == "several-problems").await;
    assert!(element("#several-nickname-error").is_some());
    assert!(element("#several-phone-error").is_some());
    assert!(server::calls(COMPARE_PROFILE).is_empty());
    let changes = vec![
        FieldChange {
            field: ProfileField::Nickname,
            before: Some("云上小张".to_owned()),
            after: Some("小云".to_owned()),
        },
        FieldChange {
            field: ProfileField::ContactPhone,
            before: None,
            after: Some("+8613900139002".to_owned()),
        },
    ];
    let diff = ProfileDiff {
        changes: changes.clone(),
    };
    server::answers(COMPARE_PROFILE, &diff);
    types("several-nickname", "小云");
    types("several-phone", "139 0013 9002");
    clicks("Review the changes");
    until("the difference", || element("dialog[open]").is_some()).await;
    let said = text("dialog[open]");
    for part in ["云上小张", "小云", "(empty)", "+8613900139002"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(server::calls(SAVE_PROFILE).is_empty());
    server::answers(SAVE_PROFILE, &account("小云", 2));
    server::answers(GET_ACCOUNT, &account("小云", 2));
    clicks("Save these changes");
    until("the end", || focused() == "change-several").await;
    let saved: SaveProfile = serde_json::from_str(&server::calls(SAVE_PROFILE)[0].body).unwrap();
    assert_eq!(saved.confirmed, Some(changes));
    assert_eq!(saved.wish.contact_phone.as_deref(), Some("139 0013 9002"));
    assert_eq!(saved.wish.contact_email, None, "left empty, it stays");
    until("the nickname", || text(".nickname") == "小云").await;
}

#[wasm_bindgen_test]
async fn api_2_that_a_download_is_too_soon_stands_there_before_the_click() {
    let mut just_now = account("云上小张", 1);
    let retry_at = NOW.plus(Span::from_hours(1));
    just_now.export_refusals = vec![AccountRefusal::ExportTooSoon { retry_at }];
    let _stage = opened(&just_now).await;
    let said = text("#export-why-not");
    assert!(
        said.contains("They were downloaded a moment ago."),
        "{said}"
    );
    assert!(element("button[aria-describedby=export-why-not]").is_some());
}

#[wasm_bindgen_test]
async fn lgm_4_the_next_step_for_an_identity_that_expires_is_the_account_s_own() {
    let mut expiring = account("云上小张", 1);
    expiring.expiring = vec![ExpiringAdvice {
        identity: ExpiringIdentity::Qq,
        step: ExpiringStep::BindAnother,
    }];
    let _stage = opened(&expiring).await;
    let step = "QQ: It is the only login method. First bind another one, then unbind it.";
    assert!(text("main").contains(step));
}
