//! The page at `/sign-in/sub-user` (SGN-14). Knows what is asked for; not whether it is right.

use contract::session::{SignInAnswer, SignInSubUser};
use domain::account::{AccountId, AccountRefusal};
use domain::sign_in::{PasswordProblem, SignInRefusal, SubUserSignIn, SubUserSignInProblem};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::Address;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::puzzle::PersonCheck;
use crate::session::SessionContext;
use crate::text::shell::ShellText;
use crate::text::sign_in::{self, SignInText};
use crate::text::{Language, Sentence};
use crate::ui::{ErrorSummary, Field, FieldValue, PasswordField, SubmitButton};
use crate::{layout, paths};

const ROOT: &str = "root";
const USER: &str = "user-name";
const PASSWORD: &str = "password";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let form = SubUserForm::new();
    layout::page(
        |language| SignInText::of(language).sub_title,
        move |language| form.view(language),
    )
}

#[derive(Clone, Copy)]
struct SubUserForm {
    form: Form,
    root: FieldValue,
    user: FieldValue,
    password: FieldValue,
    check: PersonCheck,
    session: SessionContext,
    address: Address,
}

impl SubUserForm {
    fn new() -> Self {
        Self {
            form: Form::new("sub-user-problems"),
            root: FieldValue::new(""),
            user: FieldValue::new(""),
            password: FieldValue::new(""),
            check: PersonCheck::new(),
            session: SessionContext::expect(),
            address: Address::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = SignInText::of(language);
        let shell = ShellText::of(language);
        let form = self.form;
        view! {
            <p class="lead">{text.sub_lead}</p>
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=shell.problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <Field
                    id=ROOT
                    label=text.root
                    hint=text.root_hint
                    error=form.error_of(ROOT, language)
                    value=self.root
                    autocomplete="organization"
                />
                <Field
                    id=USER
                    label=text.user_name
                    error=form.error_of(USER, language)
                    value=self.user
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
                {self.check.view(form, None, language)}
                <SubmitButton label=text.submit pending_label=text.pending pending=form.pending() />
            </form>
            <nav class="other-ways" aria-label=text.other_ways>
                <a href=paths::sign_in()>{text.back_to_owner}</a>
            </nav>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let mut problems = Vec::new();
        if let Err(wrong) = SubUserSignIn::parse(&self.root.read(), &self.user.read()) {
            problems.extend(wrong.into_iter().map(name_message));
        }
        if self.password.read().is_empty() {
            problems.push(password_message(PasswordProblem::Empty));
        }
        if !problems.is_empty() {
            return self.form.show_fields(problems);
        }
        self.form.clear();
        self.send();
    }

    fn send(self) {
        let call = async move {
            let captcha = self.check.proof().await?;
            let typed = SignInSubUser {
                // As the rule book spells it, without blanks and full-width digits.
                root: AccountId::parse(&self.root.read())
                    .map_or_else(|_| self.root.read(), |root| root.to_string()),
                user_name: self.user.read(),
                password: self.password.read(),
                captcha,
            };
            api::session::sign_in_sub_user(typed).await
        };
        self.form.send(call, move |answer| match answer {
            Ok(SignInAnswer::SignedIn(session)) => self.session.set(&session),
            Ok(SignInAnswer::SecondStep(_)) => {
                let next = self.address.query(paths::NEXT);
                let step = paths::then(paths::second_step(), next.as_deref());
                self.address.go(&step);
            }
            Err(ApiError::Refused(refused)) if self.check.asked_by(&refused) => self.send(),
            Err(error) => self.show(&error),
        });
    }

    fn show(self, error: &ApiError) {
        let of_field = |wrong: &WrongField| match wrong.field() {
            "root" => Some(fixed(ROOT, |language| SignInText::of(language).wrong_root)),
            "user_name" => Some(fixed(USER, |language| {
                SignInText::of(language).wrong_user_name
            })),
            _ => wrong.of(PASSWORD).map(password_message),
        };
        self.form.show_error(error, &of_field, &|refused| {
            if let Some(AccountRefusal::Locked { .. }) = refused.of("account") {
                return Some(Sentence::new(|language| SignInText::of(language).locked));
            }
            let refusal = refused.of::<SignInRefusal>("sign_in")?;
            Some(Sentence::new(move |language| {
                sign_in::sub_user_refusal(language, refusal)
            }))
        });
    }
}

fn name_message(problem: SubUserSignInProblem) -> FieldMessage {
    match problem {
        SubUserSignInProblem::Root { .. } => {
            fixed(ROOT, |language| SignInText::of(language).wrong_root)
        }
        SubUserSignInProblem::Name { .. } => {
            fixed(USER, |language| SignInText::of(language).wrong_user_name)
        }
    }
}

fn password_message(problem: PasswordProblem) -> FieldMessage {
    FieldMessage {
        field: PASSWORD,
        sentence: Sentence::new(move |language| sign_in::password_problem(language, problem)),
    }
}

fn fixed(field: &'static str, say: fn(Language) -> &'static str) -> FieldMessage {
    FieldMessage {
        field,
        sentence: Sentence::new(say),
    }
}
