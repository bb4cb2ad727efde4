//! The browser app of the account centre.
//!
//! `routes` is the table of pages, `pages` the pages by area, `ui` the widgets, `text` every sentence,
//! `api` the only `fetch`. Rules live in `domain`; this crate must not decide what may be done.

pub mod address;
pub mod announce;
pub mod api;
pub mod app;
pub mod form;
pub mod language;
pub mod layout;
pub mod load;
pub mod pages;
pub mod paths;
pub mod product;
pub mod routes;
pub mod session;
pub mod text;
pub mod ui;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

/// Puts the app in the place of the static shell that `index.html` shows until now.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        // After a panic no click is answered any more; the page says so instead of playing dead.
        show("broken");
    }));
    let place = document()
        .get_element_by_id("app")
        .and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(place) = place {
        place.set_inner_html("");
        mount_to(place, app::App).forget();
    }
}

/// Shows a message that stands hidden in `index.html`.
fn show(id: &str) {
    if let Some(message) = document().get_element_by_id(id) {
        // Fails for no attribute that exists.
        let _ = message.remove_attribute("hidden");
    }
}

#[cfg(test)]
mod tests {
    /// Every `--name: value;` of a text, in its order.
    fn values(css: &str) -> Vec<(&str, &str)> {
        css.lines()
            .filter_map(|line| line.trim().strip_suffix(';')?.split_once(": "))
            .filter(|(name, _)| name.starts_with("--"))
            .collect()
    }

    #[test]
    fn the_shell_before_the_app_has_the_colours_of_the_app() {
        let tokens = values(include_str!("../style/tokens.css"));
        let shell = values(include_str!("../index.html"));
        assert!(shell.len() > 10);
        let mut rest = tokens.iter();
        for value in shell {
            // Both files name the light values first and the dark ones after them.
            assert!(rest.any(|token| *token == value), "{value:?}");
        }
    }
}
