//! The platform's HTTP contract, as `docs/outside/platform.yaml` writes it down.

use domain::account::AccountId;
use domain::deregistration::RemainKind;
use domain::identity::{DomainName, Fen, IcpFiling, ServerIp};
use serde_json::json;
use server::outside::platform::{
    Asset, HandOver, Handed, Holding, NoPlatform, Platform as _, PlatformFailure, PlatformService,
};
use wiremock::matchers::{body_json, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn service() -> (MockServer, PlatformService) {
    // The program does the same first thing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = MockServer::start().await;
    let platform = PlatformService::new(&format!("{}/v1/", server.uri()), "the token").unwrap();
    (server, platform)
}

fn account() -> AccountId {
    AccountId::from_serial(1).unwrap()
}

#[tokio::test]
async fn chg_3_an_account_s_debts_are_what_the_platform_says() {
    let (server, platform) = service().await;
    let answer = json!({
        "arrears": 1250, "advance": 1, "unpaid_bills": 1,
        "products": [{ "product": "server", "opened_at": 1_790_000_000_000_i64, "resources": 3 }],
        "remains": [{ "kind": "other_resource", "count": 3 }],
        "filings": ["京ICP备12345678号"], "domains": ["demo.example"],
        "pay_at": "https://platform.example/bills", "something": "newer",
    });
    Mock::given(method("GET"))
        .and(path(format!("/v1/accounts/{}", account())))
        .and(header("authorization", "Bearer the token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(&server)
        .await;
    let holding = platform.account(account()).await.unwrap();
    assert!(holding.has_arrears() && holding.has_advance());
    assert_eq!(holding.arrears, Fen::new(1250));
    assert_eq!(holding.balance, Fen::ZERO);
    assert_eq!(holding.remains[0].kind, RemainKind::OtherResource);
    assert_eq!(holding.products[0].resources, 3);
    assert_eq!(
        holding.pay_at.as_deref(),
        Some("https://platform.example/bills")
    );
}

#[tokio::test]
async fn an_account_that_the_platform_does_not_know_owes_nothing_and_silence_is_no_answer() {
    for (status, expected) in [
        (404, Ok(Holding::default())),
        (503, Err(PlatformFailure::Unreachable)),
        (429, Err(PlatformFailure::Unreachable)),
        (401, Err(PlatformFailure::Misconfigured)),
        (200, Err(PlatformFailure::Misconfigured)),
    ] {
        let (server, platform) = service().await;
        let answer = ResponseTemplate::new(status).set_body_string("no json");
        Mock::given(method("GET"))
            .respond_with(answer)
            .mount(&server)
            .await;
        assert_eq!(platform.account(account()).await, expected, "{status}");
    }
    assert_eq!(NoPlatform.account(account()).await, Ok(Holding::default()));
}

#[tokio::test]
async fn prj_5_projects_come_with_resources_and_spending() {
    let (server, platform) = service().await;
    let answer = json!({ "projects": [{
        "project": "7",
        "products": [{ "product": "server", "resources": 2 }],
        "spending": [{ "month": "2026-10-01", "amount": 12_000 }],
    }] });
    Mock::given(method("GET"))
        .and(path(format!("/v1/accounts/{}/projects", account())))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(&server)
        .await;
    let projects = platform.projects(account()).await.unwrap();
    assert_eq!(projects[0].products[0].resources, 2);
    assert_eq!(projects[0].spending[0].amount, Fen::new(12_000));
}

#[tokio::test]
async fn fnd_4_owners_are_asked_for_by_domain_address_or_filing() {
    let (server, platform) = service().await;
    for (name, value, asset) in [
        (
            "domain",
            "demo.example",
            Asset::Domain(DomainName::parse("Demo.Example").unwrap()),
        ),
        (
            "server_ip",
            "8.8.8.8",
            Asset::ServerIp(ServerIp::parse("8.8.8.8").unwrap()),
        ),
        (
            "icp_filing",
            "京ICP备12345678号",
            Asset::IcpFiling(IcpFiling::parse("京ICP备12345678号-1").unwrap()),
        ),
    ] {
        let answer = json!({ "accounts": [account().to_string()] });
        Mock::given(method("GET"))
            .and(path("/v1/owners"))
            .and(query_param(name, value))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .mount(&server)
            .await;
        assert_eq!(platform.owners(&asset).await, Ok(vec![account()]), "{name}");
    }
}

#[tokio::test]
async fn acc_9_a_filing_is_handed_over_under_one_reference() {
    let order = HandOver {
        reference: "move-1".to_owned(),
        asset: Asset::IcpFiling(IcpFiling::parse("京ICP备12345678号").unwrap()),
        from: account(),
        to: AccountId::from_serial(2).unwrap(),
    };
    for (status, expected) in [
        (204, Ok(Handed::Moved)),
        (409, Ok(Handed::NotTheirs)),
        (503, Err(PlatformFailure::Unreachable)),
        (400, Err(PlatformFailure::Misconfigured)),
    ] {
        let (server, platform) = service().await;
        Mock::given(method("POST"))
            .and(path("/v1/handovers"))
            .and(header("idempotency-key", "move-1"))
            .and(body_json(json!({
                "icp_filing": "京ICP备12345678号",
                "from": order.from.to_string(),
                "to": order.to.to_string(),
            })))
            .respond_with(ResponseTemplate::new(status))
            .mount(&server)
            .await;
        assert_eq!(platform.hand_over(&order).await, expected, "{status}");
    }
}

#[test]
fn only_an_address_that_nobody_reads_along_is_a_setting() {
    for (url, is_fine) in [
        ("https://platform.example/v1", true),
        ("http://127.0.0.1:1", true),
        ("http://platform.example", false),
        ("platform", false),
    ] {
        assert_eq!(PlatformService::new(url, "token").is_ok(), is_fine, "{url}");
    }
    assert!(PlatformService::new("https://platform.example", "line\nbreak").is_err());
}
