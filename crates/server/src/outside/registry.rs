//! The business register: whether a name and a code belong together, who represents an enterprise, and
//! whether it still exists (ENT-6, ENT-9, ENT-16). Must not know what the answer is for.
//!
//! The real one is a small HTTP contract that an adapter in front of any register can speak; it is
//! written down in `docs/outside/registry.md`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use domain::identity::{EnterpriseCode, EnterpriseName, PersonName};
use domain::verification::{RecheckFinding, RegisterAnswer};
use futures_util::future::BoxFuture;
use openidconnect::http;
use serde::Deserialize;
use serde_json::json;

use super::service::{JsonService, Question};
pub use super::service::{ServiceFailure, ServiceSettingsError};

/// The answer of a register, whose trait is used as an object.
pub type Looking<'a> = BoxFuture<'a, Result<Recorded, ServiceFailure>>;

/// Knows which enterprises there are.
pub trait Registry: Send + Sync {
    /// What is recorded.
    ///
    /// # Errors
    /// When the register does not answer; that says nothing about the enterprise.
    fn look_up<'a>(&'a self, question: &'a RegisterQuestion<'a>) -> Looking<'a>;

    /// Whether there is a register at all; where there is none, no enterprise can be verified.
    fn is_offered(&self) -> bool {
        true
    }
}

/// What is asked. Never printed.
#[derive(Clone, Copy)]
pub struct RegisterQuestion<'a> {
    /// The enterprise's name.
    pub name: &'a EnterpriseName,
    /// Its code.
    pub code: &'a EnterpriseCode,
    /// Who is said to represent it, when that matters.
    pub legal_representative: Option<&'a PersonName>,
}

/// What is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Whether name and code belong together.
    pub answer: RegisterAnswer,
    /// Whether the person who was asked about represents it; nothing where nobody was asked about.
    pub represents: Option<bool>,
    /// What else is wrong with it.
    pub standing: Standing,
}

/// How an enterprise stands in the register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It exists and its data are complete.
    #[default]
    Active,
    /// It is dissolved (ENT-15).
    Dissolved,
    /// Its data are incomplete (ENT-16).
    Incomplete,
}

impl Recorded {
    /// What is recorded about an enterprise with which nothing is wrong.
    #[must_use]
    pub const fn sound(represents: Option<bool>) -> Self {
        Self {
            answer: RegisterAnswer::Matches,
            represents,
            standing: Standing::Active,
        }
    }

    /// What a re-check of a verified enterprise finds wrong (ENT-16). One that the register does not
    /// know any more is one whose name and code belong to nobody together.
    #[must_use]
    pub const fn finding(&self) -> Option<RecheckFinding> {
        match (self.answer, self.standing) {
            (RegisterAnswer::Differs | RegisterAnswer::NotRecorded, _) => {
                Some(RecheckFinding::NameAndCodeDiffer)
            }
            (RegisterAnswer::Matches, Standing::Dissolved) => Some(RecheckFinding::Dissolved),
            (RegisterAnswer::Matches, Standing::Incomplete) => Some(RecheckFinding::Incomplete),
            (RegisterAnswer::Matches, Standing::Active) => None,
        }
    }
}

/// A register behind HTTP.
pub struct RegistryService(JsonService);

#[derive(Deserialize)]
struct Answered {
    answer: RegisterAnswer,
    #[serde(default)]
    represents: Option<bool>,
    #[serde(default)]
    standing: Standing,
}

impl RegistryService {
    /// A register at `url` that knows us by `token`.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub fn new(url: &str, token: &str) -> Result<Self, ServiceSettingsError> {
        JsonService::new("the business register", url, token).map(Self)
    }

    async fn ask(&self, question: &RegisterQuestion<'_>) -> Result<Recorded, ServiceFailure> {
        let person = question.legal_representative.map(PersonName::as_str);
        let asked = Question {
            method: http::Method::POST,
            path: &["look-up"],
            reference: None,
            body: Some(json!({
                "name": question.name.as_str(),
                "code": question.code.as_str(),
                "legal_representative": person,
            })),
        };
        let answered: Option<Answered> = self.0.ask(asked).await?;
        // What is not known is an answer of its own, and no missing page.
        let answered = answered.ok_or(ServiceFailure::Misconfigured)?;
        if person.is_some() && answered.represents.is_none() && answered.is_match() {
            return Err(ServiceFailure::Misconfigured);
        }
        Ok(Recorded {
            answer: answered.answer,
            represents: person.and(answered.represents),
            standing: answered.standing,
        })
    }
}

impl Answered {
    const fn is_match(&self) -> bool {
        matches!(self.answer, RegisterAnswer::Matches)
    }
}

impl Registry for RegistryService {
    fn look_up<'a>(&'a self, question: &'a RegisterQuestion<'a>) -> Looking<'a> {
        Box::pin(self.ask(question))
    }
}

/// Stands where no register was configured.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRegistry;

impl Registry for NoRegistry {
    fn look_up<'a>(&'a self, _question: &'a RegisterQuestion<'a>) -> Looking<'a> {
        Box::pin(async { Err(ServiceFailure::NotOffered) })
    }

    fn is_offered(&self) -> bool {
        false
    }
}

/// The demo's register. What it says depends on the name, until the demo's page says otherwise for a
/// code.
///
/// | the name contains | what is recorded |
/// | --- | --- |
/// | 未登记 | nothing (ENT-9) |
/// | 不符 | the code under another name (ENT-10) |
/// | 注销 | the enterprise is dissolved (ENT-15) |
/// | 不全 | its data are incomplete (ENT-16) |
/// | 断线 | the register does not answer |
/// | anything else | name and code belong together |
///
/// A legal representative named 冒名 represents nobody; everybody else represents whom they say.
#[derive(Default)]
pub struct SandboxRegistry {
    said: Mutex<BTreeMap<String, (RegisterAnswer, Standing)>>,
}

impl SandboxRegistry {
    /// From now on this is recorded about the code, whatever the name.
    pub fn set(&self, code: &EnterpriseCode, answer: RegisterAnswer, standing: Standing) {
        self.said
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(code.identity_key().to_owned(), (answer, standing));
    }

    fn answer(&self, question: &RegisterQuestion<'_>) -> Result<Recorded, ServiceFailure> {
        let name = question.name.as_str();
        let said = self
            .said
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(question.code.identity_key())
            .copied();
        let (answer, standing) = match said {
            Some(said) => said,
            None if name.contains("断线") => return Err(ServiceFailure::Unreachable),
            None if name.contains("未登记") => (RegisterAnswer::NotRecorded, Standing::Active),
            None if name.contains("不符") => (RegisterAnswer::Differs, Standing::Active),
            None if name.contains("注销") => (RegisterAnswer::Matches, Standing::Dissolved),
            None if name.contains("不全") => (RegisterAnswer::Matches, Standing::Incomplete),
            None => (RegisterAnswer::Matches, Standing::Active),
        };
        let person = question.legal_representative;
        Ok(Recorded {
            answer,
            represents: person.map(|person| person.as_str() != "冒名"),
            standing,
        })
    }
}

impl Registry for SandboxRegistry {
    fn look_up<'a>(&'a self, question: &'a RegisterQuestion<'a>) -> Looking<'a> {
        let answer = self.answer(question);
        Box::pin(async move { answer })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> EnterpriseCode {
        EnterpriseCode::parse("91110108MA01ABC25F").unwrap()
    }

    async fn look_up(
        registry: &SandboxRegistry,
        name: &str,
        person: &str,
    ) -> Result<Recorded, ServiceFailure> {
        let (name, person) = (EnterpriseName::parse(name), PersonName::parse(person));
        let question = RegisterQuestion {
            name: &name.unwrap(),
            code: &code(),
            legal_representative: Some(&person.unwrap()),
        };
        registry.look_up(&question).await
    }

    #[tokio::test]
    async fn ent_16_every_answer_has_an_input_in_the_demo() {
        let registry = SandboxRegistry::default();
        let sound = look_up(&registry, "晴空科技有限公司", "张三").await;
        assert_eq!(sound, Ok(Recorded::sound(Some(true))));
        assert_eq!(sound.unwrap().finding(), None);
        for (name, finding) in [
            ("未登记科技有限公司", RecheckFinding::NameAndCodeDiffer),
            ("不符科技有限公司", RecheckFinding::NameAndCodeDiffer),
            ("注销科技有限公司", RecheckFinding::Dissolved),
            ("不全科技有限公司", RecheckFinding::Incomplete),
        ] {
            let recorded = look_up(&registry, name, "张三").await.unwrap();
            assert_eq!(recorded.finding(), Some(finding), "{name}");
        }
        let away = look_up(&registry, "断线科技有限公司", "张三").await;
        assert_eq!(away, Err(ServiceFailure::Unreachable));
        let nobody = look_up(&registry, "晴空科技有限公司", "冒名")
            .await
            .unwrap();
        assert_eq!(nobody.represents, Some(false));
    }

    #[tokio::test]
    async fn ent_9_the_demo_s_register_learns_of_an_enterprise() {
        let registry = SandboxRegistry::default();
        let before = look_up(&registry, "未登记科技有限公司", "张三")
            .await
            .unwrap();
        assert_eq!(before.answer, RegisterAnswer::NotRecorded);
        registry.set(&code(), RegisterAnswer::Matches, Standing::Active);
        let after = look_up(&registry, "未登记科技有限公司", "张三")
            .await
            .unwrap();
        assert_eq!(after, Recorded::sound(Some(true)));
    }
}
