//! The page at `/sign-in`. Knows what is asked for; not whether it is right.

use contract::session::SignInAnswer;
use domain::identity::{Email, EmailProblem};
use domain::sign_in::{PasswordProblem, SignInRefusal};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::Address;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::paths;
use crate::session::SessionContext;
use crate::text::shell::ShellText;
use crate::text::sign_in::{self, SignInText};
use crate::text::{Language, Sentence};
use crate::ui::{ErrorSummary, Field, FieldValue, PasswordField, SubmitButton};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let form = SignInForm::new();
    layout::page(
        |language| SignInText::of(language).title,
        move |language| form.view(language),
    )
}

const EMAIL: &str = "email";
const PASSWORD: &str = "password";

/// What was typed, and what became of it.
#[derive(Clone, Copy)]
struct SignInForm {
    form: Form,
    email: FieldValue,
    password: FieldValue,
    session: SessionContext,
}

impl SignInForm {
    fn new() -> Self {
        Self {
            form: Form::new("sign-in-problems"),
            email: FieldValue::new(""),
            password: FieldValue::new(""),
            session: SessionContext::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = SignInText::of(language);
        let shell = ShellText::of(language);
        let form = self.form;
        view! {
            <p class="lead">{text.lead}</p>
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=shell.problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <Field
                    id=EMAIL
                    label=text.email
                    error=form.error_of(EMAIL, language)
                    value=self.email
                    kind="email"
                    autocomplete="username"
                />
                <PasswordField
                    id=PASSWORD
                    label=text.password
                    error=form.error_of(PASSWORD, language)
                    value=self.password
                    autocomplete="current-password"
                    show_label=shell.show_password
                    hide_label=shell.hide_password
                />
                <SubmitButton label=text.submit pending_label=text.pending pending=form.pending() />
            </form>
            <p class="other-ways">
                <a class="button" href=with_passkey()>
                    {text.passkey}
                </a>
            </p>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let (email, password) = (self.email.read(), self.password.read());
        let mut problems = Vec::new();
        if let Err(problem) = Email::parse(&email) {
            problems.push(email_message(problem));
        }
        // Whether it is a good password was asked when it was chosen; here it is right or wrong.
        if password.is_empty() {
            problems.push(password_message(PasswordProblem::Empty));
        }
        if !problems.is_empty() {
            return self.form.show_fields(problems);
        }
        self.form.clear();
        self.form
            .send(api::session::sign_in(email, password), move |answer| {
                match answer {
                    // The route table leads on to where the person wanted to go.
                    Ok(SignInAnswer::SignedIn(session)) => self.session.set(&session),
                    Ok(SignInAnswer::SecondStep(_)) => {}
                    Err(error) => self.show(&error),
                }
            });
    }

    fn show(self, error: &ApiError) {
        let of_field = |wrong: &WrongField| {
            // However an address is misspelt, the sentence is the same, so what it is need not be known.
            let email = (wrong.field() == EMAIL).then(|| email_message(EmailProblem::NoAt));
            email.or_else(|| wrong.of(PASSWORD).map(password_message))
        };
        self.form.show_error(error, &of_field, &|refused| {
            let refusal = refused.of::<SignInRefusal>("sign_in")?;
            Some(Sentence::new(move |language| {
                sign_in::sign_in_refusal(language, refusal)
            }))
        });
    }
}

/// The other page, from which the person goes on to the same place.
fn with_passkey() -> String {
    let next = Address::expect().query(paths::NEXT);
    paths::sign_in_with_passkey_then(next.as_deref())
}

fn email_message(problem: EmailProblem) -> FieldMessage {
    FieldMessage {
        field: EMAIL,
        sentence: Sentence::new(move |language| sign_in::email_problem(language, problem)),
    }
}

fn password_message(problem: PasswordProblem) -> FieldMessage {
    FieldMessage {
        field: PASSWORD,
        sentence: Sentence::new(move |language| sign_in::password_problem(language, problem)),
    }
}
