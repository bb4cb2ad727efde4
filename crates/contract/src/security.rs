//! Security settings: what is bound, what it is protected by, who is signed in where.

use domain::account::AccountId;
use domain::mfa::Device;
use domain::protection::{Factor, Protection, Protections, Score};
use domain::refusal::Refusal;
use domain::sign_in::{PasswordStrength, SessionLimits, SignInRecord};
use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// The answer to [`crate::endpoints::GET_SECURITY`] (PRT-3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecurityOverview {
    /// The account's id, which no password may contain (SGN-12).
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "100000000001"))]
    pub account_id: AccountId,
    /// The score with its parts and the one next step.
    pub score: Score,
    /// The security phone.
    pub phone: Option<BoundContact>,
    /// The security e-mail.
    pub email: Option<BoundContact>,
    /// A change of the security e-mail that waits for a code (CON-5).
    pub email_change: Option<PendingEmail>,
    /// The password.
    pub password: Option<PasswordState>,
    /// The password must be set anew before anything else (ACC-14).
    pub must_set_password: bool,
    /// The MFA device (MFA-2).
    pub mfa: Option<Device>,
    /// Since when WeChat confirms, also without being a login method (MFA-6).
    pub wechat_since: Option<Timestamp>,
    /// Whether WeChat is a login method too; it can go and the confirmation stays (LGM-8).
    pub wechat_signs_in: bool,
    /// What is asked for at sign-in and before sensitive operations (PRT-1).
    pub protections: Protections,
    /// Every factor, strongest first, with why it cannot be chosen now (PRT-1).
    pub factors: Vec<FactorState>,
    /// How many sessions are open, this one too.
    pub sessions: u32,
    /// How many devices skip the second step (SGN-2).
    pub trusted_devices: u32,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// A phone or an e-mail that is bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoundContact {
    /// Masked (CON-13).
    pub masked: String,
    /// When it was bound or last changed.
    pub changed_at: Timestamp,
}

/// What is known about a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordState {
    /// How hard it is to guess.
    pub strength: PasswordStrength,
    /// When it was set.
    pub changed_at: Timestamp,
}

/// A factor, and whether a protection can ask for it (PRT-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FactorState {
    /// The factor.
    pub factor: Factor,
    /// It is the weakest, which the page says.
    pub is_weakest: bool,
    /// Why it cannot be chosen now; empty when it can (API-2).
    pub refusals: Vec<Refusal>,
}

/// The body of [`crate::endpoints::SET_PASSWORD`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// The new password as typed.
    pub password: String,
}

/// The body of [`crate::endpoints::SEND_NEW_PHONE_CODE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendNewPhoneCode {
    /// The new number as typed.
    pub phone: String,
}

/// The body of [`crate::endpoints::CHANGE_SECURITY_PHONE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeSecurityPhone {
    /// The new number as typed.
    pub phone: String,
    /// The code that went to it.
    pub code: String,
}

/// The security phone was bound or changed (CON-3, CON-8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhoneChanged {
    /// The former number, masked; it gets no more security codes.
    pub old: Option<String>,
    /// The number from now on, masked.
    pub new: String,
    /// The recipients that still carry the former number as message phone.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub still_message_phone_of: Vec<AccountId>,
    /// How many other sessions the owner may want to end (SGN-6).
    pub offer_to_end: u32,
}

/// Whose code a change of the security e-mail waits for (CON-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EmailStep {
    /// The original address agrees.
    Original,
    /// The new address answers.
    New,
}

/// A change of the security e-mail on its way (CON-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingEmail {
    /// Whose code is awaited.
    pub step: EmailStep,
    /// The original address, masked; none at the first binding.
    pub original: Option<String>,
    /// The address wished for, masked.
    pub wished: String,
    /// When it lapses.
    pub lapses_at: Timestamp,
    /// When the next code may be asked for, when one was sent a moment ago.
    pub resend_at: Option<Timestamp>,
}

/// The body of [`crate::endpoints::START_EMAIL_CHANGE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartEmailChange {
    /// The new address as typed.
    pub email: String,
}

/// The body of [`crate::endpoints::CONFIRM_EMAIL_CHANGE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmEmailChange {
    /// Whose code it is.
    pub step: EmailStep,
    /// The code.
    pub code: String,
}

/// The answer to a right code: the next one is awaited, or the address has changed (CON-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmailConfirmed {
    /// The step that comes next, when there is one.
    pub pending: Option<PendingEmail>,
    /// What became of the change, when it is done.
    pub changed: Option<EmailChanged>,
}

/// The security e-mail was bound or changed (CON-5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmailChanged {
    /// The former address, masked; it gets no more security codes.
    pub old: Option<String>,
    /// The address from now on, masked.
    pub new: String,
    /// How many other sessions the owner may want to end (SGN-6).
    pub offer_to_end: u32,
}

/// The body of [`crate::endpoints::SET_PROTECTION`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetProtection {
    /// Off, or the factor to ask for.
    pub protection: Protection,
}

/// The answer to [`crate::endpoints::GET_SESSIONS`] (SGN-13, SGN-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedInPlaces {
    /// The open sessions, the one used last first.
    pub sessions: Vec<OpenSession>,
    /// The limits that hold for them.
    pub limits: SessionLimits,
    /// Between which the limits can be chosen.
    pub bounds: LimitBounds,
    /// The devices that skip the second step, newest first.
    pub trusted: Vec<TrustedDevice>,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// An open session (SGN-13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenSession {
    /// Names it.
    pub id: String,
    /// It is the one that asks.
    pub is_this: bool,
    /// Browser and system, as far as they told; empty when they did not.
    pub device: String,
    /// Where it was begun, if known.
    pub place: Option<String>,
    /// The network address from which it was begun.
    pub ip: String,
    /// When it was begun.
    pub began: Timestamp,
    /// When it was last used.
    pub used: Timestamp,
}

/// Between which the limits of sessions can be chosen (SGN-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LimitBounds {
    /// The shortest time without use.
    pub idle_least: Span,
    /// The longest time without use.
    pub idle_most: Span,
    /// The greatest age.
    pub longest_most: Span,
}

/// A device that skips the second step (SGN-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustedDevice {
    /// Names it.
    pub id: String,
    /// Browser and system, as far as they told; empty when they did not.
    pub device: String,
    /// Where it was, if known.
    pub place: Option<String>,
    /// When the second proof was given on it.
    pub since: Timestamp,
    /// When the trust ends.
    pub expires_at: Timestamp,
}

/// The body of [`crate::endpoints::SET_SESSION_LIMITS`] (SGN-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetSessionLimits {
    /// A session ends after so many milliseconds without use.
    pub idle: Span,
    /// A session ends so many milliseconds after it began.
    pub longest: Span,
}

/// The answer to [`crate::endpoints::GET_SIGN_INS`] (SGN-9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInPage {
    /// Sign-ins and tries at one, newest first.
    pub records: Vec<SignInRecord>,
    /// What to ask for as `before` to get the page after this one, when there is one.
    pub next: Option<String>,
}
