//! The numbers of projects.

use serde::{Deserialize, Serialize};

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
