//! Sending text messages through a gateway. Knows HTTP; does not know why a message is written.
//!
//! The gateway is whatever an operator puts at the configured address; the contract is small
//! enough to be an adapter of a few lines in front of any carrier:
//! `POST` with `authorization: Bearer <token>`, `idempotency-key: <message id>` and the JSON body
//! `{"id": "…", "to": "+86…", "text": "…"}`. 2xx means taken over; 400, 404, 410 and 422 mean that
//! this message will never be delivered; everything else, and no answer, means later.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde::Serialize;

use super::{SendFailure, Sending};

/// A text message as it is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextMessage {
    /// A gateway that gets the same id twice delivers once.
    pub id: String,
    /// The phone number in E.164.
    pub to: String,
    /// What the reader sees.
    pub text: String,
}

/// Sends text messages.
pub trait Sms: Send + Sync {
    /// Hands one message over.
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a>;
}

/// Sends through an HTTP gateway.
pub struct Gateway {
    client: reqwest::Client,
    url: reqwest::Url,
    authorization: HeaderValue,
}

/// Why the gateway's settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GatewaySettingsError {
    /// The address is not an absolute URL.
    #[error("the gateway's address is not a URL")]
    Url,
    /// The token does not fit into a header.
    #[error("the gateway's token does not fit into a header")]
    Token,
    /// No HTTP client can be made here.
    #[error("no HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

impl Gateway {
    /// A gateway at `url` that knows us by `token`.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub fn new(url: &str, token: &str) -> Result<Self, GatewaySettingsError> {
        let url = url.parse().map_err(|_| GatewaySettingsError::Url)?;
        let mut authorization = HeaderValue::from_str(&format!("Bearer {token}"))
            .map_err(|_| GatewaySettingsError::Token)?;
        authorization.set_sensitive(true);
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(20))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            client,
            url,
            authorization,
        })
    }
}

impl Sms for Gateway {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a> {
        Box::pin(async move {
            let answer = self
                .client
                .post(self.url.clone())
                .header(AUTHORIZATION, self.authorization.clone())
                .header("idempotency-key", &message.id)
                .json(message)
                .send()
                .await
                .map_err(|_| SendFailure::Later("the gateway was not reached".to_owned()))?;
            let status = answer.status();
            let reason = format!("the gateway answered {}", status.as_u16());
            match status.as_u16() {
                200..=299 => Ok(()),
                400 | 404 | 410 | 422 => Err(SendFailure::Never(reason)),
                _ => Err(SendFailure::Later(reason)),
            }
        })
    }
}

/// Stands where no gateway was configured: messages wait, and are given up visibly.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSms;

impl Sms for NoSms {
    fn send<'a>(&'a self, _message: &'a TextMessage) -> Sending<'a> {
        Box::pin(async {
            Err(SendFailure::Later(
                "no SMS gateway is configured".to_owned(),
            ))
        })
    }
}

/// The demo's gateway: everything arrives.
#[derive(Clone, Copy, Debug, Default)]
pub struct SandboxSms;

impl Sms for SandboxSms {
    fn send<'a>(&'a self, _message: &'a TextMessage) -> Sending<'a> {
        Box::pin(async { Ok(()) })
    }
}
