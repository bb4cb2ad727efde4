//! The permission by which an Official Account tells which enterprise is behind it (ENT-12). Must not
//! know what is compared.
//!
//! The real one is a small HTTP contract that an adapter in front of WeChat's platform for third parties
//! can speak; it is written down in `docs/outside/official-account.md`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use futures_util::future::BoxFuture;
use openidconnect::http;
use openidconnect::url::form_urlencoded::Serializer;
use serde::Deserialize;
use serde_json::{Value, json};

use super::ids::{Ids, NoRandomness};
use super::service::{JsonService, Question};
pub use super::service::{ServiceFailure, ServiceSettingsError};

/// The answer of the service, whose trait is used as an object.
pub type Permitting<'a, T> = BoxFuture<'a, Result<T, ServiceFailure>>;

/// Asks Official Accounts who is behind them.
pub trait OfficialAccounts: Send + Sync {
    /// Begins to ask for a permission. Asked twice with the same reference, it begins once.
    ///
    /// # Errors
    /// When the service does not take it on.
    fn begin<'a>(&'a self, wish: &'a PermissionWish<'a>) -> Permitting<'a, PermissionBegun>;

    /// How the permission stands that [`OfficialAccounts::begin`] called `id`.
    ///
    /// # Errors
    /// When the service does not answer; it stands as it stood.
    fn result<'a>(&'a self, id: &'a str) -> Permitting<'a, PermissionOutcome>;

    /// Gives the permission back (ENT-12).
    ///
    /// # Errors
    /// When the service does not answer.
    fn withdraw<'a>(&'a self, id: &'a str) -> Permitting<'a, ()>;

    /// Whether there is such a service at all.
    fn is_offered(&self) -> bool {
        true
    }
}

/// A permission to ask for. Never printed.
#[derive(Clone, Copy)]
pub struct PermissionWish<'a> {
    /// Names it on our side.
    pub reference: &'a str,
    /// The enterprise whose Official Account is asked, for the page that asks.
    pub enterprise: &'a str,
    /// Where the service sends the browser back to.
    pub return_to: &'a str,
}

/// A permission that is being asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionBegun {
    /// The service's name for it; it goes to no browser.
    pub id: String,
    /// Where the administrator of the Official Account says yes: a code to scan, or a link.
    pub url: String,
}

/// How a permission stands.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PermissionOutcome {
    /// Nobody has answered.
    Pending,
    /// It was given.
    Given {
        /// The enterprise that the Official Account was verified for.
        enterprise: String,
        /// Its code, where the service tells it.
        #[serde(default)]
        code: Option<String>,
    },
    /// It was refused.
    Refused,
    /// Nobody answered in time.
    Expired,
}

impl fmt::Debug for PermissionOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pending => "Pending",
            Self::Given { .. } => "Given(…)",
            Self::Refused => "Refused",
            Self::Expired => "Expired",
        })
    }
}

/// A service behind HTTP.
pub struct OfficialService(JsonService);

#[derive(Deserialize)]
struct Begun {
    id: String,
    url: String,
}

impl OfficialService {
    /// A service at `url` that knows us by `token`.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub fn new(url: &str, token: &str) -> Result<Self, ServiceSettingsError> {
        JsonService::new("the service of Official Accounts", url, token).map(Self)
    }
}

impl OfficialAccounts for OfficialService {
    fn begin<'a>(&'a self, wish: &'a PermissionWish<'a>) -> Permitting<'a, PermissionBegun> {
        Box::pin(async move {
            let asked = Question {
                method: http::Method::POST,
                path: &["permissions"],
                reference: Some(wish.reference),
                body: Some(json!({
                    "enterprise": wish.enterprise,
                    "return_to": wish.return_to,
                })),
            };
            match self.0.ask(asked).await? {
                Some(Begun { id, url }) if !id.is_empty() && super::web::is_private(&url) => {
                    Ok(PermissionBegun { id, url })
                }
                _ => Err(ServiceFailure::Misconfigured),
            }
        })
    }

    fn result<'a>(&'a self, id: &'a str) -> Permitting<'a, PermissionOutcome> {
        Box::pin(async move {
            let asked = Question {
                method: http::Method::GET,
                path: &["permissions", id],
                reference: None,
                body: None,
            };
            let outcome = self.0.ask(asked).await?;
            Ok(outcome.unwrap_or(PermissionOutcome::Expired))
        })
    }

    fn withdraw<'a>(&'a self, id: &'a str) -> Permitting<'a, ()> {
        Box::pin(async move {
            let asked = Question {
                method: http::Method::DELETE,
                path: &["permissions", id],
                reference: None,
                body: None,
            };
            // One that is gone is withdrawn.
            let _: Option<Value> = self.0.ask(asked).await?;
            Ok(())
        })
    }
}

/// Stands where no such service was configured.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoOfficialAccounts;

impl OfficialAccounts for NoOfficialAccounts {
    fn begin<'a>(&'a self, _wish: &'a PermissionWish<'a>) -> Permitting<'a, PermissionBegun> {
        Box::pin(async { Err(ServiceFailure::NotOffered) })
    }

    fn result<'a>(&'a self, _id: &'a str) -> Permitting<'a, PermissionOutcome> {
        Box::pin(async { Err(ServiceFailure::NotOffered) })
    }

    fn withdraw<'a>(&'a self, _id: &'a str) -> Permitting<'a, ()> {
        Box::pin(async { Err(ServiceFailure::NotOffered) })
    }

    fn is_offered(&self) -> bool {
        false
    }
}

/// The path of the demo's page that plays the administrator's phone. It is told `permission` and
/// `return_to`.
pub const OFFICIAL_PAGE: &str = "/demo/official-account";

/// The demo's service: a permission waits until the page of [`OFFICIAL_PAGE`] has answered.
///
/// | the enterprise's name contains | what happens |
/// | --- | --- |
/// | 断号 | no permission begins: the service does not answer |
/// | anything else | what is chosen on the page: given by the enterprise's own Official Account, by somebody else's, or refused |
pub struct SandboxOfficial {
    permissions: Mutex<BTreeMap<String, SandboxPermission>>,
    ids: Box<dyn Ids>,
}

struct SandboxPermission {
    age: u64,
    reference: String,
    enterprise: String,
    outcome: PermissionOutcome,
}

/// What the demo's administrator answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficialAnswer {
    /// Yes, for the enterprise itself.
    Own,
    /// Yes, but the Official Account belongs to somebody else.
    Other,
    /// No.
    Refused,
}

/// How many permissions the demo remembers; the oldest goes.
const SANDBOX_PERMISSIONS: usize = 1000;

impl SandboxOfficial {
    /// A demo's service.
    #[must_use]
    pub fn new(ids: Box<dyn Ids>) -> Self {
        Self {
            permissions: Mutex::default(),
            ids,
        }
    }

    /// The page answers; `false` when no such permission waits.
    pub fn answer(&self, id: &str, answer: OfficialAnswer) -> bool {
        let mut permissions = self.permissions();
        match permissions.get_mut(id) {
            Some(permission) if permission.outcome == PermissionOutcome::Pending => {
                permission.outcome = match answer {
                    OfficialAnswer::Own => PermissionOutcome::Given {
                        enterprise: permission.enterprise.clone(),
                        code: None,
                    },
                    OfficialAnswer::Other => PermissionOutcome::Given {
                        enterprise: "别家（示例）商贸有限公司".to_owned(),
                        code: None,
                    },
                    OfficialAnswer::Refused => PermissionOutcome::Refused,
                };
                true
            }
            _ => false,
        }
    }

    fn permissions(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, SandboxPermission>> {
        self.permissions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn start(&self, wish: &PermissionWish<'_>) -> Result<PermissionBegun, ServiceFailure> {
        if wish.enterprise.contains("断号") {
            return Err(ServiceFailure::Unreachable);
        }
        let new = self
            .ids
            .id()
            .map_err(|NoRandomness| ServiceFailure::Unreachable)?;
        let mut permissions = self.permissions();
        let same = permissions
            .iter()
            .find(|(_, permission)| permission.reference == wish.reference);
        let id = match same.map(|(id, _)| id.clone()) {
            Some(id) => id,
            None => {
                let age = permissions.values().map(|one| one.age + 1).max();
                let permission = SandboxPermission {
                    age: age.unwrap_or(0),
                    reference: wish.reference.to_owned(),
                    enterprise: wish.enterprise.to_owned(),
                    outcome: PermissionOutcome::Pending,
                };
                permissions.insert(new.clone(), permission);
                new
            }
        };
        if permissions.len() > SANDBOX_PERMISSIONS {
            let oldest = permissions.iter().min_by_key(|(_, one)| one.age);
            if let Some(oldest) = oldest.map(|(id, _)| id.clone()) {
                permissions.remove(&oldest);
            }
        }
        let query = Serializer::new(String::new())
            .append_pair("permission", &id)
            .append_pair("return_to", wish.return_to)
            .finish();
        let url = format!("{OFFICIAL_PAGE}?{query}");
        Ok(PermissionBegun { id, url })
    }
}

impl OfficialAccounts for SandboxOfficial {
    fn begin<'a>(&'a self, wish: &'a PermissionWish<'a>) -> Permitting<'a, PermissionBegun> {
        let begun = self.start(wish);
        Box::pin(async { begun })
    }

    fn result<'a>(&'a self, id: &'a str) -> Permitting<'a, PermissionOutcome> {
        let permissions = self.permissions();
        let outcome = permissions.get(id).map(|one| one.outcome.clone());
        drop(permissions);
        Box::pin(async { Ok(outcome.unwrap_or(PermissionOutcome::Expired)) })
    }

    fn withdraw<'a>(&'a self, id: &'a str) -> Permitting<'a, ()> {
        self.permissions().remove(id);
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::ids::SystemIds;

    fn wish<'a>(reference: &'a str, enterprise: &'a str) -> PermissionWish<'a> {
        PermissionWish {
            reference,
            enterprise,
            return_to: "/back",
        }
    }

    #[tokio::test]
    async fn ent_12_every_answer_can_be_chosen_in_the_demo_once() {
        for (answer, is_own) in [
            (OfficialAnswer::Own, Some(true)),
            (OfficialAnswer::Other, Some(false)),
            (OfficialAnswer::Refused, None),
        ] {
            let service = SandboxOfficial::new(Box::new(SystemIds));
            let begun = service.begin(&wish("r", "晴空科技有限公司")).await.unwrap();
            assert_eq!(service.begin(&wish("r", "x")).await, Ok(begun.clone()));
            let pending = service.result(&begun.id).await;
            assert_eq!(pending, Ok(PermissionOutcome::Pending));
            assert!(service.answer(&begun.id, answer));
            assert!(!service.answer(&begun.id, OfficialAnswer::Own));
            match (service.result(&begun.id).await.unwrap(), is_own) {
                (PermissionOutcome::Given { enterprise, .. }, Some(own)) => {
                    assert_eq!(enterprise == "晴空科技有限公司", own);
                }
                (outcome, None) => assert_eq!(outcome, PermissionOutcome::Refused),
                (outcome, _) => panic!("{outcome:?}"),
            }
            service.withdraw(&begun.id).await.unwrap();
            let gone = service.result(&begun.id).await;
            assert_eq!(gone, Ok(PermissionOutcome::Expired));
        }
        let service = SandboxOfficial::new(Box::new(SystemIds));
        let away = service.begin(&wish("r", "断号科技有限公司")).await;
        assert_eq!(away, Err(ServiceFailure::Unreachable));
    }
}
