//! The numbers of verification and its changes.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
use crate::time::Span;

/// The numbers of real-name verification and its changes (VER, ENT, CHG).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VerificationPolicy {
    /// Most accounts that one person verifies (VER-2).
    pub accounts_per_person: u32,
    /// Most accounts that one enterprise verifies, unless raised for it (ENT-1).
    pub accounts_per_enterprise: u32,
    /// The highest number to which an operator may raise [`Self::accounts_per_enterprise`]; ours.
    pub accounts_per_enterprise_raised_most: u32,
    /// Age in years from which a person may be verified (VER-4).
    pub adult_years: u32,
    /// Business days within which a top-up is confirmed (ENT-8, VER-15).
    pub top_up_business_days: u16,
    /// Days of 24 hours within which a named top-up must be paid (ENT-8).
    pub top_up_pay_within: Span,
    /// Fewest business days until a bank transfer arrives (ENT-7, VER-15).
    pub transfer_fewest_business_days: u16,
    /// Most business days until a bank transfer arrives (ENT-7, VER-15).
    pub transfer_most_business_days: u16,
    /// Business days without money after which the page says what to check (ENT-7).
    pub transfer_check_after_business_days: u16,
    /// How long after its arrival the amount may be entered (ENT-7).
    pub transfer_enter_within: Span,
    /// How often an amount may be entered (ENT-7).
    pub transfer_tries: u32,
    /// Business days until a new licence may be expected in the registry at the earliest (ENT-9).
    pub registry_earliest_business_days: u16,
    /// Business days until a new licence must be in the registry (ENT-9).
    pub registry_latest_business_days: u16,
    /// How long after its verification, and after each re-check that found nothing wrong, an enterprise is
    /// re-checked; ours, beside ENT-16.
    pub recheck_every: Span,
    /// How long after a re-check that found something the next one is made; ours, beside ENT-16.
    pub recheck_again: Span,
    /// How long before the status of an enterprise ends its owner is told (ENT-16).
    pub recheck_notice: Span,
    /// How long after a verification or change the next change must wait (CHG-2).
    pub change_waiting: Span,
    /// How long the link works by which a new subject accepts a change; ours, beside CHG-14.
    pub change_invitation: Span,
    /// How long a method whose answer comes at once may be running before support is offered; ours,
    /// beside VER-15.
    pub immediate_longest: Span,
    /// Largest document, in bytes (CHG-13).
    pub document_most_bytes: u64,
    /// Largest picture, in pixels (CHG-13).
    pub document_most_pixels: u64,
    /// How long after the decision documents are kept (CHG-13).
    pub document_kept: Span,
}

impl Default for VerificationPolicy {
    fn default() -> Self {
        Self {
            accounts_per_person: 3,
            accounts_per_enterprise: 10,
            accounts_per_enterprise_raised_most: 1000,
            adult_years: 18,
            top_up_business_days: 1,
            top_up_pay_within: Span::from_days(7),
            transfer_fewest_business_days: 1,
            transfer_most_business_days: 5,
            transfer_check_after_business_days: 3,
            transfer_enter_within: Span::from_days(7),
            transfer_tries: 2,
            registry_earliest_business_days: 3,
            registry_latest_business_days: 7,
            recheck_every: Span::from_days(30),
            recheck_again: Span::from_days(1),
            recheck_notice: Span::from_days(15),
            change_waiting: Span::from_days(30),
            change_invitation: Span::from_days(7),
            immediate_longest: Span::from_minutes(30),
            document_most_bytes: 10 * 1024 * 1024,
            document_most_pixels: 50_000_000,
            document_kept: Span::from_days(180),
        }
    }
}

impl VerificationPolicy {
    /// The numbers that make no sense.
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        let positive =
            |holds, field, rule| PolicyProblem::unless(holds, field, Wanted::Positive, rule);
        let not_below = |holds, field, other, rule| {
            PolicyProblem::unless(holds, field, Wanted::NotBelow(other), rule)
        };
        [
            positive(
                self.accounts_per_person > 0,
                "verification.accounts_per_person",
                RuleId::Ver2,
            ),
            positive(
                self.accounts_per_enterprise > 0,
                "verification.accounts_per_enterprise",
                RuleId::Ent1,
            ),
            not_below(
                self.accounts_per_enterprise_raised_most >= self.accounts_per_enterprise,
                "verification.accounts_per_enterprise_raised_most",
                "verification.accounts_per_enterprise",
                RuleId::Ops2,
            ),
            positive(
                self.transfer_tries > 0,
                "verification.transfer_tries",
                RuleId::Ent7,
            ),
            positive(
                self.transfer_enter_within > Span::ZERO,
                "verification.transfer_enter_within",
                RuleId::Ent7,
            ),
            not_below(
                self.transfer_most_business_days >= self.transfer_fewest_business_days,
                "verification.transfer_most_business_days",
                "verification.transfer_fewest_business_days",
                RuleId::Ent7,
            ),
            positive(
                self.top_up_pay_within > Span::ZERO,
                "verification.top_up_pay_within",
                RuleId::Ent8,
            ),
            not_below(
                self.registry_latest_business_days >= self.registry_earliest_business_days,
                "verification.registry_latest_business_days",
                "verification.registry_earliest_business_days",
                RuleId::Ent9,
            ),
            positive(
                self.change_invitation > Span::ZERO,
                "verification.change_invitation",
                RuleId::Chg14,
            ),
            positive(
                self.recheck_every > Span::ZERO && self.recheck_again > Span::ZERO,
                "verification.recheck_every",
                RuleId::Ent16,
            ),
            positive(
                self.document_most_bytes > 0,
                "verification.document_most_bytes",
                RuleId::Chg13,
            ),
            positive(
                self.document_most_pixels > 0,
                "verification.document_most_pixels",
                RuleId::Chg13,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ent_1_a_highest_raise_below_the_usual_limit_makes_no_sense() {
        let policy = VerificationPolicy {
            accounts_per_enterprise: 10,
            accounts_per_enterprise_raised_most: 9,
            ..VerificationPolicy::default()
        };
        assert_eq!(
            policy.problems(),
            [PolicyProblem {
                field: "verification.accounts_per_enterprise_raised_most",
                wanted: Wanted::NotBelow("verification.accounts_per_enterprise"),
                rule: RuleId::Ops2,
            }]
        );
    }

    #[test]
    fn chg_13_a_policy_is_read_from_a_file_and_unknown_fields_are_refused() {
        let read = |text| serde_json::from_str::<VerificationPolicy>(text);
        let policy = read(r#"{"document_most_bytes": 5000000}"#).unwrap();
        assert_eq!(policy.document_most_bytes, 5_000_000);
        assert_eq!(policy.accounts_per_person, 3);
        assert!(read(r#"{"document_max_bytes": 5000000}"#).is_err());
    }
}
