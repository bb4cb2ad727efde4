//! The frame around every page: skip link, header, navigation, the page, the live region.

use leptos::prelude::*;

use super::freeze_notice::freeze_notice;
use super::header::Header;
use super::not_verified::NotVerified;
use super::session_warning::SessionWarning;
use super::side_navigation::SideNavigation;
use crate::address::Address;
use crate::announce::Announcer;
use crate::language::LanguageContext;
use crate::paths;
use crate::session::SessionContext;
use crate::step_up::ProofLeft;
use crate::text::shell::ShellText;
use crate::ui::{live, live_text, nothing, react};

/// The id of the main part, for the skip link.
const MAIN: &str = "main";

/// The frame; one column on a narrow screen, so that every page works on a phone (ACC-12).
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
    react(move || {
        // Whoever has gone somewhere needs the screen for what is there.
        address.track();
        menu.set(false);
    });
    // The desk is none of an owner's, whoever else may be signed in in this browser.
    let is_at_desk = Memo::new(move |_| paths::is_at_desk(&address.get()));
    let user = Memo::new(move |_| session.owner().filter(|_| !is_at_desk.get()));
    // A sub-user has one page, so there is nothing to go to.
    let is_signed_in =
        Memo::new(move |_| user.with(|user| user.as_ref().is_some_and(|one| !one.is_sub_user)));
    let navigation = live(move || {
        if is_signed_in.get() {
            view! { <SideNavigation menu /> }.into_any()
        } else {
            nothing()
        }
    });
    view! {
        <a class="skip-link" href=format!("#{MAIN}")>
            {live_text(move || ShellText::of(language.get()).skip_to_content.to_owned())}
        </a>
        <Header menu user />
        {live(move || match is_at_desk.get() {
            false => view! { <SessionWarning /> }.into_any(),
            true => nothing(),
        })}
        <div class="body" class:body-signed-in=is_signed_in class:body-desk=is_at_desk>
            {navigation}
            <main id=MAIN tabindex="-1">
                {freeze_notice(user)}
                <ProofLeft />
                <NotVerified user />
                {children()}
            </main>
        </div>
        <div class="visually-hidden" role="status">
            {live_text(move || announcer.said(language.get()))}
        </div>
    }
}
