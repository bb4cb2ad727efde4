//! A text to keep: shown once, copied, saved as a file, printed. Knows how to hand it over; does not
//! know what it opens.

use std::time::Duration;

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The text, in letters that are not mixed up, over its buttons. What is printed of a page that has
/// one is this text alone, with its title.
#[component]
pub fn SecretBlock(
    /// What it is.
    label: &'static str,
    /// The text; its lines stay lines.
    #[prop(into)]
    text: String,
    /// What stands above it on paper: what it is, of whom and of when.
    #[prop(optional, into)]
    print_title: String,
    /// Buttons: copy, save, print.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let buttons = children.map(|children| view! { <div class="buttons">{children()}</div> });
    view! {
        <div class="secret">
            <div class="secret-paper" role="group" aria-label=label>
                <p class="secret-title">{print_title}</p>
                <pre class="secret-text" translate="no">
                    {text}
                </pre>
            </div>
            {buttons}
        </div>
    }
}

/// How long the browser may take to write a file down.
const FILE_STAYS: Duration = Duration::from_secs(60);

/// Has the browser save a text as a file of this name and media type. Whether it could be handed
/// over; where it is saved, if at all, is between the browser and the person.
#[must_use]
pub fn download(name: &str, media_type: &str, text: &str) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options);
    let Ok(address) = blob.and_then(|blob| Url::create_object_url_with_blob(&blob)) else {
        return false;
    };
    let link = document()
        .create_element("a")
        .ok()
        .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = &link {
        // Never on the page, so that nothing takes the click for a navigation.
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    set_timeout(
        move || {
            // Frees memory; there is nothing to do if that fails.
            let _ = Url::revoke_object_url(&address);
        },
        FILE_STAYS,
    );
    link.is_some()
}

/// Opens the browser's own dialog for printing the page.
pub fn print_page() {
    // A browser without printing does nothing.
    let _ = window().print();
}
