//! Real-name verification: what stands, and the verification of persons. That of enterprises has a file
//! of its own.

use super::{Audit, Endpoint, Method, READS, Who};

/// Shows status, subject, history and the newest attempt (VER-8, VER-12).
pub const GET_VERIFICATION: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/verification",
    who: Who::User,
    audit: READS,
};

/// Shows the subject unmasked, to an owner who has just proved who they are (PRT-2).
pub const REVEAL_SUBJECT: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/reveal",
    who: Who::Owner,
    audit: Audit::Event("subject_revealed"),
};

/// Begins to verify the account as a person's (VER-3).
pub const START_PERSON: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/person",
    who: Who::Owner,
    audit: Audit::Event("person_verification_started"),
};

/// Begins the scan or the face check of the running attempt anew; what was typed stays (VER-10).
pub const RESUME_PERSON: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/person/resume",
    who: Who::Owner,
    audit: Audit::Event("person_verification_resumed"),
};

/// Takes the result of the scan or the face check of the running attempt, if there is one by now.
pub const FINISH_PERSON: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/person/finish",
    who: Who::Owner,
    audit: Audit::Event("person_verification_decided"),
};

/// Gives the running attempt up, whatever its method (VER-10).
pub const GIVE_UP_VERIFICATION: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/verification/attempt",
    who: Who::Owner,
    audit: Audit::Event("verification_given_up"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    GET_VERIFICATION,
    REVEAL_SUBJECT,
    START_PERSON,
    RESUME_PERSON,
    FINISH_PERSON,
    GIVE_UP_VERIFICATION,
];
