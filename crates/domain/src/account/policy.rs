//! The numbers of the account itself.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
use crate::time::Span;

/// The numbers of the account and its basic information (ACC).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountPolicy {
    /// An offered move of a filing or domain waits this long for the other side (ACC-9, ours): 7 days.
    pub move_waits: Span,
    /// The "this was not me" link of a notice locks the account for this long (ACC-14, ours): 7 days.
    pub lock_link_lasts: Span,
    /// What changed less than this before the account was locked does not unlock it while something
    /// older can (ACC-14, ours): 24 hours, as in PRT-4.
    pub lock_distrusts: Span,
    /// All data can be downloaded once in this time (ACC-14, ours): 1 hour.
    pub export_every: Span,
}

impl Default for AccountPolicy {
    fn default() -> Self {
        Self {
            move_waits: Span::from_days(7),
            lock_link_lasts: Span::from_days(7),
            lock_distrusts: Span::from_hours(24),
            export_every: Span::from_hours(1),
        }
    }
}

impl AccountPolicy {
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        let positive =
            |holds, field, rule| PolicyProblem::unless(holds, field, Wanted::Positive, rule);
        [
            positive(
                self.move_waits > Span::ZERO,
                "account.move_waits",
                RuleId::Acc9,
            ),
            positive(
                self.lock_link_lasts > Span::ZERO,
                "account.lock_link_lasts",
                RuleId::Acc14,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
