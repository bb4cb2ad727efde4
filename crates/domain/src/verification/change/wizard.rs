//! The steps of the wizard: which there are, which is next, which may open (CHG-5). Must not know
//! addresses of pages.

use serde::{Deserialize, Serialize};

use super::{ApplicationState, ChangeKind, ChangeRefusal};

/// A step of the wizard (CHG-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeStep {
    /// Choose what changes.
    ChooseType,
    /// Enter the new data and hand in the proof.
    SubmitProof,
    /// Wait for the review and see its result.
    Review,
    /// Basic information of the new subject.
    BasicInformation,
    /// Choose how the new subject is verified, and verify it.
    ChooseMethod,
    /// The result.
    Done,
}

/// How far an application has come, as stored; the wizard can be left and resumed anywhere (CHG-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeProgress<'a> {
    /// What was chosen on the first step.
    pub kind: Option<ChangeKind>,
    /// Where the application stands.
    pub state: &'a ApplicationState,
    /// The basic information of the new subject was saved.
    pub basic_information_saved: bool,
}

/// How a step shows in the stepper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepPlace {
    /// Done, and can be opened again.
    Reopenable,
    /// Done for good.
    Past,
    /// The next one to do.
    Current,
    /// Not there yet.
    Ahead,
}

const CHANGE_OF_SUBJECT: &[ChangeStep] = &[
    ChangeStep::ChooseType,
    ChangeStep::SubmitProof,
    ChangeStep::Review,
    ChangeStep::BasicInformation,
    ChangeStep::ChooseMethod,
    ChangeStep::Done,
];

const SAME_SUBJECT: &[ChangeStep] = &[
    ChangeStep::ChooseType,
    ChangeStep::SubmitProof,
    ChangeStep::Review,
];

/// The steps of a kind of change: six for a change of subject, three where it stays (CHG-5).
#[must_use]
pub const fn steps(kind: ChangeKind) -> &'static [ChangeStep] {
    if kind.changes_subject() {
        CHANGE_OF_SUBJECT
    } else {
        SAME_SUBJECT
    }
}

/// The step to go to when somebody comes back to the wizard (CHG-5).
#[must_use]
pub const fn next_step(progress: &ChangeProgress<'_>) -> ChangeStep {
    let Some(kind) = progress.kind else {
        return ChangeStep::ChooseType;
    };
    match progress.state {
        ApplicationState::Draft { .. } => ChangeStep::SubmitProof,
        ApplicationState::InReview { .. }
        | ApplicationState::Withdrawn { .. }
        | ApplicationState::Rejected { .. } => ChangeStep::Review,
        ApplicationState::Approved { .. } if progress.basic_information_saved => {
            ChangeStep::ChooseMethod
        }
        ApplicationState::Approved { .. } => ChangeStep::BasicInformation,
        ApplicationState::Done { .. } if kind.changes_subject() => ChangeStep::Done,
        ApplicationState::Done { .. } => ChangeStep::Review,
    }
}

/// Why `step` cannot be opened, with the step to open instead; nothing when it can (CHG-5).
///
/// Back is free among the steps of one phase: a draft's first two, and basic information and
/// method after approval. What was handed in is changed by withdrawing or correcting it, and a
/// finished change is not reopened by the browser's Back.
#[must_use]
pub fn may_open_step(progress: &ChangeProgress<'_>, step: ChangeStep) -> Option<ChangeRefusal> {
    let open = next_step(progress);
    if step == open || is_reopenable(progress, step, open) {
        None
    } else {
        Some(ChangeRefusal::StepClosed { open })
    }
}

fn is_reopenable(progress: &ChangeProgress<'_>, step: ChangeStep, open: ChangeStep) -> bool {
    match progress.state {
        ApplicationState::Draft { .. } => step < open,
        ApplicationState::Approved { .. } => {
            step < open && matches!(step, ChangeStep::Review | ChangeStep::BasicInformation)
        }
        ApplicationState::Done { .. } => step < open && step == ChangeStep::Review,
        ApplicationState::InReview { .. }
        | ApplicationState::Withdrawn { .. }
        | ApplicationState::Rejected { .. } => false,
    }
}

/// Every step of the chosen change with its place (CHG-5); before a choice, those of a change of subject.
#[must_use]
pub fn stepper(progress: &ChangeProgress<'_>) -> Vec<(ChangeStep, StepPlace)> {
    let open = next_step(progress);
    let steps = progress.kind.map_or(CHANGE_OF_SUBJECT, steps);
    let place = |step: ChangeStep| {
        if step == open {
            StepPlace::Current
        } else if is_reopenable(progress, step, open) {
            StepPlace::Reopenable
        } else if step < open {
            StepPlace::Past
        } else {
            StepPlace::Ahead
        }
    };
    steps.iter().map(|step| (*step, place(*step))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const IN_REVIEW: ApplicationState = ApplicationState::InReview {
        submitted_at: NOW,
        due_at: NOW,
    };
    const APPROVED: ApplicationState = ApplicationState::Approved { at: NOW };
    const DONE: ApplicationState = ApplicationState::Done { at: NOW };
    const SUBJECT: Option<ChangeKind> = Some(ChangeKind::EnterpriseToEnterprise);
    const REPRESENTATIVE: Option<ChangeKind> = Some(ChangeKind::LegalRepresentative);

    fn at(kind: Option<ChangeKind>, state: &ApplicationState, saved: bool) -> ChangeProgress<'_> {
        ChangeProgress {
            kind,
            state,
            basic_information_saved: saved,
        }
    }

    fn openable(progress: ChangeProgress<'_>) -> Vec<ChangeStep> {
        CHANGE_OF_SUBJECT
            .iter()
            .copied()
            .filter(|step| may_open_step(&progress, *step).is_none())
            .collect()
    }

    #[test]
    fn chg_5_a_change_of_subject_has_six_steps_and_a_representative_three() {
        assert_eq!(steps(ChangeKind::EnterpriseToEnterprise), CHANGE_OF_SUBJECT);
        assert_eq!(steps(ChangeKind::PersonToEnterprise).len(), 6);
        assert_eq!(
            steps(ChangeKind::LegalRepresentative),
            [
                ChangeStep::ChooseType,
                ChangeStep::SubmitProof,
                ChangeStep::Review
            ]
        );
    }

    #[test]
    fn chg_5_the_wizard_resumes_at_the_next_step() {
        let draft = ApplicationState::NEW;
        assert_eq!(next_step(&at(None, &draft, false)), ChangeStep::ChooseType);
        assert_eq!(
            next_step(&at(SUBJECT, &draft, false)),
            ChangeStep::SubmitProof
        );
        assert_eq!(
            next_step(&at(SUBJECT, &IN_REVIEW, false)),
            ChangeStep::Review
        );
        assert_eq!(
            next_step(&at(SUBJECT, &APPROVED, false)),
            ChangeStep::BasicInformation
        );
        assert_eq!(
            next_step(&at(SUBJECT, &APPROVED, true)),
            ChangeStep::ChooseMethod
        );
        assert_eq!(next_step(&at(SUBJECT, &DONE, true)), ChangeStep::Done);
        assert_eq!(
            next_step(&at(REPRESENTATIVE, &DONE, false)),
            ChangeStep::Review
        );
    }

    #[test]
    fn chg_5_a_later_step_leads_back_to_the_open_one() {
        let draft = ApplicationState::NEW;
        assert_eq!(
            may_open_step(&at(SUBJECT, &draft, false), ChangeStep::ChooseMethod),
            Some(ChangeRefusal::StepClosed {
                open: ChangeStep::SubmitProof
            })
        );
        assert_eq!(openable(at(None, &draft, false)), [ChangeStep::ChooseType]);
        assert_eq!(
            openable(at(SUBJECT, &APPROVED, false)),
            [ChangeStep::Review, ChangeStep::BasicInformation]
        );
    }

    #[test]
    fn v_33_back_stays_possible_within_a_phase() {
        assert_eq!(
            openable(at(SUBJECT, &ApplicationState::NEW, false)),
            [ChangeStep::ChooseType, ChangeStep::SubmitProof]
        );
        assert_eq!(
            openable(at(SUBJECT, &APPROVED, true)),
            [
                ChangeStep::Review,
                ChangeStep::BasicInformation,
                ChangeStep::ChooseMethod
            ]
        );
    }

    #[test]
    fn v_33_a_finished_change_is_not_reopened_by_back() {
        assert_eq!(
            openable(at(SUBJECT, &DONE, true)),
            [ChangeStep::Review, ChangeStep::Done]
        );
        assert_eq!(
            openable(at(REPRESENTATIVE, &DONE, false)),
            [ChangeStep::Review]
        );
        assert_eq!(
            openable(at(SUBJECT, &IN_REVIEW, false)),
            [ChangeStep::Review]
        );
    }

    #[test]
    fn chg_5_the_stepper_shows_every_step_with_its_place() {
        assert_eq!(
            stepper(&at(REPRESENTATIVE, &ApplicationState::NEW, false)),
            [
                (ChangeStep::ChooseType, StepPlace::Reopenable),
                (ChangeStep::SubmitProof, StepPlace::Current),
                (ChangeStep::Review, StepPlace::Ahead),
            ]
        );
        let places: Vec<_> = stepper(&at(SUBJECT, &APPROVED, true))
            .into_iter()
            .map(|(_, place)| place)
            .collect();
        assert_eq!(
            places,
            [
                StepPlace::Past,
                StepPlace::Past,
                StepPlace::Reopenable,
                StepPlace::Reopenable,
                StepPlace::Current,
                StepPlace::Ahead,
            ]
        );
    }
}
