//! The numbers of appeals.

use serde::{Deserialize, Serialize};

use crate::time::Span;

/// The numbers of appeals (APL). The days of a review are the desk's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AppealPolicy {
    /// An approved appeal takes effect this long after the notice, unless somebody objects (APL-6):
    /// 24 hours.
    pub objection: Span,
    /// Tries to open an appeal's link from one network address on one day (APL-5, ours): 30.
    pub link_tries_per_day: u32,
}

impl Default for AppealPolicy {
    fn default() -> Self {
        Self {
            objection: Span::from_hours(24),
            link_tries_per_day: 30,
        }
    }
}
