//! Security keys and passkeys: what is asked of a browser and what its answer proves (MFA-1).
//!
//! One kind of key serves twice: as the second proof after a password, and, where it checks its
//! person itself, for signing in without a name. So a key is asked to remember the account
//! (`residentKey: preferred`) and to check the person (`userVerification: preferred`), and neither
//! is demanded at binding: plain keys with one button stay welcome as a second proof.
//!
//! A ceremony has two requests. Its state is a text that the caller seals, keeps with an end, binds
//! to the browser and **deletes when it is used, in the same transaction**: that is what makes an
//! answer work once. Must not know tables, nor whether a proof is wanted.

mod site;

pub use site::KeySite;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::account::AccountId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, PublicKeyCredential,
    RegisterPublicKeyCredential, RequestChallengeResponse, SecurityKey, SecurityKeyRegistration,
    Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

/// The standard's limit on the length of a key's id, in bytes.
const LONGEST_ID: usize = 1023;
/// Where the signature counter stands in what a key signs.
const COUNTER_AT: usize = 33;
/// Sets the handles of accounts apart from other hashes of the same bytes.
const HANDLE: &[u8] = b"account-center key handle\0";

/// Runs the ceremonies of one site.
pub struct Keys(Webauthn);

/// Whose key is registered.
#[derive(Clone, Copy, Debug)]
pub struct KeyOwner<'a> {
    /// The account.
    pub account_id: AccountId,
    /// What the browser shows beside the account's id when it asks which key to use.
    pub nickname: &'a str,
}

/// A ceremony was begun.
#[derive(Debug)]
pub struct Begun {
    /// For `navigator.credentials.create` or `.get`, in the JSON form of WebAuthn: binary fields
    /// are base64url texts.
    pub challenge: Value,
    /// To be kept and given back once.
    pub state: String,
}

/// A key was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    /// Its id as [`key_id`] gives it; no two accounts may have the same.
    pub id: String,
    /// What later signatures are checked with, to be sealed and kept.
    pub stored: String,
    /// The browser's word whether the key can be found without a name; a hint for the page only.
    pub is_discoverable: Option<bool>,
}

/// A key signed the challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyProof {
    /// The key.
    pub id: String,
    /// Its counter now, for [`domain::mfa::try_key_counter`]; 0 where a key does not count.
    pub counter: u32,
    /// Whether the key checked its person by PIN, finger or face.
    pub user_verified: bool,
    /// Takes the place of what was stored.
    pub stored: String,
}

/// Why a key proved nothing.
#[derive(Debug, thiserror::Error)]
pub enum KeyProblem {
    /// What the browser sent is not an answer of a key.
    #[error("not an answer of a key: {0}")]
    Unreadable(serde_json::Error),
    /// The state is of another ceremony or another account.
    #[error("the answer belongs to something else")]
    WrongCeremony,
    /// The key is bound to the account already.
    #[error("the key is bound already")]
    AlreadyBound,
    /// Its signature is right and its counter has not grown: a copy of it may be about. The caller
    /// asks [`domain::mfa::try_key_counter`], which counts it.
    #[error("the key's counter has not grown")]
    CounterNotGrown {
        /// The counter that the key signed.
        answered: u32,
    },
    /// The signature, the challenge, the site or the person's check is wrong; the reason is for the
    /// log.
    #[error("the key did not prove itself: {0}")]
    NotProved(WebauthnError),
    /// Something that we kept cannot be read, or the library does not work: a fault of the server.
    #[error("keys do not work: {0}")]
    Internal(String),
}

/// What is kept between the two requests of a ceremony.
#[derive(Serialize, Deserialize)]
enum State {
    Registration {
        account_id: AccountId,
        existing: Vec<String>,
        registration: SecurityKeyRegistration,
    },
    SecondStep {
        account_id: AccountId,
        authentication: DiscoverableAuthentication,
    },
    SignIn {
        authentication: DiscoverableAuthentication,
    },
}

/// Who answers an authentication.
#[derive(Clone, Copy, Debug)]
pub struct KnownKey<'a> {
    /// The account whose key has the id that [`key_id`] found in the answer.
    pub account_id: AccountId,
    /// What is kept of that key.
    pub stored: &'a str,
}

impl Keys {
    /// The ceremonies of `site`; browsers may show `product`'s name.
    ///
    /// # Errors
    /// [`KeyProblem::Internal`], which a [`KeySite`] does not lead to.
    pub fn new(site: &KeySite, product: &str) -> Result<Self, KeyProblem> {
        WebauthnBuilder::new(&site.id, &site.origin)
            .and_then(|builder| builder.rp_name(product).build())
            .map(Self)
            .map_err(internal)
    }

    /// Begins to register a key; those of `existing` (ids) are told apart by the browser, which
    /// then says that the key is bound already.
    ///
    /// # Errors
    /// [`KeyProblem::Internal`].
    pub fn start_registration(
        &self,
        owner: KeyOwner<'_>,
        existing: &[String],
    ) -> Result<Begun, KeyProblem> {
        let excluded = existing
            .iter()
            .map(|id| URL_SAFE_NO_PAD.decode(id))
            .collect::<Result<Vec<_>, _>>()
            .map_err(internal)?;
        let (challenge, registration) = self
            .0
            .start_securitykey_registration(
                handle(owner.account_id),
                &owner.account_id.to_string(),
                owner.nickname,
                Some(excluded),
                None,
                None,
            )
            .map_err(internal)?;
        let mut challenge = serde_json::to_value(challenge).map_err(internal)?;
        // The library asks here for second proofs only. Nothing that is changed is checked at the
        // end, since no browser can be held to it.
        if let Some(options) = member(&mut challenge, "publicKey") {
            options.remove("hints");
            // `credProtect` at its strictest makes a key without a PIN useless.
            options.insert(
                "extensions".to_owned(),
                serde_json::json!({"credProps": true}),
            );
        }
        if let Some(options) = challenge.get_mut("publicKey")
            && let Some(selection) = member(options, "authenticatorSelection")
        {
            selection.insert("residentKey".to_owned(), "preferred".into());
        }
        begun(
            challenge,
            &State::Registration {
                account_id: owner.account_id,
                existing: existing.to_vec(),
                registration,
            },
        )
    }

    /// Ends a registration with what the browser answered.
    ///
    /// # Errors
    /// Says why the key proved nothing; nothing of it may be kept.
    pub fn finish_registration(
        &self,
        state: &str,
        account_id: AccountId,
        answer: &Value,
    ) -> Result<NewKey, KeyProblem> {
        let (existing, registration) = match kept(state)? {
            State::Registration {
                account_id: of,
                existing,
                registration,
            } if of == account_id => (existing, registration),
            _ => return Err(KeyProblem::WrongCeremony),
        };
        let credential: RegisterPublicKeyCredential = read(answer)?;
        // The library refuses such a key too, but does not say why.
        if existing.contains(&id_text(&credential.raw_id)?) {
            return Err(KeyProblem::AlreadyBound);
        }
        let key = self
            .0
            .finish_securitykey_registration(&credential, &registration)
            .map_err(|error| not_proved(error, 0))?;
        // The id that the key signed, not the one that the browser put beside it.
        let id = id_text(key.cred_id().as_slice())?;
        Ok(NewKey {
            id,
            stored: serde_json::to_string(&key).map_err(internal)?,
            is_discoverable: answer
                .pointer("/clientExtensionResults/credProps/rk")
                .and_then(Value::as_bool),
        })
    }

    /// Asks for one of the account's keys after another proof was right; `stored` is what is kept
    /// of each. The person's check is wanted, and demanded where the key made it at its binding.
    ///
    /// # Errors
    /// [`KeyProblem::Internal`].
    pub fn start_second_step(
        &self,
        account_id: AccountId,
        stored: &[String],
    ) -> Result<Begun, KeyProblem> {
        let keys = stored
            .iter()
            .map(|stored| serde_json::from_str(stored))
            .collect::<Result<Vec<SecurityKey>, _>>()
            .map_err(internal)?;
        let (challenge, authentication) = self
            .0
            .start_securitykey_authentication(&keys)
            .map_err(internal)?;
        // Both states hold the same. As this one, it is checked against the key as it is stored
        // when the answer comes, not as it was when the ceremony began: a copy of a key that began
        // before the last sign-in of the original would pass otherwise.
        let authentication = serde_json::to_value(&authentication)
            .and_then(serde_json::from_value)
            .map_err(internal)?;
        begun(
            plain(challenge)?,
            &State::SecondStep {
                account_id,
                authentication,
            },
        )
    }

    /// Asks for any key that knows an account of this site: signing in without a name. The key has
    /// to check its person, so that it stands for both proofs.
    ///
    /// # Errors
    /// [`KeyProblem::Internal`].
    pub fn start_sign_in(&self) -> Result<Begun, KeyProblem> {
        let (challenge, authentication) = self
            .0
            .start_discoverable_authentication()
            .map_err(internal)?;
        begun(plain(challenge)?, &State::SignIn { authentication })
    }

    /// Ends a second step or a sign-in with what the browser answered.
    ///
    /// # Errors
    /// Says why the key proved nothing.
    pub fn finish_authentication(
        &self,
        state: &str,
        known: KnownKey<'_>,
        answer: &Value,
    ) -> Result<KeyProof, KeyProblem> {
        let credential: PublicKeyCredential = read(answer)?;
        let named = credential.response.user_handle.as_deref();
        let owner = handle(known.account_id);
        let is_owner = |named: &[u8]| named == owner.as_bytes();
        let authentication = match kept(state)? {
            State::SecondStep {
                account_id,
                authentication,
            } if account_id == known.account_id && named.is_none_or(is_owner) => authentication,
            State::SignIn { authentication } if named.is_some_and(is_owner) => authentication,
            _ => return Err(KeyProblem::WrongCeremony),
        };
        let mut key: SecurityKey = serde_json::from_str(known.stored).map_err(internal)?;
        let proof = self
            .0
            .finish_discoverable_authentication_v2(&credential, authentication, &key)
            .map_err(|error| not_proved(error, signed_counter(&credential)))?;
        key.update_credential(&proof);
        key_proof(&key, &proof)
    }
}

/// The id of the key that answered, by which it is looked up: base64url without padding.
///
/// # Errors
/// [`KeyProblem::Unreadable`].
pub fn key_id(answer: &Value) -> Result<String, KeyProblem> {
    let credential: PublicKeyCredential = read(answer)?;
    id_text(&credential.raw_id)
}

fn key_proof(key: &SecurityKey, proof: &AuthenticationResult) -> Result<KeyProof, KeyProblem> {
    Ok(KeyProof {
        id: id_text(proof.cred_id().as_slice())?,
        counter: proof.counter(),
        user_verified: proof.user_verified(),
        stored: serde_json::to_string(key).map_err(internal)?,
    })
}

/// What a key remembers of an account: tells nobody else which one it is, always the same.
fn handle(account_id: AccountId) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(HANDLE);
    hash.update(account_id.to_string().as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let [first @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = digest;
    Uuid::from_bytes(first)
}

fn id_text(id: &[u8]) -> Result<String, KeyProblem> {
    if id.is_empty() || id.len() > LONGEST_ID {
        return Err(KeyProblem::NotProved(WebauthnError::CredentialNotFound));
    }
    Ok(URL_SAFE_NO_PAD.encode(id))
}

/// The challenge without the library's wishes about how the browser should ask.
fn plain(challenge: RequestChallengeResponse) -> Result<Value, KeyProblem> {
    let mut challenge = serde_json::to_value(challenge).map_err(internal)?;
    if let Some(challenge) = challenge.as_object_mut() {
        challenge.remove("mediation");
    }
    if let Some(options) = member(&mut challenge, "publicKey") {
        options.remove("hints");
        options.remove("extensions");
    }
    Ok(challenge)
}

fn member<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut serde_json::Map<String, Value>> {
    value.get_mut(name)?.as_object_mut()
}

fn begun(challenge: Value, state: &State) -> Result<Begun, KeyProblem> {
    let state = serde_json::to_string(state).map_err(internal)?;
    Ok(Begun { challenge, state })
}

fn kept(state: &str) -> Result<State, KeyProblem> {
    serde_json::from_str(state).map_err(internal)
}

fn read<T: DeserializeOwned>(answer: &Value) -> Result<T, KeyProblem> {
    T::deserialize(answer).map_err(KeyProblem::Unreadable)
}

/// The counter in what the key signed.
fn signed_counter(credential: &PublicKeyCredential) -> u32 {
    let signed = credential.response.authenticator_data.get(COUNTER_AT..);
    let counter = signed.and_then(|bytes| bytes.first_chunk());
    counter.map_or(0, |bytes| u32::from_be_bytes(*bytes))
}

fn not_proved(error: WebauthnError, answered: u32) -> KeyProblem {
    match error {
        WebauthnError::CredentialPossibleCompromise => KeyProblem::CounterNotGrown { answered },
        other => KeyProblem::NotProved(other),
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that `map_err` wants"
)]
fn internal(error: impl ToString) -> KeyProblem {
    KeyProblem::Internal(error.to_string())
}

#[cfg(test)]
#[path = "../../tests/it/support/soft_key.rs"]
mod soft_key;
#[cfg(test)]
mod tests;
