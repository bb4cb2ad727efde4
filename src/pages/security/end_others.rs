//! Asks after a change whether the sessions on other devices shall end (SGN-6). Knows how many there
//! are; not where.

use leptos::prelude::*;

use crate::announce::Announcer;
use crate::api;
use crate::form::Form;
use crate::text::security::SecurityText;
use crate::text::{Language, Sentence};
use crate::ui::{live, live_text, nothing};

/// The question, once there is something to ask.
#[derive(Clone, Copy)]
pub(super) struct EndOthers {
    others: RwSignal<u32>,
    form: Form,
    announcer: Announcer,
}

impl EndOthers {
    pub(super) fn new() -> Self {
        Self {
            others: RwSignal::new(0),
            form: Form::new("end-others-problems"),
            announcer: Announcer::expect(),
        }
    }

    /// So many other sessions are open.
    pub(super) fn ask(self, others: u32) {
        self.others.set(others);
    }

    pub(super) fn view(self, language: Language) -> AnyView {
        live(move || {
            if self.others.get() == 0 {
                return nothing();
            }
            let text = SecurityText::of(language);
            let pending = self.form.pending();
            let words = move || {
                let words = if pending.get() {
                    text.ending
                } else {
                    text.end_others
                };
                words.to_owned()
            };
            view! {
                <div class="notice notice-warning">
                    <p>{text.end_others_question}</p>
                    {super::change::summary(self.form, language)}
                    <div class="buttons">
                        <button
                            type="button"
                            class="button button-primary"
                            on:click=move |_| self.end()
                        >
                            {live_text(words)}
                        </button>
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| self.others.set(0)
                        >
                            {text.keep}
                        </button>
                    </div>
                </div>
            }
            .into_any()
        })
    }

    fn end(self) {
        if self.form.pending().get_untracked() {
            return;
        }
        self.form.clear();
        let call = api::security::end_other_sessions();
        self.form.send(call, move |answer| match answer {
            Ok(()) => {
                self.others.set(0);
                self.announcer
                    .tell(Sentence::new(|language| SecurityText::of(language).ended));
            }
            Err(error) => self.form.show_error(&error, &|_| None, &|_| None),
        });
    }
}
