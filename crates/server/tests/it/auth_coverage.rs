//! Nobody reaches an endpoint by accident.

use contract::endpoints::{self, Who};
use domain::operators::Role;
use serde_json::json;

use crate::support::{Bench, PASSWORD};

/// The endpoints that anybody may call, each with what nobody gets from it. Whoever adds one says here
/// that it is on purpose.
const OPEN: &[(&str, u16)] = &[
    // A body that is no sign-in, so the form of it is judged, and nothing else.
    ("POST /api/v1/session", 400),
    ("GET /api/v1/session", 200),
    ("DELETE /api/v1/session", 204),
    ("POST /api/v1/session/sub-user", 400),
    // Nothing is waited for in this browser.
    ("GET /api/v1/session/step", 200),
    ("POST /api/v1/session/step/code", 400),
    ("POST /api/v1/session/step", 400),
    ("DELETE /api/v1/session/step", 204),
    // No purpose stands in the path, and no address in the body.
    ("GET /api/v1/captcha/{purpose}", 400),
    ("POST /api/v1/captcha/code", 400),
    // Nobody is told whether keys work by anything but where they are.
    ("GET /api/v1/session/key", 200),
    ("POST /api/v1/session/key/challenge", 409),
    ("POST /api/v1/session/key", 400),
    ("POST /api/v1/session/step/key", 409),
    ("GET /api/v1/openapi.json", 200),
    // The desk's own door; nobody gave a password here.
    ("POST /api/v1/operator/session", 400),
    ("GET /api/v1/operator/session", 200),
    ("POST /api/v1/operator/session/code", 400),
    ("DELETE /api/v1/operator/session", 204),
    // No kind stands in the path, and no scan is there.
    ("GET /api/v1/providers", 200),
    ("POST /api/v1/providers/{kind}/visit", 400),
    ("POST /api/v1/providers/{kind}/return", 400),
    ("GET /api/v1/identity", 200),
    ("DELETE /api/v1/identity", 204),
    ("POST /api/v1/identity/choose", 400),
    ("POST /api/v1/scans", 400),
    ("GET /api/v1/scans/{id}", 404),
    ("POST /api/v1/scans/{id}/take", 409),
    ("POST /api/v1/phone/scan", 400),
    ("POST /api/v1/phone/answer", 400),
    ("POST /api/v1/session/step/scan", 409),
    ("POST /api/v1/session/step/face", 409),
    ("GET /api/v1/session/step/face/{check}", 409),
    // The versions in force and that this browser has proved nothing.
    ("GET /api/v1/registration", 200),
    ("POST /api/v1/registration/email/code", 400),
    ("POST /api/v1/registration/email", 400),
    ("POST /api/v1/registration/phone/code", 400),
    ("POST /api/v1/registration", 400),
    ("GET /api/v1/legal/terms", 200),
    ("GET /api/v1/legal/privacy", 200),
    // There is no language of that name.
    ("GET /api/v1/help/{language}", 404),
    ("POST /api/v1/forgotten/code", 400),
    ("POST /api/v1/forgotten/accounts", 400),
    ("POST /api/v1/forgotten", 400),
    // No secret of a link stands in the path.
    ("GET /api/v1/verification/consents/{secret}", 404),
    ("POST /api/v1/verification/consents/{secret}/face", 404),
    (
        "GET /api/v1/verification/consents/{secret}/face/{check}",
        404,
    ),
    (
        "POST /api/v1/verification/consents/{secret}/acceptance",
        400,
    ),
    // The link in the letter is the proof.
    ("POST /api/v1/contacts/confirm", 400),
    ("POST /api/v1/lock", 400),
    ("POST /api/v1/unlock/code", 400),
    ("POST /api/v1/unlock/accounts", 400),
    ("POST /api/v1/unlock", 400),
];

#[tokio::test]
async fn every_endpoint_refuses_an_anonymous_caller_or_is_open_on_purpose() {
    let bench = Bench::sqlite().await;
    let mut refused = 0;
    for endpoint in endpoints::all() {
        let answer = bench.browser().call(endpoint, json!({})).await;
        let open = OPEN.iter().find(|(name, _)| *name == endpoint.to_string());
        match endpoint.who {
            Who::Owner | Who::User | Who::Operator => {
                assert_eq!(answer.status, 401, "{endpoint}");
                assert_eq!(answer.kind(), "sign_in_required", "{endpoint}");
                assert!(open.is_none(), "{endpoint} is not open");
                refused += 1;
            }
            Who::Anyone(why) => {
                assert!(!why.is_empty());
                let (_, status) = open.unwrap_or_else(|| panic!("{endpoint} is open by accident"));
                assert_eq!(answer.status, *status, "{endpoint}");
            }
            Who::Demo => assert!(endpoint.path.starts_with("/api/v1/demo/"), "{endpoint}"),
        }
    }
    assert!(refused > 0);
}

#[tokio::test]
async fn ops_1_whoever_is_no_operator_on_duty_reaches_nothing_of_the_desk() {
    let bench = Bench::sqlite().await;
    let (owner, _) = bench.signed_in("zhang@mail.example").await;
    let (operator, _) = bench.on_duty("li", &[Role::Reviewer], &[]).await;
    let mut as_operator = owner.clone();
    let token = owner.cookies["__Host-session"].clone();
    as_operator
        .cookies
        .insert("__Host-operator".to_owned(), token);
    bench.hire("half", &[Role::Reviewer], &[]).await;
    let mut half = bench.browser();
    half.gives_password("half", PASSWORD).await;
    for endpoint in endpoints::all() {
        match endpoint.who {
            Who::Operator => {
                for stranger in [&owner, &as_operator] {
                    let answer = stranger.clone().call(endpoint, json!({})).await;
                    assert_eq!(answer.status, 401, "{endpoint}");
                }
                let answer = half.clone().call(endpoint, json!({})).await;
                assert_eq!(answer.status, 403, "{endpoint} with a password alone");
            }
            Who::Owner | Who::User => {
                let answer = operator.clone().call(endpoint, json!({})).await;
                assert_eq!(answer.status, 401, "{endpoint} for an operator");
            }
            Who::Anyone(_) | Who::Demo => {}
        }
    }
}

#[tokio::test]
async fn a_made_up_session_is_nobody() {
    let bench = Bench::sqlite().await;
    let (signed_in, _) = bench.signed_in("zhang@mail.example").await;
    let real = &signed_in.cookies["__Host-session"];
    let mut almost = real.clone();
    almost.pop();
    for token in [
        "",
        "x",
        &almost,
        &real.to_uppercase(),
        &"a".repeat(4000),
        "' or 1=1 --",
    ] {
        let mut browser = bench.browser();
        browser
            .cookies
            .insert("__Host-session".to_owned(), token.to_owned());
        for endpoint in endpoints::all().filter(|e| matches!(e.who, Who::Owner | Who::User)) {
            let answer = browser.call(endpoint, json!({})).await;
            assert_eq!(answer.status, 401, "{endpoint} with {token:?}");
        }
    }
}
