//! When an employee leaves (员工离职): the sub-user before, and the way back in afterwards (OFF-2,
//! OFF-3). Must not know how any step is carried out.

use serde::{Deserialize, Serialize};

use crate::protection::{LeaverFactor, Remedy, remedy_for};
use crate::users::DeletedUser;

/// What is done about a leaver's sub-user, in order (OFF-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum LeaverUserStep {
    /// Disable or delete its API keys.
    SettleKeys {
        /// How many are enabled.
        enabled: u32,
    },
    /// Delete it.
    Delete,
    /// Nothing is left to do.
    Done,
}

/// The next step for a leaver's sub-user; nothing when it is deleted (OFF-2).
#[must_use]
pub const fn leaver_user_step(user: Option<&DeletedUser>) -> LeaverUserStep {
    match user {
        None => LeaverUserStep::Done,
        Some(user) if user.enabled_keys > 0 => LeaverUserStep::SettleKeys {
            enabled: user.enabled_keys,
        },
        Some(_) => LeaverUserStep::Delete,
    }
}

/// How far somebody got into an account whose administrator has left (OFF-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "at", content = "factor", rename_all = "snake_case")]
pub enum LockedOutAt {
    /// They do not know which account it is.
    UnknownAccount,
    /// They know it, but have no login method that works.
    SignIn,
    /// The second check asks for something of the leaver.
    SecondCheck(LeaverFactor),
}

/// What gets them on (OFF-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", content = "remedy", rename_all = "snake_case")]
pub enum WayBackIn {
    /// Find the account by any of the seven ways (FND-1).
    FindAccount,
    /// Set a new password (SGN-7).
    ForgottenPassword,
    /// Apply to sign in (APL-1).
    AppealToSignIn,
    /// Settle what the second check asks for (PRT-5).
    SettleFactor(Remedy),
}

/// The ways back in, in the order to try them (OFF-3).
#[must_use]
pub fn ways_back_in(at: LockedOutAt) -> Vec<WayBackIn> {
    match at {
        LockedOutAt::UnknownAccount => vec![WayBackIn::FindAccount],
        LockedOutAt::SignIn => vec![WayBackIn::ForgottenPassword, WayBackIn::AppealToSignIn],
        LockedOutAt::SecondCheck(factor) => vec![WayBackIn::SettleFactor(remedy_for(factor))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::users::{Rights, UserKind, UserStanding};

    #[test]
    fn off_2_keys_come_first_and_then_the_user() {
        let user = |enabled_keys| DeletedUser {
            standing: UserStanding {
                kind: UserKind::SubUser,
                rights: Rights::NONE,
                is_self: false,
            },
            enabled_keys,
            disabled_keys: 1,
            subscriptions: 0,
            has_bindings: false,
        };
        assert_eq!(
            leaver_user_step(Some(&user(2))),
            LeaverUserStep::SettleKeys { enabled: 2 }
        );
        assert_eq!(leaver_user_step(Some(&user(0))), LeaverUserStep::Delete);
        assert_eq!(leaver_user_step(None), LeaverUserStep::Done);
    }

    #[test]
    fn off_3_find_it_then_the_password_or_an_appeal_then_the_second_check() {
        assert_eq!(
            ways_back_in(LockedOutAt::UnknownAccount),
            [WayBackIn::FindAccount]
        );
        assert_eq!(
            ways_back_in(LockedOutAt::SignIn),
            [WayBackIn::ForgottenPassword, WayBackIn::AppealToSignIn]
        );
        assert_eq!(
            ways_back_in(LockedOutAt::SecondCheck(LeaverFactor::Wechat)),
            [WayBackIn::SettleFactor(Remedy::UnbindWechat)]
        );
    }
}
