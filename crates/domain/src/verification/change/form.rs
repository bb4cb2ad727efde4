//! The wizard's fields, parsed per kind of change; every problem told at once (CHG-6). Must not
//! know documents.

use serde::{Deserialize, Serialize};

use super::{ChangeField, ChangeKind};
use crate::identity::value::wire_text;
use crate::identity::{
    EnterpriseCode, EnterpriseCodeProblem, EnterpriseName, EnterpriseNameProblem, IdDocument,
    IdDocumentKind, IdDocumentProblem, PersonName, PersonNameProblem, ResidentId, clean,
};

/// What was typed into the wizard, right or wrong; it is saved at every step and never lost (CHG-5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct TypedChange {
    /// Name of the former enterprise's legal representative.
    pub former_legal_representative_name: String,
    /// ID number of the former enterprise's legal representative.
    pub former_legal_representative_id: String,
    /// Name of the new enterprise, or the enterprise's new name.
    pub new_enterprise_name: String,
    /// Code of the new enterprise, or the enterprise's code that stays.
    pub new_enterprise_code: String,
    /// Name of the new legal representative.
    pub new_legal_representative_name: String,
    /// ID number of the new legal representative.
    pub new_legal_representative_id: String,
    /// What kind of document a legal representative's number is of; an ID card when nothing was said.
    pub legal_representative_document: Option<IdDocumentKind>,
    /// The new person's name.
    pub new_person_name: String,
    /// The new person's ID number.
    pub new_person_id: String,
    /// The new subject's postal address.
    pub postal_address: String,
}

/// The fields of a change, parsed (CHG-6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeForm {
    /// The new person.
    PersonToPerson {
        /// Their name.
        name: PersonName,
        /// Their ID; a mainland one (CHG-1).
        id: ResidentId,
    },
    /// The new enterprise.
    PersonToEnterprise {
        /// Its name.
        name: EnterpriseName,
        /// Its code.
        code: EnterpriseCode,
    },
    /// The new enterprise, and who represented the former one.
    EnterpriseToEnterprise {
        /// Name of the former legal representative.
        former_name: PersonName,
        /// ID of the former legal representative.
        former_id: IdDocument,
        /// The new enterprise's name.
        name: EnterpriseName,
        /// The new enterprise's code.
        code: EnterpriseCode,
    },
    /// The new name, and the code that stays.
    EnterpriseName {
        /// The new name.
        name: EnterpriseName,
        /// The code; another one than the recorded is refused (CHG-4).
        code: EnterpriseCode,
    },
    /// The new legal representative.
    LegalRepresentative {
        /// Their name.
        name: PersonName,
        /// Their ID.
        id: IdDocument,
    },
}

/// A postal address, 1 to 200 characters on one line (CHG-6; the length is ours).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostalAddress(String);

/// Why a text is no postal address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum PostalAddressProblem {
    /// Nothing was typed.
    Empty,
    /// It has more characters than fit.
    TooLong {
        /// Most characters, in code points.
        longest: u32,
    },
    /// It contains a line break or another control character.
    ControlCharacter,
}

/// What is wrong with one field of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeFormProblem {
    /// The field.
    pub field: ChangeField,
    /// What is wrong.
    pub problem: ChangeFieldProblem,
}

/// What is wrong with a value of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum ChangeFieldProblem {
    /// With a person's name.
    PersonName(PersonNameProblem),
    /// With a document's number.
    IdDocument(IdDocumentProblem),
    /// With an enterprise's name.
    EnterpriseName(EnterpriseNameProblem),
    /// With an enterprise's code.
    EnterpriseCode(EnterpriseCodeProblem),
    /// With a postal address.
    PostalAddress(PostalAddressProblem),
}

impl PostalAddress {
    /// Most characters, in code points (ours).
    pub const LONGEST: u32 = 200;

    /// Parses what a person typed.
    ///
    /// # Errors
    /// Says what is wrong with the text (CHG-6).
    pub fn parse(typed: &str) -> Result<Self, PostalAddressProblem> {
        let text = clean(typed);
        if text.is_empty() {
            return Err(PostalAddressProblem::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(PostalAddressProblem::ControlCharacter);
        }
        if text.chars().nth(Self::LONGEST as usize).is_some() {
            return Err(PostalAddressProblem::TooLong {
                longest: Self::LONGEST,
            });
        }
        Ok(Self(text))
    }

    /// The address on one line.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

wire_text!(PostalAddress);

impl ChangeForm {
    /// Parses the fields of the proof step of this kind of change (CHG-6); fields of other kinds are
    /// kept by the draft and not looked at.
    ///
    /// # Errors
    /// Every field that is wrong, in the order of the page.
    pub fn parse(kind: ChangeKind, typed: &TypedChange) -> Result<Self, Vec<ChangeFormProblem>> {
        let mut read = Reader::default();
        let form = match kind {
            ChangeKind::PersonToPerson => {
                let name = read.person_name(ChangeField::NewPersonName, &typed.new_person_name);
                let id = read.note(
                    ChangeField::NewPersonId,
                    ResidentId::parse(&typed.new_person_id).map_err(ChangeFieldProblem::IdDocument),
                );
                name.zip(id)
                    .map(|(name, id)| Self::PersonToPerson { name, id })
            }
            ChangeKind::PersonToEnterprise => {
                let (name, code) = read.enterprise(typed, ChangeField::NewEnterpriseCode);
                name.zip(code)
                    .map(|(name, code)| Self::PersonToEnterprise { name, code })
            }
            ChangeKind::EnterpriseToEnterprise => {
                let former_name = read.person_name(
                    ChangeField::FormerLegalRepresentativeName,
                    &typed.former_legal_representative_name,
                );
                let former_id = read.representative_id(
                    ChangeField::FormerLegalRepresentativeId,
                    typed,
                    &typed.former_legal_representative_id,
                );
                let (name, code) = read.enterprise(typed, ChangeField::NewEnterpriseCode);
                former_name.zip(former_id).zip(name.zip(code)).map(
                    |((former_name, former_id), (name, code))| Self::EnterpriseToEnterprise {
                        former_name,
                        former_id,
                        name,
                        code,
                    },
                )
            }
            ChangeKind::EnterpriseName => {
                let (name, code) = read.enterprise(typed, ChangeField::SameCode);
                name.zip(code)
                    .map(|(name, code)| Self::EnterpriseName { name, code })
            }
            ChangeKind::LegalRepresentative => {
                let name = read.person_name(
                    ChangeField::NewLegalRepresentativeName,
                    &typed.new_legal_representative_name,
                );
                let id = read.representative_id(
                    ChangeField::NewLegalRepresentativeId,
                    typed,
                    &typed.new_legal_representative_id,
                );
                name.zip(id)
                    .map(|(name, id)| Self::LegalRepresentative { name, id })
            }
        };
        form.ok_or(read.problems)
    }
}

/// Reads field after field and remembers what was wrong.
#[derive(Default)]
struct Reader {
    problems: Vec<ChangeFormProblem>,
}

impl Reader {
    fn note<T>(&mut self, field: ChangeField, parsed: Result<T, ChangeFieldProblem>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(problem) => {
                self.problems.push(ChangeFormProblem { field, problem });
                None
            }
        }
    }

    fn person_name(&mut self, field: ChangeField, typed: &str) -> Option<PersonName> {
        let parsed = PersonName::parse(typed).map_err(ChangeFieldProblem::PersonName);
        self.note(field, parsed)
    }

    fn representative_id(
        &mut self,
        field: ChangeField,
        typed: &TypedChange,
        number: &str,
    ) -> Option<IdDocument> {
        let kind = typed.legal_representative_document;
        let kind = kind.unwrap_or(IdDocumentKind::ResidentId);
        let parsed = IdDocument::parse(kind, number).map_err(ChangeFieldProblem::IdDocument);
        self.note(field, parsed)
    }

    fn enterprise(
        &mut self,
        typed: &TypedChange,
        code_field: ChangeField,
    ) -> (Option<EnterpriseName>, Option<EnterpriseCode>) {
        let name = EnterpriseName::parse(&typed.new_enterprise_name)
            .map_err(ChangeFieldProblem::EnterpriseName);
        let name = self.note(ChangeField::NewEnterpriseName, name);
        let code = EnterpriseCode::parse(&typed.new_enterprise_code)
            .map_err(ChangeFieldProblem::EnterpriseCode);
        (name, self.note(code_field, code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verification::change::{ChangeStep, fields_of_step};

    fn typed() -> TypedChange {
        TypedChange {
            former_legal_representative_name: "王小明".to_owned(),
            former_legal_representative_id: "110101199003070011".to_owned(),
            new_enterprise_name: "示例（北京）科技有限公司".to_owned(),
            new_enterprise_code: "91110108ma01abc25f".to_owned(),
            new_legal_representative_name: "李小红".to_owned(),
            new_legal_representative_id: "11010119900307002x".to_owned(),
            legal_representative_document: None,
            new_person_name: "李小红".to_owned(),
            new_person_id: "11010119900307002X".to_owned(),
            postal_address: "北京市示例路1号".to_owned(),
        }
    }

    fn wrong_fields(kind: ChangeKind, typed: &TypedChange) -> Vec<ChangeField> {
        let problems = ChangeForm::parse(kind, typed).err().unwrap_or_default();
        problems.iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn chg_6_every_kind_reads_exactly_the_fields_of_its_step() {
        for kind in ChangeKind::ALL {
            assert!(ChangeForm::parse(kind, &typed()).is_ok(), "{kind:?}");
            assert_eq!(
                wrong_fields(kind, &TypedChange::default()),
                fields_of_step(kind, ChangeStep::SubmitProof),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn chg_6_wrong_values_are_named_one_by_one() {
        let wrong = TypedChange {
            former_legal_representative_id: "110101199003070012".to_owned(),
            new_enterprise_code: "91110108MA01ABC250".to_owned(),
            ..typed()
        };
        let problems = ChangeForm::parse(ChangeKind::EnterpriseToEnterprise, &wrong).unwrap_err();
        assert_eq!(
            problems,
            [
                ChangeFormProblem {
                    field: ChangeField::FormerLegalRepresentativeId,
                    problem: ChangeFieldProblem::IdDocument(IdDocumentProblem::WrongCheckCharacter),
                },
                ChangeFormProblem {
                    field: ChangeField::NewEnterpriseCode,
                    problem: ChangeFieldProblem::EnterpriseCode(
                        EnterpriseCodeProblem::WrongCheckCharacter
                    ),
                },
            ]
        );
    }

    #[test]
    fn chg_6_a_foreign_legal_representative_is_named_by_passport() {
        let foreign = TypedChange {
            legal_representative_document: Some(IdDocumentKind::Passport),
            new_legal_representative_name: "JANE DOE".to_owned(),
            new_legal_representative_id: "P1234567".to_owned(),
            ..typed()
        };
        let form = ChangeForm::parse(ChangeKind::LegalRepresentative, &foreign).unwrap();
        assert!(matches!(
            form,
            ChangeForm::LegalRepresentative {
                id: IdDocument::Passport(_),
                ..
            }
        ));
    }

    #[test]
    fn chg_1_the_new_person_has_a_mainland_id() {
        let permit = TypedChange {
            new_person_id: "810000199003070015".to_owned(),
            ..typed()
        };
        let problems = ChangeForm::parse(ChangeKind::PersonToPerson, &permit).unwrap_err();
        assert_eq!(
            problems[0].problem,
            ChangeFieldProblem::IdDocument(IdDocumentProblem::IsResidencePermit)
        );
    }

    #[test]
    fn chg_6_a_postal_address_has_at_most_200_characters_on_one_line() {
        assert!(PostalAddress::parse(&"路".repeat(200)).is_ok());
        assert_eq!(
            PostalAddress::parse(&"路".repeat(201)),
            Err(PostalAddressProblem::TooLong { longest: 200 })
        );
        assert_eq!(
            PostalAddress::parse(" \u{3000}"),
            Err(PostalAddressProblem::Empty)
        );
        assert_eq!(
            PostalAddress::parse("甲\n乙"),
            Err(PostalAddressProblem::ControlCharacter)
        );
    }

    #[test]
    fn v_33_what_was_typed_survives_saving_and_loading_right_or_wrong() {
        let wrong = TypedChange {
            new_enterprise_code: " 九一 ".to_owned(),
            ..typed()
        };
        let saved = serde_json::to_string(&wrong).unwrap();
        assert_eq!(serde_json::from_str::<TypedChange>(&saved).unwrap(), wrong);
    }
}
