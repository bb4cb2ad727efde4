//! An identity whose holder was just seen, and that waits for the person's choice: which account,
//! link, or register (SGN-5, LGM-5). Must not know by which provider it was seen.

use super::{ScanRefusal, SessionId, SignInPolicy};
use crate::login_methods::{LoginIdentity, ProvedIdentity};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// An identity that was proved in one browser a moment ago; the store keeps it until the person has
/// chosen what to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenIdentity {
    /// The identity.
    pub identity: LoginIdentity,
    /// The browser in which it was proved; nobody else can use it.
    pub shown_in: SessionId,
    /// When it was proved.
    pub seen_at: Timestamp,
}

impl SeenIdentity {
    /// Keeps what was proved in this browser for the choice that follows.
    #[must_use]
    pub fn new(proved: &ProvedIdentity, shown_in: SessionId, now: Timestamp) -> Self {
        Self {
            identity: proved.identity().clone(),
            shown_in,
            seen_at: now,
        }
    }

    /// From when on it proves nothing any more.
    #[must_use]
    pub fn expires_at(&self, policy: &SignInPolicy) -> Timestamp {
        self.seen_at.plus(policy.seen_identity)
    }

    /// Takes it as proof, in the browser that it was seen in and while it is fresh (SGN-5, SGN-11). The
    /// store forgets it in the transaction of what it was used for, so that it works once.
    ///
    /// # Errors
    /// [`ScanRefusal::NotYours`] in another browser, [`ScanRefusal::Expired`] when it is too old.
    pub fn take(
        self,
        browser: &SessionId,
        policy: &SignInPolicy,
        now: Timestamp,
    ) -> Result<ProvedIdentity, Refused<ScanRefusal>> {
        if self.shown_in != *browser {
            return Err(ScanRefusal::NotYours.into());
        }
        if now >= self.expires_at(policy) {
            return Err(ScanRefusal::Expired.into());
        }
        Ok(ProvedIdentity::seen(self.identity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::login_methods::LoginMethodKind;
    use crate::time::Span;

    const SEEN: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const END: Timestamp = SEEN.plus(Span::from_minutes(15));

    fn taken(browser: &str, now: Timestamp) -> Result<ProvedIdentity, Vec<ScanRefusal>> {
        let identity = LoginIdentity::new(LoginMethodKind::Wechat, "somebody");
        let proved = ProvedIdentity::seen(identity);
        SeenIdentity::new(&proved, SessionId::new("A"), SEEN)
            .take(&SessionId::new(browser), &SignInPolicy::default(), now)
            .map_err(Refused::into_all)
    }

    #[test]
    fn sgn_5_what_was_seen_counts_for_fifteen_minutes() {
        let identity = LoginIdentity::new(LoginMethodKind::Wechat, "somebody");
        let last = END.minus(Span::from_millis(1));
        assert_eq!(taken("A", SEEN).unwrap().identity(), &identity);
        assert_eq!(taken("A", last).unwrap().identity(), &identity);
        assert_eq!(taken("A", END), Err(vec![ScanRefusal::Expired]));
    }

    #[test]
    fn v_27_what_was_seen_in_one_browser_counts_in_no_other() {
        assert_eq!(taken("B", SEEN), Err(vec![ScanRefusal::NotYours]));
        assert_eq!(taken("B", END), Err(vec![ScanRefusal::NotYours]));
    }
}
