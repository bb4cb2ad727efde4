//! The residence permit for residents of Hong Kong, Macau and Taiwan, issued since 2018. Knows its
//! number; does not know where it may be used.

use super::document::IdDocumentProblem;
use super::eighteen::Eighteen;
use super::place::HkMacauTaiwan;
use super::value::{masked_debug, wire_text};
use crate::masked::Masked;
use crate::time::Date;

/// A residence permit number: region 810000, 820000 or 830000, built like a resident ID (VER-6).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ResidencePermit {
    text: String,
    place: HkMacauTaiwan,
    born: Date,
}

impl ResidencePermit {
    /// Parses what a person typed.
    ///
    /// # Errors
    /// Says what is wrong with the text (VER-6).
    pub fn parse(typed: &str) -> Result<Self, IdDocumentProblem> {
        let Eighteen { text, region, born } =
            Eighteen::parse(typed, |region| place(region).map(|_| ()))?;
        let place = place(region)?;
        Ok(Self { text, place, born })
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The birth date that the number contains (VER-4).
    #[must_use]
    pub const fn birth_date(&self) -> Date {
        self.born
    }

    /// Where its holder is from.
    #[must_use]
    pub const fn place(&self) -> HkMacauTaiwan {
        self.place
    }

    /// The number as others may see it: first and last character.
    #[must_use]
    pub fn masked(&self) -> Masked {
        Masked::middle(&self.text, 1, 1)
    }
}

masked_debug!(ResidencePermit);
wire_text!(ResidencePermit);

/// The place that a region code of a residence permit names.
pub(super) fn place(region: u32) -> Result<HkMacauTaiwan, IdDocumentProblem> {
    match region {
        810_000 => Ok(HkMacauTaiwan::HongKong),
        820_000 => Ok(HkMacauTaiwan::Macau),
        830_000 => Ok(HkMacauTaiwan::Taiwan),
        _ => {
            let digits = u8::try_from(region / 10_000).unwrap_or(0);
            Err(match super::Province::from_digits(digits) {
                Some(_) => IdDocumentProblem::IsResidentId,
                None => IdDocumentProblem::UnknownProvince { digits },
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v_05_residence_permits_are_81_82_83_and_never_71() {
        for (typed, place) in [
            ("810000199003070015", HkMacauTaiwan::HongKong),
            ("830000199003070019", HkMacauTaiwan::Taiwan),
        ] {
            assert_eq!(ResidencePermit::parse(typed).unwrap().place(), place);
        }
        assert_eq!(
            ResidencePermit::parse("710000199003070011"),
            Err(IdDocumentProblem::UnknownProvince { digits: 71 })
        );
        assert_eq!(
            ResidencePermit::parse("110101199003070011"),
            Err(IdDocumentProblem::IsResidentId)
        );
        assert_eq!(
            ResidencePermit::parse("810001199003070015"),
            Err(IdDocumentProblem::UnknownProvince { digits: 81 })
        );
    }
}
