//! A random walk over one account and its application: whatever is tried in whatever order, what
//! must never happen does not. Must not know the rules' numbers.

use proptest::prelude::*;

use super::{
    ApplicationState, ChangeKind, ChangeProgress, ChangeSubmission, ChangeTarget, ChangeWay,
    ChangeWish, ChangingAccount, Consent, ConsentProof, Consents, FormerSubject, ItemReason, Proof,
    ReviewItem, ReviewReason, SubmittedChange, approve_new_subject, approve_same_subject,
    complete_change, may_approve_change, may_complete_change, may_open_step, may_submit_change,
    next_step, start_change, submit_change,
};
use crate::protection::{SensitiveOperation, a_check};
use crate::time::{Span, Timestamp};
use crate::verification::{
    CodeStanding, EnterpriseKind, NewSubject, Region, Subject, VerificationPolicy, Verified,
};

const START: Timestamp = Timestamp::from_millis(1_790_000_010_000);
const ENTERPRISE: Subject = Subject::Enterprise {
    enterprise: EnterpriseKind::Company,
    code: CodeStanding::BusinessUscc,
};
const PERSON: Subject = Subject::Person {
    region: Region::Mainland,
};
const EVERY_PROOF: &[Proof] = &[
    Proof::FormerIdFront,
    Proof::FormerIdBack,
    Proof::FormerLicence,
    Proof::NewIdFront,
    Proof::NewIdBack,
    Proof::NewLicence,
    Proof::ApplicationForm,
];

#[derive(Clone, Copy, Debug)]
enum Command {
    Wait { days: u32 },
    Begin { target: ChangeTarget },
    FormerAgrees,
    NewAccepts { by: ConsentProof },
    Submit { taken: u32, confirmed: bool },
    Withdraw,
    Reject,
    Correct,
    Approve { taken: u32 },
    Complete { taken: u32 },
}

struct World {
    verified: Verified,
    target: Option<ChangeTarget>,
    kind: Option<ChangeKind>,
    state: ApplicationState,
    consents: Consents,
    now: Timestamp,
}

impl World {
    fn account(&self) -> ChangingAccount {
        ChangingAccount {
            verified: Some(self.verified),
            arrears: false,
            outstanding_advance: false,
            another_in_review: false,
            deregistering: false,
        }
    }

    fn new_subject(&self, taken: u32) -> Option<NewSubject> {
        match self.target? {
            ChangeTarget::Person { .. } => Some(NewSubject::Person {
                adult_from: START,
                taken,
            }),
            ChangeTarget::Enterprise { .. } => Some(NewSubject::Enterprise {
                taken,
                raised_to: None,
            }),
            ChangeTarget::NewName | ChangeTarget::NewLegalRepresentative => None,
        }
    }

    fn wish(&self, taken: u32) -> Option<ChangeWish> {
        Some(match (self.target?, self.new_subject(taken)) {
            (ChangeTarget::Person { region } | ChangeTarget::Enterprise { region }, Some(new)) => {
                ChangeWish::Subject { region, new }
            }
            (ChangeTarget::NewName, _) => ChangeWish::NewName {
                code_differs: false,
            },
            _ => ChangeWish::NewLegalRepresentative,
        })
    }

    /// Carries a command out as a handler would, and holds the question against the deed.
    fn carry_out(&mut self, command: Command, policy: &VerificationPolicy) {
        match command {
            Command::Wait { days } => self.now = self.now.plus(Span::from_days(days)),
            Command::Begin { target } => {
                let open = self.state.blocks_another();
                let account = ChangingAccount {
                    another_in_review: open,
                    ..self.account()
                };
                if let Ok(started) = start_change(&account, target, policy, self.now) {
                    assert!(!open, "one open change at a time");
                    self.target = Some(target);
                    self.kind = Some(started.kind);
                    self.state = ApplicationState::NEW;
                    self.consents = Consents::Neither;
                }
            }
            Command::FormerAgrees => {
                let consent = Consent {
                    by: ConsentProof::Code,
                    at: self.now,
                };
                self.consents = self.consents.former_agrees(consent);
            }
            Command::NewAccepts { by } => {
                let Some(kind) = self.kind else { return };
                let consent = Consent { by, at: self.now };
                let asked = self.consents.may_new_accept(kind, by);
                let done = self.consents.new_accepts(kind, consent);
                assert_eq!(asked.is_empty(), done.is_ok());
                self.consents = done.unwrap_or(self.consents);
            }
            Command::Submit { taken, confirmed } => self.submit(taken, confirmed, policy),
            Command::Withdraw => self.state = keep(&self.state, |s| s.withdraw(self.now)),
            Command::Reject => {
                let reasons = vec![ItemReason {
                    item: ReviewItem::Proof(Proof::NewLicence),
                    reason: ReviewReason::Unreadable,
                    note: String::new(),
                }];
                self.state = keep(&self.state, |s| s.reject(reasons, self.now));
            }
            Command::Correct => self.state = keep(&self.state, ApplicationState::correct),
            Command::Approve { taken } => self.approve(taken, policy),
            Command::Complete { taken } => self.complete(taken, policy),
        }
    }

    fn submit(&mut self, taken: u32, confirmed: bool, policy: &VerificationPolicy) {
        let Some(wish) = self.wish(taken) else { return };
        let submission = ChangeSubmission {
            wish,
            way: ChangeWay::Paper,
            former: FormerSubject::Unchanged,
            uploaded: EVERY_PROOF,
            resources_confirmed: confirmed,
            consents: self.consents,
            nothing_changes: false,
        };
        let account = self.account();
        let asked = may_submit_change(&account, &self.state, &submission, policy, self.now);
        let check = a_check(SensitiveOperation::ChangeVerification, self.now);
        let due_at = self.now.plus(Span::from_days(3));
        let state = self.state.clone();
        let done = submit_change(
            &check,
            &account,
            state,
            &submission,
            due_at,
            policy,
            self.now,
        );
        assert_eq!(asked.is_empty(), done.is_ok());
        match done {
            Ok(SubmittedChange::Created(state)) => {
                assert!(self.state.is_editable());
                self.state = state;
            }
            Ok(SubmittedChange::AlreadyThere(state)) => assert_eq!(state, self.state),
            Err(_) => {}
        }
    }

    fn approve(&mut self, taken: u32, policy: &VerificationPolicy) {
        let new = self.new_subject(taken);
        let asked = may_approve_change(&self.state, new, policy, self.now);
        let done = match new {
            Some(new) => approve_new_subject(&self.state, new, policy, self.now),
            None => approve_same_subject(&self.state, self.verified.subject, policy, self.now).map(
                |(state, changed)| {
                    self.verified = changed.verified;
                    state
                },
            ),
        };
        assert_eq!(asked.is_empty(), done.is_ok());
        self.state = done.unwrap_or_else(|_| self.state.clone());
    }

    fn complete(&mut self, taken: u32, policy: &VerificationPolicy) {
        let Some(new) = self.new_subject(taken) else {
            return;
        };
        let subject = match new {
            NewSubject::Person { .. } => PERSON,
            NewSubject::Enterprise { .. } => ENTERPRISE,
        };
        let (state, now) = (&self.state, self.now);
        let asked = may_complete_change(state, self.consents, new, policy, now);
        let done = complete_change(state, self.consents, subject, new, policy, now);
        assert_eq!(asked.is_empty(), done.is_ok());
        if let Ok((state, changed)) = done {
            assert!(self.consents.has_both(), "both sides agreed");
            self.state = state;
            self.verified = changed.verified;
        }
    }
}

/// The state after a transition, or the same state when it was refused.
fn keep<E>(
    state: &ApplicationState,
    transition: impl FnOnce(ApplicationState) -> Result<ApplicationState, E>,
) -> ApplicationState {
    transition(state.clone()).unwrap_or_else(|_| state.clone())
}

fn any_command() -> impl Strategy<Value = Command> {
    let targets = prop::sample::select(vec![
        ChangeTarget::Person {
            region: Region::Mainland,
        },
        ChangeTarget::Enterprise {
            region: Region::Mainland,
        },
        ChangeTarget::NewName,
        ChangeTarget::NewLegalRepresentative,
    ]);
    let proofs = prop::sample::select(vec![ConsentProof::Face, ConsentProof::Code]);
    prop_oneof![
        (0_u32..40).prop_map(|days| Command::Wait { days }),
        targets.prop_map(|target| Command::Begin { target }),
        Just(Command::FormerAgrees),
        proofs.prop_map(|by| Command::NewAccepts { by }),
        (0_u32..4, prop::bool::weighted(0.8))
            .prop_map(|(taken, confirmed)| Command::Submit { taken, confirmed }),
        Just(Command::Withdraw),
        Just(Command::Reject),
        Just(Command::Correct),
        (0_u32..4).prop_map(|taken| Command::Approve { taken }),
        (0_u32..4).prop_map(|taken| Command::Complete { taken }),
    ]
}

proptest! {
    #[test]
    fn chg_9_no_sequence_of_commands_breaks_what_must_hold(
        is_person: bool,
        commands in prop::collection::vec(any_command(), 0..60),
    ) {
        let policy = VerificationPolicy::default();
        let subject = if is_person { PERSON } else { ENTERPRISE };
        let mut world = World {
            verified: Verified { subject, since: START },
            target: None,
            kind: None,
            state: ApplicationState::NEW,
            consents: Consents::Neither,
            now: START,
        };
        for command in commands {
            let before = (world.verified, world.state.clone());
            world.carry_out(command, &policy);
            let (verified, state) = before;

            if world.verified != verified {
                let is_done = matches!(world.state, ApplicationState::Done { .. });
                prop_assert!(is_done, "data change with a done application only");
                prop_assert_eq!(world.verified.since, world.now, "the 30 days begin anew");
                prop_assert!(
                    !(matches!(verified.subject, Subject::Enterprise { .. })
                        && matches!(world.verified.subject, Subject::Person { .. })),
                    "an enterprise never becomes a person"
                );
            }
            if matches!(state, ApplicationState::Done { .. }) && state != world.state {
                let begun_anew = matches!(command, Command::Begin { .. });
                prop_assert!(begun_anew, "what is done stays done");
            }
            let progress = ChangeProgress {
                kind: world.kind,
                state: &world.state,
                basic_information_saved: true,
            };
            prop_assert_eq!(may_open_step(&progress, next_step(&progress)), None);
        }
    }
}
