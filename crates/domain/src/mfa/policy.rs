//! The numbers of MFA.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
use crate::time::Span;

/// The numbers of MFA devices and their codes (MFA).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MfaPolicy {
    /// Steps accepted before and after the current one (MFA-3): 1.
    pub steps_either_side: u32,
    /// Wrong tries until the check is locked (MFA-3): 5.
    pub wrong_tries: u32,
    /// The lock lasts this long, and wrong tries older than this no longer count (MFA-3): 15 minutes.
    pub lock: Span,
    /// A binding that was begun and not confirmed lapses after this long, ours (MFA-2): 30 minutes.
    pub pending_binding: Span,
    /// A security key must answer a challenge within this long, ours (MFA-1): 5 minutes.
    pub key_challenge: Span,
    /// Recovery codes handed out at binding (MFA-7): 10.
    pub recovery_codes: u32,
}

impl Default for MfaPolicy {
    fn default() -> Self {
        Self {
            steps_either_side: 1,
            wrong_tries: 5,
            lock: Span::from_minutes(15),
            pending_binding: Span::from_minutes(30),
            key_challenge: Span::from_minutes(5),
            recovery_codes: 10,
        }
    }
}

impl MfaPolicy {
    /// Every number here that makes no sense.
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        [
            PolicyProblem::unless(
                self.wrong_tries > 0,
                "mfa.wrong_tries",
                Wanted::Positive,
                RuleId::Mfa3,
            ),
            PolicyProblem::unless(
                self.lock > Span::ZERO,
                "mfa.lock",
                Wanted::Positive,
                RuleId::Mfa3,
            ),
            PolicyProblem::unless(
                self.pending_binding > Span::ZERO,
                "mfa.pending_binding",
                Wanted::Positive,
                RuleId::Mfa2,
            ),
            PolicyProblem::unless(
                self.key_challenge > Span::ZERO,
                "mfa.key_challenge",
                Wanted::Positive,
                RuleId::Mfa1,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
