//! The numbers of protection.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
use crate::time::Span;

/// The numbers of sign-in and operation protection (PRT).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProtectionPolicy {
    /// A proof counts this long, for the session that gave it (PRT-2): 15 minutes.
    pub proof_lasts: Span,
    /// A thing changed less than this ago does not vouch alone for its own replacement (PRT-4): 24 hours.
    pub freshly_changed: Span,
    /// A face check must be passed and used within this, ours (SGN-4, PRT-4): 10 minutes.
    pub face_check: Span,
    /// What each part of the security score is worth (PRT-3).
    pub score: ScorePoints,
}

/// The parts of the security score, 100 points together (PRT-3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScorePoints {
    /// A security phone is bound (PRT-3): 20.
    pub security_phone: u32,
    /// A security e-mail is bound (PRT-3): 15.
    pub security_email: u32,
    /// A strong password; weaker ones earn a part of it (PRT-3): 15.
    pub password: u32,
    /// An MFA device is bound (PRT-3): 25.
    pub mfa: u32,
    /// Sign-in protection is on (PRT-3): 15.
    pub sign_in_protection: u32,
    /// Operation protection is on (PRT-3): 10.
    pub operation_protection: u32,
}

impl ScorePoints {
    /// All parts together.
    fn sum(&self) -> u64 {
        [
            self.security_phone,
            self.security_email,
            self.password,
            self.mfa,
            self.sign_in_protection,
            self.operation_protection,
        ]
        .into_iter()
        .map(u64::from)
        .sum()
    }
}

impl Default for ProtectionPolicy {
    fn default() -> Self {
        Self {
            proof_lasts: Span::from_minutes(15),
            freshly_changed: Span::from_hours(24),
            face_check: Span::from_minutes(10),
            score: ScorePoints::default(),
        }
    }
}

impl Default for ScorePoints {
    fn default() -> Self {
        Self {
            security_phone: 20,
            security_email: 15,
            password: 15,
            mfa: 25,
            sign_in_protection: 15,
            operation_protection: 10,
        }
    }
}

impl ProtectionPolicy {
    /// Every number here that makes no sense.
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        [
            PolicyProblem::unless(
                self.proof_lasts > Span::ZERO,
                "protection.proof_lasts",
                Wanted::Positive,
                RuleId::Prt2,
            ),
            PolicyProblem::unless(
                self.face_check > Span::ZERO,
                "protection.face_check",
                Wanted::Positive,
                RuleId::Sgn4,
            ),
            PolicyProblem::unless(
                self.score.sum() == 100,
                "protection.score",
                Wanted::Together(100),
                RuleId::Prt3,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
