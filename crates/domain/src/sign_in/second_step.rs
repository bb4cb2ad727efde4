//! What is asked after the first proof was right (SGN-2, SGN-3, SGN-4). Must not know how it is
//! given.

use serde::{Deserialize, Serialize};

use super::{Risk, SignInPolicy};
use crate::protection::{Means, ProofMethod, Protection};
use crate::time::Timestamp;

/// What is asked after the first proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "second_step", rename_all = "snake_case")]
pub enum SecondStep {
    /// Nothing; the person is signed in.
    NotAsked,
    /// One more proof.
    Asked {
        /// The way that is opened first.
        first: SecondStepWay,
        /// What "use another way" 备选校验方式 offers, in this order (SGN-3).
        others: Vec<SecondStepWay>,
    },
}

/// A way through the second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", content = "method", rename_all = "snake_case")]
pub enum SecondStepWay {
    /// A proof that the account has; for MFA a recovery code counts as well.
    Proof(ProofMethod),
    /// An appeal, which is always there and always last (APL).
    Appeal,
}

/// Whether the device of a sign-in skips the second proof, as [`super::is_trusted`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceTrust {
    /// It is on the server's list and its time is not over.
    Trusted,
    /// It is not.
    NotTrusted,
}

/// What is asked of somebody whose first proof was right (SGN-2, SGN-3, SGN-4).
///
/// A risky sign-in asks for the face of the verified person and for nothing that a thief of phone
/// or mailbox has as well; an account without a person's verification uses whatever else it has.
/// Otherwise sign-in protection asks for its factor, unless the device is trusted, and offers
/// every other way that the account has, finally the appeal.
#[must_use]
pub fn second_step(
    protection: Protection,
    risk: Risk,
    trust: DeviceTrust,
    means: &Means,
) -> SecondStep {
    let first = match (risk, protection) {
        (Risk::Risky, _) if means.has(ProofMethod::Face) => {
            return SecondStep::Asked {
                first: SecondStepWay::Proof(ProofMethod::Face),
                others: vec![SecondStepWay::Appeal],
            };
        }
        (Risk::Risky, Protection::Off) => means.all().next(),
        (Risk::Risky, Protection::Require(factor)) => Some(factor.proof()),
        (Risk::Usual, Protection::Require(factor)) if trust == DeviceTrust::NotTrusted => {
            Some(factor.proof())
        }
        (Risk::Usual, Protection::Require(_) | Protection::Off) => return SecondStep::NotAsked,
    };
    let Some(first) = first else {
        return SecondStep::Asked {
            first: SecondStepWay::Appeal,
            others: Vec::new(),
        };
    };
    SecondStep::Asked {
        first: SecondStepWay::Proof(first),
        others: means
            .all()
            .filter(|method| *method != first)
            .map(SecondStepWay::Proof)
            .chain([SecondStepWay::Appeal])
            .collect(),
    }
}

/// Until when the second proof may be given after a first one at `began` (SGN-2).
#[must_use]
pub fn second_step_ends(began: Timestamp, policy: &SignInPolicy) -> Timestamp {
    began.plus(policy.second_step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protection::Factor;
    use crate::time::Span;

    const BOUND: Option<Timestamp> = Some(Timestamp::from_millis(1_790_000_010_000));
    const PHONE: Protection = Protection::Require(Factor::PhoneCode);

    fn means() -> Means {
        Means {
            mfa: BOUND,
            security_phone: BOUND,
            security_email: BOUND,
            ..Means::default()
        }
    }

    fn asked(first: ProofMethod, others: &[ProofMethod]) -> SecondStep {
        SecondStep::Asked {
            first: SecondStepWay::Proof(first),
            others: others
                .iter()
                .map(|method| SecondStepWay::Proof(*method))
                .chain([SecondStepWay::Appeal])
                .collect(),
        }
    }

    #[test]
    fn sgn_3_every_other_way_of_the_account_is_offered_and_finally_the_appeal() {
        let step = second_step(PHONE, Risk::Usual, DeviceTrust::NotTrusted, &means());
        assert_eq!(
            step,
            asked(
                ProofMethod::SecurityPhone,
                &[ProofMethod::Mfa, ProofMethod::SecurityEmail]
            )
        );
        let only_phone = Means {
            security_phone: BOUND,
            ..Means::default()
        };
        let step = second_step(PHONE, Risk::Usual, DeviceTrust::NotTrusted, &only_phone);
        assert_eq!(step, asked(ProofMethod::SecurityPhone, &[]));
    }

    #[test]
    fn sgn_2_a_trusted_device_skips_the_second_proof() {
        let step = |protection, trust| second_step(protection, Risk::Usual, trust, &means());
        assert_eq!(step(PHONE, DeviceTrust::Trusted), SecondStep::NotAsked);
        assert_ne!(step(PHONE, DeviceTrust::NotTrusted), SecondStep::NotAsked);
        let off = step(Protection::Off, DeviceTrust::NotTrusted);
        assert_eq!(off, SecondStep::NotAsked);
    }

    #[test]
    fn sgn_4_a_risky_sign_in_asks_for_the_face_of_the_verified_person() {
        let person = Means {
            face: BOUND,
            ..means()
        };
        for protection in [PHONE, Protection::Off] {
            for trust in [DeviceTrust::Trusted, DeviceTrust::NotTrusted] {
                let step = second_step(protection, Risk::Risky, trust, &person);
                assert_eq!(step, asked(ProofMethod::Face, &[]));
            }
        }
    }

    #[test]
    fn sgn_4_an_account_without_a_personal_subject_uses_another_method() {
        let step = |protection, means: Means| {
            second_step(protection, Risk::Risky, DeviceTrust::NotTrusted, &means)
        };
        let off = step(Protection::Off, means());
        assert_eq!(
            off,
            asked(
                ProofMethod::Mfa,
                &[ProofMethod::SecurityPhone, ProofMethod::SecurityEmail]
            )
        );
        let phone = step(PHONE, means());
        assert!(matches!(
            phone,
            SecondStep::Asked {
                first: SecondStepWay::Proof(ProofMethod::SecurityPhone),
                ..
            }
        ));
        assert_eq!(
            step(Protection::Off, Means::default()),
            SecondStep::Asked {
                first: SecondStepWay::Appeal,
                others: vec![],
            }
        );
    }

    #[test]
    fn sgn_2_the_second_proof_is_waited_for_ten_minutes() {
        let began = Timestamp::from_millis(1_790_000_010_000);
        let ends = second_step_ends(began, &SignInPolicy::default());
        assert_eq!(ends.since(began), Span::from_minutes(10));
    }
}
