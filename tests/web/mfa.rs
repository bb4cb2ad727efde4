//! The MFA device: what is bound, binding in steps, and where keys do not work.

use account_center::paths;
use contract::endpoints::{
    CONFIRM_BINDING, GET_BINDING, GET_MFA, GET_PASSKEYS_HERE, GET_PROOF, GET_SESSION,
    START_BINDING, UNBIND_MFA,
};
use contract::mfa::{
    AppSecret, Binding, ConfirmBinding, DeviceBound, MfaStatus, NewDevice, NoKeysHere,
    PasskeysHere, PendingStatus, StartBinding, WechatConfirmation,
};
use contract::problem::{FieldProblem, ValueProblem};
use contract::proof::{Offer, ProofStatus};
use domain::mfa::{
    BindingWish, Device, DeviceKind, LostDeviceWay, MfaRefusal, SeedProblem, TokenSerialProblem,
};
use domain::protection::{ProofMethod, ProtectionKind, ProtectionRefusal, SensitiveOperation};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::stage::{
    Stage, clicks, document, element, focused, input, open, text, types, until,
};
use crate::support::{NOW, nobody, problem, server, signed_in};

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn unbound() -> MfaStatus {
    MfaStatus {
        device: None,
        serial: None,
        recovery_codes_left: 0,
        may_bind: Vec::new(),
        may_replace: vec![MfaRefusal::NoDevice],
        may_unbind: vec![MfaRefusal::NoDevice],
        may_renew_codes: vec![MfaRefusal::NoDevice],
        pending: None,
        wechat: None,
        may_unbind_wechat: vec![MfaRefusal::WechatNotBound],
        no_keys: None,
        lost_ways: vec![LostDeviceWay::Appeal],
        hotline: None,
        server_time: NOW,
    }
}

fn bound() -> MfaStatus {
    MfaStatus {
        device: Some(Device {
            kind: DeviceKind::Virtual,
            bound_at: NOW,
        }),
        recovery_codes_left: 10,
        may_bind: vec![MfaRefusal::DeviceBound],
        may_replace: Vec::new(),
        may_unbind: Vec::new(),
        may_renew_codes: Vec::new(),
        lost_ways: vec![LostDeviceWay::RecoveryCode, LostDeviceWay::Appeal],
        ..unbound()
    }
}

fn pending() -> PendingStatus {
    PendingStatus {
        kind: DeviceKind::Virtual,
        wish: BindingWish::Bind,
        ends_at: NOW,
    }
}

fn binding() -> Binding {
    Binding {
        pending: pending(),
        secret: Some(AppSecret {
            address: format!("otpauth://totp/A:100012345678?secret={SECRET}&issuer=A"),
            typed: SECRET.to_owned(),
        }),
        serial: None,
        server_time: NOW,
    }
}

fn device_bound() -> DeviceBound {
    DeviceBound {
        device: bound().device.unwrap(),
        recovery_codes: vec!["ABCD-EFGH-JKMN-PQRS".to_owned(); 10],
        is_passkey: None,
        offer_to_end: 2,
    }
}

fn opens(address: &str, status: &MfaStatus) -> Stage {
    server::start();
    server::answers(GET_SESSION, &signed_in());
    server::answers(GET_MFA, status);
    open(address)
}

#[wasm_bindgen_test]
async fn mfa_7_what_is_bound_is_shown_with_the_codes_that_are_left() {
    let few = MfaStatus {
        recovery_codes_left: 2,
        ..bound()
    };
    let _stage = opens(paths::mfa(), &few);
    until("the device", || element(".facts").is_some()).await;
    assert!(text("main").contains("Authenticator app (virtual)"));
    assert_eq!(text(".facts .number"), "2");
    assert!(text("main").contains("Few recovery codes are left."));
    assert!(text("details").contains("appeals online are not open yet"));
}

#[wasm_bindgen_test]
async fn prt_1_why_the_device_is_not_unbound_stands_in_the_place_of_the_button() {
    let chosen = MfaRefusal::FactorChosen {
        protection: ProtectionKind::SignIn,
    };
    let kept = MfaStatus {
        may_unbind: vec![chosen],
        ..bound()
    };
    let _stage = opens(paths::mfa(), &kept);
    until("the device", || element(".not-now").is_some()).await;
    assert!(text(".not-now").contains("Sign-in or operation protection asks for it."));
    assert!(!text(".fact-actions").contains("Unbind"));
}

#[wasm_bindgen_test]
async fn mfa_2_unbinding_asks_first_and_says_what_follows() {
    let _stage = opens(paths::mfa(), &bound());
    until("the device", || element(".facts").is_some()).await;
    clicks("Unbind MFA device");
    until("the question", || element("#unbind-mfa[open]").is_some()).await;
    assert!(text("#unbind-mfa").contains("All recovery codes are void"));
    assert!(server::calls(UNBIND_MFA).is_empty());
    let mut refused = problem(403, "refused");
    refused.refusals = vec![ProtectionRefusal::NothingToProveWith.into()];
    server::refuses(UNBIND_MFA, &refused);
    server::answers(
        GET_PROOF,
        &ProofStatus {
            operation: SensitiveOperation::ChangeMfa,
            check: None,
            refusals: Vec::new(),
            offers: Vec::new(),
            server_time: NOW,
        },
    );
    clicks("Unbind");
    until("the call", || !server::calls(UNBIND_MFA).is_empty()).await;
    until("the way out", || {
        text("#step-up").contains("Bind a security phone first")
    })
    .await;
}

#[wasm_bindgen_test]
async fn mfa_1_an_app_is_bound_in_three_steps_and_nothing_typed_is_sent_half() {
    let _stage = opens(paths::mfa_bind(), &unbound());
    until("the kinds", || element("form").is_some()).await;
    server::answers(START_BINDING, &binding());
    clicks("Next");
    until("the secret", || focused() == "step-title").await;
    let start: StartBinding = serde_json::from_str(&server::calls(START_BINDING)[0].body).unwrap();
    assert!(start.wish == BindingWish::Bind && start.device == NewDevice::Virtual {});
    assert!(element("svg.qr").is_some());
    assert!(text(".app-secret-text").contains("GEZD GNBV"));
    assert_eq!(
        input("first").get_attribute("autocomplete").as_deref(),
        Some("one-time-code")
    );
    types("first", "12345");
    clicks("Finish");
    until("the summary", || focused() == "prove-problems").await;
    assert!(server::calls(CONFIRM_BINDING).is_empty());
    let mut refused = problem(409, "refused");
    refused.refusals = vec![MfaRefusal::CodesNotConsecutive { server_time: NOW }.into()];
    server::refuses(CONFIRM_BINDING, &refused);
    types("first", "123 456");
    types("second", "654321");
    clicks("Finish");
    until("the refusal", || {
        text("#prove-problems").contains("do not follow each other")
    })
    .await;
    // Long ago on the server's clock: the page says how far apart the clocks are (MFA-4).
    assert!(text("details").contains("seconds ahead"));
    server::answers(CONFIRM_BINDING, &device_bound());
    types("first", "123 456");
    types("second", "654321");
    clicks("Finish");
    until("the codes", || element(".secret-text").is_some()).await;
    let sent = server::calls(CONFIRM_BINDING);
    let sent: ConfirmBinding = serde_json::from_str(&sent.last().unwrap().body).unwrap();
    assert_eq!(
        (&*sent.first, &*sent.second),
        ("123 456", "654321"),
        "as typed; the rule book reads it on both sides"
    );
    assert!(text(".secret-text").contains("ABCD-EFGH-JKMN-PQRS"));
    assert!(text("main").contains("Other sessions that go on: 2."));
}

#[wasm_bindgen_test]
async fn v_19_a_page_that_is_loaded_again_shows_the_same_secret() {
    server::start();
    server::answers(GET_SESSION, &signed_in());
    let status = MfaStatus {
        pending: Some(pending()),
        ..unbound()
    };
    server::answers(GET_MFA, &status);
    server::answers(GET_BINDING, &binding());
    let _stage = open(paths::mfa_bind());
    until("the secret", || element(".app-secret").is_some()).await;
    assert!(server::calls(START_BINDING).is_empty());
    assert!(text(".app-secret-text").contains("GEZD"));
}

#[wasm_bindgen_test]
async fn mfa_1_a_tokens_number_and_seed_are_refused_at_their_fields() {
    let _stage = opens(paths::mfa_bind(), &unbound());
    until("the kinds", || element("form").is_some()).await;
    clicks("Code token (hardware)");
    until("the fields", || element("#seed").is_some()).await;
    let mut wrong = problem(422, "invalid_fields");
    let field = |field: &str, problem| FieldProblem {
        field: field.to_owned(),
        problem,
    };
    wrong.fields = vec![
        field(
            "serial",
            ValueProblem::TokenSerial(TokenSerialProblem::Empty),
        ),
        field("seed", ValueProblem::Seed(SeedProblem::TooShort)),
    ];
    server::refuses(START_BINDING, &wrong);
    types("seed", "0f0f");
    clicks("Next");
    until("the summary", || focused() == "bind-problems").await;
    assert_eq!(text("#serial-error"), "Enter the serial number");
    assert!(text("#seed-error").contains("128 bits"));
    assert_eq!(input("seed").value(), "0f0f");
}

#[wasm_bindgen_test]
async fn mfa_1_keys_are_not_offered_where_they_do_not_work_and_the_page_says_why() {
    let instead = Some("http://localhost:8080".to_owned());
    let no_keys = NoKeysHere::NumericAddress { instead };
    let status = MfaStatus {
        no_keys: Some(no_keys.clone()),
        ..unbound()
    };
    let stage = opens(paths::mfa_bind(), &status);
    until("the kinds", || element("form").is_some()).await;
    assert!(text("form").contains("this page was opened by an IP address"));
    let closed =
        document().query_selector_all("input[type=radio]:disabled, input[aria-disabled=true]");
    assert_eq!(closed.unwrap().length(), 1);
    drop(stage);
    server::start();
    server::answers(GET_SESSION, &nobody());
    server::answers(
        GET_PASSKEYS_HERE,
        &PasskeysHere {
            no_keys: Some(no_keys),
        },
    );
    let _stage = open(paths::sign_in_passkey());
    until("the reason", || element(".notice").is_some()).await;
    assert!(text(".notice").contains("opened by an IP address"));
    assert!(text(".notice a").contains("http://localhost:8080"));
    assert!(element("form").is_none());
}

#[wasm_bindgen_test]
async fn mfa_6_wechat_as_confirmation_is_a_thing_of_its_own() {
    let status = MfaStatus {
        wechat: Some(WechatConfirmation {
            name: Some("小云".to_owned()),
            bound_at: NOW,
            is_login_method: false,
        }),
        may_unbind_wechat: Vec::new(),
        ..unbound()
    };
    let _stage = opens(paths::mfa(), &status);
    until("the card", || {
        text("main").contains("WeChat as confirmation")
    })
    .await;
    assert!(text("main").contains("WeChat no longer signs you in, yet it still confirms"));
    clicks("Unbind WeChat as confirmation");
    until("the question", || element("#unbind-wechat[open]").is_some()).await;
}

#[wasm_bindgen_test]
async fn mfa_1_a_security_key_is_asked_for_where_the_device_is_one() {
    let _stage = opens(paths::mfa(), &bound());
    until("the device", || element(".facts").is_some()).await;
    let mut refused = problem(403, "refused");
    refused.refusals = vec![
        ProtectionRefusal::ProofNeeded {
            usable: vec![ProofMethod::Mfa],
        }
        .into(),
    ];
    server::refuses(UNBIND_MFA, &refused);
    server::answers(
        GET_PROOF,
        &ProofStatus {
            operation: SensitiveOperation::ChangeMfa,
            check: None,
            refusals: Vec::new(),
            offers: vec![Offer {
                method: ProofMethod::Mfa,
                too_new_until: None,
                to: None,
                resend_at: None,
                device: Some(DeviceKind::SecurityKey),
            }],
            server_time: NOW,
        },
    );
    clicks("Unbind MFA device");
    clicks("Unbind");
    until("the dialog", || {
        text("#step-up").contains("touch the key, or confirm by finger")
    })
    .await;
    assert!(element("#proof-code").is_none());
    clicks("Use a recovery code");
    until("the field", || element("#proof-code").is_some()).await;
    clicks("Use the security key");
    until("the key", || element("#proof-code").is_none()).await;
}
