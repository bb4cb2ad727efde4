//! The page at `/register/finish`: password, security phone and consent, which make the account (REG-3,
//! REG-7). Knows the form; not how the identity was proved.

use contract::registration::{Proved, Register, Registration};
use domain::contacts::ContactRefusal;
use domain::identity::{PhoneNumber, PhoneNumberProblem};
use domain::login_methods::{LoginMethodKind, LoginMethodRefusal};
use domain::registration::RegistrationRefusal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::{EMAIL_DRAFT, FOR_WHOM, PHONE_CODE, PHONE_DRAFT, steps_to, who};
use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused, WrongField};
use crate::form::{FieldMessage, Form};
use crate::load::Load;
use crate::new_password::{self, NewPassword};
use crate::sent_code::{self, SentCode};
use crate::session::SessionContext;
use crate::text::registration::{self as text, RegistrationText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, contacts};
use crate::ui::{
    Checkbox, ErrorSummary, FieldValue, Notice, NoticeKind, PhoneField, SubmitButton, fact, facts,
    nothing,
};
use crate::{draft, layout, paths};

const PHONE: &str = "phone";
const AGREED: &str = "agreed";

/// The page.
pub(super) fn page() -> AnyView {
    let form = FinishForm::new();
    layout::page(
        |language| RegistrationText::of(language).finish_title,
        move |language| {
            let text = RegistrationText::of(language);
            layout::loaded(form.needed, language, move || {
                let proved = form.needed.ready_untracked().and_then(|known| known.proved);
                let Some(proved) = proved else {
                    return nothing_proved(language);
                };
                // Only who registers by e-mail chooses a password.
                let last = match proved.kind {
                    LoginMethodKind::Email => text.step_finish,
                    _ => text.step_finish_only_phone,
                };
                view! {
                    {steps_to(language, 2, last)}
                    {form.view(&proved, language)}
                }
                .into_any()
            })
        },
    )
}

/// What was typed, and what became of it.
#[derive(Clone, Copy)]
struct FinishForm {
    needed: Load<Registration>,
    form: Form,
    password: NewPassword,
    phone: FieldValue,
    code: SentCode,
    agreed: RwSignal<bool>,
    session: SessionContext,
    announcer: Announcer,
}

impl FinishForm {
    fn new() -> Self {
        Self {
            needed: Load::start(api::registration::needed),
            form: Form::new("register-problems"),
            password: NewPassword::new(),
            phone: FieldValue::new(&draft::read(PHONE_DRAFT)),
            code: SentCode::new(PHONE_CODE),
            agreed: RwSignal::new(false),
            session: SessionContext::expect(),
            announcer: Announcer::expect(),
        }
    }

    fn view(self, proved: &Proved, language: Language) -> AnyView {
        let text = RegistrationText::of(language);
        let form = self.form;
        let who = who(proved, language);
        let change = view! { <a href=paths::register()>{text.change}</a> }.into_any();
        let password = match proved.kind {
            LoginMethodKind::Email => {
                let words = (text.password, text.password_hint);
                self.password.view(form, language, words)
            }
            LoginMethodKind::Wechat
            | LoginMethodKind::Qq
            | LoginMethodKind::OfficialAccount
            | LoginMethodKind::Wecom => nothing(),
        };
        view! {
            {facts(vec![fact(text.registers_with, view! { <span>{who}</span> }.into_any(), "", change)])}
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                {password}
                <PhoneField
                    id=PHONE
                    label=text.phone
                    hint=text.phone_hint
                    error=form.error_of(PHONE, language)
                    value=self.phone
                />
                {self.code.view(form, language, move || self.send())}
                <Checkbox
                    id=AGREED
                    label=consent(language)
                    error=form.error_of(AGREED, language)
                    value=self.agreed
                />
                <SubmitButton
                    label=text.register
                    pending_label=text.registering
                    pending=form.pending()
                />
            </form>
        }
        .into_any()
    }

    fn read_phone(self) -> Result<String, FieldMessage> {
        let typed = self.phone.read();
        draft::write(PHONE_DRAFT, &typed);
        match PhoneNumber::parse(&typed) {
            Ok(_) => Ok(typed),
            Err(problem) => Err(worded(problem)),
        }
    }

    fn send(self) {
        match self.read_phone() {
            Err(message) => self.form.show_fields(vec![message]),
            Ok(phone) => {
                let call = api::registration::send_phone_code(phone);
                self.code.send(self.form, call, phone_problem);
            }
        }
    }

    fn submit(self, event: &SubmitEvent) {
        let Some(needed) = self.needed.ready_untracked() else {
            event.prevent_default();
            return;
        };
        if !self.form.may_submit(event) {
            return;
        }
        let is_email = needed
            .proved
            .is_some_and(|proved| proved.kind == LoginMethodKind::Email);
        let password = match is_email {
            true => self.password.read().map(Some),
            false => Ok(None),
        };
        let agreed = match self.agreed.get_untracked() {
            true => Ok(needed.in_force),
            false => Err(FieldMessage {
                field: AGREED,
                sentence: Sentence::new(|language| RegistrationText::of(language).must_agree),
            }),
        };
        let wish = match (password, self.read_phone(), self.code.read(), agreed) {
            (Ok(password), Ok(phone), Ok(code), Ok(agreed)) => Register {
                password,
                phone,
                code,
                agreed: Some(agreed),
                nickname: None,
            },
            (password, phone, code, agreed) => {
                let problems = [password.err(), phone.err(), code.err(), agreed.err()];
                return self
                    .form
                    .show_fields(problems.into_iter().flatten().collect());
            }
        };
        self.form.clear();
        let call = api::registration::register(wish);
        self.form.send(call, move |answer| match answer {
            Ok(session) => {
                self.code.forget();
                for kept in [FOR_WHOM, EMAIL_DRAFT, PHONE_DRAFT] {
                    draft::write(kept, "");
                }
                let done = |language| RegistrationText::of(language).done;
                self.announcer.leave_notice(Sentence::new(done));
                // The route table leads on to Account info.
                self.session.set(&session);
            }
            Err(error) => self.refused(&error),
        });
    }

    fn refused(self, error: &ApiError) {
        if let ApiError::Fields(wrong) = error {
            let password = new_password::problem(wrong);
            let others = wrong
                .iter()
                .filter_map(|wrong| self.code.problem(wrong).or_else(|| phone_problem(wrong)));
            let all: Vec<_> = password.into_iter().chain(others).collect();
            if !all.is_empty() {
                return self.form.show_fields(all);
            }
        }
        if let ApiError::Refused(refused) = error
            && refused.of("registration") == Some(RegistrationRefusal::ConsentOutdated)
        {
            // The new versions are what is agreed to next.
            self.agreed.set(false);
            self.needed.again();
        }
        self.form.show_error(error, &|_| None, &refusal);
    }
}

/// The words beside the box; the texts open in another tab, so that nothing typed is lost.
fn consent(language: Language) -> AnyView {
    let text = RegistrationText::of(language);
    let link = |href: &'static str, words: &'static str| {
        view! {
            <a href=href target="_blank">
                {words}
                <span class="visually-hidden">{text.opens_new}</span>
            </a>
        }
    };
    view! {
        {text.agree_before}
        {link(paths::terms(), text.terms)}
        {text.and}
        {link(paths::privacy(), text.privacy)}
    }
    .into_any()
}

/// Whoever came here without a proved identity, or too late.
fn nothing_proved(language: Language) -> AnyView {
    let text = RegistrationText::of(language);
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>{text.nothing_proved}</p>
            <a class="button button-primary" href=paths::register()>
                {text.choose_way}
            </a>
        </Notice>
    }
    .into_any()
}

fn refusal(refused: &Refused) -> Option<Sentence> {
    if let Some(refusal) = refused.of::<RegistrationRefusal>("registration") {
        return Some(Sentence::new(move |language| {
            text::registration_refusal(language, refusal)
        }));
    }
    if let Some(refusal) = refused.of::<LoginMethodRefusal>("login_method") {
        return Some(Sentence::new(move |language| {
            text::identity_refusal(language, refusal)
        }));
    }
    if let Some(refusal) = refused.of::<ContactRefusal>("contact") {
        text::phone_full(Language::Chinese, refusal)?;
        return Some(Sentence::new(move |language| {
            text::phone_full(language, refusal).unwrap_or_default()
        }));
    }
    sent_code::refusal(refused)
}

fn phone_problem(wrong: &WrongField) -> Option<FieldMessage> {
    wrong.of(PHONE).map(worded)
}

fn worded(problem: PhoneNumberProblem) -> FieldMessage {
    FieldMessage {
        field: PHONE,
        sentence: Sentence::new(move |language| contacts::phone_problem(language, problem)),
    }
}
