//! The first form of whoever cannot sign in: a phone or an address of the account, and a code that goes
//! there. Must not know what comes after it.

use std::rc::Rc;

use contract::codes::CodeSent;
use domain::account::AccountId;
use domain::contacts::{ContactTarget, ContactTargetProblem};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::Address;
use crate::api::{ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::paths;
use crate::proving::Calling;
use crate::sent_code::{SentCode, refusal};
use crate::text::forgotten::{self as text, ForgottenText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{ErrorSummary, Field, FieldValue, SubmitButton};

/// The id of the input for a phone or an address.
const TARGET: &str = "target";

/// What the form calls; who made it knows for what.
#[derive(Clone)]
pub struct Calls {
    /// Has a code sent there.
    pub send: Rc<dyn Fn(String) -> Calling<CodeSent>>,
    /// Hands the code in, and keeps what comes of it.
    pub find: Rc<dyn Fn(Reached) -> Calling<()>>,
}

/// Where somebody is reached, and the code that they answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// The phone or address as typed.
    pub target: String,
    /// The code as typed.
    pub code: String,
}

/// The form and what was typed in it.
#[derive(Clone, Copy)]
pub struct ReachForm {
    form: Form,
    target: FieldValue,
    code: SentCode,
    calls: StoredValue<Calls, LocalStorage>,
}

impl ReachForm {
    /// A form with what the page's address knows of whose it is (REG-3); `code` is the id of the input
    /// for the code, unique in the app.
    #[must_use]
    pub fn new(code: &'static str, calls: Calls) -> Self {
        let known = Address::expect().query(paths::TARGET).unwrap_or_default();
        Self {
            form: Form::new("reach-problems"),
            target: FieldValue::new(&known),
            code: SentCode::new(code),
            calls: StoredValue::new_local(calls),
        }
    }

    /// The form, asking for `label`.
    #[must_use]
    pub fn view(self, language: Language, (label, hint): (&'static str, &'static str)) -> AnyView {
        let text = ForgottenText::of(language);
        let form = self.form;
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <Field
                    id=TARGET
                    label=label
                    hint=hint
                    error=form.error_of(TARGET, language)
                    value=self.target
                    autocomplete="username"
                />
                {self.code.view(form, language, move || self.send())}
                <SubmitButton label=text.next pending_label=text.checking pending=form.pending() />
            </form>
        }
        .into_any()
    }

    /// Forgets what was typed, for whoever begins again.
    pub fn clear(self) {
        self.form.clear();
        self.code.forget();
    }

    fn send(self) {
        let Ok(target) = self.read_target() else {
            return;
        };
        let calls = self.calls.get_value();
        self.code.send(self.form, (calls.send)(target), problem);
    }

    /// What is typed as phone or address; what is wrong with it is shown.
    fn read_target(self) -> Result<String, ()> {
        let typed = self.target.read();
        match target_problem(&typed) {
            None => Ok(typed),
            Some(message) => {
                self.form.show_fields(vec![message]);
                Err(())
            }
        }
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let target = self.target.read();
        let mut problems: Vec<_> = target_problem(&target).into_iter().collect();
        let code = match self.code.read() {
            Ok(code) => code,
            Err(message) => {
                problems.push(message);
                String::new()
            }
        };
        if !problems.is_empty() {
            return self.form.show_fields(problems);
        }
        self.form.clear();
        let calls = self.calls.get_value();
        let call = (calls.find)(Reached { target, code });
        self.form.send(call, move |answer| {
            if let Err(error) = answer {
                self.refused(&error);
            }
        });
    }

    fn refused(self, error: &ApiError) {
        let of_field = |wrong: &WrongField| self.code.problem(wrong).or_else(|| problem(wrong));
        self.form.show_error(error, &of_field, &refusal);
    }
}

/// What is wrong with what was typed as phone or address, if anything is.
fn target_problem(typed: &str) -> Option<FieldMessage> {
    if AccountId::parse(typed).is_ok() {
        let say = |language| ForgottenText::of(language).account_id;
        return Some(message(Sentence::new(say)));
    }
    ContactTarget::parse(typed).err().map(worded)
}

fn problem(wrong: &WrongField) -> Option<FieldMessage> {
    wrong.of("target").map(worded)
}

fn worded(problem: ContactTargetProblem) -> FieldMessage {
    message(Sentence::new(move |language| {
        text::target_problem(language, problem)
    }))
}

fn message(sentence: Sentence) -> FieldMessage {
    FieldMessage {
        field: TARGET,
        sentence,
    }
}
