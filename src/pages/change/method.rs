//! The page at `/verification/change/method`: the link by which the new subject proves itself and accepts
//! (CHG-5, CHG-14). Follows by itself until that is done.

use std::time::Duration;

use contract::changes::{Invited, Representative};
use domain::identity::{IdDocument, IdDocumentKind, PersonName};
use domain::verification::change::{ApplicationState, ChangeKind, ChangeStep};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::fields::document_word;
use super::wizard::{Wizard, refusals, summary};
use crate::api::{self, WrongField};
use crate::form::{FieldMessage, Form};
use crate::paths;
use crate::text::changes::{self as text, ChangeText};
use crate::text::{Language, Sentence, subjects};
use crate::ui::{
    Choice, CopyButton, Field, FieldValue, Notice, NoticeKind, QrCode, SelectField, SubmitButton,
    live, nothing, react,
};

/// How often the server is asked while the page is in sight.
const POLL_EVERY: Duration = Duration::from_secs(3);
const NAME: &str = "representative-name";
const NUMBER: &str = "representative-number";
const DOCUMENT: &str = "document";

/// The page.
pub(super) fn page() -> AnyView {
    let page = Inviting {
        wizard: Wizard::new(),
        form: Form::new("method-problems"),
        name: FieldValue::new(""),
        number: FieldValue::new(""),
        document: RwSignal::new(document_word(IdDocumentKind::ResidentId).to_owned()),
        invited: RwSignal::new(None),
        written: StoredValue::new(false),
    };
    let watch = set_interval_with_handle(
        move || {
            if !document().hidden() && page.invited.with_untracked(Option::is_some) {
                page.wizard.overview.again();
            }
        },
        POLL_EVERY,
    );
    on_cleanup(move || {
        if let Ok(watch) = watch {
            watch.clear();
        }
    });
    // The new subject has accepted elsewhere.
    react(move || {
        let is_done = page.wizard.overview.with(|known| {
            let change = known.application.as_ref();
            change.is_some_and(|change| matches!(change.state, ApplicationState::Done { .. }))
        });
        if is_done {
            page.wizard.address.replace(paths::change_done());
        }
    });
    page.wizard.page(
        |language| ChangeText::of(language).method_title,
        ChangeStep::ChooseMethod,
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct Inviting {
    wizard: Wizard,
    form: Form,
    name: FieldValue,
    number: FieldValue,
    document: RwSignal<String>,
    invited: RwSignal<Option<Invited>>,
    written: StoredValue<bool>,
}

impl Inviting {
    fn view(self, language: Language) -> AnyView {
        let Some(change) = self.wizard.application() else {
            return nothing();
        };
        if !self.written.get_value() {
            self.written.set_value(true);
            self.name.write(&change.representative.name);
            self.number.write(&change.representative.number);
            if let Some(kind) = change.representative.document {
                self.document.set(document_word(kind).to_owned());
            }
        }
        let words = ChangeText::of(language);
        let form = self.form;
        let is_person = change.kind == ChangeKind::PersonToPerson;
        let lead = match is_person {
            true => words.method_person,
            false => words.method_enterprise,
        };
        let fields = match is_person {
            true => nothing(),
            false => self.representative(language),
        };
        let label = match change.invited_until {
            None => words.make_link,
            Some(_) => words.make_another,
        };
        view! {
            <p class="lead">{lead}</p>
            {live(move || self.link(language))}
            <form class="form" novalidate on:submit=move |event| self.submit(&event, is_person)>
                {summary(form, language)}
                {fields}
                <div class="buttons">
                    <SubmitButton label=label pending_label=words.making pending=form.pending() />
                    <a class="button" href=paths::change_information()>
                        {words.back}
                    </a>
                </div>
            </form>
        }
        .into_any()
    }

    /// Who represents the new enterprise.
    fn representative(self, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let form = self.form;
        let choices = text::documents(language)
            .into_iter()
            .map(|(kind, name)| Choice::new(document_word(kind), name))
            .collect();
        view! {
            <fieldset class="group">
                <legend>{words.representative_section}</legend>
                <Field
                    id=NAME
                    label=words.representative_name
                    error=form.error_of(NAME, language)
                    value=self.name
                    autocomplete="off"
                />
                <SelectField id=DOCUMENT label=words.document choices value=self.document />
                <Field
                    id=NUMBER
                    label=words.representative_number
                    hint=words.method_other
                    error=form.error_of(NUMBER, language)
                    value=self.number
                    autocomplete="off"
                />
            </fieldset>
        }
        .into_any()
    }

    /// The link that was just made, or that there is one.
    fn link(self, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        if let Some(invited) = self.invited.get() {
            let address = invited.address.clone();
            return view! {
                <section class="card" aria-labelledby="link">
                    <h2 id="link">{words.link_label}</h2>
                    <p>{words.link_once}</p>
                    <p class="link-text">
                        <code>{address.clone()}</code>
                    </p>
                    <CopyButton
                        text=address.clone()
                        what=words.link_label
                        label=words.copy
                        copied=words.copied
                        not_copied=words.link_once
                    />
                    <QrCode text=Signal::stored(address) label=words.link_qr />
                    <p>{words.waits} " · " {text::until(language, invited.until)}</p>
                </section>
            }
            .into_any();
        }
        let change = self.wizard.overview.with(|known| known.application.clone());
        match change.and_then(|change| change.invited_until) {
            Some(until) => view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{words.waits} " · " {text::until(language, until)}</p>
                </Notice>
            }
            .into_any(),
            None => nothing(),
        }
    }

    fn submit(self, event: &SubmitEvent, is_person: bool) {
        if !self.form.may_submit(event) {
            return;
        }
        let Some(change) = self.wizard.application() else {
            return;
        };
        let representative = match is_person {
            true => None,
            false => match self.read() {
                Ok(typed) => Some(typed),
                Err(wrong) => return self.form.show_fields(wrong),
            },
        };
        self.form.clear();
        let call = async move { api::changes::invite(&change.id, representative).await };
        self.form.send(call, move |answer| match answer {
            Ok(invited) => {
                let say = |language| ChangeText::of(language).link_made;
                self.wizard.announcer.tell(Sentence::new(say));
                self.wizard.overview.put(invited.overview.clone());
                self.invited.set(Some(invited));
            }
            Err(error) => self.form.show_error(&error, &of_field, &refusals),
        });
    }

    fn read(self) -> Result<Representative, Vec<FieldMessage>> {
        let word = self.document.get_untracked();
        let kind = text::documents(Language::Chinese)
            .into_iter()
            .map(|(kind, _)| kind)
            .find(|kind| document_word(*kind) == word)
            .unwrap_or(IdDocumentKind::ResidentId);
        let typed = Representative {
            name: self.name.read(),
            number: self.number.read(),
            document: Some(kind),
        };
        let name = PersonName::parse(&typed.name).err().map(name_message);
        let number = IdDocument::parse(kind, &typed.number)
            .err()
            .map(number_message);
        let wrong: Vec<_> = [name, number].into_iter().flatten().collect();
        if wrong.is_empty() {
            Ok(typed)
        } else {
            Err(wrong)
        }
    }
}

fn of_field(wrong: &WrongField) -> Option<FieldMessage> {
    wrong
        .of("representative.name")
        .map(name_message)
        .or_else(|| wrong.of("representative.number").map(number_message))
}

fn name_message(problem: domain::identity::PersonNameProblem) -> FieldMessage {
    FieldMessage {
        field: NAME,
        sentence: Sentence::new(move |language| subjects::person_name_problem(language, problem)),
    }
}

fn number_message(problem: domain::identity::IdDocumentProblem) -> FieldMessage {
    FieldMessage {
        field: NUMBER,
        sentence: Sentence::new(move |language| subjects::id_document_problem(language, problem)),
    }
}
