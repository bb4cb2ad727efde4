//! The pages at `/terms` and `/privacy` (REG-7). Knows the form of the texts; not what they say.

use contract::registration::LegalText;
use leptos::prelude::*;

use crate::load::Load;
use crate::text::Language;
use crate::text::registration::{RegistrationText, version};
use crate::{api, layout};

/// The terms.
pub(super) fn terms() -> AnyView {
    let text = Load::start(api::registration::terms);
    layout::page(
        |language| RegistrationText::of(language).terms_title,
        move |language| layout::loaded(text, language, move || show(text, language)),
    )
}

/// The privacy text.
pub(super) fn privacy() -> AnyView {
    let text = Load::start(api::registration::privacy);
    layout::page(
        |language| RegistrationText::of(language).privacy_title,
        move |language| layout::loaded(text, language, move || show(text, language)),
    )
}

fn show(text: Load<LegalText>, language: Language) -> AnyView {
    let (number, words) = text.with(|text| {
        let words = match language {
            Language::Chinese => &text.chinese,
            Language::English => &text.english,
        };
        (text.version.clone(), words.clone())
    });
    // A line that begins with `# ` is a heading, every other one a paragraph.
    let parts: Vec<_> = words
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| match line.strip_prefix("# ") {
            Some(heading) => view! { <h2>{heading.to_owned()}</h2> }.into_any(),
            None => view! { <p>{line.to_owned()}</p> }.into_any(),
        })
        .collect();
    view! {
        <p class="field-hint">{version(language, &number)}</p>
        <article class="card prose">{parts}</article>
    }
    .into_any()
}
