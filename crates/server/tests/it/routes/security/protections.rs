//! Sign-in and operation protection (PRT-1).

use contract::endpoints::{GET_SECURITY, SET_PROTECTION};
use contract::security::SecurityOverview;
use domain::protection::{Factor, Protection, ProtectionRefusal};
use domain::refusal::Refusal;
use domain::rule::RuleId;
use serde_json::{Value, json};

use super::{EMAIL, LOGIN, PHONE, proved, told};
use crate::support::{Answer, Bench, Browser, on_both_databases};

on_both_databases!(
    prt_1_a_bound_factor_is_chosen_and_taken_back,
    prt_1_a_factor_that_is_not_bound_is_refused,
    prt_2_changing_a_protection_needs_a_proof_even_with_operation_protection_off,
    prt_6_a_changed_protection_is_told,
    prt_1_what_is_no_protection_is_a_clear_error,
);

async fn set(browser: &mut Browser, kind: &str, protection: Value) -> Answer {
    let path = SET_PROTECTION.path.replace("{kind}", kind);
    let wish = json!({ "protection": protection });
    browser.send_json("PUT", &path, wish).await
}

fn require(factor: &str) -> Value {
    json!({ "state": "require", "factor": factor })
}

async fn prt_1_a_bound_factor_is_chosen_and_taken_back(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    let wish = require("phone_code");
    assert_eq!(set(&mut browser, "sign_in", wish).await.status, 204);
    let wish = require("email_code");
    assert_eq!(set(&mut browser, "operation", wish).await.status, 204);
    let read = browser.call(&GET_SECURITY, Value::Null).await;
    let protections = read.json::<SecurityOverview>().protections;
    assert_eq!(protections.sign_in, Protection::Require(Factor::PhoneCode));
    assert_eq!(
        protections.operation,
        Protection::Require(Factor::EmailCode)
    );
    let off = json!({ "state": "off" });
    assert_eq!(set(&mut browser, "sign_in", off).await.status, 204);
    let read = browser.call(&GET_SECURITY, Value::Null).await;
    let protections = read.json::<SecurityOverview>().protections;
    assert_eq!(protections.sign_in, Protection::Off);
    assert_eq!(
        protections.operation,
        Protection::Require(Factor::EmailCode)
    );
}

async fn prt_1_a_factor_that_is_not_bound_is_refused(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    for (name, factor) in [
        ("mfa_code", Factor::MfaCode),
        ("wechat_scan", Factor::WechatScan),
    ] {
        let answer = set(&mut browser, "sign_in", require(name)).await;
        assert_eq!(answer.status, 409);
        let problem = answer.problem();
        let refusal = ProtectionRefusal::FactorNotBound { factor };
        assert_eq!(problem.refusals, [Refusal::Protection(refusal)]);
        assert_eq!(problem.rule, Some(RuleId::Prt1));
    }
}

async fn prt_2_changing_a_protection_needs_a_proof_even_with_operation_protection_off(
    bench: Bench,
) {
    let (mut browser, id) = bench.signed_in(LOGIN).await;
    bench.secured(id, PHONE, EMAIL).await;
    let answer = set(&mut browser, "sign_in", require("phone_code")).await;
    assert_eq!(
        (answer.status, answer.problem().rule),
        (403, Some(RuleId::Prt2))
    );
}

async fn prt_6_a_changed_protection_is_told(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    told(&bench).await;
    set(&mut browser, "sign_in", require("phone_code")).await;
    assert_eq!(told(&bench).await, ["+8613800001234", EMAIL]);
}

async fn prt_1_what_is_no_protection_is_a_clear_error(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    for (kind, protection) in [
        ("dance", require("phone_code")),
        ("sign_in", require("dance")),
        ("sign_in", json!({ "state": "require" })),
        ("sign_in", Value::Null),
    ] {
        let answer = set(&mut browser, kind, protection).await;
        assert_eq!(answer.status, 400, "{}", answer.text());
        answer.problem();
    }
}
