//! Tests of binding, replacing and unbinding.

use super::super::{
    UnbindCondition, UnbindConditionKind, may_unbind_method, unbind_conditions, unbind_method,
};
use super::*;
use crate::protection::{Factor, Protection, ProtectionKind, SensitiveOperation, a_check};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

fn identity(kind: LoginMethodKind, key: &str) -> LoginIdentity {
    LoginIdentity::new(kind, key)
}

fn method(kind: LoginMethodKind, origin: MethodOrigin) -> LoginMethod {
    LoginMethod {
        identity: identity(kind, "mine"),
        origin,
        bound_at: NOW,
    }
}

fn with_phone() -> Means {
    Means {
        security_phone: Some(NOW),
        ..Means::default()
    }
}

fn state<'a>(methods: &'a [LoginMethod], means: &'a Means) -> LoginState<'a> {
    LoginState {
        owner: OwnerKind::Root,
        methods,
        means,
        protections: Protections::default(),
        security_email: None,
        has_password: true,
    }
}

/// A wish to take in an identity that so many other accounts have.
struct Wished {
    proved: ProvedIdentity,
    other_accounts: u32,
    is_wecom_administrator: bool,
}

fn wished(kind: LoginMethodKind, other_accounts: u32) -> Wished {
    Wished {
        proved: ProvedIdentity::seen(identity(kind, "new")),
        other_accounts,
        is_wecom_administrator: true,
    }
}

impl Wished {
    fn wish(&self) -> MethodWish<'_> {
        MethodWish {
            proved: &self.proved,
            used: IdentityUse {
                other_accounts: self.other_accounts,
            },
            is_wecom_administrator: self.is_wecom_administrator,
        }
    }

    fn bind(&self, state: &LoginState<'_>) -> Result<MethodBound, Vec<LoginMethodRefusal>> {
        let check = a_check(SensitiveOperation::ChangeLoginMethods, NOW);
        let policy = LoginMethodPolicy::default();
        let answer = bind_method(&check, state, &self.wish(), &policy, NOW);
        let may = may_bind_method(state, &self.wish(), &policy);
        assert_eq!(may.is_empty(), answer.is_ok());
        answer.map_err(Refused::into_all)
    }

    fn replace(&self, state: &LoginState<'_>) -> Result<MethodReplaced, Vec<LoginMethodRefusal>> {
        let check = a_check(SensitiveOperation::ChangeLoginMethods, NOW);
        let policy = LoginMethodPolicy::default();
        let answer = replace_method(&check, state, &self.wish(), &policy, NOW);
        let may = may_replace_method(state, &self.wish(), &policy);
        assert_eq!(may.is_empty(), answer.is_ok());
        answer.map_err(Refused::into_all)
    }
}

fn unbind(
    state: &LoginState<'_>,
    kind: LoginMethodKind,
) -> Result<crate::login_methods::MethodUnbound, Vec<LoginMethodRefusal>> {
    let check = a_check(SensitiveOperation::ChangeLoginMethods, NOW);
    let answer = unbind_method(&check, state, kind);
    assert_eq!(may_unbind_method(state, kind).is_empty(), answer.is_ok());
    answer.map_err(Refused::into_all)
}

#[test]
fn v_28_the_last_login_method_is_not_unbound() {
    let means = with_phone();
    for kind in LoginMethodKind::ALL {
        for origin in [MethodOrigin::Added, MethodOrigin::Registration] {
            let only = [method(kind, origin)];
            assert_eq!(
                unbind(&state(&only, &means), kind),
                Err(vec![LoginMethodRefusal::LastMethod { kind }])
            );
        }
    }
}

#[test]
fn lgm_1_one_of_two_methods_goes_and_then_the_other_stays() {
    let means = with_phone();
    let two = [
        method(LoginMethodKind::Email, MethodOrigin::Registration),
        method(LoginMethodKind::Qq, MethodOrigin::Added),
    ];
    let gone = unbind(&state(&two, &means), LoginMethodKind::Qq).unwrap();
    assert_eq!(gone.method, two[1]);
    assert_eq!(gone.change, SecurityChange::LoginMethodRemoved);
    let left = state(&two[..1], &means);
    assert!(unbind(&left, LoginMethodKind::Email).is_err());
    assert_eq!(
        unbind(&left, LoginMethodKind::Qq),
        Err(vec![LoginMethodRefusal::NotBound {
            kind: LoginMethodKind::Qq
        }])
    );
}

#[test]
fn lgm_2_the_registration_method_needs_three_conditions_each_listed_with_its_state() {
    let listed = |conditions: [(UnbindConditionKind, bool); 3]| {
        conditions.map(|(condition, is_met)| UnbindCondition { condition, is_met })
    };
    let wechat = LoginMethodKind::Wechat;
    let two = [
        method(wechat, MethodOrigin::Registration),
        method(LoginMethodKind::Qq, MethodOrigin::Added),
    ];
    let none = Means::default();
    let mut bare = state(&two[..1], &none);
    bare.protections.sign_in = Protection::Require(Factor::WechatScan);
    assert_eq!(
        unbind_conditions(&bare, wechat),
        listed([
            (UnbindConditionKind::TwoMethods, false),
            (UnbindConditionKind::SecurityPhone, false),
            (UnbindConditionKind::NotChosenFactor, false),
        ])
    );
    assert_eq!(
        unbind(&bare, wechat),
        Err(vec![
            LoginMethodRefusal::LastMethod { kind: wechat },
            LoginMethodRefusal::SecurityPhoneMissing,
            LoginMethodRefusal::ChosenFactor {
                protection: ProtectionKind::SignIn
            },
        ])
    );
    let means = with_phone();
    let ready = state(&two, &means);
    assert_eq!(
        unbind_conditions(&ready, wechat),
        listed([
            (UnbindConditionKind::TwoMethods, true),
            (UnbindConditionKind::SecurityPhone, true),
            (UnbindConditionKind::NotChosenFactor, true),
        ])
    );
    assert!(unbind(&ready, wechat).is_ok());
}

#[test]
fn lgm_2_each_condition_alone_stands_against_it() {
    let wechat = LoginMethodKind::Wechat;
    let two = [
        method(wechat, MethodOrigin::Registration),
        method(LoginMethodKind::Qq, MethodOrigin::Added),
    ];
    let (none, phone) = (Means::default(), with_phone());
    assert_eq!(
        unbind(&state(&two, &none), wechat),
        Err(vec![LoginMethodRefusal::SecurityPhoneMissing])
    );
    let mut chosen = state(&two, &phone);
    chosen.protections.operation = Protection::Require(Factor::WechatScan);
    assert_eq!(
        unbind(&chosen, wechat),
        Err(vec![LoginMethodRefusal::ChosenFactor {
            protection: ProtectionKind::Operation
        }])
    );
    assert!(
        unbind(&state(&two, &none), LoginMethodKind::Qq).is_ok(),
        "a method bound later needs only another one"
    );
}

#[test]
fn lgm_2_the_login_email_is_a_chosen_factor_only_when_it_is_the_security_email() {
    let email = Email::parse("owner@example.com").unwrap();
    let other = Email::parse("security@example.com").unwrap();
    let two = [
        LoginMethod {
            identity: LoginIdentity::email(&email),
            origin: MethodOrigin::Registration,
            bound_at: NOW,
        },
        method(LoginMethodKind::Qq, MethodOrigin::Added),
    ];
    let means = with_phone();
    let mut state = state(&two, &means);
    state.protections.sign_in = Protection::Require(Factor::EmailCode);
    state.security_email = Some(&other);
    assert!(unbind(&state, LoginMethodKind::Email).is_ok());
    state.security_email = Some(&email);
    assert!(unbind(&state, LoginMethodKind::Email).is_err());
}

#[test]
fn lgm_3_an_email_that_is_the_only_method_is_replaced_only_after_binding_another() {
    let means = with_phone();
    let two = [
        method(LoginMethodKind::Email, MethodOrigin::Added),
        method(LoginMethodKind::Qq, MethodOrigin::Added),
    ];
    let wish = wished(LoginMethodKind::Email, 0);
    assert_eq!(
        wish.replace(&state(&two[..1], &means)),
        Err(vec![LoginMethodRefusal::EmailIsOnlyMethod])
    );
    let replaced = wish.replace(&state(&two, &means)).unwrap();
    assert_eq!(replaced.old, two[0]);
    assert_eq!(&replaced.new.identity, wish.proved.identity());
    let only_qq = [method(LoginMethodKind::Qq, MethodOrigin::Added)];
    let qq = wished(LoginMethodKind::Qq, 0);
    assert!(qq.replace(&state(&only_qq, &means)).is_ok());
}

#[test]
fn lgm_2_the_registration_method_is_replaced_under_the_same_conditions() {
    let (none, phone) = (Means::default(), with_phone());
    let only = [method(LoginMethodKind::Wechat, MethodOrigin::Registration)];
    let wish = wished(LoginMethodKind::Wechat, 0);
    assert_eq!(
        wish.replace(&state(&only, &none)),
        Err(vec![LoginMethodRefusal::SecurityPhoneMissing])
    );
    let replaced = wish.replace(&state(&only, &phone)).unwrap();
    assert_eq!(replaced.new.origin, MethodOrigin::Added);
    assert_eq!(
        wished(LoginMethodKind::Qq, 0).replace(&state(&only, &phone)),
        Err(vec![LoginMethodRefusal::NotBound {
            kind: LoginMethodKind::Qq
        }])
    );
}

#[test]
fn lgm_5_one_wechat_signs_in_to_fifty_accounts_and_not_to_fifty_one() {
    let means = with_phone();
    let methods = [method(LoginMethodKind::Email, MethodOrigin::Registration)];
    let state = state(&methods, &means);
    assert!(wished(LoginMethodKind::Wechat, 49).bind(&state).is_ok());
    assert_eq!(
        wished(LoginMethodKind::Wechat, 50).bind(&state),
        Err(vec![LoginMethodRefusal::TooManyAccounts { most: 50 }])
    );
}

#[test]
fn lgm_5_every_other_identity_belongs_to_one_account() {
    let means = with_phone();
    let methods = [method(LoginMethodKind::Wechat, MethodOrigin::Registration)];
    for kind in [
        LoginMethodKind::Qq,
        LoginMethodKind::OfficialAccount,
        LoginMethodKind::Wecom,
    ] {
        assert!(wished(kind, 0).bind(&state(&methods, &means)).is_ok());
        assert_eq!(
            wished(kind, 1).bind(&state(&methods, &means)),
            Err(vec![LoginMethodRefusal::IdentityTaken { kind }])
        );
    }
}

#[test]
fn con_14_an_email_that_registered_an_account_is_not_linked_to_another() {
    let means = with_phone();
    let methods = [method(LoginMethodKind::Wechat, MethodOrigin::Registration)];
    let state = state(&methods, &means);
    assert!(wished(LoginMethodKind::Email, 0).bind(&state).is_ok());
    assert_eq!(
        wished(LoginMethodKind::Email, 1).bind(&state),
        Err(vec![LoginMethodRefusal::EmailRegistered])
    );
}

#[test]
fn con_15_a_login_email_needs_a_password() {
    let means = with_phone();
    let methods = [method(LoginMethodKind::Wechat, MethodOrigin::Registration)];
    let mut state = state(&methods, &means);
    state.has_password = false;
    assert_eq!(
        wished(LoginMethodKind::Email, 0).bind(&state),
        Err(vec![LoginMethodRefusal::PasswordMissing])
    );
    assert!(wished(LoginMethodKind::Qq, 0).bind(&state).is_ok());
}

#[test]
fn lgm_5_an_account_has_at_most_one_identity_of_each_kind() {
    let means = with_phone();
    let methods = [method(LoginMethodKind::Qq, MethodOrigin::Registration)];
    let state = state(&methods, &means);
    assert_eq!(
        wished(LoginMethodKind::Qq, 0).bind(&state),
        Err(vec![LoginMethodRefusal::KindBound {
            kind: LoginMethodKind::Qq
        }])
    );
    let same = Wished {
        proved: ProvedIdentity::seen(identity(LoginMethodKind::Qq, "mine")),
        ..wished(LoginMethodKind::Qq, 0)
    };
    assert_eq!(
        same.bind(&state),
        Err(vec![LoginMethodRefusal::SameIdentity])
    );
    assert_eq!(
        same.replace(&state),
        Err(vec![LoginMethodRefusal::SameIdentity])
    );
}

#[test]
fn lgm_6_a_sub_user_is_not_linked_to_an_identity() {
    let means = with_phone();
    let mut state = state(&[], &means);
    state.owner = OwnerKind::SubUser;
    assert_eq!(
        wished(LoginMethodKind::Wechat, 0).bind(&state),
        Err(vec![LoginMethodRefusal::NotARootAccount])
    );
}

#[test]
fn lgm_7_wecom_is_bound_only_by_an_administrator() {
    let means = with_phone();
    let methods = [method(LoginMethodKind::Email, MethodOrigin::Registration)];
    let member = Wished {
        is_wecom_administrator: false,
        ..wished(LoginMethodKind::Wecom, 0)
    };
    assert_eq!(
        member.bind(&state(&methods, &means)),
        Err(vec![LoginMethodRefusal::NotWecomAdministrator])
    );
    let administrator = wished(LoginMethodKind::Wecom, 0);
    assert!(administrator.bind(&state(&methods, &means)).is_ok());
    let qq = Wished {
        is_wecom_administrator: false,
        ..wished(LoginMethodKind::Qq, 0)
    };
    assert!(qq.bind(&state(&methods, &means)).is_ok());
}

#[test]
fn lgm_8_wechat_goes_on_confirming_after_the_login_is_unbound() {
    let confirming = Means {
        wechat: Some(NOW),
        ..with_phone()
    };
    let not_confirming = with_phone();
    let two = [
        method(LoginMethodKind::Wechat, MethodOrigin::Added),
        method(LoginMethodKind::Qq, MethodOrigin::Added),
    ];
    let wechat = LoginMethodKind::Wechat;
    let gone = unbind(&state(&two, &confirming), wechat).unwrap();
    assert!(gone.wechat_still_confirms);
    let gone = unbind(&state(&two, &not_confirming), wechat).unwrap();
    assert!(!gone.wechat_still_confirms);
    let gone = unbind(&state(&two, &confirming), LoginMethodKind::Qq).unwrap();
    assert!(!gone.wechat_still_confirms, "QQ never did");
}

#[test]
fn mfa_6_binding_the_wechat_login_lets_it_confirm_when_nothing_else_did() {
    let methods = [method(LoginMethodKind::Email, MethodOrigin::Registration)];
    let phone = with_phone();
    let bound = wished(LoginMethodKind::Wechat, 0).bind(&state(&methods, &phone));
    assert!(bound.unwrap().confirms_from_now_on);
    let confirming = Means {
        wechat: Some(NOW),
        ..with_phone()
    };
    let bound = wished(LoginMethodKind::Wechat, 0).bind(&state(&methods, &confirming));
    assert!(!bound.unwrap().confirms_from_now_on);
}

#[test]
fn reg_5_an_unbound_registration_method_can_be_bound_again() {
    let means = with_phone();
    let two = [
        method(LoginMethodKind::Qq, MethodOrigin::Registration),
        method(LoginMethodKind::Email, MethodOrigin::Added),
    ];
    let gone = unbind(&state(&two, &means), LoginMethodKind::Qq).unwrap();
    let again = Wished {
        proved: ProvedIdentity::seen(gone.method.identity.clone()),
        ..wished(LoginMethodKind::Qq, 0)
    };
    let bound = again.bind(&state(&two[1..], &means)).unwrap();
    assert_eq!(bound.method.identity, gone.method.identity);
}

#[test]
fn lgm_9_binding_and_unbinding_are_changes_that_are_notified() {
    let means = with_phone();
    let two = [
        method(LoginMethodKind::Qq, MethodOrigin::Added),
        method(LoginMethodKind::Email, MethodOrigin::Added),
    ];
    let state = state(&two, &means);
    let bound = wished(LoginMethodKind::Wechat, 0).bind(&state).unwrap();
    assert_eq!(bound.change, SecurityChange::LoginMethodBound);
    let gone = unbind(&state, LoginMethodKind::Qq).unwrap();
    assert_eq!(gone.change, SecurityChange::LoginMethodRemoved);
}

proptest! {
    #[test]
    fn lgm_1_no_sequence_of_commands_takes_the_last_method(
        commands in proptest::collection::vec((0..3_u8, 0..5_usize), 1..40),
    ) {
        let means = with_phone();
        let mut methods = vec![method(LoginMethodKind::Email, MethodOrigin::Registration)];
        for (number, (command, kind)) in commands.into_iter().enumerate() {
            let kind = LoginMethodKind::ALL[kind];
            let wish = Wished {
                proved: ProvedIdentity::seen(identity(kind, &number.to_string())),
                ..wished(kind, 0)
            };
            let state = state(&methods, &means);
            match command {
                0 => if let Ok(bound) = wish.bind(&state) {
                    methods.push(bound.method);
                },
                1 => if let Ok(gone) = unbind(&state, kind) {
                    methods.retain(|method| *method != gone.method);
                },
                _ => if let Ok(replaced) = wish.replace(&state) {
                    methods.retain(|method| *method != replaced.old);
                    methods.push(replaced.new);
                },
            }
            prop_assert!(!methods.is_empty());
            for kind in LoginMethodKind::ALL {
                let of_kind = methods.iter().filter(|method| method.identity.kind() == kind);
                prop_assert!(of_kind.count() <= 1);
            }
        }
    }
}
