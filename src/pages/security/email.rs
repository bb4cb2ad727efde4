//! The page at `/security/email`: the original address agrees and the new one answers (CON-5). Knows the two
//! steps; the rules judge on the server, which also keeps the change over a reload.

use contract::security::{EmailChanged, EmailStep, PendingEmail, SecurityOverview};
use domain::contacts::ContactRefusal;
use domain::identity::{Email, EmailProblem};
use domain::protection::SensitiveOperation;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::change::{around, back, why};
use crate::announce::Announcer;
use crate::api::{self, ApiError, WrongField};
use crate::end_others::EndOthers;
use crate::form::{FieldMessage, Form};
use crate::layout;
use crate::load::Load;
use crate::sent_code::SentCode;
use crate::text::contacts::email_problem;
use crate::text::security::{self as words, SecurityText};
use crate::text::{Language, Sentence, codes};
use crate::ui::{Field, FieldValue, Notice, NoticeKind, Steps, focus_soon, live, live_text};

const EMAIL: &str = "new-email";
const ORIGINAL: &str = "original-email-code";
const NEW: &str = "new-email-code";
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
    /// One field for each step, so that the wait for one says nothing about the other.
    original: SentCode,
    new: SentCode,
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
            original: SentCode::new(ORIGINAL),
            new: SentCode::new(NEW),
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
            <p>{text.email_now} ": " <strong class="number">{live_text(now)}</strong></p>
            {content}
            {self.end_others.view(language)}
        }
        .into_any()
    }

    fn asks_for_address(self, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let form = self.form;
        let known = self.security.ready_untracked();
        let is_change = known.is_some_and(|known| known.email.is_some());
        let field = view! {
            {steps(language, is_change, 0)}
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
        let is_change = pending.original.is_some();
        let current = match (step, is_change) {
            (EmailStep::Original, _) | (EmailStep::New, false) => 1,
            (EmailStep::New, true) => 2,
        };
        let to = match step {
            EmailStep::Original => pending.original.clone().unwrap_or_default(),
            EmailStep::New => pending.wished.clone(),
        };
        let stays = is_change.then_some(text.email_stays);
        let fields = view! {
            {steps(language, is_change, current)}
            <p>{waits} " " {stays}</p>
            <p>{codes::will_go_to(language, &to)}</p>
            {self.code(step).view(form, language, move || self.send_code(step))}
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
                Ok(pending) => {
                    self.new.forget();
                    self.security.again();
                    self.send_code(pending.step);
                }
                Err(error) => self.refused(&error),
            });
    }

    const fn code(self, step: EmailStep) -> SentCode {
        match step {
            EmailStep::Original => self.original,
            EmailStep::New => self.new,
        }
    }

    /// Has the code sent that is awaited; where a step begins, nobody has to ask for it.
    fn send_code(self, step: EmailStep) {
        let call = api::security::send_email_change_code();
        self.code(step).send(self.form, call, |_| None);
    }

    fn confirm(self, event: &SubmitEvent, step: EmailStep) {
        if !self.form.may_submit(event) {
            return;
        }
        let code = match self.code(step).read() {
            Ok(code) => code,
            Err(message) => return self.form.show_fields(vec![message]),
        };
        self.form.clear();
        let call = api::security::confirm_email_change(step, code);
        self.form.send(call, move |answer| match answer {
            Ok(confirmed) => {
                self.code(step).forget();
                self.security.again();
                if let Some(pending) = confirmed.pending {
                    self.send_code(pending.step);
                }
                if let Some(changed) = confirmed.changed {
                    self.end_others.ask(changed.offer_to_end);
                    self.changed.set(Some(changed));
                    focus_soon("email-done");
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
                self.original.forget();
                self.new.forget();
                self.security.again();
                self.announcer.tell(Sentence::new(|language| {
                    SecurityText::of(language).email_canceled
                }));
            }
            Err(error) => self.refused(&error),
        });
    }

    fn refused(self, error: &ApiError) {
        let waits = self.security.ready_untracked();
        let step = waits.and_then(|known| known.email_change.map(|change| change.step));
        let of_field = |wrong: &WrongField| {
            let of_code = step.and_then(|step| self.code(step).problem(wrong));
            of_code.or_else(|| wrong.of("email").map(message))
        };
        // The present address is refused beside its field.
        if let ApiError::Refused(refused) = error
            && let Some(ContactRefusal::SameEmail) = refused.of("contact")
            && let Some(sentence) = why(refused)
        {
            let field = EMAIL;
            return self
                .form
                .show_fields(vec![FieldMessage { field, sentence }]);
        }
        self.form.show_error(error, &of_field, &why);
        // Another tab may have given the change up or gone on with it.
        if let ApiError::Refused(refused) = error
            && let Some(ContactRefusal::NoEmailChange) = refused.of("contact")
        {
            self.security.again();
        }
    }
}

fn steps(language: Language, is_change: bool, current: usize) -> AnyView {
    let text = SecurityText::of(language);
    let steps = match is_change {
        true => vec![text.step_email, text.step_original, text.step_new],
        false => vec![text.step_email, text.step_new],
    };
    view! {
        <Steps label=text.steps steps current=Signal::stored(current) done=text.step_done />
    }
    .into_any()
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
