//! The quiet shape of what is still loading.

use leptos::prelude::*;

/// A few grey lines, and the word for whoever does not see them.
#[component]
pub fn Skeleton(
    /// The word, such as "Loading…".
    label: &'static str,
) -> impl IntoView {
    view! {
        <div class="skeleton">
            <p class="visually-hidden">{label}</p>
            <div class="skeleton-line"></div>
            <div class="skeleton-line"></div>
            <div class="skeleton-line"></div>
        </div>
    }
}
