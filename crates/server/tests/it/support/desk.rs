//! Operators: hired, and on duty in a browser.

use contract::endpoints::{OPERATOR_GIVE_CODE, OPERATOR_SIGN_IN};
use contract::operators::{CurrentOperator, OperatorStanding};
use domain::account::AccountId;
use domain::identity::OperatorName;
use domain::operators::{OperatorId, Role};
use serde_json::json;
use server::operators::{self as hiring, Wish};
use server::outside::ids::{Ids as _, SystemIds, token_hash};
use server::store::operators;

use super::{Answer, Bench, Browser, PASSWORD, app_code};

impl Bench {
    /// Hires an operator who signs in with [`PASSWORD`].
    pub(crate) async fn hire(&self, name: &str, roles: &[Role], own: &[AccountId]) -> OperatorId {
        let wish = Wish {
            name: OperatorName::parse(name).unwrap(),
            password: PASSWORD.to_owned(),
            roles: roles.to_vec(),
            own_accounts: own.to_vec(),
        };
        let (store, policy, now) = (&self.app.store, &self.app.policy.sign_in, self.now());
        hiring::create(store, &self.app.hasher, &SystemIds, policy, &wish, now)
            .await
            .unwrap()
    }

    /// A browser in which a fresh operator is on duty; made past the pages, so that many cost nothing.
    pub(crate) async fn on_duty(
        &self,
        name: &str,
        roles: &[Role],
        own: &[AccountId],
    ) -> (Browser, OperatorId) {
        let id = self.hire(name, roles, own).await;
        (self.at_desk(id).await, id)
    }

    /// Another browser in which the operator is on duty.
    pub(crate) async fn at_desk(&self, id: OperatorId) -> Browser {
        let token = SystemIds.token().unwrap();
        let mut tx = self.app.store.write().await.unwrap();
        operators::insert_session(&mut tx, id, (&token_hash(&token), true), self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut browser = self.browser();
        browser.cookies.insert("__Host-operator".to_owned(), token);
        browser
    }

    /// Signs an operator in by both steps, binding the app where it is the first time; its secret.
    pub(crate) async fn binds_at_desk(&self, browser: &mut Browser, name: &str) -> String {
        let asked = browser.gives_password(name, PASSWORD).await;
        let OperatorStanding::BindingAsked { secret, .. } = standing(&asked) else {
            panic!("no binding is asked: {}", asked.text());
        };
        let code = app_code(&secret, self.now(), 0);
        let answer = browser.gives_code(&code).await;
        assert!(matches!(standing(&answer), OperatorStanding::OnDuty(_)));
        secret
    }
}

impl Browser {
    /// The first step of signing in at the desk.
    pub(crate) async fn gives_password(&mut self, name: &str, password: &str) -> Answer {
        let wish = json!({ "name": name, "password": password });
        self.call(&OPERATOR_SIGN_IN, wish).await
    }

    /// The second step of signing in at the desk.
    pub(crate) async fn gives_code(&mut self, code: &str) -> Answer {
        self.call(&OPERATOR_GIVE_CODE, json!({ "code": code }))
            .await
    }
}

/// How far an operator is, as an answer says.
pub(crate) fn standing(answer: &Answer) -> OperatorStanding {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json::<CurrentOperator>().standing
}
