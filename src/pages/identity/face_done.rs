//! The page at `/face/done`. Knows nothing of the check: the page that began it goes on by itself.

use leptos::prelude::*;

use crate::layout;
use crate::text::providers::ProviderText;

/// The page.
pub(super) fn page() -> AnyView {
    layout::page(
        |language| ProviderText::of(language).face_done_title,
        |language| view! { <p>{ProviderText::of(language).face_done}</p> }.into_any(),
    )
}
