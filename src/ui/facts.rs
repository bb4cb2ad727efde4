//! A list of facts: what each is called, how it stands, what can be done about it. Knows no fact.

use leptos::prelude::*;

use super::nothing;

/// The list, around its [`Fact`]s.
#[component]
pub fn Facts(
    /// The facts.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One fact.
#[component]
pub fn Fact(
    /// What it is called.
    label: &'static str,
    /// What explains it, if anything does.
    #[prop(optional, into)]
    hint: String,
    /// Buttons and links at the end of its line.
    #[prop(optional)]
    actions: Option<AnyView>,
    /// How it stands.
    children: Children,
) -> impl IntoView {
    let hint = match hint.is_empty() {
        true => nothing(),
        false => view! { <p class="fact-hint">{hint}</p> }.into_any(),
    };
    let actions = actions.map(|actions| view! { <div class="fact-actions">{actions}</div> });
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd>{children()} {actions} {hint}</dd>
        </div>
    }
}
