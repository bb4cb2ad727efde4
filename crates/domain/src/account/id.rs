//! The account id (UIN). Knows its form; does not know which ids are taken.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The one id of an account, 12 digits starting `1000`; never changes, never given again (ACC-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(u32);

/// The text is not 12 digits starting with `1000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an account id")]
pub struct NotAnAccountId;

impl AccountId {
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
