//! Linking root accounts with one another 关联 (LGM-6). Must not know what linked accounts share.

use super::{LoginMethodRefusal, OwnerKind};
use crate::account::{AccountId, Site};
use crate::protection::RecentCheck;
use crate::refusal::Refused;
use crate::time::Timestamp;

/// One of the two accounts to link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkSide {
    /// The account.
    pub account: AccountId,
    /// Root account or sub-user.
    pub owner: OwnerKind,
    /// The site it belongs to (ACC-5).
    pub site: Site,
}

/// Whether the owner proved that the other account is theirs as well, by signing in to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherAccount {
    /// They did.
    Proved,
    /// They did not.
    NotProved,
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
    mine: &LinkSide,
    other: &LinkSide,
    proof: OtherAccount,
) -> Vec<LoginMethodRefusal> {
    [
        (
            mine.owner == OwnerKind::SubUser || other.owner == OwnerKind::SubUser,
            LoginMethodRefusal::NotARootAccount,
        ),
        (
            mine.account == other.account,
            LoginMethodRefusal::SameAccount,
        ),
        (mine.site != other.site, LoginMethodRefusal::OtherSite),
        (
            proof == OtherAccount::NotProved,
            LoginMethodRefusal::OtherAccountNotProved,
        ),
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
    mine: &LinkSide,
    other: &LinkSide,
    proof: OtherAccount,
    now: Timestamp,
) -> Result<AccountsLinked, Refused<LoginMethodRefusal>> {
    Refused::unless_none(may_link_accounts(mine, other, proof))?;
    Ok(AccountsLinked {
        account: mine.account,
        with: other.account,
        at: now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protection::{SensitiveOperation, a_check};

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn side(serial: u32, owner: OwnerKind) -> LinkSide {
        LinkSide {
            account: AccountId::from_serial(serial).unwrap(),
            owner,
            site: Site::China,
        }
    }

    fn link(
        mine: &LinkSide,
        other: &LinkSide,
        proof: OtherAccount,
    ) -> Result<AccountsLinked, Vec<LoginMethodRefusal>> {
        let check = a_check(SensitiveOperation::LinkAccounts, NOW);
        let answer = link_accounts(&check, mine, other, proof, NOW);
        let may = may_link_accounts(mine, other, proof);
        assert_eq!(may.is_empty(), answer.is_ok());
        answer.map_err(Refused::into_all)
    }

    #[test]
    fn lgm_6_only_root_accounts_can_be_linked() {
        let root = side(1, OwnerKind::Root);
        let other = side(2, OwnerKind::Root);
        let linked = link(&root, &other, OtherAccount::Proved).unwrap();
        assert_eq!((linked.account, linked.with), (root.account, other.account));
        let sub_user = side(2, OwnerKind::SubUser);
        let refused = Err(vec![LoginMethodRefusal::NotARootAccount]);
        assert_eq!(link(&root, &sub_user, OtherAccount::Proved), refused);
        assert_eq!(link(&sub_user, &root, OtherAccount::Proved), refused);
    }

    #[test]
    fn lgm_6_the_other_account_must_be_another_of_ones_own_on_the_same_site() {
        let root = side(1, OwnerKind::Root);
        let elsewhere = LinkSide {
            site: Site::International,
            ..root
        };
        assert_eq!(
            link(&root, &elsewhere, OtherAccount::NotProved),
            Err(vec![
                LoginMethodRefusal::SameAccount,
                LoginMethodRefusal::OtherSite,
                LoginMethodRefusal::OtherAccountNotProved
            ])
        );
    }
}
