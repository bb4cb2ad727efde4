//! What a sub-user or collaborator may do, and what only the owner ever does (USR-3). Must not know
//! how a right is asked for.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{UserKind, UserRefusal};

/// One right that the owner gives to a user (USR-3).
///
/// Security phone and e-mail, login methods, protection, verification, deregistration, the lock and
/// the download of all data are no rights: only the owner does those, and nobody can be given them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See the account's information, its resources and its projects.
    ViewAccount,
    /// See bills and spending.
    ViewBilling,
    /// See the operation audit.
    ViewAudit,
    /// Use and change cloud resources.
    UseResources,
    /// Buy and renew.
    Buy,
    /// Make, change, disable and enable projects.
    ManageProjects,
    /// Make, change and delete message recipients.
    ManageRecipients,
    /// Have API keys of one's own.
    ManageOwnKeys,
    /// Make, change and delete sub-users, and give them rights that one has oneself.
    ManageUsers,
    /// Make, disable, enable and delete the keys of other users.
    ManageKeys,
    /// Reset the passwords of sub-users who are no administrators themselves (SGN-8).
    ResetPasswords,
}

/// A set of rights.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Rights(u16);

/// Who acts on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The owner, with the root account.
    Root,
    /// A sub-user with these rights.
    SubUser(Rights),
    /// A collaborator with these rights.
    Collaborator(Rights),
}

impl Right {
    /// Every right, the weakest first.
    pub const ALL: [Self; 11] = [
        Self::ViewAccount,
        Self::ViewBilling,
        Self::ViewAudit,
        Self::UseResources,
        Self::Buy,
        Self::ManageProjects,
        Self::ManageRecipients,
        Self::ManageOwnKeys,
        Self::ManageUsers,
        Self::ManageKeys,
        Self::ResetPasswords,
    ];

    /// Whether a user of this kind can have it.
    ///
    /// A collaborator has part of the rights (USR-3): who else gets in, and with which key, stays
    /// with the account's own people. A message recipient does not sign in and has none.
    #[must_use]
    pub const fn fits(self, kind: UserKind) -> bool {
        match kind {
            UserKind::SubUser => true,
            UserKind::Collaborator => !matches!(
                self,
                Self::ManageUsers | Self::ManageKeys | Self::ResetPasswords | Self::ViewAudit
            ),
            UserKind::MessageRecipient => false,
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl Rights {
    /// No right at all.
    pub const NONE: Self = Self(0);

    /// These rights.
    #[must_use]
    pub fn of(rights: &[Right]) -> Self {
        Self(rights.iter().fold(0, |bits, right| bits | right.bit()))
    }

    /// Whether this one is among them.
    #[must_use]
    pub const fn has(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }

    /// All of them, the weakest first.
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.into_iter().filter(move |right| self.has(*right))
    }

    /// Whether they make an administrator: somebody who decides about other users.
    #[must_use]
    pub const fn make_administrator(self) -> bool {
        self.has(Right::ManageUsers)
            || self.has(Right::ManageKeys)
            || self.has(Right::ResetPasswords)
    }
}

impl std::fmt::Debug for Rights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Rights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Rights {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Right>::deserialize(deserializer).map(|rights| Self::of(&rights))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Rights {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <Vec<Right> as utoipa::PartialSchema>::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Rights {}

impl Actor {
    /// Refuses what needs a right that the actor has not (USR-3); the owner has all.
    #[must_use]
    pub fn may(&self, right: Right) -> Option<UserRefusal> {
        match self {
            Self::Root => None,
            Self::SubUser(rights) if rights.has(right) => None,
            Self::Collaborator(rights)
                if rights.has(right) && right.fits(UserKind::Collaborator) =>
            {
                None
            }
            Self::SubUser(_) | Self::Collaborator(_) => Some(UserRefusal::RightMissing { right }),
        }
    }

    /// Refuses what only the owner does.
    #[must_use]
    pub const fn may_as_owner(&self) -> Option<UserRefusal> {
        match self {
            Self::Root => None,
            Self::SubUser(_) | Self::Collaborator(_) => Some(UserRefusal::OnlyOwner),
        }
    }

    /// All rights among `rights` that the actor cannot give to a user of this kind: those that do not
    /// fit the kind, and those that the actor has not (USR-3).
    #[must_use]
    pub fn may_give(&self, rights: Rights, kind: UserKind) -> Vec<UserRefusal> {
        rights
            .iter()
            .filter_map(|right| {
                if right.fits(kind) {
                    self.may(right)
                } else {
                    Some(UserRefusal::RightNotForKind { right, kind })
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usr_3_a_collaborator_has_part_of_the_rights_whatever_was_stored() {
        let all = Rights::of(&Right::ALL);
        let collaborator = Actor::Collaborator(all);
        let cannot: Vec<_> = Right::ALL
            .into_iter()
            .filter(|right| collaborator.may(*right).is_some())
            .collect();
        assert_eq!(
            cannot,
            [
                Right::ViewAudit,
                Right::ManageUsers,
                Right::ManageKeys,
                Right::ResetPasswords
            ]
        );
        for actor in [Actor::Root, Actor::SubUser(all)] {
            assert!(Right::ALL.iter().all(|right| actor.may(*right).is_none()));
        }
        assert!(
            Right::ALL
                .iter()
                .all(|right| !right.fits(UserKind::MessageRecipient))
        );
    }

    #[test]
    fn usr_3_nobody_gives_a_right_that_they_have_not() {
        let manager = Actor::SubUser(Rights::of(&[Right::ManageUsers, Right::Buy]));
        let wanted = Rights::of(&[Right::Buy, Right::ManageKeys]);
        assert_eq!(
            manager.may_give(wanted, UserKind::SubUser),
            [UserRefusal::RightMissing {
                right: Right::ManageKeys
            }]
        );
        assert_eq!(Actor::Root.may_give(wanted, UserKind::SubUser), []);
        assert_eq!(
            Actor::Root.may_give(wanted, UserKind::Collaborator),
            [UserRefusal::RightNotForKind {
                right: Right::ManageKeys,
                kind: UserKind::Collaborator
            }]
        );
    }

    #[test]
    fn usr_3_what_only_the_owner_does_no_right_opens() {
        let all = Rights::of(&Right::ALL);
        assert_eq!(Actor::Root.may_as_owner(), None);
        for actor in [Actor::SubUser(all), Actor::Collaborator(all)] {
            assert_eq!(actor.may_as_owner(), Some(UserRefusal::OnlyOwner));
        }
    }

    #[test]
    fn usr_3_rights_cross_the_wire_as_a_list() {
        let rights = Rights::of(&[Right::Buy, Right::ViewAccount]);
        let wire = serde_json::to_string(&rights).unwrap();
        assert_eq!(wire, r#"["view_account","buy"]"#);
        assert_eq!(serde_json::from_str::<Rights>(&wire).unwrap(), rights);
        assert!(serde_json::from_str::<Rights>(r#"["rule_the_world"]"#).is_err());
        assert_eq!(Rights::of(&Right::ALL).iter().count(), 11);
    }
}
