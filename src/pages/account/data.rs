//! Downloading all data, and locking the account at once (ACC-14). Knows when to ask; not what is held.

use contract::account::AccountInfo;
use domain::account::AccountRefusal;
use leptos::prelude::*;

use crate::announce::Announcer;
use crate::api::{self, ApiError};
use crate::form::Form;
use crate::load::Load;
use crate::session::SessionContext;
use crate::text::account_data::{AccountDataText, account_refusal};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{Confirm, ConfirmWords, ErrorSummary, download, live_text};

/// The id of why the data cannot be downloaded now.
const WHY_NOT: &str = "export-why-not";

/// Both buttons.
#[derive(Clone, Copy)]
pub(super) struct Data {
    export: Form,
    lock: Form,
    asks: RwSignal<bool>,
    announcer: Announcer,
    session: SessionContext,
    account: Load<AccountInfo>,
}

impl Data {
    pub(super) fn new(account: Load<AccountInfo>) -> Self {
        Self {
            account,
            export: Form::new("export-problems"),
            lock: Form::new("lock-problems"),
            asks: RwSignal::new(false),
            announcer: Announcer::expect(),
            session: SessionContext::expect(),
        }
    }

    pub(super) fn view(self, language: Language) -> AnyView {
        let text = AccountDataText::of(language);
        let shell = ShellText::of(language);
        let (export, lock) = (self.export, self.lock);
        let exporting = export.pending();
        let words = move || {
            let words = if exporting.get() {
                text.exporting
            } else {
                text.export
            };
            words.to_owned()
        };
        let summary = move |form: Form| {
            view! {
                <ErrorSummary
                    id=form.summary()
                    title=shell.problems
                    fields=Signal::stored(Vec::new())
                    whole=Signal::derive(move || form.whole_error(language))
                />
            }
        };
        view! {
            <section class="card" aria-labelledby="data-and-lock">
                <h2 id="data-and-lock">{text.heading}</h2>
                {summary(export)}
                {summary(lock)}
                <div class="deed">
                    <button
                        type="button"
                        class="button"
                        aria-describedby=WHY_NOT
                        on:click=move |_| self.download()
                    >
                        {live_text(words)}
                    </button>
                    <p class="fact-hint">{text.export_hint}</p>
                    <p id=WHY_NOT class="fact-hint">
                        {live_text(move || self.why_not(language))}
                    </p>
                </div>
                <div class="deed">
                    <button
                        type="button"
                        class="button button-danger"
                        on:click=move |_| self.asks.set(true)
                    >
                        {text.lock}
                    </button>
                    <p class="fact-hint">{text.lock_hint}</p>
                </div>
                <Confirm
                    id="lock-account"
                    is_open=self.asks
                    words=ConfirmWords {
                        title: text.lock_title,
                        happens: text.lock_happens,
                        stays: text.lock_stays,
                        confirm: text.lock,
                        pending: text.locking,
                        cancel: shell.cancel,
                    }
                    happens=Signal::stored(
                        vec![text.lock_sessions.to_owned(), text.lock_nobody.to_owned()],
                    )
                    stays=Signal::stored(vec![text.lock_resources.to_owned()])
                    pending=lock.pending()
                    on_confirm=move |()| self.lock_now()
                />
            </section>
        }
        .into_any()
    }

    /// Why the data cannot be downloaded now, before anybody asks for them (API-2).
    fn why_not(self, language: Language) -> String {
        self.account.with(|account| {
            let refusals = account.export_refusals.iter();
            let sentences = refusals.filter_map(|refusal| account_refusal(language, refusal));
            sentences.collect::<Vec<_>>().concat()
        })
    }

    fn download(self) {
        if self.export.pending().get_untracked() {
            return;
        }
        self.export.clear();
        self.announcer.clear_notice();
        self.export
            .send(api::account::export(), move |answer| match answer {
                Ok(text) => {
                    self.account.again();
                    if download("account.json", "application/json", &text) {
                        self.announcer.tell(Sentence::new(|language| {
                            AccountDataText::of(language).exported
                        }));
                    } else {
                        self.export.show_whole(Sentence::new(|language| {
                            AccountDataText::of(language).not_exported
                        }));
                    }
                }
                Err(error) => refused(self.export, &error),
            });
    }

    fn lock_now(self) {
        self.lock.clear();
        self.lock
            .send(api::account::lock(), move |answer| match answer {
                Ok(()) => {
                    self.asks.set(false);
                    self.session.gone(Sentence::new(|language| {
                        AccountDataText::of(language).locked
                    }));
                }
                Err(error) => {
                    self.asks.set(false);
                    refused(self.lock, &error);
                }
            });
    }
}

fn refused(form: Form, error: &ApiError) {
    form.show_error(error, &|_| None, &|refused| {
        let refusal = refused.of::<AccountRefusal>("account")?;
        Some(Sentence::new(move |language| {
            account_refusal(language, &refusal).unwrap_or_default()
        }))
    });
}
