//! The numbers of login methods.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;

/// The numbers of login methods (LGM).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LoginMethodPolicy {
    /// Accounts that one WeChat can sign in to (LGM-5): 50.
    pub accounts_per_wechat: u32,
}

impl Default for LoginMethodPolicy {
    fn default() -> Self {
        Self {
            accounts_per_wechat: 50,
        }
    }
}

impl LoginMethodPolicy {
    /// Every number here that makes no sense.
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        [PolicyProblem::unless(
            self.accounts_per_wechat > 0,
            "login_methods.accounts_per_wechat",
            Wanted::Positive,
            RuleId::Lgm5,
        )]
        .into_iter()
        .flatten()
        .collect()
    }
}
