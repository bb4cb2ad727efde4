//! The numbers of projects.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
/// The numbers of projects (PRJ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProjectPolicy {
    /// Most projects of an account, disabled ones included (PRJ-1): 500.
    pub projects_per_account: u32,
}

impl Default for ProjectPolicy {
    fn default() -> Self {
        Self {
            projects_per_account: 500,
        }
    }
}

impl ProjectPolicy {
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        let positive =
            |holds, field, rule| PolicyProblem::unless(holds, field, Wanted::Positive, rule);
        [positive(
            self.projects_per_account > 0,
            "projects.projects_per_account",
            RuleId::Prj1,
        )]
        .into_iter()
        .flatten()
        .collect()
    }
}
