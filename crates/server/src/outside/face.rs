//! Comparing a face with the photo on record (SGN-4, PRT-4, VER-7). Knows a name and a number for as
//! long as it takes to hand them over; must not know what the check is for, and stores nothing.
//!
//! The real one is a small HTTP contract that an adapter in front of any service can speak; it is
//! written down in `docs/outside/face.md`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use domain::verification::FaceCause;
use futures_util::future::BoxFuture;
use openidconnect::http::{self, header};
use openidconnect::url::Url;
use openidconnect::url::form_urlencoded::Serializer;
use serde::Deserialize;
use serde_json::json;

use super::ids::{Ids, NoRandomness};
use super::web::{PATIENCE, Web, WebFailure};

/// The answer of a face service, whose trait is used as an object.
pub type Facing<'a, T> = BoxFuture<'a, Result<T, FaceFailure>>;

/// Compares faces.
pub trait FaceCheck: Send + Sync {
    /// Begins a check.
    ///
    /// # Errors
    /// When the service does not take it on; that is never the person's fault.
    fn begin<'a>(&'a self, wish: &'a FaceWish<'a>) -> Facing<'a, FaceBegun>;

    /// How the check stands that [`FaceCheck::begin`] called `id`. It may be asked again and again; the
    /// caller sees to it that a passed check opens one thing once.
    ///
    /// # Errors
    /// When the service does not answer; the check stands as it stood.
    fn result<'a>(&'a self, id: &'a str) -> Facing<'a, FaceOutcome>;

    /// Whether there is a service at all; where there is none, nobody is asked for their face.
    fn is_offered(&self) -> bool {
        true
    }
}

/// Whose face is to be seen. Never printed.
#[derive(Clone, Copy)]
pub struct FaceWish<'a> {
    /// Names this check on our side: asked twice with the same reference, a service begins one check.
    pub reference: &'a str,
    /// The name on the document.
    pub name: &'a str,
    /// The number of the document.
    pub document_number: &'a str,
    /// Where the service sends the browser back to.
    pub return_to: &'a str,
}

/// A check that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceBegun {
    /// The service's name for it; it goes to no browser.
    pub id: String,
    /// Where the person shows their face: shown as a code to scan, or opened on a phone.
    pub url: String,
}

/// How a check stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaceOutcome {
    /// The person has not finished.
    Pending,
    /// It is the person.
    Passed,
    /// It is not, or it could not be seen.
    Failed {
        /// Why, as far as the service says (VER-7).
        causes: Vec<FaceCause>,
    },
    /// Nobody finished it in time, or nobody began it.
    Expired,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FaceFailure {
    /// Away, or out of order: it may work later.
    #[error("the face service was not reached, or is out of order")]
    Unreachable,
    /// It does not accept us, or answers something unknown: the operator has to look.
    #[error("the face service does not accept this installation, or answers something unknown")]
    Misconfigured,
    /// No service is configured: another means has to do.
    #[error("no face service is configured")]
    NotOffered,
}

/// Why the service's settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FaceSettingsError {
    /// The address is not an absolute https URL (http only for this machine).
    #[error("the face service's address is not an https URL")]
    Url,
    /// The token does not fit into a header.
    #[error("the face service's token does not fit into a header")]
    Token,
    /// No HTTP client can be made here.
    #[error("no HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

/// A face service behind HTTP.
pub struct FaceService {
    web: Web,
    checks: Url,
    authorization: http::HeaderValue,
}

#[derive(Deserialize)]
struct Begun {
    id: String,
    url: String,
}

#[derive(Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum Standing {
    Pending,
    Passed,
    Failed {
        #[serde(default)]
        causes: Vec<FaceCause>,
    },
    Expired,
}

impl FaceService {
    /// A service at `url` that knows us by `token`.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub fn new(url: &str, token: &str) -> Result<Self, FaceSettingsError> {
        let mut checks = Url::parse(url).map_err(|_| FaceSettingsError::Url)?;
        if !super::web::is_private(url) {
            return Err(FaceSettingsError::Url);
        }
        checks
            .path_segments_mut()
            .map_err(|()| FaceSettingsError::Url)?
            .pop_if_empty()
            .push("checks");
        let mut authorization = http::HeaderValue::from_str(&format!("Bearer {token}"))
            .map_err(|_| FaceSettingsError::Token)?;
        authorization.set_sensitive(true);
        Ok(Self {
            web: Web::new(PATIENCE)?,
            checks,
            authorization,
        })
    }

    /// Asks, and answers with status and body.
    async fn ask(
        &self,
        request: http::request::Builder,
        body: Vec<u8>,
    ) -> Result<(http::StatusCode, Vec<u8>), FaceFailure> {
        let request = request
            .header(header::AUTHORIZATION, self.authorization.clone())
            .header(header::ACCEPT, "application/json")
            .body(body)
            .map_err(|_| FaceFailure::Misconfigured)?;
        let answer = self
            .web
            .ask(request)
            .await
            .map_err(|failure| match failure {
                WebFailure::Away => FaceFailure::Unreachable,
                WebFailure::TooLong | WebFailure::NoRequest => FaceFailure::Misconfigured,
            })?;
        let (parts, body) = answer.into_parts();
        Ok((parts.status, body))
    }

    async fn start(&self, wish: &FaceWish<'_>) -> Result<FaceBegun, FaceFailure> {
        let body = json!({
            "name": wish.name,
            "document_number": wish.document_number,
            "return_to": wish.return_to,
        });
        let request = http::Request::post(self.checks.as_str())
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", wish.reference);
        let (status, body) = self.ask(request, body.to_string().into_bytes()).await?;
        let begun: Option<Begun> = serde_json::from_slice(&body).ok();
        match begun {
            Some(Begun { id, url })
                if status.is_success() && !id.is_empty() && super::web::is_private(&url) =>
            {
                Ok(FaceBegun { id, url })
            }
            _ => Err(told(status)),
        }
    }

    async fn look(&self, id: &str) -> Result<FaceOutcome, FaceFailure> {
        let mut url = self.checks.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.push(id);
        }
        let (status, body) = self
            .ask(http::Request::get(url.as_str()), Vec::new())
            .await?;
        if status == http::StatusCode::NOT_FOUND {
            return Ok(FaceOutcome::Expired);
        }
        match serde_json::from_slice(&body) {
            Ok(standing) if status.is_success() => Ok(match standing {
                Standing::Pending => FaceOutcome::Pending,
                Standing::Passed => FaceOutcome::Passed,
                Standing::Failed { causes } => FaceOutcome::Failed { causes },
                Standing::Expired => FaceOutcome::Expired,
            }),
            _ => Err(told(status)),
        }
    }
}

fn told(status: http::StatusCode) -> FaceFailure {
    let status = status.as_u16();
    tracing::warn!(status, "the face service answered something unknown");
    FaceFailure::Misconfigured
}

impl FaceCheck for FaceService {
    fn begin<'a>(&'a self, wish: &'a FaceWish<'a>) -> Facing<'a, FaceBegun> {
        Box::pin(self.start(wish))
    }

    fn result<'a>(&'a self, id: &'a str) -> Facing<'a, FaceOutcome> {
        Box::pin(self.look(id))
    }
}

/// Stands where no face service was configured.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFace;

impl FaceCheck for NoFace {
    fn begin<'a>(&'a self, _wish: &'a FaceWish<'a>) -> Facing<'a, FaceBegun> {
        Box::pin(async { Err(FaceFailure::NotOffered) })
    }

    fn result<'a>(&'a self, _id: &'a str) -> Facing<'a, FaceOutcome> {
        Box::pin(async { Err(FaceFailure::NotOffered) })
    }

    fn is_offered(&self) -> bool {
        false
    }
}

/// The path of the demo's page that plays the phone in front of a face. It is told `check` and
/// `return_to`.
pub const FACE_PAGE: &str = "/demo/face";

/// The demo's face service: the check waits until the page of [`FACE_PAGE`] has looked.
///
/// | name | what the look ends with |
/// | --- | --- |
/// | 遮脸 | failed: something covers the face |
/// | 不像 | failed: it differs from the photo |
/// | 错名 | failed: name or number is wrong |
/// | 出框 | failed: not fully in the frame |
/// | 断线 | no check begins: the service does not answer |
/// | any other | what was chosen on the page; passed, when nothing was |
pub struct SandboxFace {
    checks: Mutex<BTreeMap<String, SandboxCheck>>,
    ids: Box<dyn Ids>,
}

struct SandboxCheck {
    age: u64,
    reference: String,
    fails: Option<FaceCause>,
    outcome: FaceOutcome,
}

/// How many checks the demo remembers; the oldest goes.
const SANDBOX_CHECKS: usize = 1000;

impl SandboxFace {
    /// A demo's service.
    #[must_use]
    pub fn new(ids: Box<dyn Ids>) -> Self {
        Self {
            checks: Mutex::default(),
            ids,
        }
    }

    /// The page looked: it saw the right face, or chose why it did not. `false` when there is no such
    /// check, or it has ended.
    pub fn look(&self, id: &str, chosen: Option<FaceCause>) -> bool {
        let mut checks = self.checks();
        match checks.get_mut(id) {
            Some(check) if check.outcome == FaceOutcome::Pending => {
                check.outcome = match check.fails.or(chosen) {
                    Some(cause) => FaceOutcome::Failed {
                        causes: vec![cause],
                    },
                    None => FaceOutcome::Passed,
                };
                true
            }
            _ => false,
        }
    }

    fn checks(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, SandboxCheck>> {
        self.checks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start(&self, wish: &FaceWish<'_>) -> Result<FaceBegun, FaceFailure> {
        let fails = match wish.name {
            "遮脸" => Some(FaceCause::Covered),
            "不像" => Some(FaceCause::DiffersFromPhoto),
            "错名" => Some(FaceCause::WrongNameOrId),
            "出框" => Some(FaceCause::NotFullyInFrame),
            "断线" => return Err(FaceFailure::Unreachable),
            _ => None,
        };
        let new = self
            .ids
            .id()
            .map_err(|NoRandomness| FaceFailure::Unreachable)?;
        let mut checks = self.checks();
        let same = checks
            .iter()
            .find(|(_, check)| check.reference == wish.reference);
        let id = match same.map(|(id, _)| id.clone()) {
            Some(id) => id,
            None => {
                let age = checks.values().map(|check| check.age + 1).max();
                let check = SandboxCheck {
                    age: age.unwrap_or(0),
                    reference: wish.reference.to_owned(),
                    fails,
                    outcome: FaceOutcome::Pending,
                };
                checks.insert(new.clone(), check);
                new
            }
        };
        if checks.len() > SANDBOX_CHECKS {
            let oldest = checks.iter().min_by_key(|(_, check)| check.age);
            if let Some(oldest) = oldest.map(|(id, _)| id.clone()) {
                checks.remove(&oldest);
            }
        }
        let query = Serializer::new(String::new())
            .append_pair("check", &id)
            .append_pair("return_to", wish.return_to)
            .finish();
        let url = format!("{FACE_PAGE}?{query}");
        Ok(FaceBegun { id, url })
    }
}

impl FaceCheck for SandboxFace {
    fn begin<'a>(&'a self, wish: &'a FaceWish<'a>) -> Facing<'a, FaceBegun> {
        let begun = self.start(wish);
        Box::pin(async { begun })
    }

    fn result<'a>(&'a self, id: &'a str) -> Facing<'a, FaceOutcome> {
        let outcome = self.checks().get(id).map(|check| check.outcome.clone());
        Box::pin(async { Ok(outcome.unwrap_or(FaceOutcome::Expired)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::ids::SystemIds;

    fn wish<'a>(reference: &'a str, name: &'a str) -> FaceWish<'a> {
        FaceWish {
            reference,
            name,
            document_number: "110101199003070000",
            return_to: "/back?a=b",
        }
    }

    fn sandbox() -> SandboxFace {
        SandboxFace::new(Box::new(SystemIds))
    }

    async fn outcome(name: &str, chosen: Option<FaceCause>) -> FaceOutcome {
        let face = sandbox();
        let FaceBegun { id, url } = face.begin(&wish("r", name)).await.unwrap();
        assert_eq!(
            url,
            format!("/demo/face?check={id}&return_to=%2Fback%3Fa%3Db")
        );
        assert_eq!(face.result(&id).await, Ok(FaceOutcome::Pending));
        assert!(face.look(&id, chosen));
        assert!(!face.look(&id, None), "a check ends once");
        face.result(&id).await.unwrap()
    }

    #[tokio::test]
    async fn ver_7_every_outcome_has_an_input_in_the_demo() {
        assert_eq!(outcome("张三", None).await, FaceOutcome::Passed);
        for (name, cause) in [
            ("遮脸", FaceCause::Covered),
            ("不像", FaceCause::DiffersFromPhoto),
            ("错名", FaceCause::WrongNameOrId),
            ("出框", FaceCause::NotFullyInFrame),
        ] {
            let failed = FaceOutcome::Failed {
                causes: vec![cause],
            };
            assert_eq!(outcome(name, None).await, failed);
            assert_eq!(outcome("张三", Some(cause)).await, failed);
        }
        let away = sandbox().begin(&wish("r", "断线")).await;
        assert_eq!(away, Err(FaceFailure::Unreachable));
        let none = NoFace.begin(&wish("r", "张三")).await;
        assert_eq!(none, Err(FaceFailure::NotOffered));
    }

    #[tokio::test]
    async fn the_demo_begins_one_check_for_one_reference_and_forgets_the_oldest() {
        let face = sandbox();
        let first = face.begin(&wish("0", "张三")).await.unwrap();
        assert_eq!(face.begin(&wish("0", "张三")).await, Ok(first.clone()));
        for n in 1..SANDBOX_CHECKS {
            face.begin(&wish(&n.to_string(), "张三")).await.unwrap();
        }
        assert_eq!(face.result(&first.id).await, Ok(FaceOutcome::Pending));
        face.begin(&wish("one more", "张三")).await.unwrap();
        assert_eq!(face.result(&first.id).await, Ok(FaceOutcome::Expired));
        assert!(!face.look(&first.id, None));
    }
}
