//! The line at the top: product, language, account. Knows the session; no page.

use leptos::prelude::*;

use super::brand::Brand;
use crate::language::LanguageContext;
use crate::session::{SessionContext, SignedIn};
use crate::text::Language;
use crate::text::shell::{ShellText, language_name};
use crate::ui::{live, live_text, nothing};
use crate::{paths, product};

/// The id of the account menu.
const ACCOUNT_MENU: &str = "account-menu";

/// The header.
#[component]
pub fn Header(
    /// Whether the navigation is unfolded on a narrow screen.
    menu: RwSignal<bool>,
    /// Who is signed in, if anybody is, on this page.
    user: Memo<Option<SignedIn>>,
) -> impl IntoView {
    let language = LanguageContext::expect();
    let demo = live(move || {
        if !product::is_demo() {
            return nothing();
        }
        let text = ShellText::of(language.get());
        view! { <span class="tag header-demo">{text.demo}</span> }.into_any()
    });
    let account = live(move || {
        let language = language.get();
        match user.get() {
            Some(user) if user.is_sub_user => {
                view! { <AccountMenu owner=user language /> }.into_any()
            }
            Some(owner) => view! {
                <AccountMenu owner=owner language />
                <MenuButton menu language />
            }
            .into_any(),
            None => help_link(language),
        }
    });
    view! {
        <header class="header">
            <div class="header-line">
                <Brand />
                {demo}
                <div class="header-tools">
                    <LanguageSwitch />
                    {account}
                </div>
            </div>
        </header>
    }
}

/// Help for whoever is not signed in; everybody else has it in the navigation.
fn help_link(language: Language) -> AnyView {
    view! {
        <a class="button button-quiet" href=paths::help()>
            {ShellText::of(language).help}
        </a>
    }
    .into_any()
}

/// The other language, in that language.
#[component]
fn LanguageSwitch() -> impl IntoView {
    let language = LanguageContext::expect();
    let other = move || language.get().other();
    view! {
        <button
            type="button"
            class="button button-quiet"
            lang=Signal::derive(move || other().tag())
            on:click=move |_| language.switch()
        >
            {live_text(move || language_name(other()).to_owned())}
        </button>
    }
}

/// Who is signed in, and signing out.
#[component]
fn AccountMenu(owner: SignedIn, language: Language) -> impl IntoView {
    let session = SessionContext::expect();
    let text = ShellText::of(language);
    let id_label = if owner.is_sub_user {
        text.root_id
    } else {
        text.account_id
    };
    let initial: String = owner.nickname.chars().take(1).collect();
    view! {
        <button type="button" class="account-button" popovertarget=ACCOUNT_MENU>
            <span class="avatar" aria-hidden="true">{initial}</span>
            <span class="visually-hidden">{text.account_menu} " "</span>
            <span class="account-name">{owner.nickname.clone()}</span>
        </button>
        <div id=ACCOUNT_MENU class="account-menu" popover="auto">
            <p class="account-menu-name">{owner.nickname}</p>
            <p class="account-menu-id">{id_label} " " {owner.account_id.to_string()}</p>
            <button type="button" class="button" on:click=move |_| session.sign_out()>
                {text.sign_out}
            </button>
        </div>
    }
}

/// Unfolds the navigation on a narrow screen.
#[component]
fn MenuButton(menu: RwSignal<bool>, language: Language) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button-quiet menu-button"
            aria-controls=super::side_navigation::ID
            aria-expanded=Signal::derive(move || if menu.get() { "true" } else { "false" })
            on:click=move |_| menu.update(|open| *open = !*open)
        >
            {ShellText::of(language).menu}
        </button>
    }
}
