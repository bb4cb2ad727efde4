//! Whether an account still exists for its owner. Must not know how it came to an end.

use serde::{Deserialize, Serialize};

use super::AccountRefusal;
use crate::time::Timestamp;

/// Whether an account is open or was deregistered, which is for good (ACC-1, DRG-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum AccountStanding {
    /// It can be used.
    Open,
    /// It is gone; only its id stays, so that nobody gets it again.
    Deregistered {
        /// When.
        at: Timestamp,
    },
}

impl AccountStanding {
    /// Refuses every command on an account that is gone: no sign-in, no access (DRG-6).
    #[must_use]
    pub const fn refusal(self) -> Option<AccountRefusal> {
        match self {
            Self::Open => None,
            Self::Deregistered { .. } => Some(AccountRefusal::Deregistered),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drg_6_nothing_is_done_on_a_deregistered_account() {
        assert_eq!(AccountStanding::Open.refusal(), None);
        let gone = AccountStanding::Deregistered {
            at: Timestamp::from_millis(0),
        };
        assert_eq!(gone.refusal(), Some(AccountRefusal::Deregistered));
    }
}
