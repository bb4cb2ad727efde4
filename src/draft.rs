//! What a reload must not lose of a form in steps, kept in this tab until it is closed. Must not hold a
//! password or a code, and does not know whose words it holds.

use leptos::prelude::window;
use web_sys::Storage;

/// What was kept under a name; empty where nothing was.
#[must_use]
pub fn read(name: &str) -> String {
    let kept = storage().and_then(|storage| storage.get_item(name).ok().flatten());
    kept.unwrap_or_default()
}

/// Keeps a text under a name; an empty one is forgotten.
pub fn write(name: &str, text: &str) {
    // A browser that keeps nothing loses it at the reload, and that is all.
    if let Some(storage) = storage() {
        let _ = match text {
            "" => storage.remove_item(name),
            text => storage.set_item(name, text),
        };
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
