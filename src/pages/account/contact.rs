//! Contact phone and contact e-mail in their place on Account info: the value that counts, the one that
//! waits, and changing it (CON-6). Knows when to ask; not what is a phone number.

use contract::account::{AccountInfo, ContactShown};
use contract::codes::CodeSent;
use domain::contacts::{CodeRefusal, ContactKind, ContactRefusal};
use domain::identity::{Email, EmailProblem, PhoneNumber, PhoneNumberProblem};
use domain::protection::SixDigitsProblem;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::changes::{self, Fetched};
use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused, WrongField};
use crate::clock;
use crate::form::{FieldMessage, Form};
use crate::load::Load;
use crate::sent_code::no_code;
use crate::text::codes::{self, CodeText};
use crate::text::contacts::{self, ContactText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{
    CodeField, CodeWords, ErrorSummary, Field, FieldValue, PhoneField, SubmitButton, Tag, Tone,
    focus_soon, live, live_text, nothing,
};

/// What is open of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Closed,
    /// The new value is asked for.
    Value,
    /// The code is asked for that went there.
    Code,
}

/// The ids of its parts, which differ for phone and e-mail.
#[derive(Clone, Copy)]
struct Ids {
    value: &'static str,
    code: &'static str,
    change: &'static str,
}

/// One of the two contacts.
#[derive(Clone, Copy)]
pub(super) struct Contact {
    kind: ContactKind,
    ids: Ids,
    /// What is shown when it is open.
    fetched: Fetched,
    /// Why what waits could not be given up, until the form says it.
    not_given_up: RwSignal<Option<ApiError>>,
    form: Form,
    value: FieldValue,
    code: FieldValue,
    stage: RwSignal<Stage>,
    again_at: RwSignal<Option<f64>>,
    sending: RwSignal<bool>,
    account: Load<AccountInfo>,
    announcer: Announcer,
}

impl Contact {
    pub(super) fn new(kind: ContactKind, account: Load<AccountInfo>) -> Self {
        let (ids, summary) = match kind {
            ContactKind::Phone => (
                Ids {
                    value: "contact-phone",
                    code: "contact-phone-code",
                    change: "change-contact-phone",
                },
                "contact-phone-problems",
            ),
            ContactKind::Email => (
                Ids {
                    value: "contact-email",
                    code: "contact-email-code",
                    change: "change-contact-email",
                },
                "contact-email-problems",
            ),
        };
        Self {
            kind,
            ids,
            fetched: Fetched::new(),
            not_given_up: RwSignal::new(None),
            form: Form::new(summary),
            value: FieldValue::new(""),
            code: FieldValue::new(""),
            stage: RwSignal::new(Stage::Closed),
            again_at: RwSignal::new(None),
            sending: RwSignal::new(false),
            account,
            announcer: Announcer::expect(),
        }
    }

    fn shown<R: Default>(self, about: impl FnOnce(&ContactShown) -> R) -> R {
        self.account.with(|account| {
            about(match self.kind {
                ContactKind::Phone => &account.contact_phone,
                ContactKind::Email => &account.contact_email,
            })
        })
    }

    pub(super) fn view(self, language: Language) -> AnyView {
        live(move || match self.stage.get() {
            Stage::Closed => self.closed(language),
            Stage::Value | Stage::Code => self.fetched.show((self, language)),
        })
    }

    fn closed(self, language: Language) -> AnyView {
        let text = ContactText::of(language);
        let value = move || {
            let confirmed = self.shown(|shown| shown.confirmed.clone());
            confirmed.unwrap_or_else(|| text.not_set.to_owned())
        };
        let is_set = self.shown(|shown| shown.confirmed.is_some());
        let label = if is_set { text.change } else { text.set };
        let what = match self.kind {
            ContactKind::Phone => text.contact_phone,
            ContactKind::Email => text.contact_email,
        };
        let waits = live(move || {
            let waits = self.shown(|shown| {
                let waits = shown.pending.as_ref();
                waits.map(|pending| contacts::waits(language, &pending.value, pending.until))
            });
            match waits {
                Some(sentence) => self.waits(sentence, language),
                None => nothing(),
            }
        });
        view! {
            <span>{live_text(value)}</span>
            <button
                type="button"
                id=self.ids.change
                class="button button-quiet"
                on:click=move |_| self.open()
            >
                {label}
                <span class="visually-hidden">" " {what}</span>
            </button>
            {waits}
            {self.fetched.problem(language)}
        }
        .into_any()
    }

    /// What waits, and what can be done about it (ACC-13).
    fn waits(self, sentence: String, language: Language) -> AnyView {
        let text = ContactText::of(language);
        view! {
            <div class="waits">
                <p>
                    <Tag tone=Tone::Caution text=text.pending />
                    " "
                    {sentence}
                </p>
                <div class="buttons">
                    <button type="button" class="button" on:click=move |_| self.go_on()>
                        {text.enter_code}
                    </button>
                    <button
                        type="button"
                        class="button button-quiet"
                        on:click=move |_| self.open()
                    >
                        {text.correct}
                    </button>
                    <button
                        type="button"
                        class="button button-quiet"
                        on:click=move |_| self.give_up()
                    >
                        {text.give_up}
                    </button>
                </div>
            </div>
        }
        .into_any()
    }

    fn asks_for_value(self, language: Language) -> AnyView {
        let text = ContactText::of(language);
        let error = self.form.error_of(self.ids.value, language);
        let field = match self.kind {
            ContactKind::Phone => view! {
                <PhoneField
                    id=self.ids.value
                    label=text.new_phone
                    hint=text.new_phone_hint
                    error
                    value=self.value
                />
            }
            .into_any(),
            ContactKind::Email => view! {
                <Field
                    id=self.ids.value
                    label=text.new_email
                    error
                    value=self.value
                    kind="email"
                    autocomplete="email"
                />
            }
            .into_any(),
        };
        self.around(
            field,
            (text.propose, text.sending),
            language,
            move |event| self.propose(event),
        )
    }

    fn asks_for_code(self, language: Language) -> AnyView {
        let text = ContactText::of(language);
        let words = CodeText::of(language);
        let to = move || {
            let to = self.shown(|shown| shown.pending.as_ref().map(|it| it.value.clone()));
            to.map_or_else(String::new, |to| codes::sent_to(language, &to))
        };
        let field = view! {
            <p>{live_text(to)}</p>
            <CodeField
                id=self.ids.code
                label=words.label
                hint=words.hint
                error=self.form.error_of(self.ids.code, language)
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
                on_send=move |()| self.send_again()
                help=no_code(&[self.kind], language)
            />
        };
        self.around(
            field.into_any(),
            (text.confirm, text.confirming),
            language,
            move |event| self.confirm(event),
        )
    }

    fn around(
        self,
        field: AnyView,
        (label, pending_label): (&'static str, &'static str),
        language: Language,
        submit: impl Fn(&SubmitEvent) + 'static,
    ) -> AnyView {
        let shell = ShellText::of(language);
        let form = self.form;
        view! {
            <form class="form" novalidate on:submit=move |event| submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=shell.problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                {field}
                <div class="buttons">
                    <SubmitButton label pending_label pending=form.pending() />
                    <button type="button" class="button" on:click=move |_| self.close()>
                        {shell.cancel}
                    </button>
                </div>
            </form>
        }
        .into_any()
    }

    fn open(self) {
        self.announcer.clear_notice();
        self.form.clear();
        self.fetched.fetch(changes::At::Contact, move || {
            self.stage.set(Stage::Value);
            focus_soon(self.ids.value);
        });
    }

    fn go_on(self) {
        self.announcer.clear_notice();
        self.form.clear();
        let again_at = self.account.with(|account| {
            let shown = match self.kind {
                ContactKind::Phone => &account.contact_phone,
                ContactKind::Email => &account.contact_email,
            };
            let resend_at = shown.pending.as_ref()?.resend_at?;
            Some(clock::local(resend_at, account.server_time))
        });
        if self.again_at.get_untracked().is_none() {
            // A code that was sent earlier can be sent again now.
            self.again_at.set(again_at.or(Some(0.0)));
        }
        self.fetched.fetch(changes::At::Contact, move || {
            self.stage.set(Stage::Code);
            focus_soon(self.ids.code);
        });
    }

    fn close(self) {
        self.form.clear();
        self.stage.set(Stage::Closed);
        focus_soon(self.ids.change);
    }

    fn propose(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let typed = self.value.read();
        let problem = match self.kind {
            ContactKind::Phone => PhoneNumber::parse(&typed).err().map(|it| self.phone(it)),
            ContactKind::Email => Email::parse(&typed).err().map(|it| self.email(it)),
        };
        if let Some(problem) = problem {
            return self.form.show_fields(vec![problem]);
        }
        self.form.clear();
        let call = api::account::propose_contact(self.kind, typed);
        self.form.send(call, move |answer| match answer {
            Ok(sent) => {
                self.sent(&sent);
                self.code.write("");
                self.account.again();
                self.stage.set(Stage::Code);
                focus_soon(self.ids.code);
            }
            Err(error) => self.refused(&error),
        });
    }

    fn send_again(self) {
        self.form.clear();
        self.sending.set(true);
        let call = api::account::resend_contact_code(self.kind);
        self.form.call(call, move |answer| {
            self.sending.try_set(false);
            match answer {
                Ok(sent) => self.sent(&sent),
                Err(error) => self.refused(&error),
            }
        });
    }

    fn sent(self, sent: &CodeSent) {
        let again_at = clock::local(sent.resend_at, sent.server_time);
        self.again_at.set(Some(again_at));
    }

    fn confirm(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        self.form.clear();
        let call = api::account::confirm_contact(self.kind, self.code.read());
        self.form.send(call, move |answer| match answer {
            Ok(()) => self.done(|language| ContactText::of(language).confirmed),
            Err(error) => self.refused(&error),
        });
    }

    fn give_up(self) {
        self.form.clear();
        let call = api::account::cancel_contact(self.kind);
        self.form.send(call, move |answer| match answer {
            Ok(()) => self.done(|language| ContactText::of(language).given_up),
            Err(error) => {
                self.not_given_up.set(Some(error));
                self.go_on();
            }
        });
    }

    fn done(self, said: fn(Language) -> &'static str) {
        self.value.write("");
        self.code.write("");
        self.again_at.set(None);
        self.account.again();
        self.close();
        self.announcer.tell(Sentence::new(said));
    }

    fn refused(self, error: &ApiError) {
        let of_field = |wrong: &WrongField| {
            if let Some(problem) = wrong.of::<SixDigitsProblem>("code") {
                let say = move |language| codes::six_digits_problem(language, problem);
                return Some(message(self.ids.code, Sentence::new(say)));
            }
            match self.kind {
                ContactKind::Phone => wrong.of("value").map(|it| self.phone(it)),
                ContactKind::Email => wrong.of("value").map(|it| self.email(it)),
            }
        };
        self.form
            .show_error(error, &of_field, &|refused| self.why(refused));
    }

    fn why(self, refused: &Refused) -> Option<Sentence> {
        if let Some(refusal) = refused.of::<CodeRefusal>("code") {
            return Some(Sentence::new(move |language| {
                codes::code_refusal(language, refusal)
            }));
        }
        let refusal = refused.of::<ContactRefusal>("contact")?;
        let kind = self.kind;
        Some(Sentence::new(move |language| {
            contacts::contact_refusal(language, kind, refusal).unwrap_or_default()
        }))
    }

    fn phone(self, problem: PhoneNumberProblem) -> FieldMessage {
        let say = move |language| contacts::phone_problem(language, problem);
        message(self.ids.value, Sentence::new(say))
    }

    fn email(self, problem: EmailProblem) -> FieldMessage {
        let say = move |language| contacts::email_problem(language, problem);
        message(self.ids.value, Sentence::new(say))
    }
}

/// The form of the contact that is open.
pub(super) fn form() -> AnyView {
    let (contact, language) = expect_context::<(Contact, Language)>();
    let error = contact.not_given_up.try_update_untracked(Option::take);
    if let Some(error) = error.flatten() {
        contact.refused(&error);
    }
    match contact.stage.get_untracked() {
        Stage::Value => contact.asks_for_value(language),
        Stage::Closed | Stage::Code => contact.asks_for_code(language),
    }
}

fn message(field: &'static str, sentence: Sentence) -> FieldMessage {
    FieldMessage { field, sentence }
}
