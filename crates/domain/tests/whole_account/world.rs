//! What others do: time, the platform, operators, outside services, the invited account, whoever
//! appeals or signs with a key. None of it goes through the owner's session.

use super::account::{Account, Command, Outcome, Subject, same};
use super::owner::{claim, invited};
use domain::account::{AccountStanding, may_unlock_account, unlock_account};
use domain::appeals::{
    AppealEffect, AppealKind, AppealMaterial, AppealReason, AppealState, AppealStep, AppealSubject,
    AppealedAccount, EffectCheck, NewContact, begin_appeal, may_begin_appeal, needed_materials,
};
use domain::deregistration::{
    Belongings, DecidedAccount, LeavingDecider, RejectedItem, RejectionReason, deregister,
    may_deregister, may_reject_leaving, reject_leaving,
};
use domain::operators::{OperatorId, QueueStage};
use domain::protection::ProofMethod;
use domain::users::{InvitationState, SignedRequest, may_use_key};
use domain::verification::change::{
    ChangeKind, Consent, ConsentProof, Consents, ReviewReason, approve_new_subject,
    complete_change, may_approve_change, may_complete_change,
};
use domain::verification::{
    CodeStanding, EnterpriseKind, NewSubject, Region, may_pass_verification, pass_verification,
};

fn verified_subject(subject: Subject) -> domain::verification::Subject {
    match subject {
        Subject::Person => domain::verification::Subject::Person {
            region: Region::Mainland,
        },
        Subject::Enterprise => domain::verification::Subject::Enterprise {
            enterprise: EnterpriseKind::Company,
            code: CodeStanding::BusinessUscc,
        },
    }
}

const fn changed_to(kind: ChangeKind) -> Subject {
    match kind {
        ChangeKind::PersonToPerson => Subject::Person,
        ChangeKind::PersonToEnterprise
        | ChangeKind::EnterpriseToEnterprise
        | ChangeKind::EnterpriseName
        | ChangeKind::LegalRepresentative => Subject::Enterprise,
    }
}

fn new_subject(kind: ChangeKind, taken: u32) -> NewSubject {
    claim(changed_to(kind), taken).new_subject()
}

impl Account {
    /// Carries out what does not come from the owner; nothing when the command is the owner's.
    pub(crate) fn run_from_outside(&mut self, command: Command) -> Option<Outcome> {
        let done = match command {
            Command::Wait(span) => {
                self.now = self.now.plus(span);
                Some(())
            }
            Command::OperatorFreezes(frozen) => {
                self.frozen_by_operator = frozen;
                Some(())
            }
            Command::Retain(count) => {
                self.retained = count;
                Some(())
            }
            Command::VerificationPasses { .. } if self.attempt.is_none() => {
                return Some(Outcome::Nothing);
            }
            Command::VerificationPasses { taken } => self.verification_passes(taken),
            Command::ChangeIsApproved { .. } | Command::ChangeIsCompleted { .. }
                if self.change.is_none() =>
            {
                return Some(Outcome::Nothing);
            }
            Command::ChangeIsApproved { taken } => self.change_is_approved(taken),
            Command::ChangeIsCompleted { taken } => self.change_is_completed(taken),
            Command::InvitationIsAccepted if self.invitation.is_none() => {
                return Some(Outcome::Nothing);
            }
            Command::InvitationIsAccepted => self.invitation_is_accepted(),
            Command::AccountGoes { .. } | Command::LeavingIsRejected if self.leaving.is_none() => {
                return Some(Outcome::Nothing);
            }
            Command::AccountGoes { by_face } => self.goes(by_face),
            Command::LeavingIsRejected => self.leaving_is_rejected(),
            Command::Unlock(method) => self.unlock(method),
            Command::BeginAppeal => self.begin_appeal(),
            Command::AppealGoesOn { .. } if self.appeal.is_none() => {
                return Some(Outcome::Nothing);
            }
            Command::AppealGoesOn { step, others } => self.appeal_goes_on(step, others),
            Command::UseKey { of, key } => {
                let Some(state) = self.key(of, key) else {
                    return Some(Outcome::Nothing);
                };
                let request = SignedRequest {
                    key: Some(state),
                    matches: true,
                    signed_at: self.now,
                    standing: self.standing,
                    lock: self.lock,
                };
                may_use_key(&request, &self.policy.users, self.now)
                    .is_empty()
                    .then_some(())
            }
            _ => return None,
        };
        Some(done.map_or(Outcome::Refused, |()| Outcome::Done))
    }

    /// The owner comes back to the open tab, or the outside service answers: through the door too.
    fn verification_passes(&mut self, taken: u32) -> Option<()> {
        if !self.is_accessible() {
            return None;
        }
        let (attempt, subject) = self.attempt.clone()?;
        let (account, claim) = (self.verifying(), claim(subject, taken));
        let policy = &self.policy.verification;
        let may = may_pass_verification(&attempt, &account, claim, policy, self.now);
        let passed = pass_verification(
            &attempt,
            &account,
            claim,
            verified_subject(subject),
            policy,
            self.now,
        );
        let (attempt, verified) = same(may, passed)?;
        match subject {
            Subject::Person => assert!(taken < policy.accounts_per_person),
            Subject::Enterprise => assert!(taken < policy.accounts_per_enterprise),
        }
        self.attempt = Some((attempt, subject));
        self.verified = Some(verified);
        Some(())
    }

    fn change_is_approved(&mut self, taken: u32) -> Option<()> {
        if !self.is_accessible() {
            return None;
        }
        let (kind, state) = self.change.clone()?;
        let (new, policy) = (new_subject(kind, taken), &self.policy.verification);
        let may = may_approve_change(&state, Some(new), policy, self.now);
        let state = same(may, approve_new_subject(&state, new, policy, self.now))?;
        self.change = Some((kind, state));
        Some(())
    }

    fn change_is_completed(&mut self, taken: u32) -> Option<()> {
        if !self.is_accessible() {
            return None;
        }
        let (kind, state) = self.change.clone()?;
        let consent = Consent {
            by: ConsentProof::Face,
            at: self.now,
        };
        let consents = Consents::Neither
            .former_agrees(consent)
            .new_accepts(kind, consent)
            .expect("both agree by face");
        let (new, policy) = (new_subject(kind, taken), &self.policy.verification);
        let may = may_complete_change(&state, consents, new, policy, self.now);
        let subject = verified_subject(changed_to(kind));
        let completed = complete_change(&state, consents, subject, new, policy, self.now);
        let (state, completed) = same(may, completed)?;
        self.change = Some((kind, state));
        self.verified = Some(completed.verified);
        Some(())
    }

    fn invitation_is_accepted(&mut self) -> Option<()> {
        let invitation = self.invitation?;
        let frozen = self.frozen();
        let users = self.users(&frozen);
        let policy = &self.policy.users;
        let may = invitation.may_accept(invited(), &users, policy, self.now);
        let accepted = same(may, invitation.accept(invited(), &users, policy, self.now))?;
        assert!(matches!(accepted.state, InvitationState::Accepted { .. }));
        self.invitation = Some(accepted);
        self.collaborators += 1;
        Some(())
    }

    fn goes(&mut self, by_face: bool) -> Option<()> {
        let leaving = self.leaving.clone()?;
        let decider = if by_face {
            LeavingDecider::Face
        } else {
            LeavingDecider::Reviewer
        };
        let holdings = self.holdings();
        let account = DecidedAccount {
            standing: self.standing,
            lock: self.lock,
            holdings: &holdings,
        };
        let methods: Vec<_> = self
            .methods
            .iter()
            .map(|method| method.identity.kind())
            .collect();
        let belongings = Belongings {
            has_security_phone: self.means.security_phone.is_some(),
            subject: self.leaving_subject(),
            methods: &methods,
        };
        let policy = &self.policy.deregistration;
        let may = may_deregister(decider, &leaving, &account, policy, self.now);
        let gone = deregister(decider, &leaving, &account, &belongings, policy, self.now);
        let gone = same(may, gone)?;
        assert!(self.sub_users.is_empty() && self.collaborators == 0);
        assert!(matches!(
            gone.standing,
            AccountStanding::Deregistered { .. }
        ));
        self.leaving = Some(gone.application);
        self.standing = gone.standing;
        Some(())
    }

    fn leaving_is_rejected(&mut self) -> Option<()> {
        let leaving = self.leaving.as_ref()?;
        let reasons = vec![RejectionReason {
            item: RejectedItem::Applicant,
            reason: ReviewReason::DoesNotMatch,
            note: String::new(),
        }];
        let may = may_reject_leaving(leaving, &reasons);
        self.leaving = Some(same(may, reject_leaving(leaving, reasons, self.now))?);
        Some(())
    }

    fn unlock(&mut self, method: ProofMethod) -> Option<()> {
        let policy = &self.policy.account;
        let (standing, lock, means) = (self.standing, self.lock, &self.means);
        let may = may_unlock_account(standing, lock, method, means, policy);
        let unlocked = unlock_account(standing, lock, method, means, true, policy);
        self.lock = same(may, unlocked)?.lock;
        self.signed_in_at = self.now;
        Some(())
    }

    fn begin_appeal(&mut self) -> Option<()> {
        let account = AppealedAccount {
            account: Self::id(),
            standing: self.standing,
            subject: AppealSubject::Unverified,
            has_mfa: false,
            another_open: self.appeal.as_ref().is_some_and(|appeal| appeal.is_open()),
        };
        let kind = AppealKind::SecurityPhone;
        let may = may_begin_appeal(kind, &account);
        self.appeal = Some(same(may, begin_appeal(kind, &account, false, self.now))?);
        Some(())
    }

    fn appeal_goes_on(&mut self, step: usize, others: u32) -> Option<()> {
        let appeal = self.appeal.clone()?;
        let given = needed_materials(appeal.kind, appeal.subject, false);
        let reasons = [AppealReason {
            material: AppealMaterial::PersonIdFront,
            reason: ReviewReason::Unreadable,
            note: String::new(),
        }];
        let contacts = self.policy.contacts.clone();
        let check = EffectCheck {
            lock: self.lock,
            new_contact: NewContact::Phone {
                other_accounts: others,
            },
            policy: &contacts,
        };
        let approved = QueueStage::Decided {
            by: OperatorId(1),
            at: self.now,
            approved: true,
        };
        let steps = [
            AppealStep::Submit { given: &given },
            AppealStep::BeginReview,
            AppealStep::Approve { stage: approved },
            AppealStep::TakeEffect(&check),
            AppealStep::Object,
            AppealStep::AskForMore { items: &reasons },
            AppealStep::Withdraw,
        ];
        let step = steps.get(step)?;
        let may = appeal.may(self.standing, step, self.now);
        let taken = appeal.take(self.standing, step, &self.policy.appeals, self.now);
        let appeal = same(may, taken)?;
        if matches!(appeal.state, AppealState::Effective { .. }) {
            assert_eq!(appeal.effect(false), AppealEffect::SecurityPhone);
            assert!(
                others < contacts.accounts_per_phone,
                "too many on one phone"
            );
            self.means.security_phone = Some(self.now);
        }
        self.appeal = Some(appeal);
        Some(())
    }
}
