//! Choosing instead of typing: a box to tick, one of several, a list to fold out. Knows the browser's
//! own controls; does not know what there is to choose.

use leptos::prelude::*;

use super::field::{described_by, field_frame, hint_view, is_invalid, is_wrong, problem_view};
use super::nothing;

/// One of several things to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    value: String,
    label: String,
    hint: String,
    is_open: bool,
}

impl Choice {
    /// A choice; `value` is what the page knows it by.
    #[must_use]
    pub fn new(value: &str, label: &str) -> Self {
        Self {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
            is_open: true,
        }
    }

    /// With a line that helps to choose.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    /// Not to be had now, and why (API-2).
    #[must_use]
    pub fn closed(self, reason: &str) -> Self {
        Self {
            is_open: false,
            ..self.hint(reason)
        }
    }

    fn is_chosen(&self, value: RwSignal<String>) -> Signal<bool> {
        let own = self.value.clone();
        Signal::derive(move || value.with(|value| *value == own))
    }
}

/// A box to tick.
#[component]
pub fn Checkbox(
    /// The input's id, unique on the page.
    id: &'static str,
    /// What is agreed to; links may stand in it.
    label: AnyView,
    /// What helps to decide, if anything does.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it is ticked.
    value: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <div class="field" class:field-wrong=is_wrong(error)>
            {problem_view(id, error)}
            <div class="choice">
                <input
                    type="checkbox"
                    id=id
                    aria-invalid=is_invalid(error)
                    aria-describedby=described_by(id, hint, error)
                    prop:checked=value
                    on:change=move |event| value.set(event_target_checked(&event))
                />
                <label for=id>{label}</label>
                {hint_view(id, hint)}
            </div>
        </div>
    }
}

/// One of several, all of them in sight.
#[component]
pub fn RadioGroup(
    /// The id of the first of them, unique on the page, so that a summary of problems leads there.
    id: &'static str,
    /// What is asked.
    label: &'static str,
    /// What helps to answer, if anything does.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What there is to choose.
    choices: Vec<Choice>,
    /// The chosen one's value; empty when none is.
    value: RwSignal<String>,
) -> impl IntoView {
    radio_group("choices", id, label, hint, error, choices, value)
}

/// Ways to do the same, side by side: what follows on the page belongs to the chosen one.
///
/// Radio buttons under their looks, since that is what they are: one stop for Tab, arrows between.
#[component]
pub fn Segments(
    /// The id of the first of them, unique on the page.
    id: &'static str,
    /// What they are ways of; not shown.
    label: &'static str,
    /// The ways.
    choices: Vec<Choice>,
    /// The chosen one's value.
    value: RwSignal<String>,
) -> impl IntoView {
    let error = Signal::stored(None);
    radio_group("segments", id, label, "", error, choices, value)
}

fn radio_group(
    class: &'static str,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    error: Signal<Option<String>>,
    choices: Vec<Choice>,
    value: RwSignal<String>,
) -> AnyView {
    let radios: Vec<_> = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| radio(id, index, choice, value))
        .collect();
    view! {
        <fieldset
            class="field"
            class:field-wrong=is_wrong(error)
            role="radiogroup"
            aria-invalid=is_invalid(error)
            aria-describedby=described_by(id, hint, error)
        >
            <legend class:visually-hidden=class == "segments">{label}</legend>
            {hint_view(id, hint)}
            {problem_view(id, error)}
            <div class=class>{radios}</div>
        </fieldset>
    }
    .into_any()
}

fn radio(name: &'static str, index: usize, choice: Choice, value: RwSignal<String>) -> AnyView {
    let id = match index {
        0 => name.to_owned(),
        _ => format!("{name}-{index}"),
    };
    let hint_id = (!choice.hint.is_empty()).then(|| format!("{id}-choice-hint"));
    let hint = match &hint_id {
        Some(hint_id) => {
            let hint_id = hint_id.clone();
            view! { <p class="field-hint" id=hint_id>{choice.hint.clone()}</p> }.into_any()
        }
        None => nothing(),
    };
    let is_chosen = choice.is_chosen(value);
    let own = choice.value;
    view! {
        <div class="choice">
            <input
                type="radio"
                id=id.clone()
                name=name
                disabled=!choice.is_open
                aria-describedby=hint_id
                prop:checked=is_chosen
                on:change=move |_| value.set(own.clone())
            />
            <label for=id>{choice.label}</label>
            {hint}
        </div>
    }
    .into_any()
}

/// One of many, in a list that folds out.
#[component]
pub fn SelectField(
    /// The control's id, unique on the page.
    id: &'static str,
    /// What is asked for.
    label: &'static str,
    /// What helps to answer, if anything does.
    #[prop(optional)]
    hint: &'static str,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What there is to choose. One with an empty value at the top stands for "not chosen yet".
    choices: Vec<Choice>,
    /// The chosen one's value.
    value: RwSignal<String>,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let options: Vec<_> = choices
        .into_iter()
        .map(|choice| {
            let is_chosen = choice.is_chosen(value);
            // A list that folds out has no second line.
            let words = match choice.hint.is_empty() {
                true => choice.label,
                false => [choice.label, choice.hint].join(" · "),
            };
            view! {
                <option value=choice.value disabled=!choice.is_open prop:selected=is_chosen>
                    {words}
                </option>
            }
        })
        .collect();
    let select = view! {
        <select
            id=id
            class="input"
            autocomplete=autocomplete
            aria-invalid=is_invalid(error)
            aria-describedby=described_by(id, hint, error)
            on:change=move |event| value.set(event_target_value(&event))
        >
            {options}
        </select>
    };
    field_frame(id, label, hint, error, select.into_any())
}
