//! What is recorded with a verified enterprise: code, contact, re-check (ENT-6, ENT-14 to ENT-16, ENT-21).

use contract::endpoints::{COMPLETE_CODE, GET_ENTERPRISE, SET_ENTERPRISE_CONTACT, SWITCH_CDN};
use contract::enterprise::{EnterpriseContactShown, EnterpriseVerification};
use domain::account::VerificationStatus;
use domain::refusal::Refusal;
use domain::time::Span;
use domain::verification::{Recheck, RecheckFinding, VerificationRefusal, WayOut};
use serde_json::{Value, json};
use server::rounds;

use super::{owner, refused, status, verified};
use crate::support::enterprises::{CODE, register_says};
use crate::support::{Bench, Browser, PASSWORD, on_both_databases};

on_both_databases!(
    ent_6_a_code_is_completed_when_the_register_knows_it,
    ent_21_cdn_needs_a_contact_and_ent_14_the_handler_stays,
    ent_16_a_finding_is_told_first_and_ends_the_verification_after_fifteen_days,
    ent_16_what_is_corrected_in_time_ends_nothing,
);

async fn ent_6_a_code_is_completed_when_the_register_knows_it(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let complete = json!({ "code": CODE });
    let nobody = browser.call(&COMPLETE_CODE, complete.clone()).await;
    let none = Refusal::Verification(VerificationRefusal::NotAnEnterprise);
    assert_eq!(refused(&nobody), [none]);
    verified(&bench, id, "110108012345678").await;
    for typed in ["91110108MA01ABC250", "MA01ABC25", ""] {
        let answer = browser.call(&COMPLETE_CODE, json!({ "code": typed })).await;
        assert_eq!(answer.problem().fields[0].field, "code", "{typed}");
    }
    register_says(&mut browser, "other_name").await;
    let differs = browser.call(&COMPLETE_CODE, complete.clone()).await;
    let expected = Refusal::Verification(VerificationRefusal::CodeDoesNotMatch);
    assert_eq!(refused(&differs), [expected]);
    register_says(&mut browser, "sound").await;
    let done = browser.call(&COMPLETE_CODE, complete.clone()).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(done.json::<Value>()["may_complete"], false);
    let again = browser.call(&COMPLETE_CODE, complete).await;
    let expected = Refusal::Verification(VerificationRefusal::CodeIsRight);
    assert_eq!(refused(&again), [expected]);
}

async fn ent_21_cdn_needs_a_contact_and_ent_14_the_handler_stays(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    let on = json!({ "uses_cdn": true });
    let nobody = browser.call(&SWITCH_CDN, on.clone()).await;
    let none = Refusal::Verification(VerificationRefusal::NotAnEnterprise);
    assert_eq!(refused(&nobody), [none]);
    verified(&bench, id, CODE).await;
    let missing = browser.call(&SWITCH_CDN, on.clone()).await;
    let expected = Refusal::Verification(VerificationRefusal::EnterpriseContactMissing);
    assert_eq!(refused(&missing), [expected]);
    let mut contact = json!({
        "name": "", "document_kind": "resident_id", "document_number": "1", "phone": "12",
        "uses_cdn": true,
    });
    let wrong = browser.call(&SET_ENTERPRISE_CONTACT, contact.clone()).await;
    let fields: Vec<_> = wrong
        .problem()
        .fields
        .into_iter()
        .map(|field| field.field)
        .collect();
    assert_eq!(fields, ["name", "document_number", "phone"]);
    contact["name"] = json!("李四");
    contact["document_number"] = json!("110101199003070038");
    contact["phone"] = json!("13900139002");
    let set = browser.call(&SET_ENTERPRISE_CONTACT, contact).await;
    let set: EnterpriseContactShown = set.json();
    assert!(set.uses_cdn);
    assert_eq!(set.contact.unwrap().phone, "139****9002");
    let off = browser
        .call(&SWITCH_CDN, json!({ "uses_cdn": false }))
        .await;
    assert!(!off.json::<EnterpriseContactShown>().uses_cdn);
    let on = browser.call(&SWITCH_CDN, on).await;
    assert!(on.json::<EnterpriseContactShown>().uses_cdn);
}

async fn ent_16_a_finding_is_told_first_and_ends_the_verification_after_fifteen_days(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    verified(&bench, id, CODE).await;
    register_says(&mut browser, "dissolved").await;
    bench.wait(Span::from_days(30).minus_one());
    rounds::round(&bench.app).await.unwrap();
    assert_eq!(recheck(&mut browser).await.recheck, Recheck::Sound);
    bench.wait(Span::from_millis(1));
    rounds::round(&bench.app).await.unwrap();
    let noticed_at = bench.now();
    let shown = recheck(&mut browser).await;
    let finding = RecheckFinding::Dissolved;
    let ends_at = noticed_at.plus(Span::from_days(15));
    let noticed = Recheck::Noticed {
        finding,
        noticed_at,
        ends_at,
    };
    assert_eq!(shown.recheck, noticed);
    // A dissolved company stops nothing at once (ENT-15).
    assert_eq!(
        shown.urges,
        [WayOut::ChangeVerification, WayOut::Deregister]
    );
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
    let letters = bench.letters_to("safe@mail.example").await;
    let told = |words: &str| {
        letters
            .iter()
            .filter(|letter| letter.contains(words))
            .count()
    };
    assert_eq!(told("企业已注销"), 1);
    bench.wait(Span::from_days(15).minus_one());
    rounds::round(&bench.app).await.unwrap();
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
    bench.wait(Span::from_millis(1));
    rounds::round(&bench.app).await.unwrap();
    assert_eq!(status(&bench, id).await, VerificationStatus::Unverified);
    let at = bench.now();
    assert_eq!(
        recheck(&mut browser).await.recheck,
        Recheck::Ended { finding, at }
    );
    let events = bench.events(id).await;
    assert!(
        events.contains(&"verification_ended".to_owned()),
        "{events:?}"
    );
}

/// How the re-check stands, for whoever signs in again.
async fn recheck(browser: &mut Browser) -> EnterpriseVerification {
    browser.sign_in("owner@mail.example", PASSWORD).await;
    browser.call(&GET_ENTERPRISE, Value::Null).await.json()
}

trait MinusOne {
    fn minus_one(self) -> Self;
}

impl MinusOne for Span {
    fn minus_one(self) -> Self {
        Self::from_millis(u32::try_from(self.as_millis() - 1).unwrap())
    }
}

async fn ent_16_what_is_corrected_in_time_ends_nothing(bench: Bench) {
    let (mut browser, id) = owner(&bench, "owner@mail.example").await;
    verified(&bench, id, CODE).await;
    register_says(&mut browser, "other_name").await;
    bench.wait(Span::from_days(30));
    rounds::round(&bench.app).await.unwrap();
    let shown = recheck(&mut browser).await;
    assert!(matches!(
        shown.recheck,
        Recheck::Noticed {
            finding: RecheckFinding::NameAndCodeDiffer,
            ..
        }
    ));
    assert_eq!(
        shown.urges,
        [WayOut::CompleteCode, WayOut::ChangeVerification]
    );
    // The code is faulty until it is put right (ENT-6).
    register_says(&mut browser, "sound").await;
    let done = browser.call(&COMPLETE_CODE, json!({ "code": CODE })).await;
    assert_eq!(done.status, 200, "{}", done.text());
    rounds::round(&bench.app).await.unwrap();
    assert_eq!(recheck(&mut browser).await.recheck, Recheck::Sound);
    bench.wait(Span::from_days(20));
    rounds::round(&bench.app).await.unwrap();
    assert_eq!(status(&bench, id).await, VerificationStatus::Enterprise);
}
