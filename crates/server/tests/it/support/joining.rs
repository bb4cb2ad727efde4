//! What somebody does who has no account yet, step by step.

use contract::codes::CodeSent;
use contract::endpoints::{
    GET_REGISTRATION, PROVE_REGISTRATION_EMAIL, REGISTER, SEND_REGISTRATION_EMAIL_CODE,
    SEND_REGISTRATION_PHONE_CODE,
};
use contract::registration::Registration;
use domain::login_methods::{LoginIdentity, LoginMethodKind};
use domain::sign_in::{SeenIdentity, SessionId};
use serde_json::{Value, json};
use server::outside::ids::token_hash;
use server::store::seen_identities::{self, StoredSeen};

use super::{Answer, Bench, Browser, PASSWORD};

impl Bench {
    /// Proves an address in this browser, which then waits to register.
    pub(crate) async fn prove_email(&self, browser: &mut Browser, email: &str) -> Registration {
        let wish = json!({ "email": email });
        let sent = browser.call(&SEND_REGISTRATION_EMAIL_CODE, wish).await;
        assert_eq!(sent.status, 200, "{}", sent.text());
        let _: CodeSent = sent.json();
        let code = self.newest_mail_code().await;
        let wish = json!({ "email": email, "code": code });
        let proved = browser.call(&PROVE_REGISTRATION_EMAIL, wish).await;
        assert_eq!(proved.status, 200, "{}", proved.text());
        proved.json()
    }

    /// Has an identity of another kind wait in this browser, as if its holder had just scanned.
    pub(crate) async fn prove_identity(
        &self,
        browser: &mut Browser,
        kind: LoginMethodKind,
        key: &str,
    ) {
        let (seen, device) = (format!("seen {key}"), format!("device {key}"));
        let stored = StoredSeen {
            seen: SeenIdentity {
                identity: LoginIdentity::new(kind, key),
                shown_in: SessionId::new(token_hash(&device)),
                seen_at: self.now(),
            },
            name: Some("小微".to_owned()),
            is_administrator: true,
        };
        let mut tx = self.app.store.write().await.unwrap();
        seen_identities::insert(&mut tx, &token_hash(&seen), &stored)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        browser.cookies.insert("__Host-seen".to_owned(), seen);
        browser.cookies.insert("__Host-device".to_owned(), device);
    }

    /// The code for registering that goes to a phone.
    pub(crate) async fn phone_code(&self, browser: &mut Browser, phone: &str) -> String {
        let wish = json!({ "phone": phone });
        let sent = browser.call(&SEND_REGISTRATION_PHONE_CODE, wish).await;
        assert_eq!(sent.status, 200, "{}", sent.text());
        self.newest_sms_code().await
    }

    /// The body that registers with everything needed.
    pub(crate) async fn registration_form(&self, browser: &mut Browser, phone: &str) -> Value {
        let code = self.phone_code(browser, phone).await;
        let needed: Registration = browser.call(&GET_REGISTRATION, Value::Null).await.json();
        json!({
            "password": PASSWORD,
            "phone": phone,
            "code": code,
            "agreed": needed.in_force,
        })
    }

    /// Registers by e-mail from the first step to the last.
    pub(crate) async fn register(&self, email: &str, phone: &str) -> (Browser, Answer) {
        let mut browser = self.browser();
        self.prove_email(&mut browser, email).await;
        let form = self.registration_form(&mut browser, phone).await;
        let answer = browser.call(&REGISTER, form).await;
        (browser, answer)
    }
}
