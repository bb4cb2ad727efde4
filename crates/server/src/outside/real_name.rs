//! Whether the holder of a WeChat or a QQ is the person on a document (VER-3, VER-5). Knows a name and a
//! number for as long as it takes to hand them over; must not know what the answer is for, and stores
//! nothing.
//!
//! The real one is a small HTTP contract that an adapter in front of any service can speak; it is
//! written down in `docs/outside/real-name.md`.

use domain::identity::{IdDocument, PersonName};
use domain::login_methods::LoginIdentity;
use domain::time::Date;
use futures_util::future::BoxFuture;
use openidconnect::http;
use serde::Deserialize;
use serde_json::json;

use super::service::{JsonService, Question};
pub use super::service::{ServiceFailure, ServiceSettingsError};

/// The answer of a service, whose trait is used as an object.
pub type Comparing<'a> = BoxFuture<'a, Result<RealNameAnswer, ServiceFailure>>;

/// Knows who is behind a WeChat or a QQ.
pub trait RealNames: Send + Sync {
    /// Whether this identity belongs to this person.
    ///
    /// # Errors
    /// When the service does not answer; that says nothing about the person.
    fn compare<'a>(&'a self, question: &'a RealNameQuestion<'a>) -> Comparing<'a>;

    /// Whether there is a service at all; where there is none, nobody is verified by a scan.
    fn is_offered(&self) -> bool {
        true
    }
}

/// What is asked. Never printed.
#[derive(Clone, Copy)]
pub struct RealNameQuestion<'a> {
    /// Who scanned.
    pub identity: &'a LoginIdentity,
    /// The name that they claim.
    pub name: &'a PersonName,
    /// The document that they claim.
    pub document: &'a IdDocument,
}

/// Whose identity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RealNameAnswer {
    /// The very person's.
    Matches {
        /// Their birth date; told where the document's number does not tell it (VER-4, VER-5).
        born: Option<Date>,
    },
    /// Somebody else's.
    AnotherPerson,
    /// Of somebody who is not verified there, or not by this kind of document, or has no mainland bank
    /// card where one is needed (VER-5).
    Unverified,
    /// Name and number do not belong together, whoever scanned.
    NameOrNumberWrong,
}

/// A service behind HTTP.
pub struct RealNameService(JsonService);

#[derive(Deserialize)]
struct Answered {
    result: Compared,
    #[serde(default)]
    birth_date: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Compared {
    Matches,
    AnotherPerson,
    Unverified,
    NameOrNumberWrong,
}

impl RealNameService {
    /// A service at `url` that knows us by `token`.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub fn new(url: &str, token: &str) -> Result<Self, ServiceSettingsError> {
        JsonService::new("the real-name service", url, token).map(Self)
    }

    async fn ask(&self, question: &RealNameQuestion<'_>) -> Result<RealNameAnswer, ServiceFailure> {
        let asked = Question {
            method: http::Method::POST,
            path: &["compare"],
            reference: None,
            body: Some(json!({
                "service": question.identity.kind(),
                "subject": question.identity.key(),
                "name": question.name.as_str(),
                "document": question.document,
            })),
        };
        let answered: Option<Answered> = self.0.ask(asked).await?;
        let answered = answered.ok_or(ServiceFailure::Misconfigured)?;
        Ok(match answered.result {
            Compared::AnotherPerson => RealNameAnswer::AnotherPerson,
            Compared::Unverified => RealNameAnswer::Unverified,
            Compared::NameOrNumberWrong => RealNameAnswer::NameOrNumberWrong,
            Compared::Matches => {
                let born = answered
                    .birth_date
                    .as_deref()
                    .and_then(|day| Date::parse(day).ok());
                if born.is_none() && question.document.birth_date().is_none() {
                    return Err(ServiceFailure::Misconfigured);
                }
                RealNameAnswer::Matches { born }
            }
        })
    }
}

impl RealNames for RealNameService {
    fn compare<'a>(&'a self, question: &'a RealNameQuestion<'a>) -> Comparing<'a> {
        Box::pin(self.ask(question))
    }
}

/// Stands where no service was configured.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRealNames;

impl RealNames for NoRealNames {
    fn compare<'a>(&'a self, _question: &'a RealNameQuestion<'a>) -> Comparing<'a> {
        Box::pin(async { Err(ServiceFailure::NotOffered) })
    }

    fn is_offered(&self) -> bool {
        false
    }
}

/// The demo's service. What it says depends on the name that is claimed, and else on who scanned.
///
/// | the claimed name | what is said |
/// | --- | --- |
/// | 错名 | name and number do not belong together |
/// | 断线 | the service does not answer |
///
/// | who scanned | what is said |
/// | --- | --- |
/// | `wechat-zhang`, `wechat-li`, `qq-wang` | verified as 张三, 李四, 王五; somebody else for every other name |
/// | `wechat-new`, `qq-new` | not verified by real name |
/// | anybody else | the very person |
///
/// A permit's holder was born on 7 March 1990; one named 少年, on 7 March 2012.
#[derive(Clone, Copy, Debug, Default)]
pub struct SandboxRealNames;

impl SandboxRealNames {
    fn answer(question: &RealNameQuestion<'_>) -> Result<RealNameAnswer, ServiceFailure> {
        let name = question.name.as_str();
        match name {
            "错名" => return Ok(RealNameAnswer::NameOrNumberWrong),
            "断线" => return Err(ServiceFailure::Unreachable),
            _ => {}
        }
        let owner = match question.identity.key() {
            "wechat-zhang" => Some("张三"),
            "wechat-li" => Some("李四"),
            "qq-wang" => Some("王五"),
            "wechat-new" | "qq-new" => return Ok(RealNameAnswer::Unverified),
            _ => None,
        };
        if owner.is_some_and(|owner| owner != name) {
            return Ok(RealNameAnswer::AnotherPerson);
        }
        let year = if name == "少年" { 2012 } else { 1990 };
        Ok(RealNameAnswer::Matches {
            born: Date::from_ymd(year, 3, 7),
        })
    }
}

impl RealNames for SandboxRealNames {
    fn compare<'a>(&'a self, question: &'a RealNameQuestion<'a>) -> Comparing<'a> {
        let answer = Self::answer(question);
        Box::pin(async move { answer })
    }
}

#[cfg(test)]
mod tests {
    use domain::identity::IdDocumentKind;
    use domain::login_methods::LoginMethodKind;

    use super::*;

    #[tokio::test]
    async fn ver_3_every_answer_has_an_input_in_the_demo() {
        let document = IdDocument::parse(IdDocumentKind::ResidentId, "110101199003070011").unwrap();
        let ask = async |kind, subject, name| {
            let identity = LoginIdentity::new(kind, subject);
            let name = PersonName::parse(name).unwrap();
            let question = RealNameQuestion {
                identity: &identity,
                name: &name,
                document: &document,
            };
            SandboxRealNames.compare(&question).await
        };
        let wechat = LoginMethodKind::Wechat;
        let born = |year| {
            Ok(RealNameAnswer::Matches {
                born: Date::from_ymd(year, 3, 7),
            })
        };
        assert_eq!(ask(wechat, "wechat-zhang", "张三").await, born(1990));
        assert_eq!(ask(wechat, "guest-any", "少年").await, born(2012));
        for (subject, name, answer) in [
            ("wechat-li", "张三", Ok(RealNameAnswer::AnotherPerson)),
            ("wechat-new", "张三", Ok(RealNameAnswer::Unverified)),
            ("guest-any", "错名", Ok(RealNameAnswer::NameOrNumberWrong)),
            ("guest-any", "断线", Err(ServiceFailure::Unreachable)),
        ] {
            assert_eq!(ask(wechat, subject, name).await, answer, "{subject} {name}");
        }
    }
}
