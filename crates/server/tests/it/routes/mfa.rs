//! The MFA device: binding, proving, recovery codes, unbinding; passkeys.

use contract::endpoints::{
    CANCEL_BINDING, CHALLENGE_KEY, CHALLENGE_PASSKEY, CHALLENGE_STEP_KEY, CONFIRM_BINDING,
    GET_BINDING, GET_MFA, GET_PROOF, GET_SECOND_STEP, PASS_SECOND_STEP, PROVE,
    RENEW_RECOVERY_CODES, SIGN_IN_WITH_PASSKEY, START_BINDING, UNBIND_MFA,
    UNBIND_WECHAT_CONFIRMATION,
};
use contract::mfa::{Binding, DeviceBound, KeyChallenge, MfaStatus, NoKeysHere};
use contract::proof::ProofStatus;
use contract::session::{SecondStepStatus, SignInAnswer};
use domain::mfa::{BindingWish, DeviceKind, LostDeviceWay, MfaRefusal};
use domain::protection::{Factor, ProofMethod, ProtectionKind};
use domain::refusal::Refusal;
use domain::rule::RuleId;
use domain::time::Span;
use serde_json::{Value, json};
use server::store::trusted;

use crate::support::{
    Answer, Bench, Browser, LOCAL, PASSWORD, SoftKey, app_code, bind_app, bind_key, confirm_app,
    on_both_databases, prove, soft_key, start_app,
};

on_both_databases!(
    mfa_1_an_app_is_bound_by_two_codes_and_hands_out_ten_recovery_codes,
    mfa_1_a_token_is_bound_by_serial_number_seed_and_two_codes,
    mfa_1_a_security_key_is_bound_and_proves_its_owner,
    mfa_2_a_second_device_is_refused_and_replacing_keeps_the_old_one_until_the_new_one_is_proved,
    v_19_a_reload_and_a_second_tab_keep_the_same_secret,
    mfa_3_five_wrong_codes_lock_the_check_for_fifteen_minutes,
    mfa_4_a_refused_code_tells_the_servers_time,
    v_17_a_code_that_was_used_is_refused_in_another_place_too,
    v_18_one_step_either_side_is_accepted_and_no_more,
    mfa_7_a_recovery_code_works_once_and_new_ones_void_the_old,
    prt_1_a_device_that_a_protection_asks_for_is_not_unbound,
    prt_2_binding_asks_for_a_proof_first,
    sgn_2_trust_ends_when_the_device_changes,
    mfa_6_wechat_confirmation_is_unbound_by_itself,
    mfa_1_a_passkey_signs_in_without_a_name_and_needs_no_second_proof,
    mfa_1_a_copied_key_is_refused_and_counted,
    v_20_a_challenge_is_good_once_and_for_its_own_browser,
    mfa_1_keys_are_not_offered_where_browsers_would_not_take_them,
    mfa_5_the_ways_in_without_the_device_end_with_the_appeal,
);

async fn owner(bench: &Bench) -> (Browser, domain::account::AccountId) {
    let (browser, id) = bench.signed_in("zhang@mail.example").await;
    bench.secured(id, "13800138000", "safe@mail.example").await;
    (browser, id)
}

async fn status(browser: &mut Browser) -> MfaStatus {
    browser.call(&GET_MFA, Value::Null).await.json()
}

fn refusals(answer: &Answer) -> Vec<MfaRefusal> {
    let problem = answer.problem();
    let mfa = |refusal| match refusal {
        Refusal::Mfa(refusal) => Some(refusal),
        _ => None,
    };
    problem.refusals.into_iter().filter_map(mfa).collect()
}

async fn prove_by(browser: &mut Browser, proof: Value) -> Answer {
    let wish = json!({ "operation": "change_password", "proof": proof });
    browser.call(&PROVE, wish).await
}

fn code(code: &str) -> Value {
    json!({ "way": "mfa_code", "code": code })
}

/// What a key answers to the challenge of an endpoint.
async fn signed(
    browser: &mut Browser,
    endpoint: &contract::endpoints::Endpoint,
    key: &mut SoftKey,
) -> Value {
    let asked = browser.call(endpoint, Value::Null).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let KeyChallenge { challenge, options } = asked.json();
    let answer = key.get(&serde_json::from_str(&options).unwrap());
    json!({ "challenge": challenge, "answer": answer.to_string() })
}

async fn mfa_1_an_app_is_bound_by_two_codes_and_hands_out_ten_recovery_codes(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let before = status(&mut browser).await;
    assert_eq!(before.device, None);
    assert_eq!(before.may_bind, []);
    assert_eq!(before.may_unbind, [MfaRefusal::NoDevice]);
    prove(&bench, &mut browser).await;
    let secret = start_app(&mut browser, "bind").await;
    let shown: Binding = browser.call(&GET_BINDING, Value::Null).await.json();
    let address = shown.secret.unwrap().address;
    assert!(address.contains(&secret) && address.contains(&id.to_string()));
    // A wrong pair keeps the secret (MFA-2).
    let wrong = json!({ "first": "000000", "second": "000001" });
    let refused = browser.call(&CONFIRM_BINDING, wrong).await;
    assert_eq!(
        refusals(&refused),
        [MfaRefusal::CodesNotConsecutive {
            server_time: bench.now()
        }]
    );
    let odd = json!({ "first": "12345", "second": "" });
    let problem = browser.call(&CONFIRM_BINDING, odd).await.problem();
    let fields: Vec<_> = problem.fields.iter().map(|field| &*field.field).collect();
    assert_eq!(fields, ["first", "second"]);
    let answer = confirm_app(&mut browser, &secret, bench.now()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let bound: DeviceBound = answer.json();
    assert_eq!(bound.device.kind, DeviceKind::Virtual);
    assert_eq!(bound.recovery_codes.len(), 10);
    let after = status(&mut browser).await;
    assert_eq!(after.device, Some(bound.device));
    assert_eq!(after.recovery_codes_left, 10);
    assert_eq!(after.pending, None);
    assert!(bench.events(id).await.contains(&"mfa_bound".to_owned()));
    // Both security contacts are told (PRT-6).
    bench.postman().deliver_due().await.unwrap();
    let letters = bench.mail.arrived.lock().unwrap();
    assert!(
        letters
            .iter()
            .any(|letter| letter.body.contains("绑定了 MFA 设备"))
    );
}

async fn mfa_1_a_token_is_bound_by_serial_number_seed_and_two_codes(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    prove(&bench, &mut browser).await;
    let start = |serial: &str, seed: &str| {
        let device = json!({ "kind": "token", "serial": serial, "seed": seed });
        json!({ "wish": "bind", "device": device })
    };
    let problem = browser
        .call(&START_BINDING, start("?", "12"))
        .await
        .problem();
    let fields: Vec<_> = problem.fields.iter().map(|field| &*field.field).collect();
    assert_eq!(fields, ["serial", "seed"]);
    let wrong = "ff".repeat(20);
    browser.call(&START_BINDING, start("TK-0001", &wrong)).await;
    // A seed that was mistyped is typed anew.
    let seed = "3132333435363738393031323334353637383930";
    let answer = browser.call(&START_BINDING, start("tk-0001", seed)).await;
    let binding: Binding = answer.json();
    assert_eq!(binding.serial.as_deref(), Some("TK-0001"));
    assert!(binding.secret.is_none(), "its owner has it");
    let base32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let bound = confirm_app(&mut browser, base32, bench.now()).await;
    assert_eq!(bound.status, 200, "{}", bound.text());
    let after = status(&mut browser).await;
    assert_eq!(after.serial.as_deref(), Some("TK-0001"));
    assert_eq!(after.device.unwrap().kind, DeviceKind::Token);
}

async fn mfa_1_a_security_key_is_bound_and_proves_its_owner(bench: Bench) {
    let (browser, id) = owner(&bench).await;
    let mut browser = browser.with("host", LOCAL);
    let mut key = soft_key(1);
    prove(&bench, &mut browser).await;
    let answer = bind_key(&mut browser, &mut key, "bind").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let bound: DeviceBound = answer.json();
    assert_eq!(bound.device.kind, DeviceKind::SecurityKey);
    assert_eq!(bound.is_passkey, Some(true));
    assert_eq!(bound.recovery_codes.len(), 10);
    let path = GET_PROOF.path.replace("{operation}", "change_password");
    let offers = browser.get(&path).await.json::<ProofStatus>().offers;
    assert_eq!(offers[0].device, Some(DeviceKind::SecurityKey));
    let mut proof = signed(&mut browser, &CHALLENGE_KEY, &mut key).await;
    proof["way"] = "key".into();
    let proved = prove_by(&mut browser, proof.clone()).await;
    assert_eq!(proved.status, 200, "{}", proved.text());
    // The very same answer proves nothing again.
    let again = prove_by(&mut browser, proof).await;
    assert_eq!(refusals(&again), [MfaRefusal::KeyNotProved]);
    // And so does the key at the second step.
    bench.protect(id, Factor::MfaCode).await;
    let first = browser.sign_in("zhang@mail.example", PASSWORD).await;
    assert!(matches!(first.json(), SignInAnswer::SecondStep(_)));
    let step: SecondStepStatus = browser.call(&GET_SECOND_STEP, Value::Null).await.json();
    let ways = step.asked.unwrap().ways;
    assert_eq!(ways[0].device, Some(DeviceKind::SecurityKey));
    let mut proof = signed(&mut browser, &CHALLENGE_STEP_KEY, &mut key).await;
    proof["way"] = "key".into();
    let pass = json!({ "proof": proof, "trust_device": false });
    let passed = browser.call(&PASS_SECOND_STEP, pass).await;
    assert_eq!(passed.status, 200, "{}", passed.text());
    assert!(matches!(passed.json(), SignInAnswer::SignedIn(_)));
}

async fn mfa_2_a_second_device_is_refused_and_replacing_keeps_the_old_one_until_the_new_one_is_proved(
    bench: Bench,
) {
    let (mut browser, _) = owner(&bench).await;
    let (old, old_codes) = bind_app(&bench, &mut browser).await;
    let again = json!({ "wish": "bind", "device": { "kind": "virtual" } });
    let refused = browser.call(&START_BINDING, again).await;
    assert_eq!(refusals(&refused), [MfaRefusal::DeviceBound]);
    let new = start_app(&mut browser, "replace").await;
    assert_ne!(old, new);
    bench.wait(Span::from_minutes(5));
    let proved = prove_by(&mut browser, code(&app_code(&old, bench.now(), 0))).await;
    assert_eq!(proved.status, 200, "the old one still works");
    let answer = confirm_app(&mut browser, &new, bench.now()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let bound: DeviceBound = answer.json();
    assert!(
        bound
            .recovery_codes
            .iter()
            .all(|code| !old_codes.contains(code))
    );
    bench.wait(Span::from_minutes(1));
    let gone = prove_by(&mut browser, code(&app_code(&old, bench.now(), 0))).await;
    assert_eq!(gone.status, 409, "the old one is gone");
    let proved = prove_by(&mut browser, code(&app_code(&new, bench.now(), 0))).await;
    assert_eq!(proved.status, 200);
}

async fn v_19_a_reload_and_a_second_tab_keep_the_same_secret(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    prove(&bench, &mut browser).await;
    let secret = start_app(&mut browser, "bind").await;
    let mut second_tab = browser.clone();
    assert_eq!(start_app(&mut second_tab, "bind").await, secret);
    bench.wait(Span::from_minutes(10));
    let reloaded: Binding = browser.call(&GET_BINDING, Value::Null).await.json();
    assert_eq!(reloaded.secret.unwrap().typed, secret);
    let pending = status(&mut browser).await.pending.unwrap();
    assert_eq!(
        (pending.kind, pending.wish),
        (DeviceKind::Virtual, BindingWish::Bind)
    );
    browser.call(&CANCEL_BINDING, Value::Null).await;
    let gone = browser.call(&GET_BINDING, Value::Null).await;
    assert_eq!(refusals(&gone), [MfaRefusal::NoBinding]);
    assert_ne!(start_app(&mut browser, "bind").await, secret);
}

async fn mfa_3_five_wrong_codes_lock_the_check_for_fifteen_minutes(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    let (secret, recovery_codes) = bind_app(&bench, &mut browser).await;
    for left in (1..5).rev() {
        let wrong = prove_by(
            &mut browser,
            code(&app_code(&secret, bench.now(), 40 + left)),
        )
        .await;
        let server_time = bench.now();
        let tries_left = u32::try_from(left).unwrap();
        assert_eq!(
            refusals(&wrong),
            [MfaRefusal::WrongCode {
                server_time,
                tries_left
            }]
        );
    }
    let fifth = prove_by(&mut browser, code("000000")).await;
    assert_eq!(fifth.status, 429);
    let retry_at = bench.now().plus(Span::from_minutes(15));
    assert_eq!(refusals(&fifth), [MfaRefusal::Locked { retry_at }]);
    bench.wait(Span::from_seconds(14 * 60 + 59));
    // Right ones too, the recovery codes included.
    let right = prove_by(&mut browser, code(&app_code(&secret, bench.now(), 0))).await;
    assert_eq!(refusals(&right), [MfaRefusal::Locked { retry_at }]);
    let recovery = json!({ "way": "recovery_code", "code": recovery_codes[0] });
    assert_eq!(prove_by(&mut browser, recovery).await.status, 429);
    bench.wait(Span::from_seconds(1));
    let right = prove_by(&mut browser, code(&app_code(&secret, bench.now(), 0))).await;
    assert_eq!(right.status, 200, "{}", right.text());
}

async fn mfa_4_a_refused_code_tells_the_servers_time(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    let (secret, _) = bind_app(&bench, &mut browser).await;
    bench.wait(Span::from_minutes(2));
    let old = prove_by(&mut browser, code(&app_code(&secret, bench.now(), -3))).await;
    assert_eq!(old.problem().rule, Some(RuleId::Mfa4));
    assert_eq!(
        refusals(&old),
        [MfaRefusal::WrongCode {
            server_time: bench.now(),
            tries_left: 4
        }]
    );
    // What is no code is no try.
    assert_eq!(prove_by(&mut browser, code("12345")).await.status, 422);
}

async fn v_17_a_code_that_was_used_is_refused_in_another_place_too(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let (secret, _) = bind_app(&bench, &mut browser).await;
    bench.protect(id, Factor::MfaCode).await;
    bench.wait(Span::from_minutes(2));
    let shown = app_code(&secret, bench.now(), 0);
    let mut other = bench.browser();
    other.sign_in("zhang@mail.example", PASSWORD).await;
    let pass = |code: &str| {
        let proof = json!({ "way": "mfa_code", "code": code });
        json!({ "proof": proof, "trust_device": false })
    };
    let signed_in = other.call(&PASS_SECOND_STEP, pass(&shown)).await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.text());
    let replayed = prove_by(&mut browser, code(&shown)).await;
    let [MfaRefusal::AlreadyUsed { retry_at }] = refusals(&replayed)[..] else {
        panic!("{}", replayed.text());
    };
    bench.wait(retry_at.since(bench.now()));
    let next = prove_by(&mut browser, code(&app_code(&secret, bench.now(), 0))).await;
    assert_eq!(next.status, 200);
}

async fn v_18_one_step_either_side_is_accepted_and_no_more(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    let (secret, _) = bind_app(&bench, &mut browser).await;
    for (steps, accepted) in [(-2, false), (2, false), (-1, true), (1, true)] {
        bench.wait(Span::from_minutes(3));
        let answer = prove_by(&mut browser, code(&app_code(&secret, bench.now(), steps))).await;
        assert_eq!(answer.status == 200, accepted, "{steps}: {}", answer.text());
    }
}

async fn mfa_7_a_recovery_code_works_once_and_new_ones_void_the_old(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    let (_, codes) = bind_app(&bench, &mut browser).await;
    let recovery = |code: &str| json!({ "way": "recovery_code", "code": code });
    let typed = codes[0].to_lowercase().replace('-', " ");
    assert_eq!(prove_by(&mut browser, recovery(&typed)).await.status, 200);
    assert_eq!(status(&mut browser).await.recovery_codes_left, 9);
    let again = prove_by(&mut browser, recovery(&codes[0])).await;
    assert_eq!(refusals(&again), [MfaRefusal::RecoveryCodeUsed]);
    let wrong = prove_by(&mut browser, recovery("0000-0000-0000-0000")).await;
    assert_eq!(
        refusals(&wrong),
        [MfaRefusal::WrongRecoveryCode { tries_left: 4 }]
    );
    assert_eq!(prove_by(&mut browser, recovery("0000")).await.status, 422);
    let renewed: Value = browser
        .call(&RENEW_RECOVERY_CODES, Value::Null)
        .await
        .json();
    let fresh = renewed["recovery_codes"][0].as_str().unwrap();
    assert_eq!(status(&mut browser).await.recovery_codes_left, 10);
    let void = prove_by(&mut browser, recovery(&codes[1])).await;
    assert_eq!(
        refusals(&void),
        [MfaRefusal::WrongRecoveryCode { tries_left: 3 }]
    );
    assert_eq!(prove_by(&mut browser, recovery(fresh)).await.status, 200);
}

async fn prt_1_a_device_that_a_protection_asks_for_is_not_unbound(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let (_, codes) = bind_app(&bench, &mut browser).await;
    bench.protect(id, Factor::MfaCode).await;
    let chosen = [MfaRefusal::FactorChosen {
        protection: ProtectionKind::SignIn,
    }];
    assert_eq!(status(&mut browser).await.may_unbind, chosen);
    let refused = browser.call(&UNBIND_MFA, Value::Null).await;
    assert_eq!(refused.problem().rule, Some(RuleId::Prt1));
    assert_eq!(refusals(&refused), chosen);
    bench.protect(id, Factor::PhoneCode).await;
    let asked = browser
        .with("may-i", "true")
        .call(&UNBIND_MFA, Value::Null)
        .await;
    assert_eq!(asked.status, 204);
    assert!(status(&mut browser).await.device.is_some(), "only asked");
    let gone = browser.call(&UNBIND_MFA, Value::Null).await;
    assert_eq!(gone.status, 200, "{}", gone.text());
    assert_eq!(status(&mut browser).await.device, None);
    let void = json!({ "way": "recovery_code", "code": codes[0] });
    assert_eq!(prove_by(&mut browser, void).await.status, 403);
}

async fn prt_2_binding_asks_for_a_proof_first(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    let start = json!({ "wish": "bind", "device": { "kind": "virtual" } });
    let refused = browser.call(&START_BINDING, start.clone()).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
    prove(&bench, &mut browser).await;
    assert_eq!(browser.call(&START_BINDING, start).await.status, 200);
    // The secret is not shown to whoever comes back to a screen later.
    bench.wait(Span::from_minutes(15));
    assert_eq!(browser.call(&GET_BINDING, Value::Null).await.status, 403);
}

async fn sgn_2_trust_ends_when_the_device_changes(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    bench.protect(id, Factor::PhoneCode).await;
    let mut other = bench.browser();
    other.sign_in("zhang@mail.example", PASSWORD).await;
    let send = json!({ "method": "security_phone" });
    other
        .call(&contract::endpoints::SEND_SECOND_STEP_CODE, send)
        .await;
    let proof = json!({ "way": "phone_code", "code": bench.newest_sms_code().await });
    let pass = json!({ "proof": proof, "trust_device": true });
    assert_eq!(other.call(&PASS_SECOND_STEP, pass).await.status, 200);
    let count = async || {
        let mut tx = bench.app.store.read().await.unwrap();
        trusted::list(&mut tx, id).await.unwrap().len()
    };
    assert_eq!(count().await, 1);
    bench.wait(Span::from_minutes(2));
    bind_app(&bench, &mut browser).await;
    assert_eq!(count().await, 0);
    let first = other.sign_in("zhang@mail.example", PASSWORD).await;
    assert!(matches!(first.json(), SignInAnswer::SecondStep(_)));
}

async fn mfa_6_wechat_confirmation_is_unbound_by_itself(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let none = status(&mut browser).await;
    assert_eq!(none.wechat, None);
    assert_eq!(none.may_unbind_wechat, [MfaRefusal::WechatNotBound]);
    bench.confirms_by_wechat(id).await;
    let bound = status(&mut browser).await;
    let wechat = bound.wechat.unwrap();
    assert_eq!(wechat.name.as_deref(), Some("小云"));
    assert!(!wechat.is_login_method, "it outlives the login");
    bench.protect(id, Factor::WechatScan).await;
    prove(&bench, &mut browser).await;
    let refused = browser.call(&UNBIND_WECHAT_CONFIRMATION, Value::Null).await;
    assert_eq!(refused.problem().rule, Some(RuleId::Prt1));
    bench.protect(id, Factor::PhoneCode).await;
    let gone = browser.call(&UNBIND_WECHAT_CONFIRMATION, Value::Null).await;
    assert_eq!(gone.status, 200, "{}", gone.text());
    assert_eq!(status(&mut browser).await.wechat, None);
}

async fn mfa_1_a_passkey_signs_in_without_a_name_and_needs_no_second_proof(bench: Bench) {
    let (mut browser, id) = owner(&bench).await;
    let mut key = soft_key(1);
    prove(&bench, &mut browser).await;
    bind_key(&mut browser, &mut key, "bind").await;
    bench.protect(id, Factor::MfaCode).await;
    let mut fresh = bench.browser().with("host", LOCAL);
    let given = signed(&mut fresh, &CHALLENGE_PASSKEY, &mut key).await;
    let answer = fresh.call(&SIGN_IN_WITH_PASSKEY, given.clone()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(matches!(answer.json(), SignInAnswer::SignedIn(_)));
    assert_eq!(
        status(&mut fresh).await.device.unwrap().kind,
        DeviceKind::SecurityKey
    );
    let replayed = fresh.call(&SIGN_IN_WITH_PASSKEY, given).await;
    assert_eq!(refusals(&replayed), [MfaRefusal::KeyNotProved]);
    // A key that does not check its holder is half of it, which is not enough.
    key.verifies = false;
    let given = signed(&mut fresh, &CHALLENGE_PASSKEY, &mut key).await;
    let refused = fresh.call(&SIGN_IN_WITH_PASSKEY, given).await;
    assert_eq!(refusals(&refused), [MfaRefusal::KeyNotProved]);
    let given = signed(&mut fresh, &CHALLENGE_PASSKEY, &mut soft_key(9)).await;
    let unknown = fresh.call(&SIGN_IN_WITH_PASSKEY, given).await;
    assert_eq!(refusals(&unknown), [MfaRefusal::KeyNotProved]);
}

async fn mfa_1_a_copied_key_is_refused_and_counted(bench: Bench) {
    let (browser, _) = owner(&bench).await;
    let mut browser = browser.with("host", LOCAL);
    let mut key = soft_key(1);
    prove(&bench, &mut browser).await;
    bind_key(&mut browser, &mut key, "bind").await;
    let mut copy = key.clone();
    let mut proof = signed(&mut browser, &CHALLENGE_KEY, &mut key).await;
    proof["way"] = "key".into();
    assert_eq!(prove_by(&mut browser, proof).await.status, 200);
    for last in [false, false, false, false, true] {
        copy.counter = Some(0);
        let mut proof = signed(&mut browser, &CHALLENGE_KEY, &mut copy).await;
        proof["way"] = "key".into();
        let refused = prove_by(&mut browser, proof).await;
        assert_eq!(refused.status == 429, last, "{}", refused.text());
    }
    let mut proof = signed(&mut browser, &CHALLENGE_KEY, &mut key).await;
    proof["way"] = "key".into();
    assert_eq!(prove_by(&mut browser, proof).await.status, 429);
}

async fn v_20_a_challenge_is_good_once_and_for_its_own_browser(bench: Bench) {
    let (browser, _) = owner(&bench).await;
    let mut browser = browser.with("host", LOCAL);
    let mut key = soft_key(1);
    prove(&bench, &mut browser).await;
    bind_key(&mut browser, &mut key, "bind").await;
    let mut victim = bench.browser().with("host", LOCAL);
    let mut thief = bench.browser().with("host", LOCAL);
    let given = signed(&mut victim, &CHALLENGE_PASSKEY, &mut key).await;
    signed(&mut thief, &CHALLENGE_PASSKEY, &mut key).await;
    let elsewhere = thief.call(&SIGN_IN_WITH_PASSKEY, given.clone()).await;
    assert_eq!(refusals(&elsewhere), [MfaRefusal::KeyNotProved]);
    let used_up = victim.call(&SIGN_IN_WITH_PASSKEY, given).await;
    assert_eq!(refusals(&used_up), [MfaRefusal::KeyNotProved]);
    let given = signed(&mut victim, &CHALLENGE_PASSKEY, &mut key).await;
    bench.wait(Span::from_minutes(5));
    let late = victim.call(&SIGN_IN_WITH_PASSKEY, given).await;
    assert_eq!(refusals(&late), [MfaRefusal::KeyNotProved]);
    let given = signed(&mut victim, &CHALLENGE_PASSKEY, &mut key).await;
    bench.wait(Span::from_millis(5 * 60_000 - 1));
    let in_time = victim.call(&SIGN_IN_WITH_PASSKEY, given).await;
    assert_eq!(in_time.status, 200, "{}", in_time.text());
}

async fn mfa_1_keys_are_not_offered_where_browsers_would_not_take_them(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    let here = status(&mut browser).await.no_keys;
    assert_eq!(here, Some(NoKeysHere::NoPublicOrigin));
    let mut by_number = browser.with("host", "127.0.0.1:8080");
    let here = status(&mut by_number).await.no_keys;
    let instead = Some("http://localhost:8080".to_owned());
    assert_eq!(here, Some(NoKeysHere::NumericAddress { instead }));
    assert_eq!(status(&mut browser.with("host", LOCAL)).await.no_keys, None);
    prove(&bench, &mut browser).await;
    let start = json!({ "wish": "bind", "device": { "kind": "security_key" } });
    let refused = browser.call(&START_BINDING, start).await;
    assert_eq!(refusals(&refused), [MfaRefusal::NoKeysHere]);
    let refused = browser.call(&CHALLENGE_PASSKEY, Value::Null).await;
    assert_eq!(refusals(&refused), [MfaRefusal::NoKeysHere]);
}

async fn mfa_5_the_ways_in_without_the_device_end_with_the_appeal(bench: Bench) {
    let (mut browser, _) = owner(&bench).await;
    bind_app(&bench, &mut browser).await;
    let ways = status(&mut browser).await.lost_ways;
    assert_eq!(
        ways,
        [
            LostDeviceWay::RecoveryCode,
            LostDeviceWay::OtherProof(ProofMethod::SecurityPhone),
            LostDeviceWay::OtherProof(ProofMethod::SecurityEmail),
            LostDeviceWay::Appeal,
        ]
    );
}
