//! Linking root accounts with one another 关联 (LGM-6). Must not know what linked accounts share.

use super::{LoginMethodRefusal, OwnerKind};
use crate::account::AccountId;
use crate::protection::RecentCheck;
use crate::refusal::Refused;
use crate::time::Timestamp;

/// The account that the owner wants to link theirs with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkSide {
    /// The account.
    pub account: AccountId,
    /// Root account or sub-user.
    pub owner: OwnerKind,
    /// Whether both accounts are of one site (ACC-5).
    pub is_on_same_site: bool,
    /// Whether the owner proved that it is theirs, by signing in to it.
    pub is_proved: bool,
}

/// Two root accounts were linked. They never merge (LGM-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountsLinked {
    /// The account of the session.
    pub account: AccountId,
    /// The other one.
    pub with: AccountId,
    /// When.
    pub at: Timestamp,
}

/// What stands against linking the session's account with `other` (LGM-6, ACC-5).
#[must_use]
pub fn may_link_accounts(
    account: AccountId,
    owner: OwnerKind,
    other: &LinkSide,
) -> Vec<LoginMethodRefusal> {
    [
        (
            owner == OwnerKind::SubUser || other.owner == OwnerKind::SubUser,
            LoginMethodRefusal::NotARootAccount,
        ),
        (account == other.account, LoginMethodRefusal::SameAccount),
        (!other.is_on_same_site, LoginMethodRefusal::OtherSite),
        (!other.is_proved, LoginMethodRefusal::OtherAccountNotProved),
    ]
    .into_iter()
    .filter_map(|(fails, refusal)| fails.then_some(refusal))
    .collect()
}

/// Links two root accounts, of one site, both proved to be the owner's (LGM-6).
///
/// # Errors
/// All that [`may_link_accounts`] lists.
pub fn link_accounts(
    _check: &RecentCheck,
    account: AccountId,
    owner: OwnerKind,
    other: &LinkSide,
    now: Timestamp,
) -> Result<AccountsLinked, Refused<LoginMethodRefusal>> {
    Refused::unless_none(may_link_accounts(account, owner, other))?;
    Ok(AccountsLinked {
        account,
        with: other.account,
        at: now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protection::{SensitiveOperation, a_check};

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn account(serial: u32) -> AccountId {
        AccountId::from_serial(serial).unwrap()
    }

    fn link(owner: OwnerKind, other: &LinkSide) -> Result<AccountsLinked, Vec<LoginMethodRefusal>> {
        let check = a_check(SensitiveOperation::LinkAccounts, NOW);
        link_accounts(&check, account(1), owner, other, NOW).map_err(Refused::into_all)
    }

    #[test]
    fn lgm_6_only_root_accounts_can_be_linked() {
        let other = LinkSide {
            account: account(2),
            owner: OwnerKind::Root,
            is_on_same_site: true,
            is_proved: true,
        };
        assert_eq!(link(OwnerKind::Root, &other).unwrap().with, account(2));
        let sub_user = LinkSide {
            owner: OwnerKind::SubUser,
            ..other
        };
        let refused = Err(vec![LoginMethodRefusal::NotARootAccount]);
        assert_eq!(link(OwnerKind::Root, &sub_user), refused);
        assert_eq!(link(OwnerKind::SubUser, &other), refused);
    }

    #[test]
    fn lgm_6_the_other_account_must_be_another_of_ones_own_on_the_same_site() {
        let other = LinkSide {
            account: account(1),
            owner: OwnerKind::Root,
            is_on_same_site: false,
            is_proved: false,
        };
        assert_eq!(
            link(OwnerKind::Root, &other),
            Err(vec![
                LoginMethodRefusal::SameAccount,
                LoginMethodRefusal::OtherSite,
                LoginMethodRefusal::OtherAccountNotProved
            ])
        );
    }
}
