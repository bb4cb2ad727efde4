//! The browser's address bar: where the person is, and going elsewhere.
//!
//! Plain links stay plain links: a click on one of ours is caught here and answered without loading
//! the page anew. Knows the History API; must not know which page is shown at an address.
//!
//! Written by hand since leptos_router would be a quarter of what the browser may load at all; the
//! figures stand in docs/decisions.md.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlAnchorElement, MouseEvent};

/// Where the browser is.
#[derive(Clone, Copy)]
pub struct Address(RwSignal<String>);

impl Address {
    /// Starts with the address that was opened, and follows links and the Back button from then on.
    pub fn provide() -> Self {
        let address = Self(RwSignal::new(here()));
        let clicks = window_event_listener(ev::click, move |event| address.follow(&event));
        let back = window_event_listener(ev::popstate, move |_| address.note());
        on_cleanup(move || {
            clicks.remove();
            back.remove();
        });
        provide_context(address);
        address
    }

    /// The app's address.
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    /// Path and query; whoever asks inside a closure is asked again after a navigation.
    #[must_use]
    pub fn get(self) -> String {
        self.0.get()
    }

    /// Path and query as of now.
    #[must_use]
    pub fn now(self) -> String {
        self.0.get_untracked()
    }

    /// Has the caller's closure run again after each navigation.
    pub fn track(self) {
        self.0.track();
    }

    /// The value of a query parameter as of now.
    #[must_use]
    pub fn query(self, name: &str) -> Option<String> {
        let address = self.0.get_untracked();
        let (_, query) = address.split_once('?')?;
        web_sys::UrlSearchParams::new_with_str(query)
            .ok()?
            .get(name)
    }

    /// What stands now where the page's address has `{name}`.
    #[must_use]
    pub fn part(self, page: &str, name: &str) -> Option<String> {
        let address = self.0.get_untracked();
        let path = address.split(['?', '#']).next()?;
        contract::pages::part(path, page, name).map(ToOwned::to_owned)
    }

    /// Goes to an address of ours, to its top.
    pub fn go(self, href: &str) {
        if let Ok(history) = window().history()
            && history
                .push_state_with_url(&JsValue::NULL, "", Some(href))
                .is_ok()
        {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            self.note();
        }
    }

    /// Goes to an address of ours in place of this one, so that Back does not return here.
    pub fn replace(self, href: &str) {
        if let Ok(history) = window().history()
            && history
                .replace_state_with_url(&JsValue::NULL, "", Some(href))
                .is_ok()
        {
            self.note();
        }
    }

    /// Loads the page anew, which also fetches a newer version of the app.
    pub fn reload() {
        // Only a browser that is closing the page refuses.
        let _ = window().location().reload();
    }

    fn note(self) {
        let here = here();
        // A jump within the page changes only the fragment and shows no other page.
        if self.0.get_untracked() != here {
            self.0.set(here);
        }
    }

    fn follow(self, event: &MouseEvent) {
        if let Some(link) = link_of_ours(event) {
            event.prevent_default();
            self.go(&link);
        }
    }
}

/// Path and query of the address bar.
fn here() -> String {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    path + &location.search().unwrap_or_default()
}

/// Where a click leads, when it is a plain click on a plain link to another of our pages.
fn link_of_ours(event: &MouseEvent) -> Option<String> {
    let has_modifier = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || has_modifier {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let is_ours = link.origin() == window().location().origin().ok()?
        && link.target().is_empty()
        && !link.has_attribute("download")
        && !link.pathname().starts_with("/api/");
    let path = link.pathname() + &link.search();
    // A link to a place within this page is the browser's business.
    let is_jump = !link.hash().is_empty() && path == here();
    (is_ours && !is_jump).then(|| path + &link.hash())
}
