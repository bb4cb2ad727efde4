//! The numbers of phones, e-mails and the codes sent to them.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
use crate::time::Span;

/// The numbers of contacts and verification codes (CON).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContactPolicy {
    /// Accounts that may have one number as security phone (CON-2): 5.
    pub accounts_per_phone: u32,
    /// A code lives this long (CON-12): 5 minutes.
    pub code_lives: Span,
    /// A code dies after so many wrong tries (CON-12): 5.
    pub code_tries: u32,
    /// The next code to the same target may follow after this long (CON-12): 60 seconds.
    pub resend_after: Span,
    /// Codes to one target on one day (CON-12): 10.
    pub codes_per_day: u32,
    /// Wrong tries of one account and purpose on one day, whatever the code (CON-12): 20.
    pub wrong_codes_per_day: u32,
    /// Codes that one network address may ask for, without signing in, in each window; ours, beside
    /// CON-12: 60.
    pub codes_per_address: u32,
    /// The window of [`ContactPolicy::codes_per_address`]: 1 hour.
    pub codes_window: Span,
    /// A change that waits for its confirmation lapses after this long, ours (CON-5, CON-6): 24 hours.
    pub pending_change: Span,
    /// The holders of a recycled number may object for this long (CON-9): 7 days of 24 hours.
    pub objection: Span,
}

impl Default for ContactPolicy {
    fn default() -> Self {
        Self {
            accounts_per_phone: 5,
            code_lives: Span::from_minutes(5),
            code_tries: 5,
            resend_after: Span::from_seconds(60),
            codes_per_day: 10,
            wrong_codes_per_day: 20,
            codes_per_address: 60,
            codes_window: Span::from_hours(1),
            pending_change: Span::from_hours(24),
            objection: Span::from_days(7),
        }
    }
}

impl ContactPolicy {
    /// Every number here that makes no sense.
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        [
            PolicyProblem::unless(
                self.accounts_per_phone > 0,
                "contacts.accounts_per_phone",
                Wanted::Positive,
                RuleId::Con2,
            ),
            PolicyProblem::unless(
                self.code_lives > Span::ZERO,
                "contacts.code_lives",
                Wanted::Positive,
                RuleId::Con12,
            ),
            PolicyProblem::unless(
                self.code_tries > 0,
                "contacts.code_tries",
                Wanted::Positive,
                RuleId::Con12,
            ),
            PolicyProblem::unless(
                self.codes_per_address > 0,
                "contacts.codes_per_address",
                Wanted::Positive,
                RuleId::Con12,
            ),
            PolicyProblem::unless(
                self.codes_per_day > 0,
                "contacts.codes_per_day",
                Wanted::Positive,
                RuleId::Con12,
            ),
            PolicyProblem::unless(
                self.wrong_codes_per_day >= self.code_tries,
                "contacts.wrong_codes_per_day",
                Wanted::NotBelow("contacts.code_tries"),
                RuleId::Con12,
            ),
            PolicyProblem::unless(
                self.pending_change > self.code_lives,
                "contacts.pending_change",
                Wanted::Above("contacts.code_lives"),
                RuleId::Con5,
            ),
            PolicyProblem::unless(
                self.objection > Span::ZERO,
                "contacts.objection",
                Wanted::Positive,
                RuleId::Con9,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
