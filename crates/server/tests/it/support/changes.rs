//! An account whose verification is changed: with papers beside the draft, and a reviewer who decides.

use contract::changes::ChangeOverview;
use contract::endpoints::{
    ACCEPT_CHANGE, BEGIN_CONSENT_FACE, CORRECT_CHANGE, DEMO_LOOK, Endpoint, GET_CHANGE,
    INVITE_NEW_SUBJECT, SAVE_CHANGE, SAVE_CHANGE_INFORMATION, START_CHANGE, SUBMIT_CHANGE,
    WITHDRAW_CHANGE,
};
use domain::account::AccountId;
use domain::time::Span;
use domain::verification::change::{ApplicationState, ItemReason, Proof, required_proofs};
use domain::verification::{DocumentKind, DocumentPurpose};
use serde_json::{Value, json};
use server::flows::changes::decide;
use server::outside::ids::{Ids as _, SystemIds};
use server::store::documents::{self, Document};
use server::store::subjects::{self, SubjectRecord};

use super::{Answer, Bench, Browser};

/// Names of people who live in no other test.
pub(crate) const NEW_PERSON: (&str, &str) = ("李小红", "11010119900307002X");

/// The document of the person who has the account.
pub(crate) const NUMBER: &str = "110101199003070011";
/// The enterprise that has the account.
pub(crate) const NAME: &str = "晴空科技有限公司";
/// Its code.
pub(crate) const CODE: &str = "91110108MA01ABC25F";
/// The security phone.
const PHONE: &str = "13800138001";

/// A person's account that may be changed.
pub(crate) async fn a_person(bench: &Bench) -> (Browser, AccountId) {
    let record = super::person_record("张三", NUMBER, bench.now());
    bench.changing("zhang@mail.example", PHONE, &record).await
}

/// An enterprise's account that may be changed.
pub(crate) async fn an_enterprise(bench: &Bench) -> (Browser, AccountId) {
    let record = super::enterprise_record(NAME, CODE, bench.now());
    bench.changing("sunny@mail.example", PHONE, &record).await
}

/// The codes of refusals.
pub(crate) fn codes<R: serde::Serialize>(refusals: &[R]) -> Vec<String> {
    let code = |refusal: &R| {
        let json = serde_json::to_value(refusal).unwrap();
        json["code"].as_str().unwrap().to_owned()
    };
    refusals.iter().map(code).collect()
}

/// The codes with which a request was refused.
pub(crate) fn refused(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 409, "{}", answer.text());
    codes(&answer.problem().refusals)
}

/// Where the application stands.
pub(crate) fn state(overview: &ChangeOverview) -> ApplicationState {
    overview.application.clone().unwrap().state
}

/// Who is behind the account.
pub(crate) async fn subject(bench: &Bench, id: AccountId) -> SubjectRecord {
    let mut tx = bench.app.store.read().await.unwrap();
    subjects::find(&mut tx, id).await.unwrap().unwrap()
}

impl Bench {
    /// A browser in which the owner of an account is signed in who proved themselves; the account is
    /// verified since before the 30 days of CHG-2.
    pub(crate) async fn changing(
        &self,
        email: &str,
        phone: &str,
        record: &SubjectRecord,
    ) -> (Browser, AccountId) {
        let (_, id) = self.signed_in(email).await;
        self.secured(id, phone, &format!("safe.{email}")).await;
        let mut tx = self.app.store.write().await.unwrap();
        let record = SubjectRecord {
            since: self.now().minus(Span::from_days(31)),
            ..record.clone()
        };
        subjects::replace(&mut tx, id, &record).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = self.browser();
        let answer = browser.sign_in(email, super::PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        self.prove(&mut browser).await;
        (browser, id)
    }

    /// Puts every paper beside the draft that it needs.
    pub(crate) async fn papers(&self, browser: &mut Browser, id: AccountId) {
        let change = overview(browser).await.application.unwrap();
        let needed = required_proofs(change.kind, change.way, change.former);
        self.upload(id, needed).await;
    }

    /// Puts papers beside the draft.
    pub(crate) async fn upload(&self, id: AccountId, proofs: &[Proof]) {
        for proof in proofs {
            let document = Document {
                id: SystemIds.id().unwrap(),
                holder: format!("account:{id}"),
                purpose: DocumentPurpose::VerificationChange,
                item: proof.word().to_owned(),
                application_id: None,
                kind: DocumentKind::Jpeg,
                bytes: 1000,
                uploaded_at: self.now(),
                decided_at: None,
            };
            let mut tx = self.app.store.write().await.unwrap();
            documents::insert(&mut tx, &document).await.unwrap();
            documents::update_kept(&mut tx, &document).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    /// A reviewer approves.
    pub(crate) async fn approve(&self, change: &str) -> Result<(), server::error::ApiError> {
        let mut tx = self.app.store.write().await.unwrap();
        decide::approve(&self.app, &mut tx, change, self.now()).await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    /// A reviewer rejects.
    pub(crate) async fn reject(&self, change: &str, reasons: Vec<ItemReason>) {
        let mut tx = self.app.store.write().await.unwrap();
        let wish = (change, reasons);
        decide::reject(&self.app, &mut tx, wish, self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// A draft of the account that can be handed in: person → person.
    pub(crate) async fn draft(&self, browser: &mut Browser, id: AccountId) {
        start(browser, json!({ "kind": "person", "region": "mainland" })).await;
        let (name, number) = NEW_PERSON;
        let fields = json!({ "new_person_name": name, "new_person_id": number });
        save(browser, fields).await;
        self.papers(browser, id).await;
    }

    /// An application of the account that waits for its review: person → person.
    pub(crate) async fn in_review(&self, browser: &mut Browser, id: AccountId) -> String {
        self.draft(browser, id).await;
        let answer = submit(browser).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        overview(browser).await.application.unwrap().id
    }

    /// The same, approved and with its basic information; answers the secret of the link.
    pub(crate) async fn invited(&self, browser: &mut Browser, id: AccountId) -> (String, String) {
        let change = self.in_review(browser, id).await;
        self.approve(&change).await.unwrap();
        let secret = invite(browser, Value::Null).await;
        (change, secret)
    }
}

/// What the wizard shows.
pub(crate) async fn overview(browser: &mut Browser) -> ChangeOverview {
    let answer = browser.call(&GET_CHANGE, Value::Null).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Chooses what changes.
pub(crate) async fn start(browser: &mut Browser, target: Value) -> Answer {
    let answer = browser
        .call(&START_CHANGE, json!({ "target": target }))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

/// Where the application is.
pub(crate) async fn at(browser: &mut Browser, rest: &str) -> String {
    let change = overview(browser).await.application.unwrap();
    format!("/api/v1/verification/change/{}{rest}", change.id)
}

/// Saves fields, with way and former subject as they are.
pub(crate) async fn save(browser: &mut Browser, fields: Value) -> Answer {
    let change = overview(browser).await.application.unwrap();
    let path = at(browser, "").await;
    let body = json!({
        "version": change.version,
        "way": change.way,
        "former": change.former,
        "fields": fields,
    });
    let answer = browser.send_json("PUT", &path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

/// Hands the application in, with everything confirmed.
pub(crate) async fn submit(browser: &mut Browser) -> Answer {
    let path = at(browser, "/submission").await;
    let body = json!({ "resources_confirmed": true, "former_agrees": true });
    browser.send_json("POST", &path, body).await
}

/// Saves the basic information and makes the link for the new subject; answers its secret.
pub(crate) async fn invite(browser: &mut Browser, representative: Value) -> String {
    let version = overview(browser).await.application.unwrap().version;
    let path = at(browser, "/information").await;
    let body = json!({ "version": version, "postal_address": "北京市示例路1号" });
    let answer = browser.send_json("PUT", &path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let path = at(browser, "/invitation").await;
    let body = json!({ "representative": representative });
    let answer = browser.send_json("POST", &path, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let address = answer.json::<Value>()["address"].clone();
    let (_, secret) = address.as_str().unwrap().rsplit_once('/').unwrap();
    secret.to_owned()
}

/// Shows the right face by a link; answers the check.
pub(crate) async fn show_face(browser: &mut Browser, secret: &str) -> String {
    let path = format!("/api/v1/verification/consents/{secret}/face");
    let begun = browser.send_json("POST", &path, json!({})).await;
    assert_eq!(begun.status, 200, "{}", begun.text());
    let begun: Value = begun.json();
    let address = begun["address"].as_str().unwrap();
    let (_, query) = address.split_once("/demo/face?check=").unwrap();
    let service = query.split('&').next().unwrap();
    let look = json!({ "check": service, "cause": null });
    browser.call(&DEMO_LOOK, look).await;
    let check = begun["check"].as_str().unwrap().to_owned();
    let stage = browser.get(&format!("{path}/{check}")).await;
    assert_eq!(stage.json::<Value>()["stage"], "passed");
    check
}

/// Accepts by a link.
pub(crate) async fn accept(browser: &mut Browser, secret: &str, check: &str) -> Answer {
    let path = format!("/api/v1/verification/consents/{secret}/acceptance");
    browser
        .send_json("POST", &path, json!({ "check": check }))
        .await
}

/// What is sent so that an endpoint of the area carries something out for the account, and where to;
/// whatever it needs is brought about first.
pub(crate) async fn working_call(
    bench: &Bench,
    browser: &mut Browser,
    endpoint: &Endpoint,
    id: AccountId,
) -> (String, Value) {
    let mut tx = bench.app.store.write().await.unwrap();
    let since = bench.now().minus(Span::from_days(31));
    let record = super::person_record("张三", "110101199003070011", since);
    subjects::replace(&mut tx, id, &record).await.unwrap();
    tx.commit().await.unwrap();
    let person = json!({ "kind": "person", "region": "mainland" });
    let by_link = |secret: &str| endpoint.path.replace("{secret}", secret);
    if *endpoint == START_CHANGE {
        return (endpoint.path.to_owned(), json!({ "target": person }));
    }
    bench.prove(browser).await;
    if *endpoint == SAVE_CHANGE {
        start(browser, person).await;
        let body = json!({ "version": 1, "way": "paper", "former": "unchanged", "fields": {} });
        return (at(browser, "").await, body);
    }
    if *endpoint == SUBMIT_CHANGE {
        bench.draft(browser, id).await;
        let body = json!({ "resources_confirmed": true, "former_agrees": true });
        return (at(browser, "/submission").await, body);
    }
    if *endpoint == BEGIN_CONSENT_FACE || *endpoint == ACCEPT_CHANGE {
        let (_, secret) = bench.invited(browser, id).await;
        let body = match *endpoint == ACCEPT_CHANGE {
            true => json!({ "check": show_face(browser, &secret).await }),
            false => json!({}),
        };
        return (by_link(&secret), body);
    }
    let change = bench.in_review(browser, id).await;
    let submission = at(browser, "/submission").await;
    if *endpoint == WITHDRAW_CHANGE {
        return (submission, Value::Null);
    }
    if *endpoint == CORRECT_CHANGE {
        browser.send_json("DELETE", &submission, Value::Null).await;
        return (at(browser, "/correction").await, json!({}));
    }
    bench.approve(&change).await.unwrap();
    let version = overview(browser).await.application.unwrap().version;
    let body = json!({ "version": version, "postal_address": "北京市示例路1号" });
    let information = at(browser, "/information").await;
    if *endpoint == SAVE_CHANGE_INFORMATION {
        return (information, body);
    }
    assert_eq!(*endpoint, INVITE_NEW_SUBJECT);
    browser.send_json("PUT", &information, body).await;
    (
        at(browser, "/invitation").await,
        json!({ "representative": null }),
    )
}
