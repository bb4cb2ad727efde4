//! The one button of a form that sends it. Does not know what is sent.

use leptos::prelude::*;

use super::live_text;

/// Sends the form it stands in; while that is on its way it says so and keeps the focus.
#[component]
pub fn SubmitButton(
    /// What the button does.
    label: &'static str,
    /// What it says while that is on its way.
    pending_label: &'static str,
    /// Whether it is.
    pending: Signal<bool>,
) -> impl IntoView {
    let words = move || if pending.get() { pending_label } else { label }.to_owned();
    // `disabled` would throw the focus away; the form itself refuses a second submit.
    let is_busy = Signal::derive(move || pending.get().then_some("true"));
    view! {
        <button type="submit" class="button button-primary" aria-disabled=is_busy>
            {live_text(words)}
        </button>
    }
}
