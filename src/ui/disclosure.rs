//! What is shown only to whoever asks, and what is shown where there is nothing yet.

use leptos::prelude::*;

/// Something folded away behind its question.
#[component]
pub fn Disclosure(
    /// The question.
    summary: &'static str,
    /// What is folded away.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure">
            <summary>{summary}</summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}

/// Stands where a list would, as long as there is nothing in it.
#[component]
pub fn EmptyState(
    /// What there is none of.
    title: &'static str,
    /// When there will be some, and a link or button that helps.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let more = children.map(|children| children());
    view! {
        <div class="empty-state">
            <p class="empty-state-title">{title}</p>
            {more}
        </div>
    }
}
