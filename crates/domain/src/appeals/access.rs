//! How an appeal is reached without signing in, and who is told of it (APL-5, APL-6). Must not know
//! how a secret is made or compared.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{AppealPolicy, AppealRefusal};
use crate::contacts::{ContactTarget, DailyCount};
use crate::identity::{compact, value::wire_display};
use crate::refusal::{Refused, Tried};
use crate::time::Timestamp;

/// The number of an appeal: `A` and eight digits (APL-5). It names an appeal; it opens none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AppealNumber(u32);

/// The text is not the number of an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the number of an appeal")]
pub struct NotAnAppealNumber;

impl AppealNumber {
    /// How many different numbers there are.
    pub const COUNT: u32 = 100_000_000;

    /// The number with this serial, or none when all are used up.
    #[must_use]
    pub const fn from_serial(serial: u32) -> Option<Self> {
        if serial < Self::COUNT {
            Some(Self(serial))
        } else {
            None
        }
    }

    /// Parses what a person typed; letter case, blanks and hyphens do not count.
    ///
    /// # Errors
    /// [`NotAnAppealNumber`].
    pub fn parse(typed: &str) -> Result<Self, NotAnAppealNumber> {
        let text = compact(typed);
        let serial = text.strip_prefix('A').ok_or(NotAnAppealNumber)?;
        if serial.len() != 8 || !serial.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAnAppealNumber);
        }
        serial.parse().map(Self).map_err(|_| NotAnAppealNumber)
    }
}

impl fmt::Display for AppealNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A{:08}", self.0)
    }
}

wire_display!(AppealNumber);

/// The phone or e-mail that an account gets by appeal, with how many *other* accounts have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "contact", rename_all = "snake_case")]
pub enum NewContact {
    /// None: only MFA goes.
    None,
    /// A security phone.
    Phone {
        /// Other accounts with this security phone.
        other_accounts: u32,
    },
    /// A login e-mail.
    Email {
        /// Other accounts that this address signs in to or has registered.
        other_accounts: u32,
    },
}

/// All reasons why a link opens nothing (APL-5): `matches` says whether its secret belongs to an
/// appeal, `tried` are the tries of the network address.
#[must_use]
pub fn may_open_link(
    matches: bool,
    tried: Option<DailyCount>,
    policy: &AppealPolicy,
    now: Timestamp,
) -> Vec<AppealRefusal> {
    let most = policy.link_tries_per_day;
    if DailyCount::at(tried, now) >= most {
        let retry_at = now.date().end();
        vec![AppealRefusal::TooManyTries { most, retry_at }]
    } else if matches {
        Vec::new()
    } else {
        vec![AppealRefusal::NoSuchAppeal]
    }
}

/// Opens an appeal by its link, and counts a try that opened nothing; who has the right link may
/// reload it as often as they like (APL-5).
pub fn open_link(
    matches: bool,
    tried: Option<DailyCount>,
    policy: &AppealPolicy,
    now: Timestamp,
) -> Tried<Option<DailyCount>, (), AppealRefusal> {
    let answer = Refused::unless_none(may_open_link(matches, tried, policy, now));
    Tried {
        state: if answer.is_ok() {
            tried
        } else {
            Some(DailyCount::one_more(tried, now))
        },
        answer,
    }
}

/// Who is told of an approval and can object: every contact that the account has, each once (APL-6).
#[must_use]
pub fn told_of_approval(contacts: &[ContactTarget]) -> Vec<&ContactTarget> {
    let mut told: Vec<&ContactTarget> = Vec::new();
    for contact in contacts {
        if !told.contains(&contact) {
            told.push(contact);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{Email, PhoneNumber};

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    #[test]
    fn apl_5_an_appeal_has_a_number() {
        let number = AppealNumber::from_serial(42).unwrap();
        assert_eq!(number.to_string(), "A00000042");
        assert_eq!(AppealNumber::parse(" a0000-0042 "), Ok(number));
        for wrong in ["", "A", "00000042", "A0000042", "A000000042", "A+0000042"] {
            assert_eq!(
                AppealNumber::parse(wrong),
                Err(NotAnAppealNumber),
                "{wrong}"
            );
        }
        assert_eq!(AppealNumber::from_serial(AppealNumber::COUNT), None);
    }

    #[test]
    fn apl_5_a_link_is_secret_and_wrong_ones_are_tried_thirty_times_a_day() {
        let policy = AppealPolicy::default();
        let mut tried = None;
        for _ in 0..30 {
            let opened = open_link(false, tried, &policy, NOW);
            assert_eq!(
                opened.answer.unwrap_err().all(),
                [AppealRefusal::NoSuchAppeal]
            );
            tried = opened.state;
        }
        let refused = open_link(true, tried, &policy, NOW).answer.unwrap_err();
        let retry_at = NOW.date().end();
        assert_eq!(
            refused.all(),
            [AppealRefusal::TooManyTries { most: 30, retry_at }]
        );
        assert!(open_link(true, tried, &policy, retry_at).answer.is_ok());
        let right = open_link(true, None, &policy, NOW);
        assert_eq!(right.state, None, "the right link is not counted");
    }

    #[test]
    fn apl_6_every_contact_is_told_once() {
        let phone: ContactTarget = PhoneNumber::parse("13800138000").unwrap().into();
        let email: ContactTarget = Email::parse("zhang@example.com").unwrap().into();
        let contacts = [phone.clone(), email.clone(), phone.clone()];
        assert_eq!(told_of_approval(&contacts), [&phone, &email]);
    }
}
