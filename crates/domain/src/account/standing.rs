//! Whether an account still exists for its owner. Must not know how it came to an end.

use serde::{Deserialize, Serialize};

use super::{AccountRefusal, Lock};
use crate::refusal::Refused;
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

/// That an account can be accessed now; made by [`access_account`] only.
///
/// Signing in, every request of a session and everything that acts on an account without one go
/// through this door first, with what is loaded at that moment (DRG-6, ACC-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountAccess(());

/// All reasons why nobody accesses the account: it is gone, or its owner has locked it (DRG-6,
/// ACC-14).
#[must_use]
pub fn may_access_account(standing: AccountStanding, lock: Lock) -> Vec<AccountRefusal> {
    match standing.refusal() {
        // What is gone is not locked as well.
        Some(gone) => vec![gone],
        None => lock.refusal().into_iter().collect(),
    }
}

/// Opens the account to whoever proved to belong to it (DRG-6, ACC-14). A frozen account is open too:
/// its owner signs in and sees everything (ACC-6).
///
/// # Errors
/// Everything that [`may_access_account`] lists.
pub fn access_account(
    standing: AccountStanding,
    lock: Lock,
) -> Result<AccountAccess, Refused<AccountRefusal>> {
    Refused::unless_none(may_access_account(standing, lock))?;
    Ok(AccountAccess(()))
}

/// All reasons why the signed-in owner does nothing but set the password: it must be set anew after
/// unlocking, since who made the owner lock the account may know it (ACC-14).
#[must_use]
pub fn may_act_as_owner(must_set_password: bool) -> Vec<AccountRefusal> {
    if must_set_password {
        vec![AccountRefusal::PasswordNotSetAnew]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc_14_after_unlocking_the_owner_sets_the_password_before_anything_else() {
        assert_eq!(may_act_as_owner(true), [AccountRefusal::PasswordNotSetAnew]);
        assert_eq!(may_act_as_owner(false), []);
    }

    #[test]
    fn drg_6_nothing_is_done_on_a_deregistered_account() {
        assert_eq!(AccountStanding::Open.refusal(), None);
        let gone = AccountStanding::Deregistered {
            at: Timestamp::from_millis(0),
        };
        assert_eq!(gone.refusal(), Some(AccountRefusal::Deregistered));
    }

    #[test]
    fn acc_14_nobody_accesses_a_locked_account_and_drg_6_one_that_is_gone() {
        let at = Timestamp::from_millis(0);
        let gone = AccountStanding::Deregistered { at };
        let locked = Lock::Locked { since: at };
        assert!(access_account(AccountStanding::Open, Lock::Unlocked).is_ok());
        assert_eq!(
            may_access_account(AccountStanding::Open, locked),
            [AccountRefusal::Locked { since: at }]
        );
        for lock in [Lock::Unlocked, locked] {
            assert_eq!(
                may_access_account(gone, lock),
                [AccountRefusal::Deregistered]
            );
        }
    }
}
