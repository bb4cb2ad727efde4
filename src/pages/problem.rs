//! The page for when the server cannot tell who is signed in, so that no page can be shown at all.

use leptos::prelude::*;

use crate::layout;
use crate::session::{Session, SessionContext};
use crate::text::failure::{self, FailureText};

/// The page.
#[must_use]
pub fn page() -> AnyView {
    let session = SessionContext::expect();
    layout::page(
        |language| FailureText::of(language).problem_title,
        move |language| {
            let text = FailureText::of(language);
            let sentence = match session.get() {
                Session::Failed(error) => failure::api_error(language, &error),
                Session::Unknown | Session::Nobody | Session::Owner(_) => String::new(),
            };
            view! {
                <p class="lead">{sentence}</p>
                <button type="button" class="button button-primary" on:click=move |_| session.ask()>
                    {text.try_again}
                </button>
            }
            .into_any()
        },
    )
}
