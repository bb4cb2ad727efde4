//! The guide for somebody whose identity was misused to verify an account (VER-11). Must not know
//! how accounts are found.

use serde::{Deserialize, Serialize};

/// A step of the guide (VER-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MisuseStep {
    /// Find every account that is verified with the identity (FND-6, FND-7).
    FindAccounts,
    /// Get into an account by appeal (APL-1).
    GetInByAppeal,
    /// Take the account over by changing its credentials, or deregister it.
    ChangeCredentialsOrDeregister,
    /// Nothing is left to do.
    Settled,
}

/// How far the guide has come with one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MisusedAccount {
    /// Found; its login methods are somebody else's.
    Found,
    /// An appeal succeeded; its owner can sign in.
    Entered,
    /// Its credentials were changed, or it was deregistered.
    Settled,
}

/// The next step of the guide: every account is entered first, then settled (VER-11).
///
/// `accounts` is nothing before anybody searched.
#[must_use]
pub fn next_misuse_step(accounts: Option<&[MisusedAccount]>) -> MisuseStep {
    let Some(accounts) = accounts else {
        return MisuseStep::FindAccounts;
    };
    if accounts.contains(&MisusedAccount::Found) {
        MisuseStep::GetInByAppeal
    } else if accounts.contains(&MisusedAccount::Entered) {
        MisuseStep::ChangeCredentialsOrDeregister
    } else {
        MisuseStep::Settled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ver_11_the_guide_finds_enters_and_settles_every_account() {
        use MisusedAccount as M;
        assert_eq!(next_misuse_step(None), MisuseStep::FindAccounts);
        assert_eq!(
            next_misuse_step(Some(&[M::Settled, M::Found, M::Entered])),
            MisuseStep::GetInByAppeal
        );
        assert_eq!(
            next_misuse_step(Some(&[M::Settled, M::Entered])),
            MisuseStep::ChangeCredentialsOrDeregister
        );
        assert_eq!(next_misuse_step(Some(&[M::Settled])), MisuseStep::Settled);
        assert_eq!(next_misuse_step(Some(&[])), MisuseStep::Settled);
    }
}
