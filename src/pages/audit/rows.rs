//! The page at `/audit` (OPS-3): the rows of the account, newest first. Only shows.

use contract::audit::{AuditPage, AuditRow};
use leptos::prelude::*;

use crate::form::Form;
use crate::load::Load;
use crate::text::audit::{self as words, AuditText};
use crate::text::shell::ShellText;
use crate::text::{Language, time};
use crate::ui::{DataTable, EmptyState, ErrorSummary, live, nothing, react};
use crate::{api, layout, paths};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let first = Load::start(|| api::audit::rows(None));
    let log = Log {
        rows: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        form: Form::new("audit-problems"),
    };
    react(move || log.begin(first));
    layout::page(
        |language| AuditText::of(language).title,
        move |language| {
            let text = AuditText::of(language);
            let content = layout::loaded(first, language, move || log.view(language));
            view! {
                <p class="lead">{text.lead}</p>
                {content}
                <p class="other-ways">
                    <a href=paths::security_history()>{text.sign_ins}</a>
                </p>
            }
            .into_any()
        },
    )
}

/// What was fetched so far.
#[derive(Clone, Copy)]
struct Log {
    rows: RwSignal<Vec<AuditRow>>,
    next: RwSignal<Option<u64>>,
    form: Form,
}

impl Log {
    fn begin(self, first: Load<AuditPage>) {
        if let Some(page) = first.with(|page| Some(page.clone())) {
            self.rows.set(page.rows);
            self.next.set(page.next);
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = AuditText::of(language);
        let table = live(move || {
            let rows: Vec<_> = self
                .rows
                .with(|rows| rows.iter().map(|row| cells(row, language)).collect());
            if rows.is_empty() {
                return view! { <EmptyState title=text.none /> }.into_any();
            }
            let headings = vec![text.time, text.what, text.who, text.number];
            view! { <DataTable caption=text.title headings rows /> }.into_any()
        });
        let more = live(move || match self.next.get() {
            Some(next) => view! {
                <button type="button" class="button" on:click=move |_| self.fetch(next)>
                    {text.more}
                </button>
            }
            .into_any(),
            None => nothing(),
        });
        let form = self.form;
        view! {
            <section class="card" aria-label=text.title>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                {table}
                {more}
            </section>
        }
        .into_any()
    }

    fn fetch(self, before: u64) {
        if self.form.pending().get_untracked() {
            return;
        }
        self.form.clear();
        let call = api::audit::rows(Some(before));
        self.form.send(call, move |answer| match answer {
            Ok(page) => {
                self.rows.update(|rows| rows.extend(page.rows));
                self.next.set(page.next);
            }
            Err(error) => self.form.show_error(&error, &|_| None, &|_| None),
        });
    }
}

fn cells(row: &AuditRow, language: Language) -> Vec<AnyView> {
    let told: Vec<_> = row
        .details
        .iter()
        .filter_map(|detail| {
            let name = words::detail(language, &detail.name)?;
            let value = detail.value.clone();
            Some(view! { <span class="quiet">" " {name} " " {value}</span> })
        })
        .collect();
    vec![
        view! {
            <time datetime=time::machine_readable(row.at)>{time::beijing(language, row.at)}</time>
        }
        .into_any(),
        view! { <span>{words::event(language, &row.event)} {told}</span> }.into_any(),
        view! { <span>{words::actor(language, row.actor)}</span> }.into_any(),
        view! { <span class="number">{row.number.to_string()}</span> }.into_any(),
    ]
}
