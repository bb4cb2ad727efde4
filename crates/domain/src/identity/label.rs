//! Names that people give to what they own, projects and users, and to whoever works here. Knows
//! characters and lengths; does not know which names are taken.

use serde::{Deserialize, Serialize};

use super::text::{clean, fold_case, length};
use super::value::wire_text;

/// The name of a project, 1 to 64 characters (PRJ-1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ProjectName(String);

/// What a project is for, up to 200 characters, possibly none (PRJ-1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProjectDescription(String);

/// The name with which a sub-user signs in (SGN-14): 1 to 64 letters, digits and `. _ - @ + =`,
/// typed on any keyboard (ours).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SubUserName(String);

/// The name with which an operator signs in (OPS-1): 1 to 64 letters, digits and `. _ -`, typed on any
/// keyboard (ours).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OperatorName(String);

/// Why a text is not such a name or description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum LabelProblem {
    /// Nothing but blanks was typed.
    Empty,
    /// It has too many characters.
    TooLong {
        /// Most characters, in code points.
        longest: u32,
    },
    /// A character that it cannot have.
    ForbiddenCharacter {
        /// The first such character.
        character: char,
    },
}

impl ProjectName {
    /// Most characters, in code points, after trimming (PRJ-1).
    pub const LONGEST: u32 = 64;

    /// Parses what a person typed; blanks around it do not count.
    ///
    /// # Errors
    /// Says what is wrong with the text (PRJ-1).
    pub fn parse(typed: &str) -> Result<Self, LabelProblem> {
        let text = label(typed, Self::LONGEST, char::is_control)?;
        if text.is_empty() {
            return Err(LabelProblem::Empty);
        }
        Ok(Self(text))
    }

    /// The name as its owner wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that is unique among an account's projects: letter case does not count (PRJ-1).
    #[must_use]
    pub fn compare_key(&self) -> String {
        fold_case(&self.0)
    }
}

impl ProjectDescription {
    /// Most characters, in code points (PRJ-1).
    pub const LONGEST: u32 = 200;

    /// Parses what a person typed; blanks around it do not count, lines may be broken.
    ///
    /// # Errors
    /// Says what is wrong with the text (PRJ-1).
    pub fn parse(typed: &str) -> Result<Self, LabelProblem> {
        // Browsers send a line break as two characters that were typed as one.
        let typed = typed.replace("\r\n", "\n");
        let is_forbidden = |c: char| c.is_control() && c != '\n';
        label(&typed, Self::LONGEST, is_forbidden).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl SubUserName {
    /// Most characters.
    pub const LONGEST: u32 = 64;

    /// Parses what a person typed; blanks around it do not count.
    ///
    /// # Errors
    /// Says what is wrong with the text (SGN-14).
    pub fn parse(typed: &str) -> Result<Self, LabelProblem> {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "._-@+=".contains(c);
        let text = label(typed, Self::LONGEST, |c| !is_allowed(c))?;
        if text.is_empty() {
            return Err(LabelProblem::Empty);
        }
        Ok(Self(text))
    }

    /// The name as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that is unique among an account's users: letter case does not count.
    #[must_use]
    pub fn compare_key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl OperatorName {
    /// Most characters.
    pub const LONGEST: u32 = 64;

    /// Parses what a person typed; blanks around it do not count.
    ///
    /// # Errors
    /// Says what is wrong with the text (OPS-1).
    pub fn parse(typed: &str) -> Result<Self, LabelProblem> {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        let text = label(typed, Self::LONGEST, |c| !is_allowed(c))?;
        if text.is_empty() {
            return Err(LabelProblem::Empty);
        }
        Ok(Self(text))
    }

    /// The name as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that is unique among operators: letter case does not count.
    #[must_use]
    pub fn compare_key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

wire_text!(ProjectName);
wire_text!(ProjectDescription);
wire_text!(SubUserName);
wire_text!(OperatorName);

fn label(
    typed: &str,
    longest: u32,
    is_forbidden: impl Fn(char) -> bool,
) -> Result<String, LabelProblem> {
    let text = clean(typed);
    if let Some(character) = text.chars().find(|c| is_forbidden(*c)) {
        return Err(LabelProblem::ForbiddenCharacter { character });
    }
    if length(&text) > longest {
        return Err(LabelProblem::TooLong { longest });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ops_1_an_operator_s_name_is_typed_on_any_keyboard() {
        let name = OperatorName::parse(" Li.Lei-2 ").unwrap();
        assert_eq!(
            (name.as_str(), &*name.compare_key()),
            ("Li.Lei-2", "li.lei-2")
        );
        assert_eq!(OperatorName::parse("\u{3000}"), Err(LabelProblem::Empty));
        assert!(OperatorName::parse(&"a".repeat(64)).is_ok());
        assert_eq!(
            OperatorName::parse(&"a".repeat(65)),
            Err(LabelProblem::TooLong { longest: 64 })
        );
        assert_eq!(
            OperatorName::parse("li@lei"),
            Err(LabelProblem::ForbiddenCharacter { character: '@' })
        );
    }

    #[test]
    fn prj_1_a_project_name_has_one_to_sixty_four_characters_after_trimming() {
        assert_eq!(ProjectName::parse(" \u{3000} "), Err(LabelProblem::Empty));
        assert_eq!(ProjectName::parse("  甲  ").unwrap().as_str(), "甲");
        assert!(ProjectName::parse(&format!(" {} ", "𬱖".repeat(64))).is_ok());
        assert_eq!(
            ProjectName::parse(&"𬱖".repeat(65)),
            Err(LabelProblem::TooLong { longest: 64 })
        );
        assert_eq!(
            ProjectName::parse("a\nb"),
            Err(LabelProblem::ForbiddenCharacter { character: '\n' })
        );
    }

    #[test]
    fn prj_1_names_that_differ_in_case_only_are_one() {
        let key = |typed| ProjectName::parse(typed).unwrap().compare_key();
        assert_eq!(key("Website"), key("ＷＥＢＳＩＴＥ "));
        assert_eq!(key("ÉCOLE"), key("école"));
        assert_ne!(key("a_b"), key("axb"));
        assert_ne!(key("50%"), key("50"));
    }

    #[test]
    fn prj_1_a_description_has_at_most_two_hundred_characters() {
        assert_eq!(
            ProjectDescription::parse(""),
            Ok(ProjectDescription::default())
        );
        assert_eq!(
            ProjectDescription::parse("甲\r\n乙").unwrap().as_str(),
            "甲\n乙"
        );
        assert!(ProjectDescription::parse(&"甲".repeat(200)).is_ok());
        assert_eq!(
            ProjectDescription::parse(&"甲".repeat(201)),
            Err(LabelProblem::TooLong { longest: 200 })
        );
        assert_eq!(
            ProjectDescription::parse("a\tb"),
            Err(LabelProblem::ForbiddenCharacter { character: '\t' })
        );
    }

    #[test]
    fn sgn_14_a_sub_user_name_can_be_typed_on_any_keyboard() {
        let name = SubUserName::parse(" Ops-01@team ").unwrap();
        assert_eq!(name.as_str(), "Ops-01@team");
        assert_eq!(name.compare_key(), "ops-01@team");
        assert_eq!(SubUserName::parse(""), Err(LabelProblem::Empty));
        assert!(SubUserName::parse(&"a".repeat(64)).is_ok());
        assert_eq!(
            SubUserName::parse(&"a".repeat(65)),
            Err(LabelProblem::TooLong { longest: 64 })
        );
        assert_eq!(
            SubUserName::parse("张三"),
            Err(LabelProblem::ForbiddenCharacter { character: '张' })
        );
    }
}
