//! Personal data at rest: sealed with a key that can be rotated, found again by a keyed hash.
//!
//! Must not know what the data is about or where it is stored.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Names the layout of a sealed text, so that another one can come beside it.
const LAYOUT: &str = "s1";
const NONCE_LENGTH: usize = 24;
const KEY_LENGTH: usize = 32;

/// The keys as an installation's file spells them (TOML); every key is 64 hexadecimal digits.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    /// The id of the key that seals from now on.
    pub seal_with: String,
    /// The key of the keyed hash; it cannot be rotated, since hashes cannot be turned back.
    pub lookup: String,
    /// Every key that can still open something, by id.
    pub keys: BTreeMap<String, String>,
}

/// Why the keys cannot be used, or a sealed text not be opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The file is not TOML of the expected form.
    #[error("the keys are not readable: {0}")]
    Unreadable(Box<toml::de::Error>),
    /// A key is not 64 hexadecimal digits.
    #[error("the key {0:?} is not 64 hexadecimal digits")]
    NotAKey(String),
    /// A key id would not fit into a sealed text.
    #[error("the key id {0:?} is not made of letters, digits and hyphens")]
    NotAKeyId(String),
    /// The key that shall seal is not among the keys.
    #[error("there is no key {0:?}")]
    NoSuchKey(String),
    /// The text was not sealed by this program, or for something else, or with other keys.
    #[error("a sealed text cannot be opened")]
    Sealed,
    /// The operating system gave no random bytes.
    #[error("no random bytes: {0}")]
    NoRandomness(#[from] getrandom::Error),
}

/// Seals and opens texts, and hashes them for equality.
pub struct Vault {
    seal_with: String,
    keys: BTreeMap<String, XChaCha20Poly1305>,
    lookup: Hmac<Sha256>,
}

impl KeyFile {
    /// Makes fresh keys, for an operator's new installation.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn generate(id: &str) -> Result<Self, VaultError> {
        let fresh = || -> Result<String, VaultError> {
            let mut key = Zeroizing::new([0_u8; KEY_LENGTH]);
            getrandom::fill(key.as_mut_slice())?;
            Ok(hex::encode(key.as_slice()))
        };
        Ok(Self {
            seal_with: id.to_owned(),
            lookup: fresh()?,
            keys: BTreeMap::from([(id.to_owned(), fresh()?)]),
        })
    }
}

impl Vault {
    /// Reads the keys of an installation.
    ///
    /// # Errors
    /// When the text is not a [`KeyFile`] or one of its keys is not a key.
    pub fn from_toml(text: &str) -> Result<Self, VaultError> {
        let file = toml::from_str(text).map_err(|error| VaultError::Unreadable(Box::new(error)))?;
        Self::new(file)
    }

    /// Takes the keys into use.
    ///
    /// # Errors
    /// When one of them is not a key or the sealing key is missing.
    pub fn new(file: KeyFile) -> Result<Self, VaultError> {
        let lookup = parse_key("lookup", &file.lookup)?;
        let lookup = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(lookup.as_slice())
            .map_err(|_| VaultError::NotAKey("lookup".to_owned()))?;
        let mut keys = BTreeMap::new();
        for (id, text) in file.keys {
            let speakable = |c: char| c.is_ascii_alphanumeric() || c == '-';
            if id.is_empty() || !id.chars().all(speakable) {
                return Err(VaultError::NotAKeyId(id));
            }
            let key = parse_key(&id, &text)?;
            keys.insert(id, XChaCha20Poly1305::new((&*key).into()));
        }
        if !keys.contains_key(&file.seal_with) {
            return Err(VaultError::NoSuchKey(file.seal_with));
        }
        Ok(Self {
            seal_with: file.seal_with,
            keys,
            lookup,
        })
    }

    /// Seals `text` so that it opens only for the same `purpose`, such as a table's column and row.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn seal(&self, purpose: &str, text: &str) -> Result<String, VaultError> {
        let (id, bytes) = self.encrypt(purpose, text.as_bytes())?;
        let text = URL_SAFE_NO_PAD.encode(bytes);
        Ok(format!("{LAYOUT}.{id}.{text}"))
    }

    /// Opens what [`Vault::seal`] sealed for the same `purpose`.
    ///
    /// # Errors
    /// When the text was changed, was sealed for something else, or its key is gone.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<String, VaultError> {
        let mut parts = sealed.split('.');
        let (Some(LAYOUT), Some(id), Some(text), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(VaultError::Sealed);
        };
        let bytes = URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| VaultError::Sealed)?;
        let opened = self.decrypt((id, purpose), &bytes)?;
        String::from_utf8(opened).map_err(|_| VaultError::Sealed)
    }

    /// Seals bytes as [`Vault::seal`] does texts: layout, key id and what is sealed, without making it a
    /// third longer.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn seal_bytes(&self, purpose: &str, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (id, sealed) = self.encrypt(purpose, bytes)?;
        let mut whole = format!("{LAYOUT}.{id}.").into_bytes();
        whole.extend_from_slice(&sealed);
        Ok(whole)
    }

    /// Opens what [`Vault::seal_bytes`] sealed for the same `purpose`.
    ///
    /// # Errors
    /// When the bytes were changed, were sealed for something else, or their key is gone.
    pub fn open_bytes(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut parts = sealed.splitn(3, |byte| *byte == b'.');
        let (Some(layout), Some(id), Some(bytes)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(VaultError::Sealed);
        };
        if layout != LAYOUT.as_bytes() {
            return Err(VaultError::Sealed);
        }
        let id = std::str::from_utf8(id).map_err(|_| VaultError::Sealed)?;
        self.decrypt((id, purpose), bytes)
    }

    /// The id of the key in use, and the nonce with what it sealed.
    fn encrypt(&self, purpose: &str, bytes: &[u8]) -> Result<(&str, Vec<u8>), VaultError> {
        let mut nonce = [0_u8; NONCE_LENGTH];
        getrandom::fill(&mut nonce)?;
        let payload = Payload {
            msg: bytes,
            aad: purpose.as_bytes(),
        };
        let sealed = self
            .key(&self.seal_with)?
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| VaultError::Sealed)?;
        Ok((&self.seal_with, [nonce.as_slice(), &sealed].concat()))
    }

    fn decrypt(&self, (id, purpose): (&str, &str), bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (nonce, sealed) = bytes
            .split_first_chunk::<NONCE_LENGTH>()
            .ok_or(VaultError::Sealed)?;
        let payload = Payload {
            msg: sealed,
            aad: purpose.as_bytes(),
        };
        self.key(id)?
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| VaultError::Sealed)
    }

    fn key(&self, id: &str) -> Result<&XChaCha20Poly1305, VaultError> {
        let key = self.keys.get(id);
        key.ok_or_else(|| VaultError::NoSuchKey(id.to_owned()))
    }

    /// The same hash for the same `value` of the same `kind`, useless without the key.
    #[must_use]
    pub fn lookup_hash(&self, kind: &str, value: &str) -> String {
        let mut mac = self.lookup.clone();
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }
}

fn parse_key(id: &str, text: &str) -> Result<Zeroizing<[u8; KEY_LENGTH]>, VaultError> {
    let mut key = Zeroizing::new([0_u8; KEY_LENGTH]);
    hex::decode_to_slice(text.trim(), key.as_mut_slice())
        .map_err(|_| VaultError::NotAKey(id.to_owned()))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_the_same_purpose_only() {
        let vault = Vault::new(KeyFile::generate("a").unwrap()).unwrap();
        let sealed = vault.seal("name:1", "张三").unwrap();
        assert_eq!(vault.open("name:1", &sealed).unwrap(), "张三");
        assert!(vault.open("name:2", &sealed).is_err());
        assert!(!sealed.contains("张三"));
        assert_ne!(sealed, vault.seal("name:1", "张三").unwrap());
        let mut broken = sealed.clone();
        let last = broken.pop();
        broken.push(if last == Some('A') { 'B' } else { 'A' });
        assert!(vault.open("name:1", &broken).is_err());
        for hostile in [
            "",
            "s1",
            "s1.a",
            "s1.a.",
            "s1.a.AAAA",
            "s2.a.AAAA",
            "s1.b.AAAA",
        ] {
            assert!(vault.open("name:1", hostile).is_err(), "{hostile}");
        }
    }

    #[test]
    fn an_old_key_still_opens_after_rotation() {
        let old = KeyFile::generate("a").unwrap();
        let sealed = Vault::new(old.clone()).unwrap().seal("x", "text").unwrap();
        let mut rotated = KeyFile::generate("b").unwrap();
        rotated.keys.extend(old.keys);
        let vault = Vault::new(rotated).unwrap();
        assert_eq!(vault.open("x", &sealed).unwrap(), "text");
        assert!(vault.seal("x", "text").unwrap().starts_with("s1.b."));
    }

    #[test]
    fn sealed_bytes_open_for_the_same_purpose_with_an_old_key_too() {
        let old = KeyFile::generate("a").unwrap();
        let bytes: Vec<u8> = (0..=255).collect();
        let sealed = Vault::new(old.clone())
            .unwrap()
            .seal_bytes("x", &bytes)
            .unwrap();
        assert!(sealed.starts_with(b"s1.a.") && sealed.len() == bytes.len() + 5 + 24 + 16);
        let mut rotated = KeyFile::generate("b").unwrap();
        rotated.keys.extend(old.keys);
        let vault = Vault::new(rotated).unwrap();
        assert_eq!(vault.open_bytes("x", &sealed).unwrap(), bytes);
        assert!(vault.open_bytes("y", &sealed).is_err());
        assert!(vault.seal_bytes("x", b"").unwrap().starts_with(b"s1.b."));
        for at in 0..sealed.len() {
            let mut broken = sealed.clone();
            broken[at] ^= 1;
            assert!(vault.open_bytes("x", &broken).is_err(), "{at}");
        }
        for hostile in [&b""[..], b"s1", b"s1.a", b"s1.a.", b"s1..", b"s1.\xff.x"] {
            assert!(vault.open_bytes("x", hostile).is_err());
        }
    }

    #[test]
    fn lookup_hashes_agree_only_for_the_same_kind_value_and_key() {
        let file = KeyFile::generate("a").unwrap();
        let vault = Vault::new(file.clone()).unwrap();
        let again = Vault::new(file).unwrap();
        let other = Vault::new(KeyFile::generate("a").unwrap()).unwrap();
        let hash = vault.lookup_hash("email", "a@b.example");
        assert_eq!(hash, again.lookup_hash("email", "a@b.example"));
        assert_ne!(hash, vault.lookup_hash("phone", "a@b.example"));
        assert_ne!(hash, vault.lookup_hash("email", "b@b.example"));
        assert_ne!(hash, other.lookup_hash("email", "a@b.example"));
    }

    #[test]
    fn keys_that_are_no_keys_are_refused() {
        let good = KeyFile::generate("a").unwrap();
        let mut short = good.clone();
        short.lookup = "00".to_owned();
        assert!(matches!(Vault::new(short), Err(VaultError::NotAKey(_))));
        let mut missing = good.clone();
        missing.seal_with = "b".to_owned();
        assert!(matches!(Vault::new(missing), Err(VaultError::NoSuchKey(_))));
        let mut dotted = good;
        dotted.keys.insert("a.b".to_owned(), "00".repeat(32));
        assert!(matches!(Vault::new(dotted), Err(VaultError::NotAKeyId(_))));
        assert!(matches!(
            Vault::from_toml("seal_with = 1"),
            Err(VaultError::Unreadable(_))
        ));
    }
}
