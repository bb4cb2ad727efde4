//! What the owner does, signed in. Every command goes through the account's door first.

use super::account::{Account, Command, Holder, Outcome, SubUser, Subject, same};
use domain::account::{
    AccountId, LockedFrom, Site, export_data, lock_account, may_export_data, may_lock_account,
};
use domain::contacts::{
    CodePurpose, CodeRequest, CodeTrial, PhoneChangeState, SendHistory, change_security_phone,
    may_change_security_phone, request_code, try_code,
};
use domain::deregistration::{
    IdentityWay, LeavingAccount, LeavingDocument, LeavingWish, apply_to_leave, cancel_leaving,
    may_apply_to_leave, may_cancel_leaving,
};
use domain::identity::{PhoneNumber, ProjectDescription, ProjectName, SubUserName};
use domain::login_methods::{
    IdentityUse, LoginIdentity, LoginMethodKind, MethodWish, bind_method, may_bind_method,
    may_unbind_method, unbind_method,
};
use domain::projects::{
    Project, ProjectId, ProjectWish, ProjectsOfAccount, create_project, disable_project,
    enable_project, may_create_project, may_disable_project, may_enable_project,
};
use domain::protection::{PassedProof, SensitiveOperation};
use domain::sign_in::{Scan, ScanPurpose, SessionId};
use domain::users::{
    Actor, DeletedUser, InvitedAccount, KeyOwner, KeyState, KeysOfUser, Relation, Right, Rights,
    SubUserWish, UserKind, UserStanding, create_key, create_sub_user, delete_key, delete_user,
    disable_key, enable_key, invite_collaborator, may_create_key, may_create_sub_user,
    may_delete_key, may_delete_user, may_disable_key, may_enable_key, may_invite_collaborator,
};
use domain::verification::change::{
    ApplicationState, ChangeTarget, may_start_change, start_change,
};
use domain::verification::{
    Claim, EnterpriseKind, LegalRepresentative, Method, Region, VerificationWish,
    may_start_verification, remove_verification, start_verification,
};

const OWNER: Actor = Actor::Root;

pub(crate) fn project_name(n: u8) -> ProjectName {
    ProjectName::parse(&format!("project {n}")).expect("a name")
}

pub(crate) fn invited() -> AccountId {
    AccountId::from_serial(2).expect("a serial")
}

/// A claim whose subject has so many other accounts.
pub(crate) fn claim(subject: Subject, taken: u32) -> Claim {
    let region = Region::Mainland;
    match subject {
        Subject::Person => Claim::Person {
            region,
            adult_from: domain::time::Timestamp::from_millis(0),
            taken,
        },
        Subject::Enterprise => Claim::Enterprise {
            region,
            enterprise: EnterpriseKind::Company,
            legal_representative: LegalRepresentative::Resident,
            taken,
            raised_to: None,
        },
    }
}

pub(crate) fn key_owner(of: Holder) -> KeyOwner {
    match of {
        Holder::Root => KeyOwner::Root,
        Holder::SubUser(_) => KeyOwner::User(sub_user()),
    }
}

const fn sub_user() -> UserStanding {
    standing(UserKind::SubUser)
}

const fn standing(kind: UserKind) -> UserStanding {
    UserStanding {
        kind,
        rights: Rights::NONE,
        is_self: false,
    }
}

fn outcome(done: Option<()>) -> Outcome {
    match done {
        Some(()) => Outcome::Done,
        None => Outcome::Refused,
    }
}

impl Account {
    /// Carries a command out; whether it succeeds must be what its question answers before.
    pub(crate) fn run(&mut self, command: Command) -> Outcome {
        if let Some(outcome) = self.run_from_outside(command) {
            return outcome;
        }
        if !self.is_accessible() {
            return Outcome::Refused;
        }
        match command {
            Command::DisableProject { project, .. } | Command::EnableProject { project }
                if project >= self.projects.len() =>
            {
                Outcome::Nothing
            }
            Command::DeleteSubUser { user } if user >= self.sub_users.len() => Outcome::Nothing,
            Command::DeleteCollaborator if self.collaborators == 0 => Outcome::Nothing,
            Command::CreateKey(of) if self.keys(of).is_none() => Outcome::Nothing,
            Command::DisableKey { of, key }
            | Command::EnableKey { of, key }
            | Command::DeleteKey { of, key }
                if self.key(of, key).is_none() =>
            {
                Outcome::Nothing
            }
            Command::WithdrawChange if self.change.is_none() => Outcome::Nothing,
            Command::CancelLeaving if self.leaving.is_none() => Outcome::Nothing,
            _ => outcome(self.run_as_owner(command)),
        }
    }

    fn run_as_owner(&mut self, command: Command) -> Option<()> {
        match command {
            Command::Prove(method) => {
                self.means.changed_at(method)?;
                self.proofs.push(PassedProof {
                    session: Self::session(),
                    method,
                    at: self.now,
                });
                Some(())
            }
            Command::Bind { kind, others } => self.bind(kind, others),
            Command::Unbind(kind) => self.unbind(kind),
            Command::ChangePhone { others } => self.change_phone(others),
            Command::StartVerification { subject, taken } => self.verify(subject, taken),
            Command::RemoveVerification => {
                self.verified?;
                remove_verification(self.verified.as_ref()).ok()?;
                self.verified = None;
                Some(())
            }
            Command::StartChange(subject) => self.start_change(subject),
            Command::WithdrawChange => {
                let (kind, state) = self.change.clone()?;
                let state = state.withdraw(self.now).ok()?;
                self.change = Some((kind, state));
                Some(())
            }
            Command::CreateProject { name } => self.create_project(name),
            Command::DisableProject { project, confirmed } => {
                self.disable_project(project, confirmed)
            }
            Command::EnableProject { project } => {
                let now = self.now;
                let project = self.projects.get_mut(project)?;
                let may = may_enable_project(&OWNER, project);
                project.state = same(may, enable_project(&OWNER, project, now))?.state;
                Some(())
            }
            Command::CreateSubUser { name } => self.create_sub_user(name),
            Command::DeleteSubUser { user } => self.delete_sub_user(user),
            Command::Invite => self.invite(),
            Command::DeleteCollaborator => self.delete_collaborator(),
            Command::CreateKey(of) => self.create_key(of),
            Command::DisableKey { of, key } => {
                let (owner, state) = (key_owner(of), self.key(of, key)?);
                let may = may_disable_key(&OWNER, &owner, state);
                let state = same(may, disable_key(&OWNER, &owner, state))?;
                self.set_key(of, key, state)
            }
            Command::EnableKey { of, key } => {
                let check = self.check(SensitiveOperation::ManageApiKeys)?;
                let (owner, state) = (key_owner(of), self.key(of, key)?);
                let may = may_enable_key(&OWNER, &owner, state);
                let state = same(may, enable_key(&check, &OWNER, &owner, state))?;
                self.set_key(of, key, state)
            }
            Command::DeleteKey { of, key } => {
                let check = self.check(SensitiveOperation::ManageApiKeys)?;
                let (owner, state) = (key_owner(of), self.key(of, key)?);
                let may = may_delete_key(&OWNER, &owner, state);
                same(may, delete_key(&check, &OWNER, &owner, state, self.now))?;
                self.keys(of)?.remove(key);
                Some(())
            }
            Command::Export => {
                let (last, policy) = (self.exported_at, &self.policy.account);
                let may = may_export_data(true, last, policy, self.now);
                let made = same(may, export_data(true, last, policy, self.now))?;
                self.exported_at = Some(made.at);
                Some(())
            }
            Command::Lock => {
                let (from, policy) = (LockedFrom::Owner, &self.policy.account);
                let may = may_lock_account(self.lock, from, policy, self.now);
                self.lock = same(may, lock_account(self.lock, from, policy, self.now))?.lock;
                self.proofs.clear();
                Some(())
            }
            Command::ApplyToLeave { right_id } => self.apply_to_leave(right_id),
            Command::CancelLeaving => {
                let leaving = self.leaving.as_ref()?;
                let may = may_cancel_leaving(&OWNER, leaving);
                self.leaving = Some(same(may, cancel_leaving(&OWNER, leaving, self.now))?);
                Some(())
            }
            _ => None,
        }
    }

    fn bind(&mut self, kind: LoginMethodKind, others: u32) -> Option<()> {
        let check = self.check(SensitiveOperation::ChangeLoginMethods)?;
        let browser = SessionId::new("browser");
        let identity = LoginIdentity::new(kind, others.to_string());
        let purpose = ScanPurpose::BindLoginMethod;
        let (_, proved) = Scan::new(browser.clone(), purpose, self.now)
            .came_back(&identity, &browser, purpose, &self.policy.sign_in, self.now)
            .expect("a visit that came back");
        let wish = MethodWish {
            proved: &proved,
            used: IdentityUse {
                other_accounts: others,
            },
            is_wecom_administrator: true,
        };
        let policy = &self.policy.login_methods;
        let may = may_bind_method(&self.logins(), &wish, policy);
        let bound = same(
            may,
            bind_method(&check, &self.logins(), &wish, policy, self.now),
        )?;
        if bound.confirms_from_now_on {
            self.means.wechat = Some(self.now);
        }
        self.methods.push(bound.method);
        Some(())
    }

    fn unbind(&mut self, kind: LoginMethodKind) -> Option<()> {
        let check = self.check(SensitiveOperation::ChangeLoginMethods)?;
        let may = may_unbind_method(&self.logins(), kind);
        let gone = same(may, unbind_method(&check, &self.logins(), kind))?;
        self.methods.retain(|method| *method != gone.method);
        Some(())
    }

    fn change_phone(&mut self, others: u32) -> Option<()> {
        let check = self.check(SensitiveOperation::ChangeSecurityPhone)?;
        let new = PhoneNumber::parse(&format!("1390013900{others}")).expect("a mobile number");
        let request = CodeRequest {
            purpose: CodePurpose::NewSecurityPhone,
            account: Some(Self::id()),
            target: new.clone().into(),
        };
        let policy = &self.policy.contacts;
        let history = SendHistory::default();
        let sent = request_code(request.clone(), &history, None, policy, self.now).expect("first");
        let trial = CodeTrial {
            code: sent.code,
            wrong_today: None,
        };
        let code = try_code(trial, &request, true, policy, self.now);
        let state = PhoneChangeState {
            account: Self::id(),
            current: None,
            other_accounts: others,
            message_phones: &[],
        };
        let may = may_change_security_phone(&state, &new, policy);
        let code = code.answer.expect("the right code in time");
        let changed = change_security_phone(&check, &state, &code, policy, self.now);
        same(may, changed)?;
        assert!(others < policy.accounts_per_phone, "too many on one phone");
        self.means.security_phone = Some(self.now);
        Some(())
    }

    fn verify(&mut self, subject: Subject, taken: u32) -> Option<()> {
        let wish = VerificationWish {
            claim: claim(subject, taken),
            method: match subject {
                Subject::Person => Method::Face,
                Subject::Enterprise => Method::OfficialAccount,
            },
            give_up_running: false,
        };
        let (account, policy) = (self.verifying(), &self.policy.verification);
        let may = may_start_verification(&account, &wish, policy, self.now);
        let attempt = same(may, start_verification(&account, &wish, policy, self.now))?;
        self.attempt = Some((attempt, subject));
        Some(())
    }

    fn start_change(&mut self, subject: Subject) -> Option<()> {
        self.check(SensitiveOperation::ChangeVerification)?;
        let region = Region::Mainland;
        let target = match subject {
            Subject::Person => ChangeTarget::Person { region },
            Subject::Enterprise => ChangeTarget::Enterprise { region },
        };
        let (account, policy) = (self.changing(), &self.policy.verification);
        let may = may_start_change(&account, target, policy, self.now);
        let started = same(may, start_change(&account, target, policy, self.now))?;
        let due_at = self.now.plus(domain::time::Span::from_days(3));
        let state = ApplicationState::NEW.submit(due_at, self.now).expect("new");
        self.change = Some((started.kind, state));
        Some(())
    }

    fn create_project(&mut self, name: u8) -> Option<()> {
        let wish = ProjectWish {
            name: project_name(name),
            description: ProjectDescription::default(),
        };
        let frozen = self.frozen();
        let key = wish.name.compare_key();
        let count = u32::try_from(self.projects.len()).expect("few");
        let projects = ProjectsOfAccount {
            count,
            same_name: self
                .projects
                .iter()
                .find(|project| project.name.compare_key() == key)
                .map(|project| (project.id, project.state)),
            frozen: &frozen,
        };
        let policy = &self.policy.projects;
        let may = may_create_project(&OWNER, &projects, policy);
        let created = same(
            may,
            create_project(&OWNER, &projects, wish, policy, self.now),
        )?;
        self.projects.push(Project {
            id: ProjectId(count),
            name: created.project.name,
            description: created.project.description,
            is_default: false,
            state: domain::projects::ProjectState::Enabled,
        });
        Some(())
    }

    fn disable_project(&mut self, project: usize, confirmed: bool) -> Option<()> {
        let check = self.check(SensitiveOperation::DisableProject)?;
        let now = self.now;
        let project = self.projects.get_mut(project)?;
        let confirmed = confirmed.then_some(2);
        let may = may_disable_project(&OWNER, project, 2, confirmed);
        let changed = disable_project(&check, &OWNER, project, 2, confirmed, now);
        project.state = same(may, changed)?.state;
        Some(())
    }

    fn create_sub_user(&mut self, name: u8) -> Option<()> {
        let frozen = self.frozen();
        let users = self.users(&frozen);
        let wish = SubUserWish {
            name: SubUserName::parse(&format!("user{name}")).expect("a name"),
            name_taken: self.sub_users.iter().any(|user| user.name == name),
            rights: Rights::of(&[Right::ViewAccount]),
        };
        let policy = &self.policy.users;
        let may = may_create_sub_user(&OWNER, &users, &wish, policy);
        same(may, create_sub_user(&OWNER, &users, wish, policy, self.now))?;
        self.sub_users.push(SubUser {
            name,
            keys: Vec::new(),
        });
        Some(())
    }

    fn delete_sub_user(&mut self, user: usize) -> Option<()> {
        let check = self.check(SensitiveOperation::DeleteUsers)?;
        let keys = &self.sub_users.get(user)?.keys;
        let count = |state| keys.iter().filter(|key| **key == state).count();
        let deleted = DeletedUser {
            standing: sub_user(),
            enabled_keys: u32::try_from(count(KeyState::Enabled)).expect("few"),
            disabled_keys: u32::try_from(count(KeyState::Disabled)).expect("few"),
            subscriptions: 0,
            has_bindings: false,
        };
        let losses = deleted.losses();
        let may = may_delete_user(&OWNER, &deleted, Some(&losses));
        let gone = delete_user(&check, &OWNER, &deleted, Some(&losses), self.now);
        same(may, gone)?;
        self.sub_users.remove(user);
        Some(())
    }

    fn invite(&mut self) -> Option<()> {
        let frozen = self.frozen();
        let users = self.users(&frozen);
        let account = InvitedAccount {
            account: invited(),
            site: Site::China,
            standing: domain::account::AccountStanding::Open,
            is_sub_user: false,
            relation: if self.collaborators > 0 {
                Relation::Collaborator
            } else {
                Relation::None
            },
        };
        let own = (Self::id(), Site::China);
        let rights = Rights::of(&[Right::UseResources]);
        let policy = &self.policy.users;
        let may = may_invite_collaborator(&OWNER, own, &users, &account, rights, policy);
        let done = invite_collaborator(&OWNER, own, &users, &account, rights, policy, self.now);
        self.invitation = Some(same(may, done)?);
        Some(())
    }

    fn delete_collaborator(&mut self) -> Option<()> {
        let check = self.check(SensitiveOperation::DeleteUsers)?;
        let deleted = DeletedUser {
            standing: standing(UserKind::Collaborator),
            enabled_keys: 0,
            disabled_keys: 0,
            subscriptions: 0,
            has_bindings: false,
        };
        let losses = deleted.losses();
        let may = may_delete_user(&OWNER, &deleted, Some(&losses));
        let gone = delete_user(&check, &OWNER, &deleted, Some(&losses), self.now);
        same(may, gone)?;
        self.collaborators -= 1;
        Some(())
    }

    fn create_key(&mut self, of: Holder) -> Option<()> {
        let check = self.check(SensitiveOperation::ManageApiKeys)?;
        let frozen = self.frozen();
        let count = u32::try_from(self.keys(of)?.len()).expect("few");
        let keys = KeysOfUser {
            count,
            frozen: &frozen,
        };
        let (owner, policy) = (key_owner(of), &self.policy.users);
        let may = may_create_key(&OWNER, &owner, &keys, policy);
        let created = create_key(&check, &OWNER, &owner, &keys, policy, self.now);
        let state = same(may, created)?.state;
        self.keys(of)?.push(state);
        Some(())
    }

    pub(crate) fn key(&mut self, of: Holder, key: usize) -> Option<KeyState> {
        self.keys(of)?.get(key).copied()
    }

    fn set_key(&mut self, of: Holder, key: usize, state: KeyState) -> Option<()> {
        *self.keys(of)?.get_mut(key)? = state;
        Some(())
    }

    fn apply_to_leave(&mut self, right_id: bool) -> Option<()> {
        let check = self.check(SensitiveOperation::Deregister)?;
        let holdings = self.holdings();
        let subject = self.leaving_subject();
        let account = LeavingAccount {
            account: Self::id(),
            standing: self.standing,
            subject,
            holdings: &holdings,
            last: self.leaving.as_ref(),
        };
        let typed_id = if right_id { Self::id() } else { invited() }.to_string();
        let wish = LeavingWish {
            typed_id: &typed_id,
            way: *IdentityWay::open_to(subject).first().expect("one way"),
            given_up: &[],
            documents: LeavingDocument::needed_from(subject),
        };
        let policy = &self.policy.deregistration;
        let may = may_apply_to_leave(&OWNER, &account, &wish, policy, self.now);
        let applied = apply_to_leave(&check, &OWNER, &account, &wish, policy, self.now);
        self.leaving = Some(same(may, applied)?);
        Some(())
    }
}
