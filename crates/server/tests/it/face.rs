//! The face service's HTTP contract, as `docs/outside/face.md` writes it down.

use domain::verification::FaceCause;
use serde_json::json;
use server::outside::face::{
    FaceBegun, FaceCheck as _, FaceFailure, FaceOutcome, FaceService, FaceWish,
};
use wiremock::matchers::{body_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const WISH: FaceWish<'static> = FaceWish {
    reference: "check-1",
    name: "张三",
    document_number: "110101199003070000",
    return_to: "https://account.example/back",
};

async fn service() -> (MockServer, FaceService) {
    // The program does the same first thing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = MockServer::start().await;
    let face = FaceService::new(&format!("{}/v1/", server.uri()), "the token").unwrap();
    (server, face)
}

#[tokio::test]
async fn a_check_begins_with_name_and_number_and_a_reference() {
    let (server, face) = service().await;
    Mock::given(method("POST"))
        .and(path("/v1/checks"))
        .and(header("authorization", "Bearer the token"))
        .and(header("idempotency-key", "check-1"))
        .and(body_json(json!({
            "name": "张三",
            "document_number": "110101199003070000",
            "return_to": "https://account.example/back",
        })))
        .respond_with(
            ResponseTemplate::new(201)
                .set_body_json(json!({ "id": "a/b", "url": "https://face.example/c" })),
        )
        .mount(&server)
        .await;
    let begun = face.begin(&WISH).await;
    let expected = FaceBegun {
        id: "a/b".to_owned(),
        url: "https://face.example/c".to_owned(),
    };
    assert_eq!(begun, Ok(expected));
}

#[tokio::test]
async fn ver_7_a_check_stands_as_the_service_says() {
    let (server, face) = service().await;
    let failed = |causes: &[FaceCause]| FaceOutcome::Failed {
        causes: causes.to_vec(),
    };
    let all = json!({ "state": "failed", "causes":
        ["covered", "differs_from_photo", "wrong_name_or_id", "not_fully_in_frame"] });
    for (answer, outcome) in [
        (json!({ "state": "pending" }), FaceOutcome::Pending),
        (json!({ "state": "passed" }), FaceOutcome::Passed),
        (json!({ "state": "expired" }), FaceOutcome::Expired),
        (json!({ "state": "failed" }), failed(&[])),
        (all, failed(&FaceCause::ALL)),
    ] {
        server.reset().await;
        Mock::given(method("GET"))
            // An id is one piece of the path, whatever is in it.
            .and(path("/v1/checks/a%2Fb"))
            .and(header("authorization", "Bearer the token"))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .mount(&server)
            .await;
        assert_eq!(face.result("a/b").await, Ok(outcome));
    }
}

#[tokio::test]
async fn a_service_that_is_away_or_answers_nonsense_passes_nobody() {
    let (server, face) = service().await;
    for (answer, failure) in [
        (ResponseTemplate::new(500), FaceFailure::Unreachable),
        (ResponseTemplate::new(429), FaceFailure::Unreachable),
        (ResponseTemplate::new(401), FaceFailure::Misconfigured),
        (ResponseTemplate::new(200), FaceFailure::Misconfigured),
        (
            ResponseTemplate::new(401).set_body_json(json!({ "state": "passed" })),
            FaceFailure::Misconfigured,
        ),
        (
            ResponseTemplate::new(200).set_body_json(json!({ "state": "sure" })),
            FaceFailure::Misconfigured,
        ),
        (
            ResponseTemplate::new(200)
                .set_body_json(json!({ "id": "", "url": "https://face.example" })),
            FaceFailure::Misconfigured,
        ),
        (
            ResponseTemplate::new(200)
                .set_body_json(json!({ "id": "a", "url": "javascript:alert(1)" })),
            FaceFailure::Misconfigured,
        ),
    ] {
        server.reset().await;
        Mock::given(wiremock::matchers::any())
            .respond_with(answer)
            .mount(&server)
            .await;
        assert_eq!(face.begin(&WISH).await, Err(failure));
        assert_eq!(face.result("a").await, Err(failure));
    }
    server.reset().await;
    assert_eq!(face.result("a").await, Ok(FaceOutcome::Expired), "404");
    let away = FaceService::new("http://127.0.0.1:1", "x").unwrap();
    assert_eq!(away.begin(&WISH).await, Err(FaceFailure::Unreachable));
    assert!(FaceService::new("http://face.example", "x").is_err());
    assert!(FaceService::new("https://face.example", "x\n").is_err());
}
