//! The OpenAPI document describes exactly the endpoints that there are (API-1).

use std::collections::BTreeSet;

use contract::endpoints;
use serde_json::Value;

use crate::support::Bench;

#[tokio::test]
async fn api_1_the_document_has_exactly_the_contract_s_endpoints() {
    let bench = Bench::sqlite().await;
    let document: Value = bench.browser().get(endpoints::OPENAPI.path).await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let contract: BTreeSet<String> = endpoints::all().map(ToString::to_string).collect();
    assert_eq!(described, contract);
}

#[tokio::test]
async fn api_1_the_document_says_which_endpoints_need_a_session() {
    let bench = Bench::sqlite().await;
    let document: Value = bench.browser().get(endpoints::OPENAPI.path).await.json();
    assert_eq!(
        document["components"]["securitySchemes"]["session"]["name"],
        "__Host-session"
    );
    for endpoint in endpoints::all() {
        let method = endpoint.method.as_str().to_lowercase();
        let operation = &document["paths"][endpoint.path][&method];
        let needs_session = operation["security"][0]["session"].is_array();
        assert_eq!(
            needs_session,
            matches!(endpoint.who, endpoints::Who::Owner | endpoints::Who::User),
            "{endpoint}"
        );
        let needs_operator = operation["security"][0]["operator"].is_array();
        let is_desk = endpoint.who == endpoints::Who::Operator;
        assert_eq!(needs_operator, is_desk, "{endpoint}");
    }
}

#[tokio::test]
async fn api_1_every_schema_that_is_named_is_there() {
    let bench = Bench::sqlite().await;
    let text = bench.browser().get(endpoints::OPENAPI.path).await.text();
    let document: Value = serde_json::from_str(&text).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let named: BTreeSet<&str> = text
        .split("#/components/schemas/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(named.contains("Problem") && named.contains("AccountInfo"));
    for name in named {
        assert!(
            schemas.contains_key(name),
            "{name} is named and not described"
        );
    }
}
