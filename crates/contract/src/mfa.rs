//! The MFA device, how it is bound, its recovery codes, and security keys (MFA-1 to MFA-7).

use domain::mfa::{BindingWish, Device, DeviceKind, LostDeviceWay, MfaRefusal};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Why keys are not offered here; the page says it in place of the button (API-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum NoKeysHere {
    /// The page was opened by an IP address.
    NumericAddress {
        /// The same place by a name that browsers accept, where there is one: from
        /// `http://127.0.0.1:8080` it is `http://localhost:8080`.
        instead: Option<String>,
    },
    /// The site is met over plain HTTP.
    NotSecure,
    /// The operator has not said by which name browsers meet the site (`--public-origin`). What a
    /// request says in `Host` is not proof enough to tie keys to.
    NoPublicOrigin,
}

/// The answer to [`crate::endpoints::GET_MFA`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MfaStatus {
    /// The account's device, when one is bound.
    pub device: Option<Device>,
    /// The serial number of a token.
    pub serial: Option<String>,
    /// How many recovery codes are left (MFA-7).
    pub recovery_codes_left: u32,
    /// What stands against binding a first device (MFA-2).
    pub may_bind: Vec<MfaRefusal>,
    /// What stands against replacing the device (MFA-2).
    pub may_replace: Vec<MfaRefusal>,
    /// What stands against unbinding the device (MFA-2, PRT-1).
    pub may_unbind: Vec<MfaRefusal>,
    /// What stands against making new recovery codes (MFA-7).
    pub may_renew_codes: Vec<MfaRefusal>,
    /// The binding that was begun and waits for its proof.
    pub pending: Option<PendingStatus>,
    /// WeChat as confirmation, when it is bound (MFA-6).
    pub wechat: Option<WechatConfirmation>,
    /// What stands against unbinding WeChat as confirmation (MFA-6, PRT-1).
    pub may_unbind_wechat: Vec<MfaRefusal>,
    /// Why security keys cannot be bound here, when they cannot.
    pub no_keys: Option<NoKeysHere>,
    /// The ways in for whoever has lost the device, quickest first (MFA-5).
    pub lost_ways: Vec<LostDeviceWay>,
    /// The hotline for who cannot get in by any other way.
    pub hotline: Option<String>,
    /// The server's time at the answer.
    pub server_time: Timestamp,
}

/// A binding that was begun, without what is secret of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingStatus {
    /// The kind of the new device.
    pub kind: DeviceKind,
    /// Bind or replace.
    pub wish: BindingWish,
    /// When it lapses.
    pub ends_at: Timestamp,
}

/// WeChat as confirmation (MFA-6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WechatConfirmation {
    /// What WeChat calls the person.
    pub name: Option<String>,
    /// When it was bound.
    pub bound_at: Timestamp,
    /// Whether WeChat is a way to sign in as well, which stays when the confirmation goes (LGM-8).
    pub is_login_method: bool,
}

/// The body of [`crate::endpoints::START_BINDING`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartBinding {
    /// Bind a first device, or put one in the place of the bound one (MFA-2).
    pub wish: BindingWish,
    /// The new device.
    pub device: NewDevice,
}

/// A device that is to be bound (MFA-1).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum NewDevice {
    /// A TOTP app; the answer has its secret.
    Virtual {},
    /// A TOTP token.
    Token {
        /// The number on its back, as typed.
        serial: String,
        /// The seed that its maker gave, as typed: hexadecimal or Base32.
        seed: String,
    },
    /// A security key or passkey.
    SecurityKey {},
}

/// A binding that waits for its proof; the answer to [`crate::endpoints::START_BINDING`] and
/// [`crate::endpoints::GET_BINDING`]. A reload gives the same again (MFA-2).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Binding {
    /// What is bound, and until when it waits.
    pub pending: PendingStatus,
    /// The secret of a TOTP app.
    pub secret: Option<AppSecret>,
    /// The serial number of a token.
    pub serial: Option<String>,
    /// The server's time at the answer, by which the codes are judged.
    pub server_time: Timestamp,
}

/// What a TOTP app needs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppSecret {
    /// For the QR code: an `otpauth` address.
    pub address: String,
    /// For typing: Base32.
    pub typed: String,
}

/// The body of [`crate::endpoints::CONFIRM_BINDING`]: two codes, one after the other (MFA-1).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmBinding {
    /// The earlier code, as typed.
    pub first: String,
    /// The next one that the device shows, as typed.
    pub second: String,
}

/// What a browser is asked to have a key do.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyChallenge {
    /// Names the challenge; goes back with the key's answer.
    pub challenge: String,
    /// For `navigator.credentials.create` or `.get`: the JSON text of the options, in which binary
    /// fields are base64url.
    pub options: String,
}

/// A key's answer to a challenge.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyAnswer {
    /// Names the challenge.
    pub challenge: String,
    /// What the browser answered, as JSON text.
    pub answer: String,
}

/// Whether passkeys work where the page was opened; the answer to
/// [`crate::endpoints::GET_PASSKEYS_HERE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeysHere {
    /// Why not, when they do not.
    pub no_keys: Option<NoKeysHere>,
}

/// A device was bound; the answer to [`crate::endpoints::CONFIRM_BINDING`] and
/// [`crate::endpoints::CONFIRM_KEY_BINDING`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceBound {
    /// The device from now on.
    pub device: Device,
    /// The recovery codes, which are shown this once (MFA-7).
    pub recovery_codes: Vec<String>,
    /// Whether the key said that it can sign in without a name; nothing where it did not say.
    pub is_passkey: Option<bool>,
    /// How many other sessions the owner may want to end (SGN-6).
    pub offer_to_end: u32,
}

/// Fresh recovery codes; the answer to [`crate::endpoints::RENEW_RECOVERY_CODES`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRecoveryCodes {
    /// The codes, which are shown this once (MFA-7).
    pub recovery_codes: Vec<String>,
}

/// Something was unbound; the answer to [`crate::endpoints::UNBIND_MFA`] and
/// [`crate::endpoints::UNBIND_WECHAT_CONFIRMATION`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MfaUnbound {
    /// How many other sessions the owner may want to end (SGN-6).
    pub offer_to_end: u32,
}
