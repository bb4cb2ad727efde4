//! The permission that an Official Account gives for one comparison (ENT-12), and how to go on when
//! the page after it stays blank (ENT-20). Must not know WeChat.

use serde::{Deserialize, Serialize};

use super::VerificationRefusal;
use crate::refusal::Refused;
use crate::time::Timestamp;

/// Where the permission of an Official Account stands (ENT-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OfficialAccountPermission {
    /// Given, and not used yet.
    Given {
        /// When.
        at: Timestamp,
    },
    /// Used for the comparison; the enterprise may withdraw it.
    Used {
        /// When.
        at: Timestamp,
    },
    /// Withdrawn.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

impl OfficialAccountPermission {
    /// Uses it for the comparison, once (ENT-12).
    ///
    /// # Errors
    /// [`VerificationRefusal::PermissionNotUsable`] when it was used or withdrawn.
    pub fn use_once(self, now: Timestamp) -> Result<Self, Refused<VerificationRefusal>> {
        match self {
            Self::Given { .. } => Ok(Self::Used { at: now }),
            Self::Used { .. } | Self::Withdrawn { .. } => {
                Err(VerificationRefusal::PermissionNotUsable.into())
            }
        }
    }

    /// Withdraws it, at any time; a verification that used it stands (ENT-12).
    #[must_use]
    pub const fn withdraw(self, now: Timestamp) -> Self {
        match self {
            Self::Given { .. } | Self::Used { .. } => Self::Withdrawn { at: now },
            Self::Withdrawn { .. } => self,
        }
    }
}

/// What to try when the page stays blank after the permission, in the order of the page (ENT-20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BlankPageRemedy {
    /// Load the page again.
    Refresh,
    /// Use another network.
    OtherNetwork,
    /// Use another browser.
    OtherBrowser,
}

impl BlankPageRemedy {
    /// Every remedy (ENT-20).
    pub const ALL: [Self; 3] = [Self::Refresh, Self::OtherNetwork, Self::OtherBrowser];
}

/// Where the verification by Official Account goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PermissionStep {
    /// Ask the administrator for the permission.
    Ask,
    /// Compare with the permission that was given.
    Compare,
    /// Show the result of the comparison.
    ShowResult,
}

/// Where a page goes on that was left or stayed blank: what the server has is not asked for again,
/// on whatever browser the owner comes back (ENT-20).
#[must_use]
pub const fn resume_permission(permission: Option<&OfficialAccountPermission>) -> PermissionStep {
    match permission {
        None | Some(OfficialAccountPermission::Withdrawn { .. }) => PermissionStep::Ask,
        Some(OfficialAccountPermission::Given { .. }) => PermissionStep::Compare,
        Some(OfficialAccountPermission::Used { .. }) => PermissionStep::ShowResult,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN: OfficialAccountPermission = OfficialAccountPermission::Given {
        at: Timestamp::from_millis(1),
    };
    const NOW: Timestamp = Timestamp::from_millis(2);
    const LATER: Timestamp = Timestamp::from_millis(3);

    #[test]
    fn ent_12_the_permission_serves_once() {
        let used = GIVEN.use_once(NOW).unwrap();
        assert_eq!(used, OfficialAccountPermission::Used { at: NOW });
        let refused = used.use_once(LATER).unwrap_err();
        assert_eq!(refused.all(), [VerificationRefusal::PermissionNotUsable]);
    }

    #[test]
    fn ent_12_the_permission_can_be_withdrawn_afterwards() {
        let withdrawn = GIVEN.use_once(NOW).unwrap().withdraw(LATER);
        assert_eq!(
            withdrawn,
            OfficialAccountPermission::Withdrawn { at: LATER }
        );
        assert!(withdrawn.use_once(LATER).is_err());
        assert_eq!(withdrawn.withdraw(NOW), withdrawn);
    }

    #[test]
    fn ent_20_the_page_goes_on_where_the_permission_stands() {
        assert_eq!(resume_permission(None), PermissionStep::Ask);
        assert_eq!(resume_permission(Some(&GIVEN)), PermissionStep::Compare);
        let used = GIVEN.use_once(NOW).unwrap();
        assert_eq!(resume_permission(Some(&used)), PermissionStep::ShowResult);
        let withdrawn = GIVEN.withdraw(NOW);
        assert_eq!(resume_permission(Some(&withdrawn)), PermissionStep::Ask);
        assert_eq!(BlankPageRemedy::ALL[0], BlankPageRemedy::Refresh);
    }
}
