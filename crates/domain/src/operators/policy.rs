//! The numbers of the operators' desk.

use serde::{Deserialize, Serialize};

use super::Queue;
use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
use crate::sign_in::SessionLimits;
use crate::time::Span;

/// The numbers of the operators' desk (OPS).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OperatorPolicy {
    /// Business days in which a change of verification is reviewed (CHG-9).
    pub verification_change_business_days: u16,
    /// Business days in which an appeal is reviewed; ours.
    pub appeal_business_days: u16,
    /// Business days in which an enterprise's search is answered; ours.
    pub enterprise_find_business_days: u16,
    /// Business days in which a deregistration is reviewed (DRG-8).
    pub deregistration_business_days: u16,
    /// Business days in which a recycled number is decided after an objection; ours.
    pub recycled_number_business_days: u16,
    /// Queues in which a second reviewer must approve too; none unless an installation says so.
    pub second_reviewer: Vec<Queue>,
    /// Most characters of an operator's reason, in code points; ours.
    pub reason_longest: u32,
    /// An operator's session ends after this long without use; ours: 30 minutes.
    pub session_idle: Span,
    /// An operator's session ends this long after it began, used or not; ours: 12 hours, a working day.
    pub session_longest: Span,
    /// The code may be given for this long after the password; ours: 10 minutes.
    pub second_step: Span,
}

impl Default for OperatorPolicy {
    fn default() -> Self {
        Self {
            verification_change_business_days: 3,
            appeal_business_days: 3,
            enterprise_find_business_days: 3,
            deregistration_business_days: 3,
            recycled_number_business_days: 3,
            second_reviewer: Vec::new(),
            reason_longest: 500,
            session_idle: Span::from_minutes(30),
            session_longest: Span::from_hours(12),
            second_step: Span::from_minutes(10),
        }
    }
}

impl OperatorPolicy {
    /// How long an operator's session lasts (OPS-1): the whole one, or its first step while the code is
    /// still to be given.
    #[must_use]
    pub const fn session_limits(&self, is_on_duty: bool) -> SessionLimits {
        if is_on_duty {
            SessionLimits {
                idle: self.session_idle,
                longest: self.session_longest,
            }
        } else {
            SessionLimits {
                idle: self.second_step,
                longest: self.second_step,
            }
        }
    }

    /// Every number here that makes no sense.
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        [
            PolicyProblem::unless(
                self.reason_longest > 0,
                "operators.reason_longest",
                Wanted::Positive,
                RuleId::Ops2,
            ),
            PolicyProblem::unless(
                self.session_idle > Span::ZERO,
                "operators.session_idle",
                Wanted::Positive,
                RuleId::Ops1,
            ),
            PolicyProblem::unless(
                self.session_longest >= self.session_idle,
                "operators.session_longest",
                Wanted::NotBelow("operators.session_idle"),
                RuleId::Ops1,
            ),
            PolicyProblem::unless(
                self.second_step > Span::ZERO,
                "operators.second_step",
                Wanted::Positive,
                RuleId::Ops1,
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
    use crate::sign_in::Session;
    use crate::time::Timestamp;

    #[test]
    fn ops_1_a_session_without_a_code_lives_ten_minutes_and_one_with_it_a_working_day() {
        const BEGAN: Timestamp = Timestamp::from_millis(1_790_000_010_000);
        let policy = OperatorPolicy::default();
        let session = |used| Session { began: BEGAN, used };
        let lives = |is_on_duty, used, until| {
            let limits = policy.session_limits(is_on_duty);
            session(used).is_alive_within(limits, until)
        };
        let millisecond = Span::from_millis(1);
        let (step, idle) = (Span::from_minutes(10), Span::from_minutes(30));
        // Asking again and again does not make the first step last longer.
        let asked = BEGAN.plus(Span::from_minutes(9));
        assert!(lives(false, asked, BEGAN.plus(step).minus(millisecond)));
        assert!(!lives(false, asked, BEGAN.plus(step)));
        assert!(lives(true, BEGAN, BEGAN.plus(idle).minus(millisecond)));
        assert!(!lives(true, BEGAN, BEGAN.plus(idle)));
        let day = BEGAN.plus(Span::from_hours(12));
        assert!(lives(true, day.minus(millisecond), day.minus(millisecond)));
        assert!(!lives(true, day.minus(millisecond), day));
    }
}
