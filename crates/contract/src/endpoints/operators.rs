//! The operators' desk: signing in there, queues, cases, accounts, enterprises.

use super::{Audit, Endpoint, Method, READS, Who};

/// Takes an operator's name and password; the code is asked for next (OPS-1).
pub const OPERATOR_SIGN_IN: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/operator/session",
    who: Who::Anyone("signing in is how one becomes somebody"),
    audit: Audit::Event("operator_password_given"),
};

/// Tells who works at the desk in this browser, or which step of signing in waits (OPS-1).
pub const GET_OPERATOR_SESSION: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/operator/session",
    who: Who::Anyone("the answer to nobody is that nobody works here"),
    audit: READS,
};

/// Takes the code of the operator's app, which the first one binds, and puts them on duty (OPS-1).
pub const OPERATOR_GIVE_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/operator/session/code",
    who: Who::Anyone("the password was given, and nobody is on duty yet"),
    audit: Audit::Event("operator_signed_in"),
};

/// Ends an operator's session; also one that is over already.
pub const OPERATOR_SIGN_OUT: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/operator/session",
    who: Who::Anyone("a session that has ended on the server must still end in the browser"),
    audit: Audit::Event("operator_signed_out"),
};

/// How much waits in each queue (OPS-1).
pub const GET_QUEUES: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/operator/queues",
    who: Who::Operator,
    audit: READS,
};

/// The cases of one queue that are not decided (OPS-1).
pub const GET_QUEUE: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/operator/queues/{queue}",
    who: Who::Operator,
    audit: READS,
};

/// Everything that a case is decided by (OPS-1).
pub const GET_CASE: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/operator/cases/{case}",
    who: Who::Operator,
    audit: READS,
};

/// Shows a document of a case, and writes down that it was seen (CHG-13).
pub const VIEW_CASE_DOCUMENT: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/operator/cases/{case}/documents/{document}",
    who: Who::Operator,
    audit: Audit::Event("document_viewed"),
};

/// Approves a case, or approves it for the first time where a second reviewer must agree (OPS-1).
pub const APPROVE_CASE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/operator/cases/{case}/approve",
    who: Who::Operator,
    audit: Audit::Event("case_approved"),
};

/// Rejects a case, with a reason for each item that is wrong (OPS-1, CHG-9).
pub const REJECT_CASE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/operator/cases/{case}/reject",
    who: Who::Operator,
    audit: Audit::Event("case_rejected"),
};

/// An account as the desk sees it (OPS-2).
pub const GET_OPERATOR_ACCOUNT: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/operator/accounts/{account}",
    who: Who::Operator,
    audit: READS,
};

/// The audit of an account (OPS-2).
pub const GET_ACCOUNT_AUDIT: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/operator/accounts/{account}/audit",
    who: Who::Operator,
    audit: READS,
};

/// Freezes an account, or lifts that, with a reason (ACC-6, OPS-2).
pub const CHANGE_FREEZE: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/operator/accounts/{account}/freeze",
    who: Who::Operator,
    audit: Audit::Event("freeze_changed"),
};

/// An enterprise and its places (ENT-1); a POST, so that neither name nor code stands in an address.
pub const FIND_ENTERPRISE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/operator/enterprises",
    who: Who::Operator,
    audit: Audit::Nothing("it only looks"),
};

/// Raises the number of accounts that one enterprise may verify, with a reason (ENT-1, OPS-2).
pub const RAISE_LIMIT: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/operator/enterprises/limit",
    who: Who::Operator,
    audit: Audit::Event("enterprise_limit_raised"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    OPERATOR_SIGN_IN,
    GET_OPERATOR_SESSION,
    OPERATOR_GIVE_CODE,
    OPERATOR_SIGN_OUT,
    GET_QUEUES,
    GET_QUEUE,
    GET_CASE,
    VIEW_CASE_DOCUMENT,
    APPROVE_CASE,
    REJECT_CASE,
    GET_OPERATOR_ACCOUNT,
    GET_ACCOUNT_AUDIT,
    CHANGE_FREEZE,
    FIND_ENTERPRISE,
    RAISE_LIMIT,
];
