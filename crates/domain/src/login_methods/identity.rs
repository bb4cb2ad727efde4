//! What a login method is. Must not know what may be done with it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::identity::Email;
use crate::time::Timestamp;

/// The kinds of login method, which are also the five ways to register (REG-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LoginMethodKind {
    /// WeChat 微信.
    Wechat,
    /// E-mail 邮箱, with a password.
    Email,
    /// QQ.
    Qq,
    /// WeChat Official Account 微信公众平台.
    OfficialAccount,
    /// WeCom 企业微信.
    Wecom,
}

/// One identity of one kind: an address, or what the provider calls a person. Never printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LoginIdentity {
    kind: LoginMethodKind,
    key: String,
}

/// An identity whose holder is here: they answered a code, or confirmed at the provider in this
/// very browser. Only the decisions that saw it make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvedIdentity(LoginIdentity);

/// A login method of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginMethod {
    /// The identity.
    pub identity: LoginIdentity,
    /// Whether the account was registered with it.
    pub origin: MethodOrigin,
    /// When it was bound.
    pub bound_at: Timestamp,
}

/// How a login method came to the account; the registration method is marked (LGM-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MethodOrigin {
    /// The account was registered with it.
    Registration,
    /// It was bound later.
    Added,
}

impl LoginMethodKind {
    /// Every kind, in the order of registration's page (REG-1).
    pub const ALL: [Self; 5] = [
        Self::Wechat,
        Self::Email,
        Self::Qq,
        Self::OfficialAccount,
        Self::Wecom,
    ];
}

impl LoginIdentity {
    /// The identity that a store or a provider knows by `key`.
    #[must_use]
    pub fn new(kind: LoginMethodKind, key: impl Into<String>) -> Self {
        Self {
            kind,
            key: key.into(),
        }
    }

    /// An address as identity; addresses compare by their lower-cased form (CON-14).
    #[must_use]
    pub fn email(email: &Email) -> Self {
        Self::new(LoginMethodKind::Email, email.canonical())
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> LoginMethodKind {
        self.kind
    }

    /// What tells it from others of its kind; personal data.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl fmt::Debug for LoginIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LoginIdentity({:?}, …)", self.kind)
    }
}

impl ProvedIdentity {
    /// The holder of `identity` was just seen; for the decisions that see one.
    pub(crate) const fn seen(identity: LoginIdentity) -> Self {
        Self(identity)
    }

    /// The identity.
    #[must_use]
    pub const fn identity(&self) -> &LoginIdentity {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn con_14_addresses_are_one_identity_whatever_their_letter_case() {
        let typed = |text| LoginIdentity::email(&Email::parse(text).unwrap());
        assert_eq!(
            typed("Zhang.San@Example.com"),
            typed("zhang.san@example.COM")
        );
        assert_ne!(
            typed("zhang.san@example.com"),
            typed("zhangsan@example.com")
        );
    }

    #[test]
    fn an_identity_keeps_itself_out_of_logs() {
        let identity = LoginIdentity::new(LoginMethodKind::Wechat, "o-secret");
        assert!(!format!("{identity:?}").contains("secret"));
    }
}
