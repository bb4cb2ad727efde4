//! Everything that is wrong with a form, at its top, focused when it appears.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::{live, nothing};

/// Why a whole request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// In words.
    pub sentence: String,
    /// Where more is said about it, and what that link is called. It opens beside the page, on which
    /// something may have been typed.
    pub help: Option<(String, &'static str)>,
}

/// The summary; each problem leads to its field.
#[component]
pub fn ErrorSummary(
    /// Its own id, by which the form focuses it.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// What is wrong with fields, each with the id of its input.
    #[prop(into)]
    fields: Signal<Vec<(&'static str, String)>>,
    /// What is wrong with the request as a whole.
    #[prop(into)]
    whole: Signal<Option<Whole>>,
) -> impl IntoView {
    live(move || {
        let fields = fields.get();
        let whole = whole.get();
        if whole.is_none() && fields.is_empty() {
            return nothing();
        }
        let heading =
            (!fields.is_empty()).then(|| view! { <p class="error-summary-title">{title}</p> });
        let links: Vec<_> = fields
            .into_iter()
            .map(|(field, sentence)| {
                let focus = move |event: leptos::ev::MouseEvent| {
                    event.prevent_default();
                    focus(field);
                };
                view! { <li><a href=format!("#{field}") on:click=focus>{sentence}</a></li> }
            })
            .collect();
        let list = (!links.is_empty()).then(|| view! { <ul>{links}</ul> });
        let whole = whole.map(|whole| {
            let help = whole.help.map(|(href, label)| {
                view! {
                    <p>
                        <a href=href target="_blank">
                            {label}
                        </a>
                    </p>
                }
            });
            view! {
                <p>{whole.sentence}</p>
                {help}
            }
        });
        view! {
            <div id=id class="error-summary" role="group" tabindex="-1">
                {heading}
                {whole}
                {list}
            </div>
        }
        .into_any()
    })
}

fn focus(id: &str) {
    let element = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // An input on the page always takes it.
        let _ = element.focus();
    }
}
