//! Unbinding login methods: the last one never goes (LGM-1, LGM-2). Must not know the providers.

use serde::{Deserialize, Serialize};

use super::{
    LoginIdentity, LoginMethod, LoginMethodKind, LoginMethodRefusal, LoginState, MethodOrigin,
};
use crate::protection::{Factor, ProtectionKind, RecentCheck, SecurityChange};
use crate::refusal::Refused;

/// A login method was unbound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodUnbound {
    /// The method that went.
    pub method: LoginMethod,
    /// WeChat still confirms sign-ins and operations; the page says so (LGM-8, MFA-6).
    pub wechat_still_confirms: bool,
    /// What happened, with its consequences for sessions and notices (LGM-9).
    pub change: SecurityChange,
}

/// One condition for unbinding a login method, with its state (LGM-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnbindCondition {
    /// What is asked.
    pub condition: UnbindConditionKind,
    /// Whether it is so.
    pub is_met: bool,
}

/// What is asked before a login method is unbound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnbindConditionKind {
    /// Two or more login methods are bound; asked of every method (LGM-1).
    TwoMethods,
    /// A security phone is bound; asked of the registration method (LGM-2).
    SecurityPhone,
    /// No protection asks for it; asked of the registration method (LGM-2).
    NotChosenFactor,
}

/// The protections that ask for exactly this method's identity.
fn chosen_by(state: &LoginState<'_>, method: &LoginMethod) -> Vec<ProtectionKind> {
    let factor = match method.identity.kind() {
        LoginMethodKind::Wechat => Factor::WechatScan,
        LoginMethodKind::Email
            if state.security_email.map(LoginIdentity::email).as_ref()
                == Some(&method.identity) =>
        {
            Factor::EmailCode
        }
        LoginMethodKind::Email
        | LoginMethodKind::Qq
        | LoginMethodKind::OfficialAccount
        | LoginMethodKind::Wecom => return Vec::new(),
    };
    state.protections.asking_for(factor).collect()
}

/// What stands against letting the registration method go, be it unbound or replaced (LGM-2).
pub(super) fn may_let_go(state: &LoginState<'_>, method: &LoginMethod) -> Vec<LoginMethodRefusal> {
    let mut failing = Vec::new();
    match method.origin {
        MethodOrigin::Added => {}
        MethodOrigin::Registration => {
            if state.means.security_phone.is_none() {
                failing.push(LoginMethodRefusal::SecurityPhoneMissing);
            }
            failing.extend(
                chosen_by(state, method)
                    .into_iter()
                    .map(|protection| LoginMethodRefusal::ChosenFactor { protection }),
            );
        }
    }
    failing
}

/// The conditions for unbinding the method of this kind, each with its state, so that the page
/// lists all of them (LGM-2). Empty when no such method is bound.
#[must_use]
pub fn unbind_conditions(state: &LoginState<'_>, kind: LoginMethodKind) -> Vec<UnbindCondition> {
    let Some(method) = state.of_kind(kind) else {
        return Vec::new();
    };
    let two = (UnbindConditionKind::TwoMethods, state.methods.len() >= 2);
    let more = match method.origin {
        MethodOrigin::Added => vec![],
        MethodOrigin::Registration => vec![
            (
                UnbindConditionKind::SecurityPhone,
                state.means.security_phone.is_some(),
            ),
            (
                UnbindConditionKind::NotChosenFactor,
                chosen_by(state, method).is_empty(),
            ),
        ],
    };
    [two]
        .into_iter()
        .chain(more)
        .map(|(condition, is_met)| UnbindCondition { condition, is_met })
        .collect()
}

/// What stands against unbinding the method of this kind (LGM-1, LGM-2).
#[must_use]
pub fn may_unbind_method(state: &LoginState<'_>, kind: LoginMethodKind) -> Vec<LoginMethodRefusal> {
    let Some(method) = state.of_kind(kind) else {
        return vec![LoginMethodRefusal::NotBound { kind }];
    };
    let mut failing = Vec::new();
    if state.methods.len() < 2 {
        failing.push(LoginMethodRefusal::LastMethod { kind });
    }
    failing.extend(may_let_go(state, method));
    failing
}

/// Unbinds the login method of this kind; the last one stays, whoever asks (LGM-1, LGM-2).
///
/// WeChat goes on confirming until that is unbound itself (LGM-8, MFA-6).
///
/// # Errors
/// All that [`may_unbind_method`] lists.
pub fn unbind_method(
    _check: &RecentCheck,
    state: &LoginState<'_>,
    kind: LoginMethodKind,
) -> Result<MethodUnbound, Refused<LoginMethodRefusal>> {
    Refused::unless_none(may_unbind_method(state, kind))?;
    let method = state
        .of_kind(kind)
        .ok_or(LoginMethodRefusal::NotBound { kind })?;
    Ok(MethodUnbound {
        method: method.clone(),
        wechat_still_confirms: kind == LoginMethodKind::Wechat && state.means.wechat.is_some(),
        change: SecurityChange::LoginMethodRemoved,
    })
}
