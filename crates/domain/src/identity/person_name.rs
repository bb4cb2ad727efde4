//! The name of a person as on their identity document. Knows characters; does not know whose name
//! it is.

use serde::{Deserialize, Serialize};

use super::han::{MIDDLE_DOT, fold_dot, fold_radical, is_han};
use super::text::{clean, fold_case, length};
use super::value::{masked_debug, wire_text};
use crate::masked::Masked;

/// A person's name of 2 to 50 characters, in Chinese characters or in Latin letters.
///
/// The parts of a Chinese name are joined by middle dots (U+00B7, whatever dot was typed). Latin
/// letters are for foreign legal representatives (ENT-5).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

/// The script a name is written in; one name never mixes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NameScript {
    /// Chinese characters.
    Han,
    /// Latin letters.
    Latin,
}

/// Why a text is not a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum PersonNameProblem {
    /// Nothing was typed.
    Empty,
    /// It has too few characters.
    TooShort {
        /// Fewest characters.
        shortest: u32,
    },
    /// It has too many characters.
    TooLong {
        /// Most characters.
        longest: u32,
    },
    /// A character that no name has: a digit, a sign, a picture.
    ForbiddenCharacter {
        /// The first such character.
        character: char,
    },
    /// There is a blank between Chinese characters.
    BlankInside,
    /// A dot stands at the beginning or the end.
    DotAtEdge,
    /// Two dots, hyphens or the like stand side by side.
    DoubledDot,
    /// Chinese characters and Latin letters are mixed.
    MixedScripts,
}

impl PersonName {
    /// Fewest characters of a name.
    pub const SHORTEST: u32 = 2;
    /// Most characters of a name; long names of some ethnic groups reach it.
    pub const LONGEST: u32 = 50;

    /// Parses what a person typed.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub fn parse(typed: &str) -> Result<Self, PersonNameProblem> {
        let cleaned = clean(typed);
        if cleaned.is_empty() {
            return Err(PersonNameProblem::Empty);
        }
        let text: String = cleaned.chars().map(fold_radical).collect();
        let has_han = text.chars().any(is_han);
        let text = match (has_han, text.chars().any(is_latin)) {
            (true, true) => return Err(PersonNameProblem::MixedScripts),
            (true, false) | (false, false) => han_name(&text)?,
            (false, true) => latin_name(&text)?,
        };
        let length = length(&text);
        if length < Self::SHORTEST {
            return Err(PersonNameProblem::TooShort {
                shortest: Self::SHORTEST,
            });
        }
        if length > Self::LONGEST {
            return Err(PersonNameProblem::TooLong {
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

    /// The script it is written in; a mainland resident's is [`NameScript::Han`].
    #[must_use]
    pub fn script(&self) -> NameScript {
        if self.0.chars().any(is_latin) {
            NameScript::Latin
        } else {
            NameScript::Han
        }
    }

    /// The form by which names are compared: passports print in capitals what people write mixed.
    #[must_use]
    pub fn compare_key(&self) -> String {
        fold_case(&self.0)
    }

    /// The name as others may see it: the first character (V-12).
    #[must_use]
    pub fn masked(&self) -> Masked {
        Masked::middle(&self.0, 1, 0)
    }
}

masked_debug!(PersonName);
wire_text!(PersonName);

fn han_name(text: &str) -> Result<String, PersonNameProblem> {
    let text: String = text.chars().map(fold_dot).collect();
    for character in text.chars() {
        if character.is_whitespace() && !character.is_control() {
            return Err(PersonNameProblem::BlankInside);
        }
        if character != MIDDLE_DOT && !is_han(character) {
            return Err(PersonNameProblem::ForbiddenCharacter { character });
        }
    }
    if text.starts_with(MIDDLE_DOT) || text.ends_with(MIDDLE_DOT) {
        return Err(PersonNameProblem::DotAtEdge);
    }
    if text.contains("\u{b7}\u{b7}") {
        return Err(PersonNameProblem::DoubledDot);
    }
    Ok(text)
}

fn latin_name(text: &str) -> Result<String, PersonNameProblem> {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let text = words.join(" ").replace('\u{2019}', "'");
    let is_mark = |c: char| matches!(c, '-' | '\'' | '.');
    let wrong = |c: &char| !(is_latin(*c) || is_mark(*c) || *c == ' ');
    if let Some(character) = text.chars().find(wrong) {
        return Err(PersonNameProblem::ForbiddenCharacter { character });
    }
    if text.starts_with(is_mark) || text.ends_with(['-', '\'']) {
        return Err(PersonNameProblem::DotAtEdge);
    }
    let mut neighbours = text.chars().zip(text.chars().skip(1));
    if neighbours.any(|(left, right)| is_mark(left) && is_mark(right)) {
        return Err(PersonNameProblem::DoubledDot);
    }
    Ok(text)
}

/// Latin letters with and without diacritics.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
            && !matches!(c, '\u{d7}' | '\u{f7}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(typed: &str) -> PersonNameProblem {
        PersonName::parse(typed).unwrap_err()
    }

    #[test]
    fn v_11_the_middle_dot_in_all_its_spellings() {
        for typed in [
            "阿迪力·买买提",
            "阿迪力•买买提",
            "阿迪力・买买提",
            "阿迪力‧买买提",
        ] {
            assert_eq!(PersonName::parse(typed).unwrap().as_str(), "阿迪力·买买提");
        }
        assert_eq!(problem("·张三"), PersonNameProblem::DotAtEdge);
        assert_eq!(problem("张三·"), PersonNameProblem::DotAtEdge);
        assert_eq!(problem("阿迪力··买买提"), PersonNameProblem::DoubledDot);
        assert_eq!(problem("··"), PersonNameProblem::DotAtEdge);
    }

    #[test]
    fn v_12_rare_characters_are_characters() {
        for (typed, masked) in [
            ("王䶮", "王*"),
            ("黄𬱖", "黄*"),
            ("𬱖方", "𬱖*"),
            ("欧阳修远", "欧***"),
        ] {
            let name = PersonName::parse(typed).unwrap();
            assert_eq!(name.as_str(), typed);
            assert_eq!(name.masked().as_str(), masked);
            assert_eq!(name.script(), NameScript::Han);
        }
        assert_eq!(
            PersonName::parse("⽅三").unwrap(),
            PersonName::parse("方三").unwrap()
        );
    }

    #[test]
    fn two_to_fifty_characters() {
        let shortest = PersonName::SHORTEST;
        assert_eq!(problem("李"), PersonNameProblem::TooShort { shortest });
        assert!(PersonName::parse("李四").is_ok());
        assert!(PersonName::parse(&"阿".repeat(50)).is_ok());
        let longest = PersonName::LONGEST;
        assert_eq!(
            problem(&"阿".repeat(51)),
            PersonNameProblem::TooLong { longest }
        );
        assert_eq!(problem(" \u{3000}"), PersonNameProblem::Empty);
    }

    #[test]
    fn what_no_name_has() {
        assert_eq!(problem("张 三"), PersonNameProblem::BlankInside);
        for (typed, character) in [
            ("张3", '3'),
            ("张三😀", '😀'),
            ("张\n三", '\n'),
            ("😀", '😀'),
        ] {
            assert_eq!(
                problem(typed),
                PersonNameProblem::ForbiddenCharacter { character }
            );
        }
        assert_eq!(problem("<b>张三</b>"), PersonNameProblem::MixedScripts);
        assert_eq!(problem("张San"), PersonNameProblem::MixedScripts);
    }

    #[test]
    fn ent_5_a_foreign_representative_writes_their_name_in_latin_letters() {
        for (typed, stored) in [
            ("  Anne-Marie   O’Neill Jr. ", "Anne-Marie O'Neill Jr."),
            ("Nguyễn Văn An", "Nguyễn Văn An"),
            ("Łukasz Öz", "Łukasz Öz"),
        ] {
            let name = PersonName::parse(typed).unwrap();
            assert_eq!(name.as_str(), stored);
            assert_eq!(name.script(), NameScript::Latin);
        }
        let key = |typed| PersonName::parse(typed).unwrap().compare_key();
        assert_eq!(key("ANNE LEE"), key("Anne Lee"));
        assert_eq!(problem("-Anne"), PersonNameProblem::DotAtEdge);
        assert_eq!(problem("Anne--Lee"), PersonNameProblem::DoubledDot);
        assert_eq!(
            problem("<i>Anne"),
            PersonNameProblem::ForbiddenCharacter { character: '<' }
        );
    }
}
