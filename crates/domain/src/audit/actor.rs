//! Who did something, as the audit log writes it (OPS-3). Must not know what was done.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::account::AccountId;

/// Who did something. Its text is stored and covered by the chain, so a word never changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The signed-in owner of the account.
    Owner,
    /// A sub-user or collaborator of the account.
    User(AccountId),
    /// An operator, by their name.
    Operator(String),
    /// Whoever was not signed in and proved something else, such as a password, a code or a link.
    Visitor,
    /// This installation by itself, or whoever has its command line.
    System,
    /// Nobody wrote it down: the row is older than this word.
    Unrecorded,
}

/// The kind of [`Actor`], for whoever may not know more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// The signed-in owner of the account.
    Owner,
    /// A sub-user or collaborator of the account.
    User,
    /// An operator.
    Operator,
    /// Whoever was not signed in.
    Visitor,
    /// This installation by itself.
    System,
    /// Nobody wrote it down.
    Unrecorded,
}

/// The text is not one that [`Actor`] writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an actor")]
pub struct NotAnActor;

impl Actor {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ActorKind {
        match self {
            Self::Owner => ActorKind::Owner,
            Self::User(_) => ActorKind::User,
            Self::Operator(_) => ActorKind::Operator,
            Self::Visitor => ActorKind::Visitor,
            Self::System => ActorKind::System,
            Self::Unrecorded => ActorKind::Unrecorded,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owner => f.write_str("owner"),
            Self::User(id) => write!(f, "user {id}"),
            Self::Operator(name) => write!(f, "operator {name}"),
            Self::Visitor => f.write_str("visitor"),
            Self::System => f.write_str("system"),
            Self::Unrecorded => f.write_str("unrecorded"),
        }
    }
}

impl FromStr for Actor {
    type Err = NotAnActor;

    fn from_str(text: &str) -> Result<Self, NotAnActor> {
        match (text, text.split_once(' ')) {
            ("owner", _) => Ok(Self::Owner),
            ("visitor", _) => Ok(Self::Visitor),
            ("system", _) => Ok(Self::System),
            ("unrecorded", _) => Ok(Self::Unrecorded),
            (_, Some(("user", id))) => id.parse().map(Self::User).map_err(|_| NotAnActor),
            (_, Some(("operator", name))) => Ok(Self::Operator(name.to_owned())),
            _ => Err(NotAnActor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ops_3_who_did_it_reads_back_as_it_was_written() {
        let user = AccountId::from_serial(7).unwrap();
        for (actor, text) in [
            (Actor::Owner, "owner"),
            (Actor::User(user), "user 100000000007"),
            (Actor::Operator("li na".to_owned()), "operator li na"),
            (Actor::Visitor, "visitor"),
            (Actor::System, "system"),
            (Actor::Unrecorded, "unrecorded"),
        ] {
            assert_eq!(actor.to_string(), text);
            assert_eq!(text.parse(), Ok(actor));
        }
        for wrong in ["", "Owner", "user", "user 7", "somebody"] {
            assert_eq!(wrong.parse::<Actor>(), Err(NotAnActor), "{wrong}");
        }
    }
}
