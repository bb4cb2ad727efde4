//! Numbers of bank cards and corporate bank accounts (ENT-18). Knows digits; does not know banks.

use serde::{Deserialize, Serialize};

use super::text::{clean, compact, length};
use super::value::{masked_debug, wire_text};
use crate::masked::Masked;

/// A bank card number of 13 to 19 digits not starting with 0 (ENT-18).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BankCard(String);

/// The number of a corporate bank account, 9 to 32 digits; no check digit is known to hold (ENT-18).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CorporateAccount(String);

/// The bank of a corporate account and its branch, as written on a transfer: 2 to 100 characters on one
/// line (ENT-7; the length is ours).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BankBranch(String);

/// Why a text names no bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum BankBranchProblem {
    /// Nothing was typed.
    Empty,
    /// It has fewer characters than a bank's name.
    TooShort {
        /// Fewest characters, in code points.
        shortest: u32,
    },
    /// It has more characters than fit on a transfer.
    TooLong {
        /// Most characters, in code points.
        longest: u32,
    },
}

/// Why a text is not the number of a card or bank account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum BankNumberProblem {
    /// Nothing was typed.
    Empty,
    /// A character that is no digit.
    ForbiddenCharacter {
        /// The first such character, in upper case.
        character: char,
    },
    /// It has too few or too many digits.
    WrongLength {
        /// Digits typed.
        length: u32,
        /// Fewest digits.
        shortest: u32,
        /// Most digits.
        longest: u32,
    },
    /// No card number starts with 0.
    StartsWithZero,
}

/// What makes a card number look mistyped though it may be right: ask to look again, do not refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BankCardWarning {
    /// The check digit (Luhn) does not fit; some live cards are like that (ENT-18).
    CheckDigit,
}

impl BankCard {
    /// Fewest digits (ENT-18).
    pub const SHORTEST: u32 = 13;
    /// Most digits (ENT-18).
    pub const LONGEST: u32 = 19;

    /// Parses what a person typed. A wrong check digit is no error: see [`BankCard::warning`].
    ///
    /// # Errors
    /// Says what is wrong with the text (ENT-18).
    pub fn parse(typed: &str) -> Result<Self, BankNumberProblem> {
        let digits = digits(typed, Self::SHORTEST, Self::LONGEST)?;
        if digits.starts_with('0') {
            return Err(BankNumberProblem::StartsWithZero);
        }
        Ok(Self(digits))
    }

    /// Whether the number looks mistyped (ENT-18).
    #[must_use]
    pub fn warning(&self) -> Option<BankCardWarning> {
        if passes_luhn(&self.0) {
            None
        } else {
            Some(BankCardWarning::CheckDigit)
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as others may see it: the last four digits.
    #[must_use]
    pub fn masked(&self) -> Masked {
        Masked::middle(&self.0, 0, 4)
    }
}

impl CorporateAccount {
    /// Fewest digits (ENT-18).
    pub const SHORTEST: u32 = 9;
    /// Most digits (ENT-18).
    pub const LONGEST: u32 = 32;

    /// Parses what a person typed; leading zeros are part of the number.
    ///
    /// # Errors
    /// Says what is wrong with the text (ENT-18).
    pub fn parse(typed: &str) -> Result<Self, BankNumberProblem> {
        digits(typed, Self::SHORTEST, Self::LONGEST).map(Self)
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as others may see it: the last four digits.
    #[must_use]
    pub fn masked(&self) -> Masked {
        Masked::middle(&self.0, 0, 4)
    }
}

impl BankBranch {
    /// Fewest characters.
    pub const SHORTEST: u32 = 2;
    /// Most characters.
    pub const LONGEST: u32 = 100;

    /// Parses what a person typed.
    ///
    /// # Errors
    /// Says what is wrong with the text (ENT-7).
    pub fn parse(typed: &str) -> Result<Self, BankBranchProblem> {
        let cleaned = clean(typed);
        let words: Vec<&str> = cleaned.split_whitespace().collect();
        let text = words.join(" ");
        match length(&text) {
            0 => Err(BankBranchProblem::Empty),
            length if length < Self::SHORTEST => Err(BankBranchProblem::TooShort {
                shortest: Self::SHORTEST,
            }),
            length if length > Self::LONGEST => Err(BankBranchProblem::TooLong {
                longest: Self::LONGEST,
            }),
            _ => Ok(Self(text)),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

wire_text!(BankBranch);
masked_debug!(BankCard);
wire_text!(BankCard);
masked_debug!(CorporateAccount);
wire_text!(CorporateAccount);

fn digits(typed: &str, shortest: u32, longest: u32) -> Result<String, BankNumberProblem> {
    let text = compact(typed);
    if text.is_empty() {
        return Err(BankNumberProblem::Empty);
    }
    if let Some(character) = text.chars().find(|c| !c.is_ascii_digit()) {
        return Err(BankNumberProblem::ForbiddenCharacter { character });
    }
    let length = length(&text);
    if !(shortest..=longest).contains(&length) {
        return Err(BankNumberProblem::WrongLength {
            length,
            shortest,
            longest,
        });
    }
    Ok(text)
}

/// Whether the last digit fits the others (ISO/IEC 7812, annex B).
fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|character| character.to_digit(10))
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ent_7_a_bank_and_its_branch_have_2_to_100_characters() {
        assert_eq!(
            BankBranch::parse(" \u{3000}"),
            Err(BankBranchProblem::Empty)
        );
        let short = BankBranchProblem::TooShort { shortest: 2 };
        assert_eq!(BankBranch::parse("行"), Err(short));
        let parsed = BankBranch::parse(" 示例银行\n北京分行 ").unwrap();
        assert_eq!(parsed.as_str(), "示例银行 北京分行");
        assert!(BankBranch::parse(&"行".repeat(100)).is_ok());
        let long = BankBranchProblem::TooLong { longest: 100 };
        assert_eq!(BankBranch::parse(&"行".repeat(101)), Err(long));
    }

    fn card_problem(typed: &str) -> BankNumberProblem {
        BankCard::parse(typed).unwrap_err()
    }

    #[test]
    fn v_14_ent_18_thirteen_to_nineteen_digits() {
        for typed in [
            "6222020000000015",
            "62220200000000018",
            "622202000000000015",
            "6222 0200 0000 0000 018",
            "6222-0200-0000-0015",
        ] {
            assert_eq!(BankCard::parse(typed).unwrap().warning(), None, "{typed}");
        }
        assert!(BankCard::parse(&"4".repeat(13)).is_ok());
        for length in [12, 20] {
            let (shortest, longest) = (13, 19);
            assert_eq!(
                card_problem(&"6".repeat(length as usize)),
                BankNumberProblem::WrongLength {
                    length,
                    shortest,
                    longest
                }
            );
        }
    }

    #[test]
    fn v_14_ent_18_a_card_does_not_start_with_zero() {
        assert_eq!(
            card_problem("0000000000000000"),
            BankNumberProblem::StartsWithZero
        );
        assert_eq!(
            card_problem("62220200O0000015"),
            BankNumberProblem::ForbiddenCharacter { character: 'O' }
        );
        assert_eq!(card_problem("- "), BankNumberProblem::Empty);
    }

    #[test]
    fn v_14_ent_18_a_wrong_check_digit_only_warns() {
        for typed in [
            "6222020000000016",
            "6220220000000000018",
            "6217300000000000005",
        ] {
            let card = BankCard::parse(typed).unwrap();
            assert_eq!(card.warning(), Some(BankCardWarning::CheckDigit), "{typed}");
        }
    }

    #[test]
    fn ent_18_corporate_accounts_have_nine_to_thirty_two_digits_and_no_check_digit() {
        assert_eq!(
            CorporateAccount::parse("0200 0000 1").unwrap().as_str(),
            "020000001"
        );
        assert!(CorporateAccount::parse(&"1".repeat(32)).is_ok());
        for length in [8, 33] {
            let (shortest, longest) = (9, 32);
            assert_eq!(
                CorporateAccount::parse(&"1".repeat(length as usize)),
                Err(BankNumberProblem::WrongLength {
                    length,
                    shortest,
                    longest
                })
            );
        }
    }

    #[test]
    fn ent_18_only_the_last_four_digits_are_shown() {
        let card = BankCard::parse("6222020000000015").unwrap();
        assert_eq!(card.masked().as_str(), "********0015");
        assert_eq!(format!("{card:?}"), "BankCard(********0015)");
    }
}
