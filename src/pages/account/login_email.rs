//! The page at `/account/login-email`: an address answers a code and signs in from then on (CON-14, CON-15,
//! LGM-3). Knows what is asked for; the rules judge on the server.

use contract::codes::CodeSent;
use domain::contacts::{CodeRefusal, ContactKind};
use domain::identity::{Email, EmailProblem};
use domain::protection::{SensitiveOperation, SixDigitsProblem};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::login_methods::why;
use crate::address::Address;
use crate::announce::Announcer;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::sent_code::no_code;
use crate::text::codes::{self, CodeText};
use crate::text::contacts;
use crate::text::login_methods::LoginMethodText;
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{CodeField, CodeWords, ErrorSummary, Field, FieldValue, SubmitButton, focus_soon};
use crate::{clock, layout, paths};

const EMAIL: &str = "login-email";
const CODE: &str = "login-email-code";
const OPERATION: SensitiveOperation = SensitiveOperation::ChangeLoginMethods;

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let form = LoginEmailForm::new();
    layout::page(
        |language| LoginMethodText::of(language).email_title,
        move |language| form.view(language),
    )
}

#[derive(Clone, Copy)]
struct LoginEmailForm {
    form: Form,
    email: FieldValue,
    code: FieldValue,
    again_at: RwSignal<Option<f64>>,
    sending: RwSignal<bool>,
    address: Address,
    announcer: Announcer,
}

impl LoginEmailForm {
    fn new() -> Self {
        Self {
            form: Form::new("login-email-problems"),
            email: FieldValue::new(""),
            code: FieldValue::new(""),
            again_at: RwSignal::new(None),
            sending: RwSignal::new(false),
            address: Address::expect(),
            announcer: Announcer::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = LoginMethodText::of(language);
        let words = CodeText::of(language);
        let shell = ShellText::of(language);
        let form = self.form;
        view! {
            <p class="lead">{text.email_lead}</p>
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
                    autocomplete="email"
                />
                <CodeField
                    id=CODE
                    label=words.label
                    hint=words.hint
                    error=form.error_of(CODE, language)
                    value=self.code
                    words=CodeWords {
                        send: words.send,
                        sending: words.sending,
                        again: words.again,
                        wait: Callback::new(move |seconds| codes::wait(language, seconds)),
                        ready: words.ready,
                    }
                    again_at=self.again_at
                    pending=self.sending
                    on_send=move |()| self.send_code()
                    help=no_code(&[ContactKind::Email], language)
                />
                <div class="buttons">
                    <SubmitButton
                        label=text.email_save
                        pending_label=text.saving
                        pending=form.pending()
                    />
                    <a class="button" href=paths::account()>
                        {text.back}
                    </a>
                </div>
            </form>
        }
        .into_any()
    }

    /// Whether what was typed is an address; else it is said at the field.
    fn has_address(self) -> bool {
        match Email::parse(&self.email.read()) {
            Ok(_) => true,
            Err(problem) => {
                self.form.show_fields(vec![email_message(problem)]);
                false
            }
        }
    }

    fn send_code(self) {
        if self.form.pending().get_untracked() || !self.has_address() {
            return;
        }
        self.form.clear();
        let call = move || api::account::send_login_email_code(self.email.read());
        self.form
            .send_proved(OPERATION, call, move |answer| match answer {
                Ok(sent) => self.sent(&sent),
                Err(error) => self.refused(&error),
            });
    }

    fn sent(self, sent: &CodeSent) {
        self.again_at
            .set(Some(clock::local(sent.resend_at, sent.server_time)));
        let to = sent.to.clone();
        self.announcer
            .tell(Sentence::new(move |language| codes::sent_to(language, &to)));
        focus_soon(CODE);
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) || !self.has_address() {
            return;
        }
        self.form.clear();
        let call = move || api::account::set_login_email(self.email.read(), self.code.read());
        self.form
            .send_proved(OPERATION, call, move |answer| match answer {
                Ok(_) => {
                    self.announcer.leave_notice(Sentence::new(|language| {
                        LoginMethodText::of(language).email_saved
                    }));
                    self.address.go(paths::account());
                }
                Err(error) => self.refused(&error),
            });
    }

    fn refused(self, error: &ApiError) {
        let of_field = |wrong: &WrongField| {
            if let Some(problem) = wrong.of::<SixDigitsProblem>("code") {
                let say = move |language| codes::six_digits_problem(language, problem);
                let sentence = Sentence::new(say);
                return Some(FieldMessage {
                    field: CODE,
                    sentence,
                });
            }
            wrong.of("email").map(email_message)
        };
        self.form.show_error(error, &of_field, &|refused| {
            if let Some(refusal) = refused.of::<CodeRefusal>("code") {
                return Some(Sentence::new(move |language| {
                    codes::code_refusal(language, refusal)
                }));
            }
            why(refused)
        });
    }
}

fn email_message(problem: EmailProblem) -> FieldMessage {
    FieldMessage {
        field: EMAIL,
        sentence: Sentence::new(move |language| contacts::email_problem(language, problem)),
    }
}
