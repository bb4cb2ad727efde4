//! The numbers of appeals.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
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

impl AppealPolicy {
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        let positive =
            |holds, field, rule| PolicyProblem::unless(holds, field, Wanted::Positive, rule);
        [
            positive(
                self.objection > Span::ZERO,
                "appeals.objection",
                RuleId::Apl6,
            ),
            positive(
                self.link_tries_per_day > 0,
                "appeals.link_tries_per_day",
                RuleId::Apl5,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
