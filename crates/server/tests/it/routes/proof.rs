//! Proving again who one is: for how long it counts, for whom, and what it cannot be given with.

use contract::endpoints::{
    CHANGE_SECURITY_PHONE, GET_PROOF, PROVE, SEND_NEW_PHONE_CODE, SEND_PROOF_CODE,
    SET_SESSION_LIMITS,
};
use contract::proof::ProofStatus;
use domain::contacts::CodeRefusal;
use domain::protection::{CheckBasis, ProofMethod, ProtectionRefusal};
use domain::refusal::Refusal;
use domain::rule::RuleId;
use domain::time::Span;
use serde_json::{Value, json};

use crate::support::{Answer, Bench, Browser, PASSWORD, on_both_databases};

on_both_databases!(
    prt_2_a_proof_counts_for_fifteen_minutes,
    prt_2_a_proof_counts_for_no_other_session,
    prt_2_the_page_learns_what_is_asked_for_and_how_long_it_counts,
    prt_4_an_account_with_nothing_may_bind_a_phone_within_fifteen_minutes_of_signing_in,
    prt_4_a_phone_changed_in_the_last_24_hours_does_not_replace_itself,
    prt_4_a_way_that_the_account_does_not_have_proves_nothing,
    v_20_a_code_works_once_and_for_its_purpose_only,
    v_22_after_five_wrong_codes_the_right_one_fails_too,
    con_12_a_code_lives_for_five_minutes,
    con_12_twenty_wrong_codes_a_day_whatever_the_code,
    v_21_a_second_code_is_refused_for_sixty_seconds,
    v_24_the_day_of_codes_begins_at_midnight_in_beijing,
);

const PHONE: &str = "13800001234";
const EMAIL: &str = "safe@mail.example";

async fn secured(bench: &Bench) -> Browser {
    let (browser, id) = bench.signed_in("zhang@mail.example").await;
    bench.secured(id, PHONE, EMAIL).await;
    browser
}

/// Something that needs a proof and leaves everything else as it is.
async fn sensitive(browser: &mut Browser) -> Answer {
    let wish = json!({ "idle": 7_200_000, "longest": 172_800_000 });
    browser.call(&SET_SESSION_LIMITS, wish).await
}

async fn status(browser: &mut Browser, operation: &str) -> ProofStatus {
    let path = GET_PROOF.path.replace("{operation}", operation);
    browser.get(&path).await.json()
}

async fn send(browser: &mut Browser) -> Answer {
    let send = json!({ "method": "security_phone" });
    browser.call(&SEND_PROOF_CODE, send).await
}

async fn prove(browser: &mut Browser, code: &str) -> Answer {
    let proof = json!({ "way": "phone_code", "code": code });
    let body = json!({ "operation": "change_protection", "proof": proof });
    browser.call(&PROVE, body).await
}

/// Six digits that are not these.
fn other_than(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

fn needs_proof(answer: &Answer) -> bool {
    let problem = answer.problem();
    let first = problem.refusals.first();
    let is_needed = matches!(
        first,
        Some(Refusal::Protection(ProtectionRefusal::ProofNeeded { .. }))
    );
    answer.status == 403 && problem.rule == Some(RuleId::Prt2) && is_needed
}

async fn prt_2_a_proof_counts_for_fifteen_minutes(bench: Bench) {
    let mut browser = secured(&bench).await;
    assert!(needs_proof(&sensitive(&mut browser).await));
    bench.prove(&mut browser).await;
    assert_eq!(sensitive(&mut browser).await.status, 204);
    bench.wait(Span::from_millis(15 * 60_000 - 1));
    assert_eq!(sensitive(&mut browser).await.status, 204);
    bench.wait(Span::from_millis(1));
    assert!(needs_proof(&sensitive(&mut browser).await));
}

async fn prt_2_a_proof_counts_for_no_other_session(bench: Bench) {
    let mut browser = secured(&bench).await;
    let mut other = bench.browser();
    other.sign_in("zhang@mail.example", PASSWORD).await;
    bench.prove(&mut browser).await;
    assert!(needs_proof(&sensitive(&mut other).await));
    assert_eq!(sensitive(&mut browser).await.status, 204);
}

async fn prt_2_the_page_learns_what_is_asked_for_and_how_long_it_counts(bench: Bench) {
    let mut browser = secured(&bench).await;
    let before = status(&mut browser, "change_password").await;
    assert_eq!(before.check, None);
    let offers: Vec<_> = before.offers.iter().map(|offer| offer.method).collect();
    assert_eq!(
        offers,
        [ProofMethod::SecurityPhone, ProofMethod::SecurityEmail]
    );
    assert_eq!(before.offers[0].to.as_deref(), Some("138****1234"));
    assert_eq!(before.offers[0].resend_at, None);
    let began = bench.now();
    bench.prove(&mut browser).await;
    bench.wait(Span::from_seconds(59));
    let after = status(&mut browser, "change_password").await;
    let check = after.check.unwrap();
    assert_eq!(check.basis, CheckBasis::Proof(ProofMethod::SecurityPhone));
    assert_eq!(check.until, began.plus(Span::from_minutes(15)));
    assert_eq!(after.refusals, []);
    // Survives a reload: the countdown comes from the server (V-21).
    let resend_at = Some(began.plus(Span::from_seconds(60)));
    assert_eq!(after.offers[0].resend_at, resend_at);
    bench.wait(Span::from_seconds(1));
    let later = status(&mut browser, "change_password").await;
    assert_eq!(later.offers[0].resend_at, None);
    let nonsense = browser.get("/api/v1/proof/dance").await;
    assert_eq!(nonsense.status, 400);
    nonsense.problem();
}

async fn prt_4_an_account_with_nothing_may_bind_a_phone_within_fifteen_minutes_of_signing_in(
    bench: Bench,
) {
    let (mut browser, _) = bench.signed_in("zhang@mail.example").await;
    let answer = sensitive(&mut browser).await;
    assert_eq!(answer.status, 403);
    let problem = answer.problem();
    assert_eq!(problem.rule, Some(RuleId::Prt4));
    let nothing = ProtectionRefusal::NothingToProveWith;
    assert_eq!(problem.refusals, [Refusal::Protection(nothing)]);
    bench.wait(Span::from_millis(15 * 60_000 - 1));
    let ask = browser.with("may-i", "true");
    let wish = json!({ "phone": PHONE });
    let answer = ask.clone().call(&SEND_NEW_PHONE_CODE, wish.clone()).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    bench.wait(Span::from_millis(1));
    let answer = ask.clone().call(&SEND_NEW_PHONE_CODE, wish).await;
    assert_eq!(
        (answer.status, answer.problem().rule),
        (403, Some(RuleId::Prt4))
    );
}

async fn prt_4_a_phone_changed_in_the_last_24_hours_does_not_replace_itself(bench: Bench) {
    let mut browser = secured(&bench).await;
    let changed_at = bench.now();
    bench.prove(&mut browser).await;
    let wish = json!({ "phone": "13900005678" });
    let answer = browser.call(&SEND_NEW_PHONE_CODE, wish.clone()).await;
    assert_eq!(answer.status, 403);
    let retry_at = changed_at.plus(Span::from_hours(24));
    let refusals = [
        ProtectionRefusal::ProofNeeded {
            usable: vec![ProofMethod::SecurityEmail],
        },
        ProtectionRefusal::JustChanged {
            method: ProofMethod::SecurityPhone,
            retry_at,
        },
    ];
    assert_eq!(answer.problem().refusals, refusals.map(Refusal::Protection));
    let offers = status(&mut browser, "change_security_phone").await.offers;
    assert_eq!(offers[0].too_new_until, Some(retry_at));
    assert_eq!(offers[1].too_new_until, None);
    // The same proof counts for everything else.
    assert_eq!(sensitive(&mut browser).await.status, 204);

    bench.wait(Span::from_millis(24 * 3_600_000 - 1));
    browser.sign_in("zhang@mail.example", PASSWORD).await;
    bench.prove(&mut browser).await;
    let answer = browser.call(&SEND_NEW_PHONE_CODE, wish.clone()).await;
    assert_eq!(answer.status, 403);
    bench.wait(Span::from_millis(1));
    let answer = browser.call(&SEND_NEW_PHONE_CODE, wish).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn prt_4_a_way_that_the_account_does_not_have_proves_nothing(bench: Bench) {
    let (mut browser, _) = bench.signed_in("zhang@mail.example").await;
    let answer = send(&mut browser).await;
    assert_eq!(
        (answer.status, answer.problem().rule),
        (403, Some(RuleId::Prt2))
    );
    let answer = prove(&mut browser, "123456").await;
    assert_eq!(
        (answer.status, answer.problem().rule),
        (403, Some(RuleId::Prt2))
    );
    // A proof in a way that is no code cannot be sent one.
    let wish = json!({ "method": "face" });
    assert_eq!(browser.call(&SEND_PROOF_CODE, wish).await.status, 403);
}

async fn v_20_a_code_works_once_and_for_its_purpose_only(bench: Bench) {
    let mut browser = secured(&bench).await;
    send(&mut browser).await;
    let code = bench.newest_sms_code().await;
    // Not for the new phone, even where that is the same number.
    let wish = json!({ "phone": PHONE, "code": code });
    let answer = browser.call(&CHANGE_SECURITY_PHONE, wish).await;
    assert_eq!(answer.status, 403, "no proof yet");
    assert_eq!(prove(&mut browser, &code).await.status, 200);
    let answer = prove(&mut browser, &code).await;
    assert_eq!(answer.status, 409);
    assert_eq!(
        answer.problem().refusals,
        [Refusal::Code(CodeRefusal::Used)]
    );
    assert_eq!(answer.problem().rule, Some(RuleId::Con12));
    // With a proof in hand: the code of the proof is none for the new number.
    bench.wait(Span::from_hours(24));
    browser.sign_in("zhang@mail.example", PASSWORD).await;
    bench.prove(&mut browser).await;
    bench.wait(Span::from_seconds(60));
    send(&mut browser).await;
    let code = bench.newest_sms_code().await;
    let wish = json!({ "phone": "13900005678", "code": code });
    let answer = browser.call(&CHANGE_SECURITY_PHONE, wish).await;
    assert_eq!(answer.status, 409);
    assert_eq!(
        answer.problem().refusals,
        [Refusal::Code(CodeRefusal::NoCode)]
    );
    // And it is none for another account.
    let (mut stranger, id) = bench.signed_in("li@mail.example").await;
    bench.secured(id, PHONE, EMAIL).await;
    assert_eq!(prove(&mut stranger, &code).await.status, 409);
    assert_eq!(prove(&mut browser, &code).await.status, 200);
}

async fn v_22_after_five_wrong_codes_the_right_one_fails_too(bench: Bench) {
    let mut browser = secured(&bench).await;
    send(&mut browser).await;
    let code = bench.newest_sms_code().await;
    for left in (1..5).rev() {
        // The count is the code's, not the browser's.
        let mut other = bench.browser();
        other.cookies = browser.cookies.clone();
        let answer = prove(&mut other, other_than(&code)).await;
        let wrong = CodeRefusal::Wrong { tries_left: left };
        assert_eq!(answer.problem().refusals, [Refusal::Code(wrong)]);
    }
    // What is only asked counts as well: it would tell as much.
    let answer = prove(&mut browser.with("may-i", "true"), other_than(&code)).await;
    assert_eq!(answer.status, 409, "{}", answer.text());
    let answer = prove(&mut browser, &code).await;
    assert_eq!(answer.status, 409);
    assert_eq!(
        answer.problem().refusals,
        [Refusal::Code(CodeRefusal::Void)]
    );
    assert!(needs_proof(&sensitive(&mut browser).await));
    // One wrong try fewer, and a new code, and it works.
    bench.wait(Span::from_seconds(60));
    send(&mut browser).await;
    let code = bench.newest_sms_code().await;
    for _ in 0..4 {
        prove(&mut browser, other_than(&code)).await;
    }
    assert_eq!(prove(&mut browser, &code).await.status, 200);
}

async fn con_12_a_code_lives_for_five_minutes(bench: Bench) {
    let mut browser = secured(&bench).await;
    send(&mut browser).await;
    let code = bench.newest_sms_code().await;
    bench.wait(Span::from_minutes(5));
    let answer = prove(&mut browser, &code).await;
    let expired = Refusal::Code(CodeRefusal::Expired);
    assert_eq!(answer.problem().refusals, [expired]);
    send(&mut browser).await;
    let code = bench.newest_sms_code().await;
    bench.wait(Span::from_millis(5 * 60_000 - 1));
    assert_eq!(prove(&mut browser, &code).await.status, 200);
}

async fn con_12_twenty_wrong_codes_a_day_whatever_the_code(bench: Bench) {
    let mut browser = secured(&bench).await;
    for _ in 0..4 {
        assert_eq!(send(&mut browser).await.status, 200);
        let code = bench.newest_sms_code().await;
        for _ in 0..5 {
            let answer = prove(&mut browser, other_than(&code)).await;
            assert_eq!(answer.status, 409, "{}", answer.text());
        }
        bench.wait(Span::from_seconds(60));
    }
    let answer = send(&mut browser).await;
    assert_eq!(answer.status, 429, "{}", answer.text());
    let problem = answer.problem();
    let midnight = bench.now().date().next().begin();
    let refusal = CodeRefusal::TooManyWrongToday { retry_at: midnight };
    assert_eq!(problem.refusals, [Refusal::Code(refusal)]);
    // The e-mail's codes have a day of their own? No: the count is the account's and the purpose's.
    let wish = json!({ "method": "security_email" });
    assert_eq!(browser.call(&SEND_PROOF_CODE, wish).await.status, 429);
}

async fn v_21_a_second_code_is_refused_for_sixty_seconds(bench: Bench) {
    let mut browser = secured(&bench).await;
    let began = bench.now();
    assert_eq!(send(&mut browser).await.status, 200);
    bench.wait(Span::from_millis(59_999));
    let answer = send(&mut browser).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("retry-after"), "1");
    let retry_at = began.plus(Span::from_seconds(60));
    assert_eq!(answer.problem().retry_at, Some(retry_at));
    bench.postman().deliver_due().await.unwrap();
    assert_eq!(bench.sms.arrived.lock().unwrap().len(), 1);
    bench.wait(Span::from_millis(1));
    assert_eq!(send(&mut browser).await.status, 200);
    bench.postman().deliver_due().await.unwrap();
    assert_eq!(bench.sms.arrived.lock().unwrap().len(), 2);
}

async fn v_24_the_day_of_codes_begins_at_midnight_in_beijing(bench: Bench) {
    let mut browser = secured(&bench).await;
    let midnight = bench.now().date().next().begin();
    // 23:46 to 23:55 in Beijing: the ten of the day.
    bench.wait(midnight.minus(Span::from_minutes(14)).since(bench.now()));
    for _ in 0..10 {
        assert_eq!(send(&mut browser).await.status, 200);
        bench.wait(Span::from_minutes(1));
    }
    bench.wait(midnight.since(bench.now()).min(Span::from_minutes(2)));
    let answer = send(&mut browser).await;
    assert_eq!(
        (answer.status, answer.problem().retry_at),
        (429, Some(midnight))
    );
    bench.wait(Span::from_millis(midnight_in(&bench, midnight) - 1));
    assert_eq!(send(&mut browser).await.status, 429);
    bench.wait(Span::from_millis(1));
    assert_eq!(send(&mut browser).await.status, 200);
    // At 08:00, where the day of UTC begins, nothing happens.
    for _ in 0..9 {
        bench.wait(Span::from_minutes(1));
        assert_eq!(send(&mut browser).await.status, 200);
    }
    let eight = midnight.plus(Span::from_hours(8));
    for around in [
        eight.minus(Span::from_minutes(2)),
        eight.plus(Span::from_minutes(2)),
    ] {
        while bench.now() < around {
            let step = around.since(bench.now()).min(Span::from_hours(1));
            bench.wait(step);
            let alive = browser.call(&contract::endpoints::GET_ACCOUNT, Value::Null);
            assert_eq!(alive.await.status, 200);
        }
        assert_eq!(send(&mut browser).await.status, 429);
    }
}

fn midnight_in(bench: &Bench, midnight: domain::time::Timestamp) -> u32 {
    u32::try_from(midnight.since(bench.now()).as_millis()).unwrap()
}
