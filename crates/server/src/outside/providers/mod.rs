//! The services that say who a person is: WeChat, QQ, WeCom, Official Account (REG-1).
//!
//! One trait; a real adapter for the services' own dialects of OAuth 2.0 ([`dialect`]), one for
//! OpenID Connect ([`oidc`]), and the demo's ([`sandbox`]). Must not know what an identity is used
//! for, and must not judge `state`: only the caller knows which browser began a trip (V-27).

mod came_back;
mod dialect;
mod oidc;
mod sandbox;
mod settings;
mod table;
mod trip;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use domain::login_methods::LoginMethodKind;
use futures_util::future::BoxFuture;

pub use came_back::CameBack;
pub use sandbox::{GUEST, PHONE_PAGE, Person, PhoneProblem, Sandbox, SandboxPhones, people};
pub use settings::{ProviderSettings, ProviderSettingsError, ProvidersFile, Secret};
pub use trip::{Arrival, Departure, Verifier};

/// The answer of a provider, whose trait is used as an object.
pub type Asking<'a, T> = BoxFuture<'a, Result<T, ProviderFailure>>;

/// A service that says who a person is.
pub trait IdentityProvider: Send + Sync {
    /// Which login method its identities are.
    fn kind(&self) -> LoginMethodKind;

    /// The address to send the browser to. It carries `state`, and of the verifier only hashes.
    ///
    /// # Errors
    /// When the provider has to be asked for its own address first, and does not answer well.
    fn start<'a>(&'a self, departure: &'a Departure<'a>) -> Asking<'a, String>;

    /// Who came back with this code. The caller has found the trip by `state` and knows that it was
    /// begun in this very browser (V-27); a code is good once, whatever comes of it.
    ///
    /// # Errors
    /// When there is nobody whose identity is proved.
    fn finish<'a>(&'a self, arrival: &'a Arrival<'a>) -> Asking<'a, ProviderIdentity>;
}

/// Who a person is, as a provider says. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderIdentity {
    /// What tells the person from all others at this provider, for `LoginIdentity::new`.
    pub subject: String,
    /// What the person calls themselves there; at most [`LONGEST_NAME`] characters.
    pub display_name: Option<String>,
    /// Whether they administer their WeCom organisation (LGM-7); elsewhere `false`.
    pub is_wecom_administrator: bool,
}

/// How many characters are kept of a display name.
pub const LONGEST_NAME: usize = 64;

/// How many characters a subject may have.
const LONGEST_SUBJECT: usize = 255;

impl ProviderIdentity {
    /// An identity, unless a provider sends something that cannot tell persons apart.
    fn new(
        subject: &str,
        display_name: Option<&str>,
        is_wecom_administrator: bool,
    ) -> Result<Self, ProviderFailure> {
        let is_odd = |c: char| c.is_control() || c.is_whitespace();
        if subject.is_empty()
            || subject.chars().count() > LONGEST_SUBJECT
            || subject.chars().any(is_odd)
        {
            return Err(ProviderFailure::Untrustworthy);
        }
        let name: String = display_name
            .unwrap_or_default()
            .trim()
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST_NAME)
            .collect();
        Ok(Self {
            subject: subject.to_owned(),
            display_name: (!name.is_empty()).then_some(name),
            is_wecom_administrator,
        })
    }
}

impl fmt::Debug for ProviderIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProviderIdentity(…)")
    }
}

/// Why nobody's identity is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ProviderFailure {
    /// No answer, or "not now": it may work later.
    #[error("the provider was not reached, or is out of order")]
    Unreachable,
    /// The person said no.
    #[error("the person declined")]
    Declined,
    /// The code is wrong, too old or was used: the person begins again.
    #[error("the code is not good, or not any more")]
    BadCode,
    /// The provider itself has frozen the identity (SGN-10).
    #[error("the provider has frozen the identity")]
    Frozen,
    /// The provider does not accept us, or says something unknown: the operator has to look.
    #[error("the provider does not accept this installation")]
    Misconfigured,
    /// An answer that is no answer, or whose signature, audience, time or nonce is wrong.
    #[error("the provider's answer cannot be trusted")]
    Untrustworthy,
}

/// The providers of this installation; one that is not configured is not offered.
#[derive(Clone, Default)]
pub struct Providers(BTreeMap<LoginMethodKind, Arc<dyn IdentityProvider>>);

impl Providers {
    /// These, at most one of each kind; a later one takes the place of an earlier one.
    #[must_use]
    pub fn new(all: impl IntoIterator<Item = Arc<dyn IdentityProvider>>) -> Self {
        Self(all.into_iter().map(|one| (one.kind(), one)).collect())
    }

    /// The demo's: one of each kind.
    #[must_use]
    pub fn sandbox(phones: &Arc<SandboxPhones>) -> Self {
        let kinds = LoginMethodKind::ALL.into_iter();
        Self::new(kinds.filter(|kind| *kind != LoginMethodKind::Email).map(
            |kind| -> Arc<dyn IdentityProvider> {
                Arc::new(Sandbox::new(kind, Arc::clone(phones)))
            },
        ))
    }

    /// The provider of this kind.
    #[must_use]
    pub fn get(&self, kind: LoginMethodKind) -> Option<&Arc<dyn IdentityProvider>> {
        self.0.get(&kind)
    }

    /// Which kinds are offered.
    pub fn kinds(&self) -> impl Iterator<Item = LoginMethodKind> + '_ {
        self.0.keys().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_that_tells_nobody_apart_is_none_and_names_are_cut() {
        for bad in ["", "a b", "a\u{0}b", &"a".repeat(LONGEST_SUBJECT + 1)] {
            let made = ProviderIdentity::new(bad, None, false);
            assert_eq!(made, Err(ProviderFailure::Untrustworthy), "{bad:?}");
        }
        let longest = "a".repeat(LONGEST_SUBJECT);
        let name = format!(" {}\u{7}好 ", "好".repeat(LONGEST_NAME - 1));
        let made = ProviderIdentity::new(&longest, Some(&name), false).unwrap();
        assert_eq!(made.display_name, Some("好".repeat(LONGEST_NAME)));
        let nameless = ProviderIdentity::new("o-1", Some(" \u{7} "), false).unwrap();
        assert_eq!(nameless.display_name, None);
    }

    #[test]
    fn an_identity_keeps_itself_out_of_logs() {
        let made = ProviderIdentity::new("o-secret", Some("secret"), false).unwrap();
        assert!(!format!("{made:?}").contains("secret"));
    }
}
