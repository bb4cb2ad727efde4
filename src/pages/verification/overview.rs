//! The page at `/verification`: status, subject, what is closed, how to be verified, history (VER-1,
//! VER-8, VER-9, VER-12, VER-14). Only shows; being verified has pages of its own.

use contract::verification::{HistoryLine, SubjectRevealed, SubjectShown, Verification};
use domain::account::VerificationStatus;
use domain::protection::SensitiveOperation;
use domain::verification::{Attempt, WayOut};
use leptos::prelude::*;

use super::advice::Advice;
use crate::form::Form;
use crate::load::{self, Load};
use crate::text::account::verification_status;
use crate::text::shell::ShellText;
use crate::text::subjects;
use crate::text::verification::{self as words, VerificationText};
use crate::text::{Language, time};
use crate::ui::{
    DataTable, EmptyState, ErrorSummary, Notice, NoticeKind, Tag, Tone, fact, facts, live,
    live_text, nothing,
};
use crate::{api, layout, paths};

/// The page and what it knows.
#[derive(Clone, Copy)]
struct Overview {
    advice: Advice,
    reveal: Form,
    revealed: RwSignal<Option<SubjectRevealed>>,
}

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let standing = Load::start(api::verification::standing);
    load::refresh_by_itself(standing, |known| {
        known.status == VerificationStatus::Unverified
    });
    let overview = Overview {
        advice: Advice::new(),
        reveal: Form::new("reveal-problems"),
        revealed: RwSignal::new(None),
    };
    layout::page(
        |language| VerificationText::of(language).title,
        move |language| {
            let status = Memo::new(move |_| {
                standing.with(|known| Some((known.status, known.attempt.clone())))
            });
            let content = layout::loaded(standing, language, move || {
                live(move || {
                    // Made anew when the account's standing changes, and not at every refresh.
                    status.track();
                    let known = standing.ready_untracked();
                    known.map_or_else(nothing, |known| overview.content(&known, language))
                })
            });
            view! {
                <p class="lead">{VerificationText::of(language).lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

impl Overview {
    fn content(self, known: &Verification, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        let subject = match &known.subject {
            Some(subject) => self.subject(subject, known.status, language),
            None => status_card(known, language),
        };
        let ways = match known.status {
            VerificationStatus::Unverified => self.ways(known, language),

            VerificationStatus::Person => view! {
                <p class="quiet">{text.stays}</p>
                <p class="buttons">
                    <a class="button" href=paths::change()>
                        {words::way_out(language, WayOut::ChangeVerification)}
                    </a>
                </p>
            }
            .into_any(),
            VerificationStatus::Enterprise => view! {
                <p class="quiet">{text.stays}</p>
                <p class="buttons">
                    <a class="button" href=paths::verification_enterprise()>
                        {text.enterprise_records}
                    </a>
                    <a class="button" href=paths::change()>
                        {words::way_out(language, WayOut::ChangeVerification)}
                    </a>
                </p>
            }
            .into_any(),
        };
        view! {
            {attempt(known, language)}
            {subject}
            {ways}
            {history(&known.history, language)}
        }
        .into_any()
    }

    fn subject(
        self,
        shown: &SubjectShown,
        status: VerificationStatus,
        language: Language,
    ) -> AnyView {
        let text = VerificationText::of(language);
        let masked = shown.clone();
        let (name, number) = (masked.name.to_string(), masked.number.to_string());
        let revealed = self.revealed;
        let of = move |which: fn(&SubjectRevealed) -> Option<String>, masked: String| {
            live_text(move || {
                let full = revealed.with(|full| full.as_ref().and_then(which));
                full.unwrap_or_else(|| masked.clone())
            })
        };
        let since = view! {
            <time datetime=time::machine_readable(shown.since)>
                {time::beijing(language, shown.since)}
            </time>
        };
        let method = shown
            .method
            .map_or(text.by_paper, |method| words::method(language, method));
        let what = words::subject(language, &shown.subject);
        let mut lines = vec![
            fact(
                text.status,
                view! { <Tag tone=Tone::Good text=verification_status(language, status) /> }
                    .into_any(),
                "",
                nothing(),
            ),
            fact(text.kind, view! { {what} }.into_any(), "", nothing()),
            fact(
                text.name,
                of(|full| Some(full.name.clone()), name),
                "",
                self.reveal_button(language),
            ),
        ];
        let label = match shown.document_kind {
            Some(kind) => subjects::id_document_kind(language, kind),
            None => text.number,
        };
        lines.push(fact(
            label,
            of(|full| Some(full.number.clone()), number),
            "",
            nothing(),
        ));
        if let Some(representative) = &shown.legal_representative {
            let masked = representative.to_string();
            let value = of(|full| full.legal_representative.clone(), masked);
            lines.push(fact(text.representative, value, "", nothing()));
        }
        if let Some(handler) = &shown.handler {
            let value = of(|full| full.handler.clone(), handler.to_string());
            lines.push(fact(text.handler, value, text.handler_hint, nothing()));
        }
        lines.push(fact(
            text.method,
            view! { {method} }.into_any(),
            "",
            nothing(),
        ));
        lines.push(fact(text.since, since.into_any(), "", nothing()));
        let reveal = self.reveal;
        view! {
            <section class="card" aria-labelledby="subject">
                <h2 id="subject">{text.subject}</h2>
                <ErrorSummary
                    id=reveal.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || reveal.field_errors(language))
                    whole=Signal::derive(move || reveal.whole_error(language))
                />
                {facts(lines)}
            </section>
        }
        .into_any()
    }

    fn reveal_button(self, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        let label = move || {
            if self.reveal.pending().get() {
                return text.revealing.to_owned();
            }
            match self.revealed.with(Option::is_some) {
                true => text.hide,
                false => text.reveal,
            }
            .to_owned()
        };
        view! {
            <button type="button" class="button button-quiet" on:click=move |_| self.toggle()>
                {live_text(label)}
            </button>
        }
        .into_any()
    }

    fn toggle(self) {
        if self.revealed.with_untracked(Option::is_some) {
            return self.revealed.set(None);
        }
        if self.reveal.pending().get_untracked() {
            return;
        }
        self.reveal.clear();
        let operation = SensitiveOperation::ChangeVerification;
        self.reveal.send_proved(
            operation,
            api::verification::reveal,
            move |answer| match answer {
                Ok(full) => {
                    self.revealed.try_set(Some(full));
                }
                Err(error) => self.reveal.show_error(&error, &|_| None, &|_| None),
            },
        );
    }

    fn ways(self, known: &Verification, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        let phone = match known.has_security_phone {
            true => nothing(),
            false => view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{text.phone_missing} " " {text.phone_any}</p>
                    <a class="button" href=paths::security_phone()>
                        {text.bind_phone}
                    </a>
                </Notice>
            }
            .into_any(),
        };
        view! {
            <section class="card" aria-labelledby="persons">
                <h2 id="persons">{text.persons}</h2>
                <p>{text.persons_hint}</p>
                {phone}
                {self.advice.view(known, language)}
                <p class="fact-hint">{text.overseas}</p>
            </section>
            <section class="card" aria-labelledby="enterprises">
                <h2 id="enterprises">{text.enterprises}</h2>
                <p>{text.enterprises_hint}</p>
                <p class="buttons">
                    <a class="button button-primary" href=paths::verification_enterprise()>
                        {text.enterprises_go}
                    </a>
                </p>
            </section>
        }
        .into_any()
    }
}

/// The status where there is no subject to show, with what is closed (VER-8, VER-9).
fn status_card(known: &Verification, language: Language) -> AnyView {
    let text = VerificationText::of(language);
    let tone = match known.status {
        VerificationStatus::Unverified => Tone::Caution,
        VerificationStatus::Person | VerificationStatus::Enterprise => Tone::Good,
    };
    let closed: Vec<_> = known
        .closed
        .iter()
        .map(|action| view! { <li>{words::action(language, *action)}</li> })
        .collect();
    let closed = match closed.is_empty() {
        true => nothing(),
        false => view! {
            <p>{text.closed_title}</p>
            <ul class="bullets">{closed}</ul>
        }
        .into_any(),
    };
    let inherited = match known.is_inherited {
        true => view! { <p>{text.inherited}</p> }.into_any(),
        false => nothing(),
    };
    view! {
        <section class="card" aria-labelledby="status">
            <h2 id="status">{text.status}</h2>
            <p>
                <Tag tone text=verification_status(language, known.status) />
            </p>
            {inherited}
            {closed}
        </section>
    }
    .into_any()
}

/// The attempt that is running or has failed, with the way to go on (VER-10).
fn attempt(known: &Verification, language: Language) -> AnyView {
    let text = VerificationText::of(language);
    let Some(shown) = &known.attempt else {
        return nothing();
    };
    let (title, lines, button) = match &shown.attempt {
        Attempt::Failed { reasons, .. } => {
            let lines = reasons
                .iter()
                .map(|reason| words::failure(language, *reason).to_owned())
                .collect();
            (text.failed, lines, text.give_up_and_correct)
        }
        _ => (
            text.running,
            vec![words::running_since(language, shown.method, shown.began)],
            text.go_on,
        ),
    };
    let lines: Vec<String> = lines;
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <p>{line}</p> })
        .collect();
    let go_on = match shown.method.is_for_persons() {
        true => view! {
            <a class="button" href=paths::verification_person()>
                {button}
            </a>
        }
        .into_any(),
        false => nothing(),
    };
    view! {
        <Notice kind=NoticeKind::Warning>
            <p class="notice-title">{title}</p>
            {lines}
            {go_on}
        </Notice>
    }
    .into_any()
}

fn history(lines: &[HistoryLine], language: Language) -> AnyView {
    let text = VerificationText::of(language);
    let content = match lines.is_empty() {
        true => view! { <EmptyState title=text.no_history /> }.into_any(),
        false => {
            let rows = lines
                .iter()
                .map(|line| {
                    let who = [line.name.as_str(), " · ", line.number.as_str()].concat();
                    let method = line
                        .method
                        .map_or(text.by_paper, |method| words::method(language, method));
                    vec![
                        view! {
                            <time datetime=time::machine_readable(line.at)>
                                {time::beijing(language, line.at)}
                            </time>
                        }
                        .into_any(),
                        view! { {words::event(language, line.event)} }.into_any(),
                        view! { {who} }.into_any(),
                        view! { {method} }.into_any(),
                    ]
                })
                .collect();
            view! {
                <DataTable
                    caption=text.history
                    headings=vec![text.at, text.event, text.who, text.method]
                    rows=rows
                />
            }
            .into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="history">
            <h2 id="history">{text.history}</h2>
            {content}
        </section>
    }
    .into_any()
}
