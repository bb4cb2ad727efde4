//! The answer of `GetUserAppId` (ACC-2). Must not know how the caller proved who they are.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::AccountId;
use crate::identity::value::wire_display;

/// The APPID under which products know an account: 10 decimal digits starting `20` (ACC-2, ours).
///
/// It stands in public addresses, so it has a serial number of its own and tells nothing of the
/// account id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AppId(u32);

/// The text is not an APPID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an APPID")]
pub struct NotAnAppId;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The owner, with the root account.
    Root {
        /// The account id.
        uin: AccountId,
    },
    /// A sub-user.
    SubUser {
        /// The sub-user's own id.
        uin: AccountId,
        /// The root account that made it.
        root: AccountId,
    },
    /// A collaborator, acting on an account that is not their own.
    Collaborator {
        /// The collaborator's own account id.
        uin: AccountId,
        /// The account on which they act.
        root: AccountId,
    },
}

/// What `GetUserAppId` answers (ACC-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallerIds {
    /// The caller's own id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub uin: AccountId,
    /// The id of the root account; the caller's own when the caller is the owner.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub owner_uin: AccountId,
    /// The APPID of the root account.
    pub app_id: AppId,
}

impl AppId {
    /// How many different ids there are.
    pub const COUNT: u32 = 100_000_000;

    /// The id with this serial number, or none when all are used up.
    #[must_use]
    pub const fn from_serial(serial: u32) -> Option<Self> {
        if serial < Self::COUNT {
            Some(Self(serial))
        } else {
            None
        }
    }

    /// Parses the 10 digits.
    ///
    /// # Errors
    /// [`NotAnAppId`].
    pub fn parse(text: &str) -> Result<Self, NotAnAppId> {
        let serial = text.strip_prefix("20").ok_or(NotAnAppId)?;
        if serial.len() != 8 || !serial.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAnAppId);
        }
        serial.parse().map(Self).map_err(|_| NotAnAppId)
    }
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "20{:08}", self.0)
    }
}

wire_display!(AppId);

impl Caller {
    /// The root account on which the caller acts.
    #[must_use]
    pub const fn root(self) -> AccountId {
        match self {
            Self::Root { uin } => uin,
            Self::SubUser { root, .. } | Self::Collaborator { root, .. } => root,
        }
    }

    /// The caller's own id.
    #[must_use]
    pub const fn uin(self) -> AccountId {
        match self {
            Self::Root { uin } | Self::SubUser { uin, .. } | Self::Collaborator { uin, .. } => uin,
        }
    }
}

/// Answers who the caller is and for whom they act; `app_id` is the root account's (ACC-2).
#[must_use]
pub const fn caller_ids(caller: Caller, app_id: AppId) -> CallerIds {
    CallerIds {
        uin: caller.uin(),
        owner_uin: caller.root(),
        app_id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(serial: u32) -> AccountId {
        AccountId::from_serial(serial).unwrap()
    }

    #[test]
    fn acc_2_a_root_is_its_own_owner_and_a_sub_user_has_its_root_as_owner() {
        let app_id = AppId::from_serial(7).unwrap();
        let root = account(1);
        let ids = caller_ids(Caller::Root { uin: root }, app_id);
        assert_eq!((ids.uin, ids.owner_uin, ids.app_id), (root, root, app_id));
        for caller in [
            Caller::SubUser {
                uin: account(2),
                root,
            },
            Caller::Collaborator {
                uin: account(2),
                root,
            },
        ] {
            let ids = caller_ids(caller, app_id);
            assert_eq!(
                (ids.uin, ids.owner_uin, ids.app_id),
                (account(2), root, app_id)
            );
        }
    }

    #[test]
    fn acc_2_an_app_id_is_ten_digits_and_crosses_the_wire_as_text() {
        let app_id = AppId::from_serial(7).unwrap();
        assert_eq!(serde_json::to_string(&app_id).unwrap(), "\"2000000007\"");
        assert_eq!(AppId::parse("2000000007"), Ok(app_id));
        for wrong in [
            "",
            "20",
            "200000000",
            "20000000070",
            "1000000007",
            "20+0000007",
        ] {
            assert_eq!(AppId::parse(wrong), Err(NotAnAppId), "{wrong}");
        }
        assert_eq!(AppId::from_serial(AppId::COUNT), None);
    }
}
