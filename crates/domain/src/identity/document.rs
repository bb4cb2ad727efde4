//! What all identity documents share: why one is refused, and the union of them. Knows numbers and
//! their arithmetic; does not know who holds one.

use serde::{Deserialize, Serialize};

use super::passport::Passport;
use super::permit::{HkMacauPermit, TaiwanPermit};
use super::residence_permit::ResidencePermit;
use super::resident_id::ResidentId;
use crate::masked::Masked;
use crate::time::Date;

/// The kinds of identity document that the product knows (VER-5, VER-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IdDocumentKind {
    /// The ID card of a mainland resident.
    ResidentId,
    /// The residence permit for residents of Hong Kong, Macau and Taiwan, issued since 2018.
    ResidencePermit,
    /// The Mainland Travel Permit for Hong Kong and Macau residents.
    HkMacauPermit,
    /// The Mainland Travel Permit for Taiwan residents.
    TaiwanPermit,
    /// A passport; only a foreign legal representative has one here.
    Passport,
}

/// The number of an identity document of any kind. On the wire `{"kind": …, "number": …}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "number", rename_all = "snake_case")]
pub enum IdDocument {
    /// The ID card of a mainland resident.
    ResidentId(ResidentId),
    /// The residence permit for residents of Hong Kong, Macau and Taiwan.
    ResidencePermit(ResidencePermit),
    /// The Mainland Travel Permit for Hong Kong and Macau residents.
    HkMacauPermit(HkMacauPermit),
    /// The Mainland Travel Permit for Taiwan residents.
    TaiwanPermit(TaiwanPermit),
    /// A passport.
    Passport(Passport),
}

/// Why a text is not the number of the identity document that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum IdDocumentProblem {
    /// Nothing was typed.
    Empty,
    /// A character that such a number cannot have at this place.
    ForbiddenCharacter {
        /// The first such character, in upper case.
        character: char,
    },
    /// The number of characters is wrong.
    WrongLength {
        /// Characters typed, not counting blanks and hyphens.
        length: u32,
        /// Characters that the number has.
        wanted: u32,
    },
    /// A 15-digit number of the first generation; those cards are void since 2013 (VER-6).
    FifteenDigits,
    /// The first two digits are no province (VER-6).
    UnknownProvince {
        /// The first two digits.
        digits: u8,
    },
    /// The digits 7 to 14 are no day of the calendar.
    ImpossibleBirthDate,
    /// The birth date is before 1900.
    BornBefore1900,
    /// The last character does not fit the others: something is mistyped.
    WrongCheckCharacter,
    /// It is a residence permit (810000, 820000, 830000), which is another document (VER-6).
    IsResidencePermit,
    /// It is a resident ID number, which is another document.
    IsResidentId,
    /// It is the 18-character code of an organisation.
    IsEnterpriseCode,
    /// It is the permit by which mainland residents go to Hong Kong or Macau (C, W): the wrong direction.
    IsExitPermit,
    /// It is the number of a Hong Kong identity card, not of the travel permit.
    IsHkIdentityCard,
    /// It is the number of a Taiwan identity card, not of the travel permit.
    IsTaiwanIdentityCard,
    /// The first letter is neither H (Hong Kong) nor M (Macau).
    WrongFirstLetter {
        /// The character in its place.
        character: char,
    },
}

impl IdDocument {
    /// Parses what a person typed as the number of a document of this kind.
    ///
    /// # Errors
    /// Says what is wrong with the text (VER-5, VER-6).
    pub fn parse(kind: IdDocumentKind, typed: &str) -> Result<Self, IdDocumentProblem> {
        match kind {
            IdDocumentKind::ResidentId => ResidentId::parse(typed).map(Self::ResidentId),
            IdDocumentKind::ResidencePermit => {
                ResidencePermit::parse(typed).map(Self::ResidencePermit)
            }
            IdDocumentKind::HkMacauPermit => HkMacauPermit::parse(typed).map(Self::HkMacauPermit),
            IdDocumentKind::TaiwanPermit => TaiwanPermit::parse(typed).map(Self::TaiwanPermit),
            IdDocumentKind::Passport => Passport::parse(typed).map(Self::Passport),
        }
    }

    /// The kind of document.
    #[must_use]
    pub const fn kind(&self) -> IdDocumentKind {
        match self {
            Self::ResidentId(_) => IdDocumentKind::ResidentId,
            Self::ResidencePermit(_) => IdDocumentKind::ResidencePermit,
            Self::HkMacauPermit(_) => IdDocumentKind::HkMacauPermit,
            Self::TaiwanPermit(_) => IdDocumentKind::TaiwanPermit,
            Self::Passport(_) => IdDocumentKind::Passport,
        }
    }

    /// The number in its normalised form.
    #[must_use]
    pub fn number(&self) -> &str {
        match self {
            Self::ResidentId(id) => id.as_str(),
            Self::ResidencePermit(permit) => permit.as_str(),
            Self::HkMacauPermit(permit) => permit.as_str(),
            Self::TaiwanPermit(permit) => permit.as_str(),
            Self::Passport(passport) => passport.as_str(),
        }
    }

    /// The text that is the same for every print of one person's document and differs between
    /// persons: what VER-2 counts by. Personal data; stores keep a keyed hash of it only.
    #[must_use]
    pub fn identity_key(&self) -> String {
        let prefix = match self.kind() {
            IdDocumentKind::ResidentId => "resident:",
            IdDocumentKind::ResidencePermit => "residence:",
            IdDocumentKind::HkMacauPermit => "hk-macau:",
            IdDocumentKind::TaiwanPermit => "taiwan:",
            IdDocumentKind::Passport => "passport:",
        };
        [prefix, self.number()].concat()
    }

    /// The birth date, when the number tells it.
    #[must_use]
    pub const fn birth_date(&self) -> Option<Date> {
        match self {
            Self::ResidentId(id) => Some(id.birth_date()),
            Self::ResidencePermit(permit) => Some(permit.birth_date()),
            Self::HkMacauPermit(_) | Self::TaiwanPermit(_) | Self::Passport(_) => None,
        }
    }

    /// The number as others may see it.
    #[must_use]
    pub fn masked(&self) -> Masked {
        match self {
            Self::ResidentId(id) => id.masked(),
            Self::ResidencePermit(permit) => permit.masked(),
            Self::HkMacauPermit(permit) => permit.masked(),
            Self::TaiwanPermit(permit) => permit.masked(),
            Self::Passport(passport) => passport.masked(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kind: IdDocumentKind, typed: &str) -> String {
        IdDocument::parse(kind, typed).unwrap().identity_key()
    }

    #[test]
    fn v_01_one_identity_whatever_the_case_of_the_x() {
        let kind = IdDocumentKind::ResidentId;
        assert_eq!(
            key(kind, "11010119900307002x"),
            key(kind, " 11010119900307002X ")
        );
    }

    #[test]
    fn v_13_two_prints_of_one_permit_are_one_identity() {
        let kind = IdDocumentKind::HkMacauPermit;
        assert_eq!(key(kind, "H1234567801"), key(kind, "h12345678"));
        assert_ne!(key(kind, "M12345678"), key(kind, "H12345678"));
        assert_ne!(
            key(IdDocumentKind::TaiwanPermit, "12345678"),
            key(IdDocumentKind::Passport, "12345678")
        );
    }

    #[test]
    fn the_wire_form_names_kind_and_number_and_is_parsed_again() {
        let document = IdDocument::parse(IdDocumentKind::TaiwanPermit, "01234567").unwrap();
        let wire = serde_json::to_string(&document).unwrap();
        assert_eq!(wire, r#"{"kind":"taiwan_permit","number":"01234567"}"#);
        assert_eq!(serde_json::from_str::<IdDocument>(&wire).unwrap(), document);
        let wrong = r#"{"kind":"resident_id","number":"01234567"}"#;
        assert!(serde_json::from_str::<IdDocument>(wrong).is_err());
    }
}
