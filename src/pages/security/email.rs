//! The page at `/security/email`: the original address agrees and the new one answers (CON-5). Knows the two
//! steps; the rules judge on the server, which also keeps the change over a reload.

use contract::security::{EmailChanged, EmailStep, PendingEmail, SecurityOverview};
use domain::identity::{Email, EmailProblem};
use domain::protection::SensitiveOperation;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::change::{around, back, why};
use super::end_others::EndOthers;
use crate::announce::Announcer;
use crate::api::{self, ApiError, WrongField};
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::load::Load;
use crate::sent_code::SentCode;
use crate::text::contacts::email_problem;
use crate::text::security::{self as words, SecurityText};
use crate::text::{Language, Sentence};
use crate::ui::{
    Field, FieldValue, Notice, NoticeKind, Steps, focus_soon, live, live_text, nothing,
};

const EMAIL: &str = "new-email";
const CODE: &str = "email-change-code";
const OPERATION: SensitiveOperation = SensitiveOperation::ChangeSecurityEmail;

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let page = EmailPage::new();
    layout::page(
        |language| SecurityText::of(language).email,
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct EmailPage {
    security: Load<SecurityOverview>,
    form: Form,
    email: FieldValue,
    code: SentCode,
    changed: RwSignal<Option<EmailChanged>>,
    end_others: EndOthers,
    announcer: Announcer,
}

impl EmailPage {
    fn new() -> Self {
        Self {
            security: Load::start(api::security::overview),
            form: Form::new("email-problems"),
            email: FieldValue::new(""),
            code: SentCode::new(CODE),
            changed: RwSignal::new(None),
            end_others: EndOthers::new(),
            announcer: Announcer::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let now = move || {
            let email = self.security.with(|security| security.email.clone());
            email.map_or_else(|| text.not_bound.to_owned(), |email| email.masked)
        };
        let pending =
            Memo::new(move |_| self.security.with(|security| security.email_change.clone()));
        let content = layout::loaded(self.security, language, move || {
            live(move || match (self.changed.get(), pending.get()) {
                (Some(changed), _) => done(&changed, language),
                (None, Some(pending)) => self.asks_for_code(&pending, language),
                (None, None) => self.asks_for_address(language),
            })
        });
        view! {
            <p class="lead">{text.email_lead}</p>
            <p>{text.email_now} ": " <strong>{live_text(now)}</strong></p>
            {content}
            {self.end_others.view(language)}
        }
        .into_any()
    }

    fn asks_for_address(self, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let form = self.form;
        let field = view! {
            <Field
                id=EMAIL
                label=text.email_label
                error=form.error_of(EMAIL, language)
                value=self.email
                kind="email"
                autocomplete="email"
            />
        };
        around(
            form,
            field.into_any(),
            text.email_start,
            language,
            move |event| {
                self.start(event);
            },
        )
    }

    fn asks_for_code(self, pending: &PendingEmail, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let form = self.form;
        let step = pending.step;
        let waits = words::email_waits(language, &pending.wished, pending.lapses_at);
        let (current, title) = match step {
            EmailStep::Original => (0, text.email_original),
            EmailStep::New => (1, text.email_new),
        };
        let steps = match &pending.original {
            Some(_) => view! {
                <Steps
                    label=text.email
                    steps=vec![text.email_original, text.email_new]
                    current=Signal::stored(current)
                    done=text.bound
                />
            }
            .into_any(),
            None => nothing(),
        };
        let to = match step {
            EmailStep::Original => pending.original.clone().unwrap_or_default(),
            EmailStep::New => pending.wished.clone(),
        };
        let fields = view! {
            {steps}
            <p>{waits} " " {text.email_stays}</p>
            <h2>{title}</h2>
            <p>{to}</p>
            {self.code.view(form, language, move || self.send_code())}
        };
        view! {
            {around(
                form,
                fields.into_any(),
                text.email_confirm,
                language,
                move |event| { self.confirm(event, step) },
            )}
            <p>
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| self.give_up()
                >
                    {text.email_cancel}
                </button>
            </p>
        }
        .into_any()
    }

    fn start(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let typed = self.email.read();
        if let Err(problem) = Email::parse(&typed) {
            return self.form.show_fields(vec![message(problem)]);
        }
        self.form.clear();
        let call = move || api::security::start_email_change(typed.clone());
        self.form
            .send_proved(OPERATION, call, move |answer| match answer {
                Ok(_) => {
                    self.code.forget();
                    self.security.again();
                    focus_soon(CODE);
                }
                Err(error) => self.refused(&error),
            });
    }

    fn send_code(self) {
        self.code.send_proved(
            self.form,
            OPERATION,
            api::security::send_email_change_code,
            |_| None,
            why,
        );
    }

    fn confirm(self, event: &SubmitEvent, step: EmailStep) {
        if !self.form.may_submit(event) {
            return;
        }
        let code = match self.code.read() {
            Ok(code) => code,
            Err(message) => return self.form.show_fields(vec![message]),
        };
        self.form.clear();
        let call = move || api::security::confirm_email_change(step, code.clone());
        self.form
            .send_proved(OPERATION, call, move |answer| match answer {
                Ok(confirmed) => {
                    self.code.forget();
                    self.security.again();
                    if let Some(changed) = confirmed.changed {
                        self.end_others.ask(changed.offer_to_end);
                        self.changed.set(Some(changed));
                        focus_soon("email-done");
                    } else {
                        focus_soon(CODE);
                    }
                }
                Err(error) => self.refused(&error),
            });
    }

    fn give_up(self) {
        self.form.clear();
        let call = api::security::cancel_email_change();
        self.form.send(call, move |answer| match answer {
            Ok(()) => {
                self.code.forget();
                self.security.again();
                self.announcer.tell(Sentence::new(|language| {
                    SecurityText::of(language).email_canceled
                }));
            }
            Err(error) => self.refused(&error),
        });
    }

    fn refused(self, error: &ApiError) {
        let code = self.code;
        let of_field = |wrong: &WrongField| {
            code.problem(wrong)
                .or_else(|| wrong.of("email").map(message))
        };
        self.form.show_error(error, &of_field, &why);
        if matches!(error, ApiError::Refused(_)) {
            self.security.again();
        }
    }
}

fn done(changed: &EmailChanged, language: Language) -> AnyView {
    let text = SecurityText::of(language);
    let new = changed.new.clone();
    view! {
        <Notice kind=NoticeKind::Success>
            <p id="email-done" tabindex="-1">
                {text.email_changed}
                ": "
                {new}
            </p>
        </Notice>
        <p>{back(language)}</p>
    }
    .into_any()
}

fn message(problem: EmailProblem) -> FieldMessage {
    FieldMessage {
        field: EMAIL,
        sentence: Sentence::new(move |language| email_problem(language, problem)),
    }
}
