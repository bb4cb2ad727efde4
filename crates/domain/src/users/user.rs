//! Making users, changing their rights, resetting their passwords (USR-1, USR-2, USR-6). Must not
//! know how a sub-user signs in.

use serde::{Deserialize, Serialize};

use super::{Actor, Right, Rights, UserPolicy, UserRefusal};
use crate::account::{FreezeReason, FrozenAction, may_act_unfrozen};
use crate::identity::SubUserName;
use crate::refusal::Refused;
use crate::sign_in::PasswordResetter;
use crate::time::Timestamp;

/// The kinds of user that a root account can have (USR-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UserKind {
    /// Sub-user 子用户: made by the root account, under it.
    SubUser,
    /// Collaborator 协作者: another person's root account with partial rights here.
    Collaborator,
    /// Message recipient 消息接收人: a contact that only receives messages.
    MessageRecipient,
}

/// What decides whether a user can be added; counted under lock (USR-2).
#[derive(Clone, Copy, Debug)]
pub struct UsersOfAccount<'a> {
    /// Sub-users and collaborators together.
    pub members: u32,
    /// Why the account is frozen, if it is.
    pub frozen: &'a [FreezeReason],
}

/// The sub-user that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubUserWish {
    /// The name with which it signs in (SGN-14).
    pub name: SubUserName,
    /// Whether another user of the account has the same compare key; looked up under lock.
    pub name_taken: bool,
    /// What it may do.
    pub rights: Rights,
}

/// A sub-user was made; it inherits the verification of its root (VER-8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubUserCreated {
    /// The name with which it signs in.
    pub name: SubUserName,
    /// What it may do.
    pub rights: Rights,
    /// When.
    pub at: Timestamp,
}

/// A message recipient was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecipientCreated {
    /// When.
    pub at: Timestamp,
}

/// A user of the account as its rights and its password depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserStanding {
    /// Its kind.
    pub kind: UserKind,
    /// What it may do.
    pub rights: Rights,
    /// Whether it is the actor.
    pub is_self: bool,
}

fn frozen(users: &UsersOfAccount<'_>) -> impl Iterator<Item = UserRefusal> {
    may_act_unfrozen(users.frozen, FrozenAction::CreateUser)
        .into_iter()
        .map(UserRefusal::from)
}

/// All reasons why the account cannot get one more sub-user or collaborator (USR-2, ACC-6).
pub(super) fn may_add_member(users: &UsersOfAccount<'_>, policy: &UserPolicy) -> Vec<UserRefusal> {
    let mut failing: Vec<_> = frozen(users).collect();
    if users.members >= policy.members_per_account {
        failing.push(UserRefusal::TooMany {
            most: policy.members_per_account,
        });
    }
    failing
}

/// All reasons why `actor` cannot make this sub-user (USR-1, USR-2, USR-3, ACC-6).
#[must_use]
pub fn may_create_sub_user(
    actor: &Actor,
    users: &UsersOfAccount<'_>,
    wish: &SubUserWish,
    policy: &UserPolicy,
) -> Vec<UserRefusal> {
    let mut failing = Vec::new();
    failing.extend(actor.may(Right::ManageUsers));
    failing.extend(actor.may_give(wish.rights, UserKind::SubUser));
    failing.extend(may_add_member(users, policy));
    if wish.name_taken {
        failing.push(UserRefusal::NameTaken);
    }
    failing
}

/// Makes a sub-user (USR-1, USR-2).
///
/// # Errors
/// Everything that [`may_create_sub_user`] lists.
pub fn create_sub_user(
    actor: &Actor,
    users: &UsersOfAccount<'_>,
    wish: SubUserWish,
    policy: &UserPolicy,
    now: Timestamp,
) -> Result<SubUserCreated, Refused<UserRefusal>> {
    Refused::unless_none(may_create_sub_user(actor, users, &wish, policy))?;
    Ok(SubUserCreated {
        name: wish.name,
        rights: wish.rights,
        at: now,
    })
}

/// All reasons why `actor` cannot make a message recipient (USR-1, ACC-6); how many there are does
/// not count (USR-2).
#[must_use]
pub fn may_create_recipient(actor: &Actor, users: &UsersOfAccount<'_>) -> Vec<UserRefusal> {
    let mut failing = Vec::new();
    failing.extend(actor.may(Right::ManageRecipients));
    failing.extend(frozen(users));
    failing
}

/// Makes a message recipient (USR-1).
///
/// # Errors
/// Everything that [`may_create_recipient`] lists.
pub fn create_recipient(
    actor: &Actor,
    users: &UsersOfAccount<'_>,
    now: Timestamp,
) -> Result<RecipientCreated, Refused<UserRefusal>> {
    Refused::unless_none(may_create_recipient(actor, users))?;
    Ok(RecipientCreated { at: now })
}

/// Refuses to touch oneself, and, to everybody but the owner, to touch another administrator: nobody
/// climbs by taking over a stronger user, or by strengthening oneself.
pub(super) fn may_touch(actor: &Actor, user: &UserStanding) -> Vec<UserRefusal> {
    let mut failing = Vec::new();
    if user.is_self {
        failing.push(UserRefusal::Oneself);
    }
    if actor.may_as_owner().is_some() && !user.is_self && user.rights.make_administrator() {
        failing.push(UserRefusal::Administrator);
    }
    failing
}

/// The right that manages users of this kind; none when only the owner does (USR-3).
pub(super) const fn managing_right(kind: UserKind) -> Option<Right> {
    match kind {
        UserKind::SubUser => Some(Right::ManageUsers),
        UserKind::MessageRecipient => Some(Right::ManageRecipients),
        UserKind::Collaborator => None,
    }
}

pub(super) fn may_manage(actor: &Actor, kind: UserKind) -> Option<UserRefusal> {
    match managing_right(kind) {
        Some(right) => actor.may(right),
        None => actor.may_as_owner(),
    }
}

/// All reasons why `actor` cannot give a user exactly these rights (USR-3).
#[must_use]
pub fn may_change_rights(actor: &Actor, user: &UserStanding, rights: Rights) -> Vec<UserRefusal> {
    let mut failing = Vec::new();
    failing.extend(may_manage(actor, user.kind));
    failing.extend(may_touch(actor, user));
    failing.extend(actor.may_give(rights, user.kind));
    failing
}

/// Gives a user exactly these rights (USR-3).
///
/// # Errors
/// Everything that [`may_change_rights`] lists.
pub fn change_rights(
    actor: &Actor,
    user: &UserStanding,
    rights: Rights,
) -> Result<Rights, Refused<UserRefusal>> {
    Refused::unless_none(may_change_rights(actor, user, rights))?;
    Ok(rights)
}

/// All reasons why `actor` is not one who may reset this user's password (USR-6, SGN-8): the owner,
/// or an administrator that the owner allowed, who cannot reset another administrator's.
#[must_use]
pub fn may_reset_user_password(actor: &Actor, user: &UserStanding) -> Vec<UserRefusal> {
    let mut failing = Vec::new();
    failing.extend(actor.may(Right::ResetPasswords));
    match user.kind {
        UserKind::SubUser => {}
        UserKind::Collaborator | UserKind::MessageRecipient => {
            failing.push(UserRefusal::NoPassword { kind: user.kind });
        }
    }
    failing.extend(may_touch(actor, user));
    failing
}

/// Who `actor` is to sign-in's own decision about the user's new password (USR-6, SGN-8).
#[must_use]
pub fn password_resetter(actor: &Actor, user: &UserStanding) -> PasswordResetter {
    match actor {
        Actor::Root if user.kind == UserKind::SubUser => PasswordResetter::Root,
        Actor::SubUser(_) | Actor::Collaborator(_)
            if may_reset_user_password(actor, user).is_empty() =>
        {
            PasswordResetter::AllowedAdministrator
        }
        Actor::Root | Actor::SubUser(_) | Actor::Collaborator(_) => PasswordResetter::OtherUser,
    }
}
