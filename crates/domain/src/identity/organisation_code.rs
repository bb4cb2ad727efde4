//! The older codes of organisations (ENT-6): the nine characters of GB 11714, and the 15-digit
//! registration number. Knows their form; does not know who is registered.

use super::enterprise_code::EnterpriseCodeProblem;
use super::text::{compact, is_digits, length};
use super::uscc::Uscc;
use super::value::wire_text;

/// A 9-character organisation code (GB 11714) or a 15-digit registration number (ENT-6).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrganisationCode(String);

/// The weights of the first eight characters.
const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

impl OrganisationCode {
    /// Parses what a person typed; the hyphen before the ninth character is dropped.
    ///
    /// The check digit of registration numbers is not looked at: numbers from before 2007 have none.
    ///
    /// # Errors
    /// Says what is wrong with the text (ENT-6).
    pub fn parse(typed: &str) -> Result<Self, EnterpriseCodeProblem> {
        let text = compact(typed);
        if text.is_empty() {
            return Err(EnterpriseCodeProblem::Empty);
        }
        if let Some(character) = text.chars().find(|c| !c.is_ascii_alphanumeric()) {
            return Err(EnterpriseCodeProblem::ForbiddenCharacter { character });
        }
        match length(&text) {
            9 if text.chars().last() != check_character(&text) => {
                Err(EnterpriseCodeProblem::WrongOrganisationCheckCharacter)
            }
            9 => Ok(Self(text)),
            15 if is_digits(&text) => Ok(Self(text)),
            15 => Err(EnterpriseCodeProblem::ForbiddenCharacter {
                character: text.chars().find(char::is_ascii_alphabetic).unwrap_or(' '),
            }),
            _ if Uscc::read(typed).is_ok() => Err(EnterpriseCodeProblem::IsUscc),
            length => Err(EnterpriseCodeProblem::WrongLength { length }),
        }
    }

    /// The nine characters without a hyphen, or the fifteen digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a 15-digit registration number.
    #[must_use]
    pub fn is_registration_number(&self) -> bool {
        self.0.len() == 15
    }
}

wire_text!(OrganisationCode);

/// The ninth character that the first eight ask for (GB 11714: 11 − sum mod 11, 10 → X, 11 → 0).
pub(super) fn check_character(text: &str) -> Option<char> {
    let sum: u32 = text
        .chars()
        .filter_map(|character| character.to_digit(36))
        .zip(WEIGHTS)
        .map(|(value, weight)| value * weight)
        .sum();
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ent_6_nine_characters_with_their_check_character() {
        for typed in ["MA01ABC25", "ma01abc2-5", " MA50000K-X"] {
            assert!(OrganisationCode::parse(typed).is_ok(), "{typed}");
        }
        assert_eq!(
            OrganisationCode::parse("MA01ABC24"),
            Err(EnterpriseCodeProblem::WrongOrganisationCheckCharacter)
        );
        assert_eq!(
            OrganisationCode::parse("MA01甲BC25"),
            Err(EnterpriseCodeProblem::ForbiddenCharacter { character: '甲' })
        );
    }

    #[test]
    fn ent_6_fifteen_digits_are_a_registration_number() {
        let number = OrganisationCode::parse("110108012345678").unwrap();
        assert!(number.is_registration_number());
        assert_eq!(
            OrganisationCode::parse("11010801234567A"),
            Err(EnterpriseCodeProblem::ForbiddenCharacter { character: 'A' })
        );
        for (wrong, length) in [
            ("1101080123456789", 16),
            ("11010801234567", 14),
            ("MA01ABC2", 8),
        ] {
            assert_eq!(
                OrganisationCode::parse(wrong),
                Err(EnterpriseCodeProblem::WrongLength { length })
            );
        }
        assert_eq!(
            OrganisationCode::parse("91110108MA01ABC25F"),
            Err(EnterpriseCodeProblem::IsUscc)
        );
    }
}
