//! A labelled field for several lines. What is typed stays as typed (V-36).

use leptos::html;
use leptos::prelude::*;

use super::field::{described_by, field_frame, is_invalid};

/// What is typed in a field for several lines; the browser's own control holds it.
#[derive(Clone, Copy)]
pub struct TextValue {
    area: NodeRef<html::Textarea>,
    typed: RwSignal<String>,
}

impl TextValue {
    /// A field that is empty at first.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            area: NodeRef::new(),
            typed: RwSignal::new(String::new()),
        }
    }

    /// What is in the field now.
    #[must_use]
    pub fn read(self) -> String {
        match self.area.get_untracked() {
            Some(area) => area.value(),
            None => self.typed.get_untracked(),
        }
    }

    /// Empties the field.
    pub fn clear(self) {
        self.typed.set(String::new());
        if let Some(area) = self.area.get_untracked() {
            area.set_value("");
        }
    }
}

/// A field for several lines.
#[component]
pub fn TextArea(
    /// The control's id, unique on the page.
    id: &'static str,
    /// What is asked for.
    label: &'static str,
    /// What helps to answer, if anything does.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with the answer.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// What is typed.
    value: TextValue,
) -> impl IntoView {
    let area = view! {
        <textarea
            node_ref=value.area
            id=id
            class="input input-lines"
            rows="3"
            autocomplete="off"
            aria-invalid=is_invalid(error)
            aria-describedby=described_by(id, hint, error)
            prop:value=value.typed.get_untracked()
            on:input=move |event| value.typed.set(event_target_value(&event))
        ></textarea>
    };
    field_frame(id, label, hint, error, area.into_any())
}
