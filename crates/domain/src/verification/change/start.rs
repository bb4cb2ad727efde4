//! Whether a change may be begun now (CHG-1 to CHG-3). Must not know forms and documents.

use super::{ChangeKind, ChangeRefusal, ChangeTarget, kind_of_change};
use crate::refusal::Refused;
use crate::time::Timestamp;
use crate::verification::{CodeStanding, Subject, VerificationPolicy, Verified};

/// What decides whether an account may change its verification, as loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangingAccount {
    /// What stands now.
    pub verified: Option<Verified>,
    /// It owes money.
    pub arrears: bool,
    /// It has an advance that was not settled (垫付款).
    pub outstanding_advance: bool,
    /// Another change of it is in review, or approved and not done.
    pub another_in_review: bool,
    /// Its deregistration is running.
    pub deregistering: bool,
}

/// A change that may be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeStarted {
    /// What it changes.
    pub kind: ChangeKind,
    /// When it was begun.
    pub at: Timestamp,
}

/// All reasons why the account cannot change its verification to `target` now (CHG-1, CHG-2,
/// CHG-3, ENT-6, DRG-8).
#[must_use]
pub fn may_start_change(
    account: &ChangingAccount,
    target: ChangeTarget,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<ChangeRefusal> {
    let subject = account.verified.as_ref().map(|verified| &verified.subject);
    let kind = kind_of_change(subject, target);
    let mut failing = Vec::new();
    if let Err(refusal) = &kind {
        failing.push(refusal.clone());
    }
    if let (Ok(kind), Some(verified)) = (&kind, &account.verified) {
        let allowed_at = verified.since.plus(policy.change_waiting);
        if kind.waits() && now < allowed_at {
            failing.push(ChangeRefusal::TooSoon { allowed_at });
        }
        if kind.changes_subject() && has_faulty_code(&verified.subject) {
            failing.push(ChangeRefusal::CodeIncomplete);
        }
    }
    if account.arrears {
        failing.push(ChangeRefusal::Arrears);
    }
    if account.outstanding_advance {
        failing.push(ChangeRefusal::OutstandingAdvance);
    }
    if account.another_in_review {
        failing.push(ChangeRefusal::AnotherInReview);
    }
    if account.deregistering {
        failing.push(ChangeRefusal::DeregistrationRunning);
    }
    failing
}

/// Begins a change: the wizard's draft (CHG-1 to CHG-3).
///
/// # Errors
/// Everything that [`may_start_change`] lists.
pub fn start_change(
    account: &ChangingAccount,
    target: ChangeTarget,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<ChangeStarted, Refused<ChangeRefusal>> {
    Refused::unless_none(may_start_change(account, target, policy, now))?;
    let subject = account.verified.as_ref().map(|verified| &verified.subject);
    let kind = kind_of_change(subject, target)?;
    Ok(ChangeStarted { kind, at: now })
}

const fn has_faulty_code(subject: &Subject) -> bool {
    matches!(
        subject,
        Subject::Enterprise {
            code: CodeStanding::IncompleteOrWrong,
            ..
        }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refuse;
    use crate::rule::RuleId;
    use crate::time::Span;
    use crate::verification::{EnterpriseKind, Region, WayOut};
    use proptest::prelude::*;

    const VERIFIED_AT: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const MILLISECOND: Span = Span::from_millis(1);
    const TO_PERSON: ChangeTarget = ChangeTarget::Person {
        region: Region::Mainland,
    };
    const TO_ENTERPRISE: ChangeTarget = ChangeTarget::Enterprise {
        region: Region::Mainland,
    };

    fn person() -> ChangingAccount {
        of(Subject::Person {
            region: Region::Mainland,
        })
    }

    fn enterprise(code: CodeStanding) -> ChangingAccount {
        of(Subject::Enterprise {
            enterprise: EnterpriseKind::Company,
            code,
        })
    }

    fn of(subject: Subject) -> ChangingAccount {
        ChangingAccount {
            verified: Some(Verified {
                subject,
                since: VERIFIED_AT,
            }),
            arrears: false,
            outstanding_advance: false,
            another_in_review: false,
            deregistering: false,
        }
    }

    fn failing(
        account: &ChangingAccount,
        target: ChangeTarget,
        now: Timestamp,
    ) -> Vec<ChangeRefusal> {
        may_start_change(account, target, &VerificationPolicy::default(), now)
    }

    #[test]
    fn chg_2_thirty_times_24_hours_minus_a_millisecond_is_refused_and_exactly_is_allowed() {
        let allowed_at = VERIFIED_AT.plus(Span::from_days(30));
        let just_before = allowed_at.minus(MILLISECOND);
        let enterprise = enterprise(CodeStanding::BusinessUscc);
        for (account, target) in [
            (person(), TO_PERSON),
            (enterprise, TO_ENTERPRISE),
            (enterprise, ChangeTarget::NewName),
            (enterprise, ChangeTarget::NewLegalRepresentative),
        ] {
            let refused = failing(&account, target, just_before);
            assert_eq!(refused, [ChangeRefusal::TooSoon { allowed_at }]);
            assert_eq!(refused[0].retry_at(), Some(allowed_at));
            assert_eq!(failing(&account, target, allowed_at), []);
        }
    }

    #[test]
    fn chg_2_person_to_enterprise_never_waits() {
        assert_eq!(failing(&person(), TO_ENTERPRISE, VERIFIED_AT), []);
        let started = start_change(
            &person(),
            TO_ENTERPRISE,
            &VerificationPolicy::default(),
            VERIFIED_AT,
        );
        assert_eq!(
            started,
            Ok(ChangeStarted {
                kind: ChangeKind::PersonToEnterprise,
                at: VERIFIED_AT
            })
        );
    }

    #[test]
    fn chg_3_arrears_and_advances_refuse_and_lead_to_paying() {
        let owing = ChangingAccount {
            arrears: true,
            outstanding_advance: true,
            ..person()
        };
        let refused = failing(&owing, TO_ENTERPRISE, VERIFIED_AT);
        assert_eq!(
            refused,
            [ChangeRefusal::Arrears, ChangeRefusal::OutstandingAdvance]
        );
        for refusal in refused {
            assert_eq!(refusal.rule(), RuleId::Chg3);
            assert_eq!(refusal.ways_out(), [WayOut::Pay]);
        }
    }

    #[test]
    fn chg_3_another_change_in_review_refuses() {
        let busy = ChangingAccount {
            another_in_review: true,
            ..person()
        };
        assert_eq!(
            failing(&busy, TO_ENTERPRISE, VERIFIED_AT),
            [ChangeRefusal::AnotherInReview]
        );
    }

    #[test]
    fn ent_6_a_faulty_code_refuses_changes_of_subject_only() {
        let later = VERIFIED_AT.plus(Span::from_days(31));
        let faulty = enterprise(CodeStanding::IncompleteOrWrong);
        let refused = failing(&faulty, TO_ENTERPRISE, later);
        assert_eq!(refused, [ChangeRefusal::CodeIncomplete]);
        assert_eq!(refused[0].rule(), RuleId::Ent6);
        assert_eq!(refused[0].ways_out(), [WayOut::CompleteCode]);
        assert_eq!(failing(&faulty, ChangeTarget::NewName, later), []);
        let old_code = enterprise(CodeStanding::OtherCode);
        assert_eq!(failing(&old_code, TO_ENTERPRISE, later), []);
    }

    #[test]
    fn drg_8_no_change_while_the_account_is_being_deregistered() {
        let leaving = ChangingAccount {
            deregistering: true,
            ..person()
        };
        let refused = failing(&leaving, TO_ENTERPRISE, VERIFIED_AT);
        assert_eq!(refused, [ChangeRefusal::DeregistrationRunning]);
        assert_eq!(refused[0].rule(), RuleId::Drg8);
    }

    fn any_target() -> impl Strategy<Value = ChangeTarget> {
        let region = prop::sample::select(vec![
            Region::Mainland,
            Region::HongKongMacauTaiwan,
            Region::Overseas,
        ]);
        prop_oneof![
            region
                .clone()
                .prop_map(|region| ChangeTarget::Person { region }),
            region.prop_map(|region| ChangeTarget::Enterprise { region }),
            Just(ChangeTarget::NewName),
            Just(ChangeTarget::NewLegalRepresentative),
        ]
    }

    proptest! {
        #[test]
        fn chg_1_the_question_lists_nothing_exactly_when_the_change_starts(
            account in prop::sample::select(vec![
                person(),
                enterprise(CodeStanding::BusinessUscc),
                enterprise(CodeStanding::IncompleteOrWrong),
                ChangingAccount { verified: None, ..person() },
            ]),
            flags: [bool; 4],
            target in any_target(),
            days in 0_u32..60,
        ) {
            let [arrears, outstanding_advance, another_in_review, deregistering] = flags;
            let account = ChangingAccount {
                arrears, outstanding_advance, another_in_review, deregistering, ..account
            };
            let now = VERIFIED_AT.plus(Span::from_days(days));
            let policy = VerificationPolicy::default();
            let asked = may_start_change(&account, target, &policy, now);
            let done = start_change(&account, target, &policy, now);
            prop_assert_eq!(asked.is_empty(), done.is_ok());
        }
    }
}
