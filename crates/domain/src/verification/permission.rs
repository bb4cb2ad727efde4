//! The permission that an Official Account gives for one comparison (ENT-12). Must not know WeChat.

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
}
