//! The page at `/sign-in`. Knows what is asked for; not whether it is right.

use contract::providers::Providers;
use contract::session::{SignIn, SignInAnswer};
use domain::account::AccountRefusal;
use domain::identity::{Email, EmailProblem};
use domain::login_methods::LoginMethodKind;
use domain::sign_in::{PasswordProblem, SignInName, SignInRefusal};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::Address;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::load::Load;
use crate::paths;
use crate::puzzle::{Mailbox, PersonCheck};
use crate::session::SessionContext;
use crate::text::providers::{self as provider_words, ProviderText};
use crate::text::shell::ShellText;
use crate::text::sign_in::{self, SignInText};
use crate::text::{Language, Sentence, codes};
use crate::ui::{
    ErrorSummary, Field, FieldValue, Notice, NoticeKind, PasswordField, SubmitButton, focus_soon,
    live, nothing,
};

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
/// The link of the notice that leads elsewhere.
const ELSEWHERE: &str = "elsewhere";
/// The heading of the ways without a password.
const OTHERS: &str = "other-ways";

/// What was typed, and what became of it.
#[derive(Clone, Copy)]
struct SignInForm {
    form: Form,
    email: FieldValue,
    password: FieldValue,
    session: SessionContext,
    address: Address,
    check: PersonCheck,
    /// What was typed in the place of an address and is something else (REG-3, SGN-14).
    named: RwSignal<Option<SignInName>>,
    /// The services that sign in here (REG-1).
    offered: Load<Providers>,
    /// The password was right, and the account is locked (ACC-14).
    is_locked: RwSignal<bool>,
}

impl SignInForm {
    fn new() -> Self {
        Self {
            form: Form::new("sign-in-problems"),
            email: FieldValue::new(""),
            password: FieldValue::new(""),
            session: SessionContext::expect(),
            address: Address::expect(),
            check: PersonCheck::new(),
            named: RwSignal::new(None),
            offered: Load::start(api::providers::offered),
            is_locked: RwSignal::new(false),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = SignInText::of(language);
        let shell = ShellText::of(language);
        let form = self.form;
        view! {
            <p class="lead">{text.lead}</p>
            {live(move || self.elsewhere(language))}
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
                {self.check.view(form, Some(self.mailbox()), language)}
                <SubmitButton label=text.submit pending_label=text.pending pending=form.pending() />
            </form>
            <div class="other-ways">
                <a href=paths::forgotten()>{text.forgotten}</a>
                <a href=paths::register()>{text.register}</a>
                <a href=paths::sign_in_sub_user()>{text.sub_user}</a>
            </div>
            {live(move || ways(self.offered, language))}
        }
        .into_any()
    }

    /// Where a code goes in the place of a puzzle (SGN-1).
    fn mailbox(self) -> Mailbox {
        Mailbox {
            typed: Callback::new(move |()| self.email.read()),
            problem: |wrong| wrong.of(EMAIL).map(email_message),
        }
    }

    /// The way on for who typed something that is no address, or whose account is locked.
    fn elsewhere(self, language: Language) -> AnyView {
        let text = SignInText::of(language);
        let (sentence, link, words) = if self.is_locked.get() {
            (text.locked, paths::unlock().to_owned(), text.unlock)
        } else {
            match self.named.get() {
                Some(SignInName::Phone(phone)) => (
                    text.phone_is_no_name,
                    paths::forgotten_by(phone.as_str()),
                    text.by_phone,
                ),
                Some(SignInName::Account(_)) => (
                    text.account_is_no_name,
                    paths::sign_in_sub_user().to_owned(),
                    text.sub_user,
                ),
                _ => return nothing(),
            }
        };
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{sentence}</p>
                <p>
                    <a id=ELSEWHERE href=link>
                        {words}
                    </a>
                </p>
            </Notice>
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        self.is_locked.set(false);
        self.named.set(None);
        let (email, password) = (self.email.read(), self.password.read());
        let mut problems = Vec::new();
        if let Err(problem) = Email::parse(&email) {
            let named = SignInName::recognise(&email);
            if matches!(named, SignInName::Phone(_) | SignInName::Account(_)) {
                // Nothing is wrong with it; it leads elsewhere (REG-3).
                self.form.clear();
                self.named.set(Some(named));
                return focus_soon(ELSEWHERE);
            }
            problems.push(email_message(problem));
        }
        // Whether it is a good password was asked when it was chosen; here it is right or wrong.
        if password.is_empty() {
            problems.push(password_message(PasswordProblem::Empty));
        }
        problems.extend(self.check.problem());
        if !problems.is_empty() {
            return self.form.show_fields(problems);
        }
        self.form.clear();
        self.send(email, password);
    }

    fn send(self, email: String, password: String) {
        let typed = (email.clone(), password.clone());
        let call = async move {
            let (email, password) = typed;
            let captcha = self.check.proof().await?;
            let typed = SignIn {
                email,
                password,
                captcha,
            };
            api::session::sign_in(typed).await
        };
        self.form.send(call, move |answer| match answer {
            // The route table leads on to where the person wanted to go.
            Ok(SignInAnswer::SignedIn(session)) => self.session.set(&session),
            Ok(SignInAnswer::SecondStep(_)) => self.address.go(&self.second_step()),
            Err(ApiError::Refused(refused)) if self.check.asked_by(&refused) => {
                self.send(email, password);
            }
            Err(error) => self.show(&error),
        });
    }

    /// The page of the second step, from which the person goes on to the same place.
    fn second_step(self) -> String {
        let next = self.address.query(paths::NEXT);
        paths::then(paths::second_step(), next.as_deref())
    }

    fn show(self, error: &ApiError) {
        let of_field = |wrong: &WrongField| {
            // However an address is misspelt, the sentence is the same, so what it is need not be known.
            let email = (wrong.field() == EMAIL).then(|| email_message(EmailProblem::NoAt));
            email.or_else(|| wrong.of(PASSWORD).map(password_message))
        };
        if let ApiError::Refused(refused) = error
            && let Some(AccountRefusal::Locked { .. }) = refused.of("account")
        {
            self.is_locked.set(true);
            return focus_soon(ELSEWHERE);
        }
        self.form.show_error(error, &of_field, &|refused| {
            if let Some(refusal) = refused.of("code") {
                return Some(Sentence::new(move |language| {
                    codes::code_refusal(language, refusal)
                }));
            }
            let refusal = refused.of::<SignInRefusal>("sign_in")?;
            Some(Sentence::new(move |language| {
                sign_in::sign_in_refusal(language, refusal)
            }))
        });
    }
}

/// Signing in without e-mail and password: by a passkey (MFA-1), and by other services where this
/// installation speaks to some (SGN-5).
fn ways(offered: Load<Providers>, language: Language) -> AnyView {
    let offered = offered.with(|offered| offered.offered.clone());
    let next = Address::expect().query(paths::NEXT);
    let text = ProviderText::of(language);
    let links: Vec<_> = offered
        .into_iter()
        .map(|kind| {
            let (href, words) = match kind {
                LoginMethodKind::Wechat => (
                    paths::then(paths::sign_in_scan(), next.as_deref()),
                    text.scan_sign_in.to_owned(),
                ),
                other => (
                    paths::then(&paths::visit(api::providers::word(other)), next.as_deref()),
                    provider_words::sign_in_with(language, other),
                ),
            };
            view! { <a class="button" href=href>{words}</a> }
        })
        .collect();
    view! {
        <nav class="other-ways" aria-labelledby=OTHERS>
            <h2 id=OTHERS>{text.others}</h2>
            <div class="ways-grid">
                {links}
                <a class="button" href=with_passkey()>
                    {SignInText::of(language).passkey}
                </a>
            </div>
        </nav>
    }
    .into_any()
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
