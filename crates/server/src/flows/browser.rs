//! The browser that calls, known by a token of its own. Must not know whose browser it is.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use domain::sign_in::SessionId;

use crate::cookies;
use crate::outside::ids::{NoRandomness, token_hash};
use crate::state::App;

/// A browser; what is begun in one is good in no other (V-27).
#[derive(Clone, Debug)]
pub struct Browser {
    token: String,
}

impl Browser {
    /// The browser that sent these cookies; one that was never here gets a token.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn of(app: &App, jar: &CookieJar) -> Result<Self, NoRandomness> {
        let token = match cookies::value(jar, cookies::DEVICE) {
            Some(known) => known.to_owned(),
            None => app.ids.token()?,
        };
        Ok(Self { token })
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> String {
        token_hash(&self.token)
    }

    /// The same as the rules of scanning call it.
    #[must_use]
    pub fn id(&self) -> SessionId {
        SessionId::new(self.hash())
    }

    /// The cookie by which it is known again.
    #[must_use]
    pub fn cookie(&self) -> Cookie<'static> {
        cookies::device(self.token.clone())
    }
}
