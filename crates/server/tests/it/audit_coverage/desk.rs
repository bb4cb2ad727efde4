//! The same for the operators' desk.

use contract::endpoints::Endpoint;
use contract::operators::OperatorStanding;
use domain::account::AccountId;
use domain::operators::{Queue, Role};
use domain::time::Span;
use serde_json::{Value, json};
use server::store::{documents, subjects};

use crate::support::{Bench, Browser, PASSWORD, app_code, files, person_record, standing};

/// What is sent, and by whom: an operator who was hired for this call.
pub(super) async fn call(
    bench: &Bench,
    owner: &mut Browser,
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
    if path.contains("{case}") {
        let (case, document) = apply(bench, owner, id).await;
        let path = path
            .replace("{case}", &case)
            .replace("{document}", &document);
        return (browser, path, decision(&named));
    }
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

/// What an operator decides, if anything.
fn decision(named: &str) -> Value {
    if named.ends_with("/approve") {
        return json!({ "checks": Queue::VerificationChanges.checks() });
    }
    if named.ends_with("/reject") {
        let item = json!({ "kind": "field", "name": "new_person_name" });
        let item = json!({ "of": "verification_change", "item": item });
        return json!({ "reasons": [{ "item": item, "reason": "unreadable", "note": "" }] });
    }
    Value::Null
}

/// An application of the account that waits for its review, and one of its documents.
async fn apply(bench: &Bench, owner: &mut Browser, id: AccountId) -> (String, String) {
    let mut tx = bench.app.store.write().await.unwrap();
    let since = bench.now().minus(Span::from_days(31));
    let record = person_record("张三", "110101199003070011", since);
    subjects::replace(&mut tx, id, &record).await.unwrap();
    tx.commit().await.unwrap();
    bench.prove(owner).await;
    let case = bench.in_review(owner, id).await;
    let mut tx = bench.app.store.read().await.unwrap();
    let all = documents::list_of_application(&mut tx, &case)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let document = all[0].id.clone();
    let vault = bench.app.store.vault();
    let purpose = format!("documents:{document}");
    let sealed = vault.seal_bytes(&purpose, &files::jpeg(8, 8)).unwrap();
    let storage = bench.app.documents.storage();
    storage.put(&document, sealed.into()).await.unwrap();
    (case, document)
}
