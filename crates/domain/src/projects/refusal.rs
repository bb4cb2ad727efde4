//! Why something about a project is refused.

use serde::{Deserialize, Serialize};

use super::ProjectId;
use crate::account::AccountRefusal;
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::users::UserRefusal;

/// Why something about a project is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum ProjectRefusal {
    /// The account has as many projects as it may; disabled ones count, and none is ever deleted
    /// (PRJ-1).
    TooMany {
        /// Most projects.
        most: u32,
    },
    /// Another project of the account has this name; letter case does not count (PRJ-1).
    NameTaken {
        /// The project that has it.
        by: ProjectId,
        /// Whether that one is disabled, and so perhaps hidden from the list.
        disabled: bool,
    },
    /// Projects cannot be deleted, only disabled (PRJ-2).
    NeverDeleted,
    /// The default project stays enabled (PRJ-2).
    DefaultProject,
    /// Disabling was not confirmed, or with another number of resources than there are now (PRJ-2).
    NotConfirmed {
        /// The resources in it now.
        resources: u32,
    },
    /// It is disabled already (PRJ-2).
    Disabled,
    /// It is enabled already (PRJ-3).
    Enabled,
    /// A disabled project takes no new resources; enable it first (PRJ-4).
    TakesNoResources,
    /// The account forbids it (ACC-6, DRG-6).
    Account {
        /// Why.
        refusal: AccountRefusal,
    },
    /// The user has not the right (USR-3).
    User {
        /// Why.
        refusal: UserRefusal,
    },
}

impl Refuse for ProjectRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::TooMany { .. } | Self::NameTaken { .. } => RuleId::Prj1,
            Self::NeverDeleted
            | Self::DefaultProject
            | Self::NotConfirmed { .. }
            | Self::Disabled => RuleId::Prj2,
            Self::Enabled => RuleId::Prj3,
            Self::TakesNoResources => RuleId::Prj4,
            Self::Account { refusal } => refusal.rule(),
            Self::User { refusal } => refusal.rule(),
        }
    }
}

impl From<AccountRefusal> for ProjectRefusal {
    fn from(refusal: AccountRefusal) -> Self {
        Self::Account { refusal }
    }
}

impl From<UserRefusal> for ProjectRefusal {
    fn from(refusal: UserRefusal) -> Self {
        Self::User { refusal }
    }
}
