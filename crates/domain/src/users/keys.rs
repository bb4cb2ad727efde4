//! API keys (访问密钥): how many, which states, and when a signed request counts (USR-7). Must not
//! know how a signature is computed.

use serde::{Deserialize, Serialize};

use super::user::may_touch;
use super::{Actor, Right, UserKind, UserPolicy, UserRefusal, UserStanding};
use crate::account::{AccountStanding, FreezeReason, FrozenAction, Lock, may_act_unfrozen};
use crate::protection::RecentCheck;
use crate::refusal::Refused;
use crate::time::Timestamp;

/// Whether a key works (USR-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// It works.
    Enabled,
    /// It does not, until it is enabled again.
    Disabled,
}

/// Whose key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOwner {
    /// The root account itself.
    Root,
    /// A user of the account.
    User(UserStanding),
}

/// What decides whether a user can get a key; counted under lock (USR-7).
#[derive(Clone, Copy, Debug)]
pub struct KeysOfUser<'a> {
    /// Its keys, disabled ones included.
    pub count: u32,
    /// Why the account is frozen, if it is.
    pub frozen: &'a [FreezeReason],
}

/// A key was made; its secret is shown this once and never again (USR-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyCreated {
    /// Its state.
    pub state: KeyState,
    /// When.
    pub at: Timestamp,
}

/// A key was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyDeleted {
    /// When.
    pub at: Timestamp,
}

/// A request that came with a signature, as it was checked at the edge (USR-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedRequest {
    /// The state of the key it names; nothing when there is no such key.
    pub key: Option<KeyState>,
    /// Whether the signature belongs to request and key.
    pub matches: bool,
    /// The moment that the request names, which the signature covers.
    pub signed_at: Timestamp,
    /// Whether the account still exists.
    pub standing: AccountStanding,
    /// Whether the account is locked.
    pub lock: Lock,
}

/// Refuses whom the keys of `owner` do not concern: one's own need a right, those of others another,
/// and the root's are the owner's.
fn may_manage_keys(actor: &Actor, owner: &KeyOwner) -> Vec<UserRefusal> {
    let mut failing = Vec::new();
    match owner {
        KeyOwner::Root => failing.extend(actor.may_as_owner()),
        KeyOwner::User(user) => {
            if user.is_self {
                failing.extend(actor.may(Right::ManageOwnKeys));
            } else {
                failing.extend(actor.may(Right::ManageKeys));
                failing.extend(may_touch(actor, user));
            }
            if user.kind == UserKind::MessageRecipient {
                failing.push(UserRefusal::NoKeys);
            }
        }
    }
    failing
}

/// All reasons why `actor` cannot make a key for `owner` (USR-7, ACC-6).
#[must_use]
pub fn may_create_key(
    actor: &Actor,
    owner: &KeyOwner,
    keys: &KeysOfUser<'_>,
    policy: &UserPolicy,
) -> Vec<UserRefusal> {
    let mut failing = may_manage_keys(actor, owner);
    failing.extend(
        may_act_unfrozen(keys.frozen, FrozenAction::CreateKey)
            .into_iter()
            .map(UserRefusal::from),
    );
    if keys.count >= policy.keys_per_user {
        failing.push(UserRefusal::TooManyKeys {
            most: policy.keys_per_user,
        });
    }
    failing
}

/// Makes a key (USR-7).
///
/// # Errors
/// Everything that [`may_create_key`] lists.
pub fn create_key(
    _check: &RecentCheck,
    actor: &Actor,
    owner: &KeyOwner,
    keys: &KeysOfUser<'_>,
    policy: &UserPolicy,
    now: Timestamp,
) -> Result<KeyCreated, Refused<UserRefusal>> {
    Refused::unless_none(may_create_key(actor, owner, keys, policy))?;
    Ok(KeyCreated {
        state: KeyState::Enabled,
        at: now,
    })
}

/// All reasons why `actor` cannot disable this key (USR-7).
#[must_use]
pub fn may_disable_key(actor: &Actor, owner: &KeyOwner, state: KeyState) -> Vec<UserRefusal> {
    let mut failing = may_manage_keys(actor, owner);
    match state {
        KeyState::Enabled => {}
        KeyState::Disabled => failing.push(UserRefusal::KeyDisabled),
    }
    failing
}

/// Disables a key at once; no proof is asked for, since a disabled key hurts a thief more (USR-7).
///
/// # Errors
/// Everything that [`may_disable_key`] lists.
pub fn disable_key(
    actor: &Actor,
    owner: &KeyOwner,
    state: KeyState,
) -> Result<KeyState, Refused<UserRefusal>> {
    Refused::unless_none(may_disable_key(actor, owner, state))?;
    Ok(KeyState::Disabled)
}

/// All reasons why `actor` cannot enable this key (USR-7).
#[must_use]
pub fn may_enable_key(actor: &Actor, owner: &KeyOwner, state: KeyState) -> Vec<UserRefusal> {
    let mut failing = may_manage_keys(actor, owner);
    match state {
        KeyState::Disabled => {}
        KeyState::Enabled => failing.push(UserRefusal::KeyEnabled),
    }
    failing
}

/// Enables a disabled key again (USR-7).
///
/// # Errors
/// Everything that [`may_enable_key`] lists.
pub fn enable_key(
    _check: &RecentCheck,
    actor: &Actor,
    owner: &KeyOwner,
    state: KeyState,
) -> Result<KeyState, Refused<UserRefusal>> {
    Refused::unless_none(may_enable_key(actor, owner, state))?;
    Ok(KeyState::Enabled)
}

/// All reasons why `actor` cannot delete this key: only a disabled one is deleted, so that nothing
/// that still uses it breaks for good (USR-7).
#[must_use]
pub fn may_delete_key(actor: &Actor, owner: &KeyOwner, state: KeyState) -> Vec<UserRefusal> {
    may_enable_key(actor, owner, state)
}

/// Deletes a disabled key (USR-7).
///
/// # Errors
/// Everything that [`may_delete_key`] lists.
pub fn delete_key(
    _check: &RecentCheck,
    actor: &Actor,
    owner: &KeyOwner,
    state: KeyState,
    now: Timestamp,
) -> Result<KeyDeleted, Refused<UserRefusal>> {
    Refused::unless_none(may_delete_key(actor, owner, state))?;
    Ok(KeyDeleted { at: now })
}

/// All reasons why a signed request does not count (USR-7, DRG-6, ACC-14).
///
/// Whether a key exists, is disabled, or belongs to a locked account is told only to who has its
/// secret.
#[must_use]
pub fn may_use_key(
    request: &SignedRequest,
    policy: &UserPolicy,
    now: Timestamp,
) -> Vec<UserRefusal> {
    let Some(state) = request.key.filter(|_| request.matches) else {
        return vec![UserRefusal::SignatureWrong];
    };
    let mut failing = Vec::new();
    failing.extend(request.standing.refusal().map(UserRefusal::from));
    failing.extend(request.lock.refusal().map(UserRefusal::from));
    match state {
        KeyState::Enabled => {}
        KeyState::Disabled => failing.push(UserRefusal::KeyDisabled),
    }
    let earliest = now.minus(policy.signature_lasts);
    let latest = now.plus(policy.signature_lasts);
    if request.signed_at < earliest || request.signed_at > latest {
        failing.push(UserRefusal::SignatureExpired { server_time: now });
    }
    failing
}
