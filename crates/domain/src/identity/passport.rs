//! A passport number. Knows its characters; does not know which state issued it.

use super::document::IdDocumentProblem;
use super::text::{compact, length};
use super::value::{masked_debug, wire_text};
use crate::masked::Masked;

/// The number of a passport or a foreigner's permanent residence card: 5 to 18 letters and digits.
///
/// Nobody is verified by it as a person (VER-5); the papers of a foreign legal representative carry it
/// (ENT-5).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Passport(String);

impl Passport {
    /// Fewest characters of a number.
    pub const SHORTEST: u32 = 5;
    /// Most characters of a number.
    pub const LONGEST: u32 = 18;

    /// Parses what a person typed.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub fn parse(typed: &str) -> Result<Self, IdDocumentProblem> {
        let text = compact(typed);
        if text.is_empty() {
            return Err(IdDocumentProblem::Empty);
        }
        if let Some(character) = text.chars().find(|c| !c.is_ascii_alphanumeric()) {
            return Err(IdDocumentProblem::ForbiddenCharacter { character });
        }
        let length = length(&text);
        let nearest = length.clamp(Self::SHORTEST, Self::LONGEST);
        if length != nearest {
            return Err(IdDocumentProblem::WrongLength {
                length,
                wanted: nearest,
            });
        }
        Ok(Self(text))
    }

    /// The letters and digits, in upper case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as others may see it: first and last character.
    #[must_use]
    pub fn masked(&self) -> Masked {
        Masked::middle(&self.0, 1, 1)
    }
}

masked_debug!(Passport);
wire_text!(Passport);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ent_5_a_foreign_representative_has_a_passport_number() {
        assert_eq!(
            Passport::parse(" e12 345678 ").unwrap().as_str(),
            "E12345678"
        );
        assert_eq!(
            Passport::parse("1234"),
            Err(IdDocumentProblem::WrongLength {
                length: 4,
                wanted: 5
            })
        );
        assert_eq!(
            Passport::parse(&"1".repeat(19)),
            Err(IdDocumentProblem::WrongLength {
                length: 19,
                wanted: 18
            })
        );
        assert_eq!(
            Passport::parse("E1234_678"),
            Err(IdDocumentProblem::ForbiddenCharacter { character: '_' })
        );
    }
}
