//! How long a session lasts (SGN-13). Must not know cookies.

use super::SignInPolicy;
use crate::time::Timestamp;

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
    /// The moment at which this session ends, from which on it is no session (SGN-13).
    #[must_use]
    pub fn end(self, policy: &SignInPolicy) -> SessionEnd {
        let idle = self.used.plus(policy.session_idle);
        let longest = self.began.plus(policy.session_longest);
        if idle < longest {
            SessionEnd::Idle(idle)
        } else {
            SessionEnd::Longest(longest)
        }
    }

    /// Whether it still counts at `now` (SGN-13).
    #[must_use]
    pub fn is_alive(self, policy: &SignInPolicy, now: Timestamp) -> bool {
        now < self.end(policy).at()
    }
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
    use crate::time::Span;

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
    }
}
