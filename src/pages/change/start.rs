//! The page at `/verification/change`: what the verification can become, and everything that stands against
//! it, with moments and ways out (CHG-1 to CHG-3). Only shows.

use contract::changes::{Application, ChangeOffer, ChangeOverview};
use domain::verification::WayOut;
use domain::verification::change::{ApplicationState, ChangeRefusal, next_step};
use leptos::prelude::*;

use super::wizard::{place, progress};
use crate::load::Load;
use crate::text::changes::{self as text, ChangeText};
use crate::text::{Language, change_refusals, time};
use crate::ui::{Notice, NoticeKind, Tag, Tone, fact, facts, live, nothing};
use crate::{api, layout, paths};

/// The page.
pub(super) fn page() -> AnyView {
    let overview = Load::start(api::changes::overview);
    layout::page(
        |language| ChangeText::of(language).title,
        move |language| {
            let content = layout::loaded(overview, language, move || {
                live(move || {
                    let known = overview.with(|known| Some(known.clone()));
                    known.map_or_else(nothing, |known| content(&known, language))
                })
            });
            view! {
                <p class="lead">{ChangeText::of(language).lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

fn content(known: &ChangeOverview, language: Language) -> AnyView {
    let words = ChangeText::of(language);
    let offers: Vec<_> = known
        .offers
        .iter()
        .map(|offer| shown(offer, known, language))
        .collect();
    let is_open = known.offers.iter().any(|offer| offer.refusals.is_empty());
    let has_draft = known
        .application
        .as_ref()
        .is_some_and(|change| change.state.is_editable() || change.state.blocks_another());
    let begin = (is_open && !has_draft).then(|| {
        view! {
            <p>
                <a class="button button-primary" href=paths::change_type()>
                    {words.begin}
                </a>
            </p>
        }
    });
    view! {
        {running(known.application.as_ref(), language)}
        {present(known, language)}
        <section class="card" aria-labelledby="offers">
            <h2 id="offers">{words.offers}</h2>
            <ul class="plain-list offers">{offers}</ul>
            {begin}
            <p class="quiet">{words.address_hint}</p>
        </section>
    }
    .into_any()
}

/// The application that is there, and where it goes on.
fn running(change: Option<&Application>, language: Language) -> AnyView {
    let Some(change) =
        change.filter(|change| !matches!(change.state, ApplicationState::Done { .. }))
    else {
        return nothing();
    };
    let words = ChangeText::of(language);
    let label = match change.state.is_editable() {
        true => words.go_on,
        false => words.look,
    };
    let next = place(next_step(&progress(change)));
    let kind = text::kind(language, change.kind);
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>{words.running} " · " {kind}</p>
            <a class="button button-primary" href=next>
                {label}
            </a>
        </Notice>
    }
    .into_any()
}

fn present(known: &ChangeOverview, language: Language) -> AnyView {
    let Some(subject) = &known.subject else {
        return nothing();
    };
    let words = ChangeText::of(language);
    let line = |label, value: String| {
        fact(
            label,
            view! { <span>{value}</span> }.into_any(),
            "",
            nothing(),
        )
    };
    view! {
        <section class="card" aria-labelledby="present">
            <h2 id="present">{words.now}</h2>
            {facts(
                vec![
                    line(words.name, subject.name.clone()),
                    line(words.number, subject.number.clone()),
                    line(words.since, time::beijing(language, subject.since)),
                ],
            )}
        </section>
    }
    .into_any()
}

fn shown(offer: &ChangeOffer, overview: &ChangeOverview, language: Language) -> AnyView {
    let words = ChangeText::of(language);
    let (name, hint) = text::target(language, offer.target);
    let refusals = &offer.refusals;
    let is_never = refusals.iter().any(|refusal| {
        matches!(
            refusal,
            ChangeRefusal::EnterpriseToPerson | ChangeRefusal::NotAnEnterprise
        )
    });
    let (tone, tag) = match (refusals.is_empty(), is_never) {
        (true, _) => (Tone::Good, words.possible),
        (false, true) => (Tone::Plain, words.never),
        (false, false) => (Tone::Caution, words.not_possible),
    };
    let lines: Vec<_> = refusals
        .iter()
        .map(|refusal| {
            let ways: Vec<_> = refusal
                .ways_out()
                .iter()
                .map(|way| way_out(*way, overview, language))
                .collect();
            view! { <li>{change_refusals::refusal(language, refusal)} " " {ways}</li> }
        })
        .collect();
    let reasons = match lines.is_empty() {
        true => nothing(),
        false => view! { <ul class="bullets">{lines}</ul> }.into_any(),
    };
    view! {
        <li class="offer">
            <p class="offer-head">
                <strong>{name}</strong>
                " "
                <Tag tone text=tag />
            </p>
            <p class="quiet">{hint}</p>
            {reasons}
        </li>
    }
    .into_any()
}

/// The link of a way out, where there is a page for it.
fn way_out(way: WayOut, overview: &ChangeOverview, language: Language) -> AnyView {
    let place = match way {
        WayOut::Pay => overview.pay_at.clone(),
        WayOut::OpenChange => {
            let change = overview.application.as_ref();
            change.map(|change| place(next_step(&progress(change))).to_owned())
        }
        WayOut::Verify => Some(paths::verification().to_owned()),
        _ => None,
    };
    let (Some(place), Some(words)) = (place, text::way_out(language, way)) else {
        return nothing();
    };
    view! { <a href=place>{words}</a> }.into_any()
}
