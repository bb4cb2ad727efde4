//! Which account an identity signs in to (SGN-5, SGN-10). Must not know how it was proved.

use serde::{Deserialize, Serialize};

use super::ScanRefusal;
use crate::account::AccountId;
use crate::login_methods::LoginMethodKind;
use crate::refusal::Refused;

/// What comes of an identity that was proved at sign-in (SGN-5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentityLeadsTo {
    /// It signs in to one account.
    Account(AccountId),
    /// It signs in to several; the person chooses (LGM-5).
    Choice(Vec<AccountId>),
    /// It signs in to none.
    NoAccount([NoAccountWay; 2]),
}

/// What somebody can do whose identity signs in to no account (SGN-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoAccountWay {
    /// Link it with an account that exists, which must be proved.
    LinkExisting,
    /// Register an account with it.
    Register,
}

/// What helps when the provider itself has frozen an identity (SGN-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", content = "kind", rename_all = "snake_case")]
pub enum FrozenIdentityWay {
    /// Unfreeze it at the service whose it is.
    UnfreezeAtService(LoginMethodKind),
    /// Appeal here (APL).
    Appeal,
}

/// Where an identity leads that signs in to `linked` accounts (SGN-5, SGN-10).
#[must_use]
pub fn identity_leads_to(linked: &[AccountId]) -> IdentityLeadsTo {
    match linked {
        [] => IdentityLeadsTo::NoAccount([NoAccountWay::LinkExisting, NoAccountWay::Register]),
        [account] => IdentityLeadsTo::Account(*account),
        several => IdentityLeadsTo::Choice(several.to_vec()),
    }
}

/// Takes the account that the person chose, which must be one of the identity's (SGN-10).
///
/// # Errors
/// [`ScanRefusal::NotLinked`].
pub fn choose_account(
    linked: &[AccountId],
    chosen: AccountId,
) -> Result<AccountId, Refused<ScanRefusal>> {
    if linked.contains(&chosen) {
        Ok(chosen)
    } else {
        Err(ScanRefusal::NotLinked.into())
    }
}

/// The ways out for an identity that its own service has frozen: there first, then here (SGN-10).
#[must_use]
pub const fn frozen_identity_ways(kind: LoginMethodKind) -> [FrozenIdentityWay; 2] {
    [
        FrozenIdentityWay::UnfreezeAtService(kind),
        FrozenIdentityWay::Appeal,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(serial: u32) -> AccountId {
        AccountId::from_serial(serial).unwrap()
    }

    #[test]
    fn sgn_5_a_bound_wechat_signs_in_and_another_links_or_registers() {
        assert_eq!(
            identity_leads_to(&[account(1)]),
            IdentityLeadsTo::Account(account(1))
        );
        assert_eq!(
            identity_leads_to(&[]),
            IdentityLeadsTo::NoAccount([NoAccountWay::LinkExisting, NoAccountWay::Register])
        );
    }

    #[test]
    fn sgn_10_of_several_accounts_the_person_chooses_one_of_their_own() {
        let linked = [account(1), account(2)];
        assert_eq!(
            identity_leads_to(&linked),
            IdentityLeadsTo::Choice(linked.to_vec())
        );
        assert_eq!(choose_account(&linked, account(2)), Ok(account(2)));
        assert_eq!(
            choose_account(&linked, account(3)),
            Err(ScanRefusal::NotLinked.into())
        );
    }

    #[test]
    fn sgn_10_a_frozen_identity_is_unfrozen_at_its_service_and_then_appealed() {
        for kind in [LoginMethodKind::Qq, LoginMethodKind::Wechat] {
            assert_eq!(
                frozen_identity_ways(kind),
                [
                    FrozenIdentityWay::UnfreezeAtService(kind),
                    FrozenIdentityWay::Appeal
                ]
            );
        }
    }
}
