//! The input for a code that was sent by SMS or mail, with the button that sends one. Knows when the
//! next may be sent; does not know how it is sent, nor what is a right code.

use leptos::prelude::*;

use super::field::{FieldValue, Input, field_frame};
use super::{live_text, react, seconds_until};

/// What the button beside the code says.
#[derive(Clone, Copy)]
pub struct CodeWords {
    /// Before the first code.
    pub send: &'static str,
    /// While one is on its way.
    pub sending: &'static str,
    /// When another may be sent.
    pub again: &'static str,
    /// Said to whoever presses the button before that: so many seconds are left.
    pub wait: Callback<u32, String>,
    /// Said once when the wait is over.
    pub ready: &'static str,
}

/// A field for a code.
///
/// The input takes whatever is typed or pasted, with blanks, hyphens or full-width digits, and of
/// any length; reading it is the rule book's business.
#[component]
pub fn CodeField(
    /// The input's id, unique on the page; the button's is the same with `-send`.
    id: &'static str,
    /// What is asked for.
    label: &'static str,
    /// What helps to answer, if anything does.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with the answer.
    error: Signal<Option<String>>,
    /// What is typed.
    value: FieldValue,
    /// What the button says.
    words: CodeWords,
    /// When another code may be sent, on this machine's clock in milliseconds; none before the first.
    #[prop(into)]
    again_at: Signal<Option<f64>>,
    /// Whether one is on its way.
    #[prop(into)]
    pending: Signal<bool>,
    /// Sends one. Called only when one may be sent.
    #[prop(into)]
    on_send: Callback<()>,
    /// What helps whoever has got no code, under the field.
    #[prop(optional)]
    help: Option<AnyView>,
) -> impl IntoView {
    let left = seconds_until(again_at);
    let said = RwSignal::new(String::new());
    let waited = StoredValue::new(left.get_untracked() > 0);
    react(move || {
        let is_waiting = left.get() > 0;
        // The seconds themselves are not read out, only that they are over.
        if is_waiting != waited.get_value() {
            let now = if is_waiting { "" } else { words.ready };
            said.set(now.to_owned());
        }
        waited.set_value(is_waiting);
    });
    let send = move |_| {
        if pending.get_untracked() {
            return;
        }
        match left.get_untracked() {
            0 => on_send.run(()),
            // Whoever does not see the seconds and presses hears why nothing happens.
            left => said.set(words.wait.run(left)),
        }
    };
    let button_words = move || {
        let said = match (pending.get(), again_at.get()) {
            (true, _) => words.sending,
            (false, None) => words.send,
            (false, Some(_)) => words.again,
        };
        said.to_owned()
    };
    let is_waiting = move || left.get() > 0 && !pending.get();
    let seconds = move || match is_waiting() {
        true => [" (", &left.get().to_string(), " s)"].concat(),
        false => String::new(),
    };
    // `disabled` would throw the focus away.
    let is_busy = Signal::derive(move || (pending.get() || is_waiting()).then_some("true"));
    let input = Input {
        id,
        hint,
        error,
        value,
        autocomplete: "one-time-code",
    };
    let help = help.map(|help| view! { <div class="field-help">{help}</div> });
    let parts = view! {
        <div class="input-with-button">
            {input.view("input input-code", "numeric", "text".into())}
            <button
                type="button"
                id=format!("{id}-send")
                class="button button-send"
                aria-disabled=is_busy
                on:click=send
            >
                {live_text(button_words)}
                // A name that changed each second would be read out each second while it has the
                // focus.
                <span class="button-seconds" aria-hidden="true">
                    {live_text(seconds)}
                </span>
            </button>
        </div>
        <span class="visually-hidden" role="status">
            {live_text(move || said.get())}
        </span>
        {help}
    };
    field_frame(id, label, hint, error, parts.into_any())
}
