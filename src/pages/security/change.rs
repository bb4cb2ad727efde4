//! What the pages of Security settings have in common: the form around a change, why it is refused, the
//! way back. Knows no single change.

use domain::contacts::{CodeRefusal, ContactRefusal};
use domain::protection::ProtectionRefusal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::api::Refused;
use crate::form::Form;
use crate::paths;
use crate::text::security::{self as words, SecurityText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, codes, proof};
use crate::ui::{ErrorSummary, SubmitButton};

/// A form with its summary, its button and the way back.
pub(super) fn around(
    form: Form,
    fields: AnyView,
    label: &'static str,
    language: Language,
    submit: impl Fn(&SubmitEvent) + 'static,
) -> AnyView {
    let text = SecurityText::of(language);
    view! {
        <form class="form" novalidate on:submit=move |event| submit(&event)>
            <ErrorSummary
                id=form.summary()
                title=ShellText::of(language).problems
                fields=Signal::derive(move || form.field_errors(language))
                whole=Signal::derive(move || form.whole_error(language))
            />
            {fields}
            <div class="buttons">
                <SubmitButton label pending_label=text.saving pending=form.pending() />
                {back(language)}
            </div>
        </form>
    }
    .into_any()
}

/// Why a form as a whole was refused, for pages that have their own form.
pub(super) fn summary(form: Form, language: Language) -> AnyView {
    view! {
        <ErrorSummary
            id=form.summary()
            title=ShellText::of(language).problems
            fields=Signal::derive(move || form.field_errors(language))
            whole=Signal::derive(move || form.whole_error(language))
        />
    }
    .into_any()
}

/// The way back to the overview.
pub(super) fn back(language: Language) -> AnyView {
    let words = SecurityText::of(language).back;
    view! {
        <a class="button" href=paths::security()>
            {words}
        </a>
    }
    .into_any()
}

/// Why a change was refused.
pub(super) fn why(refused: &Refused) -> Option<Sentence> {
    if let Some(refusal) = refused.of::<CodeRefusal>("code") {
        return Some(Sentence::new(move |language| {
            codes::code_refusal(language, refusal)
        }));
    }
    if let Some(refusal) = refused.of::<ContactRefusal>("contact") {
        return Some(Sentence::new(move |language| {
            words::contact_refusal(language, refusal)
        }));
    }
    let refusal = refused.of::<ProtectionRefusal>("protection")?;
    Some(Sentence::new(move |language| {
        proof::protection_refusal(language, &refusal)
    }))
}
