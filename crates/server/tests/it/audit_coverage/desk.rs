//! The same for the operators' desk.

use contract::endpoints::Endpoint;
use domain::account::AccountId;
use domain::operators::Role;
use serde_json::{Value, json};

use crate::support::{Bench, Browser, PASSWORD, app_code, standing};
use contract::operators::OperatorStanding;

/// What is sent, and by whom: an operator who was hired for this call.
pub(super) async fn call(
    bench: &Bench,
    endpoint: &Endpoint,
    id: AccountId,
) -> (Browser, String, Value) {
    let name = format!("operator-{id}-{}", endpoint.method.as_str());
    let path = endpoint.path.replace("{account}", &id.to_string());
    let named = endpoint.to_string();
    if named.contains("/operator/session") {
        bench.hire(&name, &[Role::Reviewer], &[]).await;
        let mut browser = bench.browser();
        let password = json!({ "name": name, "password": PASSWORD });
        if named == "POST /api/v1/operator/session" {
            return (browser, path, password);
        }
        let asked = browser.gives_password(&name, PASSWORD).await;
        if named == "DELETE /api/v1/operator/session" {
            return (browser, path, Value::Null);
        }
        let OperatorStanding::BindingAsked { secret, .. } = standing(&asked) else {
            panic!("no binding is asked");
        };
        let code = app_code(&secret, bench.now(), 0);
        return (browser, path, json!({ "code": code }));
    }
    let every = [Role::Reviewer, Role::Support, Role::Administrator];
    let (browser, _) = bench.on_duty(&name, &every, &[]).await;
    let body = match &*named {
        "PUT /api/v1/operator/accounts/{account}/freeze" => {
            json!({ "frozen": true, "reason": "sent spam" })
        }
        "POST /api/v1/operator/enterprises" => {
            json!({ "name": "晴空（示例）科技有限公司", "code": "91110108MA01ABC25F" })
        }
        "PUT /api/v1/operator/enterprises/limit" => json!({
            "name": "晴空（示例）科技有限公司",
            "code": "91110108MA01ABC25F",
            "limit": 11,
            "reason": "a large group",
        }),
        _ => panic!("{endpoint} changes something and has no body to try it with"),
    };
    (browser, path, body)
}
