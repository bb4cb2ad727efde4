//! A question that has to be answered first, on the browser's own `<dialog>`: focus, Escape and the
//! page behind it are the browser's business.

use leptos::html;
use leptos::prelude::*;

use super::react;

/// A modal dialog.
#[component]
pub fn Dialog(
    /// Its id, unique on the page.
    id: &'static str,
    /// Whether it is open; closing it by Escape sets this too.
    is_open: RwSignal<bool>,
    /// Its heading.
    title: &'static str,
    /// Text and buttons.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    react(move || {
        let Some(dialog) = dialog.get() else {
            return;
        };
        if is_open.get() && !dialog.open() {
            // Fails only for a dialog that is not on the page.
            let _ = dialog.show_modal();
        } else if !is_open.get() && dialog.open() {
            dialog.close();
        }
    });
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    view! {
        <dialog
            node_ref=dialog
            id=id
            class="dialog"
            aria-labelledby=labelled_by
            on:close=move |_| is_open.set(false)
        >
            <h2 id=heading>{title}</h2>
            {children()}
        </dialog>
    }
}
