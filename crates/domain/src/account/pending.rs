//! The status card: every change of the account that is on its way, with what still stands and what
//! can be done about it (ACC-13). Must not know pages, and decides nothing: each action is asked of
//! the area that owns it.

use serde::{Deserialize, Serialize};

use super::MoveState;
use crate::appeals::{Appeal, AppealKind, AppealState};
use crate::contacts::{
    ContactKind, ContactPoint, ContactPolicy, EmailChange, RecycledCase, RecycledState,
};
use crate::deregistration::Deregistration;
use crate::time::Timestamp;
use crate::verification::Attempt;
use crate::verification::change::ApplicationState;

/// What is on its way (ACC-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "change", content = "kind", rename_all = "snake_case")]
pub enum PendingKind {
    /// Another security e-mail (CON-5).
    SecurityEmail,
    /// Another contact phone (CON-6).
    ContactPhone,
    /// Another contact e-mail (CON-6).
    ContactEmail,
    /// Somebody asks to detach the security phone (CON-9).
    RecycledNumber,
    /// The first verification (VER-10).
    Verification,
    /// A change of the verification (CHG-9).
    VerificationChange,
    /// An appeal about the account (APL-5).
    Appeal(AppealKind),
    /// The deregistration (DRG-5).
    Deregistration,
    /// The move of a filing or a domain (ACC-9).
    Move,
}

/// For whom it waits (ACC-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PendingState {
    /// The owner must do something: answer a code, correct, bring more.
    WaitsForYou,
    /// A reviewer, an outside service or the other side must do something.
    WaitsForOthers,
    /// It happens by itself at the moment named, unless somebody acts.
    WaitsForTime,
}

/// What still stands meanwhile (ACC-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StillStands {
    /// The present phone or e-mail.
    PresentContact,
    /// The account is not verified.
    NotVerified,
    /// The present subject.
    PresentSubject,
    /// The present ways in.
    PresentAccess,
    /// Everything is seen, but the account is frozen (ACC-6).
    FrozenAccount,
    /// The account that has it now.
    PresentAccount,
}

/// What the owner can do about it (ACC-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PendingAction {
    /// Go on where it was left.
    GoOn,
    /// Send the code or link again.
    Resend,
    /// Correct what was entered.
    Correct,
    /// Take it back.
    Cancel,
    /// Object to what somebody else began.
    Object,
}

/// One line of the card (ACC-13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingChange {
    /// What is on its way.
    pub kind: PendingKind,
    /// For whom it waits.
    pub state: PendingState,
    /// What still stands.
    pub stands: StillStands,
    /// What the owner can do.
    pub actions: Vec<PendingAction>,
    /// When it ends, lapses or takes effect by itself, where it does.
    pub until: Option<Timestamp>,
}

/// Everything of an account that can be on its way, as loaded.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenChanges<'a> {
    /// The change of the security e-mail.
    pub security_email: Option<&'a EmailChange>,
    /// Contact phone and contact e-mail.
    pub contacts: &'a [ContactPoint],
    /// Requests to detach the security phone.
    pub recycled: &'a [RecycledCase],
    /// The attempt to verify it for the first time.
    pub attempt: Option<&'a Attempt>,
    /// The change of its verification.
    pub verification_change: Option<&'a ApplicationState>,
    /// Appeals about it.
    pub appeals: &'a [Appeal],
    /// Its deregistration.
    pub deregistration: Option<&'a Deregistration>,
    /// Offers it made to move something away.
    pub moves: &'a [MoveState],
}

/// Every change that is on its way, in the order of the card (ACC-13): first what others began, then
/// contacts, verification, appeals, moves, deregistration.
#[must_use]
pub fn pending_changes(
    open: &OpenChanges<'_>,
    policy: &ContactPolicy,
    now: Timestamp,
) -> Vec<PendingChange> {
    let mut card: Vec<PendingChange> = open
        .recycled
        .iter()
        .filter_map(|case| recycled(case, policy))
        .collect();
    card.extend(
        open.security_email
            .and_then(|change| security_email(change, policy, now)),
    );
    card.extend(
        open.contacts
            .iter()
            .filter_map(|contact| contact_point(contact, policy, now)),
    );
    card.extend(open.attempt.and_then(attempt));
    card.extend(open.verification_change.and_then(verification_change));
    card.extend(open.appeals.iter().filter_map(appeal));
    card.extend(
        open.moves
            .iter()
            .filter_map(|state| offered_move(*state, now)),
    );
    card.extend(open.deregistration.and_then(deregistration));
    card
}

fn recycled(case: &RecycledCase, policy: &ContactPolicy) -> Option<PendingChange> {
    let (state, actions, until) = match case.state {
        RecycledState::Open => (
            PendingState::WaitsForTime,
            vec![PendingAction::Object],
            Some(case.objection_ends(policy)),
        ),
        RecycledState::Objected { .. } => (PendingState::WaitsForOthers, Vec::new(), None),
        RecycledState::Detached { .. }
        | RecycledState::Kept { .. }
        | RecycledState::Settled { .. }
        | RecycledState::Withdrawn { .. } => return None,
    };
    Some(PendingChange {
        kind: PendingKind::RecycledNumber,
        state,
        stands: StillStands::PresentContact,
        actions,
        until,
    })
}

/// A new phone or e-mail that waits for its code, until it lapses.
fn waiting_contact(
    kind: PendingKind,
    since: Timestamp,
    policy: &ContactPolicy,
    now: Timestamp,
) -> Option<PendingChange> {
    let until = since.plus(policy.pending_change);
    (now < until).then(|| PendingChange {
        kind,
        state: PendingState::WaitsForYou,
        stands: StillStands::PresentContact,
        actions: vec![
            PendingAction::Resend,
            PendingAction::Correct,
            PendingAction::Cancel,
        ],
        until: Some(until),
    })
}

fn security_email(
    change: &EmailChange,
    policy: &ContactPolicy,
    now: Timestamp,
) -> Option<PendingChange> {
    let (EmailChange::AwaitsOriginal { since, .. } | EmailChange::AwaitsNew { since, .. }) = change;
    waiting_contact(PendingKind::SecurityEmail, *since, policy, now)
}

fn contact_point(
    contact: &ContactPoint,
    policy: &ContactPolicy,
    now: Timestamp,
) -> Option<PendingChange> {
    let kind = match contact.kind {
        ContactKind::Phone => PendingKind::ContactPhone,
        ContactKind::Email => PendingKind::ContactEmail,
    };
    let pending = contact.pending.as_ref()?;
    waiting_contact(kind, pending.since, policy, now)
}

fn attempt(attempt: &Attempt) -> Option<PendingChange> {
    let (state, actions) = match attempt {
        Attempt::Running { .. } => (
            PendingState::WaitsForOthers,
            vec![PendingAction::GoOn, PendingAction::Cancel],
        ),
        Attempt::Failed { .. } => (PendingState::WaitsForYou, vec![PendingAction::Correct]),
        Attempt::Passed { .. } | Attempt::GivenUp { .. } => return None,
    };
    Some(PendingChange {
        kind: PendingKind::Verification,
        state,
        stands: StillStands::NotVerified,
        actions,
        until: None,
    })
}

fn verification_change(application: &ApplicationState) -> Option<PendingChange> {
    let (state, actions, until) = match application {
        ApplicationState::Draft { reasons } if reasons.is_empty() => {
            (PendingState::WaitsForYou, vec![PendingAction::GoOn], None)
        }
        ApplicationState::Draft { .. } | ApplicationState::Rejected { .. } => (
            PendingState::WaitsForYou,
            vec![PendingAction::Correct],
            None,
        ),
        ApplicationState::InReview { due_at, .. } => (
            PendingState::WaitsForOthers,
            vec![PendingAction::Cancel],
            Some(*due_at),
        ),
        ApplicationState::Approved { .. } => (
            PendingState::WaitsForYou,
            vec![PendingAction::GoOn, PendingAction::Cancel],
            None,
        ),
        ApplicationState::Withdrawn { .. } | ApplicationState::Done { .. } => return None,
    };
    Some(PendingChange {
        kind: PendingKind::VerificationChange,
        state,
        stands: StillStands::PresentSubject,
        actions,
        until,
    })
}

/// To its owner, who is signed in, an appeal about the account is somebody's; they can object once
/// it is approved, and that is what the card offers (APL-6).
fn appeal(appeal: &Appeal) -> Option<PendingChange> {
    let (state, actions, until) = match appeal.state {
        AppealState::Submitted { .. }
        | AppealState::InReview { .. }
        | AppealState::MoreNeeded { .. } => (PendingState::WaitsForOthers, Vec::new(), None),
        AppealState::Approved { effective_at, .. } => (
            PendingState::WaitsForTime,
            vec![PendingAction::Object],
            Some(effective_at),
        ),
        AppealState::Draft
        | AppealState::Effective { .. }
        | AppealState::Rejected { .. }
        | AppealState::Withdrawn { .. } => return None,
    };
    Some(PendingChange {
        kind: PendingKind::Appeal(appeal.kind),
        state,
        stands: StillStands::PresentAccess,
        actions,
        until,
    })
}

fn offered_move(state: MoveState, now: Timestamp) -> Option<PendingChange> {
    match state {
        MoveState::Offered { until, .. } if now < until => Some(PendingChange {
            kind: PendingKind::Move,
            state: PendingState::WaitsForOthers,
            stands: StillStands::PresentAccount,
            actions: vec![PendingAction::Cancel],
            until: Some(until),
        }),
        MoveState::Offered { .. }
        | MoveState::Moved { .. }
        | MoveState::Declined { .. }
        | MoveState::TakenBack { .. } => None,
    }
}

fn deregistration(application: &Deregistration) -> Option<PendingChange> {
    let (state, actions, stands) = match application {
        Deregistration::AwaitingFace { .. } => (
            PendingState::WaitsForYou,
            vec![PendingAction::GoOn, PendingAction::Cancel],
            StillStands::FrozenAccount,
        ),
        Deregistration::InReview { .. } => (
            PendingState::WaitsForOthers,
            vec![PendingAction::Cancel],
            StillStands::FrozenAccount,
        ),
        Deregistration::Rejected { .. } => (
            PendingState::WaitsForYou,
            vec![PendingAction::Correct],
            StillStands::PresentAccount,
        ),
        Deregistration::Cancelled { .. } | Deregistration::Done { .. } => return None,
    };
    Some(PendingChange {
        kind: PendingKind::Deregistration,
        state,
        stands,
        actions,
        until: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::AccountId;
    use crate::appeals::AppealSubject;
    use crate::contacts::{ContactTarget, Pending};
    use crate::identity::{Email, PhoneNumber};
    use crate::time::Span;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn phone() -> PhoneNumber {
        PhoneNumber::parse("13800138000").unwrap()
    }

    fn card(open: &OpenChanges<'_>, now: Timestamp) -> Vec<PendingChange> {
        pending_changes(open, &ContactPolicy::default(), now)
    }

    fn contact() -> ContactPoint {
        ContactPoint {
            kind: ContactKind::Phone,
            confirmed: None,
            pending: Some(Pending {
                value: ContactTarget::Phone(phone()),
                since: NOW,
            }),
        }
    }

    fn an_appeal(state: AppealState) -> Appeal {
        Appeal {
            kind: AppealKind::SecurityPhone,
            account: AccountId::from_serial(1).unwrap(),
            subject: AppealSubject::Unverified,
            changes_mfa: false,
            state,
            timeline: Vec::new(),
        }
    }

    #[test]
    fn acc_13_an_account_at_rest_has_an_empty_card() {
        assert_eq!(card(&OpenChanges::default(), NOW), []);
    }

    #[test]
    fn acc_13_a_contact_that_waits_is_sent_again_corrected_or_cancelled_until_it_lapses() {
        let contacts = [contact()];
        let email = EmailChange::AwaitsNew {
            original: None,
            new: Email::parse("zhang@example.com").unwrap(),
            since: NOW,
        };
        let open = OpenChanges {
            contacts: &contacts,
            security_email: Some(&email),
            ..OpenChanges::default()
        };
        let until = NOW.plus(Span::from_hours(24));
        let kinds = |now| -> Vec<_> { card(&open, now).iter().map(|line| line.kind).collect() };
        assert_eq!(
            kinds(until.minus(Span::from_millis(1))),
            [PendingKind::SecurityEmail, PendingKind::ContactPhone]
        );
        assert_eq!(kinds(until), []);
        let lines = card(&open, NOW);
        assert_eq!(lines[0].until, Some(until));
        assert_eq!(lines[0].stands, StillStands::PresentContact);
        assert_eq!(
            lines[0].actions,
            [
                PendingAction::Resend,
                PendingAction::Correct,
                PendingAction::Cancel
            ]
        );
    }

    #[test]
    fn acc_13_what_others_began_comes_first_and_can_be_objected_to() {
        let case = RecycledCase {
            holder: AccountId::from_serial(1).unwrap(),
            phone: phone(),
            asked_at: NOW,
            state: RecycledState::Open,
        };
        let effective_at = NOW.plus(Span::from_hours(24));
        let appeals = [an_appeal(AppealState::Approved {
            at: NOW,
            effective_at,
        })];
        let contacts = [contact()];
        let open = OpenChanges {
            recycled: std::slice::from_ref(&case),
            appeals: &appeals,
            contacts: &contacts,
            ..OpenChanges::default()
        };
        let lines = card(&open, NOW);
        assert_eq!(lines[0].kind, PendingKind::RecycledNumber);
        assert_eq!(lines[0].until, Some(NOW.plus(Span::from_days(7))));
        assert_eq!(lines[0].actions, [PendingAction::Object]);
        assert_eq!(
            lines[2],
            PendingChange {
                kind: PendingKind::Appeal(AppealKind::SecurityPhone),
                state: PendingState::WaitsForTime,
                stands: StillStands::PresentAccess,
                actions: vec![PendingAction::Object],
                until: Some(effective_at),
            }
        );
    }

    #[test]
    fn acc_13_a_deregistration_can_be_cancelled_until_it_is_decided() {
        let line = |application: &Deregistration| {
            let open = OpenChanges {
                deregistration: Some(application),
                ..OpenChanges::default()
            };
            card(&open, NOW).pop()
        };
        let waiting = Deregistration::InReview {
            applied_at: NOW,
            given_up: Vec::new(),
        };
        let shown = line(&waiting).unwrap();
        assert_eq!(shown.actions, [PendingAction::Cancel]);
        assert_eq!(shown.stands, StillStands::FrozenAccount);
        let rejected = Deregistration::Rejected {
            at: NOW,
            reasons: Vec::new(),
        };
        assert_eq!(line(&rejected).unwrap().actions, [PendingAction::Correct]);
        assert_eq!(line(&Deregistration::Cancelled { at: NOW }), None);
    }

    #[test]
    fn acc_13_a_change_of_verification_leaves_the_present_subject_standing() {
        let line = |application: &ApplicationState| {
            let open = OpenChanges {
                verification_change: Some(application),
                ..OpenChanges::default()
            };
            card(&open, NOW).pop()
        };
        let review = ApplicationState::InReview {
            submitted_at: NOW,
            due_at: NOW.plus(Span::from_days(3)),
        };
        let shown = line(&review).unwrap();
        assert_eq!(shown.state, PendingState::WaitsForOthers);
        assert_eq!(shown.stands, StillStands::PresentSubject);
        assert_eq!(shown.actions, [PendingAction::Cancel]);
        assert_eq!(line(&ApplicationState::Done { at: NOW }), None);
    }

    #[test]
    fn acc_13_closed_appeals_moves_and_attempts_are_not_on_the_card() {
        let appeals = [
            an_appeal(AppealState::Draft),
            an_appeal(AppealState::Withdrawn { at: NOW }),
            an_appeal(AppealState::Effective { at: NOW }),
        ];
        let moves = [
            MoveState::Moved { at: NOW },
            MoveState::Offered {
                at: NOW,
                until: NOW,
            },
        ];
        let given_up = Attempt::GivenUp { at: NOW };
        let open = OpenChanges {
            appeals: &appeals,
            moves: &moves,
            attempt: Some(&given_up),
            ..OpenChanges::default()
        };
        assert_eq!(card(&open, NOW), []);
        let offered = [MoveState::Offered {
            at: NOW,
            until: NOW.plus(Span::from_millis(1)),
        }];
        let open = OpenChanges {
            moves: &offered,
            ..OpenChanges::default()
        };
        assert_eq!(card(&open, NOW)[0].kind, PendingKind::Move);
    }
}
