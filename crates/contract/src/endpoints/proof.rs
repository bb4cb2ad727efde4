//! Proving again who one is, before a sensitive operation (PRT-2, PRT-4).

use super::{Audit, Endpoint, Method, READS, Who};

/// Tells what a sensitive operation still asks for: the ways to prove oneself, or until when the last
/// proof counts (PRT-2, PRT-4).
pub const GET_PROOF: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/proof/{operation}",
    who: Who::Owner,
    audit: READS,
};

/// Sends a code by which the owner proves who they are (PRT-4, CON-12).
pub const SEND_PROOF_CODE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/proof/code",
    who: Who::Owner,
    audit: Audit::Event("proof_code_sent"),
};

/// Proves who one is; it counts for 15 minutes in this session (PRT-2, PRT-4).
pub const PROVE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/proof",
    who: Who::Owner,
    audit: Audit::Event("owner_proved"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[GET_PROOF, SEND_PROOF_CODE, PROVE];
