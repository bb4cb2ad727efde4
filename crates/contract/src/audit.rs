//! Bodies of the operation audit (OPS-3).

use domain::audit::ActorKind;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One row of the audit log that concerns the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRow {
    /// Its number in the log of the whole installation.
    pub number: u64,
    /// When it happened.
    pub at: Timestamp,
    /// What kind of person or thing did it; an operator's name is not told.
    pub actor: ActorKind,
    /// What was done, as the word of the log.
    pub event: String,
    /// What else was written down, masked, as name and value.
    pub details: Vec<AuditDetail>,
}

/// Something that was written down with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditDetail {
    /// Its name in the log.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The answer to [`crate::endpoints::GET_AUDIT`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// The rows, newest first.
    pub rows: Vec<AuditRow>,
    /// What to ask for as `before` to get the page after this one, when there is one.
    pub next: Option<u64>,
}
