//! The page at `/security/history` (SGN-9): sign-ins and tries at one, newest first. Only shows.

use contract::security::SignInPage;
use domain::sign_in::{SignInRecord, SignInResult};
use leptos::prelude::*;

use super::change::back;
use crate::form::Form;
use crate::load::Load;
use crate::text::security::{self as words, SecurityText};
use crate::text::{Language, time};
use crate::ui::{DataTable, EmptyState, Tag, Tone, live, nothing, react};
use crate::{api, layout};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let first = Load::start(|| api::security::sign_ins(None));
    let history = History {
        records: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        form: Form::new("history-problems"),
    };
    react(move || history.begin(first));
    layout::page(
        |language| SecurityText::of(language).history,
        move |language| {
            let content = layout::loaded(first, language, move || history.view(language));
            view! {
                <p class="lead">{SecurityText::of(language).history_lead}</p>
                {content}
                <p class="other-ways">{back(language)}</p>
            }
            .into_any()
        },
    )
}

/// What was fetched so far.
#[derive(Clone, Copy)]
struct History {
    records: RwSignal<Vec<SignInRecord>>,
    next: RwSignal<Option<String>>,
    form: Form,
}

impl History {
    fn begin(self, first: Load<SignInPage>) {
        if let Some(page) = first.with(|page| Some(page.clone())) {
            self.records.set(page.records);
            self.next.set(page.next);
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = SecurityText::of(language);
        let table = live(move || {
            let rows: Vec<_> = self
                .records
                .with(|records| records.iter().map(|record| row(record, language)).collect());
            if rows.is_empty() {
                return view! { <EmptyState title=text.no_history /> }.into_any();
            }
            let headings = vec![text.time, text.result, text.method, text.device, text.place];
            view! { <DataTable caption=text.history headings rows /> }.into_any()
        });
        let more = live(move || match self.next.get() {
            Some(next) => {
                let next = StoredValue::new(next);
                view! {
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| self.fetch(next.get_value())
                    >
                        {text.more}
                    </button>
                }
                .into_any()
            }
            None => nothing(),
        });
        view! {
            <section class="card" aria-label=text.history>
                {super::change::summary(self.form, language)}
                {table}
                {more}
            </section>
        }
        .into_any()
    }

    fn fetch(self, before: String) {
        if self.form.pending().get_untracked() {
            return;
        }
        self.form.clear();
        let call = api::security::sign_ins(Some(before));
        self.form.send(call, move |answer| match answer {
            Ok(page) => {
                self.records.update(|records| records.extend(page.records));
                self.next.set(page.next);
            }
            Err(error) => self.form.show_error(&error, &|_| None, &|_| None),
        });
    }
}

fn row(record: &SignInRecord, language: Language) -> Vec<AnyView> {
    let text = SecurityText::of(language);
    let tone = match record.result {
        SignInResult::SignedIn | SignInResult::SignedInTrusted => Tone::Good,
        SignInResult::WrongPassword
        | SignInResult::CaptchaMissing
        | SignInResult::Locked
        | SignInResult::SecondStepFailed => Tone::Caution,
    };
    let device = match record.device.as_str() {
        "" => text.unknown_device.to_owned(),
        device => device.to_owned(),
    };
    let place = record.place.clone().unwrap_or_default();
    let ip = record.ip.clone();
    vec![
        view! {
            <time datetime=time::machine_readable(record.at)>
                {time::beijing(language, record.at)}
            </time>
        }
        .into_any(),
        view! { <Tag tone text=words::sign_in_result(language, record.result) /> }.into_any(),
        view! { <span>{words::sign_in_method(language, record.method)}</span> }.into_any(),
        view! { <span>{device}</span> }.into_any(),
        view! { <span>{place} " " <span class="quiet">{ip}</span></span> }.into_any(),
    ]
}
