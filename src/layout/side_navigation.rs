//! The way to every area that exists. On a narrow screen it is folded away behind a button.

use leptos::prelude::*;

use crate::address::Address;
use crate::language::LanguageContext;
use crate::paths;
use crate::product;
use crate::text::Language;
use crate::text::shell::ShellText;
use crate::ui::live;

/// The navigation's id, for the button that unfolds it.
pub(super) const ID: &str = "navigation";

/// One entry: where it leads and what it is called.
struct Entry {
    path: &'static str,
    label: fn(&ShellText) -> &'static str,
    is_demo: bool,
}

/// Every area, in the order in which people ask for them.
const ENTRIES: &[Entry] = &[
    Entry {
        path: paths::account(),
        label: |text| text.account_info,
        is_demo: false,
    },
    Entry {
        path: paths::verification(),
        label: |text| text.verification,
        is_demo: false,
    },
    Entry {
        path: paths::security(),
        label: |text| text.security,
        is_demo: false,
    },
    Entry {
        path: paths::audit(),
        label: |text| text.audit,
        is_demo: false,
    },
    Entry {
        path: paths::help(),
        label: |text| text.help,
        is_demo: false,
    },
    Entry {
        path: paths::outbox(),
        label: |text| text.outbox,
        is_demo: true,
    },
];

/// The navigation.
#[component]
pub fn SideNavigation(
    /// Whether it is unfolded on a narrow screen.
    menu: RwSignal<bool>,
) -> impl IntoView {
    let language = LanguageContext::expect();
    view! {
        <nav
            id=ID
            class="side-navigation"
            class:side-navigation-open=menu
            aria-label=Signal::derive(move || ShellText::of(language.get()).navigation)
        >
            <ul>{live(move || entries(language.get()).into_any())}</ul>
        </nav>
    }
}

fn entries(language: Language) -> Vec<AnyView> {
    let address = Address::expect();
    let text = ShellText::of(language);
    ENTRIES
        .iter()
        .filter(|entry| !entry.is_demo || product::is_demo())
        .map(|entry| {
            let path = entry.path;
            let current = Signal::derive(move || current(&address.get(), path));
            view! { <li><a href=path aria-current=current>{(entry.label)(text)}</a></li> }
                .into_any()
        })
        .collect()
}

/// What `aria-current` says of the entry at `path`: the page itself, or the area that it belongs to.
fn current(address: &str, path: &str) -> Option<&'static str> {
    if paths::is_path(address, path) {
        return Some("page");
    }
    paths::is_below(address, path).then_some("true")
}
