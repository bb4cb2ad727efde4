//! The page at `/security`: score with one next step, what is bound, what protects (PRT-3). Only shows;
//! each change has a page of its own.

use contract::security::{BoundContact, SecurityOverview};
use domain::contacts::ContactField;
use domain::protection::{LeaverFactor, Protection, Remedy, Score, ScoreKind, remedy_for};
use leptos::prelude::*;

use crate::load::Load;
use crate::text::security::{self as words, SecurityText};
use crate::text::{Language, contacts};
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
                <a class="button" href=paths::security_password()>
                    {text.password_save}
                </a>
            </Notice>
        }
    });
    view! {
        {must_set}
        {score(&known.score, language)}
        {ways(known, language)}
        {protections(known, language)}
        {activity(known, language)}
        {leavers(language)}
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
                <p class="quiet">{text.next_step}</p>
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
            let (tone, word) = match part.points {
                0 => (Tone::Caution, text.missing),
                points if points < part.most => (Tone::Plain, text.partly),
                _ => (Tone::Good, text.complete),
            };
            view! {
                <li class="score-part">
                    <a href=place(part.kind)>
                        {words::score_kind(language, part.kind)}
                    </a>
                    <Tag tone text=word />
                    <span class="number">{words::part(language, part.points, part.most)}</span>
                </li>
            }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby="score">
            <h2 id="score">{text.score}</h2>
            <div class="score">
                <div class="score-side">
                    <ScoreRing level=Signal::stored(level) />
                    <div class="score-next">{next}</div>
                </div>
                <ul class="plain-list score-parts" aria-label=text.parts>
                    {parts}
                </ul>
            </div>
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
    let email = view! {
        {contact(known.email.as_ref(), ContactField::SecurityEmail, language)}
        {email_change(known, language)}
    };
    let mut lines = vec![
        line(
            text.password,
            password,
            paths::security_password(),
            language,
        ),
        line(
            text.phone,
            contact(known.phone.as_ref(), ContactField::SecurityPhone, language),
            paths::security_phone(),
            language,
        ),
        line(
            text.email,
            email.into_any(),
            paths::security_email(),
            language,
        ),
        line(text.mfa, mfa, paths::mfa(), language),
    ];
    if let Some(since) = known.wechat_since {
        // What stays and what goes when the login is unbound (MFA-6, LGM-8).
        let hint = match known.wechat_signs_in {
            true => text.wechat_both,
            false => text.wechat_alone,
        };
        let state = both(text.bound, words::since(language, since));
        let manage = manage(text.wechat, paths::mfa(), language);
        lines.push(fact(text.wechat, state, hint, manage));
    }
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
    fact(label, value, "", manage(label, place, language))
}

fn manage(label: &'static str, place: &'static str, language: Language) -> AnyView {
    let words = SecurityText::of(language).manage;
    view! {
        <a class="button button-quiet" href=place>
            {words}
            <span class="visually-hidden">" " {label}</span>
        </a>
    }
    .into_any()
}

/// That a change of the security e-mail waits, which does not touch the present one (CON-5).
fn email_change(known: &SecurityOverview, language: Language) -> AnyView {
    let Some(change) = &known.email_change else {
        return nothing();
    };
    let text = SecurityText::of(language);
    let waits = words::email_waits(language, &change.wished, change.lapses_at);
    view! {
        <span class="since">
            {waits} " "
            <a href=paths::security_email()>
                {text.go_on}
            </a>
        </span>
    }
    .into_any()
}

/// What to do about a personal thing of somebody who left (PRT-5).
fn leavers(language: Language) -> AnyView {
    let text = SecurityText::of(language);
    let lines: Vec<_> = [
        LeaverFactor::Phone,
        LeaverFactor::Email,
        LeaverFactor::Wechat,
        LeaverFactor::Qq,
    ]
    .into_iter()
    .map(|factor| {
        let remedy = remedy_for(factor);
        let place = match remedy {
            Remedy::ChangePhone => paths::security_phone(),
            Remedy::ChangeEmail => paths::security_email(),
            Remedy::UnbindWechat | Remedy::UnbindQq => paths::account(),
        };
        view! {
            <li>
                {words::leaver(language, factor)} " → "
                <a href=place>
                    {words::remedy(language, remedy)}
                </a>
            </li>
        }
    })
    .collect();
    view! {
        <Disclosure summary=text.leaver>
            <p>{text.leaver_lead}</p>
            <ul class="bullets">{lines}</ul>
        </Disclosure>
    }
    .into_any()
}

/// A phone or an e-mail, since when it is bound, and what it receives (CON-1).
fn contact(bound: Option<&BoundContact>, field: ContactField, language: Language) -> AnyView {
    match bound {
        Some(bound) => {
            let since = words::since(language, bound.changed_at);
            let masked = bound.masked.clone();
            view! {
                <span class="number">{masked}</span>
                " "
                <span class="quiet since">{since}</span>
                " "
                <span class="quiet since">{contacts::receives(language, field)}</span>
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
        <span class="quiet since">{since}</span>
    }
    .into_any()
}

fn not_bound(language: Language) -> AnyView {
    let word = SecurityText::of(language).not_bound;
    view! { <Tag tone=Tone::Caution text=word /> }.into_any()
}
