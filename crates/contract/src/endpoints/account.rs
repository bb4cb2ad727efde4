//! Account info.

use super::{Audit, Endpoint, Method, READS, Who};

/// Shows Account info (ACC-1, ACC-3, ACC-4).
pub const GET_ACCOUNT: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/account",
    who: Who::Owner,
    audit: READS,
};

/// Changes the nickname (ACC-4).
pub const CHANGE_NICKNAME: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/account/nickname",
    who: Who::Owner,
    audit: Audit::Event("nickname_changed"),
};

/// Tells what saving several fields at once would change, for the owner to agree to (ACC-14).
pub const COMPARE_PROFILE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/account/profile/changes",
    who: Who::Owner,
    audit: READS,
};

/// Saves several fields of Account info at once, after their differences were seen (ACC-14). New
/// contacts wait to be confirmed as always (CON-6).
pub const SAVE_PROFILE: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/account/profile",
    who: Who::Owner,
    audit: Audit::Event("profile_saved"),
};

/// Wishes for another contact phone or e-mail, which waits until it is confirmed (CON-6).
pub const PROPOSE_CONTACT: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/account/contacts/{kind}",
    who: Who::Owner,
    audit: Audit::Event("contact_proposed"),
};

/// Sends the code to the waiting contact phone or e-mail again (CON-6, CON-12).
pub const RESEND_CONTACT_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/account/contacts/{kind}/code",
    who: Who::Owner,
    audit: Audit::Event("contact_code_sent"),
};

/// Confirms the waiting contact phone or e-mail by its code; it counts from then on (CON-6).
pub const CONFIRM_CONTACT: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/account/contacts/{kind}",
    who: Who::Owner,
    audit: Audit::Event("contact_confirmed"),
};

/// Gives up the waiting contact phone or e-mail; the old one stays (CON-6).
pub const CANCEL_CONTACT: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/account/contacts/{kind}",
    who: Who::Owner,
    audit: Audit::Event("contact_given_up"),
};

/// Confirms a contact e-mail by the link that went there, without signing in (CON-6).
pub const CONFIRM_CONTACT_LINK: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/contacts/confirm",
    who: Who::Anyone("whoever has the link has the mailbox, and nothing else changes"),
    audit: Audit::Event("contact_confirmed"),
};

/// Sends a code to an address that shall sign in (CON-15).
pub const SEND_LOGIN_EMAIL_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/account/login-email/code",
    who: Who::Owner,
    audit: Audit::Event("login_email_code_sent"),
};

/// Sets or replaces the login e-mail (CON-14, CON-15, LGM-3).
pub const SET_LOGIN_EMAIL: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/account/login-email",
    who: Who::Owner,
    audit: Audit::Event("login_email_set"),
};

/// Unbinds a login method; the last one stays (LGM-1, LGM-2).
pub const UNBIND_LOGIN_METHOD: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/account/login-methods/{kind}",
    who: Who::Owner,
    audit: Audit::Event("login_method_unbound"),
};

/// Locks the account at once, without any proof (ACC-14).
pub const LOCK_ACCOUNT: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/account/lock",
    who: Who::Owner,
    audit: Audit::Event("account_locked"),
};

/// Downloads all data that is held about the account (ACC-14).
pub const EXPORT_ACCOUNT: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/account/export",
    who: Who::Owner,
    audit: Audit::Event("account_exported"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    GET_ACCOUNT,
    CHANGE_NICKNAME,
    COMPARE_PROFILE,
    SAVE_PROFILE,
    PROPOSE_CONTACT,
    RESEND_CONTACT_CODE,
    CONFIRM_CONTACT,
    CANCEL_CONTACT,
    CONFIRM_CONTACT_LINK,
    SEND_LOGIN_EMAIL_CODE,
    SET_LOGIN_EMAIL,
    UNBIND_LOGIN_METHOD,
    LOCK_ACCOUNT,
    EXPORT_ACCOUNT,
];
