//! Storage that speaks S3, played by a server of a few lines that checks what arrives.

use bytes::Bytes;
use server::outside::documents::{DocumentStorage as _, S3, S3Settings, StorageFailure};
use wiremock::matchers::{method, path, query_param, query_param_contains};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn settings(endpoint: &str) -> S3Settings<'_> {
    S3Settings {
        endpoint,
        region: "eu-west-1",
        bucket: "proofs",
        bucket_in_host: false,
        key_id: "AKIDEXAMPLE",
        secret: "a secret of the test",
    }
}

async fn store() -> (MockServer, S3) {
    // The program does the same first thing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = MockServer::start().await;
    let store = S3::new(&settings(&server.uri())).unwrap();
    (server, store)
}

/// A request for the object that is signed as the service wants it.
fn signed(verb: &str) -> wiremock::MockBuilder {
    Mock::given(method(verb))
        .and(path("/proofs/00ff"))
        .and(query_param("X-Amz-Algorithm", "AWS4-HMAC-SHA256"))
        .and(query_param_contains("X-Amz-Credential", "AKIDEXAMPLE/"))
        .and(query_param_contains(
            "X-Amz-Credential",
            "/eu-west-1/s3/aws4_request",
        ))
        .and(query_param_contains("X-Amz-Signature", ""))
}

#[tokio::test]
async fn chg_13_a_bucket_is_put_got_and_deleted_with_signed_requests() {
    let (server, store) = store().await;
    let put = signed("PUT").respond_with(ResponseTemplate::new(200));
    put.expect(1).mount(&server).await;
    let got = ResponseTemplate::new(200).set_body_bytes("sealed");
    signed("GET")
        .respond_with(got)
        .expect(1)
        .mount(&server)
        .await;
    let deleted = signed("DELETE").respond_with(ResponseTemplate::new(204));
    deleted.expect(1).mount(&server).await;
    store
        .put("00ff", Bytes::from_static(b"sealed"))
        .await
        .unwrap();
    assert_eq!(store.get("00ff").await.unwrap(), "sealed");
    store.delete("00ff").await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[0].body, b"sealed");
    assert!(
        requests
            .iter()
            .all(|request| !request.url.as_str().contains("secret"))
    );
}

#[tokio::test]
async fn what_the_bucket_answers_is_told_apart() {
    let (server, store) = store().await;
    let answers = [
        (404, "missing"),
        (403, "refused"),
        (500, "away"),
        (503, "away"),
        (307, "refused"),
    ];
    for (status, wanted) in answers {
        server.reset().await;
        let answer = ResponseTemplate::new(status).insert_header("location", "https://x.example");
        signed("GET")
            .respond_with(answer.clone())
            .mount(&server)
            .await;
        signed("DELETE").respond_with(answer).mount(&server).await;
        let failure = store.get("00ff").await.unwrap_err();
        let named = match &failure {
            StorageFailure::Missing => "missing",
            StorageFailure::Refused(_) => "refused",
            StorageFailure::Away(_) => "away",
            StorageFailure::Name => "name",
        };
        assert_eq!(named, wanted, "{status}");
        assert!(!failure.to_string().contains("Signature"));
        // What is not there is as good as deleted.
        assert_eq!(
            store.delete("00ff").await.is_ok(),
            status == 404,
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_bucket_that_nobody_answers_for_is_away() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let store = S3::new(&settings(&address)).unwrap();
    let failure = store.get("00ff").await.unwrap_err();
    assert!(matches!(failure, StorageFailure::Away(_)));
    assert!(matches!(
        store.get("../other").await,
        Err(StorageFailure::Name)
    ));
}

#[test]
fn a_bucket_is_reached_by_https_only() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    for address in ["http://s3.example", "ftp://s3.example", "s3.example", ""] {
        assert!(S3::new(&settings(address)).is_err(), "{address}");
    }
    assert!(S3::new(&settings("https://s3.example")).is_ok());
}
