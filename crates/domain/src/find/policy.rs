//! The numbers of finding an account.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
use crate::time::Span;

/// The numbers of finding an account (FND).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FindPolicy {
    /// Searches by domain, server IP or ICP filing from one network address on one day (FND-4): 10.
    pub asset_searches_per_day: u32,
    /// Tries to see the progress of an enterprise's search from one network address on one day
    /// (FND-7, ours): 10.
    pub progress_tries_per_day: u32,
    /// What an enterprise's search found is shown for this long after the approval (FND-7, ours): 30
    /// days.
    pub result_lasts: Span,
}

impl Default for FindPolicy {
    fn default() -> Self {
        Self {
            asset_searches_per_day: 10,
            progress_tries_per_day: 10,
            result_lasts: Span::from_days(30),
        }
    }
}

impl FindPolicy {
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        let positive =
            |holds, field, rule| PolicyProblem::unless(holds, field, Wanted::Positive, rule);
        [
            positive(
                self.asset_searches_per_day > 0,
                "find.asset_searches_per_day",
                RuleId::Fnd4,
            ),
            positive(
                self.progress_tries_per_day > 0,
                "find.progress_tries_per_day",
                RuleId::Fnd7,
            ),
            positive(
                self.result_lasts > Span::ZERO,
                "find.result_lasts",
                RuleId::Fnd7,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
