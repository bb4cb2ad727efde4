//! Whether a sign-in that passed its first proof looks like somebody else's (SGN-4).

use super::{SignInPolicy, WrongPasswords};
use crate::time::Timestamp;

/// What is known of a sign-in when its first proof was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInSigns {
    /// Nobody has signed in to this account on this device before.
    pub is_new_device: bool,
    /// The wrong passwords, before the right one cleared them.
    pub wrong: WrongPasswords,
    /// Where the request came from.
    pub country: CountrySeen,
}

/// When the account was last used from the country of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountrySeen {
    /// The country is not known: this installation cannot tell, or the address tells nothing.
    Unknown,
    /// Never.
    Never,
    /// Last at this moment.
    Last(Timestamp),
}

/// How a sign-in looks (SGN-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// Nothing to see.
    Usual,
    /// More is asked.
    Risky,
}

/// Judges a sign-in: a new device and, that day, more than 3 wrong passwords or a country not
/// seen in 90 days (SGN-4). A country that is not known is no sign of anything.
#[must_use]
pub fn judge_risk(signs: &SignInSigns, policy: &SignInPolicy, now: Timestamp) -> Risk {
    let many_wrong = signs.wrong.count(policy, now) > policy.risky_wrong_passwords;
    let strange_country = match signs.country {
        CountrySeen::Unknown => false,
        CountrySeen::Never => true,
        CountrySeen::Last(seen) => seen.plus(policy.country_remembered) <= now,
    };
    if signs.is_new_device && (many_wrong || strange_country) {
        Risk::Risky
    } else {
        Risk::Usual
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn judge(is_new_device: bool, wrong: u32, country: CountrySeen) -> Risk {
        let signs = SignInSigns {
            is_new_device,
            wrong: WrongPasswords::Counting { first: NOW, wrong },
            country,
        };
        judge_risk(&signs, &SignInPolicy::default(), NOW)
    }

    #[test]
    fn sgn_4_a_new_device_after_more_than_three_wrong_passwords_is_risky() {
        let here = CountrySeen::Last(NOW);
        assert_eq!(judge(true, 3, here), Risk::Usual);
        assert_eq!(judge(true, 4, here), Risk::Risky);
        assert_eq!(judge(false, 4, here), Risk::Usual, "a known device is not");
    }

    #[test]
    fn sgn_4_a_new_device_in_a_country_not_seen_in_ninety_days_is_risky() {
        let ago = |days: Span| CountrySeen::Last(NOW.minus(days));
        let ninety = Span::from_days(90);
        assert_eq!(judge(true, 0, ago(ninety)), Risk::Risky);
        let just_inside = CountrySeen::Last(NOW.minus(ninety).plus(Span::from_millis(1)));
        assert_eq!(judge(true, 0, just_inside), Risk::Usual);
        assert_eq!(judge(true, 0, CountrySeen::Never), Risk::Risky);
        assert_eq!(judge(true, 0, CountrySeen::Unknown), Risk::Usual);
        assert_eq!(judge(false, 0, CountrySeen::Never), Risk::Usual);
    }

    #[test]
    fn sgn_4_wrong_passwords_of_another_day_do_not_make_it_risky() {
        let signs = SignInSigns {
            is_new_device: true,
            wrong: WrongPasswords::Counting {
                first: NOW.minus(Span::from_days(1)),
                wrong: 9,
            },
            country: CountrySeen::Last(NOW),
        };
        assert_eq!(
            judge_risk(&signs, &SignInPolicy::default(), NOW),
            Risk::Usual
        );
    }
}
