//! Security settings.

use super::{Audit, Endpoint, Method, READS, Who};

/// Shows Security settings: score, what is bound, protections (PRT-3).
pub const GET_SECURITY: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/security",
    who: Who::Owner,
    audit: READS,
};

/// Sets the password, also the first one (SGN-6, SGN-12).
pub const SET_PASSWORD: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/security/password",
    who: Who::Owner,
    audit: Audit::Event("password_changed"),
};

/// Sends a code to the number that is to become the security phone (CON-3, CON-12).
pub const SEND_NEW_PHONE_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/security/phone/code",
    who: Who::Owner,
    audit: Audit::Event("new_security_phone_code_sent"),
};

/// Binds or changes the security phone (CON-2, CON-3).
pub const CHANGE_SECURITY_PHONE: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/security/phone",
    who: Who::Owner,
    audit: Audit::Event("security_phone_changed"),
};

/// Begins to bind or change the security e-mail (CON-5).
pub const START_EMAIL_CHANGE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/security/email/change",
    who: Who::Owner,
    audit: Audit::Event("security_email_change_started"),
};

/// Sends the code that the change of the security e-mail waits for (CON-5, CON-12).
pub const SEND_EMAIL_CHANGE_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/security/email/change/code",
    who: Who::Owner,
    audit: Audit::Event("security_email_change_code_sent"),
};

/// Takes the code that the change of the security e-mail waits for (CON-5).
pub const CONFIRM_EMAIL_CHANGE: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/security/email/change",
    who: Who::Owner,
    audit: Audit::Event("security_email_change_confirmed"),
};

/// Gives the change of the security e-mail up; the original address stays (CON-5).
pub const CANCEL_EMAIL_CHANGE: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/security/email/change",
    who: Who::Owner,
    audit: Audit::Event("security_email_change_cancelled"),
};

/// Sets sign-in or operation protection (PRT-1).
pub const SET_PROTECTION: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/security/protections/{kind}",
    who: Who::Owner,
    audit: Audit::Event("protection_changed"),
};

/// Lists the open sessions, their limits and the trusted devices (SGN-2, SGN-13).
pub const GET_SESSIONS: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/security/sessions",
    who: Who::Owner,
    audit: READS,
};

/// Ends one session (SGN-13).
pub const END_SESSION: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/security/sessions/{session}",
    who: Who::Owner,
    audit: Audit::Event("session_ended"),
};

/// Ends all other sessions (SGN-6, SGN-13).
pub const END_OTHER_SESSIONS: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/security/sessions",
    who: Who::Owner,
    audit: Audit::Event("other_sessions_ended"),
};

/// Chooses how long one's own sessions last (SGN-13).
pub const SET_SESSION_LIMITS: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/security/session-limits",
    who: Who::Owner,
    audit: Audit::Event("session_limits_changed"),
};

/// Ends the trust in one device (SGN-2).
pub const REVOKE_TRUST: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/security/trusted-devices/{device}",
    who: Who::Owner,
    audit: Audit::Event("trusted_device_revoked"),
};

/// Ends the trust in all devices (SGN-2).
pub const REVOKE_ALL_TRUST: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/security/trusted-devices",
    who: Who::Owner,
    audit: Audit::Event("trusted_devices_revoked"),
};

/// Shows the sign-ins of the account, 20 a page (SGN-9).
pub const GET_SIGN_INS: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/security/sign-ins",
    who: Who::Owner,
    audit: READS,
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    GET_SECURITY,
    SET_PASSWORD,
    SEND_NEW_PHONE_CODE,
    CHANGE_SECURITY_PHONE,
    START_EMAIL_CHANGE,
    SEND_EMAIL_CHANGE_CODE,
    CONFIRM_EMAIL_CHANGE,
    CANCEL_EMAIL_CHANGE,
    SET_PROTECTION,
    GET_SESSIONS,
    END_SESSION,
    END_OTHER_SESSIONS,
    SET_SESSION_LIMITS,
    REVOKE_TRUST,
    REVOKE_ALL_TRUST,
    GET_SIGN_INS,
];
