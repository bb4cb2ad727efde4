//! The page at `/outbox`: what the demo sent, and its movable clock.

use contract::demo::{Outbox, OutboxMessage};
use domain::time::Span;
use leptos::prelude::*;

use crate::announce::Announcer;
use crate::api;
use crate::form::Form;
use crate::layout;
use crate::load::Load;
use crate::session::SessionContext;
use crate::text::demo::{self, DemoText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, time};
use crate::ui::{ErrorSummary, live, live_text};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let outbox = Load::start(api::demo::outbox);
    let clock = Clock::new(outbox);
    layout::page(
        |language| DemoText::of(language).outbox_title,
        move |language| {
            let text = DemoText::of(language);
            let content = layout::loaded(outbox, language, move || {
                view! {
                    {messages(outbox, language)}
                    {clock.view(language)}
                }
                .into_any()
            });
            view! {
                <p class="lead">{text.outbox_lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

fn messages(outbox: Load<Outbox>, language: Language) -> AnyView {
    let text = DemoText::of(language);
    let list = live(move || {
        let messages = outbox.with(|outbox| outbox.messages.clone());
        if messages.is_empty() {
            return view! { <p class="empty">{text.no_messages}</p> }.into_any();
        }
        let list: Vec<_> = messages
            .iter()
            .map(|message| message_view(message, language))
            .collect();
        view! { <ol>{list}</ol> }.into_any()
    });
    view! {
        <section class="card" aria-labelledby="messages">
            <div class="card-head">
                <h2 id="messages">{text.messages}</h2>
                <button type="button" class="button" on:click=move |_| outbox.again()>
                    {text.reload}
                </button>
            </div>
            {list}
        </section>
    }
    .into_any()
}

fn message_view(message: &OutboxMessage, language: Language) -> AnyView {
    let subject = message
        .subject
        .clone()
        .map(|subject| view! { <p class="message-subject">{subject}</p> });
    view! {
        <li class="message">
            <p class="message-head">
                <span class="tag">{demo::channel(language, message.channel)}</span>
                <span>{DemoText::of(language).to} " " {message.to.clone()}</span>
                <time datetime=time::machine_readable(message.sent_at)>
                    {time::beijing(language, message.sent_at)}
                </time>
            </p>
            {subject}
            <p class="message-body">{message.body.clone()}</p>
        </li>
    }
    .into_any()
}

/// The demo's clock, which can be moved forward.
#[derive(Clone, Copy)]
struct Clock {
    form: Form,
    outbox: Load<Outbox>,
    session: SessionContext,
    announcer: Announcer,
}

impl Clock {
    fn new(outbox: Load<Outbox>) -> Self {
        Self {
            form: Form::new("clock-problems"),
            outbox,
            session: SessionContext::expect(),
            announcer: Announcer::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = DemoText::of(language);
        let form = self.form;
        let now = move || {
            let now = self.outbox.with(|outbox| Some(outbox.server_time));
            now.map_or_else(String::new, |now| time::beijing(language, now))
        };
        let button = |span: Span, label: &'static str| {
            view! {
                <button type="button" class="button" on:click=move |_| self.forward(span)>
                    <span class="visually-hidden">{text.forward} " "</span>
                    "+ " {label}
                </button>
            }
        };
        view! {
            <section class="card" aria-labelledby="clock">
                <h2 id="clock">{text.clock}</h2>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(Vec::new)
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <p class="number">{live_text(now)}</p>
                <p class="fact-hint">{text.clock_lead}</p>
                <div class="buttons">
                    {button(Span::from_hours(1), text.one_hour)}
                    {button(Span::from_days(1), text.one_day)}
                    {button(Span::from_days(30), text.thirty_days)}
                </div>
            </section>
        }
        .into_any()
    }

    fn forward(self, span: Span) {
        if self.form.pending().get_untracked() {
            return;
        }
        self.form.clear();
        self.form.send(api::demo::move_clock(span), move |answer| {
            if let Err(error) = answer {
                return self.form.show_error(&error, &|_| None, &|_| None);
            }
            self.announcer
                .tell(Sentence::new(|language| DemoText::of(language).clock_moved));
            self.outbox.again();
            // The session may have ended by that.
            self.session.ask();
        });
    }
}
