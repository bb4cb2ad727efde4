//! The frame around every page: skip link, header, navigation, the page, the live region.

use leptos::prelude::*;

use super::header::Header;
use super::session_warning::SessionWarning;
use super::side_navigation::SideNavigation;
use crate::address::Address;
use crate::announce::Announcer;
use crate::language::LanguageContext;
use crate::session::SessionContext;
use crate::text::shell::ShellText;

/// The id of the main part, for the skip link.
const MAIN: &str = "main";

/// The frame.
#[component]
pub fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let announcer = Announcer::expect();
    let language = LanguageContext::expect();
    let session = SessionContext::expect();
    let address = Address::expect();

    let menu = RwSignal::new(false);
    Effect::new(move |_| {
        // Whoever has gone somewhere needs the screen for what is there.
        address.track();
        menu.set(false);
    });
    let is_signed_in = Memo::new(move |_| session.owner().is_some());
    let navigation = move || {
        is_signed_in
            .get()
            .then(|| view! { <SideNavigation menu /> })
    };
    view! {
        <a class="skip-link" href=format!("#{MAIN}")>
            {move || ShellText::of(language.get()).skip_to_content}
        </a>
        <Header menu />
        <SessionWarning />
        <div class="body" class:body-signed-in=move || is_signed_in.get()>
            {navigation}
            <main id=MAIN tabindex="-1">{children()}</main>
        </div>
        <div class="visually-hidden" role="status">
            {move || announcer.said(language.get())}
        </div>
    }
}
