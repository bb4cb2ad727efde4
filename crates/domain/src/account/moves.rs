//! Moving an ICP filing or a domain to another account, when both sides agree (ACC-9). Must not
//! know how the filing authority is told.

use serde::{Deserialize, Serialize};

use super::{
    AccountId, AccountPolicy, AccountRefusal, Belonging, Site, VerificationStatus,
    may_move_belonging,
};
use crate::protection::RecentCheck;
use crate::refusal::Refused;
use crate::time::Timestamp;

/// Why a filing is moved (ACC-9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MoveReason {
    /// It sits in an employee's personal account and belongs in the company's.
    BelongsToCompany,
    /// The account that holds it is to be disabled or deregistered.
    SourceCloses,
}

/// One of the two accounts of a move, as loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveSide {
    /// The account.
    pub account: AccountId,
    /// The site it belongs to.
    pub site: Site,
    /// Whether and as what it is verified.
    pub verification: VerificationStatus,
    /// Whether it is deregistered.
    pub deregistered: bool,
}

/// A wish to move something away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveWish {
    /// What is moved.
    pub belonging: Belonging,
    /// Whether the account that gives has it now.
    pub is_theirs: bool,
    /// Why.
    pub reason: MoveReason,
    /// Whether another move of it waits for an answer.
    pub is_waiting: bool,
}

/// Where a move stands (ACC-9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum MoveState {
    /// The side that has it agreed; the other has not answered.
    Offered {
        /// When it was offered.
        at: Timestamp,
        /// When the offer ends.
        until: Timestamp,
    },
    /// Both sides agreed and it moved.
    Moved {
        /// When.
        at: Timestamp,
    },
    /// The other side declined.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// The side that has it took the offer back.
    TakenBack {
        /// When.
        at: Timestamp,
    },
}

/// All reasons why this cannot be offered to `target` (ACC-9, ACC-8, ACC-5).
#[must_use]
pub fn may_offer_move(
    source: &MoveSide,
    target: &MoveSide,
    wish: &MoveWish,
) -> Vec<AccountRefusal> {
    let mut failing = Vec::new();
    failing.extend(may_move_belonging(wish.belonging));
    if !wish.is_theirs {
        failing.push(AccountRefusal::NotTheirs);
    }
    if source.account == target.account {
        failing.push(AccountRefusal::SameAccount);
    }
    failing.extend(source.site.may_reach(target.site));
    if source.deregistered || target.deregistered {
        failing.push(AccountRefusal::Deregistered);
    }
    let fits = match (wish.belonging, wish.reason) {
        (Belonging::IcpFiling, MoveReason::BelongsToCompany) => {
            source.verification == VerificationStatus::Person
                && target.verification == VerificationStatus::Enterprise
        }
        (_, MoveReason::BelongsToCompany | MoveReason::SourceCloses) => true,
    };
    if !fits {
        failing.push(AccountRefusal::NotFromPersonToEnterprise);
    }
    if wish.is_waiting {
        failing.push(AccountRefusal::MoveWaiting);
    }
    failing
}

/// Offers a filing or a domain to another account: the first of the two consents (ACC-9).
///
/// # Errors
/// Everything that [`may_offer_move`] lists.
pub fn offer_move(
    _check: &RecentCheck,
    source: &MoveSide,
    target: &MoveSide,
    wish: &MoveWish,
    policy: &AccountPolicy,
    now: Timestamp,
) -> Result<MoveState, Refused<AccountRefusal>> {
    Refused::unless_none(may_offer_move(source, target, wish))?;
    Ok(MoveState::Offered {
        at: now,
        until: now.plus(policy.move_waits),
    })
}

impl MoveState {
    /// All reasons why nobody can answer this offer now (ACC-9).
    #[must_use]
    pub fn may_answer(self, now: Timestamp) -> Vec<AccountRefusal> {
        match self {
            Self::Offered { until, .. } if now < until => Vec::new(),
            Self::Offered { until, .. } => vec![AccountRefusal::MoveExpired { at: until }],
            Self::Moved { .. } | Self::Declined { .. } | Self::TakenBack { .. } => {
                vec![AccountRefusal::NoMoveWaiting]
            }
        }
    }

    /// All reasons why the other side cannot accept now; the wish is judged again, with what is
    /// loaded now, except that this very move waits (ACC-9).
    #[must_use]
    pub fn may_accept(
        self,
        source: &MoveSide,
        target: &MoveSide,
        wish: &MoveWish,
        now: Timestamp,
    ) -> Vec<AccountRefusal> {
        let mut failing = self.may_answer(now);
        let wish = MoveWish {
            is_waiting: false,
            ..*wish
        };
        failing.extend(may_offer_move(source, target, &wish));
        failing
    }

    /// The other side accepts, the second consent, and it moves (ACC-9).
    ///
    /// # Errors
    /// Everything that [`MoveState::may_accept`] lists.
    pub fn accept(
        self,
        _check: &RecentCheck,
        source: &MoveSide,
        target: &MoveSide,
        wish: &MoveWish,
        now: Timestamp,
    ) -> Result<Self, Refused<AccountRefusal>> {
        Refused::unless_none(self.may_accept(source, target, wish, now))?;
        Ok(Self::Moved { at: now })
    }

    /// The other side declines (ACC-9).
    ///
    /// # Errors
    /// Everything that [`MoveState::may_answer`] lists.
    pub fn decline(self, now: Timestamp) -> Result<Self, Refused<AccountRefusal>> {
        Refused::unless_none(self.may_answer(now))?;
        Ok(Self::Declined { at: now })
    }

    /// The side that offered takes it back (ACC-9).
    ///
    /// # Errors
    /// Everything that [`MoveState::may_answer`] lists.
    pub fn take_back(self, now: Timestamp) -> Result<Self, Refused<AccountRefusal>> {
        Refused::unless_none(self.may_answer(now))?;
        Ok(Self::TakenBack { at: now })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protection::{SensitiveOperation, a_check};
    use crate::time::Span;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const FILING: MoveWish = MoveWish {
        belonging: Belonging::IcpFiling,
        is_theirs: true,
        reason: MoveReason::BelongsToCompany,
        is_waiting: false,
    };

    fn side(serial: u32, verification: VerificationStatus) -> MoveSide {
        MoveSide {
            account: AccountId::from_serial(serial).unwrap(),
            site: Site::China,
            verification,
            deregistered: false,
        }
    }

    fn employee() -> MoveSide {
        side(1, VerificationStatus::Person)
    }

    fn company() -> MoveSide {
        side(2, VerificationStatus::Enterprise)
    }

    fn offered() -> MoveState {
        let check = a_check(SensitiveOperation::MoveFilings, NOW);
        let policy = AccountPolicy::default();
        offer_move(&check, &employee(), &company(), &FILING, &policy, NOW).unwrap()
    }

    fn accept(at: Timestamp, target: &MoveSide) -> Result<MoveState, Vec<AccountRefusal>> {
        let check = a_check(SensitiveOperation::MoveFilings, NOW);
        let wish = MoveWish {
            is_waiting: true,
            ..FILING
        };
        offered()
            .accept(&check, &employee(), target, &wish, at)
            .map_err(Refused::into_all)
    }

    #[test]
    fn acc_9_a_filing_moves_only_when_both_sides_agreed() {
        assert!(matches!(offered(), MoveState::Offered { .. }));
        assert_eq!(accept(NOW, &company()), Ok(MoveState::Moved { at: NOW }));
        let declined = offered().decline(NOW).unwrap();
        for state in [
            declined,
            MoveState::Moved { at: NOW },
            offered().take_back(NOW).unwrap(),
        ] {
            assert_eq!(state.may_answer(NOW), [AccountRefusal::NoMoveWaiting]);
            assert!(state.decline(NOW).is_err());
            assert!(state.take_back(NOW).is_err());
        }
    }

    #[test]
    fn acc_9_an_offer_ends_after_seven_days() {
        let until = NOW.plus(Span::from_days(7));
        assert!(accept(until.minus(Span::from_millis(1)), &company()).is_ok());
        assert_eq!(
            accept(until, &company()),
            Err(vec![AccountRefusal::MoveExpired { at: until }])
        );
    }

    #[test]
    fn acc_9_what_changed_since_the_offer_counts_at_the_acceptance() {
        let gone = MoveSide {
            deregistered: true,
            ..company()
        };
        assert_eq!(accept(NOW, &gone), Err(vec![AccountRefusal::Deregistered]));
    }

    #[test]
    fn acc_9_from_a_person_to_a_company_or_out_of_a_closing_account() {
        let person = side(3, VerificationStatus::Person);
        let closing = MoveWish {
            reason: MoveReason::SourceCloses,
            ..FILING
        };
        assert_eq!(may_offer_move(&employee(), &company(), &FILING), []);
        for (source, target) in [
            (employee(), person),
            (company(), employee()),
            (company(), side(4, VerificationStatus::Enterprise)),
            (side(4, VerificationStatus::Unverified), company()),
        ] {
            assert_eq!(
                may_offer_move(&source, &target, &FILING),
                [AccountRefusal::NotFromPersonToEnterprise]
            );
            assert_eq!(may_offer_move(&source, &target, &closing), []);
        }
    }

    #[test]
    fn acc_9_all_that_stands_against_a_move_is_listed() {
        let wish = MoveWish {
            belonging: Belonging::CloudServer,
            is_theirs: false,
            is_waiting: true,
            ..FILING
        };
        let elsewhere = MoveSide {
            site: Site::International,
            ..employee()
        };
        assert_eq!(
            may_offer_move(&employee(), &elsewhere, &wish),
            [
                AccountRefusal::ResourceStays,
                AccountRefusal::NotTheirs,
                AccountRefusal::SameAccount,
                AccountRefusal::OtherSite,
                AccountRefusal::MoveWaiting,
            ]
        );
    }
}
