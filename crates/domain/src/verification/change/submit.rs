//! Handing an application in, once (CHG-5, CHG-7, CHG-11). Must not know how documents are stored.

use super::{
    ApplicationState, ChangeRefusal, ChangeTarget, ChangeWay, ChangingAccount, Consents,
    FormerSubject, Proof, kind_of_change, may_choose_former, may_go_online, may_start_change,
    missing_proofs, required_proofs,
};
use crate::protection::RecentCheck;
use crate::refusal::Refused;
use crate::time::Timestamp;
use crate::verification::{NewSubject, Region, VerificationPolicy};

/// What is handed in, as loaded from the draft. The draft's fields were parsed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeSubmission<'a> {
    /// What the verification shall become.
    pub wish: ChangeWish,
    /// How it is proved.
    pub way: ChangeWay,
    /// What became of the former subject.
    pub former: FormerSubject,
    /// The documents that were uploaded whole.
    pub uploaded: &'a [Proof],
    /// The applicant confirmed that account and resources go to the new subject.
    pub resources_confirmed: bool,
    /// Who agreed.
    pub consents: Consents,
    /// The new subject or the new data are the recorded ones.
    pub nothing_changes: bool,
}

/// What the verification shall become, with what decides about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeWish {
    /// Another subject.
    Subject {
        /// Where its papers come from, or where it is registered.
        region: Region,
        /// Its age and places.
        new: NewSubject,
    },
    /// A new name of the same enterprise.
    NewName {
        /// The draft names another code than the recorded one.
        code_differs: bool,
    },
    /// A new legal representative of the same enterprise.
    NewLegalRepresentative,
}

impl ChangeWish {
    /// What it aims at, without the numbers.
    #[must_use]
    pub const fn target(&self) -> ChangeTarget {
        match self {
            Self::Subject { region, new } => match new {
                NewSubject::Person { .. } => ChangeTarget::Person { region: *region },
                NewSubject::Enterprise { .. } => ChangeTarget::Enterprise { region: *region },
            },
            Self::NewName { .. } => ChangeTarget::NewName,
            Self::NewLegalRepresentative => ChangeTarget::NewLegalRepresentative,
        }
    }
}

/// What handing in led to; a repeat answers the application that is there (CHG-5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmittedChange {
    /// The draft is now in review.
    Created(ApplicationState),
    /// It had been handed in before; nothing changed.
    AlreadyThere(ApplicationState),
}

/// All reasons why the application cannot be handed in (CHG-1 to CHG-3, CHG-7, CHG-8, CHG-11,
/// CHG-14, VER-2, VER-4, ENT-1); none when it has been handed in already.
#[must_use]
pub fn may_submit_change(
    account: &ChangingAccount,
    state: &ApplicationState,
    submission: &ChangeSubmission<'_>,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<ChangeRefusal> {
    if was_submitted(state) {
        return Vec::new();
    }
    let target = submission.wish.target();
    let mut failing = may_start_change(account, target, policy, now);
    if !state.is_editable() {
        failing.push(ChangeRefusal::NotInThisState);
    }
    if submission.nothing_changes {
        failing.push(ChangeRefusal::NothingChanges);
    }
    if submission.wish == (ChangeWish::NewName { code_differs: true }) {
        failing.push(ChangeRefusal::CodeMustStay);
    }
    let Some(subject) = account.verified.as_ref().map(|verified| &verified.subject) else {
        return failing;
    };
    let Ok(kind) = kind_of_change(Some(subject), target) else {
        return failing;
    };
    failing.extend(may_choose_former(kind, submission.former));
    if submission.way == ChangeWay::Online {
        failing.extend(may_go_online(kind, subject));
    }
    let required = required_proofs(kind, submission.way, submission.former);
    let missing = missing_proofs(required, submission.uploaded);
    if !missing.is_empty() {
        failing.push(ChangeRefusal::ProofMissing { missing });
    }
    if let ChangeWish::Subject { new, .. } = &submission.wish {
        if !submission.resources_confirmed {
            failing.push(ChangeRefusal::ResourcesNotConfirmed);
        }
        if !submission.consents.has_former() {
            failing.push(ChangeRefusal::FormerOwnerNotAgreed);
        }
        failing.extend(refusals_of_new_subject(*new, policy, now));
    }
    failing
}

/// Hands the application in; handing in twice leaves one application (CHG-5, V-34).
///
/// `state` is read under the lock of the application's row, so that of two requests at once the
/// second sees what the first made. The check is the step-up proof of PRT-2. `due_at` is the review's due moment (CHG-9).
///
/// # Errors
/// Everything that [`may_submit_change`] lists.
pub fn submit_change(
    _check: &RecentCheck,
    account: &ChangingAccount,
    state: ApplicationState,
    submission: &ChangeSubmission<'_>,
    due_at: Timestamp,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Result<SubmittedChange, Refused<ChangeRefusal>> {
    if was_submitted(&state) {
        return Ok(SubmittedChange::AlreadyThere(state));
    }
    let failing = may_submit_change(account, &state, submission, policy, now);
    Refused::unless_none(failing)?;
    state.submit(due_at, now).map(SubmittedChange::Created)
}

/// What keeps the new subject from being verified, as refusals of the change (CHG-12).
pub(super) fn refusals_of_new_subject(
    new: NewSubject,
    policy: &VerificationPolicy,
    now: Timestamp,
) -> Vec<ChangeRefusal> {
    let refusals = new.refusals(policy, now).into_iter();
    refusals
        .map(|refusal| ChangeRefusal::NewSubject { refusal })
        .collect()
}

/// Whether a repeated submission finds its application there.
const fn was_submitted(state: &ApplicationState) -> bool {
    match state {
        ApplicationState::InReview { .. }
        | ApplicationState::Approved { .. }
        | ApplicationState::Done { .. } => true,
        ApplicationState::Draft { .. }
        | ApplicationState::Withdrawn { .. }
        | ApplicationState::Rejected { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protection::{SensitiveOperation, a_check};
    use crate::refusal::Refuse;
    use crate::rule::RuleId;
    use crate::time::Span;
    use crate::verification::change::{Consent, ConsentProof};
    use crate::verification::{
        CodeStanding, EnterpriseKind, Subject, VerificationRefusal, Verified,
    };

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const DUE: Timestamp = NOW.plus(Span::from_days(5));
    const PROOFS: &[Proof] = &[
        Proof::FormerLicence,
        Proof::NewLicence,
        Proof::ApplicationForm,
    ];

    fn account() -> ChangingAccount {
        ChangingAccount {
            verified: Some(Verified {
                subject: Subject::Enterprise {
                    enterprise: EnterpriseKind::Company,
                    code: CodeStanding::BusinessUscc,
                },
                since: NOW.minus(Span::from_days(31)),
            }),
            arrears: false,
            outstanding_advance: false,
            another_in_review: false,
            deregistering: false,
        }
    }

    fn agreed() -> Consents {
        Consents::Neither.former_agrees(Consent {
            by: ConsentProof::Code,
            at: NOW,
        })
    }

    fn submission() -> ChangeSubmission<'static> {
        ChangeSubmission {
            wish: enterprise(9),
            way: ChangeWay::Paper,
            former: FormerSubject::Unchanged,
            uploaded: PROOFS,
            resources_confirmed: true,
            consents: agreed(),
            nothing_changes: false,
        }
    }

    fn enterprise(taken: u32) -> ChangeWish {
        ChangeWish::Subject {
            region: Region::Mainland,
            new: NewSubject::Enterprise {
                taken,
                raised_to: None,
            },
        }
    }

    fn failing(submission: &ChangeSubmission<'_>) -> Vec<ChangeRefusal> {
        let policy = VerificationPolicy::default();
        may_submit_change(&account(), &ApplicationState::NEW, submission, &policy, NOW)
    }

    fn submit(
        state: ApplicationState,
        submission: &ChangeSubmission<'_>,
    ) -> Result<SubmittedChange, Refused<ChangeRefusal>> {
        let policy = VerificationPolicy::default();
        let check = a_check(SensitiveOperation::ChangeVerification, NOW);
        submit_change(&check, &account(), state, submission, DUE, &policy, NOW)
    }

    #[test]
    fn chg_5_a_complete_application_goes_into_review() {
        assert_eq!(
            submit(ApplicationState::NEW, &submission()),
            Ok(SubmittedChange::Created(ApplicationState::InReview {
                submitted_at: NOW,
                due_at: DUE
            }))
        );
    }

    #[test]
    fn v_34_submitting_twice_leaves_one_application() {
        let Ok(SubmittedChange::Created(first)) = submit(ApplicationState::NEW, &submission())
        else {
            panic!("the first submission succeeds");
        };
        let again = submit(first.clone(), &submission());
        assert_eq!(again, Ok(SubmittedChange::AlreadyThere(first.clone())));
        let policy = VerificationPolicy::default();
        assert_eq!(
            may_submit_change(&account(), &first, &submission(), &policy, NOW),
            []
        );
    }

    #[test]
    fn chg_9_a_rejected_application_is_corrected_before_it_is_handed_in_again() {
        let rejected = ApplicationState::Rejected {
            at: NOW,
            reasons: Vec::new(),
        };
        let refused = submit(rejected.clone(), &submission()).unwrap_err();
        assert_eq!(refused.all(), [ChangeRefusal::NotInThisState]);
        assert!(submit(rejected.correct().unwrap(), &submission()).is_ok());
    }

    #[test]
    fn chg_7_missing_documents_refuse_and_are_named() {
        let incomplete = ChangeSubmission {
            uploaded: &[Proof::NewLicence],
            ..submission()
        };
        let refused = failing(&incomplete);
        assert_eq!(
            refused,
            [ChangeRefusal::ProofMissing {
                missing: vec![Proof::FormerLicence, Proof::ApplicationForm]
            }]
        );
        assert_eq!(refused[0].rule(), RuleId::Chg7);
    }

    #[test]
    fn chg_11_the_new_owner_of_the_resources_is_confirmed_explicitly() {
        let unconfirmed = ChangeSubmission {
            resources_confirmed: false,
            ..submission()
        };
        assert_eq!(
            failing(&unconfirmed),
            [ChangeRefusal::ResourcesNotConfirmed]
        );
        let same_subject = ChangeSubmission {
            wish: ChangeWish::NewName {
                code_differs: false,
            },
            consents: Consents::Neither,
            ..unconfirmed
        };
        assert_eq!(failing(&same_subject), []);
    }

    #[test]
    fn chg_14_the_former_owner_agrees_before_it_is_handed_in() {
        let silent = ChangeSubmission {
            consents: Consents::Neither,
            ..submission()
        };
        assert_eq!(failing(&silent), [ChangeRefusal::FormerOwnerNotAgreed]);
    }

    #[test]
    fn ent_1_a_full_new_enterprise_is_refused_at_submission() {
        let full = ChangeSubmission {
            wish: enterprise(10),
            ..submission()
        };
        let refusal = VerificationRefusal::EnterprisePlacesTaken { limit: 10 };
        assert_eq!(failing(&full), [ChangeRefusal::NewSubject { refusal }]);
    }

    #[test]
    fn chg_4_a_change_of_name_keeps_the_code_and_changes_something() {
        let name = ChangeSubmission {
            wish: ChangeWish::NewName { code_differs: true },
            ..submission()
        };
        assert_eq!(failing(&name), [ChangeRefusal::CodeMustStay]);
        let same = ChangeSubmission {
            wish: ChangeWish::NewName {
                code_differs: false,
            },
            nothing_changes: true,
            ..name
        };
        assert_eq!(failing(&same), [ChangeRefusal::NothingChanges]);
    }

    #[test]
    fn chg_8_online_without_paper_for_the_same_subject_only() {
        let online = ChangeSubmission {
            wish: ChangeWish::NewLegalRepresentative,
            way: ChangeWay::Online,
            uploaded: &[],
            ..submission()
        };
        assert_eq!(failing(&online), []);
        let subject = ChangeSubmission {
            way: ChangeWay::Online,
            ..submission()
        };
        assert_eq!(failing(&subject), [ChangeRefusal::OnlineNeedsSameSubject]);
    }

    #[test]
    fn chg_2_what_was_allowed_at_the_start_is_checked_again_at_submission() {
        let mut changed = account();
        changed.arrears = true;
        let policy = VerificationPolicy::default();
        assert_eq!(
            may_submit_change(
                &changed,
                &ApplicationState::NEW,
                &submission(),
                &policy,
                NOW
            ),
            [ChangeRefusal::Arrears]
        );
    }
}
