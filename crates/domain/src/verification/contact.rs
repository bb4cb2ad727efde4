//! The enterprise contact (企业联系人): parsed as a whole, every problem told at once (ENT-21). Must
//! not know where it is stored.

use serde::{Deserialize, Serialize};

use crate::identity::{
    IdDocument, IdDocumentKind, IdDocumentProblem, PersonName, PersonNameProblem, PhoneNumber,
    PhoneNumberProblem,
};

/// Whom the platform turns to at an enterprise (ENT-21).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnterpriseContact {
    /// Their name.
    pub name: PersonName,
    /// Their identity document.
    pub document: IdDocument,
    /// Their phone.
    pub phone: PhoneNumber,
}

/// A contact as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypedContact<'a> {
    /// The name.
    pub name: &'a str,
    /// What kind of document it is.
    pub document_kind: IdDocumentKind,
    /// The document's number.
    pub document_number: &'a str,
    /// The phone.
    pub phone: &'a str,
}

/// A field of the contact's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    /// The name.
    Name,
    /// The document's number.
    DocumentNumber,
    /// The phone.
    Phone,
}

/// What is wrong with one field of the contact's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactProblem {
    /// The field.
    pub field: ContactField,
    /// What is wrong.
    pub problem: ContactFieldProblem,
}

/// What is wrong with a value of the contact's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum ContactFieldProblem {
    /// With a name.
    PersonName(PersonNameProblem),
    /// With a document's number.
    IdDocument(IdDocumentProblem),
    /// With a phone number.
    PhoneNumber(PhoneNumberProblem),
}

impl EnterpriseContact {
    /// Parses the form (ENT-21).
    ///
    /// # Errors
    /// Every field that is wrong, in the order of the page.
    pub fn parse(typed: &TypedContact<'_>) -> Result<Self, Vec<ContactProblem>> {
        let name = PersonName::parse(typed.name);
        let document = IdDocument::parse(typed.document_kind, typed.document_number);
        let phone = PhoneNumber::parse(typed.phone);
        match (name, document, phone) {
            (Ok(name), Ok(document), Ok(phone)) => Ok(Self {
                name,
                document,
                phone,
            }),
            (name, document, phone) => {
                let name = name.err().map(|problem| ContactProblem {
                    field: ContactField::Name,
                    problem: ContactFieldProblem::PersonName(problem),
                });
                let document = document.err().map(|problem| ContactProblem {
                    field: ContactField::DocumentNumber,
                    problem: ContactFieldProblem::IdDocument(problem),
                });
                let phone = phone.err().map(|problem| ContactProblem {
                    field: ContactField::Phone,
                    problem: ContactFieldProblem::PhoneNumber(problem),
                });
                Err([name, document, phone].into_iter().flatten().collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: TypedContact<'static> = TypedContact {
        name: "王小明",
        document_kind: IdDocumentKind::ResidentId,
        document_number: "110101199003070011",
        phone: "13800138000",
    };

    #[test]
    fn ent_21_a_contact_has_a_name_a_document_and_a_phone() {
        let contact = EnterpriseContact::parse(&RIGHT).unwrap();
        assert_eq!(contact.phone.as_str(), "+8613800138000");
    }

    #[test]
    fn ent_21_every_wrong_field_is_told_at_once() {
        let wrong = TypedContact {
            document_number: "110101199003070012",
            phone: "",
            ..RIGHT
        };
        let problems = EnterpriseContact::parse(&wrong).unwrap_err();
        assert_eq!(
            problems,
            [
                ContactProblem {
                    field: ContactField::DocumentNumber,
                    problem: ContactFieldProblem::IdDocument(
                        IdDocumentProblem::WrongCheckCharacter
                    ),
                },
                ContactProblem {
                    field: ContactField::Phone,
                    problem: ContactFieldProblem::PhoneNumber(PhoneNumberProblem::Empty),
                },
            ]
        );
    }
}
