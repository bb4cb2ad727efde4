//! The demo's phone in a test's hand: visits, codes that are scanned, and who confirms.

use std::collections::BTreeMap;

use contract::endpoints::{ANSWER_SCAN, BEGIN_SCAN, DEMO_ANSWER_PHONE, OPEN_SCAN};
use domain::account::AccountId;
use domain::login_methods::{LoginIdentity, LoginMethod, LoginMethodKind, MethodOrigin};
use serde_json::{Value, json};
use server::store::login_methods::{self, NewMethod};

use super::{Answer, Bench, Browser};

/// Begins a visit; answers what the phone's page is called with.
pub(crate) async fn visit(
    browser: &mut Browser,
    kind: &str,
    aim: &str,
) -> BTreeMap<String, String> {
    let path = format!("/api/v1/providers/{kind}/visit");
    let answer = browser
        .send_json("POST", &path, json!({ "aim": aim }))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    asked(&answer.json::<Value>())
}

pub(crate) fn asked(visit: &Value) -> BTreeMap<String, String> {
    let address = visit["address"].as_str().unwrap();
    let (page, query) = address.split_once('?').unwrap();
    assert_eq!(page, "/demo/phone");
    url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

/// Confirms on the phone as `person`, or cancels; answers the query that the browser comes back with.
pub(crate) async fn confirm(
    browser: &mut Browser,
    asked: &BTreeMap<String, String>,
    person: Option<&str>,
) -> String {
    let body = json!({
        "kind": asked["kind"],
        "person": person,
        "state": asked["state"],
        "challenge": asked["challenge"],
        "redirect_uri": asked["redirect_uri"],
    });
    let answer = browser.call(&DEMO_ANSWER_PHONE, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let address = answer.json::<Value>()["address"]
        .as_str()
        .unwrap()
        .to_owned();
    let (page, query) = address.split_once('?').unwrap();
    assert!(
        page.ends_with(&format!("/back/{}", asked["kind"])),
        "{page}"
    );
    query.to_owned()
}

/// Hands in what the browser came back with.
pub(crate) async fn come_back(browser: &mut Browser, kind: &str, query: &str) -> Answer {
    let path = format!("/api/v1/providers/{kind}/return");
    browser
        .send_json("POST", &path, json!({ "query": query }))
        .await
}

/// A whole trip.
pub(crate) async fn trip(
    browser: &mut Browser,
    (kind, aim): (&str, &str),
    person: Option<&str>,
) -> Answer {
    let asked = visit(browser, kind, aim).await;
    let query = confirm(browser, &asked, person).await;
    come_back(browser, kind, &query).await
}

/// Has a page show a code to scan; answers the scan's id and the secret in the code.
pub(crate) async fn show(browser: &mut Browser, aim: &str) -> (String, String) {
    let answer = browser.call(&BEGIN_SCAN, json!({ "aim": aim })).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    shown(&answer)
}

/// The id and the secret of a code that is shown.
pub(crate) fn shown(answer: &Answer) -> (String, String) {
    let shown: Value = answer.json();
    let address = shown["address"].as_str().unwrap();
    let (_, secret) = address.rsplit_once("/scan/").unwrap();
    (shown["id"].as_str().unwrap().to_owned(), secret.to_owned())
}

/// Scans a code with the phone `phone` as `person`, without answering.
pub(crate) async fn scan(phone: &mut Browser, secret: &str, person: &str) -> Answer {
    let opened = phone.call(&OPEN_SCAN, json!({ "secret": secret })).await;
    assert_eq!(opened.status, 200, "{}", opened.text());
    let asked = asked(&opened.json::<Value>());
    let query = confirm(phone, &asked, Some(person)).await;
    come_back(phone, "wechat", &query).await
}

/// Confirms or declines on the phone.
pub(crate) async fn answer(phone: &mut Browser, scan: &str, is_yes: bool) -> Answer {
    phone
        .call(&ANSWER_SCAN, json!({ "scan": scan, "confirm": is_yes }))
        .await
}

impl Bench {
    /// Has an identity sign in to an account, and WeChat confirm there.
    pub(crate) async fn link(&self, id: AccountId, kind: LoginMethodKind, subject: &str) {
        let method = LoginMethod {
            identity: LoginIdentity::new(kind, subject),
            origin: MethodOrigin::Added,
            bound_at: self.now(),
        };
        let new = NewMethod {
            method: &method,
            spelt: subject,
            name: Some("张三"),
        };
        let mut tx = self.app.store.write().await.unwrap();
        assert!(login_methods::insert(&mut tx, id, &new).await.unwrap());
        if kind == LoginMethodKind::Wechat {
            let identity = &method.identity;
            login_methods::update_confirmation(&mut tx, id, identity, Some("张三"), self.now())
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
    }
}
