//! The page at `/verification/change/information`: where the new subject's post goes (CHG-6). Knows the form.

use domain::verification::change::{ChangeStep, PostalAddress, PostalAddressProblem};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::wizard::{Wizard, refusals, summary};
use crate::api::{self, ApiError};
use crate::form::{FieldMessage, Form};
use crate::paths;
use crate::text::changes::ChangeText;
use crate::text::{Language, Sentence, subjects};
use crate::ui::{Field, FieldValue, SubmitButton, nothing};

const ADDRESS: &str = "postal-address";

/// The page.
pub(super) fn page() -> AnyView {
    let page = Informing {
        wizard: Wizard::new(),
        form: Form::new("information-problems"),
        postal: FieldValue::new(""),
        written: StoredValue::new(false),
    };
    page.wizard.page(
        |language| ChangeText::of(language).information_title,
        ChangeStep::BasicInformation,
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct Informing {
    wizard: Wizard,
    form: Form,
    postal: FieldValue,
    written: StoredValue<bool>,
}

impl Informing {
    fn view(self, language: Language) -> AnyView {
        let Some(change) = self.wizard.application() else {
            return nothing();
        };
        if !self.written.get_value() {
            self.written.set_value(true);
            self.postal.write(&change.fields.postal_address);
        }
        let words = ChangeText::of(language);
        let form = self.form;
        view! {
            <p class="lead">{words.information_lead}</p>
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                {summary(form, language)}
                <Field
                    id=ADDRESS
                    label=words.address
                    error=form.error_of(ADDRESS, language)
                    value=self.postal
                    autocomplete="street-address"
                />
                <div class="buttons">
                    <SubmitButton
                        label=words.next
                        pending_label=words.saving
                        pending=form.pending()
                    />
                    <a class="button" href=paths::change_review()>
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
        let typed = self.postal.read();
        if let Err(problem) = PostalAddress::parse(&typed) {
            return self.form.show_fields(vec![message(problem)]);
        }
        let Some(change) = self.wizard.application() else {
            return;
        };
        self.form.clear();
        let call =
            async move { api::changes::save_information(&change.id, change.version, typed).await };
        self.form.send(call, move |answer| match answer {
            Ok(_) => self.wizard.address.go(paths::change_method()),
            Err(error) => {
                if matches!(error, ApiError::ChangedElsewhere) {
                    self.wizard.overview.again();
                }
                let of_field =
                    |wrong: &crate::api::WrongField| wrong.of("postal_address").map(message);
                self.form.show_error(&error, &of_field, &refusals);
            }
        });
    }
}

fn message(problem: PostalAddressProblem) -> FieldMessage {
    FieldMessage {
        field: ADDRESS,
        sentence: Sentence::new(move |language| {
            subjects::postal_address_problem(language, problem)
        }),
    }
}
