//! Every changing endpoint leaves exactly its audit row, or none for a reason.

use contract::endpoints::{self, Audit, Endpoint};
use domain::account::AccountId;
use domain::protection::Factor;
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
) -> (&'static str, Value) {
    let body = match &*endpoint.to_string() {
        "POST /api/v1/session" => json!({ "email": email, "password": PASSWORD }),
        "POST /api/v1/session/sub-user" => {
            bench.sub_user(id, "ops").await;
            json!({ "root": id, "user_name": "ops", "password": PASSWORD })
        }
        "POST /api/v1/session/step/code" => {
            begin_step(bench, browser, (id, email)).await;
            json!({ "method": "security_phone" })
        }
        "POST /api/v1/session/step" => {
            begin_step(bench, browser, (id, email)).await;
            let send = json!({ "method": "security_phone" });
            browser.call(&endpoints::SEND_SECOND_STEP_CODE, send).await;
            json!({
                "proof": { "way": "phone_code", "code": bench.newest_sms_code().await },
                "trust_device": true,
            })
        }
        "DELETE /api/v1/session/step" => {
            begin_step(bench, browser, (id, email)).await;
            Value::Null
        }
        "POST /api/v1/captcha/code" => json!({ "email": email }),
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
        "POST /api/v1/demo/clock" => json!({ "forward_by": 1 }),
        _ => panic!("{endpoint} changes something and has no body to try it with"),
    };
    (endpoint.path, body)
}

/// A sign-in that waits for its second proof.
async fn begin_step(bench: &Bench, browser: &mut Browser, (id, email): (AccountId, &str)) {
    bench.protect(id, Factor::PhoneCode).await;
    let answer = browser.sign_in(email, PASSWORD).await;
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
        let answer = browser.send_json(method, path, body).await;
        assert!(answer.status < 300, "{endpoint}: {}", answer.text());
        let mut expected = before;
        match endpoint.audit {
            Audit::Event(event) => expected.push(event.to_owned()),
            Audit::Nothing(why) => assert!(!why.is_empty()),
        }
        assert_eq!(bench.events(id).await, expected, "{endpoint}");
    }
}
