//! Mainland Travel Permits for residents of Hong Kong and Macau, and of Taiwan (VER-5). Knows their
//! numbers; does not know whether a permit is still valid.

use super::document::IdDocumentProblem;
use super::place::HkMacauTaiwan;
use super::text::{clean, compact, is_digits, length};
use super::value::{masked_debug, wire_text};
use crate::masked::Masked;

/// A travel permit of a Hong Kong or Macau resident: H or M and the eight digits that stay the
/// holder's for life (VER-5).
///
/// Older cards print two more digits, the count of replacements; they name the same holder and are
/// dropped.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HkMacauPermit(String);

/// A travel permit of a Taiwan resident: the eight digits that stay the holder's for life (VER-5).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TaiwanPermit(String);

impl HkMacauPermit {
    /// Parses what a person typed.
    ///
    /// # Errors
    /// Says what is wrong with the text, and names the other document where it is one (VER-5).
    pub fn parse(typed: &str) -> Result<Self, IdDocumentProblem> {
        if is_hk_identity_card(typed) {
            return Err(IdDocumentProblem::IsHkIdentityCard);
        }
        let mut text = compact(typed);
        let mut characters = text.chars();
        match characters.next() {
            None => return Err(IdDocumentProblem::Empty),
            Some('H' | 'M') => {}
            Some('C' | 'W') => return Err(IdDocumentProblem::IsExitPermit),
            Some(character) => return Err(IdDocumentProblem::WrongFirstLetter { character }),
        }
        forbid_all_but_digits(characters.as_str())?;
        match length(&text) {
            9 => {}
            11 => text.truncate(9),
            length => return Err(IdDocumentProblem::WrongLength { length, wanted: 9 }),
        }
        Ok(Self(text))
    }

    /// The letter and eight digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where its holder is from.
    #[must_use]
    pub fn place(&self) -> HkMacauTaiwan {
        if self.0.starts_with('H') {
            HkMacauTaiwan::HongKong
        } else {
            HkMacauTaiwan::Macau
        }
    }

    /// The number as others may see it: the letter and the last digit.
    #[must_use]
    pub fn masked(&self) -> Masked {
        Masked::middle(&self.0, 1, 1)
    }
}

impl TaiwanPermit {
    /// Parses what a person typed; leading zeros are part of the number.
    ///
    /// # Errors
    /// Says what is wrong with the text, and names the other document where it is one (VER-5).
    pub fn parse(typed: &str) -> Result<Self, IdDocumentProblem> {
        let text = compact(typed);
        if text.is_empty() {
            return Err(IdDocumentProblem::Empty);
        }
        if is_taiwan_identity_card(&text) {
            return Err(IdDocumentProblem::IsTaiwanIdentityCard);
        }
        forbid_all_but_digits(&text)?;
        match length(&text) {
            8 => Ok(Self(text)),
            length => Err(IdDocumentProblem::WrongLength { length, wanted: 8 }),
        }
    }

    /// The eight digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as others may see it: first and last digit.
    #[must_use]
    pub fn masked(&self) -> Masked {
        Masked::middle(&self.0, 1, 1)
    }
}

masked_debug!(HkMacauPermit);
wire_text!(HkMacauPermit);
masked_debug!(TaiwanPermit);
wire_text!(TaiwanPermit);

fn forbid_all_but_digits(text: &str) -> Result<(), IdDocumentProblem> {
    match text.chars().find(|character| !character.is_ascii_digit()) {
        Some(character) => Err(IdDocumentProblem::ForbiddenCharacter { character }),
        None => Ok(()),
    }
}

/// One or two letters, six digits and a check character in brackets.
fn is_hk_identity_card(typed: &str) -> bool {
    let text = clean(typed);
    let Some((number, check)) = text.split_once('(') else {
        return false;
    };
    let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = number.len() - digits.len();
    (1..=2).contains(&letters) && digits.len() == 6 && is_digits(digits) && check.ends_with(')')
}

/// One letter and nine digits.
fn is_taiwan_identity_card(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    text.len() == 10 && digits.len() == 9 && is_digits(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hk_macau_problem(typed: &str) -> IdDocumentProblem {
        HkMacauPermit::parse(typed).unwrap_err()
    }

    fn taiwan_problem(typed: &str) -> IdDocumentProblem {
        TaiwanPermit::parse(typed).unwrap_err()
    }

    #[test]
    fn v_13_hong_kong_and_macau_permits() {
        for typed in ["H12345678", "h12345678", "H1234567801", "H 1234 5678"] {
            let permit = HkMacauPermit::parse(typed).unwrap();
            assert_eq!(permit.as_str(), "H12345678");
            assert_eq!(permit.place(), HkMacauTaiwan::HongKong);
        }
        let macau = HkMacauPermit::parse("M12345678").unwrap();
        assert_eq!(macau.place(), HkMacauTaiwan::Macau);
        assert_eq!(macau.masked().as_str(), "M*******8");
        assert_eq!(
            hk_macau_problem("C12345678"),
            IdDocumentProblem::IsExitPermit
        );
        assert_eq!(
            hk_macau_problem("A123456(3)"),
            IdDocumentProblem::IsHkIdentityCard
        );
        assert_eq!(
            hk_macau_problem("H1234567"),
            IdDocumentProblem::WrongLength {
                length: 8,
                wanted: 9
            }
        );
        assert_eq!(
            hk_macau_problem("HA1234567"),
            IdDocumentProblem::ForbiddenCharacter { character: 'A' }
        );
        assert_eq!(
            hk_macau_problem("T12345678"),
            IdDocumentProblem::WrongFirstLetter { character: 'T' }
        );
        assert_eq!(hk_macau_problem(" "), IdDocumentProblem::Empty);
    }

    #[test]
    fn v_13_taiwan_permits_keep_their_leading_zeros() {
        assert_eq!(
            TaiwanPermit::parse("01234567").unwrap().as_str(),
            "01234567"
        );
        for (typed, length) in [("1234567", 7), ("123456789", 9)] {
            assert_eq!(
                taiwan_problem(typed),
                IdDocumentProblem::WrongLength { length, wanted: 8 }
            );
        }
        assert_eq!(
            taiwan_problem("T12345678"),
            IdDocumentProblem::ForbiddenCharacter { character: 'T' }
        );
        assert_eq!(
            taiwan_problem("A123456789"),
            IdDocumentProblem::IsTaiwanIdentityCard
        );
        assert_eq!(taiwan_problem("\u{200b}"), IdDocumentProblem::Empty);
    }
}
