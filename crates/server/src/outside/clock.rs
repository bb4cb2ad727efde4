//! What time it is. Must not know who asks.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use domain::time::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The moment it is now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The demo's clock: the machine's, moved forward by hand.
#[derive(Debug, Default)]
pub struct MovableClock {
    ahead: AtomicI64,
}

impl MovableClock {
    /// How far it may run ahead, 100 years: beyond, dates would stop being dates.
    pub const FARTHEST: i64 = 100 * 366 * 86_400_000;

    /// A clock that runs `ahead` milliseconds ahead of the machine's.
    #[must_use]
    pub fn ahead_by(ahead: i64) -> Self {
        Self {
            ahead: AtomicI64::new(ahead.clamp(0, Self::FARTHEST)),
        }
    }

    /// Moves it forward; answers how far it is ahead then, or nothing when that is too far.
    #[must_use]
    pub fn forward(&self, milliseconds: u64) -> Option<i64> {
        let step = i64::try_from(milliseconds).ok()?;
        let moved = |ahead: i64| {
            let ahead = ahead.checked_add(step)?;
            (ahead <= Self::FARTHEST).then_some(ahead)
        };
        let before = self
            .ahead
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, moved)
            .ok()?;
        Some(before + step)
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        let ahead = self.ahead.load(Ordering::SeqCst);
        Timestamp::from_millis(SystemClock.now().as_millis().saturating_add(ahead))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_movable_clock_moves_forward_only_and_not_beyond_a_century() {
        let clock = MovableClock::default();
        let before = clock.now();
        assert_eq!(clock.forward(3_600_000), Some(3_600_000));
        assert!(clock.now().since(before).as_millis() >= 3_600_000);
        assert_eq!(clock.forward(u64::MAX), None);
        let rest = u64::try_from(MovableClock::FARTHEST - 3_600_000).unwrap();
        assert_eq!(clock.forward(rest + 1), None);
        assert_eq!(clock.forward(rest), Some(MovableClock::FARTHEST));
        assert_eq!(MovableClock::ahead_by(-5).forward(0), Some(0));
    }
}
