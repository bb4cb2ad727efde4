//! The page at `/verification/change/done`: the account belongs to the new subject (CHG-5). Only shows.

use domain::verification::change::ChangeStep;
use leptos::prelude::*;

use super::wizard::Wizard;
use crate::paths;
use crate::text::Language;
use crate::text::changes::ChangeText;
use crate::ui::{Notice, NoticeKind};

/// The page.
pub(super) fn page() -> AnyView {
    Wizard::new().page(
        |language| ChangeText::of(language).done_title,
        ChangeStep::Done,
        view,
    )
}

fn view(language: Language) -> AnyView {
    let words = ChangeText::of(language);
    let link = |place: &'static str, label: &'static str| {
        view! {
            <li>
                <a href=place>{label}</a>
            </li>
        }
    };
    view! {
        <Notice kind=NoticeKind::Success>
            <p>{words.done_lead}</p>
        </Notice>
        <section class="card" aria-labelledby="next">
            <h2 id="next">{words.done_next}</h2>
            <ul class="bullets">
                {link(paths::security(), words.done_phone)}
                {link(paths::account(), words.done_methods)}
                {link(paths::security_sessions(), words.done_sessions)}
            </ul>
        </section>
        <p>
            <a class="button" href=paths::change()>
                {words.start_again}
            </a>
        </p>
    }
    .into_any()
}
