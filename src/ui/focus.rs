//! Moves the focus to something that is about to be on the page. Knows ids only.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

/// Focuses the element with this id once the page has been drawn with it.
pub fn focus_soon(id: &'static str) {
    request_animation_frame(move || {
        let element = document()
            .get_element_by_id(id)
            .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(element) = element {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
    });
}
