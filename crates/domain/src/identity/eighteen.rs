//! The eighteen characters that resident IDs and residence permits share (GB 11643): region, birth
//! date, sequence, check character. Does not know which document carries them.

use super::document::IdDocumentProblem;
use super::text::{compact, is_digits, length};
use crate::time::{Date, number};

/// Eighteen characters whose shape, birth date and check character are right.
pub(super) struct Eighteen {
    /// The characters, normalised.
    pub(super) text: String,
    /// The region, six digits.
    pub(super) region: u32,
    /// The birth date, not before 1900.
    pub(super) born: Date,
}

/// The weights of the first seventeen digits, 2^(18−i) mod 11.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character for each remainder of the weighted sum.
const CHECK: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// Nobody born before this year is alive.
const FIRST_YEAR: i32 = 1900;

impl Eighteen {
    /// Splits and checks a text; `judge_region` may refuse the region before date and check
    /// character are looked at, so that the most telling problem is the one that is told.
    pub(super) fn parse(
        typed: &str,
        judge_region: impl Fn(u32) -> Result<(), IdDocumentProblem>,
    ) -> Result<Self, IdDocumentProblem> {
        let text = compact(typed);
        if text.is_empty() {
            return Err(IdDocumentProblem::Empty);
        }
        let wrong = text.chars().enumerate().find(|(at, character)| {
            !(character.is_ascii_digit() || (*character == 'X' && *at == 17))
        });
        if let Some((_, character)) = wrong {
            return Err(IdDocumentProblem::ForbiddenCharacter { character });
        }
        let length = length(&text);
        if length == 15 && is_digits(&text) {
            return Err(IdDocumentProblem::FifteenDigits);
        }
        if length != 18 {
            return Err(IdDocumentProblem::WrongLength { length, wanted: 18 });
        }
        let region = number(&text, 0..6).unwrap_or(0);
        judge_region(region)?;
        let born = birth_date(&text).ok_or(IdDocumentProblem::ImpossibleBirthDate)?;
        if born.year() < FIRST_YEAR {
            return Err(IdDocumentProblem::BornBefore1900);
        }
        if text.chars().last() != check_character(&text) {
            return Err(IdDocumentProblem::WrongCheckCharacter);
        }
        Ok(Self { text, region, born })
    }
}

fn birth_date(text: &str) -> Option<Date> {
    Date::from_numbers(
        number(text, 6..10)?,
        number(text, 10..12)?,
        number(text, 12..14)?,
    )
}

/// The eighteenth character that the first seventeen ask for (ISO 7064 MOD 11-2).
fn check_character(text: &str) -> Option<char> {
    let sum: u32 = text
        .chars()
        .filter_map(|character| character.to_digit(10))
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    CHECK.get(sum as usize % CHECK.len()).copied()
}
