//! The browser app of the account centre.
//!
//! `routes` is the table of pages, `pages` the pages by area, `ui` the widgets, `text` every sentence,
//! `api` the only `fetch`. Rules live in `domain`; this crate must not decide what may be done.

pub mod address;
pub mod announce;
pub mod api;
pub mod app;
pub mod clock;
pub mod draft;
pub mod end_others;
pub mod facing;
pub mod form;
pub mod keys;
pub mod language;
pub mod layout;
pub mod load;
pub mod new_password;
pub mod pages;
pub mod paths;
pub mod pow;
pub mod product;
pub mod proving;
pub mod puzzle;
pub mod reaching;
pub mod routes;
pub mod scanning;
pub mod sent_code;
pub mod session;
pub mod step_up;
pub mod text;
pub mod ui;
pub mod uploading;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

/// Puts the app in the place of the static shell that `index.html` shows until now.
///
/// A panic stops the program for good. `index.html` notices that and says so; in development the
/// console says why. A release words no messages, for what they weigh.
pub fn start() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    let place = document()
        .get_element_by_id("app")
        .and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(place) = place {
        place.set_inner_html("");
        mount_to(place, app::App).forget();
    }
}
