//! The page at `/register`: for whom, and by which way (REG-1, REG-4, REG-6). Knows what is advised; not
//! how an identity is proved.

use contract::registration::Registration;
use domain::login_methods::LoginMethodKind;
use domain::registration::{
    AccountFor, MethodAdvice, method_advice, registration_methods, verification_path,
};
use domain::verification::Region;
use leptos::prelude::*;

use super::{ENTERPRISE, FOR_WHOM, PERSON, go_on, steps};
use crate::load::Load;
use crate::text::registration::{self as text, RegistrationText};
use crate::text::{Language, login_methods};
use crate::ui::{Choice, Disclosure, RadioGroup, Tag, Tone, live, nothing, react};
use crate::{api, draft, layout, paths};

/// The page.
pub(super) fn page() -> AnyView {
    let needed = Load::start(api::registration::needed);
    let kept = match draft::read(FOR_WHOM).as_str() {
        ENTERPRISE => ENTERPRISE,
        _ => PERSON,
    };
    let for_whom = RwSignal::new(kept.to_owned());
    react(move || for_whom.with(|for_whom| draft::write(FOR_WHOM, for_whom)));
    layout::page(
        |language| RegistrationText::of(language).title,
        move |language| {
            let text = RegistrationText::of(language);
            let choices = vec![
                Choice::new(PERSON, text.person).hint(text.person_hint),
                Choice::new(ENTERPRISE, text.enterprise).hint(text.enterprise_hint),
            ];
            let ways = layout::loaded(needed, language, move || {
                live(move || ways(needed, account_for(for_whom), language))
            });
            view! {
                {steps(language, 0)}
                {go_on(needed, language)}
                <p class="lead">
                    {text.has_account} " " <a href=paths::sign_in()>{text.sign_in}</a>
                </p>
                <div class="form">
                    <RadioGroup id="for-whom" label=text.for_whom choices value=for_whom />
                </div>
                <section class="card" aria-labelledby="ways">
                    <h2 id="ways">{text.ways}</h2>
                    <p class="field-hint">{text.ways_hint}</p>
                    {ways}
                </section>
                <Disclosure summary=text.region_question>{elsewhere(language)}</Disclosure>
            }
            .into_any()
        },
    )
}

fn account_for(for_whom: RwSignal<String>) -> AccountFor {
    match for_whom.with(|for_whom| for_whom == ENTERPRISE) {
        true => AccountFor::Enterprise,
        false => AccountFor::Person,
    }
}

/// The five ways, those advised first (REG-1, REG-4).
fn ways(needed: Load<Registration>, account_for: AccountFor, language: Language) -> AnyView {
    let open = needed.with(|needed| needed.ways.clone());
    let rows: Vec<_> = registration_methods(account_for)
        .into_iter()
        .map(|kind| {
            let advice = method_advice(account_for, kind);
            way(kind, advice, open.contains(&kind), language)
        })
        .collect();
    view! { <ul class="ways" role="list">{rows}</ul> }.into_any()
}

/// One way: what it is, what is said of it, and the link, or why there is none (API-2).
fn way(kind: LoginMethodKind, advice: MethodAdvice, is_open: bool, language: Language) -> AnyView {
    let name = login_methods::kind(language, kind);
    let tone = match advice {
        MethodAdvice::Recommended | MethodAdvice::RecommendedWithCompanyAddress => Tone::Good,
        MethodAdvice::BelongsToAPerson => Tone::Caution,
        MethodAdvice::Neutral => Tone::Plain,
    };
    let tag =
        text::advice(language, advice).map(|words| view! { <Tag tone text=words.to_owned() /> });
    let warning = match advice {
        MethodAdvice::BelongsToAPerson => {
            view! { <p>{text::when_the_person_leaves(language)}</p> }.into_any()
        }
        MethodAdvice::Recommended
        | MethodAdvice::RecommendedWithCompanyAddress
        | MethodAdvice::Neutral => nothing(),
    };
    let (hint, link) = match is_open.then(|| address(kind)) {
        Some(href) => {
            let words = text::register_with(language, kind);
            let link = view! { <a class="button way-link" href=href>{words}</a> };
            (text::way_hint(language, kind), link.into_any())
        }
        None => (RegistrationText::of(language).not_here, nothing()),
    };
    view! {
        <li class="way">
            <div class="way-head">
                <h3 class="way-name">{name}</h3>
                {tag}
                {link}
            </div>
            <p class="field-hint">{hint}</p>
            {warning}
        </li>
    }
    .into_any()
}

/// Where a way begins.
fn address(kind: LoginMethodKind) -> String {
    match kind {
        LoginMethodKind::Email => paths::register_email().to_owned(),
        LoginMethodKind::Wechat
        | LoginMethodKind::Qq
        | LoginMethodKind::OfficialAccount
        | LoginMethodKind::Wecom => paths::visit(api::providers::word(kind)),
    }
}

/// What is open to whom from elsewhere (REG-6, ACC-5).
fn elsewhere(language: Language) -> AnyView {
    let all = [
        verification_path(AccountFor::Person, Region::HongKongMacauTaiwan),
        verification_path(AccountFor::Enterprise, Region::HongKongMacauTaiwan),
        verification_path(AccountFor::Person, Region::Overseas),
    ];
    let rows: Vec<_> = all
        .into_iter()
        .enumerate()
        .map(|(index, path)| {
            view! {
                <p>
                    <strong>{text::from_where(language, index)}</strong>
                    {text::path(language, path)}
                </p>
            }
        })
        .collect();
    rows.into_any()
}
