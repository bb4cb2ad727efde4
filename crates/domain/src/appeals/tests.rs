//! Tests of an appeal's states.

use super::*;
use crate::account::{AccountId, AccountRefusal, AccountStanding, Lock};
use crate::contacts::ContactPolicy;
use crate::operators::{OperatorId, QueueStage};
use crate::refusal::{Refuse, Refused};
use crate::rule::RuleId;
use crate::time::{Span, Timestamp};
use crate::verification::Region;
use crate::verification::change::ReviewReason;
use proptest::prelude::*;
use std::sync::LazyLock;

const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
static CONTACTS: LazyLock<ContactPolicy> = LazyLock::new(ContactPolicy::default);
const MILLISECOND: Span = Span::from_millis(1);
const PERSON: AppealSubject = AppealSubject::Person {
    region: Region::Mainland,
};
const APPROVED: QueueStage = QueueStage::Decided {
    by: OperatorId(1),
    at: NOW,
    approved: true,
};

fn account() -> AppealedAccount {
    AppealedAccount {
        account: AccountId::from_serial(7).unwrap(),
        standing: AccountStanding::Open,
        subject: PERSON,
        has_mfa: true,
        another_open: false,
    }
}

fn check(new_contact: NewContact) -> EffectCheck<'static> {
    EffectCheck {
        standing: AccountStanding::Open,
        lock: Lock::Unlocked,
        new_contact,
        policy: &CONTACTS,
    }
}

fn take(
    appeal: &Appeal,
    step: &AppealStep<'_>,
    now: Timestamp,
) -> Result<Appeal, Vec<AppealRefusal>> {
    let may = appeal.may(step, now);
    let taken = appeal.clone().take(step, &AppealPolicy::default(), now);
    assert_eq!(may.is_empty(), taken.is_ok());
    taken.map_err(Refused::into_all)
}

fn draft(kind: AppealKind) -> Appeal {
    begin_appeal(kind, &account(), false, NOW).unwrap()
}

fn in_review(kind: AppealKind) -> Appeal {
    let given = needed_materials(kind, PERSON, false);
    let submitted = take(&draft(kind), &AppealStep::Submit { given: &given }, NOW).unwrap();
    take(&submitted, &AppealStep::BeginReview, NOW).unwrap()
}

fn approved(kind: AppealKind) -> Appeal {
    take(
        &in_review(kind),
        &AppealStep::Approve { stage: APPROVED },
        NOW,
    )
    .unwrap()
}

fn reasons() -> Vec<AppealReason> {
    vec![AppealReason {
        material: AppealMaterial::PersonIdFront,
        reason: ReviewReason::Unreadable,
        note: String::new(),
    }]
}

#[test]
fn con_4_missing_materials_are_named_one_by_one() {
    let kind = AppealKind::SecurityPhone;
    let given = [AppealMaterial::LoginAccount, AppealMaterial::PersonIdBack];
    let refused = take(&draft(kind), &AppealStep::Submit { given: &given }, NOW).unwrap_err();
    assert_eq!(
        refused,
        [AppealMaterial::NewPhone, AppealMaterial::PersonIdFront]
            .map(|material| AppealRefusal::MaterialMissing { kind, material })
    );
    assert!(refused.iter().all(|one| one.rule() == RuleId::Con4));
}

#[test]
fn apl_5_an_appeal_runs_from_draft_to_effect_and_keeps_its_timeline() {
    let effective = take(
        &approved(AppealKind::SecurityPhone),
        &AppealStep::TakeEffect(&check(NewContact::Phone { other_accounts: 4 })),
        NOW.plus(Span::from_hours(24)),
    )
    .unwrap();
    assert!(!effective.is_open());
    let events: Vec<_> = effective.timeline.iter().map(|one| one.event).collect();
    assert_eq!(
        events,
        [
            AppealEvent::Begun,
            AppealEvent::Submitted,
            AppealEvent::ReviewBegun,
            AppealEvent::Approved,
            AppealEvent::TookEffect,
        ]
    );
}

#[test]
fn apl_5_more_can_be_asked_for_and_is_handed_in_again() {
    let kind = AppealKind::SignIn;
    let none = take(
        &in_review(kind),
        &AppealStep::AskForMore { items: &[] },
        NOW,
    );
    assert_eq!(none, Err(vec![AppealRefusal::ReasonsMissing]));
    let items = reasons();
    let asked = take(
        &in_review(kind),
        &AppealStep::AskForMore { items: &items },
        NOW,
    )
    .unwrap();
    assert!(matches!(&asked.state, AppealState::MoreNeeded { items, .. } if *items == reasons()));
    let given = needed_materials(kind, PERSON, false);
    let again = take(&asked, &AppealStep::Submit { given: &given }, NOW).unwrap();
    assert!(matches!(again.state, AppealState::Submitted { .. }));
}

#[test]
fn apl_5_one_appeal_of_a_kind_is_open_at_a_time() {
    let busy = AppealedAccount {
        another_open: true,
        ..account()
    };
    assert_eq!(
        may_begin_appeal(AppealKind::SignIn, &busy),
        [AppealRefusal::AnotherOpen]
    );
}

#[test]
fn apl_5_a_rejection_has_reasons_and_is_final() {
    let review = in_review(AppealKind::SignIn);
    let rejected = take(
        &review,
        &AppealStep::Reject {
            reasons: &reasons(),
        },
        NOW,
    )
    .unwrap();
    assert!(take(&review, &AppealStep::Reject { reasons: &[] }, NOW).is_err());
    for step in [AppealStep::BeginReview, AppealStep::Withdraw] {
        assert_eq!(
            take(&rejected, &step, NOW),
            Err(vec![AppealRefusal::NotInThisState])
        );
    }
}

#[test]
fn apl_5_the_applicant_can_withdraw_until_it_takes_effect() {
    let kind = AppealKind::MfaRemoval;
    for appeal in [draft(kind), in_review(kind), approved(kind)] {
        let withdrawn = take(&appeal, &AppealStep::Withdraw, NOW).unwrap();
        assert!(!withdrawn.is_open());
    }
}

#[test]
fn apl_6_it_takes_effect_after_24_hours_and_not_a_millisecond_before() {
    let effective_at = NOW.plus(Span::from_hours(24));
    let check = check(NewContact::None);
    let step = AppealStep::TakeEffect(&check);
    let appeal = approved(AppealKind::MfaRemoval);
    let refused = take(&appeal, &step, effective_at.minus(MILLISECOND)).unwrap_err();
    assert_eq!(
        refused,
        [AppealRefusal::ObjectionOpen {
            retry_at: effective_at
        }]
    );
    assert_eq!(refused[0].retry_at(), Some(effective_at));
    assert!(take(&appeal, &step, effective_at).is_ok());
}

#[test]
fn apl_6_an_objection_puts_it_back_in_review_until_the_time_is_over() {
    let end = NOW.plus(Span::from_hours(24));
    let appeal = approved(AppealKind::SignIn);
    let objected = take(&appeal, &AppealStep::Object, end.minus(MILLISECOND)).unwrap();
    assert!(matches!(
        objected.state,
        AppealState::InReview { objected: true, .. }
    ));
    let check = check(NewContact::None);
    assert_eq!(
        take(&objected, &AppealStep::TakeEffect(&check), end),
        Err(vec![AppealRefusal::NotInThisState])
    );
    assert_eq!(
        take(&appeal, &AppealStep::Object, end),
        Err(vec![AppealRefusal::ObjectionOver { at: end }])
    );
    let again = take(&objected, &AppealStep::Approve { stage: APPROVED }, end).unwrap();
    assert!(again.was_objected());
    assert!(
        take(&again, &AppealStep::Object, end).is_ok(),
        "the contacts are told again and have their time again"
    );
}

#[test]
fn ops_1_an_appeal_is_approved_only_when_the_desk_has_decided() {
    let review = in_review(AppealKind::SignIn);
    for stage in [
        QueueStage::Open,
        QueueStage::ApprovedOnce {
            by: OperatorId(1),
            at: NOW,
        },
        QueueStage::Decided {
            by: OperatorId(1),
            at: NOW,
            approved: false,
        },
    ] {
        assert_eq!(
            take(&review, &AppealStep::Approve { stage }, NOW),
            Err(vec![AppealRefusal::NotDecided])
        );
    }
}

#[test]
fn acc_14_a_lock_since_the_approval_holds_an_appeal_back_and_an_older_one_does_not() {
    let end = NOW.plus(Span::from_hours(24));
    let appeal = approved(AppealKind::SecurityPhone);
    let effect = |since| {
        let check = EffectCheck {
            lock: Lock::Locked { since },
            ..check(NewContact::None)
        };
        take(&appeal, &AppealStep::TakeEffect(&check), end).map(|_| ())
    };
    assert_eq!(effect(NOW), Err(vec![AppealRefusal::LockedSinceApproval]));
    assert_eq!(effect(NOW.minus(MILLISECOND)), Ok(()));
}

#[test]
fn con_2_the_places_of_the_new_phone_are_counted_when_it_takes_effect() {
    let end = NOW.plus(Span::from_hours(24));
    let effect = |kind, new_contact| {
        let check = check(new_contact);
        take(&approved(kind), &AppealStep::TakeEffect(&check), end).map(|_| ())
    };
    let phone = |other_accounts| {
        effect(
            AppealKind::SecurityPhone,
            NewContact::Phone { other_accounts },
        )
    };
    assert_eq!(phone(4), Ok(()));
    assert_eq!(phone(5), Err(vec![AppealRefusal::PhoneFull { most: 5 }]));
    let email = |other_accounts| effect(AppealKind::SignIn, NewContact::Email { other_accounts });
    assert_eq!(email(0), Ok(()));
    assert_eq!(email(1), Err(vec![AppealRefusal::EmailRegistered]));
}

#[test]
fn drg_6_no_appeal_on_an_account_that_is_gone() {
    let gone = AccountStanding::Deregistered { at: NOW };
    let account = AppealedAccount {
        standing: gone,
        ..account()
    };
    let refused: [AppealRefusal; 1] = [AccountRefusal::Deregistered.into()];
    assert_eq!(may_begin_appeal(AppealKind::SignIn, &account), refused);
    let check = EffectCheck {
        standing: gone,
        ..check(NewContact::None)
    };
    let end = NOW.plus(Span::from_hours(24));
    assert_eq!(
        approved(AppealKind::SignIn).may(&AppealStep::TakeEffect(&check), end),
        refused
    );
}

#[test]
fn apl_1_mfa_is_lifted_only_when_the_letter_says_so() {
    let appeal = |changes_mfa| begin_appeal(AppealKind::SignIn, &account(), changes_mfa, NOW);
    for (ticked, has_mfa, lifts_mfa) in [
        (true, true, true),
        (false, true, false),
        (true, false, false),
        (false, false, false),
    ] {
        assert_eq!(
            appeal(ticked).unwrap().effect(has_mfa),
            AppealEffect::LoginEmail { lifts_mfa }
        );
    }
}

#[test]
fn apl_4_only_a_verified_subject_has_mfa_removed_and_only_where_there_is_one() {
    let odd = AppealedAccount {
        subject: AppealSubject::Unverified,
        has_mfa: false,
        ..account()
    };
    assert_eq!(
        may_begin_appeal(AppealKind::MfaRemoval, &odd),
        [AppealRefusal::NobodyVerified, AppealRefusal::NoMfa]
    );
    assert_eq!(may_begin_appeal(AppealKind::SignIn, &odd), []);
    assert_eq!(
        draft(AppealKind::MfaRemoval).effect(true),
        AppealEffect::MfaRemoved
    );
}

proptest! {
    #[test]
    fn apl_6_whatever_happens_nothing_takes_effect_within_24_hours_of_its_approval(
        steps in proptest::collection::vec((0_usize..8, 0_u32..30), 0..40),
    ) {
        let kind = AppealKind::SecurityPhone;
        let given = needed_materials(kind, PERSON, false);
        let items = reasons();
        let check = check(NewContact::Phone { other_accounts: 0 });
        let all = [
            AppealStep::Submit { given: &given },
            AppealStep::BeginReview,
            AppealStep::Approve { stage: APPROVED },
            AppealStep::TakeEffect(&check),
            AppealStep::Object,
            AppealStep::AskForMore { items: &items },
            AppealStep::Reject { reasons: &items },
            AppealStep::Withdraw,
        ];
        let mut appeal = draft(kind);
        let mut now = NOW;
        let mut approved_at = None;
        for (step, hours) in steps {
            now = now.plus(Span::from_hours(hours));
            let before = appeal.timeline.len();
            if let Ok(next) = take(&appeal, &all[step], now) {
                prop_assert_eq!(next.timeline.len(), before + 1);
                appeal = next;
            }
            match appeal.timeline.last().map(|entry| (entry.event, entry.at)) {
                Some((AppealEvent::Approved, at)) => approved_at = Some(at),
                Some((AppealEvent::TookEffect, at)) => {
                    let approved = approved_at.ok_or(TestCaseError::fail("never approved"))?;
                    prop_assert!(at >= approved.plus(Span::from_hours(24)));
                }
                Some(_) => approved_at = None,
                None => {}
            }
        }
    }
}
