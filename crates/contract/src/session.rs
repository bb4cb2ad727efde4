//! Signing in, who is signed in, signing out.

use domain::account::{AccountId, VerificationStatus};
use domain::identity::SubUserName;
use domain::mfa::DeviceKind;
use domain::protection::ProofMethod;
use domain::sign_in::SecondStepWay;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::captcha::Captcha;
use crate::proof::Proof;

/// The body of [`crate::endpoints::SIGN_IN`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The login e-mail.
    pub email: String,
    /// The password as typed.
    pub password: String,
    /// What shows that a person tries, once too many passwords were wrong (SGN-1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captcha: Option<Captcha>,
}

/// The body of [`crate::endpoints::SIGN_IN_SUB_USER`] (SGN-14).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInSubUser {
    /// The root account's id.
    pub root: String,
    /// The name under that root.
    pub user_name: String,
    /// The password as typed.
    pub password: String,
    /// What shows that a person tries, once too many passwords were wrong (SGN-1); a puzzle, since a
    /// sub-user has no address that a code could go to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captcha: Option<Captcha>,
}

/// The answer to each endpoint that takes a first proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SignInAnswer {
    /// Signed in.
    SignedIn(CurrentSession),
    /// The first proof was right; one more is asked for (SGN-2, SGN-4).
    SecondStep(SecondStepAsked),
}

/// What the second step asks for (SGN-2, SGN-3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStepAsked {
    /// The ways through it: the first is opened, the others are what "use another way" offers, and the
    /// appeal comes last (SGN-3).
    pub ways: Vec<SecondStepOffer>,
    /// For how many milliseconds this device skips the second step when it is trusted (SGN-2); nothing
    /// where trust would change nothing.
    pub trust_for: Option<i64>,
    /// Until when a proof is taken; then the first one is given again.
    pub ends_at: Timestamp,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// One way through the second step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStepOffer {
    /// The way.
    pub way: SecondStepWay,
    /// Where a code would go, masked, for ways that send one.
    pub to: Option<String>,
    /// When the next code may be asked for, when one was sent a moment ago.
    pub resend_at: Option<Timestamp>,
    /// For MFA the kind of the device: codes are typed, a security key is touched (MFA-1).
    pub device: Option<DeviceKind>,
}

/// The answer to [`crate::endpoints::GET_SECOND_STEP`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondStepStatus {
    /// What is asked in this browser, if anything.
    pub asked: Option<SecondStepAsked>,
}

/// The body of [`crate::endpoints::SEND_SECOND_STEP_CODE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendSecondStepCode {
    /// Security phone or security e-mail.
    pub method: ProofMethod,
}

/// The body of [`crate::endpoints::PASS_SECOND_STEP`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PassSecondStep {
    /// The proof.
    pub proof: Proof,
    /// Whether this device skips the second step from now on, for a time (SGN-2).
    pub trust_device: bool,
}

/// Who is signed in; the answer to [`crate::endpoints::GET_SESSION`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentSession {
    /// The signed-in owner, or nothing when nobody is signed in.
    pub owner: Option<Owner>,
    /// The server's time at the answer, in milliseconds since the Unix epoch.
    pub server_time: Timestamp,
}

/// A sub-user that is signed in (SGN-14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubUser {
    /// Its own id.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "100000000007"))]
    pub user_id: AccountId,
    /// Its name under the root account.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "ops-1"))]
    pub name: SubUserName,
}

/// The signed-in owner of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Owner {
    /// The account's id (ACC-1).
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "100000000001"))]
    pub account_id: AccountId,
    /// What the console calls the owner (ACC-4).
    pub nickname: String,
    /// The sub-user of this account whose session it is; nothing when it is the owner's own (SGN-14).
    pub sub_user: Option<SubUser>,
    /// After unlocking, the password must be set anew before anything else (ACC-14).
    pub must_set_password: bool,
    /// When the session ends if it is not used again (SGN-13).
    pub ends_at: Timestamp,
    /// Whether use moves that moment; `false` when the session has reached its greatest age (SGN-13).
    pub extends_with_use: bool,
    /// How many milliseconds before its end the page warns (SGN-13).
    pub warn_before: i64,
    /// Whether the account is verified; the frame names what an unverified one cannot do (VER-9).
    pub verification: VerificationStatus,
    /// What an operator froze the account for; nothing while none did (ACC-6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freeze: Option<FrozenByOperator>,
}

/// That an operator froze the account because of a violation (ACC-6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrozenByOperator {
    /// Why, in the operator's words.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}
