//! Changing the verification of an account (CHG).

use super::{Audit, Endpoint, Method, READS, Who};

/// Shows what the verification can be changed to, what stands against it, and the application (CHG-1
/// to CHG-5).
pub const GET_CHANGE: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/verification/change",
    who: Who::Owner,
    audit: READS,
};

/// Begins an application, or turns the draft that is there into another kind (CHG-5).
pub const START_CHANGE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/change",
    who: Who::Owner,
    audit: Audit::Event("verification_change_begun"),
};

/// Saves what was typed into the draft, right or wrong (CHG-5, V-33).
pub const SAVE_CHANGE: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/verification/change/{id}",
    who: Who::Owner,
    audit: Audit::Event("verification_change_saved"),
};

/// Hands the application in, once (CHG-5, V-34).
pub const SUBMIT_CHANGE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/change/{id}/submission",
    who: Who::Owner,
    audit: Audit::Event("verification_change_submitted"),
};

/// Takes the application back (CHG-9).
pub const WITHDRAW_CHANGE: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/verification/change/{id}/submission",
    who: Who::Owner,
    audit: Audit::Event("verification_change_withdrawn"),
};

/// Opens a rejected or withdrawn application for correction (CHG-9).
pub const CORRECT_CHANGE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/change/{id}/correction",
    who: Who::Owner,
    audit: Audit::Event("verification_change_reopened"),
};

/// Saves the basic information of the new subject, after the approval (CHG-5, CHG-6).
pub const SAVE_CHANGE_INFORMATION: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/verification/change/{id}/information",
    who: Who::Owner,
    audit: Audit::Event("verification_change_information_saved"),
};

/// Makes the link by which the new subject proves itself and accepts; an earlier one ends (CHG-14).
pub const INVITE_NEW_SUBJECT: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/change/{id}/invitation",
    who: Who::Owner,
    audit: Audit::Event("verification_change_new_subject_invited"),
};

/// Shows what the holder of a link is asked to accept (CHG-14).
pub const GET_CONSENT: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/verification/consents/{secret}",
    who: Who::Anyone("the new subject has no account yet; the secret of the link stands for it"),
    audit: READS,
};

/// Begins the face check of the new person, or of who represents the new enterprise (CHG-14).
pub const BEGIN_CONSENT_FACE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/consents/{secret}/face",
    who: Who::Anyone("the new subject has no account yet; the secret of the link stands for it"),
    audit: Audit::Event("verification_change_face_begun"),
};

/// Tells how that face check stands.
pub const GET_CONSENT_FACE: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/verification/consents/{secret}/face/{check}",
    who: Who::Anyone("the new subject has no account yet; the secret of the link stands for it"),
    audit: READS,
};

/// Accepts: the account belongs to the new subject from now on (CHG-12, CHG-14).
pub const ACCEPT_CHANGE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/consents/{secret}/acceptance",
    who: Who::Anyone("the new subject has no account yet; the secret of the link stands for it"),
    audit: Audit::Event("verification_changed"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    GET_CHANGE,
    START_CHANGE,
    SAVE_CHANGE,
    SUBMIT_CHANGE,
    WITHDRAW_CHANGE,
    CORRECT_CHANGE,
    SAVE_CHANGE_INFORMATION,
    INVITE_NEW_SUBJECT,
    GET_CONSENT,
    BEGIN_CONSENT_FACE,
    GET_CONSENT_FACE,
    ACCEPT_CHANGE,
];
