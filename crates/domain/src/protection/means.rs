//! What an account can prove its owner with (PRT-4). Must not know how a proof is carried out.

use serde::{Deserialize, Serialize};

use super::{ProtectionPolicy, SensitiveOperation};
use crate::time::Timestamp;

/// A way to prove that one is the account's owner (PRT-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProofMethod {
    /// The MFA device, or one of its recovery codes.
    Mfa,
    /// A scan of a code shown in this session, confirmed in WeChat.
    Wechat,
    /// The face of the verified person.
    Face,
    /// A code to the security phone.
    SecurityPhone,
    /// A code to the security e-mail; the weakest.
    SecurityEmail,
}

/// What the account has bound, each with the moment it was bound or last changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Means {
    /// The MFA device.
    pub mfa: Option<Timestamp>,
    /// WeChat as confirmation; it stays when the WeChat login goes (MFA-6).
    pub wechat: Option<Timestamp>,
    /// The verification of a person, whose face can be compared.
    pub face: Option<Timestamp>,
    /// The security phone.
    pub security_phone: Option<Timestamp>,
    /// The security e-mail.
    pub security_email: Option<Timestamp>,
}

/// One way to prove oneself for an operation, and whether it may be used now (PRT-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProofOffer {
    /// The way.
    pub method: ProofMethod,
    /// From when on it counts again, when it does not now: it is what is being replaced, was just
    /// changed, and another way is at hand.
    pub too_new_until: Option<Timestamp>,
}

impl ProofMethod {
    /// Every way, strongest first.
    pub const ALL: [Self; 5] = [
        Self::Mfa,
        Self::Wechat,
        Self::Face,
        Self::SecurityPhone,
        Self::SecurityEmail,
    ];
}

impl Means {
    /// When `method` was bound or last changed, if the account has it.
    #[must_use]
    pub const fn changed_at(&self, method: ProofMethod) -> Option<Timestamp> {
        match method {
            ProofMethod::Mfa => self.mfa,
            ProofMethod::Wechat => self.wechat,
            ProofMethod::Face => self.face,
            ProofMethod::SecurityPhone => self.security_phone,
            ProofMethod::SecurityEmail => self.security_email,
        }
    }

    /// Whether the account has `method`.
    #[must_use]
    pub const fn has(&self, method: ProofMethod) -> bool {
        self.changed_at(method).is_some()
    }

    /// All that the account has, strongest first.
    pub fn all(&self) -> impl Iterator<Item = ProofMethod> + '_ {
        ProofMethod::ALL
            .into_iter()
            .filter(|method| self.has(*method))
    }

    /// Whether the account has something beside `method`.
    #[must_use]
    pub fn has_other_than(&self, method: ProofMethod) -> bool {
        self.all().any(|other| other != method)
    }

    /// The moment until which `method` does not vouch for `operation`, when it does not (PRT-4).
    pub(super) fn too_new_until(
        &self,
        method: ProofMethod,
        operation: SensitiveOperation,
        policy: &ProtectionPolicy,
        now: Timestamp,
    ) -> Option<Timestamp> {
        if operation.replaces() != Some(method) || !self.has_other_than(method) {
            return None;
        }
        let until = self.changed_at(method)?.plus(policy.freshly_changed);
        (now < until).then_some(until)
    }
}

/// Everything the account can prove itself with for `operation`, strongest first (PRT-4).
///
/// Never the thing that is being replaced alone, if another is available and the thing was changed
/// in the last 24 hours: a thief who has just put in a phone of their own cannot use it to replace it.
#[must_use]
pub fn offered_proofs(
    operation: SensitiveOperation,
    means: &Means,
    policy: &ProtectionPolicy,
    now: Timestamp,
) -> Vec<ProofOffer> {
    means
        .all()
        .map(|method| ProofOffer {
            method,
            too_new_until: means.too_new_until(method, operation, policy, now),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const CHANGED: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const DAY_LATER: Timestamp = CHANGED.plus(Span::from_hours(24));
    const LONG_AGO: Timestamp = CHANGED.minus(Span::from_days(400));

    fn usable(operation: SensitiveOperation, means: &Means, now: Timestamp) -> Vec<ProofMethod> {
        offered_proofs(operation, means, &ProtectionPolicy::default(), now)
            .into_iter()
            .filter(|offer| offer.too_new_until.is_none())
            .map(|offer| offer.method)
            .collect()
    }

    #[test]
    fn prt_4_any_one_of_five_ways_that_the_account_has() {
        let all = Means {
            mfa: Some(LONG_AGO),
            wechat: Some(LONG_AGO),
            face: Some(LONG_AGO),
            security_phone: Some(LONG_AGO),
            security_email: Some(LONG_AGO),
        };
        let operation = SensitiveOperation::ChangeSecurityPhone;
        assert_eq!(usable(operation, &all, CHANGED), ProofMethod::ALL);
        let email_only = Means {
            security_email: Some(LONG_AGO),
            ..Means::default()
        };
        assert_eq!(
            usable(operation, &email_only, CHANGED),
            [ProofMethod::SecurityEmail]
        );
        assert_eq!(usable(operation, &Means::default(), CHANGED), []);
    }

    #[test]
    fn prt_4_a_phone_changed_in_the_last_day_does_not_vouch_for_its_own_change() {
        let means = Means {
            security_phone: Some(CHANGED),
            security_email: Some(LONG_AGO),
            ..Means::default()
        };
        let operation = SensitiveOperation::ChangeSecurityPhone;
        let before = DAY_LATER.minus(Span::from_millis(1));
        assert_eq!(
            usable(operation, &means, before),
            [ProofMethod::SecurityEmail]
        );
        assert_eq!(
            offered_proofs(operation, &means, &ProtectionPolicy::default(), before)[0],
            ProofOffer {
                method: ProofMethod::SecurityPhone,
                too_new_until: Some(DAY_LATER),
            }
        );
        assert_eq!(
            usable(operation, &means, DAY_LATER),
            [ProofMethod::SecurityPhone, ProofMethod::SecurityEmail]
        );
        assert_eq!(
            usable(SensitiveOperation::ChangePassword, &means, before),
            [ProofMethod::SecurityPhone, ProofMethod::SecurityEmail],
            "for anything else the new phone vouches at once"
        );
    }

    #[test]
    fn prt_4_the_only_way_vouches_even_when_it_is_new() {
        let means = Means {
            security_phone: Some(CHANGED),
            ..Means::default()
        };
        assert_eq!(
            usable(SensitiveOperation::ChangeSecurityPhone, &means, CHANGED),
            [ProofMethod::SecurityPhone]
        );
    }
}
