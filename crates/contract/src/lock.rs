//! Locking an account from a notice, and unlocking it (ACC-14).

use domain::protection::ProofMethod;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The body of [`crate::endpoints::LOCK`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LockByLink {
    /// What stands in the link of the notice.
    pub token: String,
}

/// The answer to [`crate::endpoints::LOCK`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LockedAccount {
    /// Its id, masked.
    pub account_id: String,
    /// Since when.
    pub since: Timestamp,
}

/// The answer to [`crate::endpoints::FIND_LOCKED_ACCOUNTS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LockedAccounts {
    /// The locked accounts that are reached there, by their ids.
    pub accounts: Vec<UnlockChoice>,
}

/// A locked account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnlockChoice {
    /// Names the account in the next call.
    pub choice: String,
    /// Its id, masked.
    pub account_id: String,
    /// Since when it is locked.
    pub since: Timestamp,
    /// Whether it signs in with a password, which has to be set anew.
    pub has_password: bool,
    /// What the code shows counts for unlocking it; otherwise it was changed too shortly before the lock
    /// (ACC-14).
    pub may_unlock: bool,
    /// What the account can be unlocked with.
    pub usable: Vec<ProofMethod>,
}

/// The body of [`crate::endpoints::UNLOCK`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// The phone number or e-mail address as typed.
    pub target: String,
    /// The code that went there, as typed.
    pub code: String,
    /// The account's [`UnlockChoice::choice`].
    pub choice: String,
    /// The new password as typed; needed where the account has one.
    #[serde(default)]
    pub password: Option<String>,
}
