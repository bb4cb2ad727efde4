//! The page at `/security`: score with one next step, what is bound, what protects (PRT-3). Only shows;
//! each change has a page of its own.

use contract::security::{BoundContact, SecurityOverview};
use domain::protection::{Protection, Score, ScoreKind};
use leptos::prelude::*;

use crate::load::Load;
use crate::text::Language;
use crate::text::security::{self as words, SecurityText};
use crate::ui::{
    Disclosure, Level, Notice, NoticeKind, ScoreRing, Tag, Tone, fact, facts, live, nothing,
};
use crate::{api, layout, paths};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let security = Load::start(api::security::overview);
    layout::page(
        |language| SecurityText::of(language).title,
        move |language| {
            let content = layout::loaded(security, language, move || {
                live(move || {
                    let known = security.with(|security| Some(security.clone()));
                    known.map_or_else(nothing, |known| content(&known, language))
                })
            });
            view! {
                <p class="lead">{SecurityText::of(language).lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

fn content(known: &SecurityOverview, language: Language) -> AnyView {
    let text = SecurityText::of(language);
    let must_set = known.must_set_password.then(|| {
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{text.must_set}</p>
                <p>
                    <a href=paths::security_password()>{text.set}</a>
                </p>
            </Notice>
        }
    });
    view! {
        {must_set}
        {score(&known.score, language)}
        {ways(known, language)}
        {protections(known, language)}
        {activity(known, language)}
    }
    .into_any()
}

fn score(score: &Score, language: Language) -> AnyView {
    let text = SecurityText::of(language);
    let most: u32 = score.parts.iter().map(|part| part.most).sum();
    let tone = match score.points * 100 / most.max(1) {
        80.. => Tone::Good,
        50.. => Tone::Plain,
        _ => Tone::Caution,
    };
    let level = Level {
        value: score.points,
        of: most,
        tone,
        words: words::score(language, score.points, most),
    };
    let next = match score.next_step {
        Some(kind) => {
            let label = words::next_step(language, kind);
            view! {
                <p>{text.next_step}</p>
                <a class="button button-primary" href=place(kind)>
                    {label}
                </a>
            }
            .into_any()
        }
        None => view! { <p>{text.all_done}</p> }.into_any(),
    };
    let parts: Vec<_> = score
        .parts
        .iter()
        .map(|part| {
            let name = words::score_kind(language, part.kind);
            let points = words::score(language, part.points, part.most);
            view! { <li>{name} ": " {points}</li> }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby="score">
            <h2 id="score">{text.score}</h2>
            <div class="score">
                <ScoreRing level=Signal::stored(level) />
                <div class="score-next">{next}</div>
            </div>
            <Disclosure summary=text.parts>
                <ul class="bullets">{parts}</ul>
            </Disclosure>
        </section>
    }
    .into_any()
}

/// Where a part of the score is mended.
const fn place(kind: ScoreKind) -> &'static str {
    match kind {
        ScoreKind::SecurityPhone => paths::security_phone(),
        ScoreKind::SecurityEmail => paths::security_email(),
        ScoreKind::Mfa => paths::mfa(),
        ScoreKind::SignInProtection | ScoreKind::OperationProtection => {
            paths::security_protection()
        }
        ScoreKind::Password => paths::security_password(),
    }
}

fn ways(known: &SecurityOverview, language: Language) -> AnyView {
    let text = SecurityText::of(language);
    let password = match &known.password {
        Some(state) => both(
            words::strength(language, state.strength),
            words::since(language, state.changed_at),
        ),
        None => not_bound(language),
    };
    let mfa = match &known.mfa {
        Some(device) => both(
            words::device(language, device.kind),
            words::since(language, device.bound_at),
        ),
        None => not_bound(language),
    };
    let wechat = match known.wechat_since {
        Some(since) => both(text.bound, words::since(language, since)),
        None => not_bound(language),
    };
    let lines = vec![
        line(
            text.password,
            password,
            paths::security_password(),
            language,
        ),
        line(
            text.phone,
            contact(known.phone.as_ref(), language),
            paths::security_phone(),
            language,
        ),
        line(
            text.email,
            contact(known.email.as_ref(), language),
            paths::security_email(),
            language,
        ),
        line(text.mfa, mfa, paths::mfa(), language),
        line(text.wechat, wechat, paths::mfa(), language),
    ];
    view! {
        <section class="card" aria-labelledby="ways">
            <h2 id="ways">{text.ways}</h2>
            {facts(lines)}
        </section>
    }
    .into_any()
}

fn protections(known: &SecurityOverview, language: Language) -> AnyView {
    let text = SecurityText::of(language);
    let state = |protection: Protection| {
        let tone = match protection {
            Protection::Off => Tone::Caution,
            Protection::Require(_) => Tone::Good,
        };
        let word = match protection {
            Protection::Off => text.off,
            Protection::Require(_) => text.on,
        };
        let what = match protection {
            Protection::Off => "",
            Protection::Require(_) => words::protection(language, protection),
        };
        view! {
            <Tag tone text=word />
            " "
            <span>{what}</span>
        }
        .into_any()
    };
    let place = paths::security_protection();
    let lines = vec![
        line(
            text.sign_in_protection,
            state(known.protections.sign_in),
            place,
            language,
        ),
        line(
            text.operation_protection,
            state(known.protections.operation),
            place,
            language,
        ),
    ];
    view! {
        <section class="card" aria-labelledby="protection">
            <h2 id="protection">{text.protection}</h2>
            {facts(lines)}
        </section>
    }
    .into_any()
}

fn activity(known: &SecurityOverview, language: Language) -> AnyView {
    let text = SecurityText::of(language);
    let count = |count: u32| view! { <span class="number">{count}</span> }.into_any();
    let lines = vec![
        line(
            text.sessions,
            count(known.sessions),
            paths::security_sessions(),
            language,
        ),
        line(
            text.trusted,
            count(known.trusted_devices),
            paths::security_sessions(),
            language,
        ),
        line(text.history, nothing(), paths::security_history(), language),
    ];
    view! {
        <section class="card" aria-labelledby="activity">
            <h2 id="activity">{text.activity}</h2>
            {facts(lines)}
        </section>
    }
    .into_any()
}

/// A fact with the link to the page that changes it.
fn line(label: &'static str, value: AnyView, place: &'static str, language: Language) -> AnyView {
    let words = SecurityText::of(language).manage;
    let link = view! {
        <a href=place>
            {words}
            <span class="visually-hidden">" " {label}</span>
        </a>
    };
    fact(label, value, "", link.into_any())
}

fn contact(bound: Option<&BoundContact>, language: Language) -> AnyView {
    match bound {
        Some(bound) => {
            let since = words::since(language, bound.changed_at);
            let masked = bound.masked.clone();
            view! {
                <span>{masked}</span>
                " "
                <span class="quiet">{since}</span>
            }
            .into_any()
        }
        None => not_bound(language),
    }
}

fn both(word: &'static str, since: String) -> AnyView {
    view! {
        <span>{word}</span>
        " "
        <span class="quiet">{since}</span>
    }
    .into_any()
}

fn not_bound(language: Language) -> AnyView {
    let word = SecurityText::of(language).not_bound;
    view! { <Tag tone=Tone::Caution text=word /> }.into_any()
}
