//! The page at `/help` (HLP-1): every question with its answer, and a search. Only shows.

use contract::help::{Help, HelpAnswer, HelpSubject};
use domain::rule::RuleId;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::find::find;
use crate::address::Address;
use crate::load::Load;
use crate::text::Language;
use crate::text::help::{self as words, HelpText};
use crate::ui::{EmptyState, focus_soon, live, nothing};
use crate::{api, layout, paths};

const SEARCH: &str = "help-search";

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let address = Address::expect();
    let search = Search {
        typed: RwSignal::new(address.query(paths::SEARCH).unwrap_or_default()),
        about: address.query(paths::ABOUT).unwrap_or_default(),
        from: address.query(paths::FROM).unwrap_or_default(),
    };
    let search = StoredValue::new(search);
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.key() == "/" && !is_typing(&event) && !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            focus_soon(SEARCH);
        }
    });
    on_cleanup(move || keys.remove());
    layout::page(
        |language| HelpText::of(language).title,
        move |language| search.with_value(|search| search.view(language)),
    )
}

/// Whether the key belongs to a text that is being typed.
fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|it| matches!(it.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// What is looked for.
struct Search {
    typed: RwSignal<String>,
    /// A rule that a refusal named (HLP-2).
    about: String,
    /// The page that the person came from (HLP-2).
    from: String,
}

impl Search {
    fn view(&self, language: Language) -> AnyView {
        let text = HelpText::of(language);
        let typed = self.typed;
        let answers = Load::start(move || api::help::answers(language.code()));
        let (about, from) = (self.about.clone(), self.from.clone());
        let content = layout::loaded(answers, language, move || {
            let (about, from) = (about.clone(), from.clone());
            live(move || {
                let typed = typed.get();
                let shown =
                    answers.with(|help| Some(shown(help, &typed, (&about, &from), language)));
                shown.unwrap_or_else(nothing)
            })
        });
        view! {
            <p class="lead">{text.lead}</p>
            <form class="help-search" role="search" on:submit=move |event| event.prevent_default()>
                <label for=SEARCH class="visually-hidden">
                    {text.search}
                </label>
                <input
                    id=SEARCH
                    class="input"
                    type="search"
                    autocomplete="off"
                    placeholder=text.search
                    prop:value=typed.get_untracked()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </form>
            {content}
        }
        .into_any()
    }
}

fn shown(help: &Help, typed: &str, (about, from): (&str, &str), language: Language) -> AnyView {
    let text = HelpText::of(language);
    if !typed.trim().is_empty() {
        let found = find(&help.answers, typed);
        let count = found.len();
        let list = match found.is_empty() {
            true => view! {
                <EmptyState title=text.none>
                    <p>{text.none_hint}</p>
                </EmptyState>
            }
            .into_any(),
            false => list(&found, language),
        };
        return view! {
            <section class="card" aria-labelledby="help-results">
                <div class="card-head">
                    <h2 id="help-results">{text.results}</h2>
                    <p class="quiet" role="status">
                        {words::found(language, count)}
                    </p>
                </div>
                {list}
            </section>
        }
        .into_any();
    }
    view! {
        {concerned(help, about, from, language)}
        {all(help, language)}
    }
    .into_any()
}

/// The answers that a refusal or the page before is about (HLP-2).
fn concerned(help: &Help, about: &str, from: &str, language: Language) -> AnyView {
    let rule = about.parse::<RuleId>().ok();
    let is_meant = |answer: &&HelpAnswer| {
        rule.is_some_and(|rule| answer.rules.contains(&rule))
            || (rule.is_none() && !from.is_empty() && answer.place.as_deref() == Some(from))
    };
    let meant: Vec<_> = help.answers.iter().filter(is_meant).collect();
    if meant.is_empty() {
        return nothing();
    }
    view! {
        <section class="card" aria-labelledby="help-about">
            <h2 id="help-about">{HelpText::of(language).about}</h2>
            {list(&meant, language)}
        </section>
    }
    .into_any()
}

fn all(help: &Help, language: Language) -> AnyView {
    let mut subjects: Vec<(HelpSubject, Vec<&HelpAnswer>)> = Vec::new();
    for answer in &help.answers {
        match subjects
            .iter_mut()
            .find(|(subject, _)| *subject == answer.subject)
        {
            Some((_, answers)) => answers.push(answer),
            None => subjects.push((answer.subject, vec![answer])),
        }
    }
    let sections: Vec<_> = subjects
        .iter()
        .map(|(subject, answers)| {
            view! {
                <section class="card">
                    <h2>{words::subject(language, *subject)}</h2>
                    {list(answers, language)}
                </section>
            }
        })
        .collect();
    view! {
        <div class="help-all">{sections}</div>
    }
    .into_any()
}

fn list(answers: &[&HelpAnswer], language: Language) -> AnyView {
    let only = answers.len() == 1;
    let lines: Vec<_> = answers
        .iter()
        .map(|answer| {
            let go = answer.place.clone().map(|place| {
                view! {
                    <p>
                        <a class="button" href=place>
                            {HelpText::of(language).go}
                            <span class="visually-hidden">" " {answer.question.clone()}</span>
                        </a>
                    </p>
                }
            });
            view! {
                <details class="disclosure" open=only>
                    <summary>{answer.question.clone()}</summary>
                    <div class="disclosure-body">
                        <p>{answer.answer.clone()}</p>
                        {go}
                    </div>
                </details>
            }
        })
        .collect();
    view! { <div class="help-list">{lines}</div> }.into_any()
}
