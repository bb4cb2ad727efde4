//! The page at `/verification/change/check`: everything once more, what is confirmed, and handing it in
//! (CHG-5, CHG-11, CHG-14). Knows what is asked; the rules judge on the server.

use contract::changes::{Application, SubmitChange};
use domain::protection::SensitiveOperation;
use domain::verification::change::{
    ApplicationState, ChangeField, ChangeForm, ChangeKind, ChangeStep, ChangeWay, TypedChange,
    fields_of_step, required_proofs,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::papers::Papers;
use super::wizard::{Wizard, refusals, summary};
use crate::form::{FieldMessage, Form};
use crate::text::changes::{self as text, ChangeText};
use crate::text::{Language, Sentence, change_refusals, subjects};
use crate::ui::{Checkbox, Notice, NoticeKind, SubmitButton, fact, facts, live, nothing, react};
use crate::{api, paths};

const RESOURCES: &str = "resources";
const AGREE: &str = "agree";
const OPERATION: SensitiveOperation = SensitiveOperation::ChangeVerification;

/// The page.
pub(super) fn page() -> AnyView {
    let page = Checking {
        wizard: Wizard::new(),
        form: Form::new("check-problems"),
        resources: RwSignal::new(false),
        agrees: RwSignal::new(false),
        papers: Papers::new(),
    };
    // Whoever has not got everything right yet comes from elsewhere.
    react(move || {
        let is_wrong = page.wizard.overview.with(|known| {
            let change = known.application.as_ref();
            change.is_some_and(|change| {
                change.state.is_editable()
                    && ChangeForm::parse(change.kind, &change.fields).is_err()
            })
        });
        if is_wrong {
            page.wizard.address.replace(paths::change_proof());
        }
    });
    page.wizard.page(
        |language| ChangeText::of(language).check_title,
        ChangeStep::SubmitProof,
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct Checking {
    wizard: Wizard,
    form: Form,
    resources: RwSignal<bool>,
    agrees: RwSignal<bool>,
    papers: Papers,
}

impl Checking {
    fn view(self, language: Language) -> AnyView {
        let Some(change) = self.wizard.application() else {
            return nothing();
        };
        let words = ChangeText::of(language);
        let form = self.form;
        let (lead, button) = match change.way {
            ChangeWay::Online => (words.check_online, words.submit_online),
            ChangeWay::Paper => (words.check_lead, words.submit),
        };
        view! {
            <p class="lead">{lead}</p>
            {against(&change, language)}
            {self.answers(&change, language)}
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                {summary(form, language)}
                {self.confirmations(change.kind, language)}
                <div class="buttons">
                    <SubmitButton
                        label=button
                        pending_label=words.submitting
                        pending=form.pending()
                    />
                    <a class="button" href=paths::change_proof()>
                        {words.back}
                    </a>
                </div>
            </form>
        }
        .into_any()
    }

    /// What will be handed in, each with the way to change it.
    fn answers(self, change: &Application, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let change_this = |label: &'static str, place: &'static str| {
            view! {
                <a class="button button-quiet" href=place>
                    {words.change_this}
                    <span class="visually-hidden">" " {label}</span>
                </a>
            }
            .into_any()
        };
        let line = |label: &'static str, value: String, place: &'static str| {
            let value = view! { <span>{value}</span> }.into_any();
            fact(label, value, "", change_this(label, place))
        };
        let kind = text::kind(language, change.kind).to_owned();
        let proof = paths::change_proof();
        let mut lines = vec![line(words.kind, kind, paths::change_type())];
        if !change.kind.changes_subject() {
            let way = text::way(language, change.way).to_owned();
            lines.push(line(words.way, way, proof));
        }
        for field in fields_of_step(change.kind, ChangeStep::SubmitProof) {
            let label = match (*field, change.kind) {
                (ChangeField::NewEnterpriseName, ChangeKind::EnterpriseName) => words.new_name,
                (field, _) => text::field(language, field),
            };
            let typed = typed(&change.fields, *field);
            lines.push(line(
                label,
                shown(&change.fields, *field, typed, language),
                proof,
            ));
        }
        if change.way == ChangeWay::Paper {
            let former = text::former(language, change.former).to_owned();
            lines.push(line(words.former, former, proof));
        }
        let needed = required_proofs(change.kind, change.way, change.former);
        let papers = self.papers;
        let uploads: Vec<_> = needed
            .iter()
            .map(|needed| {
                let (label, needed) = (text::proof(language, *needed), *needed);
                let state = live(move || {
                    let is_there = papers.has(needed);
                    let word = match is_there {
                        true => words.uploaded,
                        false => words.not_uploaded,
                    };
                    view! { <span>{word}</span> }.into_any()
                });
                fact(label, state, "", change_this(label, proof))
            })
            .collect();
        lines.extend(uploads);
        view! { <section class="card">{facts(lines)}</section> }.into_any()
    }

    /// What is confirmed while handing it in (CHG-11, CHG-14).
    fn confirmations(self, kind: ChangeKind, language: Language) -> AnyView {
        if !kind.changes_subject() {
            return nothing();
        }
        let words = ChangeText::of(language);
        let form = self.form;
        view! {
            <Checkbox
                id=RESOURCES
                label=view! { {words.resources} }.into_any()
                error=form.error_of(RESOURCES, language)
                value=self.resources
            />
            <Checkbox
                id=AGREE
                label=view! { {words.agree} }.into_any()
                error=form.error_of(AGREE, language)
                value=self.agrees
            />
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let Some(change) = self.wizard.application() else {
            return;
        };
        let wish = SubmitChange {
            resources_confirmed: self.resources.get_untracked(),
            former_agrees: self.agrees.get_untracked(),
        };
        if change.kind.changes_subject() {
            let wrong = missing(&wish);
            if !wrong.is_empty() {
                return self.form.show_fields(wrong);
            }
        }
        self.form.clear();
        let id = change.id;
        let call = move || {
            let (id, wish) = (id.clone(), wish.clone());
            async move { api::changes::submit(&id, &wish).await }
        };
        self.form
            .send_proved(OPERATION, call, move |answer| match answer {
                Ok(_) => self.wizard.address.go(paths::change_review()),
                Err(error) => {
                    self.wizard.overview.again();
                    self.form.show_error(&error, &|_| None, &refusals);
                }
            });
    }
}

fn missing(wish: &SubmitChange) -> Vec<FieldMessage> {
    let resources = (!wish.resources_confirmed).then(|| FieldMessage {
        field: RESOURCES,
        sentence: Sentence::new(|language| ChangeText::of(language).resources_must),
    });
    let agrees = (!wish.former_agrees).then(|| FieldMessage {
        field: AGREE,
        sentence: Sentence::new(|language| ChangeText::of(language).agree_must),
    });
    [resources, agrees].into_iter().flatten().collect()
}

/// Everything that stands against handing it in.
fn against(change: &Application, language: Language) -> AnyView {
    if change.refusals.is_empty() || !matches!(change.state, ApplicationState::Draft { .. }) {
        return nothing();
    }
    let lines: Vec<_> = change
        .refusals
        .iter()
        .map(|refusal| view! { <li>{change_refusals::refusal(language, refusal)}</li> })
        .collect();
    view! {
        <Notice kind=NoticeKind::Warning>
            <p class="notice-title">{ChangeText::of(language).blocked}</p>
            <ul class="bullets">{lines}</ul>
        </Notice>
    }
    .into_any()
}

fn typed(fields: &TypedChange, field: ChangeField) -> &str {
    match field {
        ChangeField::FormerLegalRepresentativeName => &fields.former_legal_representative_name,
        ChangeField::FormerLegalRepresentativeId => &fields.former_legal_representative_id,
        ChangeField::NewEnterpriseName => &fields.new_enterprise_name,
        ChangeField::NewEnterpriseCode | ChangeField::SameCode => &fields.new_enterprise_code,
        ChangeField::PostalAddress => &fields.postal_address,
        ChangeField::NewLegalRepresentativeName => &fields.new_legal_representative_name,
        ChangeField::NewLegalRepresentativeId => &fields.new_legal_representative_id,
        ChangeField::NewPersonName => &fields.new_person_name,
        ChangeField::NewPersonId => &fields.new_person_id,
    }
}

/// The number of a document with what the document is.
fn shown(fields: &TypedChange, field: ChangeField, typed: &str, language: Language) -> String {
    match (field, fields.legal_representative_document) {
        (
            ChangeField::FormerLegalRepresentativeId | ChangeField::NewLegalRepresentativeId,
            Some(kind),
        ) => [typed, " · ", subjects::id_document_kind(language, kind)].concat(),
        _ => typed.to_owned(),
    }
}
