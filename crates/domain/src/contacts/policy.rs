//! The numbers of phones, e-mails and the codes sent to them.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, unmet};
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
            pending_change: Span::from_hours(24),
            objection: Span::from_days(7),
        }
    }
}

impl ContactPolicy {
    /// Every number here that makes no sense.
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        unmet(&[
            (
                "contacts.accounts_per_phone",
                "at least 1",
                self.accounts_per_phone > 0,
            ),
            (
                "contacts.code_lives",
                "above zero",
                self.code_lives > Span::ZERO,
            ),
            ("contacts.code_tries", "at least 1", self.code_tries > 0),
            (
                "contacts.codes_per_day",
                "at least 1",
                self.codes_per_day > 0,
            ),
            (
                "contacts.wrong_codes_per_day",
                "at least contacts.code_tries",
                self.wrong_codes_per_day >= self.code_tries,
            ),
            (
                "contacts.pending_change",
                "above contacts.code_lives",
                self.pending_change > self.code_lives,
            ),
            (
                "contacts.objection",
                "above zero",
                self.objection > Span::ZERO,
            ),
        ])
    }
}
