//! How safe the account is, in points, and the one next step (PRT-3).

use serde::{Deserialize, Serialize};

use super::{Means, Protection, ProtectionPolicy, Protections};
use crate::sign_in::PasswordStrength;

/// The security score with its parts (PRT-3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Score {
    /// All parts together, 0 to 100 with the default points.
    pub points: u32,
    /// What each part earns.
    pub parts: Vec<ScorePart>,
    /// The one next step, when something is missing.
    pub next_step: Option<ScoreKind>,
}

/// One part of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScorePart {
    /// What it is about.
    pub kind: ScoreKind,
    /// What it earns now.
    pub points: u32,
    /// What it can earn.
    pub most: u32,
}

/// What a part of the score is about, in the order in which they are worth doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScoreKind {
    /// A security phone is bound. First, since notices and most other steps need it.
    SecurityPhone,
    /// A security e-mail is bound.
    SecurityEmail,
    /// An MFA device is bound.
    Mfa,
    /// Sign-in protection is on.
    SignInProtection,
    /// Operation protection is on.
    OperationProtection,
    /// A strong password is set.
    Password,
}

/// Counts the security score (PRT-3). Without a password nothing is earned for it.
#[must_use]
pub fn security_score(
    means: &Means,
    password: Option<PasswordStrength>,
    protections: Protections,
    policy: &ProtectionPolicy,
) -> Score {
    let most = &policy.score;
    let all_if = |kind, has: bool, most: u32| ScorePart {
        kind,
        points: if has { most } else { 0 },
        most,
    };
    let on = |protection| protection != Protection::Off;
    let parts = vec![
        all_if(
            ScoreKind::SecurityPhone,
            means.security_phone.is_some(),
            most.security_phone,
        ),
        all_if(
            ScoreKind::SecurityEmail,
            means.security_email.is_some(),
            most.security_email,
        ),
        all_if(ScoreKind::Mfa, means.mfa.is_some(), most.mfa),
        all_if(
            ScoreKind::SignInProtection,
            on(protections.sign_in),
            most.sign_in_protection,
        ),
        all_if(
            ScoreKind::OperationProtection,
            on(protections.operation),
            most.operation_protection,
        ),
        ScorePart {
            kind: ScoreKind::Password,
            points: password.map_or(0, |strength| most.password * strength.thirds() / 3),
            most: most.password,
        },
    ];
    Score {
        points: parts.iter().map(|part| part.points).sum(),
        next_step: parts
            .iter()
            .find(|part| part.points < part.most)
            .map(|part| part.kind),
        parts,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Factor;
    use super::*;
    use crate::time::Timestamp;

    const BOUND: Option<Timestamp> = Some(Timestamp::from_millis(1_790_000_010_000));

    #[test]
    fn prt_3_the_parts_add_up_to_a_hundred_points() {
        let policy = ProtectionPolicy::default();
        let means = Means {
            mfa: BOUND,
            security_phone: BOUND,
            security_email: BOUND,
            ..Means::default()
        };
        let protections = Protections {
            sign_in: Protection::Require(Factor::MfaCode),
            operation: Protection::Require(Factor::PhoneCode),
        };
        let full = security_score(&means, Some(PasswordStrength::Strong), protections, &policy);
        assert_eq!((full.points, full.next_step), (100, None));
        let most: Vec<_> = full
            .parts
            .iter()
            .map(|part| (part.kind, part.most))
            .collect();
        assert_eq!(
            most,
            [
                (ScoreKind::SecurityPhone, 20),
                (ScoreKind::SecurityEmail, 15),
                (ScoreKind::Mfa, 25),
                (ScoreKind::SignInProtection, 15),
                (ScoreKind::OperationProtection, 10),
                (ScoreKind::Password, 15),
            ]
        );
        let bare = security_score(&Means::default(), None, Protections::default(), &policy);
        assert_eq!(bare.points, 0);
    }

    #[test]
    fn prt_3_there_is_one_next_step_and_it_is_the_first_that_is_missing() {
        let policy = ProtectionPolicy::default();
        let off = Protections::default();
        let next =
            |means: &Means, password| security_score(means, password, off, &policy).next_step;
        let strong = Some(PasswordStrength::Strong);
        assert_eq!(
            next(&Means::default(), strong),
            Some(ScoreKind::SecurityPhone)
        );
        let mut means = Means {
            security_phone: BOUND,
            ..Means::default()
        };
        assert_eq!(next(&means, strong), Some(ScoreKind::SecurityEmail));
        means.security_email = BOUND;
        assert_eq!(next(&means, strong), Some(ScoreKind::Mfa));
        means.mfa = BOUND;
        assert_eq!(next(&means, strong), Some(ScoreKind::SignInProtection));
    }

    #[test]
    fn prt_3_a_weaker_password_earns_a_part() {
        let policy = ProtectionPolicy::default();
        let points = |password| {
            security_score(&Means::default(), password, Protections::default(), &policy).points
        };
        assert_eq!(points(Some(PasswordStrength::Weak)), 5);
        assert_eq!(points(Some(PasswordStrength::Fair)), 10);
        assert_eq!(points(Some(PasswordStrength::Strong)), 15);
        assert_eq!(points(None), 0);
    }
}
