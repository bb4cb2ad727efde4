//! A labelled text input. What is typed stays as typed: nothing is cut, trimmed or rewritten on the
//! way, so that input methods can compose in peace (V-36).

use leptos::html;
use leptos::prelude::*;

use super::{live, nothing};

/// What is typed in a field.
///
/// The browser's own input holds the text; the app writes to it only when it has a text of its own
/// to show. It asks the input when it wants to know, so that text which a password manager has
/// filled in without an event counts too (V-45).
#[derive(Clone, Copy)]
pub struct FieldValue {
    input: NodeRef<html::Input>,
    typed: StoredValue<String>,
    shown: RwSignal<String>,
}

impl FieldValue {
    /// A field that shows `text` at first.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            input: NodeRef::new(),
            typed: StoredValue::new(text.to_owned()),
            shown: RwSignal::new(text.to_owned()),
        }
    }

    /// What is in the field now.
    #[must_use]
    pub fn read(self) -> String {
        match self.input.get_untracked() {
            Some(input) => input.value(),
            None => self.typed.get_value(),
        }
    }

    /// Shows another text in place of what was typed.
    pub fn write(self, text: &str) {
        self.typed.set_value(text.to_owned());
        self.shown.set(text.to_owned());
        // Also when `shown` was this very text before something else was typed.
        if let Some(input) = self.input.get_untracked() {
            input.set_value(text);
        }
    }

    /// The text for the input's `value` property. After a rebuild of the view it is what was typed.
    pub(super) fn shown(self) -> Signal<String> {
        Signal::derive(move || {
            self.shown.track();
            self.typed.get_value()
        })
    }

    pub(super) const fn node(self) -> NodeRef<html::Input> {
        self.input
    }

    pub(super) fn note(self, text: String) {
        self.typed.set_value(text);
    }
}

/// A field of a form: label, hint, problem, input, tied together for whoever cannot see it.
#[component]
pub fn Field(
    /// The input's id, unique on the page.
    id: &'static str,
    /// What is asked for.
    label: &'static str,
    /// What helps to answer, if anything does.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with the answer.
    error: Signal<Option<String>>,
    /// What is typed.
    value: FieldValue,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    autocomplete: &'static str,
) -> impl IntoView {
    view! {
        <FieldFrame id label hint error>
            <input
                node_ref=value.node()
                id=id
                class="input"
                type=kind
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=is_invalid(error)
                aria-describedby=described_by(id, hint, error)
                prop:value=value.shown()
                on:input=move |event| value.note(event_target_value(&event))
            />
        </FieldFrame>
    }
}

/// What stands around an input.
#[component]
pub(super) fn FieldFrame(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let hint =
        (!hint.is_empty()).then(|| view! { <p class="field-hint" id=hint_id(id)>{hint}</p> });
    let is_wrong = Signal::derive(move || error.with(Option::is_some));
    let problem = live(move || match error.get() {
        Some(sentence) => {
            view! { <p class="field-error" id=error_id(id)>{sentence}</p> }.into_any()
        }
        None => nothing(),
    });
    view! {
        <div class="field" class:field-wrong=is_wrong>
            <label for=id>{label}</label>
            {hint}
            {problem}
            {children()}
        </div>
    }
}

/// The ids of hint and problem, for `aria-describedby`.
pub(super) fn described_by(
    id: &'static str,
    hint: &'static str,
    error: Signal<Option<String>>,
) -> Signal<Option<String>> {
    Signal::derive(move || {
        let has_error = error.with(Option::is_some);
        match (hint.is_empty(), has_error) {
            (true, false) => None,
            (true, true) => Some(error_id(id)),
            (false, false) => Some(hint_id(id)),
            (false, true) => Some(format!("{} {}", hint_id(id), error_id(id))),
        }
    })
}

/// For `aria-invalid`.
pub(super) fn is_invalid(error: Signal<Option<String>>) -> Signal<Option<&'static str>> {
    Signal::derive(move || error.with(Option::is_some).then_some("true"))
}

fn hint_id(id: &str) -> String {
    format!("{id}-hint")
}

fn error_id(id: &str) -> String {
    format!("{id}-error")
}
