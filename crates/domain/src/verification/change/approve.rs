//! Approving an application, and the moment the data change (CHG-9, CHG-12). Must not know who the
//! reviewer is: that is the operators' room.

use super::submit::refusals_of_new_subject;
use super::{ApplicationState, ChangeRefusal, ChangeWay, Consents};
use crate::refusal::Refused;
use crate::time::Timestamp;
use crate::verification::{NewSubject, RegisterAnswer, Subject, VerificationPolicy, Verified};

/// The data have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeCompleted {
    /// The verification from now on; the 30 days of CHG-2 begin.
    pub verified: Verified,
    /// The new subject takes a place and the old subject's becomes free, in one transaction (CHG-12).
    pub moves_place: bool,
}

/// Whether the register approves an application by itself: it came the online way and the register
/// says the same (CHG-8); all else a reviewer decides.
#[must_use]
pub const fn register_settles(way: ChangeWay, answer: RegisterAnswer) -> bool {
    matches!((way, answer), (ChangeWay::Online, RegisterAnswer::Matches))
}

/// All reasons why an application cannot be approved; `new` is the new subject, counted in the
/// deciding transaction, or nothing when the subject stays (CHG-9, CHG-12).
#[must_use]
pub fn may_approve_change(
    state: &ApplicationState,
    new: Option<NewSubject>,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<ChangeRefusal> {
    let mut failing = Vec::new();
    if !matches!(state, ApplicationState::InReview { .. }) {
        failing.push(ChangeRefusal::NotInThisState);
    }
    if let Some(new) = new {
        failing.extend(refusals_of_new_subject(new, policy, now));
    }
    failing
}

/// Approves a new name or legal representative: the data change by themselves, at once (CHG-9).
///
/// `subject` is the subject that stays.
///
/// # Errors
/// Everything that [`may_approve_change`] lists without a new subject.
pub fn approve_same_subject(
    state: &ApplicationState,
    subject: Subject,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<(ApplicationState, ChangeCompleted), Refused<ChangeRefusal>> {
    Refused::unless_none(may_approve_change(state, None, policy, now))?;
    Ok(completed(subject, false, now))
}

/// Approves the proof of a change of subject: the new subject still proves itself by the method
/// it chooses, so that nothing changes hands before both sides are proved (CHG-5, CHG-9, CHG-12).
///
/// # Errors
/// Everything that [`may_approve_change`] lists for the new subject.
pub fn approve_new_subject(
    state: &ApplicationState,
    new: NewSubject,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<ApplicationState, Refused<ChangeRefusal>> {
    Refused::unless_none(may_approve_change(state, Some(new), policy, now))?;
    Ok(ApplicationState::Approved { at: now })
}

/// All reasons why an approved change of subject cannot be completed (CHG-12, CHG-14).
///
/// `new` is counted again in the completing transaction.
#[must_use]
pub fn may_complete_change(
    state: &ApplicationState,
    consents: Consents,
    new: NewSubject,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<ChangeRefusal> {
    let mut failing = Vec::new();
    if !matches!(state, ApplicationState::Approved { .. }) {
        failing.push(ChangeRefusal::NotInThisState);
    }
    if !consents.has_both() {
        failing.push(ChangeRefusal::NewOwnerNotAccepted);
    }
    failing.extend(refusals_of_new_subject(new, policy, now));
    failing
}

/// Completes a change of subject once the new subject passed its method and accepted: it takes its
/// place, the old subject's becomes free (CHG-11, CHG-12).
///
/// `subject` is the new one.
///
/// # Errors
/// Everything that [`may_complete_change`] lists.
pub fn complete_change(
    state: &ApplicationState,
    consents: Consents,
    subject: Subject,
    new: NewSubject,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<(ApplicationState, ChangeCompleted), Refused<ChangeRefusal>> {
    Refused::unless_none(may_complete_change(state, consents, new, policy, now))?;
    Ok(completed(subject, true, now))
}

const fn completed(
    subject: Subject,
    moves_place: bool,
    now: Timestamp,
) -> (ApplicationState, ChangeCompleted) {
    let completed = ChangeCompleted {
        verified: Verified {
            subject,
            since: now,
        },
        moves_place,
    };
    (ApplicationState::Done { at: now }, completed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;
    use crate::verification::change::{Consent, ConsentProof};
    use crate::verification::{CodeStanding, EnterpriseKind, Region, VerificationRefusal};

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const LATER: Timestamp = NOW.plus(Span::from_days(1));
    const ENTERPRISE: Subject = Subject::Enterprise {
        enterprise: EnterpriseKind::Company,
        code: CodeStanding::BusinessUscc,
    };
    const PERSON: Subject = Subject::Person {
        region: Region::Mainland,
    };
    const IN_REVIEW: ApplicationState = ApplicationState::InReview {
        submitted_at: NOW,
        due_at: LATER,
    };
    const APPROVED: ApplicationState = ApplicationState::Approved { at: NOW };
    const CONSENT: Consent = Consent {
        by: ConsentProof::Face,
        at: NOW,
    };
    const BOTH: Consents = Consents::Both {
        former: CONSENT,
        new: CONSENT,
    };

    fn person(taken: u32) -> NewSubject {
        NewSubject::Person {
            adult_from: NOW,
            taken,
        }
    }

    fn approve(
        state: &ApplicationState,
        taken: u32,
    ) -> Result<ApplicationState, Vec<ChangeRefusal>> {
        let policy = VerificationPolicy::default();
        approve_new_subject(state, person(taken), &policy, LATER).map_err(Refused::into_all)
    }

    fn complete(
        state: &ApplicationState,
        consents: Consents,
        taken: u32,
    ) -> Result<(ApplicationState, ChangeCompleted), Vec<ChangeRefusal>> {
        let policy = VerificationPolicy::default();
        complete_change(state, consents, PERSON, person(taken), &policy, LATER)
            .map_err(Refused::into_all)
    }

    #[test]
    fn chg_9_on_approval_the_data_of_the_same_subject_change_by_themselves() {
        let policy = VerificationPolicy::default();
        let (state, changed) =
            approve_same_subject(&IN_REVIEW, ENTERPRISE, &policy, LATER).unwrap();
        assert_eq!(state, ApplicationState::Done { at: LATER });
        assert_eq!(changed.verified.since, LATER);
        assert!(!changed.moves_place);
    }

    #[test]
    fn chg_8_the_register_settles_the_online_way_only_when_it_says_the_same() {
        assert!(register_settles(ChangeWay::Online, RegisterAnswer::Matches));
        assert!(!register_settles(
            ChangeWay::Online,
            RegisterAnswer::NotRecorded
        ));
        assert!(!register_settles(
            ChangeWay::Online,
            RegisterAnswer::Differs
        ));
        assert!(!register_settles(ChangeWay::Paper, RegisterAnswer::Matches));
    }

    #[test]
    fn chg_5_after_approval_a_new_subject_proves_itself_first() {
        assert_eq!(
            approve(&IN_REVIEW, 2),
            Ok(ApplicationState::Approved { at: LATER })
        );
    }

    #[test]
    fn chg_12_approval_checks_the_places_of_the_new_subject_again() {
        let refusal = VerificationRefusal::PersonPlacesTaken { limit: 3 };
        assert_eq!(
            approve(&IN_REVIEW, 3),
            Err(vec![ChangeRefusal::NewSubject { refusal }])
        );
    }

    #[test]
    fn chg_12_completion_moves_the_place_and_checks_it_again() {
        let (state, changed) = complete(&APPROVED, BOTH, 2).unwrap();
        assert_eq!(state, ApplicationState::Done { at: LATER });
        assert!(changed.moves_place);
        assert_eq!(changed.verified.subject, PERSON);
        assert_eq!(changed.verified.since, LATER);
        let refusal = VerificationRefusal::PersonPlacesTaken { limit: 3 };
        assert_eq!(
            complete(&APPROVED, BOTH, 3),
            Err(vec![ChangeRefusal::NewSubject { refusal }])
        );
    }

    #[test]
    fn chg_14_nothing_changes_hands_before_the_new_owner_accepts() {
        let former_only = Consents::Neither.former_agrees(CONSENT);
        assert_eq!(
            complete(&APPROVED, former_only, 0),
            Err(vec![ChangeRefusal::NewOwnerNotAccepted])
        );
    }

    #[test]
    fn chg_9_only_what_is_in_review_is_approved_and_only_the_approved_completed() {
        let not_now = Err(vec![ChangeRefusal::NotInThisState]);
        let withdrawn = ApplicationState::Withdrawn { at: NOW };
        for state in [&ApplicationState::NEW, &withdrawn, &APPROVED] {
            assert_eq!(approve(state, 0), not_now);
        }
        let not_now = Err(vec![ChangeRefusal::NotInThisState]);
        for state in [&ApplicationState::NEW, &withdrawn, &IN_REVIEW] {
            assert_eq!(complete(state, BOTH, 0), not_now);
        }
    }
}
