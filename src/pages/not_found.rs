//! The page for an address where there is nothing. Knows the start page; no other.

use leptos::prelude::*;

use crate::text::failure::FailureText;
use crate::{layout, paths};

/// The page.
#[must_use]
pub fn page() -> AnyView {
    layout::page(
        |language| FailureText::of(language).not_found_title,
        |language| {
            let text = FailureText::of(language);
            view! {
                <p class="lead">{text.not_found}</p>
                <p><a href=paths::home()>{text.home}</a></p>
            }
            .into_any()
        },
    )
}
