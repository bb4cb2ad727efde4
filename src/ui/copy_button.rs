//! Puts a text on the clipboard and says whether that worked.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::live_text;

/// The button; its words change for a moment when the text has been copied.
#[component]
pub fn CopyButton(
    /// The text to copy.
    text: String,
    /// What the button copies, for whoever cannot see what it stands beside.
    what: &'static str,
    /// The button's words.
    label: &'static str,
    /// Its words once copied.
    copied: &'static str,
    /// What is said when the browser does not allow it.
    not_copied: &'static str,
) -> impl IntoView {
    #[derive(Clone, Copy, PartialEq)]
    enum Copy {
        NotAsked,
        Done,
        Refused,
    }
    let state = RwSignal::new(Copy::NotAsked);
    let text = StoredValue::new(text);
    let copy = move |_| {
        spawn_local(async move {
            let done = write(&text.get_value()).await;
            state.try_set(if done { Copy::Done } else { Copy::Refused });
            set_timeout(
                move || {
                    state.try_set(Copy::NotAsked);
                },
                std::time::Duration::from_secs(4),
            );
        });
    };
    let words = move || match state.get() {
        Copy::NotAsked | Copy::Refused => label.to_owned(),
        Copy::Done => copied.to_owned(),
    };
    let said = move || match state.get() {
        Copy::NotAsked => String::new(),
        Copy::Done => copied.to_owned(),
        Copy::Refused => not_copied.to_owned(),
    };
    let is_quiet = Signal::derive(move || state.get() != Copy::Refused);
    view! {
        <button type="button" class="button button-quiet" on:click=copy>
            {live_text(words)}
            <span class="visually-hidden">" " {what}</span>
        </button>
        <span class="copy-said" role="status" class:visually-hidden=is_quiet>
            {live_text(said)}
        </span>
    }
}

/// Whether the browser took the text. Without TLS it has no clipboard for us.
async fn write(text: &str) -> bool {
    let window = window();
    if !window.is_secure_context() {
        return false;
    }
    let clipboard = window.navigator().clipboard();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
