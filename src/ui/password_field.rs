//! A password input that can show what was typed (SGN-12). Pasting and password managers work, since
//! nothing keeps them from it.

use leptos::prelude::*;

use super::field::{FieldValue, Input, field_frame};
use super::live_text;

/// A field for a password.
#[component]
pub fn PasswordField(
    /// The input's id, unique on the page.
    id: &'static str,
    /// What is asked for.
    label: &'static str,
    /// What helps to choose one, if anything does.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with the answer.
    error: Signal<Option<String>>,
    /// What is typed.
    value: FieldValue,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// The button's name while the password is hidden.
    show_label: &'static str,
    /// The button's name while it is shown.
    hide_label: &'static str,
    /// A line under the input that says how good the password is, such as a `Meter`; what changes
    /// in it is read out when the typing pauses.
    #[prop(optional)]
    strength: Option<AnyView>,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let input = Input {
        id,
        hint,
        error,
        value,
        autocomplete,
    };
    let kind = Signal::derive(move || if is_shown.get() { "text" } else { "password" });
    let words = move || {
        if is_shown.get() {
            hide_label
        } else {
            show_label
        }
        .to_owned()
    };
    let strength = strength.map(|line| view! { <div aria-live="polite">{line}</div> });
    let parts = view! {
        <div class="input-with-button">
            {input.view("input", "", kind)}
            <button
                type="button"
                class="button button-quiet"
                aria-controls=id
                on:click=move |_| is_shown.update(|shown| *shown = !*shown)
            >
                {live_text(words)}
            </button>
        </div>
        {strength}
    };
    field_frame(id, label, hint, error, parts.into_any())
}
