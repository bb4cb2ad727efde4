//! Writing down that a login method was bound, replaced or unbound, with all that follows (LGM-9, MFA-6,
//! PRT-6). The rules have decided; must not know how the identity was proved.

use domain::login_methods::{
    LoginMethod, LoginMethodKind, LoginMethodRefusal, LoginState, MethodBound, MethodReplaced,
    MethodUnbound, may_begin_binding, may_begin_replacing,
};
use domain::protection::{SecurityChange, SensitiveOperation};
use domain::sign_in::SessionId;
use domain::time::Timestamp;

use super::consequences::{self, Followed, Happened};
use crate::error::ApiError;
use crate::state::App;
use crate::store::login_methods::NewMethod;
use crate::store::security::Security;
use crate::store::{Tx, login_methods};

/// The account whose login methods change, and the session in which they do.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    /// The account as it was loaded, under its lock.
    pub security: &'a Security,
    /// The session.
    pub session: &'a SessionId,
}

/// What is kept of an identity for display and for sending.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The address as typed, else the identity's key.
    pub spelt: &'a str,
    /// What the provider calls the person.
    pub name: Option<&'a str>,
}

/// The operation that binding, replacing or unbinding this kind is (PRT-2, LGM-9).
#[must_use]
pub const fn operation(kind: LoginMethodKind) -> SensitiveOperation {
    match kind {
        LoginMethodKind::Wechat => SensitiveOperation::ChangeWechat,
        LoginMethodKind::Email
        | LoginMethodKind::Qq
        | LoginMethodKind::OfficialAccount
        | LoginMethodKind::Wecom => SensitiveOperation::ChangeLoginMethods,
    }
}

/// What stands against binding a method of this kind, or another one in its place, before it is known
/// which (LGM-2, LGM-3, LGM-5).
#[must_use]
pub fn may_begin(state: &LoginState<'_>, kind: LoginMethodKind) -> Vec<LoginMethodRefusal> {
    match state.of_kind(kind) {
        Some(_) => may_begin_replacing(state, kind),
        None => may_begin_binding(state, kind),
    }
}

/// Writes down that a method was bound; WeChat confirms from now on where the rules say so (MFA-6).
///
/// # Errors
/// When the database fails, or somebody was faster.
pub async fn bound(
    app: &App,
    tx: &mut Tx,
    of: Of<'_>,
    (bound, shown): (&MethodBound, Shown<'_>),
    now: Timestamp,
) -> Result<Followed, ApiError> {
    let id = of.security.account_id;
    insert(tx, of, &bound.method, shown).await?;
    if bound.confirms_from_now_on {
        let identity = &bound.method.identity;
        login_methods::update_confirmation(tx, id, identity, shown.name, now).await?;
    }
    follow(app, tx, of, bound.change, now).await
}

/// Writes down that a method took another one's place. What confirms stays what it was (MFA-6).
///
/// # Errors
/// When the database fails, or somebody was faster.
pub async fn replaced(
    app: &App,
    tx: &mut Tx,
    of: Of<'_>,
    (replaced, shown): (&MethodReplaced, Shown<'_>),
    now: Timestamp,
) -> Result<Followed, ApiError> {
    let id = of.security.account_id;
    login_methods::delete(tx, id, replaced.old.identity.kind()).await?;
    insert(tx, of, &replaced.new, shown).await?;
    follow(app, tx, of, replaced.change, now).await
}

/// Writes down that a method was unbound. WeChat goes on confirming (LGM-8, MFA-6).
///
/// # Errors
/// When the database fails.
pub async fn unbound(
    app: &App,
    tx: &mut Tx,
    of: Of<'_>,
    unbound: &MethodUnbound,
    now: Timestamp,
) -> Result<Followed, ApiError> {
    let id = of.security.account_id;
    login_methods::delete(tx, id, unbound.method.identity.kind()).await?;
    follow(app, tx, of, unbound.change, now).await
}

async fn insert(
    tx: &mut Tx,
    of: Of<'_>,
    method: &LoginMethod,
    shown: Shown<'_>,
) -> Result<(), ApiError> {
    let new = NewMethod {
        method,
        spelt: shown.spelt,
        name: shown.name,
    };
    if login_methods::insert(tx, of.security.account_id, &new).await? {
        Ok(())
    } else {
        Err(ApiError::ChangedElsewhere)
    }
}

async fn follow(
    app: &App,
    tx: &mut Tx,
    of: Of<'_>,
    change: SecurityChange,
    now: Timestamp,
) -> Result<Followed, ApiError> {
    let happened = Happened {
        before: of.security,
        after: &of.security.contacts,
        change,
        session: Some(of.session),
    };
    consequences::follow(app, tx, happened, now).await
}
