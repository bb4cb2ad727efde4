//! Identities of other services: visits, scans, and what comes of them (REG-1, SGN-5, SGN-11, LGM-5).

use super::{Audit, Endpoint, Method, READS, Who};

const NOBODY_S: Audit = Audit::Nothing("it opens nothing yet; what comes of it leaves a row");

/// Tells which services this installation speaks to (REG-1).
pub const GET_PROVIDERS: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/providers",
    who: Who::Anyone("who signs in chooses one"),
    audit: READS,
};

/// Begins a visit to a provider's page, for this browser alone (V-27).
pub const VISIT_PROVIDER: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/providers/{kind}/visit",
    who: Who::Anyone("who signs in by a provider is nobody yet"),
    audit: NOBODY_S,
};

/// Takes what a provider sent this browser back with, once (V-27).
pub const RETURN_FROM_PROVIDER: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/providers/{kind}/return",
    who: Who::Anyone("who signs in by a provider is nobody yet"),
    audit: Audit::Event("signed_in"),
};

/// Tells which identity waits in this browser for its holder's choice (SGN-5, LGM-5).
pub const GET_SEEN_IDENTITY: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/identity",
    who: Who::Anyone("it was proved in this browser, and nobody may be signed in yet"),
    audit: READS,
};

/// Forgets that identity; also one that is gone already.
pub const FORGET_IDENTITY: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/identity",
    who: Who::Anyone("it was proved in this browser, and nobody may be signed in yet"),
    audit: NOBODY_S,
};

/// Signs in to one of several accounts of the identity (LGM-5, SGN-10).
pub const CHOOSE_ACCOUNT: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/identity/choose",
    who: Who::Anyone("signing in is how one becomes somebody"),
    audit: Audit::Event("signed_in"),
};

/// Binds the identity to the account that is signed in, or replaces one of its kind (LGM-5, LGM-7).
pub const BIND_IDENTITY: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/identity/bind",
    who: Who::Owner,
    audit: Audit::Event("login_method_bound"),
};

/// Begins a scan with WeChat: a code for the page to show (SGN-5, SGN-11).
pub const BEGIN_SCAN: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/scans",
    who: Who::Anyone("who signs in by a scan is nobody yet"),
    audit: NOBODY_S,
};

/// Tells how far a scan has come, to the browser that shows its code (SGN-11).
pub const GET_SCAN: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/scans/{id}",
    who: Who::Anyone("who signs in by a scan is nobody yet"),
    audit: READS,
};

/// Takes the result of a scan, once (SGN-11).
pub const TAKE_SCAN: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/scans/{id}/take",
    who: Who::Anyone("who signs in by a scan is nobody yet"),
    audit: Audit::Event("signed_in"),
};

/// Opens a scanned code on a phone: sends it to WeChat to say who holds it (SGN-11).
pub const OPEN_SCAN: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/phone/scan",
    who: Who::Anyone("the phone's holder is known only after this"),
    audit: NOBODY_S,
};

/// Confirms or declines on the phone that scanned the code (SGN-11, PRT-1).
pub const ANSWER_SCAN: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/phone/answer",
    who: Who::Anyone("the phone's holder is known by their WeChat alone"),
    audit: NOBODY_S,
};

/// Begins a scan as proof of who one is (PRT-1, PRT-4).
pub const BEGIN_PROOF_SCAN: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/proof/scan",
    who: Who::Owner,
    audit: Audit::Event("proof_scan_begun"),
};

/// Begins a face check as proof of who one is (PRT-4).
pub const BEGIN_PROOF_FACE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/proof/face",
    who: Who::Owner,
    audit: Audit::Event("face_check_begun"),
};

/// Tells how a face check of this session stands (PRT-4).
pub const GET_PROOF_FACE: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/proof/face/{check}",
    who: Who::Owner,
    audit: READS,
};

/// Begins a scan as second proof of a sign-in (PRT-1, SGN-2).
pub const BEGIN_STEP_SCAN: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/session/step/scan",
    who: Who::Anyone("the first proof was given, and nobody is signed in yet"),
    audit: Audit::Event("proof_scan_begun"),
};

/// Begins a face check as second proof of a sign-in (SGN-4).
pub const BEGIN_STEP_FACE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/session/step/face",
    who: Who::Anyone("the first proof was given, and nobody is signed in yet"),
    audit: Audit::Event("face_check_begun"),
};

/// Tells how a face check of this sign-in stands (SGN-4).
pub const GET_STEP_FACE: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/session/step/face/{check}",
    who: Who::Anyone("the first proof was given, and nobody is signed in yet"),
    audit: READS,
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    GET_PROVIDERS,
    VISIT_PROVIDER,
    RETURN_FROM_PROVIDER,
    GET_SEEN_IDENTITY,
    FORGET_IDENTITY,
    CHOOSE_ACCOUNT,
    BIND_IDENTITY,
    BEGIN_SCAN,
    GET_SCAN,
    TAKE_SCAN,
    OPEN_SCAN,
    ANSWER_SCAN,
    BEGIN_PROOF_SCAN,
    BEGIN_PROOF_FACE,
    GET_PROOF_FACE,
    BEGIN_STEP_SCAN,
    BEGIN_STEP_FACE,
    GET_STEP_FACE,
];
