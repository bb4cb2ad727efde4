//! Amounts of money in whole fen, parsed from text without ever being a binary fraction. Does not
//! know what is paid for.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::{clean, is_digits};

/// An amount of yuan in fen (1 yuan = 100 fen). On the wire and in tables it is the number of fen.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Fen(i64);

/// The small amount by which a bank account is verified, 1 to 99 fen (ENT-7, ENT-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "Fen", into = "Fen")]
pub struct TransferAmount(Fen);

/// Why a text is not such an amount; none of these costs a try (ENT-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum AmountProblem {
    /// Nothing was typed.
    Empty,
    /// It is not a number of yuan such as `0.29`.
    Malformed,
    /// The decimal point is another sign, as input methods write it.
    WrongDecimalPoint {
        /// The sign in its place.
        character: char,
    },
    /// It has more than two decimals: there is nothing smaller than a fen.
    TooManyDecimals,
    /// It is below or above the amounts that are possible.
    OutOfRange {
        /// The least amount.
        least: Fen,
        /// The greatest amount.
        greatest: Fen,
    },
}

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The greatest amount that is parsed from a text: ten billion yuan less one fen.
    pub const GREATEST: Self = Self(999_999_999_999);

    /// This many fen; below zero it is owed.
    #[must_use]
    pub const fn new(fen: i64) -> Self {
        Self(fen)
    }

    /// The number of fen.
    #[must_use]
    pub const fn as_fen(self) -> i64 {
        self.0
    }

    /// Parses an amount of yuan that a person typed, such as `12`, `0.29` or `.5`.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub fn parse(typed: &str) -> Result<Self, AmountProblem> {
        let text = clean(typed);
        if text.is_empty() {
            return Err(AmountProblem::Empty);
        }
        if let Some(character) = text
            .chars()
            .find(|c| matches!(c, '。' | '．' | '｡' | ',' | '、' | '·'))
        {
            return Err(AmountProblem::WrongDecimalPoint { character });
        }
        let out_of_range = AmountProblem::OutOfRange {
            least: Self::ZERO,
            greatest: Self::GREATEST,
        };
        let (yuan, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let is_number = is_digits(yuan) && is_digits(decimals) && text != ".";
        if !is_number {
            let positive = text.strip_prefix('-').map(Self::parse);
            return Err(match positive {
                Some(Ok(_)) => out_of_range,
                _ => AmountProblem::Malformed,
            });
        }
        let mut digits = decimals.trim_end_matches('0').chars();
        let mut next = || digits.next().and_then(|c| c.to_digit(10)).unwrap_or(0);
        let fen = i64::from(next() * 10 + next());
        if digits.next().is_some() {
            return Err(AmountProblem::TooManyDecimals);
        }
        let yuan = yuan.trim_start_matches('0');
        if yuan.len() > 10 {
            return Err(out_of_range);
        }
        let yuan: i64 = if yuan.is_empty() {
            0
        } else {
            yuan.parse().map_err(|_| out_of_range)?
        };
        Ok(Self(yuan * 100 + fen))
    }
}

impl fmt::Display for Fen {
    /// In yuan with two decimals, such as `0.29`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

impl TransferAmount {
    /// The least amount, 0.01 yuan (ENT-7).
    pub const LEAST: Fen = Fen(1);
    /// The greatest amount, 0.99 yuan (ENT-7).
    pub const GREATEST: Fen = Fen(99);

    /// Parses an amount of yuan that a person typed.
    ///
    /// # Errors
    /// Says what is wrong with the text; a field error that costs no try (ENT-7).
    pub fn parse(typed: &str) -> Result<Self, AmountProblem> {
        match Fen::parse(typed) {
            Ok(fen) => Self::try_from(fen),
            Err(AmountProblem::OutOfRange { .. }) => Err(Self::OUT_OF_RANGE),
            Err(problem) => Err(problem),
        }
    }

    const OUT_OF_RANGE: AmountProblem = AmountProblem::OutOfRange {
        least: Self::LEAST,
        greatest: Self::GREATEST,
    };

    /// The amount in fen, 1 to 99.
    #[must_use]
    pub const fn fen(self) -> Fen {
        self.0
    }
}

impl TryFrom<Fen> for TransferAmount {
    type Error = AmountProblem;

    fn try_from(fen: Fen) -> Result<Self, AmountProblem> {
        if (Self::LEAST..=Self::GREATEST).contains(&fen) {
            Ok(Self(fen))
        } else {
            Err(Self::OUT_OF_RANGE)
        }
    }
}

impl From<TransferAmount> for Fen {
    fn from(amount: TransferAmount) -> Self {
        amount.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fen(typed: &str) -> Result<i64, AmountProblem> {
        TransferAmount::parse(typed).map(|amount| amount.fen().as_fen())
    }

    #[test]
    fn v_29_ent_7_amounts_are_whole_fen() {
        for (typed, expected) in [
            ("0.01", 1),
            ("0.99", 99),
            ("0.10", 10),
            ("0.1", 10),
            (" 0.29 ", 29),
            ("0.07", 7),
            (".5", 50),
            ("００．２９", 29),
            ("0.290", 29),
        ] {
            assert_eq!(fen(typed), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn v_29_ent_7_what_is_no_amount_between_one_and_ninety_nine_fen() {
        for typed in ["0", "0.00", "1", "1.00", "-0.10", "99999999999999999999"] {
            assert_eq!(fen(typed), Err(TransferAmount::OUT_OF_RANGE), "{typed}");
        }
        assert_eq!(
            fen("0。1"),
            Err(AmountProblem::WrongDecimalPoint { character: '。' })
        );
        assert_eq!(
            fen("0,1"),
            Err(AmountProblem::WrongDecimalPoint { character: ',' })
        );
        assert_eq!(fen("0.295"), Err(AmountProblem::TooManyDecimals));
        assert_eq!(fen("\u{200b} "), Err(AmountProblem::Empty));
        for typed in [".", "0.2.9", "1e-1", "+0.1", "٠.١", "--1", "0.1元"] {
            assert_eq!(fen(typed), Err(AmountProblem::Malformed), "{typed}");
        }
    }

    #[test]
    fn amounts_print_in_yuan() {
        assert_eq!(Fen::new(29).to_string(), "0.29");
        assert_eq!(Fen::new(120_005).to_string(), "1200.05");
        assert_eq!(Fen::new(-7).to_string(), "-0.07");
        assert_eq!(Fen::parse("1200.05"), Ok(Fen::new(120_005)));
        assert_eq!(Fen::parse("9999999999.99"), Ok(Fen::GREATEST));
        assert!(Fen::parse("10000000000").is_err());
    }

    #[test]
    fn ent_7_the_wire_form_is_checked_too() {
        assert_eq!(
            serde_json::to_string(&TransferAmount::parse("0.29").unwrap()).unwrap(),
            "29"
        );
        assert!(serde_json::from_str::<TransferAmount>("99").is_ok());
        assert!(serde_json::from_str::<TransferAmount>("0").is_err());
        assert!(serde_json::from_str::<TransferAmount>("100").is_err());
    }
}
