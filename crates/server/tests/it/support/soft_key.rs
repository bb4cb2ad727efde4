//! A security key made of software, and the browser around it. Knows WebAuthn's bytes; does not know
//! the server, so that its mistakes are not the server's.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const HAS_KEY: u8 = 0x40;

/// A key that a test turns as it likes; a clone is a copy of it.
#[derive(Clone)]
pub(crate) struct SoftKey {
    secret: SigningKey,
    /// Its id.
    pub(crate) id: Vec<u8>,
    /// What it remembers of the account.
    pub(crate) handle: Option<Vec<u8>>,
    /// How often it signed; with `None` it does not count.
    pub(crate) counter: Option<u32>,
    /// Whether it checks its person.
    pub(crate) verifies: bool,
    /// The page's origin, as the browser sees it.
    pub(crate) origin: String,
    /// The site that the browser lets the page ask for.
    pub(crate) site: String,
}

impl SoftKey {
    /// A key that counts and checks its person.
    pub(crate) fn new(number: u8, site: &str, origin: &str) -> Self {
        Self {
            secret: SigningKey::from_slice(&[number; 32]).unwrap(),
            id: vec![number; 20],
            handle: None,
            counter: Some(0),
            verifies: true,
            origin: origin.to_owned(),
            site: site.to_owned(),
        }
    }

    /// Its id as text.
    pub(crate) fn id_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.id)
    }

    /// `navigator.credentials.create`.
    pub(crate) fn create(&mut self, challenge: &Value) -> Value {
        let options = &challenge["publicKey"];
        let handle = options["user"]["id"].as_str().unwrap();
        self.handle = Some(URL_SAFE_NO_PAD.decode(handle).unwrap());
        let mut signed = self.authenticator_data(HAS_KEY);
        signed.extend([0; 16]);
        signed.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        signed.extend(&self.id);
        signed.extend(self.public_key());
        let mut attestation = vec![0xa3];
        attestation.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x59");
        attestation.extend(u16::try_from(signed.len()).unwrap().to_be_bytes());
        attestation.extend(signed);
        json!({
            "id": self.id_text(),
            "rawId": self.id_text(),
            "type": "public-key",
            "response": {
                "attestationObject": URL_SAFE_NO_PAD.encode(attestation),
                "clientDataJSON": self.client_data("webauthn.create", options),
                "transports": ["usb"],
            },
            "clientExtensionResults": {"credProps": {"rk": true}},
        })
    }

    /// `navigator.credentials.get`.
    pub(crate) fn get(&mut self, challenge: &Value) -> Value {
        if let Some(counter) = &mut self.counter {
            *counter += 1;
        }
        let client_data = self.client_data("webauthn.get", &challenge["publicKey"]);
        let data = self.authenticator_data(0);
        let hash = Sha256::digest(URL_SAFE_NO_PAD.decode(&client_data).unwrap());
        let signature: Signature = self.secret.sign(&[data.as_slice(), &hash].concat());
        json!({
            "id": self.id_text(),
            "rawId": self.id_text(),
            "type": "public-key",
            "response": {
                "authenticatorData": URL_SAFE_NO_PAD.encode(data),
                "clientDataJSON": client_data,
                "signature": URL_SAFE_NO_PAD.encode(signature.to_der()),
                "userHandle": self.handle.as_ref().map(|handle| URL_SAFE_NO_PAD.encode(handle)),
            },
            "clientExtensionResults": {},
        })
    }

    fn authenticator_data(&self, more_flags: u8) -> Vec<u8> {
        let verified = if self.verifies { USER_VERIFIED } else { 0 };
        let mut data = Sha256::digest(self.site.as_bytes()).to_vec();
        data.push(USER_PRESENT | verified | more_flags);
        data.extend(self.counter.unwrap_or_default().to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let text = json!({
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        });
        URL_SAFE_NO_PAD.encode(text.to_string())
    }

    /// The public key as COSE writes it: an EC2 key for ES256 on P-256.
    fn public_key(&self) -> Vec<u8> {
        let point = self.secret.verifying_key().to_sec1_point(false);
        let mut key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        key.extend(point.x().unwrap());
        key.extend(b"\x22\x58\x20");
        key.extend(point.y().unwrap());
        key
    }
}
