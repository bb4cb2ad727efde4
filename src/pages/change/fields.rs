//! The fields of the proof step, kind by kind (CHG-6). Knows what is asked for; the rules parse it.

use contract::changes::Application;
use domain::identity::IdDocumentKind;
use domain::verification::change::{
    ChangeField, ChangeFieldProblem, ChangeFormProblem, ChangeKind, ChangeStep, TypedChange,
    fields_of_step,
};
use leptos::prelude::*;

use crate::form::{FieldMessage, Form};
use crate::text::changes::{self as text, ChangeText};
use crate::text::{Language, Sentence, subjects};
use crate::ui::{Choice, Field, FieldValue, SelectField, nothing};

const DOCUMENT: &str = "document";

/// What is typed on the step.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    former_name: FieldValue,
    former_id: FieldValue,
    enterprise_name: FieldValue,
    enterprise_code: FieldValue,
    representative_name: FieldValue,
    representative_id: FieldValue,
    document: RwSignal<String>,
    person_name: FieldValue,
    person_id: FieldValue,
}

impl Fields {
    pub(super) fn new() -> Self {
        let empty = || FieldValue::new("");
        Self {
            former_name: empty(),
            former_id: empty(),
            enterprise_name: empty(),
            enterprise_code: empty(),
            representative_name: empty(),
            representative_id: empty(),
            document: RwSignal::new(document_word(IdDocumentKind::ResidentId).to_owned()),
            person_name: empty(),
            person_id: empty(),
        }
    }

    /// Shows what was saved.
    pub(super) fn write(self, saved: &TypedChange) {
        self.former_name
            .write(&saved.former_legal_representative_name);
        self.former_id.write(&saved.former_legal_representative_id);
        self.enterprise_name.write(&saved.new_enterprise_name);
        self.enterprise_code.write(&saved.new_enterprise_code);
        self.representative_name
            .write(&saved.new_legal_representative_name);
        self.representative_id
            .write(&saved.new_legal_representative_id);
        self.person_name.write(&saved.new_person_name);
        self.person_id.write(&saved.new_person_id);
        if let Some(kind) = saved.legal_representative_document {
            self.document.set(document_word(kind).to_owned());
        }
    }

    /// What is in the fields now; what another kind asks for stays as it was saved.
    pub(super) fn read(self, change: &Application) -> TypedChange {
        let mut typed = change.fields.clone();
        for field in fields_of_step(change.kind, ChangeStep::SubmitProof) {
            match field {
                ChangeField::FormerLegalRepresentativeName => {
                    typed.former_legal_representative_name = self.former_name.read();
                }
                ChangeField::FormerLegalRepresentativeId => {
                    typed.former_legal_representative_id = self.former_id.read();
                    typed.legal_representative_document = self.document_kind();
                }
                ChangeField::NewEnterpriseName => {
                    typed.new_enterprise_name = self.enterprise_name.read();
                }
                ChangeField::NewEnterpriseCode | ChangeField::SameCode => {
                    typed.new_enterprise_code = self.enterprise_code.read();
                }
                ChangeField::NewLegalRepresentativeName => {
                    typed.new_legal_representative_name = self.representative_name.read();
                }
                ChangeField::NewLegalRepresentativeId => {
                    typed.new_legal_representative_id = self.representative_id.read();
                    typed.legal_representative_document = self.document_kind();
                }
                ChangeField::NewPersonName => typed.new_person_name = self.person_name.read(),
                ChangeField::NewPersonId => typed.new_person_id = self.person_id.read(),
                ChangeField::PostalAddress => {}
            }
        }
        typed
    }

    fn document_kind(self) -> Option<IdDocumentKind> {
        let word = self.document.get_untracked();
        text::documents(Language::Chinese)
            .into_iter()
            .map(|(kind, _)| kind)
            .find(|kind| document_word(*kind) == word)
    }

    /// The fields of a kind of change, under their headings.
    pub(super) fn view(self, kind: ChangeKind, form: Form, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let section = |title: &'static str, fields: AnyView| {
            view! {
                <fieldset class="group">
                    <legend>{title}</legend>
                    {fields}
                </fieldset>
            }
            .into_any()
        };
        let one = |field| self.field(field, kind, form, language);
        let enterprise = |code| {
            let fields = view! {
                {one(ChangeField::NewEnterpriseName)}
                {one(code)}
            };
            section(words.enterprise_section, fields.into_any())
        };
        match kind {
            ChangeKind::PersonToPerson => {
                let fields = view! {
                    {one(ChangeField::NewPersonName)}
                    {one(ChangeField::NewPersonId)}
                };
                section(words.person_section, fields.into_any())
            }
            ChangeKind::PersonToEnterprise => enterprise(ChangeField::NewEnterpriseCode),
            ChangeKind::EnterpriseToEnterprise => {
                let former = view! {
                    {one(ChangeField::FormerLegalRepresentativeName)}
                    {self.document(language)}
                    {one(ChangeField::FormerLegalRepresentativeId)}
                };
                view! {
                    {section(words.former_section, former.into_any())}
                    {enterprise(ChangeField::NewEnterpriseCode)}
                }
                .into_any()
            }
            ChangeKind::EnterpriseName => enterprise(ChangeField::SameCode),
            ChangeKind::LegalRepresentative => {
                let fields = view! {
                    {one(ChangeField::NewLegalRepresentativeName)}
                    {self.document(language)}
                    {one(ChangeField::NewLegalRepresentativeId)}
                };
                section(words.representative_section, fields.into_any())
            }
        }
    }

    fn document(self, language: Language) -> AnyView {
        let choices = text::documents(language)
            .into_iter()
            .map(|(kind, name)| Choice::new(document_word(kind), name))
            .collect();
        let label = ChangeText::of(language).document;
        view! { <SelectField id=DOCUMENT label choices value=self.document /> }.into_any()
    }

    fn field(
        self,
        field: ChangeField,
        kind: ChangeKind,
        form: Form,
        language: Language,
    ) -> AnyView {
        let words = ChangeText::of(language);
        let (value, hint) = match field {
            ChangeField::FormerLegalRepresentativeName => (self.former_name, ""),
            ChangeField::FormerLegalRepresentativeId => (self.former_id, ""),
            ChangeField::NewEnterpriseName => (self.enterprise_name, words.enterprise_hint),
            ChangeField::NewEnterpriseCode => (self.enterprise_code, words.code_hint),
            ChangeField::SameCode => (self.enterprise_code, words.same_code_hint),
            ChangeField::NewLegalRepresentativeName => (self.representative_name, ""),
            ChangeField::NewLegalRepresentativeId => (self.representative_id, ""),
            ChangeField::NewPersonName => (self.person_name, ""),
            ChangeField::NewPersonId => (self.person_id, ""),
            ChangeField::PostalAddress => return nothing(),
        };
        let label = match (field, kind) {
            (ChangeField::NewEnterpriseName, ChangeKind::EnterpriseName) => words.new_name,
            _ => text::field(language, field),
        };
        let id = id(field);
        let error = form.error_of(id, language);
        view! { <Field id label hint error value autocomplete="off" /> }.into_any()
    }
}

/// The id of a field's input.
pub(super) const fn id(field: ChangeField) -> &'static str {
    match field {
        ChangeField::FormerLegalRepresentativeName => "former-name",
        ChangeField::FormerLegalRepresentativeId => "former-number",
        ChangeField::NewEnterpriseName => "enterprise-name",
        ChangeField::NewEnterpriseCode | ChangeField::SameCode => "enterprise-code",
        ChangeField::PostalAddress => "postal-address",
        ChangeField::NewLegalRepresentativeName => "representative-name",
        ChangeField::NewLegalRepresentativeId => "representative-number",
        ChangeField::NewPersonName => "person-name",
        ChangeField::NewPersonId => "person-number",
    }
}

/// What is wrong with a field, where it stands.
pub(super) fn message(wrong: ChangeFormProblem) -> FieldMessage {
    FieldMessage {
        field: id(wrong.field),
        sentence: problem(wrong.problem),
    }
}

fn problem(problem: ChangeFieldProblem) -> Sentence {
    Sentence::new(move |language| match problem {
        ChangeFieldProblem::PersonName(problem) => subjects::person_name_problem(language, problem),
        ChangeFieldProblem::IdDocument(problem) => subjects::id_document_problem(language, problem),
        ChangeFieldProblem::EnterpriseName(problem) => {
            subjects::enterprise_name_problem(language, problem)
        }
        ChangeFieldProblem::EnterpriseCode(problem) => {
            subjects::enterprise_code_problem(language, problem)
        }
        ChangeFieldProblem::PostalAddress(problem) => {
            subjects::postal_address_problem(language, problem)
        }
    })
}

/// What a document is known by in a list.
pub(super) const fn document_word(kind: IdDocumentKind) -> &'static str {
    match kind {
        IdDocumentKind::ResidentId => "resident_id",
        IdDocumentKind::ResidencePermit => "residence_permit",
        IdDocumentKind::HkMacauPermit => "hk_macau_permit",
        IdDocumentKind::TaiwanPermit => "taiwan_permit",
        IdDocumentKind::Passport => "passport",
    }
}
