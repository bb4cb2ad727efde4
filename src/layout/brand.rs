//! The product's mark and name, which lead to the start page.

use leptos::prelude::*;

use crate::address::Address;
use crate::language::LanguageContext;
use crate::ui::live_text;
use crate::{paths, product};

/// The mark: a person whose shoulders are a cloud.
#[component]
pub fn Brand() -> impl IntoView {
    let language = LanguageContext::expect();
    let address = Address::expect();
    // Whoever works at the desk has its queues as start page.
    let start = Signal::derive(move || match paths::is_at_desk(&address.get()) {
        true => paths::operator(),
        false => paths::home(),
    });
    view! {
        <a class="brand" href=start>
            <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
                <rect width="32" height="32" rx="9"></rect>
                <circle cx="16" cy="10.5" r="4.5"></circle>
                <path d="M9.5 25a4.5 4.5 0 0 1-.6-8.96 7.5 7.5 0 0 1 14.2 0A4.5 4.5 0 0 1 22.5 25z"></path>
            </svg>
            <span class="brand-name">{live_text(move || product::name(language.get()))}</span>
        </a>
    }
}
