//! How long a session lasts, and which ones end (SGN-6, SGN-13). Must not know cookies.

use serde::{Deserialize, Serialize};

use super::SignInPolicy;
use crate::protection::{OtherSessions, SecurityChange};
use crate::time::{Span, Timestamp};

/// Names one session of one browser. The store decides how; here ids are only compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SessionId(String);

/// The moments of a session that decide when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// When its owner signed in.
    pub began: Timestamp,
    /// When it was last used.
    pub used: Timestamp,
}

/// How long the sessions of one owner last (SGN-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionLimits {
    /// A session ends after this long without use.
    pub idle: Span,
    /// A session ends this long after it began, used or not.
    pub longest: Span,
}

/// Why limits of sessions cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum SessionLimitProblem {
    /// A session would end while its owner still looks for a pen.
    IdleTooShort {
        /// The shortest time without use.
        least: Span,
    },
    /// A session would be left open for too long.
    IdleTooLong {
        /// The longest time without use.
        most: Span,
    },
    /// A session may not get that old.
    LongestTooLong {
        /// The greatest age.
        most: Span,
    },
    /// The greatest age is below the time without use, which would then mean nothing.
    LongestBelowIdle {
        /// The wished time without use.
        idle: Span,
    },
}

/// What becomes of an account's sessions (SGN-6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionsAfter {
    /// These end at once.
    pub end: Vec<SessionId>,
    /// The session that made the change goes on under a fresh id.
    pub renew_current: bool,
    /// The owner is asked whether these should end as well.
    pub offer_to_end: Vec<SessionId>,
}

/// Which sessions the owner wants to end (SGN-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndWish<'a> {
    /// This one, also the one that asks.
    One(&'a SessionId),
    /// All but the one that asks.
    AllOthers,
}

/// When and why a session ends if nobody uses it again (SGN-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEnd {
    /// It was not used for too long; using it moves this moment.
    Idle(Timestamp),
    /// It is too old; only signing in again helps.
    Longest(Timestamp),
}

impl SessionId {
    /// The session that the store knows by `id`.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as the store knows it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Session {
    /// The moment at which this session ends with the installation's limits (SGN-13).
    #[must_use]
    pub fn end(self, policy: &SignInPolicy) -> SessionEnd {
        self.end_within(SessionLimits::of(policy))
    }

    /// The moment at which this session ends, from which on it is no session (SGN-13).
    #[must_use]
    pub fn end_within(self, limits: SessionLimits) -> SessionEnd {
        let idle = self.used.plus(limits.idle);
        let longest = self.began.plus(limits.longest);
        if idle < longest {
            SessionEnd::Idle(idle)
        } else {
            SessionEnd::Longest(longest)
        }
    }

    /// Whether it still counts at `now` with the installation's limits (SGN-13).
    #[must_use]
    pub fn is_alive(self, policy: &SignInPolicy, now: Timestamp) -> bool {
        self.is_alive_within(SessionLimits::of(policy), now)
    }

    /// Whether it still counts at `now` (SGN-13).
    #[must_use]
    pub fn is_alive_within(self, limits: SessionLimits, now: Timestamp) -> bool {
        now < self.end_within(limits).at()
    }
}

impl SessionLimits {
    /// The limits of an owner who has not chosen any (SGN-13).
    #[must_use]
    pub const fn of(policy: &SignInPolicy) -> Self {
        Self {
            idle: policy.session_idle,
            longest: policy.session_longest,
        }
    }

    /// Chooses the limits for one's own sessions; they hold at once, for open sessions too (SGN-13).
    ///
    /// # Errors
    /// Every problem that applies.
    pub fn choose(
        idle: Span,
        longest: Span,
        policy: &SignInPolicy,
    ) -> Result<Self, Vec<SessionLimitProblem>> {
        let mut problems = Vec::new();
        if idle < policy.session_idle_least {
            problems.push(SessionLimitProblem::IdleTooShort {
                least: policy.session_idle_least,
            });
        }
        if idle > policy.session_idle_most {
            problems.push(SessionLimitProblem::IdleTooLong {
                most: policy.session_idle_most,
            });
        }
        if longest > policy.session_longest_most {
            problems.push(SessionLimitProblem::LongestTooLong {
                most: policy.session_longest_most,
            });
        }
        if longest < idle {
            problems.push(SessionLimitProblem::LongestBelowIdle { idle });
        }
        if problems.is_empty() {
            Ok(Self { idle, longest })
        } else {
            Err(problems)
        }
    }
}

/// What becomes of the sessions after `change` was made from `current`, or by nobody who was signed
/// in (SGN-6). Both ways to a new password end all others alike.
#[must_use]
pub fn sessions_after(
    change: SecurityChange,
    current: Option<&SessionId>,
    all: &[SessionId],
) -> SessionsAfter {
    let others: Vec<SessionId> = all
        .iter()
        .filter(|session| Some(*session) != current)
        .cloned()
        .collect();
    match change.other_sessions() {
        OtherSessions::End => SessionsAfter {
            end: others,
            renew_current: current.is_some(),
            offer_to_end: Vec::new(),
        },
        OtherSessions::OfferToEnd => SessionsAfter {
            end: Vec::new(),
            renew_current: false,
            offer_to_end: others,
        },
        OtherSessions::GoOn => SessionsAfter {
            end: Vec::new(),
            renew_current: false,
            offer_to_end: Vec::new(),
        },
    }
}

/// The sessions that end by the owner's wish; one that is not theirs is never among them (SGN-13).
#[must_use]
pub fn sessions_to_end(
    wish: EndWish<'_>,
    current: &SessionId,
    all: &[SessionId],
) -> Vec<SessionId> {
    let ends = |session: &&SessionId| match wish {
        EndWish::One(one) => *session == one,
        EndWish::AllOthers => *session != current,
    };
    all.iter().filter(ends).cloned().collect()
}

impl SessionEnd {
    /// The moment of the end.
    #[must_use]
    pub const fn at(self) -> Timestamp {
        match self {
            Self::Idle(at) | Self::Longest(at) => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const MILLISECOND: Span = Span::from_millis(1);

    #[test]
    fn sgn_13_a_session_ends_after_two_hours_without_use() {
        let policy = SignInPolicy::default();
        let session = Session {
            began: BEGAN,
            used: BEGAN,
        };
        let end = BEGAN.plus(Span::from_hours(2));
        assert_eq!(session.end(&policy), SessionEnd::Idle(end));
        assert!(session.is_alive(&policy, end.minus(MILLISECOND)));
        assert!(!session.is_alive(&policy, end));
    }

    #[test]
    fn sgn_13_a_session_ends_after_forty_eight_hours_however_much_it_is_used() {
        let policy = SignInPolicy::default();
        let end = BEGAN.plus(Span::from_hours(48));
        let session = Session {
            began: BEGAN,
            used: end.minus(Span::from_minutes(1)),
        };
        assert_eq!(session.end(&policy), SessionEnd::Longest(end));
        assert!(session.is_alive(&policy, end.minus(MILLISECOND)));
        assert!(!session.is_alive(&policy, end));
        let both = Session {
            used: end.minus(Span::from_hours(2)),
            ..session
        };
        let at_once = both.end(&policy);
        assert_eq!(at_once, SessionEnd::Longest(end), "use would not move it");
    }

    #[test]
    fn sgn_13_the_owner_sets_the_limits_within_bounds() {
        let policy = SignInPolicy::default();
        let choose = |idle, longest| SessionLimits::choose(idle, longest, &policy);
        let hours = Span::from_hours;
        assert!(choose(hours(12), hours(48)).is_ok());
        assert!(choose(Span::from_minutes(5), Span::from_minutes(5)).is_ok());
        let over = Span::from_millis(12 * 3_600_000 + 1);
        assert_eq!(
            choose(over, hours(48)),
            Err(vec![SessionLimitProblem::IdleTooLong { most: hours(12) }])
        );
        let over = Span::from_millis(48 * 3_600_000 + 1);
        assert_eq!(
            choose(hours(2), over),
            Err(vec![SessionLimitProblem::LongestTooLong {
                most: hours(48)
            }])
        );
        assert_eq!(
            choose(Span::from_millis(299_999), hours(1)),
            Err(vec![SessionLimitProblem::IdleTooShort {
                least: Span::from_minutes(5)
            }])
        );
        assert_eq!(
            choose(hours(2), hours(1)),
            Err(vec![SessionLimitProblem::LongestBelowIdle {
                idle: hours(2)
            }])
        );
    }

    #[test]
    fn sgn_13_chosen_limits_hold_for_open_sessions() {
        let policy = SignInPolicy::default();
        let limits =
            SessionLimits::choose(Span::from_minutes(30), Span::from_hours(1), &policy).unwrap();
        let mut session = Session {
            began: BEGAN,
            used: BEGAN,
        };
        let idle = BEGAN.plus(Span::from_minutes(30));
        assert_eq!(session.end_within(limits), SessionEnd::Idle(idle));
        assert!(session.is_alive_within(limits, idle.minus(MILLISECOND)));
        assert!(!session.is_alive_within(limits, idle));
        assert!(session.is_alive(&policy, idle), "others are not concerned");
        session.used = BEGAN.plus(Span::from_minutes(45));
        let longest = BEGAN.plus(Span::from_hours(1));
        assert_eq!(session.end_within(limits), SessionEnd::Longest(longest));
    }

    fn sessions() -> [SessionId; 3] {
        ["a", "b", "c"].map(SessionId::new)
    }

    #[test]
    fn v_26_both_ways_to_a_new_password_end_all_other_sessions() {
        let [a, b, c] = sessions();
        let changed = sessions_after(SecurityChange::PasswordChanged, Some(&a), &sessions());
        assert_eq!(changed.end, [b.clone(), c.clone()]);
        assert!(changed.renew_current, "A stays in with a fresh session");
        let reset = sessions_after(SecurityChange::PasswordReset, None, &sessions());
        assert_eq!(reset.end, [a, b, c]);
        assert!(!reset.renew_current);
    }

    #[test]
    fn sgn_6_after_a_change_of_phone_ending_the_others_is_offered() {
        let [a, b, c] = sessions();
        let after = sessions_after(SecurityChange::SecurityPhoneChanged, Some(&a), &sessions());
        assert_eq!(after.end, []);
        assert_eq!(after.offer_to_end, [b, c]);
        let bound = sessions_after(SecurityChange::LoginMethodBound, Some(&a), &sessions());
        assert_eq!((bound.end, bound.offer_to_end), (vec![], vec![]));
    }

    #[test]
    fn sgn_13_sessions_end_one_by_one_or_all_others() {
        let [a, b, c] = sessions();
        let end = |wish| sessions_to_end(wish, &a, &sessions());
        assert_eq!(end(EndWish::One(&b)), std::slice::from_ref(&b));
        assert_eq!(end(EndWish::One(&a)), std::slice::from_ref(&a));
        assert_eq!(end(EndWish::AllOthers), [b.clone(), c.clone()]);
        let strangers = SessionId::new("z");
        assert_eq!(end(EndWish::One(&strangers)), []);
    }
}
