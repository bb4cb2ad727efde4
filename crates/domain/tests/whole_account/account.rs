//! The model account and what must always hold for it. Carries nothing out.

use domain::account::{
    AccountId, AccountStanding, FreezeCauses, FreezeReason, Lock, access_account, freeze_reasons,
    may_access_account,
};
use domain::appeals::Appeal;
use domain::deregistration::{Deregistration, Holdings, LeavingSubject};
use domain::identity::Fen;
use domain::login_methods::{
    LoginIdentity, LoginMethod, LoginMethodKind, LoginState, MethodOrigin, OwnerKind,
};
use domain::policy::Policy;
use domain::projects::{Project, ProjectId, ProjectState};
use domain::protection::{
    CheckState, Means, PassedProof, ProofMethod, Protections, RecentCheck, SensitiveOperation,
    may_operate, recent_check,
};
use domain::refusal::Refused;
use domain::sign_in::SessionId;
use domain::time::{Span, Timestamp};
use domain::users::{Invitation, InvitationState, KeyState, UsersOfAccount};
use domain::verification::change::{ApplicationState, ChangeKind, ChangingAccount};
use domain::verification::{Attempt, LegalRepresentative, Region, Verified, VerifyingAccount};
use std::fmt::Debug;

/// Who may be behind the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Person,
    Enterprise,
}

/// Whose keys are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    Root,
    SubUser(usize),
}

/// Something that is done to the account. The first half is done by its owner, the second by others.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Command {
    Prove(ProofMethod),
    Bind { kind: LoginMethodKind, others: u32 },
    Unbind(LoginMethodKind),
    ChangePhone { others: u32 },
    StartVerification { subject: Subject, taken: u32 },
    RemoveVerification,
    StartChange(Subject),
    WithdrawChange,
    CreateProject { name: u8 },
    DisableProject { project: usize, confirmed: bool },
    EnableProject { project: usize },
    CreateSubUser { name: u8 },
    DeleteSubUser { user: usize },
    Invite,
    DeleteCollaborator,
    CreateKey(Holder),
    DisableKey { of: Holder, key: usize },
    EnableKey { of: Holder, key: usize },
    DeleteKey { of: Holder, key: usize },
    Export,
    Lock,
    ApplyToLeave { right_id: bool },
    CancelLeaving,

    Wait(Span),
    OperatorFreezes(bool),
    Retain(u32),
    VerificationPasses { taken: u32 },
    ChangeIsApproved { taken: u32 },
    ChangeIsCompleted { taken: u32 },
    InvitationIsAccepted,
    AccountGoes { by_face: bool },
    LeavingIsRejected,
    Unlock(ProofMethod),
    BeginAppeal,
    AppealGoesOn { step: usize, others: u32 },
    UseKey { of: Holder, key: usize },
}

/// What became of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    Refused,
    /// There was nothing to do it to.
    Nothing,
}

/// A sub-user with its keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SubUser {
    pub(crate) name: u8,
    pub(crate) keys: Vec<KeyState>,
}

/// An account with all that it consists of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Account {
    pub(crate) now: Timestamp,
    pub(crate) policy: Policy,
    pub(crate) standing: AccountStanding,
    pub(crate) lock: Lock,
    pub(crate) frozen_by_operator: bool,
    pub(crate) retained: u32,
    pub(crate) signed_in_at: Timestamp,
    pub(crate) proofs: Vec<PassedProof>,
    pub(crate) methods: Vec<LoginMethod>,
    pub(crate) means: Means,
    pub(crate) verified: Option<Verified>,
    pub(crate) attempt: Option<(Attempt, Subject)>,
    pub(crate) change: Option<(ChangeKind, ApplicationState)>,
    pub(crate) projects: Vec<Project>,
    pub(crate) sub_users: Vec<SubUser>,
    pub(crate) collaborators: u32,
    pub(crate) invitation: Option<Invitation>,
    pub(crate) root_keys: Vec<KeyState>,
    pub(crate) exported_at: Option<Timestamp>,
    pub(crate) leaving: Option<Deregistration>,
    pub(crate) appeal: Option<Appeal>,
}

impl Command {
    pub(crate) const NAMES: [&'static str; 36] = [
        "Prove",
        "Bind",
        "Unbind",
        "ChangePhone",
        "StartVerification",
        "RemoveVerification",
        "StartChange",
        "WithdrawChange",
        "CreateProject",
        "DisableProject",
        "EnableProject",
        "CreateSubUser",
        "DeleteSubUser",
        "Invite",
        "DeleteCollaborator",
        "CreateKey",
        "DisableKey",
        "EnableKey",
        "DeleteKey",
        "Export",
        "Lock",
        "ApplyToLeave",
        "CancelLeaving",
        "Wait",
        "OperatorFreezes",
        "Retain",
        "VerificationPasses",
        "ChangeIsApproved",
        "ChangeIsCompleted",
        "InvitationIsAccepted",
        "AccountGoes",
        "LeavingIsRejected",
        "Unlock",
        "BeginAppeal",
        "AppealGoesOn",
        "UseKey",
    ];

    /// The variant's name.
    pub(crate) fn name(self) -> &'static str {
        let shown = format!("{self:?}");
        let name = shown.split([' ', '(', '{']).next().unwrap_or_default();
        Self::NAMES
            .into_iter()
            .find(|known| *known == name)
            .expect("every command is named")
    }

    /// The outcome that a command can never have.
    pub(crate) fn never(name: &str) -> Option<Outcome> {
        match name {
            "Wait" | "OperatorFreezes" | "Retain" => Some(Outcome::Refused),
            "RemoveVerification" => Some(Outcome::Done),
            _ => None,
        }
    }

    /// Time passes, an operator or the platform does something outside of the account's rules.
    pub(crate) const fn is_world_event(self) -> bool {
        matches!(
            self,
            Self::Wait(_) | Self::OperatorFreezes(_) | Self::Retain(_)
        )
    }
}

/// Holds a question against its deed: exactly what the question lists refuses the command (API-2).
pub(crate) fn same<T, R: Debug + PartialEq>(
    may: impl AsRef<[R]>,
    done: Result<T, Refused<R>>,
) -> Option<T> {
    let may = may.as_ref();
    match done {
        Ok(done) => {
            assert!(may.is_empty(), "done, although the question lists {may:?}");
            Some(done)
        }
        Err(refused) => {
            assert_eq!(refused.all(), may);
            None
        }
    }
}

impl Account {
    pub(crate) fn new() -> Self {
        let now = Timestamp::from_millis(1_790_000_010_000);
        let mut policy = Policy::default();
        policy.users.members_per_account = 3;
        policy.projects.projects_per_account = 4;
        Self {
            now,
            policy,
            standing: AccountStanding::Open,
            lock: Lock::Unlocked,
            frozen_by_operator: false,
            retained: 0,
            signed_in_at: now,
            proofs: Vec::new(),
            methods: vec![LoginMethod {
                identity: LoginIdentity::new(LoginMethodKind::Qq, "registration"),
                origin: MethodOrigin::Registration,
                bound_at: now,
            }],
            means: Means {
                security_phone: Some(now),
                ..Means::default()
            },
            verified: None,
            attempt: None,
            change: None,
            projects: vec![Project {
                id: ProjectId(0),
                name: super::owner::project_name(0),
                description: domain::identity::ProjectDescription::default(),
                is_default: true,
                state: ProjectState::Enabled,
            }],
            sub_users: Vec::new(),
            collaborators: 0,
            invitation: None,
            root_keys: Vec::new(),
            exported_at: None,
            leaving: None,
            appeal: None,
        }
    }

    /// An account that is verified as a person's since a moment ago.
    pub(crate) fn verified() -> Self {
        let new = Self::new();
        Self {
            verified: Some(Verified {
                subject: domain::verification::Subject::Person {
                    region: Region::Mainland,
                },
                since: new.now,
            }),
            ..new
        }
    }

    pub(crate) fn id() -> AccountId {
        AccountId::from_serial(1).expect("a serial")
    }

    pub(crate) fn session() -> SessionId {
        SessionId::new("here")
    }

    /// The door that every request of a session goes through.
    pub(crate) fn is_accessible(&self) -> bool {
        let may = may_access_account(self.standing, self.lock);
        same(may, access_account(self.standing, self.lock)).is_some()
    }

    pub(crate) fn check(&self, operation: SensitiveOperation) -> Option<RecentCheck> {
        let session = Self::session();
        let state = CheckState {
            session: &session,
            signed_in_at: self.signed_in_at,
            proofs: &self.proofs,
            means: &self.means,
            protections: Protections::default(),
        };
        let policy = &self.policy.protection;
        same(
            may_operate(operation, &state, policy, self.now),
            recent_check(operation, &state, policy, self.now),
        )
    }

    pub(crate) fn is_leaving(&self) -> bool {
        self.leaving.as_ref().is_some_and(Deregistration::is_open)
    }

    pub(crate) fn frozen(&self) -> Vec<FreezeReason> {
        freeze_reasons(&FreezeCauses {
            by_operator: self.frozen_by_operator,
            verification: Verified::status(self.verified.as_ref()),
            retained_resources: self.retained,
            deregistering: self.is_leaving(),
        })
    }

    pub(crate) fn logins(&self) -> LoginState<'_> {
        LoginState {
            owner: OwnerKind::Root,
            methods: &self.methods,
            means: &self.means,
            protections: Protections::default(),
            security_email: None,
            has_password: true,
        }
    }

    pub(crate) fn members(&self) -> u32 {
        u32::try_from(self.sub_users.len()).expect("few") + self.collaborators
    }

    pub(crate) fn users<'a>(&self, frozen: &'a [FreezeReason]) -> UsersOfAccount<'a> {
        UsersOfAccount {
            members: self.members(),
            frozen,
            standing: self.standing,
            lock: self.lock,
        }
    }

    pub(crate) fn changing(&self) -> ChangingAccount {
        ChangingAccount {
            verified: self.verified,
            arrears: false,
            outstanding_advance: false,
            another_in_review: self
                .change
                .as_ref()
                .is_some_and(|(_, state)| state.blocks_another()),
            deregistering: self.is_leaving(),
        }
    }

    pub(crate) fn verifying(&self) -> VerifyingAccount {
        VerifyingAccount {
            verified: self.verified,
            running: match &self.attempt {
                Some((Attempt::Running { method, .. }, _)) => Some(*method),
                _ => None,
            },
            security_phone_bound: self.means.security_phone.is_some(),
            deregistering: self.is_leaving(),
        }
    }

    pub(crate) fn holdings(&self) -> Holdings<'static> {
        let verifying = self.verifying().running.is_some();
        Holdings {
            unfinished_orders: 0,
            arrears: Fen::ZERO,
            unpaid_bills: 0,
            balance: Fen::ZERO,
            sub_users: u32::try_from(self.sub_users.len()).expect("few"),
            collaborators: self.collaborators,
            recipients: 0,
            complaints: 0,
            verification_in_progress: verifying || self.changing().another_in_review,
            remains: &[],
        }
    }

    pub(crate) fn leaving_subject(&self) -> LeavingSubject {
        match self.verified.map(|verified| verified.subject) {
            None => LeavingSubject::Unverified,
            Some(domain::verification::Subject::Person { .. }) => LeavingSubject::Person {
                region: Region::Mainland,
            },
            Some(domain::verification::Subject::Enterprise { .. }) => LeavingSubject::Enterprise {
                legal_representative: LegalRepresentative::Resident,
                dissolved: false,
            },
        }
    }

    pub(crate) fn keys(&mut self, of: Holder) -> Option<&mut Vec<KeyState>> {
        match of {
            Holder::Root => Some(&mut self.root_keys),
            Holder::SubUser(user) => self.sub_users.get_mut(user).map(|user| &mut user.keys),
        }
    }

    /// The account is gone, whatever it still had: the data stay in the model, so that only the rules
    /// stand between a command and its success.
    pub(crate) fn deregister_at_once(&mut self) {
        self.standing = AccountStanding::Deregistered { at: self.now };
        self.leaving = Some(Deregistration::Done { at: self.now });
    }

    /// What must hold whatever was done.
    pub(crate) fn assert_sound(&self) {
        assert!(!self.methods.is_empty(), "the last login method went");
        for kind in LoginMethodKind::ALL {
            let of_kind = |method: &&LoginMethod| method.identity.kind() == kind;
            assert!(self.methods.iter().filter(of_kind).count() <= 1, "{kind:?}");
        }
        assert!(self.members() <= self.policy.users.members_per_account);
        let projects = u32::try_from(self.projects.len()).expect("few");
        assert!(projects <= self.policy.projects.projects_per_account);
        let keys = self.sub_users.iter().map(|user| &user.keys);
        for keys in keys.chain([&self.root_keys]) {
            let count = u32::try_from(keys.len()).expect("few");
            assert!(count <= self.policy.users.keys_per_user);
        }
        assert_unique(
            self.projects
                .iter()
                .map(|project| project.name.compare_key()),
        );
        assert_unique(self.sub_users.iter().map(|user| user.name));
        assert!(
            self.projects
                .iter()
                .any(|project| project.is_default && project.state == ProjectState::Enabled),
            "the default project was disabled"
        );
    }

    /// What must hold between two states of the account.
    pub(crate) fn assert_followed_from(&self, before: &Self, command: Command, outcome: Outcome) {
        let told = |what: &str| format!("{what}: {command:?} was {outcome:?}");
        if outcome != Outcome::Done {
            assert_eq!(self, before, "{}", told("changed without success"));
        }
        if before.verified.is_some() {
            assert!(self.verified.is_some(), "{}", told("became unverified"));
        }
        if let AccountStanding::Deregistered { .. } = before.standing {
            assert_eq!(self.standing, before.standing, "{}", told("came back"));
            if !command.is_world_event() {
                assert_ne!(outcome, Outcome::Done, "{}", told("on a gone account"));
            }
        }
        // Not asked of the domain: the invariant must not err where the rule errs.
        let was_frozen = before.frozen_by_operator
            || before.retained > 0
            || before.verified.is_none()
            || matches!(
                before.leaving,
                Some(Deregistration::AwaitingFace { .. } | Deregistration::InReview { .. })
            );
        if was_frozen {
            let grew = self.projects.len() > before.projects.len()
                || self.members() > before.members()
                || key_count(self) > key_count(before);
            assert!(!grew, "{}", told("a frozen account got something new"));
        }
        if let Lock::Locked { since } = before.lock {
            let by_appeal = matches!(command, Command::AppealGoesOn { .. });
            let is_same = self.methods == before.methods
                && self.verified.is_some() == before.verified.is_some()
                && self.members() == before.members()
                && self.standing == before.standing;
            assert!(is_same || by_appeal, "{}", told("a locked account changed"));
            assert!(since <= self.now);
        }
        let accepted = |account: &Self| {
            matches!(
                account.invitation.map(|invitation| invitation.state),
                Some(InvitationState::Accepted { .. })
            )
        };
        if self.collaborators > before.collaborators {
            assert!(accepted(self) && !accepted(before), "{}", told("uninvited"));
        }
    }
}

fn key_count(account: &Account) -> usize {
    let of_users = account.sub_users.iter().map(|user| user.keys.len());
    account.root_keys.len() + of_users.sum::<usize>()
}

fn assert_unique<T: Ord + Debug>(names: impl Iterator<Item = T>) {
    let mut names: Vec<_> = names.collect();
    names.sort();
    for pair in names.windows(2) {
        if let [one, other] = pair {
            assert_ne!(one, other, "a name was given twice");
        }
    }
}
