//! What to do when the business register does not say yes (ENT-9, ENT-10). Must not know the
//! register itself.

use serde::{Deserialize, Serialize};

use super::VerificationPolicy;
use crate::calendar::Calendar;
use crate::time::{Date, Timestamp};

/// What the business register answers about a name and a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RegisterAnswer {
    /// They belong together.
    Matches,
    /// The code is known under another name, or the name under another code.
    Differs,
    /// Neither is known.
    NotRecorded,
}

/// What the page advises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RegisterAdvice {
    /// Nothing is wrong.
    GoOn,
    /// The licence is new: wait until the register has it.
    TryAgain {
        /// From the beginning of this day on it may be there.
        from: Timestamp,
        /// By the end of this day it must be there.
        until: Timestamp,
    },
    /// Check name and code.
    CheckNameOrCode,
    /// Check name and code; the licence is new, so the register may also be behind.
    CheckNameOrCodeOrTryAgain {
        /// From the beginning of this day on it may be there.
        from: Timestamp,
        /// By the end of this day it must be there.
        until: Timestamp,
    },
    /// The register should have it by now: ask support.
    Support,
}

/// What to advise after the register's answer (ENT-9).
///
/// A licence issued on `issued` may take 3 to 7 business days to be recorded; until the seventh is
/// over one tries again, after that support helps.
#[must_use]
pub fn advise_after_register(
    answer: RegisterAnswer,
    issued: Date,
    policy: &VerificationPolicy,
    calendar: &Calendar,
    now: Timestamp,
) -> RegisterAdvice {
    match answer {
        RegisterAnswer::Matches => RegisterAdvice::GoOn,
        RegisterAnswer::Differs => RegisterAdvice::CheckNameOrCode,
        RegisterAnswer::NotRecorded => match window(issued, policy, calendar, now) {
            Some((from, until)) => RegisterAdvice::TryAgain { from, until },
            None => RegisterAdvice::Support,
        },
    }
}

/// What to advise when a legal representative's check passed, but the verification failed (ENT-10).
#[must_use]
pub fn advise_after_representative(
    issued: Date,
    policy: &VerificationPolicy,
    calendar: &Calendar,
    now: Timestamp,
) -> RegisterAdvice {
    match window(issued, policy, calendar, now) {
        Some((from, until)) => RegisterAdvice::CheckNameOrCodeOrTryAgain { from, until },
        None => RegisterAdvice::CheckNameOrCode,
    }
}

/// When to try again, while the register may still be behind; never before tomorrow.
fn window(
    issued: Date,
    policy: &VerificationPolicy,
    calendar: &Calendar,
    now: Timestamp,
) -> Option<(Timestamp, Timestamp)> {
    let earliest = calendar.add_business_days(issued, policy.registry_earliest_business_days);
    let until = calendar
        .due(issued.begin(), policy.registry_latest_business_days)
        .at;
    let from = earliest.date.max(now.date().next()).begin();
    (now <= until).then_some((from, until.max(from)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    // A Friday. The third business day after it is Tuesday 22 September, the seventh Tuesday 29:
    // Sunday 20 is worked, 25 to 27 are the Mid-Autumn holiday.
    const YEAR: i32 = 2026;

    fn day(month: u8, day: u8) -> Date {
        Date::from_ymd(YEAR, month, day).unwrap()
    }

    fn advice(answer: RegisterAnswer, now: Timestamp) -> RegisterAdvice {
        let policy = VerificationPolicy::default();
        advise_after_register(answer, day(9, 18), &policy, &Calendar::mainland(), now)
    }

    fn last_moment() -> Timestamp {
        day(9, 29).end().minus(Span::from_millis(1))
    }

    #[test]
    fn ent_9_a_new_licence_that_is_not_recorded_says_when_to_try_again() {
        assert_eq!(
            advice(RegisterAnswer::NotRecorded, day(9, 18).begin()),
            RegisterAdvice::TryAgain {
                from: day(9, 22).begin(),
                until: last_moment()
            }
        );
        assert_eq!(
            advice(RegisterAnswer::NotRecorded, day(9, 23).begin()),
            RegisterAdvice::TryAgain {
                from: day(9, 24).begin(),
                until: last_moment()
            },
            "never a day that is over"
        );
    }

    #[test]
    fn ent_9_after_the_seventh_business_day_support_is_offered() {
        assert!(matches!(
            advice(RegisterAnswer::NotRecorded, last_moment()),
            RegisterAdvice::TryAgain { .. }
        ));
        assert_eq!(
            advice(RegisterAnswer::NotRecorded, day(9, 29).end()),
            RegisterAdvice::Support
        );
    }

    #[test]
    fn ent_9_other_answers_need_no_waiting() {
        let now = day(9, 18).begin();
        assert_eq!(advice(RegisterAnswer::Matches, now), RegisterAdvice::GoOn);
        assert_eq!(
            advice(RegisterAnswer::Differs, now),
            RegisterAdvice::CheckNameOrCode
        );
    }

    #[test]
    fn ent_10_a_passed_check_that_failed_says_check_and_for_a_new_licence_wait() {
        let policy = VerificationPolicy::default();
        let advice =
            |now| advise_after_representative(day(9, 18), &policy, &Calendar::mainland(), now);
        assert_eq!(
            advice(day(9, 18).begin()),
            RegisterAdvice::CheckNameOrCodeOrTryAgain {
                from: day(9, 22).begin(),
                until: last_moment()
            }
        );
        assert_eq!(advice(day(9, 30).begin()), RegisterAdvice::CheckNameOrCode);
    }
}
