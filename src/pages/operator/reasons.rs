//! The reasons of a rejection: for each item what is wrong, and a note (CHG-9). Knows items by their place
//! in the case; does not know what they are.

use contract::operators::{CaseItem, CaseReason};
use domain::operators::{OperatorPolicy, OperatorReason, OperatorReasonProblem};
use domain::verification::change::ReviewReason;
use leptos::prelude::*;

use super::case::WRONG;
use crate::form::{FieldMessage, Form};
use crate::text::operators::{self as words, OperatorText};
use crate::text::{Language, Sentence, cases};
use crate::ui::{Choice, SelectField, TextArea, TextValue, live, nothing};

/// The ids of the lists and of the notes; no case has more items.
const IDS: [(&str, &str); 16] = [
    ("item-0", "note-0"),
    ("item-1", "note-1"),
    ("item-2", "note-2"),
    ("item-3", "note-3"),
    ("item-4", "note-4"),
    ("item-5", "note-5"),
    ("item-6", "note-6"),
    ("item-7", "note-7"),
    ("item-8", "note-8"),
    ("item-9", "note-9"),
    ("item-10", "note-10"),
    ("item-11", "note-11"),
    ("item-12", "note-12"),
    ("item-13", "note-13"),
    ("item-14", "note-14"),
    ("item-15", "note-15"),
];

/// What was chosen and written for each item.
#[derive(Clone, Copy)]
pub(super) struct Reasons([(RwSignal<String>, TextValue); IDS.len()]);

impl Reasons {
    /// Nothing is wrong yet.
    pub(super) fn new() -> Self {
        Self(std::array::from_fn(|_| {
            (RwSignal::new(String::new()), TextValue::empty())
        }))
    }

    /// The lists and notes.
    pub(super) fn view(self, items: Vec<CaseItem>, form: Form, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let fields: Vec<_> = items
            .into_iter()
            .zip(IDS)
            .zip(self.0)
            .map(|((item, (id, note_id)), (chosen, note))| {
                let mut choices = vec![Choice::new("", text.no_fault)];
                choices.extend(
                    WRONG
                        .iter()
                        .map(|reason| Choice::new(word(*reason), cases::reason(language, *reason))),
                );
                let is_chosen = Memo::new(move |_| chosen.with(|chosen| !chosen.is_empty()));
                let error = form.error_of(note_id, language);
                let note = live(move || {
                    if !is_chosen.get() {
                        return nothing();
                    }
                    view! { <TextArea id=note_id label=text.note error value=note /> }.into_any()
                });
                view! {
                    <SelectField
                        id
                        label=cases::item(language, item)
                        error=form.error_of(id, language)
                        choices
                        value=chosen
                    />
                    {note}
                }
            })
            .collect();
        view! {
            <fieldset class="field">
                <legend>{text.reasons}</legend>
                <p class="field-hint">{text.reasons_hint}</p>
                {fields}
            </fieldset>
        }
        .into_any()
    }

    /// The reasons as they are sent, one for each item with which something is wrong.
    pub(super) fn read(self, items: &[CaseItem]) -> Vec<CaseReason> {
        let chosen = items.iter().zip(self.0);
        let reasons = chosen.filter_map(|(item, (chosen, note))| {
            let chosen = chosen.get_untracked();
            let reason = WRONG.into_iter().find(|reason| word(*reason) == chosen)?;
            Some(CaseReason {
                item: *item,
                reason,
                note: note.read(),
            })
        });
        reasons.collect()
    }
}

/// What is wrong with the reasons before they are sent; none at all is the server's to refuse.
pub(super) fn problems(items: &[CaseItem], reasons: &[CaseReason]) -> Vec<FieldMessage> {
    let policy = OperatorPolicy::default();
    let problem = |reason: &CaseReason| match OperatorReason::parse(&reason.note, &policy) {
        Err(OperatorReasonProblem::Empty) if reason.reason != ReviewReason::Other => None,
        Err(problem) => {
            let place = items.iter().position(|item| *item == reason.item)?;
            let (_, note) = IDS.get(place)?;
            Some(message(note, problem))
        }
        Ok(_) => None,
    };
    reasons.iter().filter_map(problem).collect()
}

/// What the server says of a note: it names the place among the reasons that were sent, so the sentence
/// stands at the first note.
pub(super) fn of_field(
    field: &str,
    problem: Option<OperatorReasonProblem>,
) -> Option<FieldMessage> {
    let problem = problem.filter(|_| field.starts_with("reasons."))?;
    let (_, note) = IDS.first()?;
    Some(message(note, problem))
}

fn message(field: &'static str, problem: OperatorReasonProblem) -> FieldMessage {
    FieldMessage {
        field,
        sentence: Sentence::new(move |language| words::reason_problem(language, problem)),
    }
}

/// What a reason is known by among the choices.
const fn word(reason: ReviewReason) -> &'static str {
    match reason {
        ReviewReason::Unreadable => "unreadable",
        ReviewReason::Incomplete => "incomplete",
        ReviewReason::Expired => "expired",
        ReviewReason::DoesNotMatch => "does_not_match",
        ReviewReason::NotRecorded => "not_recorded",
        ReviewReason::NotStamped => "not_stamped",
        ReviewReason::RestrictedToOtherUse => "restricted",
        ReviewReason::WrongDocument => "wrong_document",
        ReviewReason::Other => "other",
    }
}
