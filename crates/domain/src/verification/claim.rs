//! A person's claim to be the subject: where their papers are from and when they come of age (VER-4,
//! VER-5, VER-6). Must not know whether the papers are real.

use serde::{Deserialize, Serialize};

use super::{Claim, Region, VerificationPolicy};
use crate::identity::{IdDocument, PersonName};
use crate::time::{Date, Timestamp};

/// A person who wants to be verified, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonClaim {
    /// Their name.
    pub name: PersonName,
    /// Their document; ones that cannot be used for verification are kept out.
    document: IdDocument,
    /// Unknown only until the scanned WeChat has told it.
    born: Option<Date>,
}

/// Why a document and a birth date are no claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum ClaimProblem {
    /// Residents of Hong Kong, Macau and Taiwan are verified by their travel permit, not by the
    /// residence permit (VER-5, VER-6).
    TravelPermitNeeded,
    /// The number does not tell the birth date, and nobody else told it (VER-4).
    BirthDateMissing,
}

impl Region {
    /// Where the holder of a document is from (VER-5).
    #[must_use]
    pub const fn of(document: &IdDocument) -> Self {
        match document {
            IdDocument::ResidentId(_) => Self::Mainland,
            IdDocument::ResidencePermit(_)
            | IdDocument::HkMacauPermit(_)
            | IdDocument::TaiwanPermit(_) => Self::HongKongMacauTaiwan,
            IdDocument::Passport(_) => Self::Overseas,
        }
    }
}

impl PersonClaim {
    /// A claim of a person with this document.
    ///
    /// `told_birth_date` is what the scanned WeChat says; it counts only where the number does not
    /// contain the date.
    ///
    /// # Errors
    /// Says why the document cannot be used (VER-4, VER-5).
    pub fn new(
        name: PersonName,
        document: IdDocument,
        told_birth_date: Option<Date>,
    ) -> Result<Self, ClaimProblem> {
        let mut claim = Self::begun(name, document)?;
        let born = claim.born.or(told_birth_date);
        claim.born = Some(born.ok_or(ClaimProblem::BirthDateMissing)?);
        Ok(claim)
    }

    /// The same at the beginning: where the number does not tell the birth date, the scanned WeChat
    /// will, and the age is asked for then (VER-4, VER-5).
    ///
    /// # Errors
    /// Says why the document cannot be used (VER-5).
    pub fn begun(name: PersonName, document: IdDocument) -> Result<Self, ClaimProblem> {
        if matches!(document, IdDocument::ResidencePermit(_)) {
            return Err(ClaimProblem::TravelPermitNeeded);
        }
        Ok(Self {
            born: document.birth_date(),
            name,
            document,
        })
    }

    /// The document.
    #[must_use]
    pub const fn document(&self) -> &IdDocument {
        &self.document
    }

    /// What the decisions ask about the claim; `taken` is counted under lock (VER-2, VER-4).
    #[must_use]
    pub fn claim(&self, taken: u32, policy: &VerificationPolicy) -> Claim {
        Claim::Person {
            region: Region::of(&self.document),
            adult_from: self.born.map_or(Timestamp::from_millis(i64::MIN), |born| {
                of_age_from(born, policy)
            }),
            taken,
        }
    }
}

/// The first moment at which a person born on this day may be verified: the beginning of the
/// birthday in Asia/Shanghai; who was born on 29 February has it on 1 March in common years (VER-4).
#[must_use]
pub fn of_age_from(born: Date, policy: &VerificationPolicy) -> Timestamp {
    let year = born
        .year()
        .saturating_add(i32::try_from(policy.adult_years).unwrap_or(i32::MAX));
    Date::from_ymd(year, born.month(), born.day())
        .or_else(|| Date::from_ymd(year, 3, 1))
        .map_or(Timestamp::from_millis(i64::MAX), Date::begin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::IdDocumentKind;
    use crate::time::Span;
    use crate::verification::NewSubject;

    fn policy() -> VerificationPolicy {
        VerificationPolicy::default()
    }

    fn name() -> PersonName {
        PersonName::parse("王小明").unwrap()
    }

    fn document(kind: IdDocumentKind, typed: &str) -> IdDocument {
        IdDocument::parse(kind, typed).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn may_be_verified(id: &str, now: Timestamp) -> bool {
        let id = document(IdDocumentKind::ResidentId, id);
        let claim = PersonClaim::new(name(), id, None).unwrap();
        let new: NewSubject = claim.claim(0, &policy()).new_subject();
        new.refusals(&policy(), now).is_empty()
    }

    #[test]
    fn ver_4_the_eighteenth_birthday_counts_from_midnight_in_shanghai() {
        let birthday = day("2026-09-21").begin();
        let id = "110101200809210058";
        assert!(!may_be_verified(id, birthday.minus(Span::from_millis(1))));
        assert!(may_be_verified(id, birthday));
        assert!(!may_be_verified(
            "11010120081231005X",
            day("2026-01-01").begin()
        ));
        assert!(may_be_verified(
            "11010120081231005X",
            day("2026-12-31").begin()
        ));
    }

    #[test]
    fn ver_4_who_was_born_on_29_february_is_of_age_on_1_march_in_common_years() {
        assert_eq!(
            of_age_from(day("2008-02-29"), &policy()),
            day("2026-03-01").begin()
        );
        let twenty = VerificationPolicy {
            adult_years: 20,
            ..policy()
        };
        assert_eq!(
            of_age_from(day("2008-02-29"), &twenty),
            day("2028-02-29").begin()
        );
        assert_eq!(
            of_age_from(day("2008-02-28"), &policy()),
            day("2026-02-28").begin()
        );
    }

    #[test]
    fn ver_5_the_region_follows_the_document() {
        let region = |kind, typed| Region::of(&document(kind, typed));
        assert_eq!(
            region(IdDocumentKind::ResidentId, "110101199003070011"),
            Region::Mainland
        );
        for (kind, typed) in [
            (IdDocumentKind::HkMacauPermit, "H12345678"),
            (IdDocumentKind::TaiwanPermit, "01234567"),
        ] {
            assert_eq!(region(kind, typed), Region::HongKongMacauTaiwan);
        }
    }

    #[test]
    fn ver_6_a_residence_permit_is_another_document() {
        let permit = document(IdDocumentKind::ResidencePermit, "810000199003070015");
        assert_eq!(
            PersonClaim::new(name(), permit, None),
            Err(ClaimProblem::TravelPermitNeeded)
        );
    }

    #[test]
    fn ver_4_a_permit_needs_a_birth_date_and_a_resident_id_keeps_its_own() {
        let permit = document(IdDocumentKind::TaiwanPermit, "01234567");
        assert_eq!(
            PersonClaim::new(name(), permit.clone(), None),
            Err(ClaimProblem::BirthDateMissing)
        );
        let born = Some(day("1990-03-07"));
        assert!(PersonClaim::new(name(), permit.clone(), born).is_ok());
        let now = day("2026-11-25").begin();
        let refusals = |claim: PersonClaim| {
            let new = claim.claim(0, &policy()).new_subject();
            new.refusals(&policy(), now).len()
        };
        assert_eq!(
            refusals(PersonClaim::begun(name(), permit.clone()).unwrap()),
            0
        );
        let young = Some(day("2010-03-07"));
        assert_eq!(
            refusals(PersonClaim::new(name(), permit, young).unwrap()),
            1
        );
        let id = document(IdDocumentKind::ResidentId, "110101200809210058");
        let claimed = PersonClaim::new(name(), id.clone(), born);
        assert_eq!(claimed, PersonClaim::new(name(), id, None));
    }
}
