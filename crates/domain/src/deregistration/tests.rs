//! Tests of conditions and application.

use super::*;
use crate::account::{
    AccountId, AccountRefusal, AccountStanding, FreezeCauses, FreezeReason, VerificationStatus,
    freeze_reasons,
};
use crate::identity::Fen;
use crate::login_methods::LoginMethodKind;
use crate::protection::{SensitiveOperation, a_check};
use crate::refusal::{Refuse, Refused};
use crate::rule::RuleId;
use crate::time::{Span, Timestamp};
use crate::users::{Actor, Right, Rights};
use crate::verification::change::ReviewReason;
use crate::verification::{LegalRepresentative, Region};

const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
const PERSON: LeavingSubject = LeavingSubject::Person {
    region: Region::Mainland,
};
const COMPANY: LeavingSubject = LeavingSubject::Enterprise {
    legal_representative: LegalRepresentative::Resident,
    dissolved: false,
};
const NOTHING: Holdings<'static> = Holdings {
    unfinished_orders: 0,
    arrears: Fen::ZERO,
    unpaid_bills: 0,
    balance: Fen::ZERO,
    sub_users: 0,
    collaborators: 0,
    recipients: 0,
    complaints: 0,
    verification_in_progress: false,
    remains: &[],
};
const VOUCHERS: &[Remain] = &[Remain {
    kind: RemainKind::Voucher,
    count: 2,
    expires_at: None,
}];

fn id() -> AccountId {
    AccountId::from_serial(12_345_678).unwrap()
}

fn policy() -> DeregistrationPolicy {
    DeregistrationPolicy::default()
}

fn account<'a>(subject: LeavingSubject, holdings: &'a Holdings<'a>) -> LeavingAccount<'a> {
    LeavingAccount {
        account: id(),
        standing: AccountStanding::Open,
        subject,
        holdings,
        last: None,
    }
}

const fn wish(way: IdentityWay) -> LeavingWish<'static> {
    LeavingWish {
        typed_id: "100012345678",
        way,
        given_up: &[],
        documents: &[],
    }
}

fn may_apply(account: &LeavingAccount<'_>, wish: &LeavingWish<'_>) -> Vec<DeregistrationRefusal> {
    may_apply_to_leave(&Actor::Root, account, wish, &policy(), NOW)
}

fn apply(
    subject: LeavingSubject,
    holdings: &Holdings<'_>,
    wish: &LeavingWish<'_>,
) -> Deregistration {
    let check = a_check(SensitiveOperation::Deregister, NOW);
    let account = account(subject, holdings);
    apply_to_leave(&check, &Actor::Root, &account, wish, &policy(), NOW).unwrap()
}

fn awaiting_face() -> Deregistration {
    apply(PERSON, &NOTHING, &wish(IdentityWay::Face))
}

fn in_review() -> Deregistration {
    apply(
        LeavingSubject::Unverified,
        &NOTHING,
        &wish(IdentityWay::Review),
    )
}

fn reasons() -> Vec<RejectionReason> {
    vec![RejectionReason {
        item: RejectedItem::Applicant,
        reason: ReviewReason::DoesNotMatch,
        note: String::new(),
    }]
}

#[test]
fn drg_2_each_condition_is_shown_with_its_state_and_number() {
    let fen = |amount| Fen::new(amount);
    for (holdings, kind, count) in [
        (
            Holdings {
                unfinished_orders: 2,
                ..NOTHING
            },
            ConditionKind::NoUnfinishedOrders,
            2,
        ),
        (
            Holdings {
                arrears: fen(1),
                ..NOTHING
            },
            ConditionKind::NoArrears,
            1,
        ),
        (
            Holdings {
                unpaid_bills: 3,
                ..NOTHING
            },
            ConditionKind::NoUnpaidBills,
            3,
        ),
        (
            Holdings {
                balance: fen(12_345),
                ..NOTHING
            },
            ConditionKind::NoBalance,
            12_345,
        ),
        (
            Holdings {
                sub_users: 1,
                ..NOTHING
            },
            ConditionKind::NoSubUsers,
            1,
        ),
        (
            Holdings {
                collaborators: 1,
                ..NOTHING
            },
            ConditionKind::NoCollaborators,
            1,
        ),
        (
            Holdings {
                recipients: 1,
                ..NOTHING
            },
            ConditionKind::NoRecipients,
            1,
        ),
        (
            Holdings {
                complaints: 1,
                ..NOTHING
            },
            ConditionKind::NoComplaints,
            1,
        ),
        (
            Holdings {
                verification_in_progress: true,
                ..NOTHING
            },
            ConditionKind::NoVerificationInProgress,
            1,
        ),
    ] {
        let list = conditions(&holdings, &[], &policy(), NOW);
        assert_eq!(list.len(), 10, "met conditions are shown too");
        let failing: Vec<_> = list.into_iter().filter(Condition::is_failing).collect();
        let state = ConditionState::Blocks;
        assert_eq!(failing, [Condition { kind, state, count }]);
        let refused = may_apply(&account(PERSON, &holdings), &wish(IdentityWay::Face));
        let condition = failing[0];
        assert_eq!(
            refused,
            [DeregistrationRefusal::ConditionNotMet { condition }]
        );
    }
    let met = conditions(&NOTHING, &[], &policy(), NOW);
    assert!(met.iter().all(|one| one.state == ConditionState::Met));
}

#[test]
fn drg_3_vouchers_block_until_the_owner_gives_them_up() {
    let holdings = Holdings {
        remains: VOUCHERS,
        ..NOTHING
    };
    let refused = may_apply(&account(PERSON, &holdings), &wish(IdentityWay::Face));
    assert_eq!(
        refused,
        [DeregistrationRefusal::ConditionNotMet {
            condition: Condition {
                kind: ConditionKind::NoneLeft(RemainKind::Voucher),
                state: ConditionState::CanBeGivenUp,
                count: 2,
            }
        }]
    );
    assert_eq!(refused[0].rule(), RuleId::Drg3);
    let given_up = LeavingWish {
        given_up: &[RemainKind::Voucher],
        ..wish(IdentityWay::Face)
    };
    assert_eq!(may_apply(&account(PERSON, &holdings), &given_up), []);
}

#[test]
fn drg_3_arrears_and_other_resources_cannot_be_given_up() {
    let remains = [
        Remain {
            kind: RemainKind::OtherResource,
            count: 1,
            expires_at: Some(NOW),
        },
        Remain {
            kind: RemainKind::IcpFiling,
            count: 1,
            expires_at: None,
        },
    ];
    let holdings = Holdings {
        arrears: Fen::new(1),
        remains: &remains,
        ..NOTHING
    };
    let everything = LeavingWish {
        given_up: &RemainKind::ALL,
        ..wish(IdentityWay::Face)
    };
    let refused = may_apply(&account(PERSON, &holdings), &everything);
    let kinds: Vec<_> = refused
        .iter()
        .filter_map(|refusal| match refusal {
            DeregistrationRefusal::ConditionNotMet { condition } => Some(condition.kind),
            _ => None,
        })
        .collect();
    assert_eq!(
        kinds,
        [
            ConditionKind::NoArrears,
            ConditionKind::NoneLeft(RemainKind::IcpFiling),
            ConditionKind::NoneLeft(RemainKind::OtherResource),
        ]
    );
    assert_eq!(refused[0].rule(), RuleId::Drg2);
}

#[test]
fn drg_3_certificates_that_expire_soon_and_late_are_two_lines() {
    let certificate = |days| Remain {
        kind: RemainKind::SslCertificate,
        count: 1,
        expires_at: Some(NOW.plus(Span::from_days(days))),
    };
    let remains = [certificate(10), certificate(300), certificate(20)];
    let holdings = Holdings {
        remains: &remains,
        ..NOTHING
    };
    let list = conditions(&holdings, &[RemainKind::SslCertificate], &policy(), NOW);
    let states: Vec<_> = list
        .iter()
        .filter(|one| one.kind == ConditionKind::NoneLeft(RemainKind::SslCertificate))
        .map(|one| (one.state, one.count))
        .collect();
    assert_eq!(
        states,
        [(ConditionState::GivenUp, 2), (ConditionState::Blocks, 1)]
    );
}

#[test]
fn drg_1_only_the_signed_in_owner_applies_and_cancels() {
    let all = Rights::of(&Right::ALL);
    for actor in [Actor::SubUser(all), Actor::Collaborator(all)] {
        let account = account(PERSON, &NOTHING);
        assert_eq!(
            may_apply_to_leave(&actor, &account, &wish(IdentityWay::Face), &policy(), NOW),
            [DeregistrationRefusal::OnlyOwner]
        );
        assert_eq!(
            may_cancel_leaving(&actor, &in_review()),
            [DeregistrationRefusal::OnlyOwner]
        );
    }
}

#[test]
fn drg_8_the_account_id_is_typed() {
    let typed = |typed_id| {
        let wish = LeavingWish {
            typed_id,
            ..wish(IdentityWay::Face)
        };
        may_apply(&account(PERSON, &NOTHING), &wish)
    };
    assert_eq!(typed(" 1000 1234 5678 "), []);
    for wrong in ["", "100012345679", "yes", "0"] {
        assert_eq!(
            typed(wrong),
            [DeregistrationRefusal::AccountIdWrong],
            "{wrong}"
        );
    }
}

#[test]
fn drg_8_missing_documents_are_named_one_by_one() {
    let hand_in = |documents: &[LeavingDocument]| {
        let wish = LeavingWish {
            documents,
            ..wish(IdentityWay::Review)
        };
        may_apply(&account(COMPANY, &NOTHING), &wish)
    };
    let missing = |document| DeregistrationRefusal::DocumentMissing { document };
    let needed = LeavingDocument::needed_from(COMPANY);
    assert_eq!(
        hand_in(&[]),
        needed.iter().copied().map(missing).collect::<Vec<_>>()
    );
    assert_eq!(
        hand_in(&needed[..3]),
        [missing(LeavingDocument::AuthorisationLetter)]
    );
    assert_eq!(hand_in(needed), []);
    let by_face = wish(IdentityWay::LegalRepresentativeFace);
    assert_eq!(may_apply(&account(COMPANY, &NOTHING), &by_face), []);
    assert_eq!(
        may_apply(&account(COMPANY, &NOTHING), &wish(IdentityWay::Face)),
        [DeregistrationRefusal::WayNotOpen {
            way: IdentityWay::Face
        }]
    );
}

#[test]
fn drg_4_an_unverified_account_can_go_by_review() {
    assert!(matches!(in_review(), Deregistration::InReview { .. }));
}

#[test]
fn drg_5_the_account_is_frozen_from_application_to_decision_and_the_owner_can_cancel() {
    let frozen = |application: &Deregistration| {
        freeze_reasons(&FreezeCauses {
            by_operator: false,
            verification: VerificationStatus::Person,
            retained_resources: 0,
            deregistering: application.is_open(),
        })
    };
    for open in [awaiting_face(), in_review()] {
        assert_eq!(frozen(&open), [FreezeReason::AwaitingDeregistration]);
        let cancelled = cancel_leaving(&Actor::Root, &open, NOW).unwrap();
        assert_eq!(frozen(&cancelled), []);
        assert_eq!(
            may_cancel_leaving(&Actor::Root, &cancelled),
            [DeregistrationRefusal::NotInThisState]
        );
        let again = LeavingAccount {
            last: Some(&open),
            ..account(PERSON, &NOTHING)
        };
        assert_eq!(
            may_apply(&again, &wish(IdentityWay::Face)),
            [DeregistrationRefusal::AlreadyApplied]
        );
    }
}

#[test]
fn drg_5_a_rejection_has_reasons_and_the_application_can_be_made_again() {
    assert_eq!(
        may_reject_leaving(&in_review(), &[]),
        [DeregistrationRefusal::ReasonsMissing]
    );
    let rejected = reject_leaving(&in_review(), reasons(), NOW).unwrap();
    let again = LeavingAccount {
        last: Some(&rejected),
        ..account(PERSON, &NOTHING)
    };
    assert_eq!(may_apply(&again, &wish(IdentityWay::Face)), []);
    assert_eq!(
        may_reject_leaving(&awaiting_face(), &reasons()),
        [DeregistrationRefusal::NotInThisState],
        "no reviewer decides about a face"
    );
}

fn go(
    decider: LeavingDecider,
    application: &Deregistration,
    holdings: &Holdings<'_>,
) -> Result<Deregistered, Vec<DeregistrationRefusal>> {
    let belongings = Belongings {
        has_security_phone: true,
        subject: PERSON,
        methods: &[LoginMethodKind::Wechat, LoginMethodKind::Email],
    };
    deregister(decider, application, holdings, &belongings, &policy(), NOW)
        .map_err(Refused::into_all)
}

#[test]
fn drg_8_conditions_are_checked_again_at_the_decision() {
    let bought = Holdings {
        balance: Fen::new(100),
        ..NOTHING
    };
    let refused = go(LeavingDecider::Reviewer, &in_review(), &bought).unwrap_err();
    assert!(matches!(
        refused[..],
        [DeregistrationRefusal::ConditionNotMet {
            condition: Condition {
                kind: ConditionKind::NoBalance,
                ..
            }
        }]
    ));
    let vouchers = Holdings {
        remains: VOUCHERS,
        ..NOTHING
    };
    assert!(go(LeavingDecider::Reviewer, &in_review(), &vouchers).is_err());
    let given_up = LeavingWish {
        given_up: &[RemainKind::Voucher],
        ..wish(IdentityWay::Face)
    };
    let application = apply(PERSON, &vouchers, &given_up);
    assert!(go(LeavingDecider::Face, &application, &vouchers).is_ok());
}

#[test]
fn drg_8_only_the_awaited_decider_decides_and_only_once() {
    let wrong = Err(vec![DeregistrationRefusal::NotInThisState]);
    assert_eq!(
        go(LeavingDecider::Reviewer, &awaiting_face(), &NOTHING),
        wrong
    );
    assert_eq!(go(LeavingDecider::Face, &in_review(), &NOTHING), wrong);
    let done = go(LeavingDecider::Face, &awaiting_face(), &NOTHING).unwrap();
    let cancelled = Deregistration::Cancelled { at: NOW };
    for closed in [done.application, cancelled] {
        for decider in [LeavingDecider::Face, LeavingDecider::Reviewer] {
            assert_eq!(go(decider, &closed, &NOTHING), wrong);
        }
    }
}

#[test]
fn drg_6_afterwards_nothing_is_possible_and_all_places_are_free() {
    let gone = go(LeavingDecider::Face, &awaiting_face(), &NOTHING).unwrap();
    assert_eq!(gone.application, Deregistration::Done { at: NOW });
    assert_eq!(gone.standing.refusal(), Some(AccountRefusal::Deregistered));
    assert_eq!(
        gone.freed,
        [
            Freed::PhonePlace,
            Freed::PersonPlace,
            Freed::LoginMethod(LoginMethodKind::Wechat),
            Freed::LoginMethod(LoginMethodKind::Email),
        ]
    );
    let account = LeavingAccount {
        standing: gone.standing,
        last: Some(&gone.application),
        ..account(PERSON, &NOTHING)
    };
    let refused = may_apply(&account, &wish(IdentityWay::Face));
    assert_eq!(refused, [AccountRefusal::Deregistered.into()]);
    assert_eq!(refused[0].rule(), RuleId::Drg6);
}
