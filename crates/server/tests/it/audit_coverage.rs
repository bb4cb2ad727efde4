//! Every changing endpoint leaves exactly its audit row, or none for a reason.

use contract::endpoints::{self, Audit, Endpoint};
use domain::account::AccountId;
use serde_json::{Value, json};

use crate::support::{Bench, Browser, PASSWORD, on_both_databases};

on_both_databases!(every_changing_endpoint_leaves_exactly_its_audit_row);

/// What is sent so that the endpoint carries something out for the account; whatever it needs is
/// brought about first. Whoever adds a changing endpoint adds one.
async fn working_call(
    bench: &Bench,
    browser: &mut Browser,
    endpoint: &Endpoint,
    (id, email): (AccountId, &str),
) -> (String, Value) {
    let mut path = endpoint.path.to_owned();
    let body = match &*endpoint.to_string() {
        "POST /api/v1/session" => json!({ "email": email, "password": PASSWORD }),
        "PUT /api/v1/account/nickname" => json!({ "nickname": "审计", "version": 1 }),
        "DELETE /api/v1/session" => Value::Null,
        "POST /api/v1/proof/code" => json!({ "method": "security_phone" }),
        "POST /api/v1/proof" => {
            let send = json!({ "method": "security_phone" });
            browser.call(&endpoints::SEND_PROOF_CODE, send).await;
            json!({
                "operation": "change_password",
                "proof": { "way": "phone_code", "code": bench.newest_sms_code().await },
            })
        }
        "PUT /api/v1/security/password" => {
            bench.prove(browser).await;
            json!({ "password": "ein langes Kennwort 晴空" })
        }
        "POST /api/v1/security/phone/code" => {
            // The phone is new and does not vouch for its own replacement (PRT-4).
            bench.prove_by(browser, "security_email").await;
            json!({ "phone": "13900000001" })
        }
        "PUT /api/v1/security/phone" => {
            // The phone is new and does not vouch for its own replacement (PRT-4).
            bench.prove_by(browser, "security_email").await;
            let phone = json!({ "phone": "13900000002" });
            browser.call(&endpoints::SEND_NEW_PHONE_CODE, phone).await;
            json!({ "phone": "13900000002", "code": bench.newest_sms_code().await })
        }
        "POST /api/v1/security/email/change" => {
            bench.prove(browser).await;
            json!({ "email": "new@mail.example" })
        }
        "POST /api/v1/security/email/change/code" | "DELETE /api/v1/security/email/change" => {
            start_email_change(bench, browser).await;
            Value::Null
        }
        "PUT /api/v1/security/email/change" => {
            start_email_change(bench, browser).await;
            let send = &endpoints::SEND_EMAIL_CHANGE_CODE;
            bench.postman().deliver_due().await.unwrap();
            browser.call(send, Value::Null).await;
            json!({ "step": "original", "code": bench.newest_mail_code().await })
        }
        "PUT /api/v1/security/protections/{kind}" => {
            bench.prove(browser).await;
            path = path.replace("{kind}", "sign_in");
            json!({ "protection": { "state": "require", "factor": "phone_code" } })
        }
        "DELETE /api/v1/security/sessions/{session}" => {
            let places = browser.call(&endpoints::GET_SESSIONS, Value::Null).await;
            let places: contract::security::SignedInPlaces = places.json();
            path = path.replace("{session}", &places.sessions[0].id);
            Value::Null
        }
        "DELETE /api/v1/security/sessions" => Value::Null,
        "PUT /api/v1/security/session-limits" => {
            bench.prove(browser).await;
            json!({ "idle": 3_600_000, "longest": 7_200_000 })
        }
        "DELETE /api/v1/security/trusted-devices" => {
            bench.prove(browser).await;
            Value::Null
        }
        "DELETE /api/v1/security/trusted-devices/{device}" => {
            bench.prove(browser).await;
            let name = format!("device of {email}");
            bench.trust(id, &name).await;
            path = path.replace("{device}", &name.replace(' ', "%20"));
            Value::Null
        }
        "POST /api/v1/demo/clock" => json!({ "forward_by": 1 }),
        _ => panic!("{endpoint} changes something and has no body to try it with"),
    };
    (path, body)
}

async fn start_email_change(bench: &Bench, browser: &mut Browser) {
    bench.prove(browser).await;
    let wish = json!({ "email": "newer@mail.example" });
    let answer = browser.call(&endpoints::START_EMAIL_CHANGE, wish).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn every_changing_endpoint_leaves_exactly_its_audit_row(bench: Bench) {
    for (number, endpoint) in endpoints::all().enumerate() {
        if !endpoint.method.is_changing() {
            assert!(
                matches!(endpoint.audit, Audit::Nothing(_)),
                "{endpoint} only reads"
            );
            continue;
        }
        let email = format!("owner{number}@mail.example");
        let (mut browser, id) = bench.signed_in(&email).await;
        let phone = format!("138{number:08}");
        bench
            .secured(id, &phone, &format!("safe{number}@mail.example"))
            .await;
        let (path, body) = working_call(&bench, &mut browser, endpoint, (id, &email)).await;
        let before = bench.events(id).await;
        let method = endpoint.method.as_str();
        let answer = browser.send_json(method, &path, body).await;
        assert!(answer.status < 300, "{endpoint}: {}", answer.text());
        let mut expected = before;
        match endpoint.audit {
            Audit::Event(event) => expected.push(event.to_owned()),
            Audit::Nothing(why) => assert!(!why.is_empty()),
        }
        assert_eq!(bench.events(id).await, expected, "{endpoint}");
    }
}
