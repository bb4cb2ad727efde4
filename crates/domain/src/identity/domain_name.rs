//! Names in the domain name system, by which e-mail domains and websites are compared. Knows
//! syntax; does not know which names exist.

use serde::{Deserialize, Serialize};

use super::punycode;
use super::text::{clean, is_digits};
use super::value::wire_text;

/// A domain name of two labels or more, in the form of the domain name system: lower case, labels in
/// other scripts as `xn--…` (FND-4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DomainName(String);

/// Why a text is not a domain name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum DomainNameProblem {
    /// Nothing was typed.
    Empty,
    /// It has no dot: a name of two labels or more is wanted.
    NoDot,
    /// Nothing stands between two dots, before the first or after the last.
    EmptyLabel,
    /// A label starts or ends with a hyphen.
    HyphenAtEdge,
    /// A character that no domain name has.
    ForbiddenCharacter {
        /// The first such character.
        character: char,
    },
    /// A label has too many characters.
    LabelTooLong {
        /// Most characters of a label, as the domain name system writes it.
        longest: u32,
    },
    /// The whole name has too many characters.
    TooLong {
        /// Most characters of a name, as the domain name system writes it.
        longest: u32,
    },
    /// It is a network address, not a name.
    IsAddress,
}

impl DomainName {
    /// Most octets of a label (RFC 1035).
    const LONGEST_LABEL: u32 = 63;
    /// Most octets of a name, written with dots (RFC 1035).
    const LONGEST: u32 = 253;

    /// Parses what a person typed or copied from a browser: a scheme, port or path around the name is
    /// dropped.
    ///
    /// # Errors
    /// Says what is wrong with the text (FND-4).
    pub fn parse(typed: &str) -> Result<Self, DomainNameProblem> {
        let cleaned = clean(typed);
        let without_scheme = cleaned
            .split_once("://")
            .map_or(&*cleaned, |(_, rest)| rest);
        let end = without_scheme.find(['/', '?', '#', ':']);
        let name = end
            .and_then(|end| without_scheme.get(..end))
            .unwrap_or(without_scheme);
        let name = name.strip_suffix('.').unwrap_or(name);
        to_ascii(name).map(Self)
    }

    /// The name, normalised.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

wire_text!(DomainName);

/// The name as the domain name system writes it; two spellings of one name give one text.
pub(super) fn to_ascii(name: &str) -> Result<String, DomainNameProblem> {
    if name.is_empty() {
        return Err(DomainNameProblem::Empty);
    }
    let mut ascii = String::with_capacity(name.len());
    let mut labels = 0;
    let mut last_is_number = false;
    for label in name.split(is_dot) {
        if labels > 0 {
            ascii.push('.');
        }
        labels += 1;
        last_is_number = is_digits(label);
        ascii.push_str(&label_to_ascii(label)?);
    }
    if ascii.len() > DomainName::LONGEST as usize {
        return Err(DomainNameProblem::TooLong {
            longest: DomainName::LONGEST,
        });
    }
    if labels < 2 {
        return Err(DomainNameProblem::NoDot);
    }
    if last_is_number {
        return Err(DomainNameProblem::IsAddress);
    }
    Ok(ascii)
}

fn label_to_ascii(label: &str) -> Result<String, DomainNameProblem> {
    if label.is_empty() {
        return Err(DomainNameProblem::EmptyLabel);
    }
    if label.starts_with('-') || label.ends_with('-') {
        return Err(DomainNameProblem::HyphenAtEdge);
    }
    if let Some(character) = label.chars().find(|c| !may_be_in_label(*c)) {
        return Err(DomainNameProblem::ForbiddenCharacter { character });
    }
    let lower: String = label.chars().flat_map(char::to_lowercase).collect();
    let too_long = DomainNameProblem::LabelTooLong {
        longest: DomainName::LONGEST_LABEL,
    };
    // Encoding takes time with the square of the length; no label that long is one.
    if lower.len() > 4 * DomainName::LONGEST_LABEL as usize {
        return Err(too_long);
    }
    let ascii = if lower.is_ascii() {
        lower
    } else {
        ["xn--", &punycode::encode(&lower)].concat()
    };
    if ascii.len() > DomainName::LONGEST_LABEL as usize {
        return Err(too_long);
    }
    Ok(ascii)
}

/// Input methods write the ideographic full stop (RFC 3490 lists it as a dot).
fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{3002}' | '\u{ff61}')
}

/// ASCII letters, digits and hyphens, and letters of other scripts; signs, marks of punctuation,
/// pictures and private characters are refused.
fn may_be_in_label(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '-';
    }
    !c.is_whitespace()
        && !matches!(c, '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{2bff}'
            | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{d7fc}'..='\u{f8ff}'
            | '\u{fd3e}' | '\u{fd3f}' | '\u{fe10}'..='\u{fe6f}' | '\u{fff0}'..='\u{ffff}'
            | '\u{1d000}'..='\u{1d7ff}' | '\u{1f000}'..='\u{1faff}' | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(typed: &str) -> DomainNameProblem {
        DomainName::parse(typed).unwrap_err()
    }

    #[test]
    fn fnd_4_all_spellings_of_a_name_are_one() {
        for typed in [
            "www.example.com",
            " WWW.Example.COM. ",
            "https://www.example.com/path?query=1",
            "www.example.com:8443",
            "ｗｗｗ．example。com",
        ] {
            assert_eq!(
                DomainName::parse(typed).unwrap().as_str(),
                "www.example.com"
            );
        }
        for typed in ["例子.中国", "例子。中国", "XN--FSQU00A.xn--fiqs8s"] {
            assert_eq!(
                DomainName::parse(typed).unwrap().as_str(),
                "xn--fsqu00a.xn--fiqs8s"
            );
        }
    }

    #[test]
    fn fnd_4_what_is_no_domain_name() {
        assert_eq!(problem(""), DomainNameProblem::Empty);
        assert_eq!(problem("https://"), DomainNameProblem::Empty);
        assert_eq!(problem("localhost"), DomainNameProblem::NoDot);
        assert_eq!(problem("example..com"), DomainNameProblem::EmptyLabel);
        assert_eq!(problem(".example.com"), DomainNameProblem::EmptyLabel);
        assert_eq!(problem("-a.example"), DomainNameProblem::HyphenAtEdge);
        assert_eq!(problem("203.0.113.7"), DomainNameProblem::IsAddress);
        for (typed, character) in [
            ("a_b.example", '_'),
            ("a b.example", ' '),
            ("😀.example", '😀'),
        ] {
            assert_eq!(
                problem(typed),
                DomainNameProblem::ForbiddenCharacter { character }
            );
        }
    }

    #[test]
    fn fnd_4_lengths_of_labels_and_names() {
        let label = "a".repeat(63);
        assert!(DomainName::parse(&format!("{label}.com")).is_ok());
        assert_eq!(
            problem(&format!("a{label}.com")),
            DomainNameProblem::LabelTooLong { longest: 63 }
        );
        assert_eq!(
            problem(&format!("{}.com", "例".repeat(100_000))),
            DomainNameProblem::LabelTooLong { longest: 63 }
        );
        let longest = format!("{label}.{label}.{label}.{}", "a".repeat(61));
        assert!(DomainName::parse(&longest).is_ok());
        assert_eq!(
            problem(&format!("{longest}a")),
            DomainNameProblem::TooLong { longest: 253 }
        );
    }
}
