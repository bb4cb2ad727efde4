//! Tests of the first verification. Must not know the methods' table, which has its own.

use proptest::prelude::*;

use super::*;
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::{Date, Span};
use crate::verification::{ClosedBecause, CodeStanding, WayOut};

const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
const MILLISECOND: Span = Span::from_millis(1);
const ACCOUNT: VerifyingAccount = VerifyingAccount {
    verified: None,
    running: None,
    security_phone_bound: true,
    deregistering: false,
};
const PERSON: Claim = Claim::Person {
    region: Region::Mainland,
    adult_from: NOW,
    taken: 0,
};
const COMPANY: Claim = Claim::Enterprise {
    region: Region::Mainland,
    enterprise: EnterpriseKind::Company,
    legal_representative: LegalRepresentative::Resident,
    taken: 0,
    raised_to: None,
};
const PERSON_SUBJECT: Subject = Subject::Person {
    region: Region::Mainland,
};
const COMPANY_SUBJECT: Subject = Subject::Enterprise {
    enterprise: EnterpriseKind::Company,
    code: CodeStanding::BusinessUscc,
};

fn verified(subject: Subject) -> VerifyingAccount {
    VerifyingAccount {
        verified: Some(Verified {
            subject,
            since: NOW,
        }),
        ..ACCOUNT
    }
}

fn wish(claim: Claim, method: Method) -> VerificationWish {
    VerificationWish {
        claim,
        method,
        give_up_running: false,
    }
}

fn failing(account: &VerifyingAccount, wish: VerificationWish) -> Vec<VerificationRefusal> {
    may_start_verification(account, &wish, &VerificationPolicy::default(), NOW)
}

#[test]
fn ver_1_a_verified_account_is_not_made_unverified_by_request() {
    for account in [verified(PERSON_SUBJECT), verified(COMPANY_SUBJECT)] {
        let refusal = remove_verification(account.verified.as_ref()).unwrap_err();
        assert_eq!(refusal.rule(), RuleId::Ver1);
        assert_eq!(refusal.ways_out(), [WayOut::ChangeVerification]);
    }
    assert_eq!(remove_verification(None), Ok(()));
}

#[test]
fn ver_1_a_verified_account_is_not_verified_a_second_time() {
    assert_eq!(
        failing(&verified(PERSON_SUBJECT), wish(PERSON, Method::Face)),
        [VerificationRefusal::AlreadyVerified]
    );
}

#[test]
fn ent_2_a_second_enterprise_needs_an_account_of_its_own() {
    let refused = failing(
        &verified(COMPANY_SUBJECT),
        wish(COMPANY, Method::OfficialAccount),
    );
    assert_eq!(refused, [VerificationRefusal::OneSubjectPerAccount]);
    assert_eq!(refused[0].rule(), RuleId::Ent2);
}

#[test]
fn ver_4_a_person_is_verified_from_the_first_moment_of_their_birthday_on() {
    let claim = |adult_from| Claim::Person {
        region: Region::Mainland,
        adult_from,
        taken: 0,
    };
    assert_eq!(failing(&ACCOUNT, wish(claim(NOW), Method::Face)), []);
    let adult_from = NOW.plus(MILLISECOND);
    let refused = failing(&ACCOUNT, wish(claim(adult_from), Method::Face));
    assert_eq!(refused, [VerificationRefusal::TooYoung { adult_from }]);
    assert_eq!(refused[0].retry_at(), Some(adult_from));
}

#[test]
fn ver_2_the_fourth_account_of_a_person_is_refused_also_when_the_method_passed() {
    let claim = |taken| Claim::Person {
        region: Region::Mainland,
        adult_from: NOW,
        taken,
    };
    let policy = VerificationPolicy::default();
    let attempt =
        start_verification(&ACCOUNT, &wish(claim(2), Method::Face), &policy, NOW).unwrap();
    let pass = |taken| {
        pass_verification(
            &attempt,
            &ACCOUNT,
            claim(taken),
            PERSON_SUBJECT,
            &policy,
            NOW,
        )
    };
    assert!(pass(2).is_ok());
    let refused = pass(3).unwrap_err();
    assert_eq!(
        refused.all(),
        [VerificationRefusal::PersonPlacesTaken { limit: 3 }]
    );
}

#[test]
fn ver_5_a_closed_method_is_refused_by_the_rule_that_closes_it() {
    let taiwan = Claim::Person {
        region: Region::HongKongMacauTaiwan,
        adult_from: NOW,
        taken: 0,
    };
    assert_eq!(failing(&ACCOUNT, wish(taiwan, Method::WechatScan)), []);
    let refused = failing(&ACCOUNT, wish(taiwan, Method::Face));
    assert_eq!(
        refused,
        [VerificationRefusal::MethodClosed {
            method: Method::Face,
            because: ClosedBecause::HongKongMacauTaiwan
        }]
    );
    assert_eq!(refused[0].rule(), RuleId::Ver5);
    let overseas = Claim::Person {
        region: Region::Overseas,
        adult_from: NOW,
        taken: 0,
    };
    let refused = failing(&ACCOUNT, wish(overseas, Method::WechatScan));
    assert_eq!(refused[0].ways_out(), [WayOut::InternationalSite]);
}

#[test]
fn ver_7_a_failed_face_check_lists_its_four_causes() {
    assert_eq!(FailureReason::FaceCheck.face_causes().len(), 4);
    assert!(
        FailureReason::FaceCheck
            .face_causes()
            .contains(&FaceCause::Covered)
    );
    assert_eq!(FailureReason::NotRecorded.face_causes(), []);
}

#[test]
fn ver_10_a_failed_attempt_says_why_and_can_be_started_again() {
    let policy = VerificationPolicy::default();
    let wish = wish(PERSON, Method::Face);
    let attempt = start_verification(&ACCOUNT, &wish, &policy, NOW).unwrap();
    let failed = attempt.fail(vec![FailureReason::FaceCheck], NOW).unwrap();
    assert_eq!(
        failed,
        Attempt::Failed {
            method: Method::Face,
            at: NOW,
            reasons: vec![FailureReason::FaceCheck]
        }
    );
    let after = VerifyingAccount {
        running: failed.running(),
        ..ACCOUNT
    };
    assert!(start_verification(&after, &wish, &policy, NOW).is_ok());
    let refused = pass_verification(&failed, &after, PERSON, PERSON_SUBJECT, &policy, NOW);
    assert_eq!(
        refused.unwrap_err().all(),
        [VerificationRefusal::NoSuchAttempt]
    );
}

#[test]
fn ver_10_a_running_attempt_is_given_up_only_knowingly() {
    let busy = VerifyingAccount {
        running: Some(Method::BankTransfer),
        ..ACCOUNT
    };
    let impatient = wish(COMPANY, Method::OfficialAccount);
    assert_eq!(
        failing(&busy, impatient),
        [VerificationRefusal::AttemptRunning {
            method: Method::BankTransfer
        }]
    );
    let knowing = VerificationWish {
        give_up_running: true,
        ..impatient
    };
    assert_eq!(failing(&busy, knowing), []);
}

#[test]
fn ver_13_only_the_security_phone_is_asked_for() {
    let without = VerifyingAccount {
        security_phone_bound: false,
        ..ACCOUNT
    };
    let refused = failing(&without, wish(PERSON, Method::Face));
    assert_eq!(refused, [VerificationRefusal::SecurityPhoneMissing]);
    assert_eq!(refused[0].rule(), RuleId::Ver13);
    assert_eq!(failing(&ACCOUNT, wish(PERSON, Method::Face)), []);
}

#[test]
fn drg_8_no_verification_while_the_account_is_being_deregistered() {
    let leaving = VerifyingAccount {
        deregistering: true,
        ..ACCOUNT
    };
    assert_eq!(
        failing(&leaving, wish(PERSON, Method::Face)),
        [VerificationRefusal::DeregistrationRunning]
    );
}

#[test]
fn ver_15_an_attempt_that_outlasts_its_method_leads_to_support() {
    let policy = VerificationPolicy::default();
    let calendar = Calendar::mainland();
    let overdue =
        |method, since, now| Attempt::Running { method, since }.is_overdue(&policy, &calendar, now);
    let half_an_hour = NOW.plus(Span::from_minutes(30));
    assert!(!overdue(Method::Face, NOW, half_an_hour));
    assert!(overdue(Method::Face, NOW, half_an_hour.plus(MILLISECOND)));
    // Friday; the fifth business day after it is Thursday, as Sunday is a make-up workday.
    let friday = Date::from_ymd(2026, 9, 18).unwrap().begin();
    let end = Date::from_ymd(2026, 9, 24).unwrap().end();
    assert!(!overdue(
        Method::BankTransfer,
        friday,
        end.minus(MILLISECOND)
    ));
    assert!(overdue(Method::BankTransfer, friday, end));
    let failed = Attempt::Running {
        method: Method::Face,
        since: NOW,
    }
    .fail(vec![FailureReason::ServiceFailed], NOW)
    .unwrap();
    assert!(!failed.is_overdue(&policy, &calendar, end));
}

fn any_claim() -> impl Strategy<Value = Claim> {
    let regions = prop::sample::select(vec![
        Region::Mainland,
        Region::HongKongMacauTaiwan,
        Region::Overseas,
    ]);
    let kinds = prop::sample::select(vec![
        EnterpriseKind::Company,
        EnterpriseKind::PublicInstitution,
        EnterpriseKind::OtherOrganisation,
    ]);
    let representatives = prop::sample::select(vec![
        LegalRepresentative::Resident,
        LegalRepresentative::Foreign,
    ]);
    prop_oneof![
        (regions.clone(), any::<bool>(), 0_u32..5).prop_map(|(region, adult, taken)| {
            Claim::Person {
                region,
                adult_from: if adult { NOW } else { NOW.plus(MILLISECOND) },
                taken,
            }
        }),
        (
            regions,
            kinds,
            representatives,
            0_u32..13,
            prop::option::of(0_u32..13)
        )
            .prop_map(
                |(region, enterprise, legal_representative, taken, raised_to)| {
                    Claim::Enterprise {
                        region,
                        enterprise,
                        legal_representative,
                        taken,
                        raised_to,
                    }
                }
            ),
    ]
}

proptest! {
    #[test]
    fn ver_10_the_question_lists_nothing_exactly_when_the_attempt_starts_and_can_pass(
        claim in any_claim(),
        method in prop::sample::select(Method::ALL.to_vec()),
        verified_as in prop::option::of(prop::sample::select(vec![PERSON_SUBJECT, COMPANY_SUBJECT])),
        running in prop::option::of(prop::sample::select(Method::ALL.to_vec())),
        flags: [bool; 3],
    ) {
        let [security_phone_bound, deregistering, give_up_running] = flags;
        let account = VerifyingAccount {
            verified: verified_as.map(|subject| Verified { subject, since: NOW }),
            running,
            security_phone_bound,
            deregistering,
        };
        let wish = VerificationWish { claim, method, give_up_running };
        let policy = VerificationPolicy::default();
        let asked = may_start_verification(&account, &wish, &policy, NOW);
        let started = start_verification(&account, &wish, &policy, NOW);
        prop_assert_eq!(asked.is_empty(), started.is_ok());
        if let Ok(attempt) = started {
            let subject = match claim {
                Claim::Person { region, .. } => Subject::Person { region },
                Claim::Enterprise { enterprise, .. } => Subject::Enterprise {
                    enterprise,
                    code: CodeStanding::BusinessUscc,
                },
            };
            let passed = pass_verification(&attempt, &account, claim, subject, &policy, NOW);
            prop_assert!(passed.is_ok());
        }
    }
}
