//! A phone number in E.164 (CON-13). Knows how numbers are written; does not know whose it is: a
//! code proves that.

use serde::{Deserialize, Serialize};

use super::text::{clean, is_digits, is_hyphen, length};
use super::value::{masked_debug, wire_text};
use crate::masked::Masked;

/// A phone number in E.164, such as `+8613800138000` (CON-13).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber(String);

/// Why a text is not a phone number that the product can reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum PhoneNumberProblem {
    /// Nothing was typed.
    Empty,
    /// A character that is no digit.
    ForbiddenCharacter {
        /// The first such character.
        character: char,
    },
    /// A mainland mobile number has 11 digits.
    WrongLength {
        /// Digits typed, without +86.
        length: u32,
        /// Digits wanted.
        wanted: u32,
    },
    /// A mainland mobile number starts with 13 to 19; this is a land line, a service number or the
    /// number of another country without its `+` and country code.
    NotMobile,
    /// The country code does not exist: none starts with 0.
    UnknownCountry,
    /// The number has fewer or more digits than numbers of that country have.
    WrongLengthAbroad {
        /// Digits typed after the country code.
        length: u32,
        /// Fewest digits after the country code.
        shortest: u32,
        /// Most digits after the country code.
        longest: u32,
    },
}

impl PhoneNumber {
    /// Digits of a mainland mobile number.
    const MAINLAND: u32 = 11;

    /// Parses what a person typed: a mainland mobile number with or without `+86`, `0086` or `86`,
    /// or any other number with `+` or `00` and its country code.
    ///
    /// # Errors
    /// Says what is wrong with the text (CON-13).
    pub fn parse(typed: &str) -> Result<Self, PhoneNumberProblem> {
        let text: String = clean(typed).chars().filter(|c| !is_gap(*c)).collect();
        if text.is_empty() {
            return Err(PhoneNumberProblem::Empty);
        }
        let abroad = text.strip_prefix('+').or_else(|| text.strip_prefix("00"));
        let digits = abroad.unwrap_or(&text);
        if let Some(character) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(PhoneNumberProblem::ForbiddenCharacter { character });
        }
        match abroad {
            Some(digits) => match digits.strip_prefix("86") {
                Some(national) => mainland(national),
                None => international(digits),
            },
            // No mainland mobile number starts with 86, so this 86 is the country code.
            None => mainland(match digits.strip_prefix("86") {
                Some(national) if digits.len() > 11 => national,
                _ => digits,
            }),
        }
    }

    /// The number in E.164, with `+` and country code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a number of the mainland.
    #[must_use]
    pub fn is_mainland(&self) -> bool {
        self.country_code() == "86"
    }

    /// The country code, without `+`.
    #[must_use]
    pub fn country_code(&self) -> &str {
        let digits = self.0.get(1..).unwrap_or_default();
        digits
            .get(..country_code_length(digits))
            .unwrap_or_default()
    }

    /// The number without `+` and country code.
    #[must_use]
    pub fn national(&self) -> &str {
        let digits = self.0.get(1..).unwrap_or_default();
        digits
            .get(country_code_length(digits)..)
            .unwrap_or_default()
    }

    /// The number as others may see it: `138****5678`, abroad `+852 ****4567` (CON-13).
    #[must_use]
    pub fn masked(&self) -> Masked {
        if self.is_mainland() {
            return Masked::middle(self.national(), 3, 4);
        }
        let national = self.national();
        let kept = if length(national) < 7 { 2 } else { 4 };
        let hidden = Masked::middle(national, 0, kept);
        Masked::already(["+", self.country_code(), " ", hidden.as_str()].concat())
    }
}

masked_debug!(PhoneNumber);
wire_text!(PhoneNumber);

/// What people write between the groups of a number.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_hyphen(c) || matches!(c, '(' | ')' | '.')
}

fn mainland(digits: &str) -> Result<PhoneNumber, PhoneNumberProblem> {
    let length = length(digits);
    let is_mobile =
        digits.starts_with('1') && matches!(digits.as_bytes().get(1), Some(b'3'..=b'9'));
    if length == PhoneNumber::MAINLAND && !is_mobile || digits.starts_with('0') {
        return Err(PhoneNumberProblem::NotMobile);
    }
    if length != PhoneNumber::MAINLAND {
        return Err(PhoneNumberProblem::WrongLength {
            length,
            wanted: PhoneNumber::MAINLAND,
        });
    }
    Ok(PhoneNumber(["+86", digits].concat()))
}

fn international(digits: &str) -> Result<PhoneNumber, PhoneNumberProblem> {
    if digits.is_empty() || digits.starts_with('0') || !is_digits(digits) {
        return Err(PhoneNumberProblem::UnknownCountry);
    }
    let code_length = country_code_length(digits);
    let code = digits.get(..code_length).unwrap_or(digits);
    let national = digits.get(code_length..).unwrap_or_default();
    // At home Taiwan's numbers are dialled with a 0 in front, which many also write abroad.
    let national = match code {
        "886" => national.trim_start_matches('0'),
        _ => national,
    };
    let most = 15 - u32::try_from(code_length).unwrap_or(3);
    let (shortest, longest) = match code {
        "852" | "853" => (8, 8),
        "886" => (8, 9),
        _ => (4, most),
    };
    let length = length(national);
    if !(shortest..=longest).contains(&length) {
        return Err(PhoneNumberProblem::WrongLengthAbroad {
            length,
            shortest,
            longest,
        });
    }
    Ok(PhoneNumber(["+", code, national].concat()))
}

/// How many of the first digits are the country code (ITU-T E.164): one for the zones 1 and 7, two
/// for the countries listed, three for all others.
fn country_code_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..] => 2,
        [b'3', b'0'..=b'4' | b'6' | b'9', ..] => 2,
        [b'4', b'0' | b'1' | b'3'..=b'9', ..] => 2,
        [b'5', b'1'..=b'8', ..] => 2,
        [b'6', b'0'..=b'6', ..] => 2,
        [b'8', b'1' | b'2' | b'4' | b'6', ..] => 2,
        [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3.min(digits.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(typed: &str) -> PhoneNumberProblem {
        PhoneNumber::parse(typed).unwrap_err()
    }

    #[test]
    fn v_08_con_13_every_segment_from_13_to_19_is_a_mobile_number() {
        for typed in [
            "16200000001",
            "16600000001",
            "17500000001",
            "19200000001",
            "19900000001",
        ] {
            assert!(PhoneNumber::parse(typed).unwrap().is_mainland(), "{typed}");
        }
        for typed in ["12800138000", "20000000000", "01062770001"] {
            assert_eq!(problem(typed), PhoneNumberProblem::NotMobile, "{typed}");
        }
        for (typed, length) in [
            ("1380013800", 10),
            ("138001380000", 12),
            ("10086", 5),
            ("86", 2),
        ] {
            assert_eq!(
                problem(typed),
                PhoneNumberProblem::WrongLength { length, wanted: 11 },
                "{typed}"
            );
        }
    }

    #[test]
    fn v_09_con_13_all_spellings_are_one_number() {
        for typed in [
            "\u{202d}13800138000\u{202c}",
            "+86 138 0013 8000",
            "138-0013-8000",
            "13800138000\n",
            "0086 13800138000",
            "8613800138000",
            "１３８００１３８０００",
            "+8613800138000",
        ] {
            assert_eq!(
                PhoneNumber::parse(typed).unwrap().as_str(),
                "+8613800138000"
            );
        }
    }

    #[test]
    fn con_13_numbers_of_other_countries() {
        for (typed, stored, code) in [
            ("+852 5123 4567", "+85251234567", "852"),
            ("00853 6612 3456", "+85366123456", "853"),
            ("+886 0912 345 678", "+886912345678", "886"),
            ("+1 (202) 555-0100", "+12025550100", "1"),
            ("+44 20 7946 0000", "+442079460000", "44"),
            ("+7 495 000 00 00", "+74950000000", "7"),
            ("+420 200 000 000", "+420200000000", "420"),
        ] {
            let number = PhoneNumber::parse(typed).unwrap();
            assert_eq!((number.as_str(), number.country_code()), (stored, code));
            assert!(!number.is_mainland());
        }
        assert_eq!(problem("+0123456789"), PhoneNumberProblem::UnknownCountry);
        assert_eq!(problem("+"), PhoneNumberProblem::UnknownCountry);
        assert_eq!(
            problem("+8525123456"),
            PhoneNumberProblem::WrongLengthAbroad {
                length: 7,
                shortest: 8,
                longest: 8
            }
        );
        assert_eq!(
            problem("+449999999999999999"),
            PhoneNumberProblem::WrongLengthAbroad {
                length: 16,
                shortest: 4,
                longest: 13
            }
        );
        assert_eq!(problem("+8601062770001"), PhoneNumberProblem::NotMobile);
    }

    #[test]
    fn con_13_what_is_no_digit_is_refused() {
        assert_eq!(problem(" \u{200b}"), PhoneNumberProblem::Empty);
        for (typed, character) in [
            ("1380013800O", 'O'),
            ("13800138000,13900139000", ','),
            ("①3800138000", '①'),
            ("+86+13800138000", '+'),
        ] {
            assert_eq!(
                problem(typed),
                PhoneNumberProblem::ForbiddenCharacter { character }
            );
        }
    }

    #[test]
    fn con_13_display_is_masked() {
        let masked = |typed| PhoneNumber::parse(typed).unwrap().masked().to_string();
        assert_eq!(masked("13812345678"), "138****5678");
        assert_eq!(masked("+85251234567"), "+852 ****4567");
        assert_eq!(masked("+35212345"), "+352 ***45");
        let number = PhoneNumber::parse("13812345678").unwrap();
        assert_eq!(format!("{number:?}"), "PhoneNumber(138****5678)");
    }
}
