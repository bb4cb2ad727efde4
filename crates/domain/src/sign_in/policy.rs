//! The numbers of signing in.

use serde::{Deserialize, Serialize};

use crate::policy::{PolicyProblem, Wanted};
use crate::rule::RuleId;
use crate::time::Span;

/// The numbers of signing in, sessions and passwords (SGN).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInPolicy {
    /// Sign-ins that one network address may try in each window; ours, beside SGN-1.
    pub tries_per_address: u32,
    /// The window of [`SignInPolicy::tries_per_address`].
    pub tries_window: Span,
    /// Wrong passwords of one day that ask for nothing more; one more and each further try needs a
    /// captcha (SGN-1): 3.
    pub wrong_without_captcha: u32,
    /// Wrong passwords of one day that do not lock; one more locks (SGN-1): 10.
    pub wrong_without_lock: u32,
    /// The lock lasts this long, counted from the first wrong password of the day (SGN-1): 1 hour.
    pub lock: Span,
    /// The second proof may be given for this long after the first, ours (SGN-2): 10 minutes.
    pub second_step: Span,
    /// A trusted device skips the second proof for this long (SGN-2): 168 hours.
    pub trust: Span,
    /// More wrong passwords than this on a day make a new device risky (SGN-4): 3.
    pub risky_wrong_passwords: u32,
    /// A country not seen for this long makes a new device risky (SGN-4): 90 days of 24 hours.
    pub country_remembered: Span,
    /// A QR code for scanning lives this long (SGN-11): 2 minutes.
    pub scan: Span,
    /// An identity that was proved waits this long for the person to choose what to do with it, ours
    /// (SGN-5): 15 minutes.
    pub seen_identity: Span,
    /// A session ends after this long without use (SGN-13).
    pub session_idle: Span,
    /// A session ends this long after it began, used or not (SGN-13).
    pub session_longest: Span,
    /// The shortest time without use that an owner may choose, ours (SGN-13): 5 minutes.
    pub session_idle_least: Span,
    /// The longest time without use that an owner may choose (SGN-13): 12 hours.
    pub session_idle_most: Span,
    /// The longest age of a session that an owner may choose (SGN-13): 48 hours.
    pub session_longest_most: Span,
    /// The warning comes this long before a session ends (SGN-13).
    pub session_warning: Span,
    /// Fewest characters of a password, in code points after NFKC (SGN-12).
    pub password_shortest: u32,
    /// Most characters of a password, in code points after NFKC (SGN-12).
    pub password_longest: u32,
    /// Names of the owner shorter than this may occur in a password, ours (SGN-12): 3 characters.
    pub password_shortest_name: u32,
}

impl Default for SignInPolicy {
    fn default() -> Self {
        Self {
            tries_per_address: 20,
            tries_window: Span::from_minutes(1),
            wrong_without_captcha: 3,
            wrong_without_lock: 10,
            lock: Span::from_hours(1),
            second_step: Span::from_minutes(10),
            trust: Span::from_hours(168),
            risky_wrong_passwords: 3,
            country_remembered: Span::from_days(90),
            scan: Span::from_minutes(2),
            seen_identity: Span::from_minutes(15),
            session_idle: Span::from_hours(2),
            session_longest: Span::from_hours(48),
            session_idle_least: Span::from_minutes(5),
            session_idle_most: Span::from_hours(12),
            session_longest_most: Span::from_hours(48),
            session_warning: Span::from_minutes(2),
            password_shortest: 8,
            password_longest: 128,
            password_shortest_name: 3,
        }
    }
}

impl SignInPolicy {
    /// Every number here that makes no sense.
    pub(crate) fn problems(&self) -> Vec<PolicyProblem> {
        [
            PolicyProblem::unless(
                self.tries_per_address > 0,
                "sign_in.tries_per_address",
                Wanted::Positive,
                RuleId::Sgn1,
            ),
            PolicyProblem::unless(
                self.wrong_without_lock > self.wrong_without_captcha,
                "sign_in.wrong_without_lock",
                Wanted::Above("sign_in.wrong_without_captcha"),
                RuleId::Sgn1,
            ),
            PolicyProblem::unless(
                self.lock > Span::ZERO,
                "sign_in.lock",
                Wanted::Positive,
                RuleId::Sgn1,
            ),
            PolicyProblem::unless(
                self.second_step > Span::ZERO,
                "sign_in.second_step",
                Wanted::Positive,
                RuleId::Sgn2,
            ),
            PolicyProblem::unless(
                self.scan > Span::ZERO,
                "sign_in.scan",
                Wanted::Positive,
                RuleId::Sgn11,
            ),
            PolicyProblem::unless(
                self.seen_identity > Span::ZERO,
                "sign_in.seen_identity",
                Wanted::Positive,
                RuleId::Sgn5,
            ),
            PolicyProblem::unless(
                self.session_idle >= self.session_idle_least,
                "sign_in.session_idle",
                Wanted::NotBelow("sign_in.session_idle_least"),
                RuleId::Sgn13,
            ),
            PolicyProblem::unless(
                self.session_idle <= self.session_idle_most,
                "sign_in.session_idle",
                Wanted::NotAbove("sign_in.session_idle_most"),
                RuleId::Sgn13,
            ),
            PolicyProblem::unless(
                self.session_longest >= self.session_idle,
                "sign_in.session_longest",
                Wanted::NotBelow("sign_in.session_idle"),
                RuleId::Sgn13,
            ),
            PolicyProblem::unless(
                self.session_longest <= self.session_longest_most,
                "sign_in.session_longest",
                Wanted::NotAbove("sign_in.session_longest_most"),
                RuleId::Sgn13,
            ),
            PolicyProblem::unless(
                self.session_warning < self.session_idle_least,
                "sign_in.session_warning",
                Wanted::Below("sign_in.session_idle_least"),
                RuleId::Sgn13,
            ),
            PolicyProblem::unless(
                self.password_shortest >= 8,
                "sign_in.password_shortest",
                Wanted::AtLeast(8),
                RuleId::Sgn12,
            ),
            PolicyProblem::unless(
                self.password_longest >= 64,
                "sign_in.password_longest",
                Wanted::AtLeast(64),
                RuleId::Sgn12,
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
