//! Showing that a person is there before a password is tried again: a puzzle that the browser solves by
//! itself, or a code by e-mail in its place (SGN-1). Must not know what is tried.

use contract::captcha::Captcha;
use domain::sign_in::SignInRefusal;
use leptos::prelude::*;

use crate::api::{self, ApiError, Refused, WrongField};
use crate::form::{FieldMessage, Form};
use crate::pow::{self, Progress};
use crate::sent_code::SentCode;
use crate::text::Language;
use crate::text::sign_in::SignInText;
use crate::ui::{live, live_text, nothing};

/// How it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Nobody asked for it yet.
    NotAsked,
    /// The browser solves a puzzle.
    Puzzle,
    /// A code goes to the typed e-mail.
    Code,
}

/// The field with the address that a code goes to.
#[derive(Clone, Copy)]
pub struct Mailbox {
    /// What is typed there.
    pub typed: Callback<(), String>,
    /// The message at the field, when the server says that something is wrong with the address.
    pub problem: fn(&WrongField) -> Option<FieldMessage>,
}

/// What is asked of the person's browser, and how far it is.
#[derive(Clone, Copy)]
pub struct PersonCheck {
    way: RwSignal<Way>,
    progress: RwSignal<Option<Progress>>,
    code: SentCode,
}

impl PersonCheck {
    /// Nothing is asked yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            way: RwSignal::new(Way::NotAsked),
            progress: RwSignal::new(None),
            code: SentCode::new("captcha-code"),
        }
    }

    /// Whether a refusal asks for it; from then on each try brings it along. The try itself can be made
    /// again at once when it has not been asked for before.
    #[must_use]
    pub fn asked_by(self, refused: &Refused) -> bool {
        let asks = refused.of::<SignInRefusal>("sign_in") == Some(SignInRefusal::CaptchaNeeded);
        if asks && self.way.get_untracked() == Way::NotAsked {
            self.way.set(Way::Puzzle);
            return true;
        }
        false
    }

    /// What goes with the next try: nothing, a solved puzzle, or the typed code.
    ///
    /// # Errors
    /// When no puzzle could be had, or this browser found no solution.
    pub async fn proof(self) -> Result<Option<Captcha>, ApiError> {
        match self.way.get_untracked() {
            Way::NotAsked => Ok(None),
            Way::Code => Ok(Some(Captcha::Code {
                code: self.code.value.read(),
            })),
            Way::Puzzle => {
                let asked = api::session::puzzle().await?;
                let puzzle = pow::Puzzle::new(&asked.salt, &asked.challenge, asked.max);
                let progress = Progress::new();
                self.progress.set(Some(progress));
                let number = match puzzle {
                    Some(puzzle) => pow::solve(puzzle, progress).await,
                    None => None,
                };
                self.progress.try_set(None);
                let number = number.ok_or(ApiError::NotAllowed)?;
                Ok(Some(api::session::solved(asked, number)))
            }
        }
    }

    /// What is wrong with the typed code, when a code is typed.
    #[must_use]
    pub fn problem(self) -> Option<FieldMessage> {
        match self.way.get_untracked() {
            Way::Code => self.code.read().err(),
            Way::NotAsked | Way::Puzzle => None,
        }
    }

    /// What is seen of it: that the browser is at work, and the way without a puzzle. `email` is where
    /// a code would go; without one there is only the puzzle.
    #[must_use]
    pub fn view(self, form: Form, email: Option<Mailbox>, language: Language) -> AnyView {
        live(move || match self.way.get() {
            Way::NotAsked => nothing(),
            Way::Puzzle => self.puzzle(email, language),
            Way::Code => self.asks_for_code(form, email, language),
        })
    }

    fn puzzle(self, email: Option<Mailbox>, language: Language) -> AnyView {
        let text = SignInText::of(language);
        let state = move || match self.progress.get() {
            Some(progress) => format!("{} {}%", text.checking, progress.percent().get()),
            None => text.check_hint.to_owned(),
        };
        let other = email.map(|_| {
            view! {
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| self.way.set(Way::Code)
                >
                    {text.code_instead}
                </button>
            }
        });
        view! {
            <div class="person-check">
                <p role="status">{live_text(state)}</p>
                {other}
            </div>
        }
        .into_any()
    }

    fn asks_for_code(self, form: Form, email: Option<Mailbox>, language: Language) -> AnyView {
        let text = SignInText::of(language);
        let send = move || {
            if let Some(Mailbox { typed, problem }) = email {
                let call = api::session::send_captcha_code(typed.run(()));
                self.code.send(form, call, problem);
            }
        };
        view! {
            <div class="person-check">
                <p>{text.code_lead}</p>
                {self.code.view(form, language, send)}
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| self.way.set(Way::Puzzle)
                >
                    {text.puzzle_instead}
                </button>
            </div>
        }
        .into_any()
    }
}

impl Default for PersonCheck {
    fn default() -> Self {
        Self::new()
    }
}
