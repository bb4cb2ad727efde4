//! What to do when an identity is about to expire (LGM-4).

use serde::{Deserialize, Serialize};

use super::{LoginMethod, LoginMethodKind};

/// Identities that a company gives and takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExpiringIdentity {
    /// WeCom.
    Wecom,
    /// QQ.
    Qq,
    /// Corporate QQ, which signs in as QQ.
    CorporateQq,
}

/// The next thing to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExpiringStep {
    /// First bind another login method.
    BindAnother,
    /// Then unbind the one that expires.
    Unbind,
    /// Nothing is left to do.
    Done,
}

impl ExpiringIdentity {
    /// Each of them (LGM-4).
    pub const ALL: [Self; 3] = [Self::Wecom, Self::Qq, Self::CorporateQq];

    /// The login method it signs in with.
    #[must_use]
    pub const fn kind(self) -> LoginMethodKind {
        match self {
            Self::Wecom => LoginMethodKind::Wecom,
            Self::Qq | Self::CorporateQq => LoginMethodKind::Qq,
        }
    }
}

/// The next step for an account whose identity is about to expire (LGM-4).
#[must_use]
pub fn expiring_step(methods: &[LoginMethod], expiring: ExpiringIdentity) -> ExpiringStep {
    let (expires, others): (Vec<_>, Vec<_>) = methods
        .iter()
        .partition(|method| method.identity.kind() == expiring.kind());
    match (expires.is_empty(), others.is_empty()) {
        (true, _) => ExpiringStep::Done,
        (false, true) => ExpiringStep::BindAnother,
        (false, false) => ExpiringStep::Unbind,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LoginIdentity, MethodOrigin};
    use super::*;
    use crate::time::Timestamp;

    fn method(kind: LoginMethodKind) -> LoginMethod {
        LoginMethod {
            identity: LoginIdentity::new(kind, "somebody"),
            origin: MethodOrigin::Registration,
            bound_at: Timestamp::from_millis(1_790_000_010_000),
        }
    }

    #[test]
    fn lgm_4_bind_another_method_and_then_unbind_the_one_that_expires() {
        for expiring in ExpiringIdentity::ALL {
            let only = [method(expiring.kind())];
            assert_eq!(expiring_step(&only, expiring), ExpiringStep::BindAnother);
            let two = [method(expiring.kind()), method(LoginMethodKind::Email)];
            assert_eq!(expiring_step(&two, expiring), ExpiringStep::Unbind);
            let left = [method(LoginMethodKind::Email)];
            assert_eq!(expiring_step(&left, expiring), ExpiringStep::Done);
        }
    }
}
