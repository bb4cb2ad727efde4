//! Codes that were sent: what a page needs to ask for one, count down, and ask again (CON-12).

use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The answer to each endpoint that sends a code. It is the same whether anybody has the phone or the
/// address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeSent {
    /// Where it went, masked (CON-13).
    pub to: String,
    /// When the next one may be asked for; the page counts down to it.
    pub resend_at: Timestamp,
    /// When this one dies.
    pub expires_at: Timestamp,
    /// The server's time at the answer, from which the page counts on its own clock.
    pub server_time: Timestamp,
}
