//! The second proof that a protection asks for (PRT-1). Must not know how it is given.

use serde::{Deserialize, Serialize};

use super::{Means, ProofMethod, ProtectionRefusal};
use crate::refusal::Refused;

/// What a protection can ask for (PRT-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// A code of the MFA device.
    MfaCode,
    /// A WeChat scan of a code shown in this very session; never a bare tap on "yes".
    WechatScan,
    /// A code to the security phone.
    PhoneCode,
    /// A code to the security e-mail; the weakest, and the page says so.
    EmailCode,
}

/// Whether a protection is on, and what it asks for (PRT-1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", content = "factor", rename_all = "snake_case")]
pub enum Protection {
    /// Nothing more is asked.
    #[default]
    Off,
    /// This factor is asked for first; other ways are offered beside it (SGN-3).
    Require(Factor),
}

/// Which protection is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProtectionKind {
    /// Sign-in protection 登录保护.
    SignIn,
    /// Operation protection 操作保护.
    Operation,
}

/// Both protections of one account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Protections {
    /// Asked for after the first proof at sign-in.
    pub sign_in: Protection,
    /// Asked for before a sensitive operation.
    pub operation: Protection,
}

impl Factor {
    /// Every factor, strongest first (PRT-1).
    pub const ALL: [Self; 4] = [
        Self::MfaCode,
        Self::WechatScan,
        Self::PhoneCode,
        Self::EmailCode,
    ];

    /// What must be bound for it.
    #[must_use]
    pub const fn proof(self) -> ProofMethod {
        match self {
            Self::MfaCode => ProofMethod::Mfa,
            Self::WechatScan => ProofMethod::Wechat,
            Self::PhoneCode => ProofMethod::SecurityPhone,
            Self::EmailCode => ProofMethod::SecurityEmail,
        }
    }

    /// Whether it is ranked weakest, which the page says (PRT-1).
    #[must_use]
    pub const fn is_weakest(self) -> bool {
        matches!(self, Self::EmailCode)
    }
}

impl Protection {
    /// The factor it asks for.
    #[must_use]
    pub const fn factor(self) -> Option<Factor> {
        match self {
            Self::Off => None,
            Self::Require(factor) => Some(factor),
        }
    }

    /// What is left of it when `gone` is detached without the owner's doing: the strongest other
    /// factor the account has, else off, so that the account can still sign in (CON-9).
    #[must_use]
    pub fn without(self, gone: Factor, means_left: &Means) -> Self {
        match self {
            Self::Require(factor) if factor == gone => Factor::ALL
                .into_iter()
                .find(|other| *other != gone && means_left.has(other.proof()))
                .map_or(Self::Off, Self::Require),
            Self::Require(_) | Self::Off => self,
        }
    }
}

impl Protections {
    /// The protections that ask for `factor`.
    pub fn asking_for(self, factor: Factor) -> impl Iterator<Item = ProtectionKind> {
        [
            (ProtectionKind::SignIn, self.sign_in),
            (ProtectionKind::Operation, self.operation),
        ]
        .into_iter()
        .filter(move |(_, protection)| protection.factor() == Some(factor))
        .map(|(kind, _)| kind)
    }
}

/// What stands against setting a protection to `wish` (PRT-1).
#[must_use]
pub fn may_choose_protection(means: &Means, wish: Protection) -> Vec<ProtectionRefusal> {
    match wish {
        Protection::Require(factor) if !means.has(factor.proof()) => {
            vec![ProtectionRefusal::FactorNotBound { factor }]
        }
        Protection::Require(_) | Protection::Off => Vec::new(),
    }
}

/// Sets a protection: off, or one factor that is bound (PRT-1).
///
/// # Errors
/// [`ProtectionRefusal::FactorNotBound`].
pub fn choose_protection(
    means: &Means,
    wish: Protection,
) -> Result<Protection, Refused<ProtectionRefusal>> {
    Refused::unless_none(may_choose_protection(means, wish))?;
    Ok(wish)
}

/// What stands against unbinding `factor`: each protection that asks for it (PRT-1).
///
/// Replacing it in one step is not unbinding; it stays bound throughout.
#[must_use]
pub fn may_unbind_factor(protections: Protections, factor: Factor) -> Vec<ProtectionRefusal> {
    protections
        .asking_for(factor)
        .map(|protection| ProtectionRefusal::FactorChosen { factor, protection })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    const BOUND: Option<Timestamp> = Some(Timestamp::from_millis(1_790_000_010_000));

    #[test]
    fn prt_1_a_factor_can_be_chosen_only_when_it_is_bound() {
        let all = Means {
            mfa: BOUND,
            wechat: BOUND,
            face: BOUND,
            security_phone: BOUND,
            security_email: BOUND,
        };
        let none = Means::default();
        for factor in Factor::ALL {
            let wish = Protection::Require(factor);
            assert_eq!(choose_protection(&all, wish), Ok(wish));
            assert_eq!(
                may_choose_protection(&none, wish),
                [ProtectionRefusal::FactorNotBound { factor }]
            );
            assert!(choose_protection(&none, wish).is_err());
        }
        assert_eq!(
            choose_protection(&none, Protection::Off),
            Ok(Protection::Off)
        );
        let only_phone = Means {
            security_phone: BOUND,
            ..none
        };
        assert!(
            may_choose_protection(&only_phone, Protection::Require(Factor::PhoneCode)).is_empty()
        );
        assert!(
            !may_choose_protection(&only_phone, Protection::Require(Factor::EmailCode)).is_empty()
        );
    }

    #[test]
    fn prt_1_a_chosen_factor_cannot_be_unbound() {
        let protections = Protections {
            sign_in: Protection::Require(Factor::MfaCode),
            operation: Protection::Require(Factor::MfaCode),
        };
        let chosen = |protection| ProtectionRefusal::FactorChosen {
            factor: Factor::MfaCode,
            protection,
        };
        assert_eq!(
            may_unbind_factor(protections, Factor::MfaCode),
            [
                chosen(ProtectionKind::SignIn),
                chosen(ProtectionKind::Operation)
            ],
            "each protection that asks for it is named"
        );
        assert!(may_unbind_factor(protections, Factor::PhoneCode).is_empty());
        assert!(may_unbind_factor(Protections::default(), Factor::MfaCode).is_empty());
    }

    #[test]
    fn prt_1_the_email_code_is_ranked_weakest() {
        assert_eq!(Factor::ALL.last(), Some(&Factor::EmailCode));
        assert!(Factor::EmailCode.is_weakest());
        assert!(!Factor::PhoneCode.is_weakest());
    }

    #[test]
    fn con_9_a_detached_phone_leaves_the_strongest_other_factor_or_none() {
        let asks = Protection::Require(Factor::PhoneCode);
        let left = Means {
            mfa: BOUND,
            security_email: BOUND,
            ..Means::default()
        };
        assert_eq!(
            asks.without(Factor::PhoneCode, &left),
            Protection::Require(Factor::MfaCode)
        );
        assert_eq!(
            asks.without(Factor::PhoneCode, &Means::default()),
            Protection::Off
        );
        let other = Protection::Require(Factor::EmailCode);
        assert_eq!(other.without(Factor::PhoneCode, &left), other);
    }
}
