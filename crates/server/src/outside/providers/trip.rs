//! What a trip to a provider and back is made of. Knows which part may be seen by whom; does not
//! know providers.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::outside::ids::{Ids, NoRandomness};

/// The secret of one trip, of 256 random bits. It never leaves the server before the provider asks
/// for it; what goes through the browser are hashes of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier(String);

/// What the browser is sent away with.
#[derive(Clone, Copy)]
pub struct Departure<'a> {
    /// 256 random bits that come back with the browser, made by the caller, who keeps their hash
    /// beside the browser they belong to (V-27).
    pub state: &'a str,
    /// The trip's secret, which the caller keeps sealed.
    pub verifier: &'a Verifier,
    /// Where the provider sends the browser back to: absolute, one address for each kind.
    pub redirect_uri: &'a str,
}

/// What the browser came back with, after the caller has found the trip by its state.
#[derive(Clone, Copy)]
pub struct Arrival<'a> {
    /// The provider's code.
    pub code: &'a str,
    /// The trip's secret.
    pub verifier: &'a Verifier,
    /// The same address as at the departure.
    pub redirect_uri: &'a str,
}

impl Verifier {
    /// A new one.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn new(ids: &dyn Ids) -> Result<Self, NoRandomness> {
        ids.token().map(Self)
    }

    /// The one that the caller kept.
    #[must_use]
    pub const fn kept(text: String) -> Self {
        Self(text)
    }

    /// The secret itself, to keep it sealed or to give it to the provider.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The code challenge of RFC 7636, method S256.
    #[must_use]
    pub fn challenge(&self) -> String {
        hash(&[&self.0])
    }

    /// The nonce that an ID token must repeat; from it nobody finds the secret.
    #[must_use]
    pub fn nonce(&self) -> String {
        hash(&["nonce:", &self.0])
    }
}

fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::ids::SystemIds;

    #[test]
    fn the_challenge_is_the_one_of_rfc_7636_appendix_b() {
        let verifier = Verifier::kept("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned());
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(verifier.challenge(), challenge);
        assert_ne!(verifier.nonce(), challenge);
    }

    #[test]
    fn a_verifier_is_long_enough_and_never_printed() {
        let verifier = Verifier::new(&SystemIds).unwrap();
        assert!((43..=128).contains(&verifier.reveal().len()));
        assert!(!format!("{verifier:?}").contains(verifier.reveal()));
    }
}
