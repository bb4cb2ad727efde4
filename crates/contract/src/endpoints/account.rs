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

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[GET_ACCOUNT, CHANGE_NICKNAME];
