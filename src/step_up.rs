//! Asking for a proof over whatever page is open, and coming back to it (PRT-2). Knows who waits for
//! the proof; does not know how it is given.

use domain::protection::SensitiveOperation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::language::LanguageContext;
use crate::pages::{self, NewVersion, Page};
use crate::text::proof as text;
use crate::ui::{live, nothing, seconds_until};

/// The app's way to ask for a proof.
#[derive(Clone, Copy)]
pub struct StepUp {
    asked: RwSignal<Option<SensitiveOperation>>,
    then: StoredValue<Option<Box<dyn FnOnce()>>, LocalStorage>,
    /// Until when the last proof counts, on this machine's clock.
    until: RwSignal<Option<f64>>,
}

impl StepUp {
    /// Makes it known to every page.
    pub fn provide() {
        provide_context(Self {
            asked: RwSignal::new(None),
            then: StoredValue::new_local(None),
            until: RwSignal::new(None),
        });
    }

    /// The app's.
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    /// Asks for a proof that `operation` waits for; `then` goes on where it was left, once it was
    /// given. When the person gives up, nothing happens.
    pub fn ask(self, operation: SensitiveOperation, then: impl FnOnce() + 'static) {
        self.then.set_value(Some(Box::new(then)));
        self.asked.set(Some(operation));
    }

    /// What is waited for.
    #[must_use]
    pub fn asked(self) -> Option<SensitiveOperation> {
        self.asked.get()
    }

    /// A proof was given, which counts until `until` on this machine's clock.
    pub fn proved(self, until: f64) {
        self.until.set(Some(until));
        self.asked.set(None);
        if let Some(then) = self.then.try_update_value(Option::take).flatten() {
            then();
        }
    }

    /// The person gave up.
    pub fn give_up(self) {
        self.then.set_value(None);
        self.asked.set(None);
    }
}

/// Where the question appears, and for how long the last proof still counts (PRT-2).
#[component]
pub fn StepUpHost() -> impl IntoView {
    let step_up = StepUp::expect();
    let question = RwSignal::new(None::<Page>);
    let is_new_version = RwSignal::new(false);
    Effect::new(move |_| {
        if step_up.asked().is_none() {
            question.set(None);
            return;
        }
        spawn_local(async move {
            match pages::step_up::open(pages::step_up::At::Question).await {
                Ok(page) => question.set(Some(page)),
                Err(NewVersion) => {
                    step_up.give_up();
                    is_new_version.set(true);
                }
            }
        });
    });
    live(move || {
        if is_new_version.get() {
            return pages::new_version::page();
        }
        match question.get() {
            Some(page) => page.show(),
            None => nothing(),
        }
    })
}

/// How long the last proof still counts, while it does (PRT-2).
#[component]
pub fn ProofLeft() -> impl IntoView {
    let step_up = StepUp::expect();
    let language = LanguageContext::expect();
    let seconds = seconds_until(step_up.until.into());
    let minutes = Memo::new(move |_| seconds.get().div_ceil(60));
    live(move || match minutes.get() {
        0 => nothing(),
        minutes => {
            let words = text::left(language.get(), minutes);
            view! { <p class="proof-left">{words}</p> }.into_any()
        }
    })
}
