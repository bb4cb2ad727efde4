//! The name of an enterprise as on its certificate (ENT-6). Knows spellings; does not know the
//! register.

use serde::{Deserialize, Serialize};

use super::han::{fold_dot, fold_radical};
use super::text::{clean, fold_case, length};
use super::value::wire_text;
use crate::masked::Masked;

/// An enterprise's name of 4 to 100 characters, with brackets in full width as certificates print
/// them (ENT-6).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EnterpriseName(String);

/// Why a text is not an enterprise's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum EnterpriseNameProblem {
    /// Nothing was typed.
    Empty,
    /// It has too few characters; the few real names that are shorter go to support, with the licence.
    TooShort {
        /// Fewest characters.
        shortest: u32,
    },
    /// It has too many characters.
    TooLong {
        /// Most characters.
        longest: u32,
    },
    /// A character that no certificate prints: markup, a line break, a picture.
    ForbiddenCharacter {
        /// The first such character.
        character: char,
    },
}

impl EnterpriseName {
    /// Fewest characters of a name (ENT-6).
    pub const SHORTEST: u32 = 4;
    /// Most characters of a name (ours).
    pub const LONGEST: u32 = 100;

    /// Parses what a person typed.
    ///
    /// # Errors
    /// Says what is wrong with the text (ENT-6).
    pub fn parse(typed: &str) -> Result<Self, EnterpriseNameProblem> {
        let cleaned = clean(typed);
        if let Some(character) = cleaned.chars().find(|c| is_forbidden(*c)) {
            return Err(EnterpriseNameProblem::ForbiddenCharacter { character });
        }
        let words: Vec<&str> = cleaned.split_whitespace().collect();
        let text: String = words.join(" ").chars().map(as_printed).collect();
        let length = length(&text);
        if length == 0 {
            return Err(EnterpriseNameProblem::Empty);
        }
        if length < Self::SHORTEST {
            return Err(EnterpriseNameProblem::TooShort {
                shortest: Self::SHORTEST,
            });
        }
        if length > Self::LONGEST {
            return Err(EnterpriseNameProblem::TooLong {
                longest: Self::LONGEST,
            });
        }
        Ok(Self(text))
    }

    /// The name, normalised.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form by which names are compared: letter case and blanks do not count.
    #[must_use]
    pub fn compare_key(&self) -> String {
        let joined: String = self.0.chars().filter(|c| *c != ' ').collect();
        fold_case(&joined)
    }

    /// The name as others may see it: the first two and the last two characters (FND-5).
    #[must_use]
    pub fn masked(&self) -> Masked {
        let kept = if length(&self.0) < 6 { 1 } else { 2 };
        Masked::middle(&self.0, kept, kept)
    }
}

wire_text!(EnterpriseName);

/// The character as certificates print it.
fn as_printed(c: char) -> char {
    match c {
        '(' | '\u{fe59}' => '（',
        ')' | '\u{fe5a}' => '）',
        _ => fold_dot(fold_radical(c)),
    }
}

/// Controls, markup, private characters and pictures.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '<' | '>' | '\u{2028}' | '\u{2029}' | '\u{2600}'..='\u{27bf}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{1f000}'..='\u{1faff}'
            | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(typed: &str) -> EnterpriseName {
        EnterpriseName::parse(typed).unwrap()
    }

    fn problem(typed: &str) -> EnterpriseNameProblem {
        EnterpriseName::parse(typed).unwrap_err()
    }

    #[test]
    fn ent_6_a_name_has_four_characters_or_more() {
        let shortest = EnterpriseName::SHORTEST;
        assert_eq!(
            problem("某公司"),
            EnterpriseNameProblem::TooShort { shortest }
        );
        assert!(EnterpriseName::parse("某某公司").is_ok());
        let longest = EnterpriseName::LONGEST;
        assert_eq!(
            problem(&"某".repeat(101)),
            EnterpriseNameProblem::TooLong { longest }
        );
        assert!(EnterpriseName::parse(&"某".repeat(100)).is_ok());
        assert_eq!(problem("   "), EnterpriseNameProblem::Empty);
    }

    #[test]
    fn ent_6_half_width_and_full_width_spellings_are_one_name() {
        assert_eq!(
            name("示例(北京)科技有限公司"),
            name("示例（北京）科技有限公司")
        );
        assert_eq!(name("ＡＢＣ・示例咖啡店").as_str(), "ABC·示例咖啡店");
        assert_eq!(
            name("Abc  示例 咖啡店").compare_key(),
            name("ABC示例咖啡店").compare_key()
        );
        assert_ne!(
            name("示例甲公司").compare_key(),
            name("示例乙公司").compare_key()
        );
    }

    #[test]
    fn what_no_certificate_prints() {
        for (typed, character) in [
            ("<b>示例公司", '<'),
            ("示例公司😀", '😀'),
            ("示例\n公司", '\n'),
        ] {
            assert_eq!(
                problem(typed),
                EnterpriseNameProblem::ForbiddenCharacter { character }
            );
        }
    }

    #[test]
    fn fnd_5_a_masked_name_keeps_its_ends() {
        assert_eq!(name("示例科技有限公司").masked().as_str(), "示例****公司");
        assert_eq!(name("某某公司").masked().as_str(), "某**司");
    }
}
