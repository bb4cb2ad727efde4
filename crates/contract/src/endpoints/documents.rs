//! Documents of proof.

use super::{Audit, Endpoint, Method, READS, Who};

/// Lists what waits to be handed in for a purpose, and the rules of files (CHG-13).
pub const GET_DOCUMENTS: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/documents",
    who: Who::Owner,
    audit: READS,
};

/// Takes a file; it replaces what waited for the same item (CHG-13).
pub const UPLOAD_DOCUMENT: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/documents",
    who: Who::Owner,
    audit: Audit::Event("document_uploaded"),
};

/// Shows a picture, or hands out a PDF as a file; every view is audited (CHG-13).
pub const VIEW_DOCUMENT: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/documents/{document}",
    who: Who::Owner,
    audit: Audit::Event("document_viewed"),
};

/// Removes a document that was not handed in (CHG-13).
pub const REMOVE_DOCUMENT: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/documents/{document}",
    who: Who::Owner,
    audit: Audit::Event("document_removed"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    GET_DOCUMENTS,
    UPLOAD_DOCUMENT,
    VIEW_DOCUMENT,
    REMOVE_DOCUMENT,
];
