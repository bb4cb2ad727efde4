//! The page at `/operator/accounts`: finding an account by its id (OPS-2).

use domain::account::{AccountId, AccountIdProblem};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::desk::{self, Desk};
use super::shortcuts::no_keys;
use crate::address::Address;
use crate::form::{FieldMessage, Form};
use crate::paths;
use crate::text::operators::{self as words, OperatorText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{ErrorSummary, Field, FieldValue, SubmitButton};

const ID: &str = "account-id";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let page = FindPage {
        form: Form::new("find-problems"),
        id: FieldValue::new(""),
        address: Address::expect(),
    };
    desk::page(
        Desk::new(),
        |language| OperatorText::of(language).find_title,
        no_keys(),
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct FindPage {
    form: Form,
    id: FieldValue,
    address: Address,
}

impl FindPage {
    fn view(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let form = self.form;
        view! {
            <p class="lead">{text.find_lead}</p>
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <Field
                    id=ID
                    label=text.account_id
                    error=form.error_of(ID, language)
                    value=self.id
                    autocomplete="off"
                />
                <SubmitButton label=text.find pending_label=text.find pending=form.pending() />
            </form>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        match AccountId::parse(&self.id.read()) {
            Ok(id) => {
                self.form.clear();
                self.address.go(&paths::operator_account(&id.to_string()));
            }
            Err(problem) => self.form.show_fields(vec![message(problem)]),
        }
    }
}

fn message(problem: AccountIdProblem) -> FieldMessage {
    FieldMessage {
        field: ID,
        sentence: Sentence::new(move |language| words::account_id_problem(language, problem)),
    }
}
