//! Single keys for whoever decides many cases: what they do, the list of them, and switching them off,
//! since speech input types letters too (WCAG 2.1.4). Must not know what a key leads to.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

use crate::address::Address;
use crate::language::LanguageContext;
use crate::paths;
use crate::text::Language;
use crate::text::operators::OperatorText;
use crate::text::shell::ShellText;
use crate::ui::{Checkbox, Dialog, live};

/// What a page does at a single key; whether it did anything.
pub(super) type Keys = Rc<dyn Fn(&str) -> bool>;

/// A page that has no keys of its own.
pub(super) fn no_keys() -> Keys {
    Rc::new(|_| false)
}

const DIALOG: &str = "shortcuts";
/// Where the browser remembers that they are off.
const OFF: &str = "desk-shortcuts-off";

/// The keys of one page.
#[derive(Clone, Copy)]
pub(super) struct Shortcuts {
    is_open: RwSignal<bool>,
    is_on: RwSignal<bool>,
}

impl Shortcuts {
    /// Listens until the page is gone.
    pub(super) fn listen(address: Address, keys: Keys) -> Self {
        let shortcuts = Self {
            is_open: RwSignal::new(false),
            is_on: RwSignal::new(!is_off()),
        };
        let listener = window_event_listener(ev::keydown, move |event| {
            if !shortcuts.is_meant(&event) {
                return;
            }
            let is_done = match &*event.key() {
                "?" => {
                    shortcuts.is_open.set(true);
                    true
                }
                "q" => {
                    address.go(paths::operator());
                    true
                }
                "f" => {
                    address.go(paths::operator_accounts());
                    true
                }
                key => keys(key),
            };
            if is_done {
                event.prevent_default();
            }
        });
        on_cleanup(move || listener.remove());
        shortcuts
    }

    /// Shows the list.
    pub(super) fn open(self) {
        self.is_open.set(true);
    }

    /// The list, in a dialog.
    pub(super) fn help(self) -> AnyView {
        let language = LanguageContext::expect();
        live(move || self.dialog(language.get()))
    }

    fn dialog(self, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let rows = [
            ("j", text.key_next),
            ("k", text.key_previous),
            ("Enter", text.key_open),
            ("q", text.key_queues),
            ("f", text.key_accounts),
            ("a", text.key_approve),
            ("x", text.key_reject),
            ("d", text.key_document),
            ("r", text.key_rotate),
            ("+ −", text.key_zoom),
            ("?", text.key_help),
        ];
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(key, does)| {
                view! {
                    <div class="shortcut">
                        <dt>
                            <kbd>{key}</kbd>
                        </dt>
                        <dd>{does}</dd>
                    </div>
                }
            })
            .collect();
        let label = view! { {text.shortcuts_on} }.into_any();
        // Remembered when the list is closed: there is nothing that the box could be sent with.
        let close = move |_| {
            remember(self.is_on.get_untracked());
            self.is_open.set(false);
        };
        view! {
            <Dialog id=DIALOG is_open=self.is_open title=text.shortcuts>
                <dl class="shortcuts">{rows}</dl>
                <p class="quiet">{text.shortcuts_lead}</p>
                <Checkbox id="shortcuts-on" label value=self.is_on />
                <div class="buttons">
                    <button type="button" class="button" autofocus on:click=close>
                        {ShellText::of(language).close}
                    </button>
                </div>
            </Dialog>
        }
        .into_any()
    }

    /// Whether a key is a shortcut: not while somebody types, chooses or has a dialog before them, and
    /// not together with Ctrl, Alt or Meta, which belong to the browser.
    fn is_meant(self, event: &KeyboardEvent) -> bool {
        let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
        if has_modifier || event.is_composing() || event.repeat() || event.default_prevented() {
            return false;
        }
        let is_open = self.is_open.try_get_untracked().unwrap_or(true);
        let is_on = self.is_on.try_get_untracked().unwrap_or(false);
        if is_open || !is_on {
            return false;
        }
        let target = event.target();
        let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_typing = |element: web_sys::Element| {
            let found = element
                .closest("input:not([type=checkbox]):not([type=radio]), textarea, select, dialog");
            found.is_ok_and(|found| found.is_some())
        };
        !element.is_some_and(is_typing)
    }
}

fn is_off() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage.is_some_and(|storage| storage.get_item(OFF).is_ok_and(|found| found.is_some()))
}

fn remember(is_on: bool) {
    let Ok(Some(storage)) = window().local_storage() else {
        return;
    };
    // A browser that keeps nothing has them on again the next time.
    let _ = if is_on {
        storage.remove_item(OFF)
    } else {
        storage.set_item(OFF, "off")
    };
}
