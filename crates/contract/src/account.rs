//! Account info.

use domain::account::{
    AccountId, AccountRefusal, AppId, ExportSection, FieldChange, KeptSecret, PendingChange, Site,
    VerificationStatus,
};
use domain::login_methods::{
    ExpiringIdentity, ExpiringStep, LoginMethodKind, LoginMethodRefusal, MethodOrigin,
    UnbindCondition,
};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The answer to [`crate::endpoints::GET_ACCOUNT`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountInfo {
    /// The account's id (ACC-1).
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "100000000001"))]
    pub account_id: AccountId,
    /// When the account was registered (ACC-3).
    pub registered_at: Timestamp,
    /// Display name (ACC-4).
    pub nickname: String,
    /// Raised by each change of the nickname; a change names the version it was made from.
    pub nickname_version: i64,
    /// The APPID under which products know the account (ACC-2).
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2000000001"))]
    pub app_id: AppId,
    /// The site it belongs to for good (ACC-5).
    pub site: Site,
    /// The login e-mail, masked (CON-1).
    pub login_email: Option<String>,
    /// The security phone, masked (CON-1).
    pub security_phone: Option<String>,
    /// The security e-mail, masked (CON-1).
    pub security_email: Option<String>,
    /// The contact phone (CON-6).
    pub contact_phone: ContactShown,
    /// The contact e-mail (CON-6).
    pub contact_email: ContactShown,
    /// The ways to sign in, those that are bound first.
    pub login_methods: Vec<LoginMethodShown>,
    /// What to do about each identity that a company may take away (LGM-4).
    pub expiring: Vec<ExpiringAdvice>,
    /// What stands against downloading all data now (ACC-14, API-2).
    pub export_refusals: Vec<AccountRefusal>,
    /// Whether a password is set.
    pub has_password: bool,
    /// Every change that is on its way (ACC-13).
    pub pending: Vec<PendingChange>,
    /// The server's time at the answer, from which the page counts on its own clock.
    pub server_time: Timestamp,
    /// Real-name verification.
    pub verification: VerificationStatus,
    /// The verified name, masked; only when verified.
    pub verified_name: Option<String>,
}

/// What to do when an identity is about to expire (LGM-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExpiringAdvice {
    /// The identity.
    pub identity: ExpiringIdentity,
    /// The next thing to do.
    pub step: ExpiringStep,
}

/// The body of [`crate::endpoints::CHANGE_NICKNAME`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeNickname {
    /// The wanted nickname.
    pub nickname: String,
    /// The version that was on screen; another one is answered with 409.
    pub version: i64,
    /// The owner has read the warning of ACC-4 and still wants their verified name.
    #[serde(default)]
    pub use_verified_name: bool,
}

/// What the owner wishes for several fields at once; a field that is left out stays (ACC-14).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProfileWish {
    /// The wanted nickname.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// The wanted contact phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<String>,
    /// The wanted contact e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_email: Option<String>,
}

/// The answer to [`crate::endpoints::COMPARE_PROFILE`]: what saving would change (ACC-14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProfileDiff {
    /// Each field that changes; a stored phone or e-mail is masked. Nothing when nothing does.
    pub changes: Vec<FieldChange>,
}

/// The body of [`crate::endpoints::SAVE_PROFILE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveProfile {
    /// The wanted values.
    pub wish: ProfileWish,
    /// The differences that the owner saw and agreed to; needed when more than one field changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Vec<FieldChange>>,
    /// The owner has read the warning of ACC-4 and still wants their verified name.
    #[serde(default)]
    pub use_verified_name: bool,
}

/// A contact phone or e-mail (CON-6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactShown {
    /// The value that counts, masked.
    pub confirmed: Option<String>,
    /// The value that waits to count.
    pub pending: Option<PendingContact>,
}

/// A contact phone or e-mail that waits to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingContact {
    /// The value, masked.
    pub value: String,
    /// When it lapses.
    pub until: Timestamp,
    /// When another code may be asked for, when one was sent a moment ago.
    pub resend_at: Option<Timestamp>,
}

/// A way to sign in, bound or not, with all that stands against changing it (API-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoginMethodShown {
    /// Its kind.
    pub kind: LoginMethodKind,
    /// What is bound, if anything is.
    pub bound: Option<BoundMethod>,
    /// Whether this installation offers it; e-mail always.
    pub is_offered: bool,
    /// What stands against binding one, or against another one in its place (LGM-2, LGM-3, LGM-5).
    pub change_refusals: Vec<LoginMethodRefusal>,
}

/// A login method that is bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoundMethod {
    /// The masked address, or what the provider calls the person; nothing when it says nothing.
    pub name: Option<String>,
    /// Whether the account was registered with it (LGM-2).
    pub origin: MethodOrigin,
    /// When it was bound.
    pub bound_at: Timestamp,
    /// What is asked before it is unbound, each with its state (LGM-2).
    pub conditions: Vec<UnbindCondition>,
    /// What stands against unbinding it (LGM-1, LGM-2).
    pub unbind_refusals: Vec<LoginMethodRefusal>,
}

/// The body of [`crate::endpoints::PROPOSE_CONTACT`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeContact {
    /// The new phone or address.
    pub value: String,
}

/// The body of [`crate::endpoints::CONFIRM_CONTACT`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmContact {
    /// The code that went to the waiting value, as typed.
    pub code: String,
}

/// The body of [`crate::endpoints::CONFIRM_CONTACT_LINK`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmContactLink {
    /// What the link carries.
    pub token: String,
}

/// The answer to [`crate::endpoints::CONFIRM_CONTACT_LINK`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactConfirmed {
    /// The address that counts from now on, masked.
    pub value: String,
}

/// The body of [`crate::endpoints::SEND_LOGIN_EMAIL_CODE`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendLoginEmailCode {
    /// The new login e-mail.
    pub email: String,
}

/// The body of [`crate::endpoints::SET_LOGIN_EMAIL`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetLoginEmail {
    /// The new login e-mail.
    pub email: String,
    /// The code that went there, as typed.
    pub code: String,
}

/// The answer to a change of login methods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoginMethodsChanged {
    /// How many other sessions the owner may want to end (SGN-6).
    pub offer_to_end: u32,
    /// WeChat still confirms sign-ins and operations (LGM-8, MFA-6).
    pub wechat_still_confirms: bool,
}

/// The answer to [`crate::endpoints::EXPORT_ACCOUNT`]: all that is held about the account (ACC-14).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountExport {
    /// When it was made.
    pub made_at: Timestamp,
    /// The parts; one in which nothing is held is an empty list.
    pub sections: Vec<ExportedSection>,
    /// What is held and left out, since it would only help a thief.
    pub left_out: Vec<KeptSecret>,
}

/// One part of the download.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedSection {
    /// Its name.
    pub name: ExportSection,
    /// What is held.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub content: serde_json::Value,
}
