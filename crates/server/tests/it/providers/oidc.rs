//! A provider that speaks OpenID Connect, against a real server of that sort.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

use server::outside::providers::{
    CameBack, IdentityProvider, ProviderFailure, ProviderIdentity, Verifier,
};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{finish, provider, start, verifier};

/// Where `cargo xtask test` put the server's package.
const PACKAGE: &str = "TEST_OIDC_SERVER";

/// The server; it ends with this value.
struct Oidc {
    process: Child,
    orders: ChildStdin,
    words: Lines<BufReader<ChildStdout>>,
    issuer: String,
}

impl Oidc {
    /// Starts one; without the package, says so and skips the test, but never where the set-up has run.
    fn start() -> Option<Self> {
        let Ok(package) = std::env::var(PACKAGE) else {
            assert!(
                std::env::var_os("CI").is_none(),
                "{PACKAGE} must be set where everything is tested"
            );
            eprintln!(
                "SKIPPED with OpenID Connect: {PACKAGE} is not set (cargo xtask test sets it)"
            );
            return None;
        };
        let script = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/it/providers/oidc-server.mjs"
        );
        let mut process = Command::new("node")
            .args([script, &package])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let orders = process.stdin.take().unwrap();
        let mut words = BufReader::new(process.stdout.take().unwrap()).lines();
        let issuer = words.next().unwrap().unwrap();
        Some(Self {
            process,
            orders,
            words,
            issuer,
        })
    }

    fn take_a_new_key(&mut self) {
        self.orders.write_all(b"\n").unwrap();
        assert_eq!(self.words.next().unwrap().unwrap(), "a new key");
    }

    fn provider(&self, client_id: &str) -> Arc<dyn IdentityProvider> {
        provider(&format!(
            "[wecom]\nissuer = '{}'\nclient_id = '{client_id}'\nclient_secret = 'hush'\n\
             administrator_claim = 'is_administrator'\n",
            self.issuer
        ))
    }
}

impl Drop for Oidc {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// What the browser brings back from the provider's page.
async fn come_back(provider: &dyn IdentityProvider, verifier: &Verifier) -> CameBack {
    let url = start(provider, verifier).await;
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let answer = browser.get(url).send().await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let location: reqwest::Url = location.parse().unwrap();
    CameBack::read(location.query().unwrap())
}

async fn walk(provider: &dyn IdentityProvider) -> Result<ProviderIdentity, ProviderFailure> {
    let verifier = verifier("mine");
    let back = come_back(provider, &verifier).await;
    assert_eq!(back.state.as_deref(), Some("the state"));
    finish(provider, &back.code.unwrap(), &verifier).await
}

#[tokio::test]
async fn reg_1_an_openid_connect_provider_can_stand_for_a_kind() {
    let Some(oidc) = Oidc::start() else { return };
    let known = walk(&*oidc.provider("good")).await.unwrap();
    assert_eq!(known.subject, "johndoe");
    assert_eq!(known.display_name.as_deref(), Some("测试者"));
    assert!(known.is_wecom_administrator);
    let settings = format!(
        "[wechat]\nissuer = '{}'\nclient_id = 'good'\nclient_secret = 'hush'\n",
        oidc.issuer
    );
    let known = walk(&*provider(&settings)).await.unwrap();
    assert!(!known.is_wecom_administrator, "nobody administers a WeChat");
}

#[tokio::test]
async fn v_27_a_code_is_good_for_the_trip_it_was_given_on() {
    let Some(oidc) = Oidc::start() else { return };
    let provider = oidc.provider("good");
    let (mine, theirs) = (verifier("mine"), verifier("theirs"));
    let code = come_back(&*provider, &theirs).await.code.unwrap();
    // The server takes a wrong verifier for a request that is none.
    let stolen = finish(&*provider, &code, &mine).await;
    assert_eq!(stolen, Err(ProviderFailure::Misconfigured));
    let burnt = finish(&*provider, &code, &theirs).await;
    assert_eq!(burnt, Err(ProviderFailure::Misconfigured), "used up");
    let code = come_back(&*provider, &theirs).await.code.unwrap();
    assert!(finish(&*provider, &code, &theirs).await.is_ok());
}

#[tokio::test]
async fn a_token_that_is_wrong_in_any_way_proves_nobody() {
    let Some(oidc) = Oidc::start() else { return };
    for wrong in [
        "wrong-nonce",
        "no-nonce",
        "wrong-audience",
        "second-audience",
        "wrong-issuer",
        "expired",
        "wrong-signature",
        "other-payload",
        "unsigned",
        "shared-secret",
        "no-token",
        "garbage",
        "huge",
    ] {
        let refused = walk(&*oidc.provider(wrong)).await;
        assert_eq!(refused, Err(ProviderFailure::Untrustworthy), "{wrong}");
    }
    for (answer, failure) in [
        ("refused", ProviderFailure::BadCode),
        ("declined", ProviderFailure::Declined),
        ("unknown-client", ProviderFailure::Misconfigured),
        ("out-of-order", ProviderFailure::Unreachable),
    ] {
        let refused = walk(&*oidc.provider(answer)).await;
        assert_eq!(refused, Err(failure), "{answer}");
    }
}

#[tokio::test]
async fn a_key_that_is_newer_than_what_is_kept_is_looked_for() {
    let Some(mut oidc) = Oidc::start() else {
        return;
    };
    let provider = oidc.provider("good");
    assert!(walk(&*provider).await.is_ok());
    oidc.take_a_new_key();
    // The server takes its keys in turn.
    for _ in 0..4 {
        assert!(walk(&*provider).await.is_ok());
    }
}

#[tokio::test]
async fn a_provider_that_does_not_describe_itself_well_is_not_asked_for_anybody() {
    let server = MockServer::start().await;
    let settings = format!(
        "[qq]\nissuer = '{}'\nclient_id = 'a'\nclient_secret = 'b'\n",
        server.uri()
    );
    let described = |issuer: &str, token: &str| {
        ResponseTemplate::new(200).set_body_json(serde_json::json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": token,
            "jwks_uri": format!("{}/keys", server.uri()),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }))
    };
    let token = format!("{}/token", server.uri());
    for (answer, failure) in [
        (
            described("https://another.example", &token),
            ProviderFailure::Untrustworthy,
        ),
        (
            described(&server.uri(), "http://another.example/token"),
            ProviderFailure::Misconfigured,
        ),
        (
            ResponseTemplate::new(200).set_body_raw("{}", "application/json"),
            ProviderFailure::Untrustworthy,
        ),
        (ResponseTemplate::new(404), ProviderFailure::Misconfigured),
        (ResponseTemplate::new(500), ProviderFailure::Unreachable),
    ] {
        server.reset().await;
        Mock::given(path("/.well-known/openid-configuration"))
            .respond_with(answer)
            .mount(&server)
            .await;
        let keys = ResponseTemplate::new(200).set_body_json(serde_json::json!({ "keys": [] }));
        Mock::given(path("/keys"))
            .respond_with(keys)
            .mount(&server)
            .await;
        let refused = finish(&*provider(&settings), "a", &verifier("v")).await;
        assert_eq!(refused, Err(failure));
    }
}
