//! A code to a phone or an address that is typed in the same form: asking for it, counting down, typing
//! it. Knows when the next may be sent; must not know what the code is for.

use std::future::Future;

use contract::codes::CodeSent;
use domain::contacts::{CodeRefusal, ContactKind, NoCodeCause};
use domain::protection::{SensitiveOperation, SixDigits, SixDigitsProblem};
use domain::sign_in::SignInRefusal;
use leptos::prelude::*;

use crate::api::{ApiError, Refused, WrongField};
use crate::form::{FieldMessage, Form};
use crate::text::codes::{self as text, CodeText};
use crate::text::{Language, Sentence, sign_in};
use crate::ui::{CodeField, CodeWords, Disclosure, focus_soon, live, nothing};
use crate::{clock, draft, product};

/// A field for a code and what is known of the last one that was sent.
#[derive(Clone, Copy)]
pub struct SentCode {
    /// The id of its input.
    id: &'static str,
    /// What is typed.
    pub value: FieldValue,
    again_at: RwSignal<Option<f64>>,
    to: RwSignal<String>,
    pending: RwSignal<bool>,
}

use crate::ui::FieldValue;

impl SentCode {
    /// The field; a reload of the page forgets neither where the last code went nor when the next may
    /// follow (V-21).
    #[must_use]
    pub fn new(id: &'static str) -> Self {
        let again_at = draft::read(&again_name(id)).parse().ok();
        Self {
            id,
            value: FieldValue::new(""),
            again_at: RwSignal::new(again_at),
            to: RwSignal::new(draft::read(&to_name(id))),
            pending: RwSignal::new(false),
        }
    }

    /// The field. `send` has a code sent to what is typed in the form.
    #[must_use]
    pub fn view(
        self,
        form: Form,
        language: Language,
        send: impl Fn() + Send + Sync + 'static,
    ) -> AnyView {
        let words = CodeText::of(language);
        let went = live(move || match self.to.with(String::is_empty) {
            true => nothing(),
            false => {
                let sentence = self.to.with(|to| text::sent_to(language, to));
                view! { <p class="field-hint">{sentence}</p> }.into_any()
            }
        });
        view! {
            <CodeField
                id=self.id
                label=words.label
                hint=words.hint
                error=form.error_of(self.id, language)
                value=self.value
                words=CodeWords {
                    send: words.send,
                    sending: words.sending,
                    again: words.again,
                    wait: Callback::new(move |seconds| text::wait(language, seconds)),
                    ready: words.ready,
                }
                again_at=self.again_at
                pending=self.pending
                on_send=move |()| send()
                help=view! {
                    {went}
                    {no_code(&[ContactKind::Email, ContactKind::Phone], language)}
                }
                    .into_any()
            />
        }
        .into_any()
    }

    /// Has a code sent; `of_field` words what is wrong with where it should go.
    pub fn send(
        self,
        form: Form,
        call: impl Future<Output = Result<CodeSent, ApiError>> + 'static,
        of_field: impl Fn(&WrongField) -> Option<FieldMessage> + 'static,
    ) {
        form.clear();
        self.pending.set(true);
        form.call(call, move |answer| {
            self.pending.try_set(false);
            match answer {
                Ok(sent) => {
                    self.note(&sent);
                    focus_soon(self.id);
                }
                Err(error) => form.show_error(&error, &of_field, &refusal),
            }
        });
    }

    /// The same where a proof of who one is may be asked for first (PRT-2); `failed` shows why none went
    /// out.
    pub fn send_proved<F>(
        self,
        form: Form,
        operation: SensitiveOperation,
        call: impl Fn() -> F + 'static,
        failed: impl Fn(&ApiError) + 'static,
    ) where
        F: Future<Output = Result<CodeSent, ApiError>> + 'static,
    {
        if form.pending().get_untracked() {
            return;
        }
        form.clear();
        form.send_proved(operation, call, move |answer| match answer {
            Ok(sent) => {
                self.note(&sent);
                focus_soon(self.id);
            }
            Err(error) => failed(&error),
        });
    }

    /// What is typed, when it can be a code; else what is wrong with it.
    ///
    /// # Errors
    /// The message at the field.
    pub fn read(self) -> Result<String, FieldMessage> {
        let typed = self.value.read();
        match SixDigits::parse(&typed) {
            Ok(_) => Ok(typed),
            Err(problem) => Err(self.message(problem)),
        }
    }

    /// What the server says is wrong with the code, when it does.
    #[must_use]
    pub fn problem(self, wrong: &WrongField) -> Option<FieldMessage> {
        let problem: SixDigitsProblem = wrong.of("code")?;
        Some(self.message(problem))
    }

    /// Forgets everything about the last one, since another phone or address is meant.
    pub fn forget(self) {
        self.value.write("");
        self.again_at.set(None);
        self.to.set(String::new());
        draft::write(&again_name(self.id), "");
        draft::write(&to_name(self.id), "");
    }

    fn note(self, sent: &CodeSent) {
        let again_at = clock::local(sent.resend_at, sent.server_time);
        self.again_at.set(Some(again_at));
        self.to.set(sent.to.clone());
        draft::write(&again_name(self.id), &again_at.to_string());
        draft::write(&to_name(self.id), &sent.to);
    }

    fn message(self, problem: SixDigitsProblem) -> FieldMessage {
        let say = move |language| text::six_digits_problem(language, problem);
        FieldMessage {
            field: self.id,
            sentence: Sentence::new(say),
        }
    }
}

/// Why a code was not sent or not taken, or that too many were asked for.
#[must_use]
pub fn refusal(refused: &Refused) -> Option<Sentence> {
    if let Some(refusal) = refused.of::<CodeRefusal>("code") {
        return Some(Sentence::new(move |language| {
            text::code_refusal(language, refusal)
        }));
    }
    let refusal = refused.of::<SignInRefusal>("sign_in")?;
    Some(Sentence::new(move |language| {
        sign_in::sign_in_refusal(language, refusal)
    }))
}

/// What helps whoever has got no code (CON-11): the usual causes where codes go by these ways.
#[must_use]
pub fn no_code(ways: &[ContactKind], language: Language) -> AnyView {
    let words = CodeText::of(language);
    let mut causes: Vec<NoCodeCause> = Vec::new();
    for cause in ways.iter().flat_map(|kind| NoCodeCause::of(*kind)) {
        if !causes.contains(cause) {
            causes.push(*cause);
        }
    }
    let lines: Vec<_> = causes
        .into_iter()
        .map(|cause| {
            // The real address of this installation, for the filter to let through.
            let sender = match cause {
                NoCodeCause::AdministratorFilter => product::sender(),
                _ => None,
            };
            let sender = sender.map(|sender| text::allow(language, &sender));
            view! { <li>{text::no_code_cause(language, cause)} {sender}</li> }
        })
        .collect();
    view! {
        <Disclosure summary=words.none_came>
            <ul class="bullets">
                <li>{words.none_same}</li>
                {lines}
            </ul>
        </Disclosure>
    }
    .into_any()
}

fn again_name(id: &str) -> String {
    [id, "-again"].concat()
}

fn to_name(id: &str) -> String {
    [id, "-to"].concat()
}
