//! The number of an ICP filing or licence (ACC-9, FND-4). Knows its form; does not know websites.

use serde::{Deserialize, Serialize};

use super::text::{clean, is_digits, is_hyphen};
use super::value::wire_text;

/// An ICP number such as `京ICP备12345678号`, with `-1` behind it when one website of the filing is
/// meant, or a licence such as `京ICP证123456号`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IcpFiling {
    text: String,
    /// Bytes of the number without what names one website.
    main: usize,
}

/// Why a text is not an ICP number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum IcpFilingProblem {
    /// Nothing was typed.
    Empty,
    /// It does not start with the character of a province.
    UnknownProvince {
        /// The character in its place.
        character: char,
    },
    /// It is not of the form `京ICP备12345678号-1`.
    Malformed,
    /// It has too few or too many digits.
    WrongLength {
        /// Digits typed.
        length: u32,
        /// Fewest digits.
        shortest: u32,
        /// Most digits.
        longest: u32,
    },
}

/// The characters by which provinces are known in filing numbers; two of them have two.
const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕甘陇青宁新";
/// Fewest digits of a number.
const SHORTEST: u32 = 5;
/// Most digits of a number: newer ones begin with the full year.
const LONGEST: u32 = 12;

impl IcpFiling {
    /// Parses what a person typed; blanks do not count and the `号` may be missing.
    ///
    /// # Errors
    /// Says what is wrong with the text (FND-4).
    pub fn parse(typed: &str) -> Result<Self, IcpFilingProblem> {
        let text: String = clean(typed)
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| {
                if is_hyphen(c) {
                    '-'
                } else {
                    c.to_ascii_uppercase()
                }
            })
            .collect();
        let mut rest = text.chars();
        let province = rest.next().ok_or(IcpFilingProblem::Empty)?;
        if !PROVINCES.contains(province) {
            return Err(IcpFilingProblem::UnknownProvince {
                character: province,
            });
        }
        let rest = rest.as_str();
        let rest = rest
            .strip_prefix("ICP")
            .ok_or(IcpFilingProblem::Malformed)?;
        let (kind, rest) = match (rest.strip_prefix('备'), rest.strip_prefix('证')) {
            (Some(rest), _) => ("ICP备", rest),
            (None, Some(rest)) => ("ICP证", rest),
            (None, None) => return Err(IcpFilingProblem::Malformed),
        };
        let (number, site) = match rest.split_once('-') {
            Some((number, site)) => (number, Some(site)),
            None => (rest, None),
        };
        let digits = number.strip_suffix('号').unwrap_or(number);
        if !is_digits(digits) {
            return Err(IcpFilingProblem::Malformed);
        }
        let length = u32::try_from(digits.len()).unwrap_or(u32::MAX);
        if !(SHORTEST..=LONGEST).contains(&length) {
            return Err(IcpFilingProblem::WrongLength {
                length,
                shortest: SHORTEST,
                longest: LONGEST,
            });
        }
        let mut text = String::from(province);
        for part in [kind, digits, "号"] {
            text.push_str(part);
        }
        let main = text.len();
        if let Some(site) = site {
            if !is_site(site) {
                return Err(IcpFilingProblem::Malformed);
            }
            text.push('-');
            text.push_str(site);
        }
        Ok(Self { text, main })
    }

    /// The number, normalised.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number of the filing without what names one website: filings are found and moved by it.
    #[must_use]
    pub fn main(&self) -> &str {
        self.text.get(..self.main).unwrap_or(&self.text)
    }
}

wire_text!(IcpFiling);

/// The running number of a website, or of an app with its letter behind.
fn is_site(site: &str) -> bool {
    let digits = site.strip_suffix(['A', 'X', 'F']).unwrap_or(site);
    (1..=6).contains(&digits.len()) && is_digits(digits) && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(typed: &str) -> IcpFilingProblem {
        IcpFiling::parse(typed).unwrap_err()
    }

    #[test]
    fn fnd_4_all_spellings_of_a_filing_are_one() {
        for typed in [
            "京ICP备12345678号",
            " 京icp备 12345678 号",
            "京ＩＣＰ备１２３４５６７８",
        ] {
            assert_eq!(
                IcpFiling::parse(typed).unwrap().as_str(),
                "京ICP备12345678号"
            );
        }
        let site = IcpFiling::parse("粤ICP备2020123456号–12").unwrap();
        assert_eq!(site.as_str(), "粤ICP备2020123456号-12");
        assert_eq!(site.main(), "粤ICP备2020123456号");
        assert_eq!(
            IcpFiling::parse("沪ICP备12345678号-3a").unwrap().as_str(),
            "沪ICP备12345678号-3A"
        );
        assert_eq!(
            IcpFiling::parse("京ICP证030001号").unwrap().main(),
            "京ICP证030001号"
        );
    }

    #[test]
    fn fnd_4_what_is_no_filing_number() {
        assert_eq!(problem(" "), IcpFilingProblem::Empty);
        assert_eq!(
            problem("东ICP备12345678号"),
            IcpFilingProblem::UnknownProvince { character: '东' }
        );
        for typed in [
            "京12345678",
            "京ICP12345678号",
            "京ICP备1234567x号",
            "京ICP备12345678号-",
            "京ICP备12345678号-01",
            "京ICP备12345678号-1-1",
        ] {
            assert_eq!(problem(typed), IcpFilingProblem::Malformed, "{typed}");
        }
        for (typed, length) in [("京ICP备1234号", 4), ("京ICP备1234567890123号", 13)] {
            assert_eq!(
                problem(typed),
                IcpFilingProblem::WrongLength {
                    length,
                    shortest: 5,
                    longest: 12
                }
            );
        }
    }
}
