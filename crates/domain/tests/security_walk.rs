//! Random commands against the security of a whole account, through the public functions only, as
//! the server will call them. Knows no rule beyond the invariants it checks after each command.

#![allow(
    clippy::expect_used,
    reason = "the helpers of a test fail it by panicking; clippy sees only #[test] functions"
)]

use domain::account::AccountId;
use domain::contacts::{
    CodePurpose, CodeRequest, CodeTrial, ConfirmedCode, ContactPolicy, PhoneChangeState,
    RecycledHolder, SendHistory, change_security_phone, may_change_security_phone, request_code,
    request_detachment, try_code,
};
use domain::identity::PhoneNumber;
use domain::login_methods::{
    IdentityUse, LoginIdentity, LoginMethod, LoginMethodKind, LoginState, MethodOrigin, MethodWish,
    OwnerKind, ProvedIdentity, bind_method, may_bind_method, may_replace_method, may_unbind_method,
    replace_method, unbind_method,
};
use domain::mfa::{
    BindingWish, ConsecutiveCodes, Device, DeviceKind, Started, TotpStep, confirm_totp_binding,
    may_start_binding, may_unbind_device, may_unbind_wechat_confirmation, start_binding,
    unbind_device, unbind_wechat_confirmation,
};
use domain::policy::Policy;
use domain::protection::{
    CheckState, Factor, Means, PassedProof, ProofMethod, Protection, ProtectionRefusal,
    Protections, RecentCheck, SensitiveOperation, SixDigits, choose_protection,
    may_choose_protection, may_operate, recent_check, security_score,
};
use domain::refusal::Refused;
use domain::sign_in::{PasswordStrength, Scan, ScanPurpose, SessionId, SignInPolicy};
use domain::time::{Span, Timestamp};
use proptest::prelude::*;

/// What a person does.
#[derive(Clone, Copy, Debug)]
enum Command {
    Wait { minutes: u32 },
    Prove(ProofMethod),
    Bind(LoginMethodKind, u8),
    Replace(LoginMethodKind, u8),
    Unbind(LoginMethodKind),
    ChangePhone(u8),
    LosePhone,
    ProtectSignIn(Protection),
    ProtectOperations(Protection),
    BindDevice(BindingWish),
    UnbindDevice,
    UnbindWechatConfirmation,
}

/// An account with all that its security consists of.
struct Account {
    now: Timestamp,
    session: SessionId,
    signed_in_at: Timestamp,
    proofs: Vec<PassedProof>,
    methods: Vec<LoginMethod>,
    means: Means,
    phone: Option<PhoneNumber>,
    protections: Protections,
    device: Option<Device>,
    policy: Policy,
}

/// How many other accounts have phone and identity number `n`: some are free, some are full.
fn others(n: u8) -> u32 {
    u32::from(n)
}

fn phone(n: u8) -> PhoneNumber {
    PhoneNumber::parse(&format!("1380013800{n}")).expect("a mobile number")
}

fn account_id() -> AccountId {
    AccountId::from_serial(1).expect("a serial")
}

fn code_at(step: TotpStep) -> SixDigits {
    SixDigits::from_number(u32::try_from(step.number() % 1_000_000).expect("six digits"))
}

/// A code that went out and was answered rightly.
fn answered(request: &CodeRequest, policy: &ContactPolicy, now: Timestamp) -> ConfirmedCode {
    let history = SendHistory::default();
    let sent = request_code(request.clone(), &history, None, policy, now).expect("a first code");
    let trial = CodeTrial {
        code: sent.code,
        wrong_today: None,
    };
    try_code(trial, request, true, policy, now)
        .answer
        .expect("the right code in time")
}

fn proved(kind: LoginMethodKind, n: u8, policy: &SignInPolicy, now: Timestamp) -> ProvedIdentity {
    let browser = SessionId::new("browser");
    let identity = LoginIdentity::new(kind, n.to_string());
    Scan::new(browser.clone(), ScanPurpose::BindLoginMethod, now)
        .came_back(
            &identity,
            &browser,
            ScanPurpose::BindLoginMethod,
            policy,
            now,
        )
        .expect("a visit that came back")
        .1
}

impl Account {
    fn new() -> Self {
        let now = Timestamp::from_millis(1_790_000_010_000);
        Self {
            now,
            session: SessionId::new("here"),
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
            phone: Some(phone(0)),
            protections: Protections::default(),
            device: None,
            policy: Policy::default(),
        }
    }

    fn check(
        &self,
        operation: SensitiveOperation,
    ) -> Result<RecentCheck, Refused<ProtectionRefusal>> {
        let state = CheckState {
            session: &self.session,
            signed_in_at: self.signed_in_at,
            proofs: &self.proofs,
            means: &self.means,
            protections: self.protections,
        };
        let check = recent_check(operation, &state, &self.policy.protection, self.now);
        let may = may_operate(operation, &state, &self.policy.protection, self.now);
        assert_eq!(may.is_empty(), check.is_ok(), "{operation:?}");
        check
    }

    fn logins(&self) -> LoginState<'_> {
        LoginState {
            owner: OwnerKind::Root,
            methods: &self.methods,
            means: &self.means,
            protections: self.protections,
            security_email: None,
            has_password: true,
        }
    }

    /// Carries a command out; whether it succeeded must be what its question answers before.
    fn run(&mut self, command: Command) {
        match command {
            Command::Wait { minutes } => self.now = self.now.plus(Span::from_minutes(minutes)),
            Command::Prove(method) if self.means.has(method) => self.proofs.push(PassedProof {
                session: self.session.clone(),
                method,
                at: self.now,
            }),
            Command::Prove(_) => {}
            Command::Bind(kind, n) => self.bind(kind, n),
            Command::Replace(kind, n) => self.replace(kind, n),
            Command::Unbind(kind) => self.unbind(kind),
            Command::ChangePhone(n) => self.change_phone(n),
            Command::LosePhone => self.lose_phone(),
            Command::ProtectSignIn(wish) => {
                self.protections.sign_in = self.protect(self.protections.sign_in, wish);
            }
            Command::ProtectOperations(wish) => {
                self.protections.operation = self.protect(self.protections.operation, wish);
            }
            Command::BindDevice(wish) => self.bind_device(wish),
            Command::UnbindDevice => self.unbind_device(),
            Command::UnbindWechatConfirmation => self.unbind_wechat(),
        }
    }

    fn bind(&mut self, kind: LoginMethodKind, n: u8) {
        let Ok(check) = self.check(SensitiveOperation::ChangeLoginMethods) else {
            return;
        };
        let proved = proved(kind, n, &self.policy.sign_in, self.now);
        let wish = wish(&proved, n);
        let policy = &self.policy.login_methods;
        let may = may_bind_method(&self.logins(), &wish, policy);
        let bound = bind_method(&check, &self.logins(), &wish, policy, self.now);
        assert_eq!(may.is_empty(), bound.is_ok());
        if let Ok(bound) = bound {
            self.methods.push(bound.method);
            if bound.confirms_from_now_on {
                self.means.wechat = Some(self.now);
            }
        }
    }

    fn replace(&mut self, kind: LoginMethodKind, n: u8) {
        let Ok(check) = self.check(SensitiveOperation::ChangeLoginMethods) else {
            return;
        };
        let proved = proved(kind, n, &self.policy.sign_in, self.now);
        let wish = wish(&proved, n);
        let policy = &self.policy.login_methods;
        let may = may_replace_method(&self.logins(), &wish, policy);
        let replaced = replace_method(&check, &self.logins(), &wish, policy, self.now);
        assert_eq!(may.is_empty(), replaced.is_ok());
        if let Ok(replaced) = replaced {
            self.methods.retain(|method| *method != replaced.old);
            self.methods.push(replaced.new);
        }
    }

    fn unbind(&mut self, kind: LoginMethodKind) {
        let Ok(check) = self.check(SensitiveOperation::ChangeLoginMethods) else {
            return;
        };
        let may = may_unbind_method(&self.logins(), kind);
        let gone = unbind_method(&check, &self.logins(), kind);
        assert_eq!(may.is_empty(), gone.is_ok());
        if let Ok(gone) = gone {
            self.methods.retain(|method| *method != gone.method);
        }
    }

    fn change_phone(&mut self, n: u8) {
        let Ok(check) = self.check(SensitiveOperation::ChangeSecurityPhone) else {
            return;
        };
        let request = CodeRequest {
            purpose: CodePurpose::NewSecurityPhone,
            account: Some(account_id()),
            target: phone(n).into(),
        };
        let policy = &self.policy.contacts;
        let code = answered(&request, policy, self.now);
        let state = PhoneChangeState {
            account: account_id(),
            current: self.phone.as_ref(),
            other_accounts: others(n),
            message_phones: &[],
        };
        let may = may_change_security_phone(&state, &phone(n), policy);
        let changed = change_security_phone(&check, &state, &code, policy, self.now);
        assert_eq!(may.is_empty(), changed.is_ok());
        if let Ok(changed) = changed {
            assert!(
                others(n) < policy.accounts_per_phone,
                "six accounts on one phone"
            );
            self.phone = Some(changed.new);
            self.means.security_phone = Some(self.now);
        }
    }

    /// The number was given to somebody else, who asks to detach it; nobody objects.
    fn lose_phone(&mut self) {
        let Some(phone) = self.phone.clone() else {
            return;
        };
        let request = CodeRequest {
            purpose: CodePurpose::DetachRecycled,
            account: None,
            target: phone.clone().into(),
        };
        let code = answered(&request, &self.policy.contacts, self.now);
        let holder = RecycledHolder {
            account: account_id(),
            has_open_case: false,
        };
        let cases = request_detachment(&code, &[holder], self.now).expect("one holder");
        for case in cases {
            self.now = case.objection_ends(&self.policy.contacts);
            let policy = &self.policy.contacts;
            let (_, detached) = case
                .fall_due(
                    Some(&phone),
                    self.protections,
                    &self.means,
                    policy,
                    self.now,
                )
                .expect("the time to object is over");
            self.protections = detached.expect("the holder kept it").protections;
            self.phone = None;
            self.means.security_phone = None;
        }
    }

    fn protect(&self, current: Protection, wish: Protection) -> Protection {
        if self.check(SensitiveOperation::ChangeProtection).is_err() {
            return current;
        }
        let may = may_choose_protection(&self.means, wish);
        let chosen = choose_protection(&self.means, wish);
        assert_eq!(may.is_empty(), chosen.is_ok());
        chosen.unwrap_or(current)
    }

    fn bind_device(&mut self, wish: BindingWish) {
        let Ok(check) = self.check(SensitiveOperation::ChangeMfa) else {
            return;
        };
        let policy = &self.policy.mfa;
        let wished = (DeviceKind::Virtual, wish);
        let device = self.device.as_ref();
        let may = may_start_binding(device, wish);
        let started = start_binding(&check, device, None, wished, policy, self.now);
        assert_eq!(may.is_empty(), started.is_ok());
        let Ok(Started::New(pending) | Started::Kept(pending)) = started else {
            return;
        };
        let second = TotpStep::at(self.now);
        let first = TotpStep::new(second.number() - 1);
        let typed = ConsecutiveCodes {
            first: code_at(first),
            second: code_at(second),
        };
        let pending = Some(pending);
        let bound = confirm_totp_binding(&check, device, pending, typed, code_at, policy, self.now)
            .expect("two consecutive codes");
        assert_eq!(bound.replaced.is_some(), self.device.is_some());
        self.device = Some(bound.device);
        self.means.mfa = Some(self.now);
    }

    fn unbind_device(&mut self) {
        let Ok(check) = self.check(SensitiveOperation::ChangeMfa) else {
            return;
        };
        let may = may_unbind_device(self.device.as_ref(), self.protections);
        let gone = unbind_device(&check, self.device.as_ref(), self.protections);
        assert_eq!(may.is_empty(), gone.is_ok());
        if gone.is_ok() {
            self.device = None;
            self.means.mfa = None;
        }
    }

    fn unbind_wechat(&mut self) {
        let Ok(check) = self.check(SensitiveOperation::ChangeWechat) else {
            return;
        };
        let may = may_unbind_wechat_confirmation(&self.means, self.protections);
        let gone = unbind_wechat_confirmation(&check, &self.means, self.protections);
        assert_eq!(may.is_empty(), gone.is_ok());
        if let Ok(gone) = gone {
            self.means = gone.means;
        }
    }

    /// What must hold whatever was done.
    fn assert_sound(&self) {
        assert!(!self.methods.is_empty(), "the last login method went");
        for kind in LoginMethodKind::ALL {
            let of_kind = |method: &&LoginMethod| method.identity.kind() == kind;
            let count = self.methods.iter().filter(of_kind).count();
            assert!(count <= 1, "two methods of one kind");
        }
        for protection in [self.protections.sign_in, self.protections.operation] {
            let is_bound = |factor: Factor| self.means.has(factor.proof());
            assert!(
                protection.factor().is_none_or(is_bound),
                "a protection asks for what is not bound"
            );
        }
        let strong = Some(PasswordStrength::Strong);
        let policy = &self.policy.protection;
        let score = security_score(&self.means, strong, self.protections, policy);
        assert_eq!(score.points == 100, score.next_step.is_none());
    }
}

fn wish(proved: &ProvedIdentity, n: u8) -> MethodWish<'_> {
    MethodWish {
        proved,
        used: IdentityUse {
            other_accounts: others(n),
        },
        is_wecom_administrator: true,
    }
}

fn protections() -> impl Strategy<Value = Protection> {
    prop_oneof![
        Just(Protection::Off),
        proptest::sample::select(&Factor::ALL).prop_map(Protection::Require),
    ]
}

fn commands() -> impl Strategy<Value = Command> {
    let kinds = || proptest::sample::select(&LoginMethodKind::ALL);
    prop_oneof![
        2 => (1_u32..2000).prop_map(|minutes| Command::Wait { minutes }),
        6 => proptest::sample::select(&ProofMethod::ALL).prop_map(Command::Prove),
        3 => (kinds(), 0_u8..2).prop_map(|(kind, n)| Command::Bind(kind, n)),
        2 => (kinds(), 0_u8..2).prop_map(|(kind, n)| Command::Replace(kind, n)),
        3 => kinds().prop_map(Command::Unbind),
        2 => (0_u8..7).prop_map(Command::ChangePhone),
        1 => Just(Command::LosePhone),
        2 => protections().prop_map(Command::ProtectSignIn),
        2 => protections().prop_map(Command::ProtectOperations),
        2 => Just(Command::BindDevice(BindingWish::Bind)),
        1 => Just(Command::BindDevice(BindingWish::Replace)),
        1 => Just(Command::UnbindDevice),
        1 => Just(Command::UnbindWechatConfirmation),
    ]
}

proptest! {
    #[test]
    fn lgm_1_prt_1_con_2_no_walk_of_commands_breaks_an_account(
        walk in proptest::collection::vec(commands(), 1..60),
    ) {
        let mut account = Account::new();
        for command in walk {
            account.run(command);
            account.assert_sound();
        }
    }
}

#[test]
fn lgm_1_the_walk_reaches_what_it_is_about() {
    let mut account = Account::new();
    let prove = Command::Prove(ProofMethod::SecurityPhone);
    for command in [
        prove,
        Command::Bind(LoginMethodKind::Wechat, 0),
        Command::BindDevice(BindingWish::Bind),
        Command::ProtectSignIn(Protection::Require(Factor::PhoneCode)),
        Command::Unbind(LoginMethodKind::Qq),
        Command::LosePhone,
    ] {
        account.run(command);
        account.assert_sound();
    }
    let kinds: Vec<_> = account
        .methods
        .iter()
        .map(|method| method.identity.kind())
        .collect();
    assert_eq!(kinds, [LoginMethodKind::Wechat]);
    assert!(account.device.is_some() && account.phone.is_none());
    assert_eq!(
        account.protections.sign_in,
        Protection::Require(Factor::MfaCode)
    );
}
