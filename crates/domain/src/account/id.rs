//! The account id (UIN). Knows its form; does not know which ids are taken.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::identity::{compact, length};
use crate::masked::Masked;

/// The one id of an account, 12 digits starting `1000`; never changes, never given again (ACC-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(u32);

/// The text is not 12 digits starting with `1000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an account id")]
pub struct NotAnAccountId;

/// Why a text that a person typed is not an account id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum AccountIdProblem {
    /// Nothing was typed.
    Empty,
    /// A character that is no digit.
    ForbiddenCharacter {
        /// The first such character, in upper case.
        character: char,
    },
    /// The number of digits is wrong.
    WrongLength {
        /// Digits typed.
        length: u32,
        /// Digits of an account id.
        wanted: u32,
    },
    /// It does not start with `1000`.
    WrongBeginning,
}

impl AccountId {
    /// Digits of an account id (ACC-1).
    const LENGTH: u32 = 12;

    /// Parses what a person typed; blanks and hyphens between the digits do not count (ACC-1).
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub fn parse(typed: &str) -> Result<Self, AccountIdProblem> {
        let text = compact(typed);
        if text.is_empty() {
            return Err(AccountIdProblem::Empty);
        }
        if let Some(character) = text.chars().find(|c| !c.is_ascii_digit()) {
            return Err(AccountIdProblem::ForbiddenCharacter { character });
        }
        let length = length(&text);
        if length != Self::LENGTH {
            return Err(AccountIdProblem::WrongLength {
                length,
                wanted: Self::LENGTH,
            });
        }
        text.parse().map_err(|_| AccountIdProblem::WrongBeginning)
    }

    /// The id as others may see it: `1000****5678` (CON-9, FND-5).
    #[must_use]
    pub fn masked(self) -> Masked {
        Masked::middle(&self.to_string(), 4, 4)
    }

    /// How many different ids there are.
    pub const COUNT: u32 = 100_000_000;

    /// The id with this serial number, or none when all are used up.
    #[must_use]
    pub const fn from_serial(serial: u32) -> Option<Self> {
        if serial < Self::COUNT {
            Some(Self(serial))
        } else {
            None
        }
    }
}

impl FromStr for AccountId {
    type Err = NotAnAccountId;

    fn from_str(text: &str) -> Result<Self, NotAnAccountId> {
        let serial = text.strip_prefix("1000").ok_or(NotAnAccountId)?;
        if serial.len() != 8 || !serial.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAnAccountId);
        }
        serial.parse().map(Self).map_err(|_| NotAnAccountId)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1000{:08}", self.0)
    }
}

impl Serialize for AccountId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AccountId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc_1_a_typed_id_may_have_blanks_and_what_is_none_is_told_exactly() {
        for typed in [
            "100012345678",
            " 1000 1234 5678\n",
            "1000-1234-5678",
            "１０００12345678",
        ] {
            let id = AccountId::parse(typed).unwrap();
            assert_eq!(id.to_string(), "100012345678");
            assert_eq!(id.masked().as_str(), "1000****5678");
        }
        assert_eq!(AccountId::parse(" "), Err(AccountIdProblem::Empty));
        assert_eq!(
            AccountId::parse("10001234567o"),
            Err(AccountIdProblem::ForbiddenCharacter { character: 'O' })
        );
        for (typed, length) in [("10001234567", 11), ("1000123456789", 13)] {
            assert_eq!(
                AccountId::parse(typed),
                Err(AccountIdProblem::WrongLength { length, wanted: 12 })
            );
        }
        assert_eq!(
            AccountId::parse("200012345678"),
            Err(AccountIdProblem::WrongBeginning)
        );
    }

    #[test]
    fn acc_1_an_account_id_is_twelve_digits_starting_1000() {
        let first = AccountId::from_serial(0).map(|id| id.to_string());
        assert_eq!(first.as_deref(), Some("100000000000"));
        let last = AccountId::from_serial(AccountId::COUNT - 1).map(|id| id.to_string());
        assert_eq!(last.as_deref(), Some("100099999999"));
        assert_eq!(AccountId::from_serial(AccountId::COUNT), None);
        assert_eq!(
            "100012345678"
                .parse::<AccountId>()
                .map(|id| id.to_string())
                .as_deref(),
            Ok("100012345678")
        );
        for wrong in [
            "",
            "1000",
            "10001234567",
            "1000123456789",
            "200012345678",
            "1000+1234567",
            "1000１2345678",
        ] {
            assert_eq!(wrong.parse::<AccountId>(), Err(NotAnAccountId), "{wrong}");
        }
    }
}
