//! Every changing endpoint leaves exactly its audit row, or none for a reason.

use contract::endpoints::{self, Audit, Endpoint};
use serde_json::{Value, json};

use crate::support::{Bench, PASSWORD, on_both_databases};

on_both_databases!(every_changing_endpoint_leaves_exactly_its_audit_row);

/// A body with which the endpoint carries something out for a fresh account. Whoever adds a changing
/// endpoint adds one.
fn working_body(endpoint: &Endpoint, email: &str) -> Value {
    match &*endpoint.to_string() {
        "POST /api/v1/session" => json!({ "email": email, "password": PASSWORD }),
        "PUT /api/v1/account/nickname" => json!({ "nickname": "审计", "version": 1 }),
        "DELETE /api/v1/session" => Value::Null,
        "POST /api/v1/demo/clock" => json!({ "forward_by": 1 }),
        _ => panic!("{endpoint} changes something and has no body to try it with"),
    }
}

async fn every_changing_endpoint_leaves_exactly_its_audit_row(bench: Bench) {
    for (number, endpoint) in endpoints::ALL.iter().enumerate() {
        if !endpoint.method.is_changing() {
            assert!(
                matches!(endpoint.audit, Audit::Nothing(_)),
                "{endpoint} only reads"
            );
            continue;
        }
        let email = format!("owner{number}@mail.example");
        let (mut browser, id) = bench.signed_in(&email).await;
        let before = bench.events(id).await;
        let answer = browser.call(endpoint, working_body(endpoint, &email)).await;
        assert!(answer.status < 300, "{endpoint}: {}", answer.text());
        let mut expected = before;
        match endpoint.audit {
            Audit::Event(event) => expected.push(event.to_owned()),
            Audit::Nothing(why) => assert!(!why.is_empty()),
        }
        assert_eq!(bench.events(id).await, expected, "{endpoint}");
    }
}
