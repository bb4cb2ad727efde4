//! The Unified Social Credit Code (GB 32100, ENT-6). Knows the arithmetic; does not know who is
//! registered.

use serde::{Deserialize, Serialize};

use super::enterprise_code::EnterpriseCodeProblem;
use super::organisation_code;
use super::resident_id::ResidentId;
use super::text::{compact, is_digits, length};
use super::value::wire_text;

/// An 18-character Unified Social Credit Code, in upper case (ENT-6).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Uscc(String);

/// What kind of organisation a USCC names, by its first two characters (GB 32100, table 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// 企业 (91)
    Enterprise,
    /// 个体工商户 (92)
    IndividualBusiness,
    /// 农民专业合作社 (93)
    FarmersCooperative,
    /// 机关 (11)
    StateOrgan,
    /// 事业单位 (12): only some methods of verification are open to it (ENT-4).
    PublicInstitution,
    /// 社会团体 (51)
    SocialOrganisation,
    /// 民办非企业单位 (52)
    PrivateNonEnterprise,
    /// 基金会 (53)
    Foundation,
    /// Any other: law firms, trade unions, religious sites, the military and so on.
    Other,
}

/// The characters of a USCC in the order of their values; I, O, S, V and Z are not among them.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

impl Uscc {
    /// Parses what a person typed.
    ///
    /// # Errors
    /// Says what is wrong with the text, and names the other number where it is one (ENT-6).
    pub fn parse(typed: &str) -> Result<Self, EnterpriseCodeProblem> {
        Self::read(typed).map_err(|problem| {
            if ResidentId::read(typed).is_ok() {
                EnterpriseCodeProblem::LooksLikeResidentId
            } else {
                problem
            }
        })
    }

    /// As [`Uscc::parse`], without a look at whether it is a person's number instead.
    pub(super) fn read(typed: &str) -> Result<Self, EnterpriseCodeProblem> {
        let text = compact(typed);
        if text.is_empty() {
            return Err(EnterpriseCodeProblem::Empty);
        }
        match length(&text) {
            18 => {}
            9 => return Err(EnterpriseCodeProblem::IsOtherCode),
            15 if is_digits(&text) => return Err(EnterpriseCodeProblem::IsOtherCode),
            length => return Err(EnterpriseCodeProblem::WrongLength { length }),
        }
        let is_wrong = |(at, character): &(usize, char)| match at {
            // No authority has the 0; without this, eighteen zeros would pass.
            0 if *character == '0' => true,
            2..8 => !character.is_ascii_digit(),
            _ => value(*character).is_none(),
        };
        if let Some((_, character)) = text.chars().enumerate().find(is_wrong) {
            return Err(EnterpriseCodeProblem::ForbiddenCharacter { character });
        }
        let code = Self(text);
        let organisation = code.organisation_code();
        if organisation.chars().last() != organisation_code::check_character(organisation) {
            return Err(EnterpriseCodeProblem::WrongOrganisationCheckCharacter);
        }
        if code.0.chars().last() != check_character(&code.0) {
            return Err(EnterpriseCodeProblem::WrongCheckCharacter);
        }
        Ok(code)
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The organisation code inside, nine characters with their own check character (GB 11714).
    #[must_use]
    pub fn organisation_code(&self) -> &str {
        self.0.get(8..17).unwrap_or_default()
    }

    /// The kind of organisation.
    #[must_use]
    pub fn kind(&self) -> OrganisationKind {
        match self.0.get(..2).unwrap_or_default() {
            "91" => OrganisationKind::Enterprise,
            "92" => OrganisationKind::IndividualBusiness,
            "93" => OrganisationKind::FarmersCooperative,
            "11" => OrganisationKind::StateOrgan,
            "12" => OrganisationKind::PublicInstitution,
            "51" => OrganisationKind::SocialOrganisation,
            "52" => OrganisationKind::PrivateNonEnterprise,
            "53" => OrganisationKind::Foundation,
            _ => OrganisationKind::Other,
        }
    }

    /// Whether it starts with 9: registered with the market authority, so that changes of name and
    /// legal representative can be looked up online (CHG-8).
    #[must_use]
    pub fn starts_with_9(&self) -> bool {
        self.0.starts_with('9')
    }
}

wire_text!(Uscc);

/// The value of a character, 0–30.
fn value(character: char) -> Option<u32> {
    let at = ALPHABET.find(character)?;
    u32::try_from(at).ok()
}

/// The 18th character that the first 17 ask for (GB 32100: weights 3^(i−1) mod 31).
fn check_character(text: &str) -> Option<char> {
    let mut weight = 1;
    let mut sum = 0;
    for character in text.chars().take(17) {
        sum += value(character)? * weight;
        weight = weight * 3 % 31;
    }
    // The outer remainder makes 31 the 0 that it stands for.
    let wanted = (31 - sum % 31) % 31;
    ALPHABET.chars().nth(wanted as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(typed: &str) -> EnterpriseCodeProblem {
        Uscc::parse(typed).unwrap_err()
    }

    #[test]
    fn v_06_check_characters_0_y_and_x_and_lower_case() {
        for (typed, stored) in [
            ("91440300MA50023K40", "91440300MA50023K40"),
            ("91440300MA50006K8Y", "91440300MA50006K8Y"),
            ("91440300MA50000KXX", "91440300MA50000KXX"),
            ("91110108ma01abc25f", "91110108MA01ABC25F"),
            ("91 110108 MA01ABC25 F", "91110108MA01ABC25F"),
        ] {
            assert_eq!(Uscc::parse(typed).unwrap().as_str(), stored);
        }
    }

    #[test]
    fn v_06_ent_6_alphabet_length_and_both_check_characters() {
        for (typed, character) in [
            ("91110108MA01IBC25F", 'I'),
            ("91110108MA01OBC25F", 'O'),
            ("911A0108MA01ABC25F", 'A'),
            ("000000000000000000", '0'),
            ("91110108MA01甲BC25F", '甲'),
        ] {
            assert_eq!(
                problem(typed),
                EnterpriseCodeProblem::ForbiddenCharacter { character }
            );
        }
        assert_eq!(
            problem("111111111111111111"),
            EnterpriseCodeProblem::WrongOrganisationCheckCharacter
        );
        for other in ["110108012345678", "MA01ABC2-5"] {
            assert_eq!(problem(other), EnterpriseCodeProblem::IsOtherCode);
        }
        assert_eq!(
            problem("91110108MA01ABC25F91"),
            EnterpriseCodeProblem::WrongLength { length: 20 }
        );
        assert_eq!(
            problem("91110108MA01ABC250"),
            EnterpriseCodeProblem::WrongCheckCharacter
        );
        assert_eq!(problem(" - "), EnterpriseCodeProblem::Empty);
    }

    #[test]
    fn v_07_a_resident_id_is_recognised_in_the_enterprise_form() {
        assert_eq!(
            problem("110101199003010035"),
            EnterpriseCodeProblem::LooksLikeResidentId
        );
    }

    #[test]
    fn chg_8_ent_4_the_first_characters_tell_the_kind() {
        let kind = |typed| {
            let code = Uscc::parse(typed).unwrap();
            (code.kind(), code.starts_with_9())
        };
        assert_eq!(
            kind("91110108MA01ABC25F"),
            (OrganisationKind::Enterprise, true)
        );
        assert_eq!(
            kind("12440600MB2C00013X"),
            (OrganisationKind::PublicInstitution, false)
        );
        assert_eq!(
            kind("5150000050000012XK"),
            (OrganisationKind::SocialOrganisation, false)
        );
        assert_eq!(
            kind("92141127MA0KD0014K"),
            (OrganisationKind::IndividualBusiness, true)
        );
        assert_eq!(
            kind("93370100MA3ABCD159"),
            (OrganisationKind::FarmersCooperative, true)
        );
    }
}
