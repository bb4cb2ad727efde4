//! Proving again who one is (PRT-2, PRT-4).

use domain::mfa::DeviceKind;
use domain::protection::{CheckBasis, ProofMethod, SensitiveOperation};
use domain::refusal::Refusal;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The answer to [`crate::endpoints::GET_PROOF`] and [`crate::endpoints::PROVE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProofStatus {
    /// The operation that was asked about.
    pub operation: SensitiveOperation,
    /// What counts now, when something does.
    pub check: Option<CurrentCheck>,
    /// What stands against the operation, when nothing counts.
    pub refusals: Vec<Refusal>,
    /// The ways to prove oneself, strongest first.
    pub offers: Vec<Offer>,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// A check that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentCheck {
    /// What it rests on.
    pub basis: CheckBasis,
    /// Until when it counts; the page shows the time left (PRT-2).
    pub until: Timestamp,
}

/// A way to prove oneself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Offer {
    /// The way.
    pub method: ProofMethod,
    /// From when on it counts again for this operation, when it does not now (PRT-4).
    pub too_new_until: Option<Timestamp>,
    /// Where a code would go, masked, for ways that send one.
    pub to: Option<String>,
    /// When the next code may be asked for, when one was sent a moment ago.
    pub resend_at: Option<Timestamp>,
    /// For MFA the kind of the device: codes are typed, a security key is touched (MFA-1).
    pub device: Option<DeviceKind>,
}

/// The body of [`crate::endpoints::SEND_PROOF_CODE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendProofCode {
    /// Security phone or security e-mail.
    pub method: ProofMethod,
}

/// The body of [`crate::endpoints::PROVE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Prove {
    /// The operation that waits for it.
    pub operation: SensitiveOperation,
    /// The proof.
    pub proof: Proof,
}

/// A proof of who one is, as it comes from a form; the second step of a sign-in takes the same.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", rename_all = "snake_case", deny_unknown_fields)]
pub enum Proof {
    /// The code that went to the security phone.
    PhoneCode {
        /// As typed.
        code: String,
    },
    /// The code that went to the security e-mail.
    EmailCode {
        /// As typed.
        code: String,
    },
    /// The code that the MFA device shows.
    MfaCode {
        /// As typed.
        code: String,
    },
    /// One of the recovery codes, in place of the MFA device (MFA-7).
    RecoveryCode {
        /// As typed.
        code: String,
    },
    /// The answer of the security key that is bound as MFA device.
    Key {
        /// Names the challenge that was given out.
        challenge: String,
        /// The browser's answer, as JSON text.
        answer: String,
    },
    /// A scan with WeChat that was begun in this browser and confirmed on the phone (PRT-1).
    Wechat {
        /// The scan's id.
        scan: String,
    },
    /// A face check that was begun here and passed.
    Face {
        /// The check's id.
        check: String,
    },
}
