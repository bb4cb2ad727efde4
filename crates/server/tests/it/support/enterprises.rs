//! Verifying an enterprise in a test: the form, and whoever answers outside.

use contract::endpoints::{
    DEMO_ANSWER_OFFICIAL, DEMO_BANK, DEMO_PLAY_BANK, DEMO_SET_REGISTER, LOOK_AFTER_ENTERPRISE,
    START_ENTERPRISE,
};
use contract::enterprise::{DemoBank, EnterpriseVerification};
use serde_json::{Value, json};

use super::{Answer, Browser, files};

/// The code of [`company`].
pub(crate) const CODE: &str = "91110108MA01ABC25F";

/// The form of a company, filled in for a method.
pub(crate) fn company(method: &str) -> Value {
    let transfer = (method == "bank_transfer").then(bank_details);
    json!({
        "form": {
            "kind": "company",
            "name": "晴空（示例）科技有限公司",
            "code": CODE,
            "issued": "2026-09-18",
            "representative_name": "张三",
            "representative_document": "resident_id",
            "representative_number": "110101199003070011",
            "transfer": transfer,
        },
        "method": method,
        "give_up_running": false,
    })
}

pub(crate) fn bank_details() -> Value {
    json!({
        "account": "0200 0000 0000 0020 265",
        "bank": "示例银行北京分行",
        "handler_name": "李四",
        "handler_number": "110101199003070038",
    })
}

/// Begins; how everything stands then.
pub(crate) async fn start(browser: &mut Browser, wish: Value) -> EnterpriseVerification {
    let answer = browser.call(&START_ENTERPRISE, wish).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Has the server ask; how everything stands then.
pub(crate) async fn look(browser: &mut Browser) -> EnterpriseVerification {
    let answer = browser.call(&LOOK_AFTER_ENTERPRISE, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Answers for the administrator of the Official Account whose page has this address.
pub(crate) async fn permit(browser: &mut Browser, address: &str, answer: &str) {
    let (_, query) = address
        .split_once("/demo/official-account?permission=")
        .unwrap();
    let (permission, _) = query.split_once('&').unwrap();
    let body = json!({ "permission": permission, "answer": answer });
    let played = browser.call(&DEMO_ANSWER_OFFICIAL, body).await;
    assert_eq!(played.json::<Value>()["was_waiting"], true);
}

/// The book of the demo's bank.
pub(crate) async fn book(browser: &mut Browser) -> DemoBank {
    browser.call(&DEMO_BANK, Value::Null).await.json()
}

pub(crate) async fn play(browser: &mut Browser, body: Value) -> Answer {
    let answer = browser.call(&DEMO_PLAY_BANK, body).await;
    assert_eq!(answer.json::<Value>()["was_waiting"], true);
    answer
}

/// The newest transfer arrives; its sum as one types it.
pub(crate) async fn arrive(browser: &mut Browser) -> String {
    let newest = book(browser).await.transfers.remove(0);
    play(
        browser,
        json!({ "play": "arrive", "reference": newest.reference }),
    )
    .await;
    newest.amount.fen().to_string()
}

/// A screenshot of the receipt waits to be handed in (ENT-19).
pub(crate) async fn upload_receipt(browser: &mut Browser) {
    let path = "/api/v1/documents?purpose=amount_dispute&item=receipt";
    let file = files::jpeg(20, 20).into();
    let answer = browser.send("POST", path, file).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// Another sum than this one.
pub(crate) fn other_than(sum: &str) -> &'static str {
    if sum == "0.01" { "0.02" } else { "0.01" }
}

/// What the demo's register says of [`CODE`] from now on.
pub(crate) async fn register_says(browser: &mut Browser, says: &str) {
    let body = json!({ "code": CODE, "says": says });
    let answer = browser.call(&DEMO_SET_REGISTER, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}
