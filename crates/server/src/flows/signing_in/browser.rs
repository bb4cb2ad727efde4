//! What is known of the browser that signs in: its token, its name, its place. Must not know who uses
//! it.

use super::From;
use crate::error::ApiError;
use crate::language::Language;
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::sessions::SessionOrigin;
use crate::{cookies, user_agent};

/// The browser that signs in.
#[derive(Clone, Debug)]
pub(super) struct Browser {
    /// Its token, known from its cookie or fresh.
    pub(super) device: String,
    /// The token's hash.
    pub(super) device_hash: String,
    /// Browser and system, as far as they tell; empty when they do not.
    pub(super) device_name: String,
    /// The country that it calls from, if known (SGN-4).
    pub(super) country: Option<String>,
    /// The place that it calls from, if known, in the language of the account's messages.
    pub(super) place: Option<String>,
    /// The network address.
    pub(super) ip: String,
}

impl Browser {
    /// The browser of a request.
    ///
    /// # Errors
    /// When there is no randomness for its first token.
    pub(super) fn of(app: &App, from: From<'_>, language: Language) -> Result<Self, ApiError> {
        let device = match cookies::value(from.jar, cookies::DEVICE) {
            Some(known) => known.to_owned(),
            None => app.ids.token()?,
        };
        let found = app.places.place_of_text(&from.caller.ip);
        let (country, place) = match found {
            Some(found) => {
                let name = match language {
                    Language::Chinese => found.chinese,
                    Language::English => found.english,
                };
                (Some(found.country), Some(name))
            }
            None => (None, None),
        };
        Ok(Self {
            device_hash: token_hash(&device),
            device,
            device_name: user_agent::describe(&from.caller.user_agent).unwrap_or_default(),
            country,
            place: place.filter(|name| !name.is_empty()),
            ip: from.caller.ip.clone(),
        })
    }

    /// The same for its owner's list of sessions (SGN-13).
    pub(super) fn origin(&self) -> SessionOrigin {
        SessionOrigin {
            device_hash: self.device_hash.clone(),
            device_name: self.device_name.clone(),
            place: self.place.clone(),
            ip: self.ip.clone(),
        }
    }
}
