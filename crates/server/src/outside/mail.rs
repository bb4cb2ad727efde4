//! Sending e-mail. Knows SMTP; does not know why a letter is written.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use super::{SendFailure, Sending};

/// An e-mail as it is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Becomes the Message-ID, so that a letter sent twice can be recognised.
    pub id: String,
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Sends e-mails.
pub trait Mail: Send + Sync {
    /// Hands one letter over.
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a>;
}

/// Sends through a mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why the mail server's settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpSettingsError {
    /// The address is not one of `smtp://`, `smtps://` with host.
    #[error("the mail server's address cannot be used: {0}")]
    Url(#[from] lettre::transport::smtp::Error),
    /// The sender is not a mailbox.
    #[error("the sender is not a mailbox: {0}")]
    From(#[from] lettre::address::AddressError),
}

impl Smtp {
    /// A mail server at `url`, such as `smtps://user:password@mail.example:465` or
    /// `smtp://mail.example:587?tls=required`, and the sender's mailbox.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub fn new(url: &str, from: &str) -> Result<Self, SmtpSettingsError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?
            .timeout(Some(Duration::from_secs(20)))
            .build();
        Ok(Self {
            transport,
            from: from.parse()?,
        })
    }

    fn compose(&self, letter: &Letter) -> Result<Message, SendFailure> {
        let never = |error: &dyn std::fmt::Display| SendFailure::Never(error.to_string());
        let to = letter.to.parse::<Mailbox>().map_err(|e| never(&e))?;
        let domain = self.from.email.domain();
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            .subject(&letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
            .map_err(|e| never(&e))
    }
}

impl Mail for Smtp {
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a> {
        Box::pin(async move {
            let message = self.compose(letter)?;
            match self.transport.send(message).await {
                Ok(_) => Ok(()),
                // The server's own words may repeat the recipient; its code says enough.
                Err(error) if error.is_permanent() => {
                    Err(SendFailure::Never(match error.status() {
                        Some(code) => format!("the mail server refused for good: {code}"),
                        None => "the mail server refused for good".to_owned(),
                    }))
                }
                Err(error) => Err(SendFailure::Later(match error.status() {
                    Some(code) => format!("the mail server refused for now: {code}"),
                    None => "the mail server was not reached".to_owned(),
                })),
            }
        })
    }
}

/// Stands where no mail server was configured: letters wait, and are given up visibly.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMail;

impl Mail for NoMail {
    fn send<'a>(&'a self, _letter: &'a Letter) -> Sending<'a> {
        Box::pin(async {
            Err(SendFailure::Later(
                "no mail server is configured".to_owned(),
            ))
        })
    }
}

/// The demo's mail: everything arrives, except at the addresses of `demo.rs`'s table.
#[derive(Debug, Default)]
pub struct SandboxMail {
    tries: Mutex<BTreeMap<String, u32>>,
}

impl SandboxMail {
    /// How many tries a letter to a slow address fails before it arrives.
    pub const SLOW_TRIES: u32 = 2;
}

impl Mail for SandboxMail {
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a> {
        let domain = letter.to.rsplit('@').next().unwrap_or_default();
        let outcome = match domain.to_ascii_lowercase().as_str() {
            "bounce.example" => Err(SendFailure::Never("550 no such mailbox".to_owned())),
            "slow.example" => {
                let mut tries = self
                    .tries
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                let failed = tries.entry(letter.id.clone()).or_insert(0);
                if *failed < Self::SLOW_TRIES {
                    *failed += 1;
                    Err(SendFailure::Later("421 come again later".to_owned()))
                } else {
                    tries.remove(&letter.id);
                    Ok(())
                }
            }
            _ => Ok(()),
        };
        Box::pin(async { outcome })
    }
}
