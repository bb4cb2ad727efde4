//! One sign-in as the operation audit shows it (SGN-9). Must not know where it is kept.

use serde::{Deserialize, Serialize};

use crate::login_methods::LoginMethodKind;
use crate::time::Timestamp;

/// A sign-in, or a try at one (SGN-9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInRecord {
    /// When.
    pub at: Timestamp,
    /// The network address.
    pub ip: String,
    /// Where that is, if known.
    pub place: Option<String>,
    /// Browser and system, as far as they tell.
    pub device: String,
    /// How.
    pub method: SignInMethod,
    /// What came of it.
    pub result: SignInResult,
}

/// How somebody signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "method", content = "kind", rename_all = "snake_case")]
pub enum SignInMethod {
    /// With a login method of a root account.
    LoginMethod(LoginMethodKind),
    /// As a sub-user, with the root's id, a name and a password (SGN-14).
    SubUser,
    /// With a passkey, without a name (MFA-1).
    Passkey,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignInResult {
    /// Signed in.
    SignedIn,
    /// Signed in on a trusted device, without a second proof (SGN-2).
    SignedInTrusted,
    /// The password was wrong.
    WrongPassword,
    /// Refused for want of a captcha.
    CaptchaMissing,
    /// Refused because password sign-in was locked (SGN-1), or the account by its owner (ACC-14).
    Locked,
    /// The second proof was wrong, or never came.
    SecondStepFailed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sgn_9_a_sign_in_tells_time_address_place_device_method_and_result() {
        let record = SignInRecord {
            at: Timestamp::from_millis(1_790_000_010_000),
            ip: "192.0.2.7".to_owned(),
            place: None,
            device: "Firefox on Linux".to_owned(),
            method: SignInMethod::LoginMethod(LoginMethodKind::Wechat),
            result: SignInResult::SignedInTrusted,
        };
        let text = serde_json::to_value(&record).unwrap();
        assert_eq!(
            text,
            serde_json::json!({
                "at": 1_790_000_010_000_i64,
                "ip": "192.0.2.7",
                "place": null,
                "device": "Firefox on Linux",
                "method": {"method": "login_method", "kind": "wechat"},
                "result": "signed_in_trusted",
            })
        );
        assert_eq!(
            serde_json::from_value::<SignInRecord>(text).unwrap(),
            record
        );
    }
}
