//! Registering an account (REG).

use super::{Audit, Endpoint, Method, READS, Who};

const NOBODY_S_YET: Audit = Audit::Nothing("there is no account yet that it could belong to");

/// Tells what registering needs: the ways that are open, the texts in force, and whose identity this
/// browser has proved already (REG-1, REG-7).
pub const GET_REGISTRATION: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/registration",
    who: Who::Anyone("who registers has no account yet"),
    audit: READS,
};

/// Sends a code to the e-mail that is to register; the answer is the same for one that has (CON-12,
/// CON-14).
pub const SEND_REGISTRATION_EMAIL_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/registration/email/code",
    who: Who::Anyone("who registers has no account yet"),
    audit: NOBODY_S_YET,
};

/// Proves the e-mail; it waits in this browser until the account is registered (REG-1).
pub const PROVE_REGISTRATION_EMAIL: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/registration/email",
    who: Who::Anyone("who registers has no account yet"),
    audit: NOBODY_S_YET,
};

/// Sends a code to the phone that is to be the security phone (REG-3, CON-12).
pub const SEND_REGISTRATION_PHONE_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/registration/phone/code",
    who: Who::Anyone("who registers has no account yet"),
    audit: NOBODY_S_YET,
};

/// Registers an account with the identity that this browser has proved, and signs in to it (REG-2).
pub const REGISTER: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/registration",
    who: Who::Anyone("registering is how an account comes about"),
    audit: Audit::Event("registered"),
};

/// The terms of this installation (REG-7).
pub const GET_TERMS: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/legal/terms",
    who: Who::Anyone("whoever is to agree reads it first"),
    audit: READS,
};

/// The privacy text of this installation (REG-7).
pub const GET_PRIVACY: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/legal/privacy",
    who: Who::Anyone("whoever is to agree reads it first"),
    audit: READS,
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    GET_REGISTRATION,
    SEND_REGISTRATION_EMAIL_CODE,
    PROVE_REGISTRATION_EMAIL,
    SEND_REGISTRATION_PHONE_CODE,
    REGISTER,
    GET_TERMS,
    GET_PRIVACY,
];
