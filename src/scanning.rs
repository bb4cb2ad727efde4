//! A code that a phone scans, shown until it is confirmed (SGN-11, PRT-1). Knows its stages; must not know
//! what it is for.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use contract::providers::{ScanShown, ScanStage};
use domain::sign_in::ScanRefusal;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError, Refused};
use crate::text::providers::{self as words, ProviderText};
use crate::text::{Language, Sentence, failure};
use crate::ui::{Notice, NoticeKind, QrCode, live, live_text, nothing};

/// How often the server is asked how far the scan has come.
const POLL_EVERY: Duration = Duration::from_millis(1500);

/// A call on its way.
pub type Calling<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

/// Has the server make a code.
pub type Begin = Rc<dyn Fn() -> Calling<ScanShown>>;
/// What happens with a scan that was confirmed.
pub type Confirmed = Rc<dyn Fn(String)>;

/// A code and how far it has come.
#[derive(Clone, Copy)]
pub struct Scanning {
    shown: RwSignal<Option<ScanShown>>,
    stage: RwSignal<ScanStage>,
    failed: RwSignal<Option<ApiError>>,
    begin: StoredValue<Begin, LocalStorage>,
    confirmed: StoredValue<Confirmed, LocalStorage>,
}

impl Scanning {
    /// Nothing is shown yet; asks the server from now on until the page goes away.
    #[must_use]
    pub fn new(begin: Begin, confirmed: Confirmed) -> Self {
        let scanning = Self {
            shown: RwSignal::new(None),
            stage: RwSignal::new(ScanStage::Waiting),
            failed: RwSignal::new(None),
            begin: StoredValue::new_local(begin),
            confirmed: StoredValue::new_local(confirmed),
        };
        let watch = set_interval_with_handle(move || scanning.look(), POLL_EVERY);
        on_cleanup(move || {
            if let Ok(watch) = watch {
                watch.clear();
            }
        });
        scanning
    }

    /// Shows a fresh code.
    pub fn show(self) {
        let begin = self.begin.get_value();
        self.failed.set(None);
        spawn_local(async move {
            match begin().await {
                Ok(shown) => {
                    self.stage.try_set(ScanStage::Waiting);
                    self.shown.try_set(Some(shown));
                }
                Err(error) => {
                    self.failed.try_set(Some(error));
                }
            }
        });
    }

    fn look(self) {
        let is_open = matches!(
            self.stage.try_get_untracked(),
            Some(ScanStage::Waiting | ScanStage::Scanned)
        );
        let shown = self.shown.try_get_untracked().flatten();
        // Nobody looks at a page in the background.
        let (Some(shown), true) = (shown, is_open && !document().hidden()) else {
            return;
        };
        spawn_local(async move {
            // A server that does not answer now is asked again in a moment.
            let Ok(status) = api::providers::scan(&shown.id).await else {
                return;
            };
            let Some(before) = self.stage.try_get_untracked() else {
                return;
            };
            if before == status.stage {
                return;
            }
            self.stage.try_set(status.stage);
            if status.stage == ScanStage::Confirmed
                && let Some(confirmed) = self.confirmed.try_get_value()
            {
                confirmed(shown.id);
            }
        });
    }

    /// The code with its stage.
    #[must_use]
    pub fn view(self, language: Language) -> AnyView {
        let text = ProviderText::of(language);
        let failed = live(move || match self.failed.get() {
            Some(error) => {
                let sentence = sentence(&error).say(language);
                view! { <Notice kind=NoticeKind::Failure><p>{sentence}</p></Notice> }.into_any()
            }
            None => nothing(),
        });
        let code = live(move || {
            let (Some(shown), stage) = (self.shown.get(), self.stage.get()) else {
                return nothing();
            };
            if stage != ScanStage::Waiting {
                return nothing();
            }
            view! {
                <QrCode text=Signal::stored(shown.address.clone()) label=text.qr_label />
                <p>
                    <a href=shown.address.clone() target="_blank" rel="noopener">
                        {text.open_here}
                    </a>
                </p>
            }
            .into_any()
        });
        let stage = move || {
            self.shown.with(|shown| {
                shown
                    .as_ref()
                    .map_or("", |_| words::stage(language, self.stage.get()))
                    .to_owned()
            })
        };
        // The button goes away; the focus stays here.
        let group = NodeRef::<html::Div>::new();
        let show = move |_| {
            if let Some(group) = group.get_untracked() {
                // Fails only for what is not on the page.
                let _ = group.focus();
            }
            self.show();
        };
        let button = live(move || {
            let label = match (self.shown.with(Option::is_some), self.stage.get()) {
                (false, _) => text.show_code,
                (true, ScanStage::Declined | ScanStage::Over) => text.new_code,
                (true, _) => return nothing(),
            };
            view! {
                <button type="button" class="button" on:click=show>
                    {label}
                </button>
            }
            .into_any()
        });
        view! {
            <div node_ref=group class="scan" role="group" aria-label=text.qr_label tabindex="-1">
                {failed}
                {code}
                <p role="status">{live_text(stage)}</p>
                {button}
            </div>
        }
        .into_any()
    }
}

/// What an error of a visit or a scan says.
#[must_use]
pub fn sentence(error: &ApiError) -> Sentence {
    let error = error.clone();
    Sentence::new(move |language| match &error {
        ApiError::Refused(refused) => refusal(refused).map_or_else(
            || failure::api_error(language, &error),
            |sentence| sentence.say(language),
        ),
        _ => failure::api_error(language, &error),
    })
}

/// Why a scan or a visit does not go on.
#[must_use]
pub fn refusal(refused: &Refused) -> Option<Sentence> {
    let refusal = refused.of::<ScanRefusal>("scan")?;
    Some(Sentence::new(move |language| {
        words::scan_refusal(language, refusal)
    }))
}
