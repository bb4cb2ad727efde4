//! The codes by which an organisation is known: the union, and why a text is none. Knows numbers and
//! their arithmetic; does not know who is registered.

use serde::{Deserialize, Serialize};

use super::organisation_code::OrganisationCode;
use super::text::{compact, length};
use super::uscc::Uscc;
use super::value::wire_text;
use crate::masked::Masked;

/// A USCC or another organisation code (ENT-6).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EnterpriseCode {
    /// The 18-character Unified Social Credit Code.
    Uscc(Uscc),
    /// The 9-character organisation code or the 15-digit registration number.
    Other(OrganisationCode),
}

/// Why a text is not the code of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum EnterpriseCodeProblem {
    /// Nothing was typed.
    Empty,
    /// A USCC has 18 characters; an organisation code 9 or, as a registration number, 15.
    WrongLength {
        /// Characters typed, not counting blanks and hyphens.
        length: u32,
    },
    /// A character that the code cannot have at this place; a USCC has no I, O, S, V and Z.
    ForbiddenCharacter {
        /// The first such character, in upper case.
        character: char,
    },
    /// It is an organisation code or registration number where the USCC was asked for.
    IsOtherCode,
    /// It is the USCC where the older code was asked for.
    IsUscc,
    /// The ninth character of the organisation code (the 17th of a USCC) does not fit the eight before
    /// it: something is mistyped.
    WrongOrganisationCheckCharacter,
    /// The 18th character of the USCC does not fit the others: something is mistyped.
    WrongCheckCharacter,
    /// It is the number of a resident's ID card.
    LooksLikeResidentId,
}

impl EnterpriseCode {
    /// Parses what a person typed: 18 characters as a USCC, 9 or 15 as another organisation code.
    ///
    /// # Errors
    /// Says what is wrong with the text (ENT-6).
    pub fn parse(typed: &str) -> Result<Self, EnterpriseCodeProblem> {
        match length(&compact(typed)) {
            9 | 15 => OrganisationCode::parse(typed).map(Self::Other),
            _ => Uscc::parse(typed).map(Self::Uscc),
        }
    }

    /// The code in its normalised form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Uscc(code) => code.as_str(),
            Self::Other(code) => code.as_str(),
        }
    }

    /// The USCC, when it is one; without it an enterprise cannot change its subject (ENT-6, CHG-8).
    #[must_use]
    pub const fn uscc(&self) -> Option<&Uscc> {
        match self {
            Self::Uscc(code) => Some(code),
            Self::Other(_) => None,
        }
    }

    /// The text by which accounts of one organisation are counted (ENT-1): the organisation code, which
    /// is also inside the USCC, or the registration number.
    #[must_use]
    pub fn identity_key(&self) -> &str {
        match self {
            Self::Uscc(code) => code.organisation_code(),
            Self::Other(code) => code.as_str(),
        }
    }

    /// The code as others may see it: the first and the last two characters (FND-5).
    #[must_use]
    pub fn masked(&self) -> Masked {
        Masked::middle(self.as_str(), 2, 2)
    }
}

wire_text!(EnterpriseCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ent_6_eighteen_nine_and_fifteen_characters_are_codes() {
        assert!(
            EnterpriseCode::parse("91110108MA01ABC25F")
                .unwrap()
                .uscc()
                .is_some()
        );
        for other in ["MA01ABC2-5", "110108012345678"] {
            assert!(
                EnterpriseCode::parse(other).unwrap().uscc().is_none(),
                "{other}"
            );
        }
        assert_eq!(
            EnterpriseCode::parse("91110108MA01ABC25"),
            Err(EnterpriseCodeProblem::WrongLength { length: 17 })
        );
    }

    #[test]
    fn ent_1_the_organisation_code_and_the_uscc_around_it_are_one_enterprise() {
        let key = |typed| {
            EnterpriseCode::parse(typed)
                .unwrap()
                .identity_key()
                .to_owned()
        };
        assert_eq!(key("91110108MA01ABC25F"), key("ma01abc25"));
        assert_ne!(key("91110108MA01ABC25F"), key("93370100MA3ABCD159"));
    }

    #[test]
    fn fnd_5_a_masked_code_keeps_its_ends() {
        let masked = |typed| EnterpriseCode::parse(typed).unwrap().masked().to_string();
        assert_eq!(masked("91110108MA01ABC25F"), "91********5F");
        assert_eq!(masked("MA01ABC25"), "MA*****25");
    }
}
