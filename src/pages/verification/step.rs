//! What a person does to be verified: a code to scan, QQ's page, a face to show. Knows when it is done;
//! must not know what was typed.

use std::rc::Rc;
use std::time::Duration;

use contract::verification::NextStep;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::scanning::{self, Scanning};
use crate::text::Language;
use crate::text::verification::VerificationText;
use crate::ui::{QrCode, live};

/// How often the server is asked how a face check stands.
const POLL_EVERY: Duration = Duration::from_millis(1500);

/// Looks whether there is a result.
type Look = Rc<dyn Fn()>;

/// The step that was begun.
#[derive(Clone, Copy)]
pub(super) struct Doing {
    step: RwSignal<Option<NextStep>>,
    is_over: RwSignal<bool>,
    scanning: Scanning,
}

impl Doing {
    /// Nothing is begun; `look` is called whenever there may be a result.
    pub(super) fn new(look: Look) -> Self {
        let step = RwSignal::new(None);
        // The first code came with the answer to the form; later ones are made anew.
        let fresh = StoredValue::new(None);
        let begin: scanning::Begin = Rc::new(move || {
            Box::pin(async move {
                if let Some(shown) = fresh.try_update_value(Option::take).flatten() {
                    return Ok(shown);
                }
                match api::verification::resume_person().await? {
                    NextStep::Scan { scan } => Ok(scan),
                    NextStep::Visit { .. } | NextStep::Face { .. } => Err(api::ApiError::NotFound),
                }
            })
        });
        let confirmed = Rc::clone(&look);
        let scanning = Scanning::new(begin, Rc::new(move |_| confirmed()));
        let doing = Self {
            step,
            is_over: RwSignal::new(false),
            scanning,
        };
        // A code shows by itself when it was begun.
        Effect::new(move |_| {
            if let Some(NextStep::Scan { scan }) = step.get() {
                fresh.set_value(Some(scan));
                scanning.show();
            }
        });
        let look = StoredValue::new_local(look);
        let watch = set_interval_with_handle(move || doing.watch(look), POLL_EVERY);
        on_cleanup(move || {
            if let Ok(watch) = watch {
                watch.clear();
            }
        });
        doing
    }

    /// Whether something was begun here.
    pub(super) fn is_begun(self) -> bool {
        self.step.with(Option::is_some)
    }

    /// Shows what was begun.
    pub(super) fn begin(self, step: NextStep) {
        self.is_over.set(false);
        self.step.set(Some(step));
    }

    /// It has ended without a result, or was given up.
    pub(super) fn end(self) {
        self.step.try_set(None);
    }

    /// What was begun is dead; it is begun anew from here.
    pub(super) fn over(self) {
        self.is_over.try_set(true);
    }

    /// Only a face check has to be asked about: a code tells when it is confirmed.
    fn watch(self, look: StoredValue<Look, LocalStorage>) {
        let is_face = matches!(
            self.step.try_get_untracked().flatten(),
            Some(NextStep::Face { .. })
        );
        let is_over = self.is_over.try_get_untracked().unwrap_or(true);
        if is_face
            && !is_over
            && !document().hidden()
            && let Some(look) = look.try_get_value()
        {
            look();
        }
    }

    fn again(self) {
        spawn_local(async move {
            if let Ok(step) = api::verification::resume_person().await {
                self.is_over.try_set(false);
                self.step.try_set(Some(step));
            }
        });
    }

    /// What to do now.
    pub(super) fn view(self, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        live(move || {
            let again = move || {
                view! {
                    <p>{text.over}</p>
                    <button type="button" class="button" on:click=move |_| self.again()>
                        {text.again}
                    </button>
                }
                .into_any()
            };
            let is_over = self.is_over.get();
            let shown = match self.step.get() {
                None => return ().into_any(),
                Some(NextStep::Scan { .. }) => view! {
                    <p>{text.scan_lead}</p>
                    {self.scanning.view(language)}
                }
                .into_any(),
                Some(NextStep::Visit { address }) => view! {
                    <p>{text.qq_lead}</p>
                    <p>
                        <a class="button button-primary" href=address rel="external">
                            {text.qq_go}
                        </a>
                    </p>
                }
                .into_any(),
                Some(NextStep::Face { .. }) if is_over => again(),
                Some(NextStep::Face { face }) => view! {
                    <p>{text.face_lead}</p>
                    <QrCode text=Signal::stored(face.address.clone()) label=text.face_label />
                    <p>
                        <a href=face.address target="_blank" rel="noopener">
                            {text.face_open}
                        </a>
                    </p>
                }
                .into_any(),
            };
            view! {
                <div class="step-shown">
                    {shown}
                    <p class="quiet">{text.waiting}</p>
                    <p class="fact-hint">{text.never_binds}</p>
                </div>
            }
            .into_any()
        })
    }
}
