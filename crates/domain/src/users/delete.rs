//! Deleting users, and what is lost with them (USR-5). Must not know where a loss is stored.

use serde::{Deserialize, Serialize};

use super::user::{may_manage, may_touch};
use super::{Actor, UserKind, UserRefusal, UserStanding};
use crate::protection::RecentCheck;
use crate::refusal::Refused;
use crate::time::Timestamp;

/// Something that is lost when a user is deleted (USR-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "loss", rename_all = "snake_case")]
pub enum DeletionLoss {
    /// The user signs in no more; its id is never given again.
    SignIn,
    /// The other account's access to this one ends; that account itself stays.
    Access,
    /// Its rights.
    Rights,
    /// Its disabled API keys.
    DisabledKeys {
        /// How many.
        count: u32,
    },
    /// Its MFA device and other bindings.
    Bindings,
    /// The messages that it receives; nobody else may receive them.
    Messages {
        /// How many subscriptions.
        count: u32,
    },
}

/// A user that is to be deleted, as loaded under lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeletedUser {
    /// Its kind and rights.
    pub standing: UserStanding,
    /// Its API keys that are enabled.
    pub enabled_keys: u32,
    /// Its API keys that are disabled.
    pub disabled_keys: u32,
    /// The messages it receives.
    pub subscriptions: u32,
    /// Whether it has an MFA device or another binding.
    pub has_bindings: bool,
}

/// A user was deleted; a sub-user or collaborator gives its place back at once (USR-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserDeleted {
    /// What was lost with it.
    pub losses: Vec<DeletionLoss>,
    /// When.
    pub at: Timestamp,
}

impl DeletedUser {
    /// Everything that is lost, which the confirmation names (USR-5).
    #[must_use]
    pub fn losses(&self) -> Vec<DeletionLoss> {
        let mut losses = match self.standing.kind {
            UserKind::SubUser => vec![DeletionLoss::SignIn, DeletionLoss::Rights],
            UserKind::Collaborator => vec![DeletionLoss::Access, DeletionLoss::Rights],
            UserKind::MessageRecipient => Vec::new(),
        };
        if self.disabled_keys > 0 {
            losses.push(DeletionLoss::DisabledKeys {
                count: self.disabled_keys,
            });
        }
        if self.has_bindings {
            losses.push(DeletionLoss::Bindings);
        }
        if self.subscriptions > 0 {
            losses.push(DeletionLoss::Messages {
                count: self.subscriptions,
            });
        }
        losses
    }
}

/// All reasons why `actor` cannot delete the user (USR-5): `confirmed` is what the person was told
/// is lost, if they agreed to it. A frozen account may delete.
#[must_use]
pub fn may_delete_user(
    actor: &Actor,
    user: &DeletedUser,
    confirmed: Option<&[DeletionLoss]>,
) -> Vec<UserRefusal> {
    let mut failing = Vec::new();
    failing.extend(may_manage(actor, user.standing.kind));
    failing.extend(may_touch(actor, &user.standing));
    if user.enabled_keys > 0 {
        failing.push(UserRefusal::EnabledKeys {
            count: user.enabled_keys,
        });
    }
    let losses = user.losses();
    if confirmed != Some(losses.as_slice()) {
        failing.push(UserRefusal::NotConfirmed { losses });
    }
    failing
}

/// Deletes a user (USR-5).
///
/// # Errors
/// Everything that [`may_delete_user`] lists.
pub fn delete_user(
    _check: &RecentCheck,
    actor: &Actor,
    user: &DeletedUser,
    confirmed: Option<&[DeletionLoss]>,
    now: Timestamp,
) -> Result<UserDeleted, Refused<UserRefusal>> {
    Refused::unless_none(may_delete_user(actor, user, confirmed))?;
    Ok(UserDeleted {
        losses: user.losses(),
        at: now,
    })
}
