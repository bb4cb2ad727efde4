//! The page at `/verification/change/type`: what changes (CHG-1, CHG-4). Knows the offers; the rules said
//! which are open.

use domain::verification::change::{ChangeStep, ChangeTarget};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::wizard::{Wizard, show_error, summary};
use crate::form::{FieldMessage, Form};
use crate::text::changes::{self as text, ChangeText};
use crate::text::{Language, Sentence, change_refusals};
use crate::ui::{Choice, RadioGroup, SubmitButton};
use crate::{api, paths};

const TARGET: &str = "target";

/// The page.
pub(super) fn page() -> AnyView {
    let page = Choosing {
        wizard: Wizard::new(),
        form: Form::new("type-problems"),
        chosen: RwSignal::new(String::new()),
    };
    page.wizard.page(
        |language| ChangeText::of(language).type_title,
        ChangeStep::ChooseType,
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct Choosing {
    wizard: Wizard,
    form: Form,
    chosen: RwSignal<String>,
}

/// What a choice is known by.
const fn word(target: ChangeTarget) -> &'static str {
    match target {
        ChangeTarget::Person { .. } => "person",
        ChangeTarget::Enterprise { .. } => "enterprise",
        ChangeTarget::NewName => "name",
        ChangeTarget::NewLegalRepresentative => "representative",
    }
}

impl Choosing {
    fn view(self, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let form = self.form;
        let known = self.wizard.overview.ready_untracked();
        let offers = known.as_ref().map(|known| known.offers.clone());
        let draft = known
            .and_then(|known| known.application)
            .filter(|change| change.state.is_editable());
        if let Some(draft) = draft.filter(|_| self.chosen.with_untracked(String::is_empty)) {
            self.chosen.set(word(draft.kind.target()).to_owned());
        }
        let choices = offers
            .unwrap_or_default()
            .iter()
            .map(|offer| {
                let (name, hint) = text::target(language, offer.target);
                let choice = Choice::new(word(offer.target), name);
                match offer.refusals.first() {
                    Some(refusal) => choice.closed(&change_refusals::refusal(language, refusal)),
                    None => choice.hint(hint),
                }
            })
            .collect();
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                {summary(form, language)}
                <RadioGroup
                    id=TARGET
                    label=words.type_label
                    error=form.error_of(TARGET, language)
                    choices
                    value=self.chosen
                />
                <p class="quiet">{words.saved_note}</p>
                <div class="buttons">
                    <SubmitButton
                        label=words.next
                        pending_label=words.saving
                        pending=form.pending()
                    />
                    <a class="button" href=paths::change()>
                        {words.back}
                    </a>
                </div>
            </form>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let chosen = self.chosen.get_untracked();
        let offers = self.wizard.overview.ready_untracked();
        let offers = offers.map(|known| known.offers).unwrap_or_default();
        let offer = offers.iter().find(|offer| word(offer.target) == chosen);
        let Some(target) = offer.map(|offer| offer.target) else {
            return self.form.show_fields(vec![FieldMessage {
                field: TARGET,
                sentence: Sentence::new(|language| ChangeText::of(language).type_must),
            }]);
        };
        self.form.clear();
        self.form
            .send(api::changes::start(target), move |answer| match answer {
                Ok(_) => self.wizard.address.go(paths::change_proof()),
                Err(error) => show_error(self.form, &error),
            });
    }
}
