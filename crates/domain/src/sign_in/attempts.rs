//! Counting wrong passwords: captcha, then lock (SGN-1). Must not know whose they are: an address
//! that nobody has is counted with the same functions.

use super::{SignInPolicy, SignInRefusal};
use crate::refusal::{Refused, Tried};
use crate::time::Timestamp;

/// The wrong passwords of one account, or of one address that belongs to none (SGN-1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WrongPasswords {
    /// None since counting last began anew.
    #[default]
    None,
    /// Some, all on the day of the first.
    Counting {
        /// When the first of the day was.
        first: Timestamp,
        /// How many.
        wrong: u32,
    },
    /// Too many: nobody signs in with a password.
    Locked {
        /// When the lock ends and counting begins anew.
        until: Timestamp,
    },
}

/// Whether the try came with a solved captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Captcha {
    /// None was sent, or it was not solved.
    Missing,
    /// It was solved, for this very try.
    Solved,
}

impl WrongPasswords {
    /// What still counts at `now`: a lock that is over and the count of another day in
    /// Asia/Shanghai do not. A lock that runs past midnight lasts to its end.
    #[must_use]
    pub fn as_of(self, now: Timestamp) -> Self {
        match self {
            Self::Counting { first, .. } if first.date() != now.date() => Self::None,
            Self::Locked { until } if until <= now => Self::None,
            Self::None | Self::Counting { .. } | Self::Locked { .. } => self,
        }
    }

    /// How many wrong passwords count at `now`, for judging risk (SGN-4).
    #[must_use]
    pub fn count(self, policy: &SignInPolicy, now: Timestamp) -> u32 {
        match self.as_of(now) {
            Self::None => 0,
            Self::Counting { wrong, .. } => wrong,
            Self::Locked { .. } => policy.wrong_without_lock.saturating_add(1),
        }
    }

    /// Whether the next try needs a captcha (SGN-1).
    #[must_use]
    pub fn needs_captcha(self, policy: &SignInPolicy, now: Timestamp) -> bool {
        match self.as_of(now) {
            Self::Counting { wrong, .. } => wrong > policy.wrong_without_captcha,
            Self::None | Self::Locked { .. } => false,
        }
    }

    fn after_wrong(self, policy: &SignInPolicy, now: Timestamp) -> Self {
        let (first, wrong) = match self.as_of(now) {
            Self::Counting { first, wrong } => (first, wrong.saturating_add(1)),
            Self::None | Self::Locked { .. } => (now, 1),
        };
        if wrong <= policy.wrong_without_lock {
            return Self::Counting { first, wrong };
        }
        let from_first = first.plus(policy.lock);
        let until = if now < from_first {
            from_first
        } else {
            now.plus(policy.lock)
        };
        Self::Locked { until }
    }
}

/// What stands against trying a password now: a lock, or a captcha that is missing (SGN-1).
#[must_use]
pub fn may_try_password(
    wrong: WrongPasswords,
    captcha: Captcha,
    policy: &SignInPolicy,
    now: Timestamp,
) -> Vec<SignInRefusal> {
    if let WrongPasswords::Locked { until } = wrong.as_of(now) {
        return vec![SignInRefusal::Locked { retry_at: until }];
    }
    if captcha == Captcha::Missing && wrong.needs_captcha(policy, now) {
        return vec![SignInRefusal::CaptchaNeeded];
    }
    Vec::new()
}

/// Counts a try to sign in with a password (SGN-1).
///
/// While at most 3 were wrong on the day nothing more is asked; from then on each try needs a
/// captcha; the 11th wrong one locks for an hour from the first of the day, or from itself when
/// that hour is over. A try that is locked or lacks its captcha is refused before `matches` is
/// looked at, so it tells nothing about the password; an address that nobody has passes `false`.
pub fn try_password(
    wrong: WrongPasswords,
    captcha: Captcha,
    matches: bool,
    policy: &SignInPolicy,
    now: Timestamp,
) -> Tried<WrongPasswords, (), SignInRefusal> {
    let refused = Refused::unless_none(may_try_password(wrong, captcha, policy, now));
    if refused.is_err() {
        return Tried {
            state: wrong,
            answer: refused,
        };
    }
    if matches {
        return Tried {
            state: WrongPasswords::None,
            answer: Ok(()),
        };
    }
    let state = wrong.after_wrong(policy, now);
    let refusal = match state {
        WrongPasswords::Locked { until } => SignInRefusal::Locked { retry_at: until },
        WrongPasswords::None | WrongPasswords::Counting { .. } => {
            SignInRefusal::WrongEmailOrPassword
        }
    };
    Tried {
        state,
        answer: Err(refusal.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Date, Span};

    const HOUR: Span = Span::from_hours(1);
    const MILLISECOND: Span = Span::from_millis(1);

    /// 2026-09-21, so many minutes after midnight in Asia/Shanghai.
    fn at(hour: u32, minute: u32) -> Timestamp {
        let midnight = Date::from_ymd(2026, 9, 21).unwrap().begin();
        midnight.plus(Span::from_minutes(hour * 60 + minute))
    }

    fn enter(
        state: WrongPasswords,
        captcha: Captcha,
        matches: bool,
        now: Timestamp,
    ) -> (WrongPasswords, Result<(), SignInRefusal>) {
        let policy = SignInPolicy::default();
        let tried = try_password(state, captcha, matches, &policy, now);
        let may = may_try_password(state, captcha, &policy, now);
        let answer = tried.answer.map_err(|refused| refused.all()[0]);
        assert_eq!(may.is_empty() && matches, answer.is_ok());
        (tried.state, answer)
    }

    fn wrong(mut state: WrongPasswords, times: u32, now: Timestamp) -> WrongPasswords {
        for _ in 0..times {
            state = enter(state, Captcha::Solved, false, now).0;
        }
        state
    }

    #[test]
    fn sgn_1_the_fourth_wrong_password_asks_for_a_captcha_and_the_third_does_not() {
        let three = wrong(WrongPasswords::None, 3, at(9, 0));
        assert_eq!(enter(three, Captcha::Missing, true, at(9, 1)).1, Ok(()));
        let four = wrong(WrongPasswords::None, 4, at(9, 0));
        let refused = Err(SignInRefusal::CaptchaNeeded);
        assert_eq!(enter(four, Captcha::Missing, true, at(9, 1)).1, refused);
        assert_eq!(enter(four, Captcha::Solved, true, at(9, 1)).1, Ok(()));
    }

    #[test]
    fn sgn_1_the_eleventh_wrong_password_locks_and_the_tenth_does_not() {
        let ten = wrong(WrongPasswords::None, 10, at(9, 0));
        assert_eq!(enter(ten, Captcha::Solved, true, at(9, 1)).1, Ok(()));
        let (eleven, answer) = enter(ten, Captcha::Solved, false, at(9, 1));
        let locked = Err(SignInRefusal::Locked {
            retry_at: at(10, 0),
        });
        assert_eq!(answer, locked);
        assert_eq!(enter(eleven, Captcha::Solved, true, at(9, 2)).1, locked);
    }

    #[test]
    fn sgn_1_the_lock_counts_from_the_first_wrong_password_of_the_day() {
        let first = wrong(WrongPasswords::None, 1, at(9, 0));
        let eleven = wrong(first, 10, at(9, 40));
        assert_eq!(eleven, WrongPasswords::Locked { until: at(10, 0) });
        let last = at(10, 0).minus(MILLISECOND);
        assert!(enter(eleven, Captcha::Solved, true, last).1.is_err());
        assert_eq!(enter(eleven, Captcha::Missing, true, at(10, 0)).1, Ok(()));
    }

    #[test]
    fn sgn_1_when_the_hour_is_over_the_lock_counts_from_the_eleventh() {
        let ten = wrong(WrongPasswords::None, 10, at(9, 0));
        let inside = wrong(ten, 1, at(10, 0).minus(MILLISECOND));
        assert_eq!(inside, WrongPasswords::Locked { until: at(10, 0) });
        let over = wrong(ten, 1, at(10, 0));
        assert_eq!(over, WrongPasswords::Locked { until: at(11, 0) });
        let long_over = wrong(ten, 1, at(15, 0));
        assert_eq!(long_over, WrongPasswords::Locked { until: at(16, 0) });
    }

    #[test]
    fn sgn_1_after_a_lock_counting_begins_anew() {
        let locked = wrong(WrongPasswords::None, 11, at(9, 0));
        let again = wrong(locked, 1, at(10, 0));
        assert_eq!(
            again,
            WrongPasswords::Counting {
                first: at(10, 0),
                wrong: 1
            }
        );
    }

    #[test]
    fn v_24_the_count_begins_anew_at_midnight_in_shanghai_and_not_at_eight() {
        let ten = wrong(WrongPasswords::None, 10, at(23, 58));
        let policy = SignInPolicy::default();
        assert_eq!(ten.count(&policy, at(23, 59)), 10);
        assert_eq!(ten.count(&policy, at(24, 0).minus(MILLISECOND)), 10);
        assert_eq!(ten.count(&policy, at(24, 0)), 0);
        assert_eq!(ten.count(&policy, at(24, 2)), 0);
        let early = wrong(WrongPasswords::None, 5, at(7, 58));
        assert_eq!(early.count(&policy, at(8, 2)), 5);
    }

    #[test]
    fn sgn_1_a_lock_that_runs_past_midnight_lasts_to_its_end() {
        let locked = wrong(WrongPasswords::None, 11, at(23, 30));
        assert_eq!(locked, WrongPasswords::Locked { until: at(24, 30) });
        let still = Err(SignInRefusal::Locked {
            retry_at: at(24, 30),
        });
        assert_eq!(enter(locked, Captcha::Solved, true, at(24, 10)).1, still);
        assert_eq!(enter(locked, Captcha::Missing, true, at(24, 30)).1, Ok(()));
    }

    #[test]
    fn v_23_a_right_password_clears_the_count() {
        let ten = wrong(WrongPasswords::None, 10, at(9, 0));
        let (clear, _) = enter(ten, Captcha::Solved, true, at(9, 1));
        assert_eq!(clear, WrongPasswords::None);
        let one = wrong(clear, 1, at(9, 2));
        assert_eq!(
            one,
            WrongPasswords::Counting {
                first: at(9, 2),
                wrong: 1
            }
        );
    }

    #[test]
    fn sgn_1_a_locked_or_captcha_less_try_tells_nothing_and_is_not_counted() {
        let locked = wrong(WrongPasswords::None, 11, at(9, 0));
        let four = wrong(WrongPasswords::None, 4, at(9, 0));
        for state in [locked, four] {
            let right = enter(state, Captcha::Missing, true, at(9, 1));
            let wrong = enter(state, Captcha::Missing, false, at(9, 1));
            assert_eq!(right, wrong);
            assert_eq!(right.0, state);
        }
    }

    #[test]
    fn sgn_1_the_refusal_says_when_the_lock_ends() {
        use crate::refusal::Refuse;
        let until = at(9, 0).plus(HOUR);
        let refusal = SignInRefusal::Locked { retry_at: until };
        assert_eq!(refusal.retry_at(), Some(until));
    }
}
