//! Moves the focus to something that is about to be on the page. Knows ids only.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

/// Focuses the element with this id once the page has been drawn with it.
pub fn focus_soon(id: &'static str) {
    request_animation_frame(move || focus(document().get_element_by_id(id)));
}

/// Focuses the first thing to answer in the element with this id once the page has been drawn with it:
/// of several to choose from, the chosen one.
pub fn focus_first_in_soon(id: &'static str) {
    const ANSWERS: &str = "input:checked, input:not([type=radio]), button";
    request_animation_frame(move || {
        let element = document().get_element_by_id(id);
        focus(element.and_then(|element| element.query_selector(ANSWERS).ok().flatten()));
    });
}

fn focus(element: Option<web_sys::Element>) {
    let element = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
