//! Why something about users and their keys is refused.

use serde::{Deserialize, Serialize};

use super::{DeletionLoss, Right, UserKind};
use crate::account::AccountRefusal;
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why something about users and their keys is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum UserRefusal {
    /// The account has as many sub-users and collaborators as it may (USR-2).
    TooMany {
        /// Most of both together.
        most: u32,
    },
    /// Another user of the account has this name; letter case does not count (SGN-14).
    NameTaken,
    /// The actor has not this right (USR-3).
    RightMissing {
        /// The right.
        right: Right,
    },
    /// Only the owner of the account does this (USR-3).
    OnlyOwner,
    /// A user of this kind cannot have this right (USR-3).
    RightNotForKind {
        /// The right.
        right: Right,
        /// The kind.
        kind: UserKind,
    },
    /// A collaborator is somebody else's root account, not one's own (USR-3).
    OwnAccount,
    /// A sub-user has one root account only, so it cannot join another (USR-4).
    HasOtherRoot,
    /// It is a collaborator of this account already (USR-3).
    AlreadyCollaborator,
    /// An invitation of it is waiting for its answer (USR-3).
    AlreadyInvited,
    /// The invitation was answered, or taken back (USR-3).
    NoInvitation,
    /// The invitation was made to another account (USR-3).
    NotInvited,
    /// The invitation was not answered in time (USR-3).
    InvitationExpired {
        /// When its time was over.
        at: Timestamp,
    },
    /// Its enabled API keys must be disabled or deleted first (USR-5).
    EnabledKeys {
        /// How many are enabled.
        count: u32,
    },
    /// What is lost was not shown and confirmed as it is now (USR-5).
    NotConfirmed {
        /// What is lost.
        losses: Vec<DeletionLoss>,
    },
    /// Nobody deletes themselves (USR-5).
    Oneself,
    /// Who can manage users is deleted, or gets a new password, from the owner only (USR-5, SGN-8).
    Administrator,
    /// Only a sub-user has a password that the root can reset (USR-6).
    NoPassword {
        /// The kind of the user.
        kind: UserKind,
    },
    /// The user has as many API keys as it may (USR-7).
    TooManyKeys {
        /// Most keys of one user.
        most: u32,
    },
    /// A message recipient does not sign in and has no keys (USR-7).
    NoKeys,
    /// A key is deleted only when it is disabled (USR-7).
    KeyEnabled,
    /// The key is disabled (USR-7).
    KeyDisabled,
    /// There is no such key, or the signature does not belong to it (USR-7).
    SignatureWrong,
    /// The request names a moment that is too far from now (USR-7).
    SignatureExpired {
        /// The server's time, with which the caller can compare its clock.
        server_time: Timestamp,
    },
    /// The account forbids it (ACC-5, ACC-6, ACC-14, DRG-6).
    Account {
        /// Why.
        refusal: AccountRefusal,
    },
}

impl Refuse for UserRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::TooMany { .. } => RuleId::Usr2,
            Self::NameTaken => RuleId::Sgn14,
            Self::RightMissing { .. }
            | Self::OnlyOwner
            | Self::RightNotForKind { .. }
            | Self::OwnAccount
            | Self::AlreadyCollaborator
            | Self::AlreadyInvited
            | Self::NoInvitation
            | Self::NotInvited
            | Self::InvitationExpired { .. } => RuleId::Usr3,
            Self::HasOtherRoot => RuleId::Usr4,
            Self::EnabledKeys { .. } | Self::NotConfirmed { .. } | Self::Oneself => RuleId::Usr5,
            Self::Administrator => RuleId::Sgn8,
            Self::NoPassword { .. } => RuleId::Usr6,
            Self::TooManyKeys { .. }
            | Self::NoKeys
            | Self::KeyEnabled
            | Self::KeyDisabled
            | Self::SignatureWrong
            | Self::SignatureExpired { .. } => RuleId::Usr7,
            Self::Account { refusal } => refusal.rule(),
        }
    }
}

impl From<AccountRefusal> for UserRefusal {
    fn from(refusal: AccountRefusal) -> Self {
        Self::Account { refusal }
    }
}
