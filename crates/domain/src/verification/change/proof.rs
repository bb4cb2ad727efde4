//! Which documents prove which change (CHG-7, CHG-8). Must not know files.

use serde::{Deserialize, Serialize};

use super::{ChangeKind, ChangeRefusal};
use crate::verification::{CodeStanding, Subject};

/// A document of proof, named by what it proves (CHG-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Front of the former person's ID card.
    FormerIdFront,
    /// Back of the former person's ID card.
    FormerIdBack,
    /// Front of the former person's latest ID card, after its data changed.
    FormerLatestIdFront,
    /// Back of the former person's latest ID card, after its data changed.
    FormerLatestIdBack,
    /// The licence of the enterprise before the change.
    FormerLicence,
    /// The latest licence of the former enterprise, after its data changed.
    FormerLatestLicence,
    /// The registry's deregistration certificate, when the former enterprise was dissolved.
    FormerDeregistrationCertificate,
    /// Front of the new person's ID card.
    NewIdFront,
    /// Back of the new person's ID card.
    NewIdBack,
    /// The licence of the enterprise after the change.
    NewLicence,
    /// The change application form, signed or stamped.
    ApplicationForm,
}

impl Proof {
    /// Every document of proof.
    pub const ALL: [Self; 11] = [
        Self::FormerIdFront,
        Self::FormerIdBack,
        Self::FormerLatestIdFront,
        Self::FormerLatestIdBack,
        Self::FormerLicence,
        Self::FormerLatestLicence,
        Self::FormerDeregistrationCertificate,
        Self::NewIdFront,
        Self::NewIdBack,
        Self::NewLicence,
        Self::ApplicationForm,
    ];

    /// The word by which an upload names it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::FormerIdFront => "former_id_front",
            Self::FormerIdBack => "former_id_back",
            Self::FormerLatestIdFront => "former_latest_id_front",
            Self::FormerLatestIdBack => "former_latest_id_back",
            Self::FormerLicence => "former_licence",
            Self::FormerLatestLicence => "former_latest_licence",
            Self::FormerDeregistrationCertificate => "former_deregistration_certificate",
            Self::NewIdFront => "new_id_front",
            Self::NewIdBack => "new_id_back",
            Self::NewLicence => "new_licence",
            Self::ApplicationForm => "application_form",
        }
    }
}

/// What became of the former subject since it was verified (CHG-7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FormerSubject {
    /// It is as it was.
    #[default]
    Unchanged,
    /// Its data changed: its latest document proves it.
    DataChanged,
    /// The enterprise was dissolved.
    Dissolved,
}

/// How an application proves itself (CHG-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeWay {
    /// Against the business register, without paper.
    Online,
    /// With documents.
    Paper,
}

/// The documents that an application must have, in the order of the page (CHG-7, CHG-8).
#[must_use]
pub const fn required_proofs(
    kind: ChangeKind,
    way: ChangeWay,
    former: FormerSubject,
) -> &'static [Proof] {
    match (kind, way, former) {
        (ChangeKind::EnterpriseName | ChangeKind::LegalRepresentative, ChangeWay::Online, _) => &[],
        (ChangeKind::PersonToPerson, _, FormerSubject::DataChanged) => &[
            Proof::FormerLatestIdFront,
            Proof::FormerLatestIdBack,
            Proof::NewIdFront,
            Proof::NewIdBack,
            Proof::ApplicationForm,
        ],
        (ChangeKind::PersonToPerson, _, FormerSubject::Unchanged | FormerSubject::Dissolved) => &[
            Proof::FormerIdFront,
            Proof::FormerIdBack,
            Proof::NewIdFront,
            Proof::NewIdBack,
            Proof::ApplicationForm,
        ],
        (ChangeKind::PersonToEnterprise, _, FormerSubject::DataChanged) => &[
            Proof::FormerLatestIdFront,
            Proof::FormerLatestIdBack,
            Proof::NewLicence,
            Proof::ApplicationForm,
        ],
        (
            ChangeKind::PersonToEnterprise,
            _,
            FormerSubject::Unchanged | FormerSubject::Dissolved,
        ) => &[
            Proof::FormerIdFront,
            Proof::FormerIdBack,
            Proof::NewLicence,
            Proof::ApplicationForm,
        ],
        (_, _, FormerSubject::Unchanged) => &[
            Proof::FormerLicence,
            Proof::NewLicence,
            Proof::ApplicationForm,
        ],
        (_, _, FormerSubject::DataChanged) => &[
            Proof::FormerLatestLicence,
            Proof::NewLicence,
            Proof::ApplicationForm,
        ],
        (_, _, FormerSubject::Dissolved) => &[
            Proof::FormerDeregistrationCertificate,
            Proof::NewLicence,
            Proof::ApplicationForm,
        ],
    }
}

/// Which required documents were not uploaded yet, in the order of the page (CHG-7).
#[must_use]
pub fn missing_proofs(required: &[Proof], uploaded: &[Proof]) -> Vec<Proof> {
    let missing = required.iter().filter(|proof| !uploaded.contains(proof));
    missing.copied().collect()
}

/// Why the online way is not open, or nothing when it is (CHG-8).
///
/// It exists for a new name or legal representative of an enterprise whose USCC starts with 9.
#[must_use]
pub const fn may_go_online(kind: ChangeKind, subject: &Subject) -> Option<ChangeRefusal> {
    match (kind, subject) {
        (
            ChangeKind::EnterpriseName | ChangeKind::LegalRepresentative,
            Subject::Enterprise {
                code: CodeStanding::BusinessUscc,
                ..
            },
        ) => None,
        (ChangeKind::EnterpriseName | ChangeKind::LegalRepresentative, _) => {
            Some(ChangeRefusal::OnlineNeedsBusinessUscc)
        }
        _ => Some(ChangeRefusal::OnlineNeedsSameSubject),
    }
}

/// Why this state of the former subject cannot be chosen for the change, or nothing (CHG-7).
///
/// Persons are not dissolved, and what is dissolved gets no new name or representative.
#[must_use]
pub const fn may_choose_former(kind: ChangeKind, former: FormerSubject) -> Option<ChangeRefusal> {
    match (former, kind) {
        (FormerSubject::Dissolved, ChangeKind::EnterpriseToEnterprise) => None,
        (FormerSubject::Dissolved, _) => Some(ChangeRefusal::DissolvedDoesNotFit),
        (FormerSubject::Unchanged | FormerSubject::DataChanged, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refuse;
    use crate::rule::RuleId;
    use crate::verification::{EnterpriseKind, WayOut};

    const ENTERPRISE: ChangeKind = ChangeKind::EnterpriseToEnterprise;

    fn enterprise(code: CodeStanding) -> Subject {
        Subject::Enterprise {
            enterprise: EnterpriseKind::Company,
            code,
        }
    }

    #[test]
    fn chg_7_every_paper_change_has_proof_before_and_after_and_the_form() {
        for kind in ChangeKind::ALL {
            let proofs = required_proofs(kind, ChangeWay::Paper, FormerSubject::Unchanged);
            assert!(proofs.contains(&Proof::ApplicationForm), "{kind:?}");
            assert_eq!(
                proofs.contains(&Proof::FormerLicence),
                kind.leaves_enterprise()
            );
            assert_eq!(
                proofs.contains(&Proof::FormerIdBack),
                !kind.leaves_enterprise()
            );
            assert_eq!(proofs.contains(&Proof::NewLicence), kind.makes_enterprise());
            assert_eq!(proofs.contains(&Proof::NewIdBack), !kind.makes_enterprise());
        }
    }

    #[test]
    fn chg_7_an_upload_names_a_document_by_the_word_of_the_wire() {
        for proof in Proof::ALL {
            assert_eq!(serde_json::to_value(proof).unwrap(), proof.word());
        }
    }

    #[test]
    fn chg_7_changed_data_ask_for_the_latest_document() {
        for kind in ChangeKind::ALL {
            let proofs = required_proofs(kind, ChangeWay::Paper, FormerSubject::DataChanged);
            let latest = if kind.leaves_enterprise() {
                Proof::FormerLatestLicence
            } else {
                Proof::FormerLatestIdFront
            };
            assert!(proofs.contains(&latest), "{kind:?}");
            assert!(!proofs.contains(&Proof::FormerLicence));
            assert!(!proofs.contains(&Proof::FormerIdFront));
        }
    }

    #[test]
    fn chg_7_a_dissolved_subject_hands_in_the_deregistration_certificate_instead() {
        assert_eq!(
            required_proofs(ENTERPRISE, ChangeWay::Paper, FormerSubject::Dissolved),
            [
                Proof::FormerDeregistrationCertificate,
                Proof::NewLicence,
                Proof::ApplicationForm
            ]
        );
        for kind in ChangeKind::ALL {
            assert_eq!(
                may_choose_former(kind, FormerSubject::Dissolved).is_none(),
                kind == ENTERPRISE
            );
        }
    }

    #[test]
    fn chg_7_missing_documents_are_named_one_by_one() {
        let required = required_proofs(ENTERPRISE, ChangeWay::Paper, FormerSubject::Unchanged);
        assert_eq!(
            missing_proofs(required, &[Proof::NewLicence, Proof::NewIdFront]),
            [Proof::FormerLicence, Proof::ApplicationForm]
        );
        assert_eq!(missing_proofs(required, required), []);
    }

    #[test]
    fn chg_8_a_uscc_starting_with_9_goes_online_without_paper() {
        let business = enterprise(CodeStanding::BusinessUscc);
        for kind in [ChangeKind::EnterpriseName, ChangeKind::LegalRepresentative] {
            assert_eq!(may_go_online(kind, &business), None);
            assert_eq!(
                required_proofs(kind, ChangeWay::Online, FormerSubject::Unchanged),
                []
            );
        }
        let refusal = may_go_online(ENTERPRISE, &business).unwrap();
        assert_eq!(refusal, ChangeRefusal::OnlineNeedsSameSubject);
        assert!(
            !required_proofs(ENTERPRISE, ChangeWay::Online, FormerSubject::Unchanged).is_empty()
        );
    }

    #[test]
    fn chg_8_other_codes_complete_the_uscc_or_go_the_paper_way() {
        for code in [
            CodeStanding::OtherUscc,
            CodeStanding::OtherCode,
            CodeStanding::IncompleteOrWrong,
        ] {
            let refusal = may_go_online(ChangeKind::EnterpriseName, &enterprise(code)).unwrap();
            assert_eq!(refusal.rule(), RuleId::Chg8);
            assert_eq!(refusal.ways_out(), [WayOut::CompleteCode, WayOut::PaperWay]);
        }
    }
}
