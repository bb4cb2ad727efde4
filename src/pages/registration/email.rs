//! The page at `/register/email`: the address and its code. Knows the form; not who has the address.

use domain::identity::{Email, EmailProblem};
use domain::login_methods::LoginMethodRefusal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::{EMAIL_CODE, EMAIL_DRAFT, ENTERPRISE, FOR_WHOM, steps};
use crate::address::Address;
use crate::api::{self, ApiError, Refused, WrongField};
use crate::form::{FieldMessage, Form};
use crate::sent_code::{self, SentCode};
use crate::text::registration::{self as text, RegistrationText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, sign_in};
use crate::ui::{ErrorSummary, Field, FieldValue, SubmitButton};
use crate::{draft, layout, paths};

const EMAIL: &str = "email";

/// The page.
pub(super) fn page() -> AnyView {
    let form = EmailForm::new();
    layout::page(
        |language| RegistrationText::of(language).email_title,
        move |language| form.view(language),
    )
}

/// What was typed, and what became of it.
#[derive(Clone, Copy)]
struct EmailForm {
    form: Form,
    email: FieldValue,
    code: SentCode,
    address: Address,
}

impl EmailForm {
    fn new() -> Self {
        Self {
            form: Form::new("register-problems"),
            email: FieldValue::new(&draft::read(EMAIL_DRAFT)),
            code: SentCode::new(EMAIL_CODE),
            address: Address::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = RegistrationText::of(language);
        let form = self.form;
        let hint = match draft::read(FOR_WHOM) == ENTERPRISE {
            true => text.email_company,
            false => text.email_hint,
        };
        view! {
            {steps(language, 1)}
            <p class="lead">{text.email_lead}</p>
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <Field
                    id=EMAIL
                    label=text.email
                    hint=hint
                    error=form.error_of(EMAIL, language)
                    value=self.email
                    kind="email"
                    autocomplete="email"
                />
                {self.code.view(form, language, move || self.send())}
                <SubmitButton label=text.next pending_label=text.checking pending=form.pending() />
                <p>
                    <a href=paths::register()>{text.back_to_ways}</a>
                </p>
            </form>
        }
        .into_any()
    }

    /// What is typed as address, kept for a reload.
    fn read(self) -> Result<String, FieldMessage> {
        let typed = self.email.read();
        draft::write(EMAIL_DRAFT, &typed);
        match Email::parse(&typed) {
            Ok(_) => Ok(typed),
            Err(problem) => Err(worded(problem)),
        }
    }

    fn send(self) {
        match self.read() {
            Err(message) => self.form.show_fields(vec![message]),
            Ok(email) => {
                let call = api::registration::send_email_code(email);
                self.code.send(self.form, call, problem);
            }
        }
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let (email, code) = match (self.read(), self.code.read()) {
            (Ok(email), Ok(code)) => (email, code),
            (email, code) => {
                let problems = email.err().into_iter().chain(code.err()).collect();
                return self.form.show_fields(problems);
            }
        };
        self.form.clear();
        let call = api::registration::prove_email(email, code);
        self.form.send(call, move |answer| match answer {
            Ok(_) => {
                self.code.forget();
                self.address.go(paths::register_finish());
            }
            Err(error) => self.refused(&error),
        });
    }

    fn refused(self, error: &ApiError) {
        let of_field = |wrong: &WrongField| self.code.problem(wrong).or_else(|| problem(wrong));
        self.form.show_error(error, &of_field, &refusal);
    }
}

fn refusal(refused: &Refused) -> Option<Sentence> {
    if let Some(refusal) = refused.of::<LoginMethodRefusal>("login_method") {
        text::identity_refusal(Language::Chinese, refusal)?;
        return Some(Sentence::new(move |language| {
            text::identity_refusal(language, refusal).unwrap_or_default()
        }));
    }
    sent_code::refusal(refused)
}

fn problem(wrong: &WrongField) -> Option<FieldMessage> {
    // However an address is misspelt, the sentence is the same.
    (wrong.field() == EMAIL).then(|| worded(EmailProblem::NoAt))
}

fn worded(problem: EmailProblem) -> FieldMessage {
    FieldMessage {
        field: EMAIL,
        sentence: Sentence::new(move |language| sign_in::email_problem(language, problem)),
    }
}
