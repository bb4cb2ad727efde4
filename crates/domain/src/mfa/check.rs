//! Whether a code of the bound device is accepted (MFA-3). Must not know the secret.

use serde::{Deserialize, Serialize};

use super::{MfaPolicy, MfaRefusal};
use crate::protection::SixDigits;
use crate::refusal::{Refused, Tried};
use crate::time::Timestamp;

/// One step of 30 seconds, counted from the Unix epoch (RFC 6238).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TotpStep(u64);

/// What is remembered of the codes tried on one account's device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MfaCheck {
    /// The newest step whose code was accepted; neither it nor an older one is accepted again.
    pub last_step: Option<TotpStep>,
    /// The wrong tries.
    pub tries: TryCount,
}

/// Wrong tries, counted and locked (MFA-3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TryCount {
    /// No wrong try since the last right one.
    #[default]
    Clear,
    /// Some wrong tries.
    Counting {
        /// When the first of them was.
        since: Timestamp,
        /// How many.
        wrong: u32,
    },
    /// Too many; nothing is checked.
    Locked {
        /// When the lock ends and counting starts anew.
        until: Timestamp,
    },
}

impl TotpStep {
    /// The length of a step in milliseconds (MFA-1): 30 seconds, which every app has built in.
    pub const MILLIS: i64 = 30_000;

    /// The step with this number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The step in which `now` lies.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(u64::try_from(now.as_millis().div_euclid(Self::MILLIS)).unwrap_or(0))
    }

    /// The number that goes into the MAC.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// When the step begins.
    #[must_use]
    pub fn begins(self) -> Timestamp {
        let number = i64::try_from(self.0).unwrap_or(i64::MAX);
        Timestamp::from_millis(number.saturating_mul(Self::MILLIS))
    }

    /// The step after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl TryCount {
    /// The moment the lock ends, while there is one (MFA-3).
    #[must_use]
    pub fn locked_until(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Locked { until } if now < until => Some(until),
            Self::Locked { .. } | Self::Counting { .. } | Self::Clear => None,
        }
    }

    /// The count after one more wrong try. A lock that has ended and tries older than a lock's
    /// length count no more.
    #[must_use]
    pub fn after_wrong(self, policy: &MfaPolicy, now: Timestamp) -> Self {
        let (since, wrong) = match self {
            Self::Counting { since, wrong } if now < since.plus(policy.lock) => (since, wrong + 1),
            Self::Counting { .. } | Self::Locked { .. } | Self::Clear => (now, 1),
        };
        if wrong < policy.wrong_tries {
            Self::Counting { since, wrong }
        } else {
            Self::Locked {
                until: now.plus(policy.lock),
            }
        }
    }

    /// The refusal that tells of this count: how many tries are left, or until when it is locked.
    fn refusal(self, policy: &MfaPolicy, wrong: impl Fn(u32) -> MfaRefusal) -> MfaRefusal {
        match self {
            Self::Locked { until } => MfaRefusal::Locked { retry_at: until },
            Self::Counting { wrong: tries, .. } => wrong(policy.wrong_tries.saturating_sub(tries)),
            Self::Clear => wrong(policy.wrong_tries),
        }
    }
}

impl MfaCheck {
    /// This check after one more wrong try, and the refusal that tells of it.
    pub(super) fn wrong<T>(
        self,
        policy: &MfaPolicy,
        now: Timestamp,
        refusal: impl Fn(u32) -> MfaRefusal,
    ) -> Tried<Self, T, MfaRefusal> {
        let tries = self.tries.after_wrong(policy, now);
        Tried {
            state: Self { tries, ..self },
            answer: Err(tries.refusal(policy, refusal).into()),
        }
    }

    /// This check, unchanged by a try that is refused without being counted.
    pub(super) fn uncounted<T>(self, refusal: MfaRefusal) -> Tried<Self, T, MfaRefusal> {
        Tried {
            state: self,
            answer: Err(refusal.into()),
        }
    }
}

/// What stands against trying a code now: the lock (MFA-3).
#[must_use]
pub fn may_try(check: &MfaCheck, now: Timestamp) -> Vec<MfaRefusal> {
    check
        .tries
        .locked_until(now)
        .map(|retry_at| MfaRefusal::Locked { retry_at })
        .into_iter()
        .collect()
}

/// The steps whose codes are accepted at `now`: the current one and one either side (MFA-3).
pub fn acceptable_steps(policy: &MfaPolicy, now: Timestamp) -> impl Iterator<Item = TotpStep> {
    let current = TotpStep::at(now).number();
    let aside = u64::from(policy.steps_either_side);
    (current.saturating_sub(aside)..=current.saturating_add(aside)).map(TotpStep::new)
}

/// Tries a code of the bound TOTP device; `code_at` tells what the code of a step is (MFA-3).
///
/// The steps are tried one by one, so that the very step is remembered: a code works once, and
/// none from an older step works afterwards. The state is stored by compare-and-set on what was
/// loaded, so of two equal codes at once one is refused. While locked nothing is compared.
pub fn try_totp(
    check: MfaCheck,
    typed: SixDigits,
    code_at: impl Fn(TotpStep) -> SixDigits,
    policy: &MfaPolicy,
    now: Timestamp,
) -> Tried<MfaCheck, TotpStep, MfaRefusal> {
    if let Err(refused) = Refused::unless_none(may_try(&check, now)) {
        return Tried {
            state: check,
            answer: Err(refused),
        };
    }
    let is_new = |step: TotpStep| check.last_step.is_none_or(|last| last < step);
    let mut used = false;
    for step in acceptable_steps(policy, now).filter(|step| code_at(*step) == typed) {
        if is_new(step) {
            return Tried {
                state: MfaCheck {
                    last_step: Some(step),
                    tries: TryCount::Clear,
                },
                answer: Ok(step),
            };
        }
        used = true;
    }
    match check.last_step {
        Some(last) if used => check.uncounted(MfaRefusal::AlreadyUsed {
            retry_at: last.next().begins(),
        }),
        Some(_) | None => check.wrong(policy, now, |tries_left| MfaRefusal::WrongCode {
            server_time: now,
            tries_left,
        }),
    }
}

/// Whether the challenge that was made for a security key at `made_at` can still be answered (MFA-1).
#[must_use]
pub fn is_challenge_alive(made_at: Timestamp, policy: &MfaPolicy, now: Timestamp) -> bool {
    now < made_at.plus(policy.key_challenge)
}

/// Judges the signature counter of a security key whose signature was right (MFA-1, WebAuthn 7.2).
///
/// Keys without a counter always say zero. A counter that does not grow means that a copy of the
/// key is about; that is counted as a wrong try.
pub fn try_key_counter(
    check: MfaCheck,
    stored: u32,
    answered: u32,
    policy: &MfaPolicy,
    now: Timestamp,
) -> Tried<MfaCheck, u32, MfaRefusal> {
    if let Err(refused) = Refused::unless_none(may_try(&check, now)) {
        return Tried {
            state: check,
            answer: Err(refused),
        };
    }
    if answered > stored || (answered == 0 && stored == 0) {
        return Tried {
            state: MfaCheck {
                tries: TryCount::Clear,
                ..check
            },
            answer: Ok(answered),
        };
    }
    check.wrong(policy, now, |_| MfaRefusal::KeyNotProved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const CURRENT: TotpStep = TotpStep::new(59_666_667);
    const MILLISECOND: Span = Span::from_millis(1);
    const QUARTER: Span = Span::from_minutes(15);

    /// A device whose codes are easy to tell apart: the last digits of the step's number.
    fn code_at(step: TotpStep) -> SixDigits {
        SixDigits::from_number(u32::try_from(step.number() % 1_000_000).unwrap())
    }

    fn code(offset: i64) -> SixDigits {
        code_at(TotpStep::new(CURRENT.number().strict_add_signed(offset)))
    }

    fn enter(
        check: MfaCheck,
        typed: SixDigits,
        now: Timestamp,
    ) -> Tried<MfaCheck, TotpStep, MfaRefusal> {
        let tried = try_totp(check, typed, code_at, &MfaPolicy::default(), now);
        if !may_try(&check, now).is_empty() {
            assert!(tried.answer.is_err());
        }
        tried
    }

    fn refusal<T: std::fmt::Debug>(tried: &Tried<MfaCheck, T, MfaRefusal>) -> MfaRefusal {
        tried.answer.as_ref().unwrap_err().all()[0]
    }

    fn after_wrong(mut check: MfaCheck, times: u32, now: Timestamp) -> MfaCheck {
        for _ in 0..times {
            check = enter(check, code(77), now).state;
        }
        check
    }

    #[test]
    fn v_18_one_step_either_side_is_accepted_and_no_more() {
        assert_eq!(TotpStep::at(NOW), CURRENT);
        for (offset, accepted) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let tried = enter(MfaCheck::default(), code(offset), NOW);
            assert_eq!(tried.answer.is_ok(), accepted, "{offset}");
        }
    }

    #[test]
    fn mfa_3_a_code_is_accepted_only_in_its_validity() {
        let begins = CURRENT.begins();
        let early = begins.minus(Span::from_seconds(30));
        let late = begins.plus(Span::from_seconds(60));
        for (now, accepted) in [
            (early.minus(MILLISECOND), false),
            (early, true),
            (late.minus(MILLISECOND), true),
            (late, false),
        ] {
            let tried = enter(MfaCheck::default(), code(0), now);
            assert_eq!(tried.answer.is_ok(), accepted);
        }
    }

    #[test]
    fn v_17_the_same_code_is_refused_the_second_time() {
        let first = enter(MfaCheck::default(), code(0), NOW);
        assert_eq!(first.answer, Ok(CURRENT));
        let second = enter(first.state, code(0), NOW);
        let used = MfaRefusal::AlreadyUsed {
            retry_at: CURRENT.next().begins(),
        };
        assert_eq!(refusal(&second), used);
        assert_eq!(
            second.state, first.state,
            "a repeat is not counted as wrong"
        );
        let older = enter(first.state, code(-1), NOW);
        assert_eq!(refusal(&older), used, "an older step is over as well");
        let next = enter(first.state, code(1), NOW);
        assert_eq!(next.answer, Ok(CURRENT.next()));
    }

    #[test]
    fn mfa_3_the_fifth_wrong_try_locks_for_fifteen_minutes() {
        let four = after_wrong(MfaCheck::default(), 4, NOW);
        assert!(enter(four, code(0), NOW).answer.is_ok());
        let fifth = enter(four, code(77), NOW);
        let locked = MfaRefusal::Locked {
            retry_at: NOW.plus(QUARTER),
        };
        assert_eq!(refusal(&fifth), locked);
        let last = NOW.plus(QUARTER).minus(MILLISECOND);
        let right = code_at(TotpStep::at(last));
        assert_eq!(refusal(&enter(fifth.state, right, last)), locked);
        let end = NOW.plus(QUARTER);
        let right = code_at(TotpStep::at(end));
        assert!(enter(fifth.state, right, end).answer.is_ok());
    }

    #[test]
    fn mfa_3_after_a_lock_counting_starts_anew() {
        let locked = after_wrong(MfaCheck::default(), 5, NOW);
        let end = NOW.plus(QUARTER);
        let tried = enter(locked, code(77), end);
        assert_eq!(
            refusal(&tried),
            MfaRefusal::WrongCode {
                server_time: end,
                tries_left: 4
            }
        );
    }

    #[test]
    fn v_23_a_right_code_clears_the_count_and_old_failures_are_forgotten() {
        let four = after_wrong(MfaCheck::default(), 4, NOW);
        let right = enter(four, code(0), NOW);
        assert_eq!(right.state.tries, TryCount::Clear);
        let one_more = after_wrong(right.state, 1, NOW);
        assert_eq!(one_more.tries.locked_until(NOW), None);

        let inside = NOW.plus(QUARTER).minus(MILLISECOND);
        let within = after_wrong(four, 1, inside);
        assert!(within.tries.locked_until(inside).is_some());
        let outside = after_wrong(four, 1, NOW.plus(QUARTER));
        assert_eq!(outside.tries.locked_until(NOW.plus(QUARTER)), None);
    }

    #[test]
    fn mfa_4_a_refused_code_tells_the_server_time() {
        let tried = enter(MfaCheck::default(), code(77), NOW);
        assert_eq!(
            refusal(&tried),
            MfaRefusal::WrongCode {
                server_time: NOW,
                tries_left: 4
            }
        );
    }

    #[test]
    fn mfa_1_a_security_key_whose_counter_does_not_grow_is_refused() {
        let policy = MfaPolicy::default();
        let counter =
            |stored, answered| try_key_counter(MfaCheck::default(), stored, answered, &policy, NOW);
        assert_eq!(counter(7, 8).answer, Ok(8));
        assert_eq!(counter(0, 0).answer, Ok(0), "a key without a counter");
        assert_eq!(refusal(&counter(7, 7)), MfaRefusal::KeyNotProved);
        assert_eq!(refusal(&counter(7, 0)), MfaRefusal::KeyNotProved);
        let locked = after_wrong(MfaCheck::default(), 5, NOW);
        let tried = try_key_counter(locked, 7, 8, &policy, NOW);
        assert!(matches!(refusal(&tried), MfaRefusal::Locked { .. }));
    }

    #[test]
    fn times_before_the_epoch_have_a_step_too() {
        let before = Timestamp::from_millis(-1);
        assert_eq!(TotpStep::at(before), TotpStep::new(0));
        let steps: Vec<_> = acceptable_steps(&MfaPolicy::default(), before).collect();
        assert_eq!(steps, [TotpStep::new(0), TotpStep::new(1)]);
    }
}
