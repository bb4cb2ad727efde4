//! The numbers of users and their keys.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
use crate::time::Span;

/// The numbers of sub-users, collaborators, message recipients and API keys (USR).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UserPolicy {
    /// Most sub-users and collaborators together; message recipients do not count (USR-2): 1000.
    pub members_per_account: u32,
    /// An invitation waits this long for its answer (USR-3, ours): 7 days.
    pub invitation_waits: Span,
    /// Most API keys of one user (USR-7): 2.
    pub keys_per_user: u32,
    /// A signed request counts this long before and after the moment it names (USR-7, ours): 5 minutes.
    pub signature_lasts: Span,
    /// Rows on one page of the list unless another number is asked for (USR-8, ours): 20.
    pub page_size: u32,
    /// Most rows on one page (USR-8, ours): 100.
    pub page_size_most: u32,
}

impl Default for UserPolicy {
    fn default() -> Self {
        Self {
            members_per_account: 1000,
            invitation_waits: Span::from_days(7),
            keys_per_user: 2,
            signature_lasts: Span::from_minutes(5),
            page_size: 20,
            page_size_most: 100,
        }
    }
}

impl UserPolicy {
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        let positive =
            |holds, field, rule| PolicyProblem::unless(holds, field, Wanted::Positive, rule);
        [
            positive(
                self.members_per_account > 0,
                "users.members_per_account",
                RuleId::Usr2,
            ),
            positive(
                self.invitation_waits > Span::ZERO,
                "users.invitation_waits",
                RuleId::Usr3,
            ),
            positive(self.keys_per_user > 0, "users.keys_per_user", RuleId::Usr7),
            positive(
                self.signature_lasts > Span::ZERO,
                "users.signature_lasts",
                RuleId::Usr7,
            ),
            positive(self.page_size > 0, "users.page_size", RuleId::Usr8),
            PolicyProblem::unless(
                self.page_size_most >= self.page_size,
                "users.page_size_most",
                Wanted::NotBelow("users.page_size"),
                RuleId::Usr8,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
