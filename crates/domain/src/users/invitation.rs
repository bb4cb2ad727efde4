//! Inviting collaborators (USR-3): two people agree. Must not know how an invitation is sent.

use serde::{Deserialize, Serialize};

use super::user::may_add_member;
use super::{Actor, Rights, UserKind, UserPolicy, UserRefusal, UsersOfAccount};
use crate::account::{AccountId, AccountStanding, Site};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// The account that is invited, as loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitedAccount {
    /// Which.
    pub account: AccountId,
    /// The site it belongs to.
    pub site: Site,
    /// Whether it still exists.
    pub standing: AccountStanding,
    /// Whether it is a sub-user of some root account, and so cannot join another (USR-4).
    pub is_sub_user: bool,
    /// How it stands to the inviting account.
    pub relation: Relation,
}

/// How an account stands to the one that invites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Nothing connects them.
    None,
    /// An invitation is waiting.
    Invited,
    /// It is a collaborator.
    Collaborator,
}

/// Where an invitation stands (USR-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum InvitationState {
    /// Waiting for the answer.
    Open {
        /// When it was made.
        at: Timestamp,
        /// When its time is over.
        until: Timestamp,
    },
    /// Accepted; the invited account is a collaborator.
    Accepted {
        /// When.
        at: Timestamp,
    },
    /// Declined by the invited account.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// Taken back by the inviting account.
    TakenBack {
        /// When.
        at: Timestamp,
    },
}

/// An invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Who is invited; nobody else can answer.
    pub invited: AccountId,
    /// What the collaborator may do.
    pub rights: Rights,
    /// Where it stands.
    pub state: InvitationState,
}

/// All reasons why this account cannot be invited (USR-3, USR-4, USR-2, ACC-5, ACC-6). Only the
/// owner invites: a collaborator comes from outside.
#[must_use]
pub fn may_invite_collaborator(
    actor: &Actor,
    own: (AccountId, Site),
    users: &UsersOfAccount<'_>,
    invited: &InvitedAccount,
    rights: Rights,
    policy: &UserPolicy,
) -> Vec<UserRefusal> {
    let (own_account, own_site) = own;
    let mut failing = Vec::new();
    failing.extend(actor.may_as_owner());
    failing.extend(actor.may_give(rights, UserKind::Collaborator));
    failing.extend(may_add_member(users, policy));
    if invited.account == own_account {
        failing.push(UserRefusal::OwnAccount);
    }
    if invited.is_sub_user {
        failing.push(UserRefusal::HasOtherRoot);
    }
    failing.extend(own_site.may_reach(invited.site).map(UserRefusal::from));
    failing.extend(invited.standing.refusal().map(UserRefusal::from));
    match invited.relation {
        Relation::None => {}
        Relation::Invited => failing.push(UserRefusal::AlreadyInvited),
        Relation::Collaborator => failing.push(UserRefusal::AlreadyCollaborator),
    }
    failing
}

/// Invites an existing root account as collaborator; it takes a place only when it accepts (USR-3).
///
/// # Errors
/// Everything that [`may_invite_collaborator`] lists.
pub fn invite_collaborator(
    actor: &Actor,
    own: (AccountId, Site),
    users: &UsersOfAccount<'_>,
    invited: &InvitedAccount,
    rights: Rights,
    policy: &UserPolicy,
    now: Timestamp,
) -> Result<Invitation, Refused<UserRefusal>> {
    Refused::unless_none(may_invite_collaborator(
        actor, own, users, invited, rights, policy,
    ))?;
    Ok(Invitation {
        invited: invited.account,
        rights,
        state: InvitationState::Open {
            at: now,
            until: now.plus(policy.invitation_waits),
        },
    })
}

impl Invitation {
    fn may_close(&self, now: Timestamp) -> Option<UserRefusal> {
        match self.state {
            InvitationState::Open { until, .. } if now < until => None,
            InvitationState::Open { until, .. } => {
                Some(UserRefusal::InvitationExpired { at: until })
            }
            InvitationState::Accepted { .. }
            | InvitationState::Declined { .. }
            | InvitationState::TakenBack { .. } => Some(UserRefusal::NoInvitation),
        }
    }

    /// All reasons why `who` cannot decline now (USR-3).
    #[must_use]
    pub fn may_decline(&self, who: AccountId, now: Timestamp) -> Vec<UserRefusal> {
        let mut failing = Vec::new();
        if who != self.invited {
            failing.push(UserRefusal::NotInvited);
        }
        failing.extend(self.may_close(now));
        failing
    }

    /// All reasons why `who` cannot accept now: the places are counted again, since others may have
    /// come in the meantime (USR-2, USR-3, ACC-6).
    #[must_use]
    pub fn may_accept(
        &self,
        who: AccountId,
        users: &UsersOfAccount<'_>,
        policy: &UserPolicy,
        now: Timestamp,
    ) -> Vec<UserRefusal> {
        let mut failing = self.may_decline(who, now);
        failing.extend(may_add_member(users, policy));
        failing
    }

    /// The invited account becomes a collaborator (USR-3).
    ///
    /// # Errors
    /// Everything that [`Invitation::may_accept`] lists.
    pub fn accept(
        self,
        who: AccountId,
        users: &UsersOfAccount<'_>,
        policy: &UserPolicy,
        now: Timestamp,
    ) -> Result<Self, Refused<UserRefusal>> {
        Refused::unless_none(self.may_accept(who, users, policy, now))?;
        Ok(Self {
            state: InvitationState::Accepted { at: now },
            ..self
        })
    }

    /// The invited account declines (USR-3).
    ///
    /// # Errors
    /// Everything that [`Invitation::may_decline`] lists.
    pub fn decline(self, who: AccountId, now: Timestamp) -> Result<Self, Refused<UserRefusal>> {
        Refused::unless_none(self.may_decline(who, now))?;
        Ok(Self {
            state: InvitationState::Declined { at: now },
            ..self
        })
    }

    /// All reasons why `actor` cannot take it back now (USR-3).
    #[must_use]
    pub fn may_take_back(&self, actor: &Actor, now: Timestamp) -> Vec<UserRefusal> {
        let mut failing = Vec::new();
        failing.extend(actor.may_as_owner());
        failing.extend(self.may_close(now));
        failing
    }

    /// The owner takes it back (USR-3).
    ///
    /// # Errors
    /// Everything that [`Invitation::may_take_back`] lists.
    pub fn take_back(self, actor: &Actor, now: Timestamp) -> Result<Self, Refused<UserRefusal>> {
        Refused::unless_none(self.may_take_back(actor, now))?;
        Ok(Self {
            state: InvitationState::TakenBack { at: now },
            ..self
        })
    }
}
