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
    typed: RwSignal<String>,
    shown: RwSignal<String>,
}

impl FieldValue {
    /// A field that shows `text` at first.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            input: NodeRef::new(),
            typed: RwSignal::new(text.to_owned()),
            shown: RwSignal::new(text.to_owned()),
        }
    }

    /// What is in the field now.
    #[must_use]
    pub fn read(self) -> String {
        match self.input.get_untracked() {
            Some(input) => input.value(),
            None => self.typed.get_untracked(),
        }
    }

    /// What was typed, for whoever follows the typing, such as a strength line; a submit asks
    /// [`FieldValue::read`].
    #[must_use]
    pub fn typed(self) -> Signal<String> {
        self.typed.into()
    }

    /// Shows another text in place of what was typed.
    pub fn write(self, text: &str) {
        self.typed.set(text.to_owned());
        self.shown.set(text.to_owned());
        // Also when `shown` was this very text before something else was typed.
        if let Some(input) = self.input.get_untracked() {
            input.set_value(text);
        }
    }

    /// The text for the input's `value` property. After a rebuild of the view it is what was typed.
    fn shown(self) -> Signal<String> {
        Signal::derive(move || {
            self.shown.track();
            self.typed.get_untracked()
        })
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
    let input = Input {
        id,
        hint,
        error,
        value,
        autocomplete,
    };
    field_frame(id, label, hint, error, input.view("input", "", kind.into()))
}

/// A field for a phone number of any country, typed in one piece: with `+` and the country's code,
/// or without for the country that the page says.
#[component]
pub fn PhoneField(
    /// The input's id, unique on the page.
    id: &'static str,
    /// What is asked for.
    label: &'static str,
    /// How a number is written.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with the answer.
    error: Signal<Option<String>>,
    /// What is typed.
    value: FieldValue,
) -> impl IntoView {
    // Digits, but never `type=number`: a plus, blanks and full-width digits are all welcome.
    view! { <Field id label hint error value kind="tel" autocomplete="tel" /> }
}

/// An input of a field, without what stands around it.
pub(super) struct Input {
    pub(super) id: &'static str,
    pub(super) hint: &'static str,
    pub(super) error: Signal<Option<String>>,
    pub(super) value: FieldValue,
    pub(super) autocomplete: &'static str,
}

impl Input {
    /// `keys` is the keyboard that a phone shows, if it is not the one that the type brings.
    pub(super) fn view(
        self,
        class: &'static str,
        keys: &'static str,
        kind: Signal<&'static str>,
    ) -> AnyView {
        let value = self.value;
        view! {
            <input
                node_ref=value.input
                id=self.id
                class=class
                type=kind
                inputmode=(!keys.is_empty()).then_some(keys)
                autocomplete=self.autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=is_invalid(self.error)
                aria-describedby=described_by(self.id, self.hint, self.error)
                prop:value=value.shown()
                on:input=move |event| value.typed.set(event_target_value(&event))
            />
        }
        .into_any()
    }
}

/// What stands around an input.
pub(super) fn field_frame(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    error: Signal<Option<String>>,
    input: AnyView,
) -> AnyView {
    view! {
        <div class="field" class:field-wrong=is_wrong(error)>
            <label for=id>{label}</label>
            {hint_view(id, hint)}
            {problem_view(id, error)}
            {input}
        </div>
    }
    .into_any()
}

/// What helps to answer.
pub(super) fn hint_view(id: &str, hint: &'static str) -> AnyView {
    if hint.is_empty() {
        return nothing();
    }
    view! { <p class="field-hint" id=hint_id(id)>{hint}</p> }.into_any()
}

/// What is wrong with the answer, while something is.
pub(super) fn problem_view(id: &'static str, error: Signal<Option<String>>) -> AnyView {
    live(move || match error.get() {
        Some(sentence) => {
            view! { <p class="field-error" id=error_id(id)>{sentence}</p> }.into_any()
        }
        None => nothing(),
    })
}

/// For the class of a field with a problem.
pub(super) fn is_wrong(error: Signal<Option<String>>) -> Signal<bool> {
    Signal::derive(move || error.with(Option::is_some))
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
