//! A password input that can show what was typed (SGN-12). Pasting and password managers work, since
//! nothing keeps them from it.

use leptos::prelude::*;

use super::field::{FieldFrame, FieldValue, described_by, is_invalid};
use super::live_text;

/// A field for a password.
#[component]
pub fn PasswordField(
    /// The input's id, unique on the page.
    id: &'static str,
    /// What is asked for.
    label: &'static str,
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
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    view! {
        <FieldFrame id label hint="" error>
            <div class="input-with-button">
                <input
                    node_ref=value.node()
                    id=id
                    class="input"
                    type=Signal::derive(move || if is_shown.get() { "text" } else { "password" })
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=is_invalid(error)
                    aria-describedby=described_by(id, "", error)
                    prop:value=value.shown()
                    on:input=move |event| value.note(event_target_value(&event))
                />
                <button
                    type="button"
                    class="button button-quiet"
                    aria-controls=id
                    on:click=move |_| is_shown.update(|shown| *shown = !*shown)
                >
                    {live_text(move || {
                        if is_shown.get() { hide_label } else { show_label }.to_owned()
                    })}
                </button>
            </div>
        </FieldFrame>
    }
}
