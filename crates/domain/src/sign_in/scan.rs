//! Scanning a QR code with WeChat, and coming back from another provider's page (SGN-5, SGN-11).
//! Must not know what the provider is asked.

use serde::{Deserialize, Serialize};

use super::{SessionId, SignInPolicy};
use crate::login_methods::{LoginIdentity, ProvedIdentity};
use crate::refusal::{Refuse, Refused};
use crate::rule::RuleId;
use crate::time::Timestamp;

/// A QR code, or a redirect to a provider, that was begun in one browser for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The browser in which it is shown; nobody else can use what comes of it.
    pub shown_in: SessionId,
    /// What it is for.
    pub purpose: ScanPurpose,
    /// When it was made.
    pub made_at: Timestamp,
    /// How far it has come.
    pub state: ScanState,
}

/// What a scan is for; what is scanned for one purpose is good for no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScanPurpose {
    /// Signing in, and registering when nobody is found (SGN-5).
    SignIn,
    /// Binding a login method.
    BindLoginMethod,
    /// Proving who one is, at sign-in or before an operation (PRT-1, PRT-4).
    Prove,
    /// Real-name verification; it binds nothing (ENT-13).
    Verify,
}

/// How far a scan has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanState {
    /// Nobody has scanned the code.
    Waiting,
    /// Somebody has; the page says "scanned, confirm on your phone" (SGN-11).
    Scanned {
        /// Who.
        by: LoginIdentity,
    },
    /// They confirmed on their phone.
    Confirmed {
        /// Who.
        by: LoginIdentity,
    },
    /// They said no on their phone.
    Declined,
    /// The browser took the result; it works once.
    Used,
}

/// Why a scan does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum ScanRefusal {
    /// The code is too old; show a new one (SGN-11).
    Expired,
    /// The code was used, or is with somebody else's phone (SGN-11).
    Used,
    /// The holder of the phone said no.
    Declined,
    /// It is not confirmed on the phone yet.
    NotConfirmed,
    /// It was begun in another browser, or for another purpose.
    NotYours,
    /// The account chosen is not among those of this identity (SGN-10).
    NotLinked,
    /// Another WeChat confirmed than the one that confirms for this account (PRT-1).
    OtherWechat,
}

impl Refuse for ScanRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::Expired | Self::Used | Self::Declined | Self::NotConfirmed | Self::NotYours => {
                RuleId::Sgn11
            }
            Self::NotLinked => RuleId::Sgn10,
            Self::OtherWechat => RuleId::Prt1,
        }
    }
}

impl Scan {
    /// A fresh code, shown in this browser for this purpose.
    #[must_use]
    pub const fn new(shown_in: SessionId, purpose: ScanPurpose, now: Timestamp) -> Self {
        Self {
            shown_in,
            purpose,
            made_at: now,
            state: ScanState::Waiting,
        }
    }

    /// From when on the code is dead (SGN-11).
    #[must_use]
    pub fn expires_at(&self, policy: &SignInPolicy) -> Timestamp {
        self.made_at.plus(policy.scan)
    }

    fn alive(&self, policy: &SignInPolicy, now: Timestamp) -> Result<(), ScanRefusal> {
        if now < self.expires_at(policy) {
            Ok(())
        } else {
            Err(ScanRefusal::Expired)
        }
    }

    fn moved(self, state: ScanState) -> Self {
        Self { state, ..self }
    }

    /// A phone scanned the code. The same phone may scan it again, another one may not.
    ///
    /// # Errors
    /// [`ScanRefusal::Expired`], or [`ScanRefusal::Used`] when it has gone further.
    pub fn scanned(
        self,
        by: LoginIdentity,
        policy: &SignInPolicy,
        now: Timestamp,
    ) -> Result<Self, Refused<ScanRefusal>> {
        self.alive(policy, now)?;
        match &self.state {
            ScanState::Waiting => Ok(self.moved(ScanState::Scanned { by })),
            ScanState::Scanned { by: earlier } if *earlier == by => Ok(self),
            ScanState::Scanned { .. }
            | ScanState::Confirmed { .. }
            | ScanState::Declined
            | ScanState::Used => Err(ScanRefusal::Used.into()),
        }
    }

    /// The phone that scanned the code confirmed; a bare tap without a scan does nothing (PRT-1).
    ///
    /// # Errors
    /// [`ScanRefusal::Expired`], or [`ScanRefusal::Used`] when this phone did not scan it.
    pub fn confirmed(
        self,
        by: &LoginIdentity,
        policy: &SignInPolicy,
        now: Timestamp,
    ) -> Result<Self, Refused<ScanRefusal>> {
        self.alive(policy, now)?;
        match &self.state {
            ScanState::Scanned { by: scanner } if scanner == by => {
                let by = scanner.clone();
                Ok(self.moved(ScanState::Confirmed { by }))
            }
            ScanState::Waiting
            | ScanState::Scanned { .. }
            | ScanState::Confirmed { .. }
            | ScanState::Declined
            | ScanState::Used => Err(ScanRefusal::Used.into()),
        }
    }

    /// The phone that scanned the code said no.
    ///
    /// # Errors
    /// [`ScanRefusal::Used`] when this phone did not scan it.
    pub fn declined(self, by: &LoginIdentity) -> Result<Self, Refused<ScanRefusal>> {
        match &self.state {
            ScanState::Scanned { by: scanner } if scanner == by => {
                Ok(self.moved(ScanState::Declined))
            }
            ScanState::Waiting
            | ScanState::Scanned { .. }
            | ScanState::Confirmed { .. }
            | ScanState::Declined
            | ScanState::Used => Err(ScanRefusal::Used.into()),
        }
    }

    /// The browser takes the result, once, in the browser and for the purpose it was begun (SGN-11).
    ///
    /// # Errors
    /// Whatever stands against it; nothing is taken then.
    pub fn taken(
        self,
        browser: &SessionId,
        purpose: ScanPurpose,
        policy: &SignInPolicy,
        now: Timestamp,
    ) -> Result<(Self, ProvedIdentity), Refused<ScanRefusal>> {
        if self.shown_in != *browser || self.purpose != purpose {
            return Err(ScanRefusal::NotYours.into());
        }
        match &self.state {
            ScanState::Used => return Err(ScanRefusal::Used.into()),
            ScanState::Declined => return Err(ScanRefusal::Declined.into()),
            ScanState::Waiting | ScanState::Scanned { .. } | ScanState::Confirmed { .. } => {}
        }
        self.alive(policy, now)?;
        match self.state.clone() {
            ScanState::Confirmed { by } => {
                Ok((self.moved(ScanState::Used), ProvedIdentity::seen(by)))
            }
            ScanState::Waiting
            | ScanState::Scanned { .. }
            | ScanState::Declined
            | ScanState::Used => Err(ScanRefusal::NotConfirmed.into()),
        }
    }

    /// What stands against a browser that came back from a provider's page: it is asked before the
    /// provider is, so that nobody else's code is ever redeemed (V-27).
    #[must_use]
    pub fn may_come_back(
        &self,
        browser: &SessionId,
        purpose: ScanPurpose,
        policy: &SignInPolicy,
        now: Timestamp,
    ) -> Vec<ScanRefusal> {
        let is_waiting = self.state == ScanState::Waiting;
        [
            (
                self.shown_in != *browser || self.purpose != purpose,
                ScanRefusal::NotYours,
            ),
            (!is_waiting, ScanRefusal::Used),
            (now >= self.expires_at(policy), ScanRefusal::Expired),
        ]
        .into_iter()
        .filter_map(|(fails, refusal)| fails.then_some(refusal))
        .collect()
    }

    /// The provider sent the browser back with `by`, which is scan, confirmation and taking in one:
    /// proved to belong to this very browser, once, in time and for this purpose.
    ///
    /// # Errors
    /// Whatever stands against it; nothing is taken then.
    pub fn came_back(
        self,
        by: &LoginIdentity,
        browser: &SessionId,
        purpose: ScanPurpose,
        policy: &SignInPolicy,
        now: Timestamp,
    ) -> Result<(Self, ProvedIdentity), Refused<ScanRefusal>> {
        Refused::unless_none(self.may_come_back(browser, purpose, policy, now))?;
        self.scanned(by.clone(), policy, now)?
            .confirmed(by, policy, now)?
            .taken(browser, purpose, policy, now)
    }
}

/// What a scan proves of the account's owner: the very WeChat that confirms for the account did
/// (PRT-1, MFA-6).
///
/// # Errors
/// [`ScanRefusal::OtherWechat`].
pub fn confirms_owner(
    proved: &ProvedIdentity,
    bound: Option<&LoginIdentity>,
) -> Result<(), Refused<ScanRefusal>> {
    if bound == Some(proved.identity()) {
        Ok(())
    } else {
        Err(ScanRefusal::OtherWechat.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::login_methods::LoginMethodKind;
    use crate::time::Span;

    const MADE: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const END: Timestamp = MADE.plus(Span::from_minutes(2));
    const MILLISECOND: Span = Span::from_millis(1);

    fn browser(id: &str) -> SessionId {
        SessionId::new(id)
    }

    fn phone(key: &str) -> LoginIdentity {
        LoginIdentity::new(LoginMethodKind::Wechat, key)
    }

    fn shown() -> Scan {
        Scan::new(browser("A"), ScanPurpose::SignIn, MADE)
    }

    fn scanned() -> Scan {
        shown()
            .scanned(phone("one"), &SignInPolicy::default(), MADE)
            .unwrap()
    }

    fn confirmed() -> Scan {
        scanned()
            .confirmed(&phone("one"), &SignInPolicy::default(), MADE)
            .unwrap()
    }

    fn take(scan: Scan, id: &str, now: Timestamp) -> Result<(Scan, ProvedIdentity), ScanRefusal> {
        let policy = SignInPolicy::default();
        scan.taken(&browser(id), ScanPurpose::SignIn, &policy, now)
            .map_err(|refused| refused.all()[0])
    }

    fn refused<T: std::fmt::Debug>(answer: Result<T, Refused<ScanRefusal>>) -> ScanRefusal {
        answer.unwrap_err().all()[0]
    }

    #[test]
    fn sgn_11_a_code_is_scanned_confirmed_and_used_once() {
        let policy = SignInPolicy::default();
        assert_eq!(take(shown(), "A", MADE), Err(ScanRefusal::NotConfirmed));
        assert_eq!(
            scanned().state,
            ScanState::Scanned { by: phone("one") },
            "the page says: scanned, confirm on your phone"
        );
        assert_eq!(take(scanned(), "A", MADE), Err(ScanRefusal::NotConfirmed));
        let (used, proved) = take(confirmed(), "A", MADE).unwrap();
        assert_eq!(proved.identity(), &phone("one"));
        assert_eq!(take(used.clone(), "A", MADE), Err(ScanRefusal::Used));
        assert_eq!(
            refused(used.scanned(phone("one"), &policy, MADE)),
            ScanRefusal::Used
        );
    }

    #[test]
    fn sgn_11_a_code_lives_two_minutes() {
        let policy = SignInPolicy::default();
        assert_eq!(shown().expires_at(&policy), END);
        let last = END.minus(MILLISECOND);
        assert!(shown().scanned(phone("one"), &policy, last).is_ok());
        assert!(scanned().confirmed(&phone("one"), &policy, last).is_ok());
        assert!(take(confirmed(), "A", last).is_ok());
        assert_eq!(
            refused(shown().scanned(phone("one"), &policy, END)),
            ScanRefusal::Expired
        );
        assert_eq!(
            refused(scanned().confirmed(&phone("one"), &policy, END)),
            ScanRefusal::Expired
        );
        assert_eq!(take(confirmed(), "A", END), Err(ScanRefusal::Expired));
    }

    #[test]
    fn sgn_11_a_shared_code_serves_only_the_first_phone_and_its_own_browser() {
        let policy = SignInPolicy::default();
        assert!(scanned().scanned(phone("one"), &policy, MADE).is_ok());
        assert_eq!(
            refused(scanned().scanned(phone("two"), &policy, MADE)),
            ScanRefusal::Used
        );
        assert_eq!(
            refused(scanned().confirmed(&phone("two"), &policy, MADE)),
            ScanRefusal::Used
        );
        assert_eq!(take(confirmed(), "B", MADE), Err(ScanRefusal::NotYours));
    }

    #[test]
    fn prt_1_a_bare_tap_confirms_nothing() {
        let policy = SignInPolicy::default();
        let tapped = shown().confirmed(&phone("one"), &policy, MADE);
        assert_eq!(refused(tapped), ScanRefusal::Used);
    }

    #[test]
    fn sgn_11_a_declined_code_is_dead() {
        let declined = scanned().declined(&phone("one")).unwrap();
        assert_eq!(take(declined, "A", MADE), Err(ScanRefusal::Declined));
        assert!(scanned().declined(&phone("two")).is_err());
    }

    #[test]
    fn prt_1_a_scan_for_one_purpose_is_good_for_no_other() {
        let policy = SignInPolicy::default();
        let taken = confirmed().taken(&browser("A"), ScanPurpose::Prove, &policy, MADE);
        assert_eq!(refused(taken), ScanRefusal::NotYours);
    }

    #[test]
    fn v_27_what_a_provider_answers_belongs_to_the_browser_that_asked() {
        let policy = SignInPolicy::default();
        let begun = Scan::new(browser("A"), ScanPurpose::BindLoginMethod, MADE);
        let back = |scan: &Scan, id: &str, now| {
            scan.clone().came_back(
                &phone("one"),
                &browser(id),
                ScanPurpose::BindLoginMethod,
                &policy,
                now,
            )
        };
        assert_eq!(refused(back(&begun, "B", MADE)), ScanRefusal::NotYours);
        assert_eq!(refused(back(&begun, "A", END)), ScanRefusal::Expired);
        let (used, proved) = back(&begun, "A", MADE).unwrap();
        assert_eq!(proved.identity(), &phone("one"));
        assert_eq!(refused(back(&used, "A", MADE)), ScanRefusal::Used);
        for (scan, id, now) in [(&begun, "B", MADE), (&begun, "A", END), (&used, "A", MADE)] {
            let purpose = ScanPurpose::BindLoginMethod;
            assert_eq!(
                scan.may_come_back(&browser(id), purpose, &policy, now)
                    .len(),
                1,
                "known before the provider is asked"
            );
        }
        let elsewhere = begun.may_come_back(&browser("A"), ScanPurpose::SignIn, &policy, MADE);
        assert_eq!(elsewhere, [ScanRefusal::NotYours]);
    }

    #[test]
    fn prt_1_only_the_wechat_that_is_bound_proves_the_owner() {
        let (_, proved) = take(confirmed(), "A", MADE).unwrap();
        assert!(confirms_owner(&proved, Some(&phone("one"))).is_ok());
        for other in [Some(phone("two")), None] {
            let refused = confirms_owner(&proved, other.as_ref());
            assert_eq!(refused, Err(ScanRefusal::OtherWechat.into()));
        }
    }
}
