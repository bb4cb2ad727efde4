//! Which language the person reads, and the switch. Knows the cookie; does not know any sentence.

use leptos::prelude::*;

use crate::text::Language;
use crate::ui::react;

/// The language of the app; the server has chosen the first one (V-45).
#[derive(Clone, Copy)]
pub struct LanguageContext(RwSignal<Language>);

/// The cookie in which the server finds the choice at the next visit; it lives for a year.
const COOKIE: &str = "path=/; max-age=31536000; samesite=lax";

impl LanguageContext {
    /// Starts with the language of the page that the server sent.
    pub fn provide() -> Self {
        let tag = html().and_then(|html| html.get_attribute("lang"));
        let language = tag.as_deref().and_then(Language::from_tag);
        let context = Self(RwSignal::new(language.unwrap_or(Language::Chinese)));
        react(move || {
            if let Some(html) = html() {
                // Fails for no element that exists.
                let _ = html.set_attribute("lang", context.get().tag());
            }
        });
        provide_context(context);
        context
    }

    /// The app's language.
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    /// The language; whoever asks inside a closure of a view is asked again after a switch.
    #[must_use]
    pub fn get(self) -> Language {
        self.0.get()
    }

    /// Speaks the other language from now on, here and at the next visit.
    pub fn switch(self) {
        let language = self.0.get_untracked().other();
        write_cookie(&format!("lang={}; {COOKIE}", language.code()));
        self.0.set(language);
    }
}

fn html() -> Option<web_sys::Element> {
    document().document_element()
}

fn write_cookie(cookie: &str) {
    use wasm_bindgen::JsCast as _;
    if let Some(document) = document().dyn_ref::<web_sys::HtmlDocument>() {
        // A browser without cookies keeps the choice until the page is left, no longer.
        let _ = document.set_cookie(cookie);
    }
}
