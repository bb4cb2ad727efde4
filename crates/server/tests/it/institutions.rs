//! The HTTP contracts of register, bank, Official Accounts and real names, as `docs/outside` writes them down.

use domain::identity::{
    CorporateAccount, EnterpriseCode, EnterpriseName, Fen, IdDocument, IdDocumentKind, PersonName,
    TransferAmount,
};
use domain::login_methods::{LoginIdentity, LoginMethodKind};
use domain::time::{Date, Timestamp};
use domain::verification::{PaymentRoute, RecheckFinding, RegisterAnswer};
use serde_json::json;
use server::outside::bank::{
    Bank as _, BankService, ExpectedPayment, Payee, Payment, TransferOrder, TransferStanding,
};
use server::outside::official::{
    OfficialAccounts as _, OfficialService, PermissionBegun, PermissionOutcome, PermissionWish,
};
use server::outside::real_name::{
    RealNameAnswer, RealNameQuestion, RealNameService, RealNames as _,
};
use server::outside::registry::{
    Recorded, RegisterQuestion, Registry as _, RegistryService, ServiceFailure, Standing,
};
use wiremock::matchers::{any, body_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn server() -> MockServer {
    // The program does the same first thing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    MockServer::start().await
}

async fn answer(server: &MockServer, status: u16, body: serde_json::Value) {
    server.reset().await;
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(any()).respond_with(answer).mount(server).await;
}

#[tokio::test]
async fn ent_9_the_register_is_asked_about_name_code_and_representative() {
    let server = server().await;
    let registry = RegistryService::new(&format!("{}/v1/", server.uri()), "the token").unwrap();
    let name = EnterpriseName::parse("晴空科技有限公司").unwrap();
    let code = EnterpriseCode::parse("91110108MA01ABC25F").unwrap();
    let person = PersonName::parse("张三").unwrap();
    let question = RegisterQuestion {
        name: &name,
        code: &code,
        legal_representative: Some(&person),
    };
    Mock::given(method("POST"))
        .and(path("/v1/look-up"))
        .and(header("authorization", "Bearer the token"))
        .and(body_json(json!({
            "name": "晴空科技有限公司",
            "code": "91110108MA01ABC25F",
            "legal_representative": "张三",
        })))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({ "answer": "matches", "represents": true })),
        )
        .mount(&server)
        .await;
    let recorded = registry.look_up(&question).await;
    assert_eq!(recorded, Ok(Recorded::sound(Some(true))));
    let dissolved = json!({ "answer": "matches", "represents": false, "standing": "dissolved" });
    answer(&server, 200, dissolved).await;
    let recorded = registry.look_up(&question).await.unwrap();
    assert_eq!(recorded.standing, Standing::Dissolved);
    assert_eq!(recorded.represents, Some(false));
    assert_eq!(recorded.finding(), Some(RecheckFinding::Dissolved));
    answer(&server, 200, json!({ "answer": "not_recorded" })).await;
    let recorded = registry.look_up(&question).await.unwrap();
    assert_eq!(recorded.answer, RegisterAnswer::NotRecorded);
    for (status, body, failure) in [
        (503, json!({}), ServiceFailure::Unreachable),
        (
            401,
            json!({ "answer": "matches" }),
            ServiceFailure::Misconfigured,
        ),
        (404, json!({}), ServiceFailure::Misconfigured),
        (
            200,
            json!({ "answer": "sure" }),
            ServiceFailure::Misconfigured,
        ),
        // Who was asked about a person says something about them.
        (
            200,
            json!({ "answer": "matches" }),
            ServiceFailure::Misconfigured,
        ),
    ] {
        answer(&server, status, body).await;
        assert_eq!(registry.look_up(&question).await, Err(failure), "{status}");
    }
    assert!(RegistryService::new("http://registry.example", "x").is_err());
    assert!(RegistryService::new("https://registry.example", "x\n").is_err());
}

#[tokio::test]
async fn ent_7_the_bank_is_told_a_transfer_and_asked_how_it_stands() {
    let server = server().await;
    let bank = BankService::new(&server.uri(), "the token").unwrap();
    let number = CorporateAccount::parse("010203040506070809").unwrap();
    let order = TransferOrder {
        reference: "ref-1",
        amount: TransferAmount::parse("0.29").unwrap(),
        account_name: "晴空科技有限公司",
        account_number: &number,
        bank: "示例银行北京分行",
    };
    Mock::given(method("PUT"))
        .and(path("/transfers/ref-1"))
        .and(header("idempotency-key", "ref-1"))
        .and(body_json(json!({
            "amount_fen": 29,
            "account_name": "晴空科技有限公司",
            "account_number": "010203040506070809",
            "bank": "示例银行北京分行",
        })))
        .respond_with(ResponseTemplate::new(202).set_body_json(json!({})))
        .mount(&server)
        .await;
    assert_eq!(bank.send(&order).await, Ok(()));
    let at = Timestamp::from_millis(1_790_000_000_000);
    for (body, standing) in [
        (json!({ "state": "on_its_way" }), TransferStanding::OnItsWay),
        (
            json!({ "state": "arrived", "at": 1_790_000_000_000_i64 }),
            TransferStanding::Arrived { at },
        ),
        (
            json!({ "state": "sent_back", "at": 1_790_000_000_000_i64 }),
            TransferStanding::SentBack { at },
        ),
    ] {
        answer(&server, 200, body).await;
        assert_eq!(bank.transfer("ref-1").await, Ok(standing));
    }
    answer(&server, 404, json!({})).await;
    assert_eq!(bank.transfer("ref-1").await, Ok(TransferStanding::Unknown));
    assert_eq!(bank.send(&order).await, Err(ServiceFailure::Misconfigured));
    answer(&server, 500, json!({})).await;
    assert_eq!(bank.send(&order).await, Err(ServiceFailure::Unreachable));
}

#[tokio::test]
async fn ent_8_the_bank_waits_for_a_payment_and_tells_what_came() {
    let server = server().await;
    let bank = BankService::new(&server.uri(), "the token").unwrap();
    let expected = ExpectedPayment {
        reference: "ref-2",
        amount: TransferAmount::parse("0.37").unwrap(),
        payer_name: "晴空科技有限公司",
    };
    let payee = json!({ "name": "云", "number": "1", "bank": "示例银行", "purpose": "A7" });
    Mock::given(method("PUT"))
        .and(path("/expected/ref-2"))
        .and(body_json(
            json!({ "amount_fen": 37, "payer_name": "晴空科技有限公司" }),
        ))
        .respond_with(ResponseTemplate::new(200).set_body_json(payee))
        .mount(&server)
        .await;
    let told = bank.expect(&expected).await.unwrap();
    let wanted = Payee {
        name: "云".to_owned(),
        number: "1".to_owned(),
        bank: "示例银行".to_owned(),
        purpose: Some("A7".to_owned()),
    };
    assert_eq!(told, wanted);
    let came = json!({ "payments": [{
        "id": "p-1", "amount": 37, "route": "cheque", "payer_name": "晴空科技有限公司",
        "at": 1_790_000_000_000_i64, "confirmed": false,
    }] });
    answer(&server, 200, came).await;
    let payments = bank.payments("ref-2").await.unwrap().unwrap();
    let wanted = Payment {
        id: "p-1".to_owned(),
        amount: Fen::new(37),
        route: PaymentRoute::Cheque,
        payer_name: "晴空科技有限公司".to_owned(),
        at: Timestamp::from_millis(1_790_000_000_000),
        confirmed: false,
    };
    assert_eq!(payments, [wanted]);
    answer(&server, 404, json!({})).await;
    assert_eq!(bank.payments("ref-2").await, Ok(None));
}

#[tokio::test]
async fn ent_12_a_permission_is_asked_for_looked_at_and_given_back() {
    let server = server().await;
    let official = OfficialService::new(&server.uri(), "the token").unwrap();
    let wish = PermissionWish {
        reference: "ref-3",
        enterprise: "晴空科技有限公司",
        return_to: "https://account.example/back",
    };
    let begun = json!({ "id": "a/b", "url": "https://wechat.example/ask" });
    Mock::given(method("POST"))
        .and(path("/permissions"))
        .and(header("idempotency-key", "ref-3"))
        .and(body_json(json!({
            "enterprise": "晴空科技有限公司",
            "return_to": "https://account.example/back",
        })))
        .respond_with(ResponseTemplate::new(201).set_body_json(begun))
        .mount(&server)
        .await;
    let wanted = PermissionBegun {
        id: "a/b".to_owned(),
        url: "https://wechat.example/ask".to_owned(),
    };
    assert_eq!(official.begin(&wish).await, Ok(wanted));
    let bad = json!({ "id": "a", "url": "javascript:alert(1)" });
    answer(&server, 200, bad).await;
    assert_eq!(
        official.begin(&wish).await,
        Err(ServiceFailure::Misconfigured)
    );
    let given = PermissionOutcome::Given {
        enterprise: "晴空科技有限公司".to_owned(),
        code: Some("91110108MA01ABC25F".to_owned()),
    };
    for (body, outcome) in [
        (json!({ "state": "pending" }), PermissionOutcome::Pending),
        (json!({ "state": "refused" }), PermissionOutcome::Refused),
        (json!({ "state": "expired" }), PermissionOutcome::Expired),
        (
            json!({ "state": "given", "enterprise": "晴空科技有限公司", "code": "91110108MA01ABC25F" }),
            given,
        ),
    ] {
        answer(&server, 200, body).await;
        assert_eq!(official.result("a/b").await, Ok(outcome));
    }
    answer(&server, 404, json!({})).await;
    assert_eq!(official.result("a/b").await, Ok(PermissionOutcome::Expired));
    assert_eq!(official.withdraw("a/b").await, Ok(()));
}

#[tokio::test]
async fn ver_3_ver_5_the_real_name_service_is_asked_about_identity_name_and_document() {
    let server = server().await;
    let service = RealNameService::new(&server.uri(), "the token").unwrap();
    let identity = LoginIdentity::new(LoginMethodKind::Wechat, "the openid");
    let name = PersonName::parse("陈大文").unwrap();
    let document = IdDocument::parse(IdDocumentKind::HkMacauPermit, "H12345678").unwrap();
    let question = RealNameQuestion {
        identity: &identity,
        name: &name,
        document: &document,
    };
    Mock::given(method("POST"))
        .and(path("/compare"))
        .and(header("authorization", "Bearer the token"))
        .and(body_json(json!({
            "service": "wechat",
            "subject": "the openid",
            "name": "陈大文",
            "document": { "kind": "hk_macau_permit", "number": "H12345678" },
        })))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({ "result": "matches", "birth_date": "1990-03-07" })),
        )
        .mount(&server)
        .await;
    let born = Date::from_ymd(1990, 3, 7);
    let matches = RealNameAnswer::Matches { born };
    assert_eq!(service.compare(&question).await, Ok(matches));
    for (result, expected) in [
        ("another_person", RealNameAnswer::AnotherPerson),
        ("unverified", RealNameAnswer::Unverified),
        ("name_or_number_wrong", RealNameAnswer::NameOrNumberWrong),
    ] {
        answer(&server, 200, json!({ "result": result })).await;
        assert_eq!(service.compare(&question).await, Ok(expected));
    }
    for (status, body, failure) in [
        (503, json!({}), ServiceFailure::Unreachable),
        (401, json!({}), ServiceFailure::Misconfigured),
        (
            200,
            json!({ "result": "sure" }),
            ServiceFailure::Misconfigured,
        ),
        // A permit's number does not tell the birth date, so the answer has to (VER-4).
        (
            200,
            json!({ "result": "matches" }),
            ServiceFailure::Misconfigured,
        ),
    ] {
        answer(&server, status, body).await;
        assert_eq!(service.compare(&question).await, Err(failure), "{status}");
    }
}
