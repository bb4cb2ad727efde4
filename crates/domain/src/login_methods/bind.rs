//! Binding and replacing login methods (LGM-3, LGM-5, LGM-7). Must not know the providers.

use serde::{Deserialize, Serialize};

use super::unbind::may_let_go;
use super::{
    LoginIdentity, LoginMethod, LoginMethodKind, LoginMethodPolicy, LoginMethodRefusal,
    MethodOrigin, ProvedIdentity,
};
use crate::identity::Email;
use crate::protection::{Means, Protections, RecentCheck, SecurityChange};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// Who owns the login methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OwnerKind {
    /// A root account.
    Root,
    /// A sub-user, which signs in with its root's id, its name and its password (SGN-14).
    SubUser,
}

/// The account as its login methods see it.
#[derive(Clone, Copy, Debug)]
pub struct LoginState<'a> {
    /// Root account or sub-user.
    pub owner: OwnerKind,
    /// The login methods that are bound, loaded under lock (LGM-1).
    pub methods: &'a [LoginMethod],
    /// What the account can prove itself with.
    pub means: &'a Means,
    /// What its protections ask for.
    pub protections: Protections,
    /// The security e-mail, which may be the login e-mail as well.
    pub security_email: Option<&'a Email>,
    /// Whether a password is set.
    pub has_password: bool,
}

/// The identity that is to be bound.
#[derive(Clone, Copy, Debug)]
pub struct MethodWish<'a> {
    /// The identity, whose holder was just seen.
    pub proved: &'a ProvedIdentity,
    /// Who else has it.
    pub used: IdentityUse,
    /// For WeCom: whether its holder administers the organisation (LGM-7).
    pub is_wecom_administrator: bool,
}

/// How many *other* accounts an identity signs in to, counted under lock (LGM-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdentityUse {
    /// The number of other accounts.
    pub other_accounts: u32,
}

/// A login method was bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodBound {
    /// The new method.
    pub method: LoginMethod,
    /// WeChat was bound and confirms from now on too, since nothing else did (MFA-6).
    pub confirms_from_now_on: bool,
    /// What happened, with its consequences for sessions and notices (LGM-9).
    pub change: SecurityChange,
}

/// A login method took another one's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodReplaced {
    /// The method that went.
    pub old: LoginMethod,
    /// The method from now on.
    pub new: LoginMethod,
    /// What happened, with its consequences for sessions and notices (LGM-9).
    pub change: SecurityChange,
}

impl LoginState<'_> {
    /// The account's method of this kind; there is at most one (LGM-5).
    #[must_use]
    pub fn of_kind(&self, kind: LoginMethodKind) -> Option<&LoginMethod> {
        self.methods
            .iter()
            .find(|method| method.identity.kind() == kind)
    }
}

/// What stands against taking an identity of this kind in, whoever's it is.
fn may_take_kind(state: &LoginState<'_>, kind: LoginMethodKind) -> Vec<LoginMethodRefusal> {
    let mut failing = Vec::new();
    if state.owner == OwnerKind::SubUser {
        failing.push(LoginMethodRefusal::NotARootAccount);
    }
    if kind == LoginMethodKind::Email && !state.has_password {
        failing.push(LoginMethodRefusal::PasswordMissing);
    }
    failing
}

/// What stands against taking this identity in, whether bound or in another one's place.
fn may_take(
    state: &LoginState<'_>,
    wish: &MethodWish<'_>,
    policy: &LoginMethodPolicy,
) -> Vec<LoginMethodRefusal> {
    let kind = wish.proved.identity().kind();
    let mut failing = may_take_kind(state, kind);
    let others = wish.used.other_accounts;
    match kind {
        LoginMethodKind::Wechat if others >= policy.accounts_per_wechat => {
            failing.push(LoginMethodRefusal::TooManyAccounts {
                most: policy.accounts_per_wechat,
            });
        }
        LoginMethodKind::Email if others > 0 => failing.push(LoginMethodRefusal::EmailRegistered),
        LoginMethodKind::Qq | LoginMethodKind::OfficialAccount | LoginMethodKind::Wecom
            if others > 0 =>
        {
            failing.push(LoginMethodRefusal::IdentityTaken { kind });
        }
        LoginMethodKind::Wechat
        | LoginMethodKind::Email
        | LoginMethodKind::Qq
        | LoginMethodKind::OfficialAccount
        | LoginMethodKind::Wecom => {}
    }
    if kind == LoginMethodKind::Wecom && !wish.is_wecom_administrator {
        failing.push(LoginMethodRefusal::NotWecomAdministrator);
    }
    failing
}

/// What stands against binding a method of this kind before anybody knows which identity it will be,
/// so that the page says so before the holder goes to prove one (API-2, LGM-5, LGM-6, CON-15).
#[must_use]
pub fn may_begin_binding(state: &LoginState<'_>, kind: LoginMethodKind) -> Vec<LoginMethodRefusal> {
    let bound = state.of_kind(kind);
    let mut failing: Vec<_> = bound
        .map(|_| LoginMethodRefusal::KindBound { kind })
        .into_iter()
        .collect();
    failing.extend(may_take_kind(state, kind));
    failing
}

/// What stands against replacing the method of this kind before anybody knows by which identity
/// (API-2, LGM-2, LGM-3, CON-15).
#[must_use]
pub fn may_begin_replacing(
    state: &LoginState<'_>,
    kind: LoginMethodKind,
) -> Vec<LoginMethodRefusal> {
    let mut failing = Vec::new();
    match state.of_kind(kind) {
        None => failing.push(LoginMethodRefusal::NotBound { kind }),
        Some(old) => failing.extend(may_part_with(state, old)),
    }
    failing.extend(may_take_kind(state, kind));
    failing
}

/// What stands against letting this method go for another one of its kind (LGM-2, LGM-3).
fn may_part_with(state: &LoginState<'_>, old: &LoginMethod) -> Vec<LoginMethodRefusal> {
    let mut failing = Vec::new();
    if old.identity.kind() == LoginMethodKind::Email && state.methods.len() < 2 {
        failing.push(LoginMethodRefusal::EmailIsOnlyMethod);
    }
    failing.extend(may_let_go(state, old));
    failing
}

/// What stands against binding a login method (LGM-5, LGM-6, LGM-7, CON-14, CON-15).
#[must_use]
pub fn may_bind_method(
    state: &LoginState<'_>,
    wish: &MethodWish<'_>,
    policy: &LoginMethodPolicy,
) -> Vec<LoginMethodRefusal> {
    let mut failing = Vec::new();
    let identity = wish.proved.identity();
    match state.of_kind(identity.kind()) {
        Some(bound) if bound.identity == *identity => {
            failing.push(LoginMethodRefusal::SameIdentity);
        }
        Some(_) => failing.push(LoginMethodRefusal::KindBound {
            kind: identity.kind(),
        }),
        None => {}
    }
    failing.extend(may_take(state, wish, policy));
    failing
}

/// Binds a login method; one that was unbound before, the registration method too, can come back
/// (REG-5). A bound e-mail makes sign-in by e-mail possible (CON-15).
///
/// # Errors
/// All that [`may_bind_method`] lists.
pub fn bind_method(
    _check: &RecentCheck,
    state: &LoginState<'_>,
    wish: &MethodWish<'_>,
    policy: &LoginMethodPolicy,
    now: Timestamp,
) -> Result<MethodBound, Refused<LoginMethodRefusal>> {
    Refused::unless_none(may_bind_method(state, wish, policy))?;
    let identity = wish.proved.identity();
    Ok(MethodBound {
        confirms_from_now_on: identity.kind() == LoginMethodKind::Wechat
            && state.means.wechat.is_none(),
        method: added(identity, now),
        change: SecurityChange::LoginMethodBound,
    })
}

/// What stands against replacing the method of the identity's kind (LGM-2, LGM-3, LGM-5).
///
/// The registration method has the conditions of unbinding it, except that there need not be
/// another one, since the new one is proved first; only e-mail needs one even so.
#[must_use]
pub fn may_replace_method(
    state: &LoginState<'_>,
    wish: &MethodWish<'_>,
    policy: &LoginMethodPolicy,
) -> Vec<LoginMethodRefusal> {
    let identity = wish.proved.identity();
    let kind = identity.kind();
    let mut failing = Vec::new();
    match state.of_kind(kind) {
        None => failing.push(LoginMethodRefusal::NotBound { kind }),
        Some(old) => {
            if old.identity == *identity {
                failing.push(LoginMethodRefusal::SameIdentity);
            }
            failing.extend(may_part_with(state, old));
        }
    }
    failing.extend(may_take(state, wish, policy));
    failing
}

/// Replaces the method of the identity's kind in one step (LGM-2, LGM-3).
///
/// # Errors
/// All that [`may_replace_method`] lists.
pub fn replace_method(
    _check: &RecentCheck,
    state: &LoginState<'_>,
    wish: &MethodWish<'_>,
    policy: &LoginMethodPolicy,
    now: Timestamp,
) -> Result<MethodReplaced, Refused<LoginMethodRefusal>> {
    Refused::unless_none(may_replace_method(state, wish, policy))?;
    let identity = wish.proved.identity();
    let kind = identity.kind();
    let old = state
        .of_kind(kind)
        .ok_or(LoginMethodRefusal::NotBound { kind })?;
    Ok(MethodReplaced {
        old: old.clone(),
        new: added(identity, now),
        change: SecurityChange::LoginMethodRemoved,
    })
}

fn added(identity: &LoginIdentity, now: Timestamp) -> LoginMethod {
    LoginMethod {
        identity: identity.clone(),
        origin: MethodOrigin::Added,
        bound_at: now,
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
