//! WeChat, QQ, WeCom and Official Account as their own servers answer, errors with status 200 included.

use std::sync::Arc;

use domain::login_methods::LoginMethodKind;
use serde_json::{Value, json};
use server::outside::providers::{IdentityProvider, ProviderFailure, ProviderIdentity};
use wiremock::matchers::{body_json, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{BACK, finish, provider, start, verifier};

async fn service(kind: &str, more: &str) -> (MockServer, Arc<dyn IdentityProvider>) {
    let server = MockServer::start().await;
    let settings = format!(
        "[{kind}]\nclient_id = 'wx1'\nclient_secret = 'hush'\napi = '{}'\n{more}",
        server.uri()
    );
    (server, provider(&settings))
}

fn says(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

async fn answers(server: &MockServer, at: &str, answer: ResponseTemplate) {
    server.reset().await;
    Mock::given(path(at))
        .respond_with(answer)
        .mount(server)
        .await;
}

async fn who(provider: &dyn IdentityProvider) -> Result<ProviderIdentity, ProviderFailure> {
    finish(provider, "the code", &verifier("v")).await
}

fn parameters(url: &reqwest::Url) -> Vec<(String, String)> {
    url.query_pairs().into_owned().collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[tokio::test]
async fn reg_1_each_kind_has_its_own_page_to_say_yes_on() {
    for (kind, page, asked) in [
        (
            "wechat",
            "https://open.weixin.qq.com/connect/qrconnect#wechat_redirect",
            &[
                ("appid", "wx1"),
                ("redirect_uri", BACK),
                ("response_type", "code"),
                ("scope", "snsapi_login"),
                ("state", "the state"),
            ][..],
        ),
        (
            "official_account",
            "https://open.weixin.qq.com/connect/oauth2/authorize#wechat_redirect",
            &[
                ("appid", "wx1"),
                ("redirect_uri", BACK),
                ("response_type", "code"),
                ("scope", "snsapi_userinfo"),
                ("state", "the state"),
            ],
        ),
        (
            "qq",
            "https://graph.qq.com/oauth2.0/authorize",
            &[
                ("response_type", "code"),
                ("client_id", "wx1"),
                ("redirect_uri", BACK),
                ("state", "the state"),
                ("scope", "get_user_info"),
            ],
        ),
        (
            "wecom",
            "https://open.work.weixin.qq.com/wwopen/sso/3rd_qrConnect",
            &[
                ("appid", "wx1"),
                ("redirect_uri", BACK),
                ("state", "the state"),
                ("usertype", "member"),
            ],
        ),
    ] {
        let settings = format!("[{kind}]\nclient_id = 'wx1'\nclient_secret = 'hush'\n");
        let mut url = start(&*provider(&settings), &verifier("v")).await;
        assert_eq!(parameters(&url), pairs(asked));
        url.set_query(None);
        assert_eq!(url.as_str(), page);
    }
}

#[tokio::test]
async fn a_wechat_person_is_known_by_the_token_s_answer() {
    for kind in ["wechat", "official_account"] {
        let (server, provider) = service(kind, "").await;
        Mock::given(method("GET"))
            .and(path("/sns/oauth2/access_token"))
            .and(query_param("appid", "wx1"))
            .and(query_param("secret", "hush"))
            .and(query_param("code", "the code"))
            .and(query_param("grant_type", "authorization_code"))
            .respond_with(says(&json!({
                "access_token": "t", "expires_in": 7200, "openid": "o-1", "unionid": "u-1",
            })))
            .expect(1)
            .mount(&server)
            .await;
        Mock::given(path("/sns/userinfo"))
            .and(query_param("access_token", "t"))
            .and(query_param("openid", "o-1"))
            .respond_with(says(&json!({ "openid": "o-1", "nickname": "张三" })))
            .mount(&server)
            .await;
        let known = who(&*provider).await.unwrap();
        assert_eq!(known.subject, "o-1");
        assert_eq!(known.display_name.as_deref(), Some("张三"));
        assert!(!known.is_wecom_administrator);
    }
}

#[tokio::test]
async fn a_person_without_a_name_is_known_all_the_same_but_not_one_that_is_frozen() {
    let token = json!({ "access_token": "t", "openid": "o-1" });
    for (name, ends) in [
        (says(&json!({ "errcode": 48001 })), None),
        (ResponseTemplate::new(500), None),
        (
            says(&json!({ "errcode": 40226 })),
            Some(ProviderFailure::Frozen),
        ),
    ] {
        let (server, provider) = service("wechat", "").await;
        answers(&server, "/sns/oauth2/access_token", says(&token)).await;
        Mock::given(path("/sns/userinfo"))
            .respond_with(name)
            .mount(&server)
            .await;
        let known = who(&*provider).await;
        assert_eq!(known.as_ref().err().copied(), ends);
        assert!(known.is_err() || known.unwrap().subject == "o-1");
    }
}

#[tokio::test]
async fn one_identity_for_several_apps_is_the_union_id_or_nothing() {
    let (server, provider) = service("wechat", "union_id = true").await;
    let at = "/sns/oauth2/access_token";
    let with = json!({ "access_token": "t", "openid": "o-1", "unionid": "u-1" });
    answers(&server, at, says(&with)).await;
    assert_eq!(who(&*provider).await.unwrap().subject, "u-1");
    let without = json!({ "access_token": "t", "openid": "o-1", "unionid": "" });
    answers(&server, at, says(&without)).await;
    assert_eq!(who(&*provider).await, Err(ProviderFailure::Untrustworthy));
}

#[tokio::test]
async fn sgn_10_what_a_service_says_with_status_200_is_told_apart() {
    let (server, provider) = service("wechat", "").await;
    let at = "/sns/oauth2/access_token";
    for (number, failure) in [
        (40029, ProviderFailure::BadCode),
        (40163, ProviderFailure::BadCode),
        (-1, ProviderFailure::Unreachable),
        (45011, ProviderFailure::Unreachable),
        (40226, ProviderFailure::Frozen),
        (40125, ProviderFailure::Misconfigured),
        (99999, ProviderFailure::Misconfigured),
    ] {
        let body = json!({ "errcode": number, "errmsg": "so it is", "openid": "o-1" });
        answers(&server, at, says(&body)).await;
        assert_eq!(who(&*provider).await, Err(failure), "{number}");
    }
    let fine = json!({ "errcode": 0, "access_token": "t", "openid": "o-1" });
    answers(&server, at, says(&fine)).await;
    assert!(who(&*provider).await.is_ok());
}

#[tokio::test]
async fn answers_that_are_none_are_not_believed() {
    let (server, provider) = service("wechat", "").await;
    let at = "/sns/oauth2/access_token";
    let huge = json!({ "access_token": "t", "openid": "o-1", "more": "a".repeat(300_000) });
    let long = json!({ "access_token": "t", "openid": "o".repeat(256) });
    let elsewhere = ResponseTemplate::new(302).insert_header("location", "https://a.example/");
    for (answer, failure) in [
        (ResponseTemplate::new(200), ProviderFailure::Untrustworthy),
        (
            ResponseTemplate::new(200).set_body_string("<html>"),
            ProviderFailure::Untrustworthy,
        ),
        (says(&json!([])), ProviderFailure::Untrustworthy),
        (says(&json!({})), ProviderFailure::Untrustworthy),
        (
            says(&json!({ "access_token": "t", "openid": { "a": 1 } })),
            ProviderFailure::Untrustworthy,
        ),
        (says(&long), ProviderFailure::Untrustworthy),
        (says(&huge), ProviderFailure::Untrustworthy),
        (ResponseTemplate::new(404), ProviderFailure::Misconfigured),
        (elsewhere, ProviderFailure::Misconfigured),
        (ResponseTemplate::new(503), ProviderFailure::Unreachable),
        (ResponseTemplate::new(429), ProviderFailure::Unreachable),
    ] {
        answers(&server, at, answer).await;
        assert_eq!(who(&*provider).await, Err(failure));
    }
    drop(server);
    let nobody = "[qq]\nclient_id = 'a'\nclient_secret = 'b'\napi = 'http://127.0.0.1:1'\n";
    let away = who(&*super::provider(nobody)).await;
    assert_eq!(away, Err(ProviderFailure::Unreachable));
}

#[tokio::test]
async fn a_qq_person_is_known_by_a_second_question() {
    let (server, provider) = service("qq", "").await;
    assert_eq!(provider.kind(), LoginMethodKind::Qq);
    Mock::given(path("/oauth2.0/token"))
        .and(query_param("client_id", "wx1"))
        .and(query_param("client_secret", "hush"))
        .and(query_param("code", "the code"))
        .and(query_param("redirect_uri", BACK))
        .respond_with(says(
            &json!({ "access_token": "t", "expires_in": "7776000" }),
        ))
        .mount(&server)
        .await;
    Mock::given(path("/oauth2.0/me"))
        .and(query_param("access_token", "t"))
        .respond_with(
            // It wraps its answer even where it was asked not to.
            ResponseTemplate::new(200)
                .set_body_string("callback( {\"client_id\":\"wx1\",\"openid\":\"O1\"} );\n"),
        )
        .mount(&server)
        .await;
    Mock::given(path("/user/get_user_info"))
        .and(query_param("oauth_consumer_key", "wx1"))
        .and(query_param("openid", "O1"))
        .respond_with(says(&json!({ "ret": 0, "nickname": "王五" })))
        .mount(&server)
        .await;
    let known = who(&*provider).await.unwrap();
    assert_eq!(known.subject, "O1");
    assert_eq!(known.display_name.as_deref(), Some("王五"));
    for (error, failure) in [
        (json!({ "error": 100_019 }), ProviderFailure::BadCode),
        (json!({ "error": "100020" }), ProviderFailure::BadCode),
        (json!({ "error": 100_009 }), ProviderFailure::Misconfigured),
        (json!({ "error": "odd" }), ProviderFailure::Misconfigured),
    ] {
        answers(&server, "/oauth2.0/token", says(&error)).await;
        assert_eq!(who(&*provider).await, Err(failure), "{error}");
    }
}

fn login_info(user_kind: i64) -> Value {
    json!({
        "errcode": 0,
        "usertype": user_kind,
        "user_info": { "open_userid": "w-1", "name": "赵管理" },
        "corp_info": { "corpid": "ww1" },
    })
}

#[tokio::test]
async fn lgm_7_wecom_says_who_administers_the_organisation() {
    let (server, provider) = service("wecom", "").await;
    for (user_kind, administers) in [(1, true), (2, true), (3, true), (4, false), (5, false)] {
        answers(
            &server,
            "/cgi-bin/service/get_login_info",
            says(&login_info(user_kind)),
        )
        .await;
        Mock::given(method("POST"))
            .and(path("/cgi-bin/service/get_provider_token"))
            .and(body_json(
                json!({ "corpid": "wx1", "provider_secret": "hush" }),
            ))
            .respond_with(says(
                &json!({ "provider_access_token": "p", "expires_in": 7200 }),
            ))
            .mount(&server)
            .await;
        let known = who(&*provider).await.unwrap();
        assert_eq!(known.subject, "ww1:w-1");
        assert_eq!(known.is_wecom_administrator, administers, "{user_kind}");
    }
}

#[tokio::test]
async fn wecom_s_token_is_asked_for_once_and_again_when_it_is_too_old() {
    let (server, provider) = service("wecom", "").await;
    let token = |token: &str| {
        let answer = says(&json!({ "provider_access_token": token, "expires_in": 7200 }));
        Mock::given(path("/cgi-bin/service/get_provider_token")).respond_with(answer)
    };
    let info = |token: &str, body: &Value| {
        Mock::given(path("/cgi-bin/service/get_login_info"))
            .and(query_param("access_token", token))
            .and(body_json(json!({ "auth_code": "the code" })))
            .respond_with(says(body))
    };
    token("p1").expect(1).mount(&server).await;
    info("p1", &login_info(5)).expect(2).mount(&server).await;
    assert!(who(&*provider).await.is_ok());
    assert!(who(&*provider).await.is_ok());
    server.verify().await;
    server.reset().await;
    token("p2").expect(1).mount(&server).await;
    info("p1", &json!({ "errcode": 42001 }))
        .expect(1)
        .mount(&server)
        .await;
    info("p2", &login_info(5)).expect(1).mount(&server).await;
    assert!(who(&*provider).await.is_ok());
    server.verify().await;
    server.reset().await;
    token("p3").expect(1).mount(&server).await;
    for old in ["p2", "p3"] {
        info(old, &json!({ "errcode": 40014 }))
            .expect(1)
            .mount(&server)
            .await;
    }
    assert_eq!(who(&*provider).await, Err(ProviderFailure::Misconfigured));
}
