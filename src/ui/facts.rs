//! A list of facts: what each is called, how it stands, what can be done about it. Knows no fact.

use leptos::prelude::*;

use super::nothing;

/// The list, around its [`fact`]s.
#[must_use]
pub fn facts(facts: Vec<AnyView>) -> AnyView {
    view! { <dl class="facts">{facts}</dl> }.into_any()
}

/// One fact: what it is called, how it stands, what explains it (empty if nothing does), and the
/// buttons and links at the end of its line.
///
/// Functions, since the pages of the account have dozens of them: as a component with children each
/// use is 220 bytes longer.
#[must_use]
pub fn fact(label: &'static str, value: AnyView, hint: &'static str, actions: AnyView) -> AnyView {
    let hint = match hint.is_empty() {
        true => nothing(),
        false => view! { <p class="fact-hint">{hint}</p> }.into_any(),
    };
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd>
                <div class="fact-value">{value}</div>
                <div class="fact-actions">{actions}</div>
                {hint}
            </dd>
        </div>
    }
    .into_any()
}
