//! What the server has written into the page about this installation. Knows the marks in
//! `index.html`; does not know what follows from them.

use leptos::prelude::document;

use crate::text::Language;

/// The product's name.
#[must_use]
pub fn name(language: Language) -> String {
    let mark = match language {
        Language::Chinese => "data-name-zh",
        Language::English => "data-name-en",
    };
    // Trunk serves the page as it stands in the source, where only its own name is.
    fact(mark).unwrap_or_else(|| {
        let meta = document().query_selector("meta[name=application-name]");
        let name = meta.ok().flatten();
        let name = name.and_then(|meta| meta.get_attribute("content"));
        name.unwrap_or_default()
    })
}

/// Whether this installation is a demo, with an outbox and a movable clock.
#[must_use]
pub fn is_demo() -> bool {
    fact("data-demo").is_some_and(|demo| demo == "true")
}

/// The address that letters come from, which may have to be allowed (CON-11).
#[must_use]
pub fn sender() -> Option<String> {
    fact("data-sender")
}

/// The hotline for who cannot get in by any other way (APL-4).
#[must_use]
pub fn hotline() -> Option<String> {
    fact("data-hotline")
}

fn fact(mark: &str) -> Option<String> {
    let told = document().document_element()?.get_attribute(mark)?;
    (!told.is_empty()).then_some(told)
}
