//! What every form does on submit: one request at a time, every problem at once, nothing typed lost.
//!
//! Knows the protocol of a form; does not know any field, nor what is sent.

use std::future::Future;
use std::pin::Pin;

use domain::protection::SensitiveOperation;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::announce::Announcer;
use crate::api::{ApiError, Refused, WrongField};
use crate::paths;
use crate::session::SessionContext;
use crate::step_up::StepUp;
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, failure};
use crate::ui::{Whole, focus_soon};

/// What is wrong with one field, found by the id of its input.
#[derive(Clone, Debug)]
pub struct FieldMessage {
    /// The id of the input.
    pub field: &'static str,
    /// What is wrong with it.
    pub sentence: Sentence,
}

type Calling<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;
type Call<T> = Box<dyn Fn() -> Calling<T>>;
type Then<T> = Box<dyn FnOnce(Result<T, ApiError>)>;

/// A form's state beside what was typed.
#[derive(Clone, Copy)]
pub struct Form {
    /// The id of the form's summary of what is wrong.
    summary: &'static str,
    fields: RwSignal<Vec<FieldMessage>>,
    whole: RwSignal<Option<Sentence>>,
    /// The rule behind it, for the link to its answer (HLP-2).
    rule: RwSignal<String>,
    pending: RwSignal<bool>,
    announcer: Announcer,
    session: SessionContext,
    /// Found when the form is made: after an answer there is nowhere to look.
    step_up: StepUp,
}

impl Form {
    /// A form whose summary of problems has the id `summary`.
    #[must_use]
    pub fn new(summary: &'static str) -> Self {
        Self {
            summary,
            fields: RwSignal::new(Vec::new()),
            whole: RwSignal::new(None),
            rule: RwSignal::new(String::new()),
            pending: RwSignal::new(false),
            announcer: Announcer::expect(),
            session: SessionContext::expect(),
            step_up: StepUp::expect(),
        }
    }

    /// Whether a submit may go on: not while an earlier one is on its way (V-34). The browser must
    /// never load a page for it (V-36).
    #[must_use]
    pub fn may_submit(self, event: &SubmitEvent) -> bool {
        event.prevent_default();
        !self.pending.get_untracked()
    }

    /// Forgets what was wrong.
    pub fn clear(self) {
        self.fields.set(Vec::new());
        self.whole.set(None);
        self.announcer.show_errors(false);
    }

    /// Shows what is wrong with single fields.
    pub fn show_fields(self, fields: Vec<FieldMessage>) {
        self.whole.set(None);
        self.fields.set(fields);
        self.show();
    }

    /// Shows why the whole request was not carried out.
    pub fn show_whole(self, sentence: Sentence) {
        self.rule.set(String::new());
        self.fields.set(Vec::new());
        self.whole.set(Some(sentence));
        self.show();
    }

    /// Shows an error of a call; `of_field` and `of_refusal` word what only this page can know.
    pub fn show_error(
        self,
        error: &ApiError,
        of_field: &dyn Fn(&WrongField) -> Option<FieldMessage>,
        of_refusal: &dyn Fn(&Refused) -> Option<Sentence>,
    ) {
        let own = match error {
            ApiError::Fields(wrong) => {
                let fields: Vec<_> = wrong.iter().filter_map(of_field).collect();
                if !fields.is_empty() {
                    return self.show_fields(fields);
                }
                None
            }
            ApiError::Refused(refused) => of_refusal(refused),
            _ => None,
        };
        let general = || {
            let error = error.clone();
            Sentence::new(move |language| failure::api_error(language, &error))
        };
        self.show_whole(own.unwrap_or_else(general));
        if let ApiError::Refused(refused) = error {
            self.rule.set(refused.rule().to_owned());
        }
    }

    /// Sends a request and hands its answer on, unless the session has ended meanwhile.
    pub fn send<T: 'static>(
        self,
        call: impl Future<Output = Result<T, ApiError>> + 'static,
        then: impl FnOnce(Result<T, ApiError>) + 'static,
    ) {
        self.pending.set(true);
        spawn_local(async move {
            let answer = call.await;
            if self.is_over(answer.as_ref().err()) {
                then(answer);
            }
        });
    }

    /// The same beside the form's own submit, such as asking for a code: the form stays as it is.
    pub fn call<T: 'static>(
        self,
        call: impl Future<Output = Result<T, ApiError>> + 'static,
        then: impl FnOnce(Result<T, ApiError>) + 'static,
    ) {
        spawn_local(async move {
            let answer = call.await;
            if self.is_answered(answer.as_ref().err()) {
                then(answer);
            }
        });
    }

    /// Sends a request that a sensitive operation is. When it asks for a proof first, the proof is
    /// asked for over the page, everything typed stays, and the request is sent again (PRT-2).
    pub fn send_proved<T, F>(
        self,
        operation: SensitiveOperation,
        call: impl Fn() -> F + 'static,
        then: impl FnOnce(Result<T, ApiError>) + 'static,
    ) where
        T: 'static,
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let call = move || -> Calling<T> { Box::pin(call()) };
        self.prove_and_send(operation, Box::new(call), Box::new(then));
    }

    fn prove_and_send<T: 'static>(
        self,
        operation: SensitiveOperation,
        call: Call<T>,
        then: Then<T>,
    ) {
        let step_up = self.step_up;
        self.send(call(), move |answer| match &answer {
            Err(ApiError::Refused(refused)) if refused.asks_for_proof() => {
                step_up.ask(operation, move || {
                    self.prove_and_send(operation, call, then);
                });
            }
            _ => then(answer),
        });
    }

    /// The answer has come; whether there is still somebody for it.
    fn is_over(self, error: Option<&ApiError>) -> bool {
        // The page may be gone; then there is nothing left to show, and setting does nothing.
        self.pending.try_set(false);
        self.is_answered(error)
    }

    /// Whether there is still somebody for an answer.
    fn is_answered(self, error: Option<&ApiError>) -> bool {
        match error {
            Some(ApiError::SignInRequired) => {
                self.session.ended();
                return false;
            }
            Some(_) => {}
            None => self.session.used(),
        }
        true
    }

    /// Whether a request is on its way.
    #[must_use]
    pub fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// What is wrong with a field, in words, while something is.
    #[must_use]
    pub fn error_of(self, field: &'static str, language: Language) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.fields.with(|fields| {
                fields
                    .iter()
                    .find(|message| message.field == field)
                    .map(|message| message.sentence.say(language))
            })
        })
    }

    /// What is wrong with the fields, in words, each with the id of its input.
    #[must_use]
    pub fn field_errors(self, language: Language) -> Vec<(&'static str, String)> {
        self.fields.with(|fields| {
            fields
                .iter()
                .map(|message| (message.field, message.sentence.say(language)))
                .collect()
        })
    }

    /// Why the whole request was not carried out, in words, with the way to the answer that concerns it
    /// (HLP-2).
    #[must_use]
    pub fn whole_error(self, language: Language) -> Option<Whole> {
        let sentence = self
            .whole
            .with(|whole| whole.as_ref().map(|sentence| sentence.say(language)))?;
        let help = self.rule.with(|rule| paths::help_about(rule));
        let help = help.map(|href| (href, ShellText::of(language).help_on_this));
        Some(Whole { sentence, help })
    }

    /// The id of the summary.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        self.summary
    }

    fn show(self) {
        self.announcer.clear_notice();
        self.announcer.show_errors(true);
        focus_soon(self.summary);
    }
}
