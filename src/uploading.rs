//! Uploading documents of proof: one item after the other, each with its rules, its progress, its
//! preview (CHG-13). Knows the calls and the sentences; does not know what is proved.
//!
//! A page makes [`Uploads`] and an [`Item`] for each document once, outside of what a switch of
//! language makes anew, and shows the items where they belong.

use contract::documents::{DocumentRules, KeptDocument, WaitingDocuments};
use domain::verification::{
    DocumentKind, DocumentProblem, DocumentPurpose, VerificationPolicy, check_length,
};
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::api::documents::{self as calls, NotSent, Transfer};
use crate::api::{ApiError, Refused};
use crate::load::{Load, Stage};
use crate::session::SessionContext;
use crate::text::documents::{self as words, DocumentsText};
use crate::text::{Language, Sentence, failure};
use crate::ui::{FileDrop, FileWords, focus_soon, live, live_text, nothing, react};

/// What the browser's choice of files offers; what is taken, the content decides.
const ACCEPT: &str = "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf";

/// The documents of one purpose that wait to be handed in.
#[derive(Clone, Copy)]
pub struct Uploads {
    purpose: DocumentPurpose,
    load: Load<WaitingDocuments>,
    session: SessionContext,
}

/// One document: what is kept of it, and what is on its way.
#[derive(Clone, Copy)]
pub struct Item {
    uploads: Uploads,
    /// The word of the item, and the id of its button.
    name: &'static str,
    kept: RwSignal<Option<KeptDocument>>,
    way: RwSignal<Way>,
    /// The file on its way, or that came to nothing, for another try.
    file: StoredValue<Option<File>, LocalStorage>,
    transfer: StoredValue<Option<Transfer>, LocalStorage>,
    is_shown: RwSignal<bool>,
}

/// Where a file is between the person and the server.
#[derive(Clone, Debug)]
enum Way {
    /// Nowhere.
    Idle,
    /// Leaving, so much of it in percent.
    Sending(u32),
    /// All of it is there and is looked at.
    Examined,
    /// It came to nothing; whether the same file may do better.
    Failed { why: Sentence, may_retry: bool },
}

impl Uploads {
    /// Asks what waits for this purpose.
    #[must_use]
    pub fn start(purpose: DocumentPurpose) -> Self {
        Self {
            purpose,
            load: Load::start(move || calls::waiting(purpose)),
            session: SessionContext::expect(),
        }
    }

    /// The document with this word, which is also the id of its button.
    #[must_use]
    pub fn item(self, name: &'static str) -> Item {
        let item = Item {
            uploads: self,
            name,
            kept: RwSignal::new(None),
            way: RwSignal::new(Way::Idle),
            file: StoredValue::new_local(None),
            transfer: StoredValue::new_local(None),
            is_shown: RwSignal::new(false),
        };
        react(move || {
            let waiting = self.load.with(|waiting| {
                let all = waiting.documents.iter();
                all.clone().find(|document| document.item == name).cloned()
            });
            // What was uploaded since is newer than what was asked for before.
            if item.kept.with_untracked(Option::is_none) {
                item.kept.set(waiting);
            }
        });
        item
    }

    /// Whether the server has told what waits.
    #[must_use]
    pub fn is_ready(self) -> Signal<bool> {
        let stage = self.load.stage();
        Signal::derive(move || stage.get() == Stage::Ready)
    }

    /// The read, for [`crate::layout::loaded`].
    #[must_use]
    pub const fn load(self) -> Load<WaitingDocuments> {
        self.load
    }

    fn rules(self) -> Option<DocumentRules> {
        self.load.ready_untracked().map(|waiting| waiting.rules)
    }
}

impl Item {
    /// What is kept of it, as of now.
    #[must_use]
    pub fn kept(self) -> Signal<Option<KeptDocument>> {
        self.kept.into()
    }

    /// Whether a file is on its way.
    #[must_use]
    pub fn is_on_its_way(self) -> Signal<bool> {
        Signal::derive(move || {
            self.way
                .with(|way| matches!(way, Way::Sending(_) | Way::Examined))
        })
    }

    /// The id of the button by which a file comes in, for a summary of what is missing.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.name
    }

    /// The document with everything that can be done about it. `error` is what the page has to say, such as
    /// that it is missing.
    #[must_use]
    pub fn view(
        self,
        language: Language,
        label: &'static str,
        hint: &'static str,
        error: Signal<Option<String>>,
    ) -> AnyView {
        let text = DocumentsText::of(language);
        let ids = Ids::of(self.name);
        let drop_words = FileWords {
            choose: text.choose,
            photo: text.photo,
            drop: text.drop,
        };
        let problem = self.problem(language, error);
        let is_wrong = Signal::derive(move || problem.with(Option::is_some));
        let described_by = ids.described_by(is_wrong);
        let hint = (!hint.is_empty()).then(|| view! { <p class="field-hint">{hint}</p> });
        let problem_id = ids.problem;
        let shown_problem = live(move || match problem.get() {
            Some(sentence) => {
                view! { <p class="field-error" id=problem_id.clone()>{sentence}</p> }.into_any()
            }
            None => nothing(),
        });
        view! {
            <fieldset class="field upload" class:field-wrong=is_wrong>
                <legend>{label}</legend>
                {hint}
                <p class="field-hint" id=ids.rules>
                    {live_text(move || self.rules_in_words(language))}
                </p>
                {shown_problem}
                <FileDrop
                    id=self.name
                    words=drop_words
                    what=label
                    accept=ACCEPT
                    described_by
                    is_busy=self.is_on_its_way()
                    on_file=move |file| self.take(file)
                />
                {self.way_view(language, label)}
                {self.kept_view(language, label)}
                <p class="visually-hidden" role="status">
                    {live_text(move || self.status(language))}
                </p>
            </fieldset>
        }
        .into_any()
    }

    fn rules_in_words(self, language: Language) -> String {
        let load = self.uploads.load;
        load.with(|waiting| words::rules(language, &waiting.rules))
    }

    /// What went wrong with the file, else what the page has to say.
    fn problem(self, language: Language, error: Signal<Option<String>>) -> Signal<Option<String>> {
        Signal::derive(move || {
            let own = self.way.with(|way| match way {
                Way::Failed { why, .. } => Some(why.say(language)),
                Way::Idle | Way::Sending(_) | Way::Examined => None,
            });
            own.or_else(|| error.get())
        })
    }

    /// Said when it changes, but not for each percent.
    fn status(self, language: Language) -> String {
        let text = DocumentsText::of(language);
        let said = self.way.with(|way| match way {
            Way::Sending(_) => Some(text.sending.to_owned()),
            Way::Examined => Some(text.examined.to_owned()),
            Way::Failed { why, .. } => Some(why.say(language)),
            Way::Idle => None,
        });
        let kept = || {
            self.kept
                .with(Option::is_some)
                .then(|| text.kept.to_owned())
        };
        said.or_else(kept).unwrap_or_default()
    }

    fn way_view(self, language: Language, label: &'static str) -> AnyView {
        #[derive(Clone, Copy, PartialEq)]
        enum Shown {
            Nothing,
            Progress,
            Retry,
        }
        let text = DocumentsText::of(language);
        let shown = Memo::new(move |_| {
            self.way.with(|way| match way {
                Way::Sending(_) | Way::Examined => Shown::Progress,
                Way::Failed {
                    may_retry: true, ..
                } => Shown::Retry,
                Way::Idle | Way::Failed { .. } => Shown::Nothing,
            })
        });
        live(move || match shown.get() {
            Shown::Nothing => nothing(),
            Shown::Progress => {
                let percent = Signal::derive(move || self.percent().to_string());
                view! {
                    <div class="upload-way">
                        <progress max="100" value=percent aria-label=text.progress></progress>
                        <span class="number">
                            {live_text(move || self.progress_in_words(language))}
                        </span>
                        <button
                            type="button"
                            class="button button-quiet"
                            on:click=move |_| self.cancel()
                        >
                            {text.cancel}
                            <span class="visually-hidden">" " {label}</span>
                        </button>
                    </div>
                }
                .into_any()
            }
            Shown::Retry => view! {
                <div class="upload-way">
                    <button type="button" class="button" on:click=move |_| self.retry()>
                        {text.retry}
                        <span class="visually-hidden">" " {label}</span>
                    </button>
                </div>
            }
            .into_any(),
        })
    }

    fn percent(self) -> u32 {
        self.way.with(|way| match way {
            Way::Sending(percent) => *percent,
            Way::Examined => 100,
            Way::Idle | Way::Failed { .. } => 0,
        })
    }

    fn progress_in_words(self, language: Language) -> String {
        let text = DocumentsText::of(language);
        self.way.with(|way| match way {
            Way::Sending(percent) => format!("{percent} %"),
            Way::Examined => text.examined.to_owned(),
            Way::Idle | Way::Failed { .. } => String::new(),
        })
    }

    fn kept_view(self, language: Language, label: &'static str) -> AnyView {
        let text = DocumentsText::of(language);
        live(move || {
            let Some(kept) = self.kept.get() else {
                return nothing();
            };
            let address = calls::address(&kept.id);
            let facts = words::kept(language, &kept);
            let named = view! { <span class="visually-hidden">" " {label}</span> };
            let look = match kept.kind {
                DocumentKind::Jpeg | DocumentKind::Png => self.preview_button(language, label),
                DocumentKind::Pdf => view! {
                    <a class="button button-quiet" href=address.clone() download="">
                        {text.save}
                        {named}
                    </a>
                }
                .into_any(),
            };
            let picture = move || {
                let address = address.clone();
                live(move || {
                    if !self.is_shown.get() {
                        return nothing();
                    }
                    view! { <img class="upload-picture" src=address.clone() alt=label /> }
                        .into_any()
                })
            };
            view! {
                <div class="upload-kept">
                    <p class="upload-facts">{facts}</p>
                    {look}
                    <button
                        type="button"
                        class="button button-quiet"
                        on:click=move |_| self.remove(kept.id.clone())
                    >
                        {text.remove}
                        <span class="visually-hidden">" " {label}</span>
                    </button>
                </div>
                {picture()}
            }
            .into_any()
        })
    }

    /// Looking is written down each time, so a picture is fetched only for who asks for it.
    fn preview_button(self, language: Language, label: &'static str) -> AnyView {
        let text = DocumentsText::of(language);
        let said = move || {
            let said = if self.is_shown.get() {
                text.hide
            } else {
                text.preview
            };
            said.to_owned()
        };
        let expanded = Signal::derive(move || if self.is_shown.get() { "true" } else { "false" });
        view! {
            <button
                type="button"
                class="button button-quiet"
                aria-expanded=expanded
                on:click=move |_| self.is_shown.update(|is_shown| *is_shown = !*is_shown)
            >
                {live_text(said)}
                <span class="visually-hidden">" " {label}</span>
            </button>
        }
        .into_any()
    }

    fn take(self, file: File) {
        self.file.set_value(Some(file.clone()));
        self.way.set(Way::Sending(0));
        spawn_local(async move {
            match self.judge(&file).await {
                // Somebody may have called it back meanwhile.
                Ok(()) if self.is_wanted() => self.send(&file),
                Ok(()) => {}
                Err(problem) => self.fail_for(problem),
            }
        });
    }

    /// The same check as the server's, as far as it can be made before anything is sent (API-4).
    async fn judge(self, file: &File) -> Result<(), DocumentProblem> {
        let mut policy = VerificationPolicy::default();
        if let Some(rules) = self.uploads.rules() {
            policy.document_most_bytes = rules.most_bytes;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is a whole number of bytes"
        )]
        check_length(file.size() as u64, &policy)?;
        let head = file.slice_with_i32_and_i32(0, 8);
        let Ok(head) = head else {
            return Ok(());
        };
        // A file that the browser cannot read fails at sending, in the browser's own way.
        let Ok(head) = JsFuture::from(head.array_buffer()).await else {
            return Ok(());
        };
        let head = Uint8Array::new(&head).to_vec();
        match DocumentKind::sniff(&head) {
            Some(_) => Ok(()),
            None => Err(DocumentProblem::UnknownKind),
        }
    }

    fn is_wanted(self) -> bool {
        let way = self.way.try_get_untracked();
        matches!(way, Some(Way::Sending(_)))
    }

    fn send(self, file: &File) {
        let on_progress = move |percent| {
            let way = if percent == 100 {
                Way::Examined
            } else {
                Way::Sending(percent)
            };
            self.way.try_set(way);
        };
        let sent = calls::send(self.uploads.purpose, self.name, file, Box::new(on_progress));
        let (transfer, answer) = match sent {
            Ok(sent) => sent,
            Err(error) => return self.fail(&error),
        };
        self.transfer.set_value(Some(transfer));
        spawn_local(async move {
            let answer = answer.await;
            // The page may be gone; then there is nothing left to show.
            self.transfer.try_set_value(None);
            match answer {
                Ok(kept) => self.arrived(kept),
                Err(NotSent::Cancelled) => {
                    self.way.try_set(Way::Idle);
                }
                Err(NotSent::Failed(error)) => self.fail(&error),
            }
        });
    }

    fn arrived(self, kept: KeptDocument) {
        self.uploads.session.used();
        self.file.try_set_value(None);
        self.is_shown.try_set(false);
        self.kept.try_set(Some(kept));
        self.way.try_set(Way::Idle);
    }

    fn fail(self, error: &ApiError) {
        if matches!(error, ApiError::SignInRequired) {
            self.uploads.session.ended();
            return;
        }
        if let ApiError::Refused(refused) = error
            && let Some(problem) = problem_of(refused)
        {
            return self.fail_for(problem);
        }
        let may_retry = matches!(
            error,
            ApiError::Unreachable | ApiError::Busy | ApiError::Broken { .. }
        );
        let error = error.clone();
        let why = Sentence::new(move |language| failure::api_error(language, &error));
        self.way.try_set(Way::Failed { why, may_retry });
    }

    /// The file cannot be a document, however often it is sent.
    fn fail_for(self, problem: DocumentProblem) {
        self.file.try_set_value(None);
        let why = Sentence::new(move |language| words::problem(language, problem));
        let may_retry = false;
        self.way.try_set(Way::Failed { why, may_retry });
    }

    fn retry(self) {
        focus_soon(self.name);
        if let Some(file) = self.file.try_get_value().flatten() {
            self.take(file);
        }
    }

    fn cancel(self) {
        focus_soon(self.name);
        self.way.set(Way::Idle);
        self.transfer.with_value(|transfer| {
            if let Some(transfer) = transfer {
                transfer.cancel();
            }
        });
    }

    fn remove(self, id: String) {
        focus_soon(self.name);
        spawn_local(async move {
            match calls::remove(id).await {
                // What is gone already is as good as removed.
                Ok(()) | Err(ApiError::NotFound) => {
                    self.uploads.session.used();
                    self.is_shown.try_set(false);
                    self.kept.try_set(None);
                    self.way.try_set(Way::Idle);
                }
                Err(error) => self.fail(&error),
            }
        });
    }
}

fn problem_of(refused: &Refused) -> Option<DocumentProblem> {
    refused.of("document")
}

/// The ids of what describes an item.
struct Ids {
    rules: String,
    problem: String,
}

impl Ids {
    fn of(name: &str) -> Self {
        Self {
            rules: [name, "-rules"].concat(),
            problem: [name, "-problem"].concat(),
        }
    }

    fn described_by(&self, is_wrong: Signal<bool>) -> Signal<Option<String>> {
        let rules = self.rules.clone();
        let both = [&rules, " ", &self.problem].concat();
        Signal::derive(move || {
            let ids = if is_wrong.get() { &both } else { &rules };
            Some(ids.clone())
        })
    }
}
