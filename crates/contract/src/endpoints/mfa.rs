//! The MFA device, its recovery codes, WeChat as confirmation, and security keys (MFA).

use super::{Audit, Endpoint, Method, READS, Who};

/// Tells what is bound, what may be done, and why not (MFA-2, MFA-6, MFA-7).
pub const GET_MFA: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/mfa",
    who: Who::Owner,
    audit: READS,
};

/// Unbinds the device; its recovery codes are void (MFA-2).
pub const UNBIND_MFA: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/mfa",
    who: Who::Owner,
    audit: Audit::Event("mfa_unbound"),
};

/// Begins to bind or replace a device, or goes on with a binding that was begun (MFA-1, MFA-2).
pub const START_BINDING: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/mfa/binding",
    who: Who::Owner,
    audit: Audit::Event("mfa_binding_started"),
};

/// Shows the binding that was begun, with the same secret (MFA-2).
pub const GET_BINDING: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/mfa/binding",
    who: Who::Owner,
    audit: READS,
};

/// Gives a binding up; also one that has lapsed already.
pub const CANCEL_BINDING: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/mfa/binding",
    who: Who::Owner,
    audit: Audit::Event("mfa_binding_given_up"),
};

/// Proves the new TOTP device by two consecutive codes, which binds it (MFA-1).
pub const CONFIRM_BINDING: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/mfa/binding/confirm",
    who: Who::Owner,
    audit: Audit::Event("mfa_bound"),
};

/// Makes the challenge that a new security key has to sign (MFA-1).
pub const CHALLENGE_NEW_KEY: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/mfa/binding/key/challenge",
    who: Who::Owner,
    audit: Audit::Nothing("a challenge opens nothing and is gone in minutes"),
};

/// Proves the new security key, which binds it (MFA-1).
pub const CONFIRM_KEY_BINDING: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/mfa/binding/key",
    who: Who::Owner,
    audit: Audit::Event("mfa_bound"),
};

/// Makes new recovery codes; all older ones are void (MFA-7).
pub const RENEW_RECOVERY_CODES: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/mfa/recovery-codes",
    who: Who::Owner,
    audit: Audit::Event("recovery_codes_renewed"),
};

/// Unbinds WeChat as confirmation; as a way to sign in it stays (MFA-6, LGM-8).
pub const UNBIND_WECHAT_CONFIRMATION: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/mfa/wechat",
    who: Who::Owner,
    audit: Audit::Event("wechat_confirmation_unbound"),
};

/// Makes a challenge by which the bound security key proves the owner (PRT-4).
pub const CHALLENGE_KEY: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/proof/key",
    who: Who::Owner,
    audit: Audit::Nothing("a challenge opens nothing and is gone in minutes"),
};

/// Makes a challenge by which the bound security key gives the second proof of a sign-in (SGN-2).
pub const CHALLENGE_STEP_KEY: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/session/step/key",
    who: Who::Anyone("the first proof was given, and nobody is signed in yet"),
    audit: Audit::Nothing("a challenge opens nothing and is gone in minutes"),
};

/// Tells whether passkeys work where the page was opened (MFA-1).
pub const GET_PASSKEYS_HERE: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/session/key",
    who: Who::Anyone("the sign-in page says why it does not offer them"),
    audit: READS,
};

/// Makes the challenge to sign in with a passkey, without a name (MFA-1).
pub const CHALLENGE_PASSKEY: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/session/key/challenge",
    who: Who::Anyone("signing in is how one becomes somebody"),
    audit: Audit::Nothing("nobody is known yet, and a challenge opens nothing"),
};

/// Signs in with a passkey that checked its holder, without a name (MFA-1, SGN-2).
pub const SIGN_IN_WITH_PASSKEY: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/session/key",
    who: Who::Anyone("signing in is how one becomes somebody"),
    audit: Audit::Event("signed_in"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    GET_MFA,
    UNBIND_MFA,
    START_BINDING,
    GET_BINDING,
    CANCEL_BINDING,
    CONFIRM_BINDING,
    CHALLENGE_NEW_KEY,
    CONFIRM_KEY_BINDING,
    RENEW_RECOVERY_CODES,
    UNBIND_WECHAT_CONFIRMATION,
    CHALLENGE_KEY,
    CHALLENGE_STEP_KEY,
    GET_PASSKEYS_HERE,
    CHALLENGE_PASSKEY,
    SIGN_IN_WITH_PASSKEY,
];
