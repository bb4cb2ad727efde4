//! The person's authenticator app, and the passkeys of the person's browser. Knows RFC 6238 and
//! WebDriver; does not know the product.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{RequestData, SessionId};

use crate::browser::Browser;

/// The code that an app with this secret shows, so many steps from now.
///
/// # Errors
/// When the text is no secret.
pub fn app_code(secret: &str, steps: i64) -> Result<String> {
    let key = data_encoding::BASE32_NOPAD.decode(secret.as_bytes())?;
    ensure!(key.len() >= 16, "no secret: {secret}");
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() / 30;
    let step = now.checked_add_signed(steps).context("no such step")?;
    let mut mac = Hmac::<Sha1>::new_from_slice(&key)?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let from = usize::from(digest.last().copied().unwrap_or_default() & 15);
    let four = digest.iter().skip(from).take(4);
    let number = four.fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) & 0x7fff_ffff;
    Ok(format!("{:06}", number % 1_000_000))
}

impl Browser {
    /// From now on the browser has a passkey device of its own, which says yes to everything.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn has_passkeys(&self) -> Result<()> {
        self.driver().cmd(NewAuthenticator).await?;
        Ok(())
    }
}

/// Gives the browser an authenticator (WebAuthn, "Add Virtual Authenticator").
#[derive(Debug)]
struct NewAuthenticator;

impl FormatRequestData for NewAuthenticator {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let path = format!("session/{session}/webauthn/authenticator");
        RequestData::new(http::Method::POST, path).add_body(serde_json::json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserConsenting": true,
            "isUserVerified": true,
        }))
    }
}
