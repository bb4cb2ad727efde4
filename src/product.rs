//! What the server has written into the page about this installation. Knows the marks in
//! `index.html`; does not know what follows from them.

use leptos::prelude::document;

/// The product's name in the language of the page that the server sent.
#[must_use]
pub fn name() -> String {
    document()
        .query_selector("meta[name=application-name]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}

/// Whether this installation is a demo, with an outbox and a movable clock.
#[must_use]
pub fn is_demo() -> bool {
    document()
        .document_element()
        .and_then(|html| html.get_attribute("data-demo"))
        .is_some_and(|demo| demo == "true")
}
