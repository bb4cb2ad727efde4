//! The page for a part of the app that could not be fetched, most likely since the server has a newer
//! version (V-42).

use leptos::prelude::*;

use crate::address::Address;
use crate::layout;
use crate::text::failure::FailureText;

/// The page.
#[must_use]
pub fn page() -> AnyView {
    layout::page(
        |language| FailureText::of(language).new_version_title,
        |language| {
            let text = FailureText::of(language);
            view! {
                <p class="lead">{text.new_version}</p>
                <button type="button" class="button button-primary" on:click=|_| Address::reload()>
                    {text.reload}
                </button>
            }
            .into_any()
        },
    )
}
