//! The security phone, bound or changed by its owner (CON-2, CON-3, CON-8).

use contract::endpoints::{
    CHANGE_SECURITY_PHONE, GET_SECURITY, SEND_NEW_PHONE_CODE, SEND_PROOF_CODE,
};
use contract::problem::ValueProblem;
use contract::security::{PhoneChanged, SecurityOverview};
use domain::contacts::{CodeRefusal, ContactRefusal};
use domain::refusal::Refusal;
use domain::rule::RuleId;
use domain::time::Span;
use serde_json::{Value, json};

use super::{EMAIL, LOGIN, PHONE, proved, told};
use crate::support::{Answer, Bench, Browser, PASSWORD, on_both_databases};

on_both_databases!(
    con_3_the_number_changes_once_the_new_one_has_answered_its_code,
    con_3_without_a_proof_no_code_goes_to_the_new_number,
    con_3_the_present_number_is_refused_before_a_code_goes_out,
    con_2_the_fifth_account_gets_the_number_and_the_sixth_does_not,
    con_2_a_changed_account_gives_its_place_back_at_once,
    con_8_the_old_number_gets_no_more_codes,
    prt_6_both_numbers_and_the_e_mail_are_told,
    con_13_numbers_are_taken_however_they_are_typed,
    v_20_a_code_for_one_number_is_good_for_no_other,
    sgn_6_ending_the_other_sessions_is_offered,
    prt_4_a_fresh_account_binds_its_first_phone,
);

const NEW: &str = "13900005678";

async fn send(browser: &mut Browser, phone: &str) -> Answer {
    browser
        .call(&SEND_NEW_PHONE_CODE, json!({ "phone": phone }))
        .await
}

async fn change(browser: &mut Browser, phone: &str, code: &str) -> Answer {
    let wish = json!({ "phone": phone, "code": code });
    browser.call(&CHANGE_SECURITY_PHONE, wish).await
}

async fn overview(browser: &mut Browser) -> SecurityOverview {
    browser.call(&GET_SECURITY, Value::Null).await.json()
}

async fn con_3_the_number_changes_once_the_new_one_has_answered_its_code(bench: Bench) {
    let (mut browser, id) = proved(&bench).await;
    let answer = change(&mut browser, NEW, "123456").await;
    let no_code = Refusal::Code(CodeRefusal::NoCode);
    assert_eq!(answer.problem().refusals, [no_code]);
    let sent = send(&mut browser, NEW).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let code = bench.newest_sms_code().await;
    // Until then the old number stays.
    let shown = overview(&mut browser).await.phone.unwrap();
    assert_eq!(shown.masked, "138****1234");
    let answer = change(&mut browser, NEW, &code).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let changed: PhoneChanged = answer.json();
    assert_eq!(changed.old.as_deref(), Some("138****1234"));
    assert_eq!(changed.new, "139****5678");
    let shown = overview(&mut browser).await.phone.unwrap();
    assert_eq!(
        (&*shown.masked, shown.changed_at),
        ("139****5678", bench.now())
    );
    let events = bench.events(id).await;
    let last = events.last().map(String::as_str);
    assert_eq!(last, Some("security_phone_changed"));
    // One code, one change (V-20).
    let answer = change(&mut browser, NEW, &code).await;
    assert_eq!(
        answer.status, 403,
        "the phone is new now and needs another proof"
    );
}

async fn con_3_without_a_proof_no_code_goes_to_the_new_number(bench: Bench) {
    let (mut browser, id) = bench.signed_in(LOGIN).await;
    bench.secured(id, PHONE, EMAIL).await;
    bench.postman().deliver_due().await.unwrap();
    let answer = send(&mut browser, NEW).await;
    assert_eq!(
        (answer.status, answer.problem().rule),
        (403, Some(RuleId::Prt2))
    );
    assert_eq!(change(&mut browser, NEW, "123456").await.status, 403);
    bench.postman().deliver_due().await.unwrap();
    assert!(bench.sms.arrived.lock().unwrap().is_empty());
}

async fn con_3_the_present_number_is_refused_before_a_code_goes_out(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    bench.wait(Span::from_seconds(60));
    bench.sms.arrived.lock().unwrap().clear();
    let answer = send(&mut browser, PHONE).await;
    let same = Refusal::Contact(ContactRefusal::SamePhone);
    assert_eq!(
        (answer.status, answer.problem().refusals),
        (409, vec![same])
    );
    bench.postman().deliver_due().await.unwrap();
    assert!(bench.sms.arrived.lock().unwrap().is_empty());
}

async fn con_2_the_fifth_account_gets_the_number_and_the_sixth_does_not(bench: Bench) {
    for _ in 0..4 {
        let (_, id) = bench.bare().await;
        bench.secured(id, NEW, "other@mail.example").await;
    }
    let (mut browser, _) = proved(&bench).await;
    send(&mut browser, NEW).await;
    let code = bench.newest_sms_code().await;
    assert_eq!(change(&mut browser, NEW, &code).await.status, 200);
    bench.wait(Span::from_seconds(60));
    let (mut sixth, _) = bench.bare().await;
    let answer = send(&mut sixth, NEW).await;
    assert_eq!(answer.status, 409);
    let full = Refusal::Contact(ContactRefusal::PhoneFull { most: 5 });
    assert_eq!(answer.problem().refusals, [full]);
    assert_eq!(answer.problem().rule, Some(RuleId::Con2));
}

async fn con_2_a_changed_account_gives_its_place_back_at_once(bench: Bench) {
    for _ in 0..4 {
        let (_, id) = bench.bare().await;
        bench.secured(id, PHONE, "other@mail.example").await;
    }
    let (mut browser, _) = proved(&bench).await;
    bench.wait(Span::from_seconds(60));
    let (mut sixth, _) = bench.bare().await;
    assert_eq!(send(&mut sixth, PHONE).await.status, 409);
    send(&mut browser, NEW).await;
    let code = bench.newest_sms_code().await;
    assert_eq!(change(&mut browser, NEW, &code).await.status, 200);
    bench.postman().deliver_due().await.unwrap();
    let answer = send(&mut sixth, PHONE).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let code = bench.newest_sms_code().await;
    assert_eq!(change(&mut sixth, PHONE, &code).await.status, 200);
}

async fn con_8_the_old_number_gets_no_more_codes(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    send(&mut browser, NEW).await;
    let code = bench.newest_sms_code().await;
    change(&mut browser, NEW, &code).await;
    bench.wait(Span::from_seconds(60));
    bench.postman().deliver_due().await.unwrap();
    bench.sms.arrived.lock().unwrap().clear();
    let wish = json!({ "method": "security_phone" });
    assert_eq!(browser.call(&SEND_PROOF_CODE, wish).await.status, 200);
    bench.postman().deliver_due().await.unwrap();
    let arrived = bench.sms.arrived.lock().unwrap();
    let to: Vec<&str> = arrived.iter().map(|message| &*message.to).collect();
    assert_eq!(to, ["+8613900005678"]);
}

async fn prt_6_both_numbers_and_the_e_mail_are_told(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    send(&mut browser, NEW).await;
    let code = bench.newest_sms_code().await;
    change(&mut browser, NEW, &code).await;
    assert_eq!(
        told(&bench).await,
        ["+8613800001234", "+8613900005678", EMAIL]
    );
}

async fn con_13_numbers_are_taken_however_they_are_typed(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    let answer = send(&mut browser, "１３９-0000　5678").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let code = bench.newest_sms_code().await;
    let spaced = format!(" {} {} ", code.get(..3).unwrap(), code.get(3..).unwrap());
    let answer = change(&mut browser, "+86 139 0000 5678", &spaced).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    // Both fields are judged at once.
    let answer = change(&mut browser, "12345", "12").await;
    let fields = answer.problem().fields;
    assert_eq!(answer.status, 422);
    let names: Vec<&str> = fields.iter().map(|field| &*field.field).collect();
    assert_eq!(names, ["phone", "code"]);
    assert!(matches!(fields[0].problem, ValueProblem::Phone(_)));
    assert!(matches!(fields[1].problem, ValueProblem::Code(_)));
}

async fn v_20_a_code_for_one_number_is_good_for_no_other(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    send(&mut browser, NEW).await;
    let code = bench.newest_sms_code().await;
    let answer = change(&mut browser, "13700001111", &code).await;
    let no_code = Refusal::Code(CodeRefusal::NoCode);
    assert_eq!(
        (answer.status, answer.problem().refusals),
        (409, vec![no_code])
    );
    assert_eq!(change(&mut browser, NEW, &code).await.status, 200);
}

async fn sgn_6_ending_the_other_sessions_is_offered(bench: Bench) {
    let (mut browser, _) = proved(&bench).await;
    for _ in 0..2 {
        bench.browser().sign_in(LOGIN, PASSWORD).await;
    }
    send(&mut browser, NEW).await;
    let code = bench.newest_sms_code().await;
    let changed: PhoneChanged = change(&mut browser, NEW, &code).await.json();
    assert_eq!(changed.offer_to_end, 2);
    // They were only offered to end.
    assert_eq!(overview(&mut browser).await.sessions, 3);
}

async fn prt_4_a_fresh_account_binds_its_first_phone(bench: Bench) {
    let (mut browser, _) = bench.signed_in(LOGIN).await;
    assert_eq!(send(&mut browser, NEW).await.status, 200);
    let code = bench.newest_sms_code().await;
    let answer = change(&mut browser, NEW, &code).await;
    let changed: PhoneChanged = answer.json();
    assert_eq!((changed.old, changed.offer_to_end), (None, 0));
}
