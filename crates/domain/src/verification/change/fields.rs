//! Which fields a change asks for, on which step (CHG-6). Must not know their values.

use serde::{Deserialize, Serialize};

use super::{ChangeKind, ChangeStep};

/// A field of the wizard (CHG-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeField {
    /// Name of the former enterprise's legal representative.
    FormerLegalRepresentativeName,
    /// ID number of the former enterprise's legal representative.
    FormerLegalRepresentativeId,
    /// The new enterprise's name, exactly as on the certificate.
    NewEnterpriseName,
    /// The new enterprise's USCC or other organisation code.
    NewEnterpriseCode,
    /// Postal address of the new subject.
    PostalAddress,
    /// The new legal representative's name.
    NewLegalRepresentativeName,
    /// The new legal representative's ID number.
    NewLegalRepresentativeId,
    /// The new person's name.
    NewPersonName,
    /// The new person's ID number.
    NewPersonId,
    /// The enterprise's code, which a change of name shows and keeps.
    SameCode,
}

/// The fields that a step of this change asks for, in the order of the page (CHG-6).
///
/// Who the new subject is stands on the step of the proof, since the reviewer compares it with
/// the documents; where its post goes is asked once the proof was accepted.
#[must_use]
pub const fn fields_of_step(kind: ChangeKind, step: ChangeStep) -> &'static [ChangeField] {
    match (step, kind) {
        (ChangeStep::SubmitProof, ChangeKind::EnterpriseToEnterprise) => &[
            ChangeField::FormerLegalRepresentativeName,
            ChangeField::FormerLegalRepresentativeId,
            ChangeField::NewEnterpriseName,
            ChangeField::NewEnterpriseCode,
        ],
        (ChangeStep::SubmitProof, ChangeKind::PersonToEnterprise) => &[
            ChangeField::NewEnterpriseName,
            ChangeField::NewEnterpriseCode,
        ],
        (ChangeStep::SubmitProof, ChangeKind::PersonToPerson) => {
            &[ChangeField::NewPersonName, ChangeField::NewPersonId]
        }
        (ChangeStep::SubmitProof, ChangeKind::EnterpriseName) => {
            &[ChangeField::NewEnterpriseName, ChangeField::SameCode]
        }
        (ChangeStep::SubmitProof, ChangeKind::LegalRepresentative) => &[
            ChangeField::NewLegalRepresentativeName,
            ChangeField::NewLegalRepresentativeId,
        ],
        (ChangeStep::BasicInformation, _) if kind.changes_subject() => {
            &[ChangeField::PostalAddress]
        }
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verification::change::steps;

    fn all(kind: ChangeKind) -> Vec<ChangeField> {
        steps(kind)
            .iter()
            .flat_map(|step| fields_of_step(kind, *step))
            .copied()
            .collect()
    }

    #[test]
    fn chg_6_a_change_of_subject_asks_for_former_representative_and_new_enterprise() {
        assert_eq!(
            all(ChangeKind::EnterpriseToEnterprise),
            [
                ChangeField::FormerLegalRepresentativeName,
                ChangeField::FormerLegalRepresentativeId,
                ChangeField::NewEnterpriseName,
                ChangeField::NewEnterpriseCode,
                ChangeField::PostalAddress,
            ]
        );
    }

    #[test]
    fn chg_6_a_person_has_no_legal_representative_to_name() {
        assert_eq!(
            all(ChangeKind::PersonToEnterprise),
            [
                ChangeField::NewEnterpriseName,
                ChangeField::NewEnterpriseCode,
                ChangeField::PostalAddress,
            ]
        );
        assert_eq!(
            all(ChangeKind::PersonToPerson),
            [
                ChangeField::NewPersonName,
                ChangeField::NewPersonId,
                ChangeField::PostalAddress,
            ]
        );
    }

    #[test]
    fn chg_6_name_and_representative_changes_ask_for_the_new_value_only() {
        assert_eq!(
            all(ChangeKind::EnterpriseName),
            [ChangeField::NewEnterpriseName, ChangeField::SameCode]
        );
        assert_eq!(
            all(ChangeKind::LegalRepresentative),
            [
                ChangeField::NewLegalRepresentativeName,
                ChangeField::NewLegalRepresentativeId,
            ]
        );
    }
}
