//! Every number of the rules, one part per area. Knows defaults; does not know where an
//! installation's file lies.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::account::AccountPolicy;
use crate::appeals::AppealPolicy;
use crate::contacts::ContactPolicy;
use crate::deregistration::DeregistrationPolicy;
use crate::find::FindPolicy;
use crate::handover::HandoverPolicy;
use crate::idempotency::IdempotencyPolicy;
use crate::login_methods::LoginMethodPolicy;
use crate::mfa::MfaPolicy;
use crate::operators::OperatorPolicy;
use crate::projects::ProjectPolicy;
use crate::protection::ProtectionPolicy;
use crate::rule::RuleId;
use crate::sign_in::SignInPolicy;
use crate::users::UserPolicy;
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
    /// Phones, e-mails and codes (CON).
    pub contacts: ContactPolicy,
    /// Sign-in and operation protection (PRT).
    pub protection: ProtectionPolicy,
    /// Signing in, sessions and passwords (SGN).
    pub sign_in: SignInPolicy,
    /// The operators' desk (OPS).
    pub operators: OperatorPolicy,
    /// Real-name verification and its changes (VER, ENT, CHG).
    pub verification: VerificationPolicy,
    /// Sub-users, collaborators, recipients and their keys (USR).
    pub users: UserPolicy,
    /// Projects (PRJ).
    pub projects: ProjectPolicy,
    /// Commands that arrive twice (API-3).
    pub idempotency: IdempotencyPolicy,
    /// Handing over and leaving (ACC-10, WCM-1).
    pub handover: HandoverPolicy,
    /// Deregistration (DRG).
    pub deregistration: DeregistrationPolicy,
    /// Finding an account (FND).
    pub find: FindPolicy,
    /// Appeals (APL).
    pub appeals: AppealPolicy,
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
    /// This much or more.
    AtLeast(u32),
    /// So much together with the others of its group.
    Together(u32),
    /// Not less than another field of the same area.
    NotBelow(&'static str),
    /// More than another field of the same area.
    Above(&'static str),
    /// Not more than another field of the same area.
    NotAbove(&'static str),
    /// Less than another field of the same area.
    Below(&'static str),
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
            Wanted::AtLeast(least) => write!(f, "{field} must be at least {least} ({rule})"),
            Wanted::Together(sum) => write!(f, "{field} must be {sum} together ({rule})"),
            Wanted::NotBelow(other) => write!(f, "{field} must not be below {other} ({rule})"),
            Wanted::Above(other) => write!(f, "{field} must be above {other} ({rule})"),
            Wanted::NotAbove(other) => write!(f, "{field} must not be above {other} ({rule})"),
            Wanted::Below(other) => write!(f, "{field} must be below {other} ({rule})"),
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
        [
            self.account.problems(),
            self.contacts.problems(),
            self.login_methods.problems(),
            self.mfa.problems(),
            self.protection.problems(),
            self.sign_in.problems(),
            self.operators.problems(),
            self.verification.problems(),
            self.users.problems(),
            self.projects.problems(),
            self.idempotency.problems(),
            self.handover.problems(),
            self.find.problems(),
            self.appeals.problems(),
        ]
        .concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

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

    #[test]
    fn sgn_1_a_lock_threshold_below_the_captcha_threshold_is_rejected_by_name() {
        let mut policy = Policy::default();
        policy.sign_in.wrong_without_lock = policy.sign_in.wrong_without_captcha;
        let told: Vec<_> = policy.problems().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["sign_in.wrong_without_lock must be above sign_in.wrong_without_captcha (SGN-1)"]
        );
    }

    #[test]
    fn every_number_that_makes_no_sense_is_named() {
        let mut policy = Policy::default();
        policy.contacts.accounts_per_phone = 0;
        policy.login_methods.accounts_per_wechat = 0;
        policy.mfa.wrong_tries = 0;
        policy.protection.score.mfa = 30;
        policy.sign_in.session_idle = Span::from_hours(72);
        policy.sign_in.password_shortest = 7;
        policy.users.page_size_most = 10;
        policy.projects.projects_per_account = 0;
        policy.idempotency.remembered = Span::ZERO;
        policy.appeals.objection = Span::ZERO;
        let told: Vec<_> = policy.problems().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "contacts.accounts_per_phone must be more than nothing (CON-2)",
                "login_methods.accounts_per_wechat must be more than nothing (LGM-5)",
                "mfa.wrong_tries must be more than nothing (MFA-3)",
                "protection.score must be 100 together (PRT-3)",
                "sign_in.session_idle must not be above sign_in.session_idle_most (SGN-13)",
                "sign_in.session_longest must not be below sign_in.session_idle (SGN-13)",
                "sign_in.password_shortest must be at least 8 (SGN-12)",
                "users.page_size_most must not be below users.page_size (USR-8)",
                "projects.projects_per_account must be more than nothing (PRJ-1)",
                "idempotency.remembered must be more than nothing (API-3)",
                "appeals.objection must be more than nothing (APL-6)",
            ]
        );
    }

    #[test]
    fn a_file_names_only_what_it_changes_and_nothing_unknown() {
        let changed: Policy =
            serde_json::from_str(r#"{"contacts": {"accounts_per_phone": 3}}"#).unwrap();
        assert_eq!(changed.contacts.accounts_per_phone, 3);
        assert_eq!(changed.sign_in, SignInPolicy::default());
        let unknown = serde_json::from_str::<Policy>(r#"{"contacts": {"acounts_per_phone": 3}}"#);
        assert!(unknown.is_err());
    }
}
