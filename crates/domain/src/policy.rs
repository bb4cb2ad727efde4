//! Every number of the rules, one part per area. Knows defaults; does not know where an
//! installation's file lies.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::account::AccountPolicy;
use crate::login_methods::LoginMethodPolicy;
use crate::mfa::MfaPolicy;
use crate::operators::OperatorPolicy;
use crate::protection::ProtectionPolicy;
use crate::rule::RuleId;
use crate::sign_in::SignInPolicy;
use crate::verification::VerificationPolicy;

/// All limits of the product; an operator changes a number here without touching code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// The account and its basic information (ACC).
    pub account: AccountPolicy,
    /// MFA devices and their codes (MFA).
    pub mfa: MfaPolicy,
    /// Login methods (LGM).
    pub login_methods: LoginMethodPolicy,
    /// Sign-in and operation protection (PRT).
    pub protection: ProtectionPolicy,
    /// Signing in, sessions and passwords (SGN).
    pub sign_in: SignInPolicy,
    /// The operators' desk (OPS).
    pub operators: OperatorPolicy,
    /// Real-name verification and its changes (VER, ENT, CHG).
    pub verification: VerificationPolicy,
}

/// A number of a policy that makes no sense; the installation does not start with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub struct PolicyProblem {
    /// The field, with the area before it.
    pub field: &'static str,
    /// What it must be.
    pub wanted: Wanted,
    /// The rule whose number it is.
    pub rule: RuleId,
}

/// What a number of a policy must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// More than nothing.
    Positive,
    /// Not less than another field of the same area.
    NotBelow(&'static str),
}

impl fmt::Display for PolicyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            wanted,
            rule,
        } = self;
        match wanted {
            Wanted::Positive => write!(f, "{field} must be more than nothing ({rule})"),
            Wanted::NotBelow(other) => write!(f, "{field} must not be below {other} ({rule})"),
        }
    }
}

impl PolicyProblem {
    /// The problem of a field, unless what is wanted of it holds.
    pub(crate) fn unless(
        holds: bool,
        field: &'static str,
        wanted: Wanted,
        rule: RuleId,
    ) -> Option<Self> {
        (!holds).then_some(Self {
            field,
            wanted,
            rule,
        })
    }
}

impl Policy {
    /// Every number that makes no sense, such as a longest time below the shortest.
    #[must_use]
    pub fn problems(&self) -> Vec<PolicyProblem> {
        self.verification.problems()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_numbers_make_sense() {
        assert_eq!(Policy::default().problems(), []);
    }

    #[test]
    fn a_number_that_makes_no_sense_is_named_with_its_rule() {
        let mut policy = Policy::default();
        policy.verification.transfer_tries = 0;
        policy.verification.transfer_most_business_days = 0;
        let told: Vec<_> = policy.problems().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "verification.transfer_tries must be more than nothing (ENT-7)",
                "verification.transfer_most_business_days must not be below \
                 verification.transfer_fewest_business_days (ENT-7)",
            ]
        );
    }
}
