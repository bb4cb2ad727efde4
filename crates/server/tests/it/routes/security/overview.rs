//! The overview: score, what is bound, what is missing (PRT-3).

use contract::endpoints::{GET_SECURITY, SET_PROTECTION};
use contract::security::SecurityOverview;
use domain::protection::{Factor, Protection, ProtectionRefusal, ScoreKind};
use domain::refusal::Refusal;
use domain::sign_in::PasswordStrength;
use serde_json::{Value, json};

use super::{LOGIN, proved};
use crate::support::{Bench, Browser, START, on_both_databases};

on_both_databases!(
    prt_3_a_fresh_account_has_points_for_its_password_and_is_told_to_bind_a_phone,
    prt_3_each_thing_that_is_bound_earns_its_points_and_the_next_step_moves_on,
    prt_1_each_factor_says_why_it_cannot_be_chosen,
);

async fn overview(browser: &mut Browser) -> SecurityOverview {
    let answer = browser.call(&GET_SECURITY, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn prt_3_a_fresh_account_has_points_for_its_password_and_is_told_to_bind_a_phone(
    bench: Bench,
) {
    let (mut browser, id) = bench.signed_in(LOGIN).await;
    let found = overview(&mut browser).await;
    assert_eq!(found.account_id, id);
    assert_eq!(found.score.points, 15);
    assert_eq!(found.score.next_step, Some(ScoreKind::SecurityPhone));
    assert_eq!(
        (&found.phone, &found.email, &found.mfa),
        (&None, &None, &None)
    );
    let password = found.password.unwrap();
    assert_eq!(password.strength, PasswordStrength::Strong);
    assert_eq!(password.changed_at, START);
    assert_eq!((found.sessions, found.trusted_devices), (1, 0));
    assert!(!found.must_set_password);
    assert_eq!(found.protections.sign_in, Protection::Off);
}

async fn prt_3_each_thing_that_is_bound_earns_its_points_and_the_next_step_moves_on(bench: Bench) {
    let (mut browser, id) = proved(&bench).await;
    bench.trust(id, "a browser").await;
    let found = overview(&mut browser).await;
    assert_eq!(found.score.points, 20 + 15 + 15);
    assert_eq!(found.score.next_step, Some(ScoreKind::Mfa));
    let (phone, email) = (found.phone.unwrap(), found.email.unwrap());
    // Masked on the server: the whole number never leaves it.
    assert_eq!(phone.masked, "138****1234");
    assert_eq!(email.masked, "s***@mail.example");
    assert_eq!(phone.changed_at, START);
    assert_eq!(found.trusted_devices, 1);
    for (kind, points) in [("sign_in", 65), ("operation", 75)] {
        let path = SET_PROTECTION.path.replace("{kind}", kind);
        let wish = json!({ "protection": { "state": "require", "factor": "phone_code" } });
        assert_eq!(browser.send_json("PUT", &path, wish).await.status, 204);
        assert_eq!(overview(&mut browser).await.score.points, points);
    }
}

async fn prt_1_each_factor_says_why_it_cannot_be_chosen(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    let factors = overview(&mut browser).await.factors;
    let order: Vec<Factor> = factors.iter().map(|state| state.factor).collect();
    assert_eq!(order, Factor::ALL);
    for state in factors {
        let refusal = ProtectionRefusal::FactorNotBound {
            factor: state.factor,
        };
        let expected = match state.factor {
            Factor::MfaCode | Factor::WechatScan => vec![Refusal::Protection(refusal)],
            Factor::PhoneCode | Factor::EmailCode => vec![],
        };
        assert_eq!(state.refusals, expected);
        assert_eq!(state.is_weakest, state.factor == Factor::EmailCode);
    }
}
