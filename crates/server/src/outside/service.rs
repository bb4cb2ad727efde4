//! A service of the operator's choice that speaks JSON: an address, a token, questions and answers.
//! Knows how to ask; must not know what is asked.

use openidconnect::http::{self, header};
use openidconnect::url::Url;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::web::{PATIENCE, Web, WebFailure};

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ServiceFailure {
    /// Away, or out of order: it may work later.
    #[error("the service was not reached, or is out of order")]
    Unreachable,
    /// It does not accept us, or answers something unknown: the operator has to look.
    #[error("the service does not accept this installation, or answers something unknown")]
    Misconfigured,
    /// No such service is configured: another way has to do.
    #[error("no such service is configured")]
    NotOffered,
}

/// Why the settings of a service cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ServiceSettingsError {
    /// The address is not an absolute https URL (http only for this machine).
    #[error("the address of {0} is not an https URL")]
    Url(&'static str),
    /// The token does not fit into a header.
    #[error("the token of {0} does not fit into a header")]
    Token(&'static str),
    /// No HTTP client can be made here.
    #[error("no HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

/// A service behind HTTP that knows us by a token.
pub(super) struct JsonService {
    what: &'static str,
    web: Web,
    base: Url,
    authorization: http::HeaderValue,
}

/// What is asked.
pub(super) struct Question<'a> {
    pub(super) method: http::Method,
    /// The parts of the path below the service's address.
    pub(super) path: &'a [&'a str],
    /// Asked twice with the same reference, the service does it once.
    pub(super) reference: Option<&'a str>,
    pub(super) body: Option<Value>,
}

impl JsonService {
    /// A service at `url` that knows us by `token`; `what` names it in the log.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub(super) fn new(
        what: &'static str,
        url: &str,
        token: &str,
    ) -> Result<Self, ServiceSettingsError> {
        let base = Url::parse(url).map_err(|_| ServiceSettingsError::Url(what))?;
        if !super::web::is_private(url) || base.cannot_be_a_base() {
            return Err(ServiceSettingsError::Url(what));
        }
        let mut authorization = http::HeaderValue::from_str(&format!("Bearer {token}"))
            .map_err(|_| ServiceSettingsError::Token(what))?;
        authorization.set_sensitive(true);
        Ok(Self {
            what,
            web: Web::new(PATIENCE)?,
            base,
            authorization,
        })
    }

    /// Asks, and reads the answer; nothing where there is nothing at this address (404).
    ///
    /// # Errors
    /// When the service does not answer, or not as it was agreed.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        question: Question<'_>,
    ) -> Result<Option<T>, ServiceFailure> {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(question.path);
        }
        let mut request = http::Request::builder()
            .method(question.method)
            .uri(url.as_str())
            .header(header::AUTHORIZATION, self.authorization.clone())
            .header(header::ACCEPT, "application/json");
        if question.body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        if let Some(reference) = question.reference {
            request = request.header("idempotency-key", reference);
        }
        let body = question.body.map(|body| body.to_string().into_bytes());
        let request = request
            .body(body.unwrap_or_default())
            .map_err(|_| ServiceFailure::Misconfigured)?;
        let answer = self
            .web
            .ask(request)
            .await
            .map_err(|failure| match failure {
                WebFailure::Away => ServiceFailure::Unreachable,
                WebFailure::TooLong | WebFailure::NoRequest => ServiceFailure::Misconfigured,
            })?;
        let status = answer.status();
        if status == http::StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let read = serde_json::from_slice(answer.body()).ok();
        match read {
            Some(read) if status.is_success() => Ok(Some(read)),
            _ => {
                let (what, status) = (self.what, status.as_u16());
                tracing::warn!(what, status, "the service answered something unknown");
                Err(ServiceFailure::Misconfigured)
            }
        }
    }
}
