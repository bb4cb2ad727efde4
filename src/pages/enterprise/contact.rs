//! The page at `/verification/contact`: whom the platform turns to, and the CDN switch that needs them
//! (ENT-14, ENT-21).

use contract::enterprise::{EnterpriseContactShown, SetEnterpriseContact};
use domain::identity::{
    IdDocument, IdDocumentKind, IdDocumentProblem, PersonName, PersonNameProblem, PhoneNumber,
    PhoneNumberProblem,
};
use domain::verification::VerificationRefusal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::common::{self, around, back};
use super::fields;
use crate::announce::Announcer;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::load::{Load, Loaded, Stage};
use crate::text::contacts::phone_problem;
use crate::text::enterprise::EnterpriseText;
use crate::text::{Language, Sentence, subjects};
use crate::ui::{
    Checkbox, Choice, EmptyState, Field, FieldValue, PhoneField, SelectField, fact, facts,
    focus_soon, live, nothing, react,
};

const NAME: &str = "contact-name";
const DOCUMENT: &str = "contact-document";
const NUMBER: &str = "contact-number";
const PHONE: &str = "contact-phone";
const CDN: &str = "uses-cdn";
const ADD: &str = "contact-form";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let page = ContactPage::new();
    layout::page(
        |language| EnterpriseText::of(language).contact_title,
        move |language| {
            let content = page.content(language);
            view! {
                <p class="lead">{EnterpriseText::of(language).contact_lead}</p>
                {content}
                {back(language)}
            }
            .into_any()
        },
    )
}

#[derive(Clone, Copy)]
struct ContactPage {
    load: Load<EnterpriseContactShown>,
    form: Form,
    switch: Form,
    announcer: Announcer,
    uses_cdn: RwSignal<bool>,
    /// The form is open: somebody adds or changes the contact.
    is_open: RwSignal<bool>,
    name: FieldValue,
    document: RwSignal<String>,
    number: FieldValue,
    phone: FieldValue,
}

impl ContactPage {
    fn new() -> Self {
        let page = Self {
            load: Load::start(api::enterprise::contact),
            form: Form::new("contact-problems"),
            switch: Form::new("cdn-problems"),
            announcer: Announcer::expect(),
            uses_cdn: RwSignal::new(false),
            is_open: RwSignal::new(false),
            name: FieldValue::new(""),
            document: RwSignal::new(RESIDENT.to_owned()),
            number: FieldValue::new(""),
            phone: FieldValue::new(""),
        };
        react(move || {
            let recorded = page.load.with(|now| now.uses_cdn);
            page.uses_cdn.set(recorded);
        });
        // The box is the switch: ticking it is the wish.
        let before = StoredValue::new(None::<bool>);
        react(move || {
            let wanted = page.uses_cdn.get();
            let is_first = before.get_value().is_none();
            before.set_value(Some(wanted));
            let recorded = page.load.ready_untracked().map(|now| now.uses_cdn);
            if !is_first && recorded.is_some_and(|recorded| recorded != wanted) {
                page.switch_to(wanted);
            }
        });
        page
    }

    fn content(self, language: Language) -> AnyView {
        let stage = self.load.stage();
        live(move || {
            let is_none = matches!(
                (stage.get(), self.load.get_untracked()),
                (Stage::Failed, Loaded::Failed(ApiError::Refused(_)))
            );
            if is_none {
                let text = EnterpriseText::of(language);
                return view! { <EmptyState title=text.no_enterprise /> }.into_any();
            }
            layout::loaded(self.load, language, move || self.view(language))
        })
    }

    fn view(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let switch = self.switch;
        view! {
            {live(move || self.recorded(language))}
            <section>
                {common::summary(switch, language)}
                <Checkbox
                    id=CDN
                    label=text.cdn.into_any()
                    hint=text.cdn_hint
                    error=switch.error_of(CDN, language)
                    value=self.uses_cdn
                />
            </section>
            {live(move || {
                if self.is_open.get() { self.editing(language) } else { self.opener(language) }
            })}
        }
        .into_any()
    }

    fn recorded(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let (contact, handler) = self
            .load
            .with(|now| (now.contact.clone(), now.handler.clone()));
        let mut rows = Vec::new();
        match contact {
            Some(contact) => {
                let document = subjects::id_document_kind(language, contact.document_kind);
                let number = format!("{document} {}", contact.document_number);
                rows.push(fact(
                    text.contact_name,
                    contact.name.into_any(),
                    "",
                    nothing(),
                ));
                rows.push(fact(text.contact_number, number.into_any(), "", nothing()));
                rows.push(fact(
                    text.contact_phone,
                    contact.phone.into_any(),
                    "",
                    nothing(),
                ));
            }
            None => rows.push(fact(
                text.contact_title,
                text.contact_none.into_any(),
                "",
                nothing(),
            )),
        }
        if let Some(handler) = handler {
            rows.push(fact(
                text.handler,
                handler.into_any(),
                text.handler_fixed,
                nothing(),
            ));
        }
        facts(rows)
    }

    fn opener(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let has_contact = self.load.with(|now| now.contact.is_some());
        let label = if has_contact {
            text.contact_edit
        } else {
            text.contact_add
        };
        let open = move |_| self.open();
        view! {
            <p class="buttons">
                <button type="button" class="button" on:click=open>
                    {label}
                </button>
            </p>
        }
        .into_any()
    }

    fn open(self) {
        self.is_open.set(true);
        focus_soon(NAME);
    }

    fn editing(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let form = self.form;
        let documents = DOCUMENTS
            .iter()
            .map(|(word, kind)| Choice::new(word, subjects::id_document_kind(language, *kind)))
            .collect();
        let fields = view! {
            <Field
                id=NAME
                label=text.contact_name
                error=form.error_of(NAME, language)
                value=self.name
                autocomplete="off"
            />
            <SelectField
                id=DOCUMENT
                label=text.contact_document
                choices=documents
                value=self.document
            />
            <Field
                id=NUMBER
                label=text.contact_number
                error=form.error_of(NUMBER, language)
                value=self.number
                autocomplete="off"
            />
            <PhoneField
                id=PHONE
                label=text.contact_phone
                error=form.error_of(PHONE, language)
                value=self.phone
            />
        };
        let labels = (text.contact_save, text.saving);
        view! {
            <section id=ADD>
                <h2>{text.contact_title}</h2>
                {around(form, fields.into_any(), labels, language, move |event| self.save(event))}
            </section>
        }
        .into_any()
    }

    fn save(self, event: &SubmitEvent) {
        let form = self.form;
        if !form.may_submit(event) {
            return;
        }
        let word = self.document.get_untracked();
        let kind = DOCUMENTS.iter().find(|(known, _)| *known == word);
        let kind = kind.map_or(IdDocumentKind::ResidentId, |(_, kind)| *kind);
        let wish = SetEnterpriseContact {
            name: self.name.read(),
            document_kind: kind,
            document_number: self.number.read(),
            phone: self.phone.read(),
            uses_cdn: self.uses_cdn.get_untracked(),
        };
        let problems: Vec<_> = [
            PersonName::parse(&wish.name).err().map(name),
            IdDocument::parse(kind, &wish.document_number)
                .err()
                .map(number),
            PhoneNumber::parse(&wish.phone).err().map(phone),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !problems.is_empty() {
            return form.show_fields(problems);
        }
        form.clear();
        form.send(
            api::enterprise::set_contact(wish),
            move |answer| match answer {
                Ok(_) => {
                    self.is_open.set(false);
                    self.switch.clear();
                    for field in [self.name, self.number, self.phone] {
                        field.write("");
                    }
                    self.load.again();
                    self.announcer.tell(Sentence::new(|language| {
                        EnterpriseText::of(language).contact_saved.to_owned()
                    }));
                }
                Err(error) => form.show_error(&error, &of_field, &common::why),
            },
        );
    }

    /// Switching it on without a contact opens the form to add one (ENT-21).
    fn switch_to(self, wanted: bool) {
        let form = self.switch;
        form.clear();
        form.send(
            api::enterprise::switch_cdn(wanted),
            move |answer| match answer {
                Ok(_) => {
                    self.load.again();
                    self.announcer.tell(Sentence::new(|language| {
                        EnterpriseText::of(language).cdn_saved.to_owned()
                    }));
                }
                Err(error) => {
                    let is_missing = matches!(
                        &error,
                        ApiError::Refused(refused) if matches!(
                            refused.of("verification"),
                            Some(VerificationRefusal::EnterpriseContactMissing)
                        )
                    );
                    if is_missing {
                        // It stays ticked: saving the contact switches it on.
                        self.open();
                        return;
                    }
                    let recorded = self.load.ready_untracked().is_some_and(|now| now.uses_cdn);
                    self.uses_cdn.set(recorded);
                    form.show_error(&error, &|_| None, &common::why);
                }
            },
        );
    }
}

const RESIDENT: &str = "resident";

const DOCUMENTS: [(&str, IdDocumentKind); 4] = [
    (RESIDENT, IdDocumentKind::ResidentId),
    ("hk-macau", IdDocumentKind::HkMacauPermit),
    ("taiwan", IdDocumentKind::TaiwanPermit),
    ("passport", IdDocumentKind::Passport),
];

fn of_field(wrong: &WrongField) -> Option<FieldMessage> {
    wrong
        .of("name")
        .map(name)
        .or_else(|| wrong.of("document_number").map(number))
        .or_else(|| wrong.of("phone").map(phone))
}

fn name(problem: PersonNameProblem) -> FieldMessage {
    fields::person(NAME, problem)
}

fn number(problem: IdDocumentProblem) -> FieldMessage {
    fields::id_document(NUMBER, problem)
}

fn phone(problem: PhoneNumberProblem) -> FieldMessage {
    FieldMessage {
        field: PHONE,
        sentence: Sentence::new(move |language| phone_problem(language, problem)),
    }
}
