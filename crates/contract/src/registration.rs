//! Registering an account (REG).

use domain::login_methods::LoginMethodKind;
use domain::registration::LegalVersions;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What registering needs; the answer to [`crate::endpoints::GET_REGISTRATION`] and
/// [`crate::endpoints::PROVE_REGISTRATION_EMAIL`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Registration {
    /// The ways that are open on this installation, in the order of REG-1.
    pub ways: Vec<LoginMethodKind>,
    /// The texts in force; agreeing names these (REG-7).
    pub in_force: LegalVersions,
    /// The identity that was proved in this browser and waits to register, when one does.
    pub proved: Option<Proved>,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// An identity that was proved in this browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proved {
    /// Its kind.
    pub kind: LoginMethodKind,
    /// What to call it: the address, or what the provider calls the person.
    pub name: Option<String>,
    /// From when on it has to be proved again.
    pub expires_at: Timestamp,
}

/// The body of [`crate::endpoints::SEND_REGISTRATION_EMAIL_CODE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendEmailCode {
    /// The address as typed.
    pub email: String,
}

/// The body of [`crate::endpoints::PROVE_REGISTRATION_EMAIL`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProveEmail {
    /// The address as typed.
    pub email: String,
    /// The code that went there, as typed.
    pub code: String,
}

/// The body of [`crate::endpoints::SEND_REGISTRATION_PHONE_CODE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendPhoneCode {
    /// The number as typed.
    pub phone: String,
}

/// The body of [`crate::endpoints::REGISTER`]; the identity is the one that this browser has proved.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The password as typed; needed with an e-mail, ignored otherwise.
    #[serde(default)]
    pub password: Option<String>,
    /// The security phone as typed (REG-3).
    pub phone: String,
    /// The code that went to the phone, as typed.
    pub code: String,
    /// The versions of the texts that were agreed to (REG-7).
    #[serde(default)]
    pub agreed: Option<LegalVersions>,
    /// The wanted nickname; without one the account gets one made of its name (ACC-4).
    #[serde(default)]
    pub nickname: Option<String>,
}

/// A text to agree to, in both languages; the answer to [`crate::endpoints::GET_TERMS`] and
/// [`crate::endpoints::GET_PRIVACY`]. A line that begins with `# ` is a heading, an empty line ends a
/// paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LegalText {
    /// Its version (REG-7).
    pub version: String,
    /// In Chinese.
    pub chinese: String,
    /// In English.
    pub english: String,
}
