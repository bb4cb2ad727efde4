//! A face that is shown to a camera elsewhere, watched until the service has said yes (SGN-4, CHG-14).
//! Knows when it is done; must not know whose face it is nor what it proves.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use contract::providers::{FaceBegun, FaceStatus};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiError;
use crate::scanning;
use crate::text::Language;
use crate::text::providers::{self as words, ProviderText};
use crate::ui::{Notice, NoticeKind, QrCode, live, nothing};

/// How often the server is asked how a check stands.
const POLL_EVERY: Duration = Duration::from_millis(1500);

/// A call on its way.
pub type Calling<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

/// Has the server begin a check.
pub type Begin = Rc<dyn Fn() -> Calling<FaceBegun>>;
/// Asks the server how a check stands.
pub type Look = Rc<dyn Fn(String) -> Calling<FaceStatus>>;
/// What happens with a check that passed.
pub type Passed = Rc<dyn Fn(String)>;

/// A check and how far it has come.
#[derive(Clone, Copy)]
pub struct Facing {
    begun: RwSignal<Option<FaceBegun>>,
    status: RwSignal<Option<FaceStatus>>,
    failed: RwSignal<Option<ApiError>>,
    begin: StoredValue<Begin, LocalStorage>,
    look: StoredValue<Look, LocalStorage>,
    passed: StoredValue<Passed, LocalStorage>,
}

impl Facing {
    /// Nothing is begun yet; asks the server from now on until the page goes away.
    #[must_use]
    pub fn new(begin: Begin, look: Look, passed: Passed) -> Self {
        let facing = Self {
            begun: RwSignal::new(None),
            status: RwSignal::new(None),
            failed: RwSignal::new(None),
            begin: StoredValue::new_local(begin),
            look: StoredValue::new_local(look),
            passed: StoredValue::new_local(passed),
        };
        let watch = set_interval_with_handle(move || facing.watch(), POLL_EVERY);
        on_cleanup(move || {
            if let Ok(watch) = watch {
                watch.clear();
            }
        });
        facing
    }

    /// The way to the camera, and what there is to say of the check.
    #[must_use]
    pub fn view(self, language: Language) -> AnyView {
        // What is pressed goes away; the focus stays here.
        let group = NodeRef::<html::Div>::new();
        let start = move |_| {
            if let Some(group) = group.get_untracked() {
                // Fails only for what is not on the page.
                let _ = group.focus();
            }
            self.start();
        };
        let content = live(move || {
            let text = ProviderText::of(language);
            let said = self.said(language);
            let shown = match (self.begun.get(), self.status.get()) {
                (Some(begun), None | Some(FaceStatus::Pending | FaceStatus::Later)) => view! {
                    <p>{text.face_lead}</p>
                    <QrCode text=Signal::stored(begun.address.clone()) label=text.face_label />
                    <p>
                        <a href=begun.address target="_blank" rel="noopener">
                            {text.face_open}
                        </a>
                    </p>
                }
                .into_any(),
                (Some(_), Some(FaceStatus::Passed)) => nothing(),
                _ => view! {
                    <button type="button" class="button" on:click=start>
                        {text.face_show}
                    </button>
                }
                .into_any(),
            };
            view! {
                {said}
                {shown}
            }
            .into_any()
        });
        let label = ProviderText::of(language).face_label;
        view! {
            <div node_ref=group class="scan" role="group" aria-label=label tabindex="-1">
                {content}
            </div>
        }
        .into_any()
    }

    fn start(self) {
        let begin = self.begin.get_value();
        self.failed.set(None);
        spawn_local(async move {
            match begin().await {
                Ok(begun) => {
                    self.status.try_set(None);
                    self.begun.try_set(Some(begun));
                }
                Err(error) => {
                    self.failed.try_set(Some(error));
                }
            }
        });
    }

    fn watch(self) {
        let is_open = matches!(
            self.status.try_get_untracked(),
            Some(None | Some(FaceStatus::Pending | FaceStatus::Later))
        );
        let begun = self.begun.try_get_untracked().flatten();
        let look = self.look.try_get_value();
        let (Some(begun), Some(look), true) = (begun, look, is_open && !document().hidden()) else {
            return;
        };
        spawn_local(async move {
            // A server that does not answer now is asked again in a moment.
            let Ok(status) = look(begun.check.clone()).await else {
                return;
            };
            let before = self.status.try_get_untracked().flatten();
            if before.as_ref() == Some(&status) || before == Some(FaceStatus::Passed) {
                return;
            }
            let is_passed = status == FaceStatus::Passed;
            self.status.try_set(Some(status));
            if let (true, Some(passed)) = (is_passed, self.passed.try_get_value()) {
                passed(begun.check);
            }
        });
    }

    fn said(self, language: Language) -> AnyView {
        let text = ProviderText::of(language);
        if let Some(error) = self.failed.get() {
            let sentence = match error {
                ApiError::Busy => text.face_later.to_owned(),
                error => scanning::sentence(&error).say(language),
            };
            return view! { <Notice kind=NoticeKind::Failure><p>{sentence}</p></Notice> }
                .into_any();
        }
        let sentence = match self.status.get() {
            Some(FaceStatus::Failed { causes }) => {
                let causes: Vec<_> = causes
                    .into_iter()
                    .map(|cause| words::face_cause(language, cause))
                    .collect();
                [text.face_failed, &causes.join(", ")].concat()
            }
            Some(FaceStatus::Over) => text.face_over.to_owned(),
            Some(FaceStatus::Later) => text.face_later.to_owned(),
            Some(FaceStatus::Pending | FaceStatus::Passed) | None => return nothing(),
        };
        view! { <Notice kind=NoticeKind::Warning><p>{sentence}</p></Notice> }.into_any()
    }
}
