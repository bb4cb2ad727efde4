//! What went wrong on the page for persons, in words at their place (VER-2, VER-6, VER-7, VER-10). Must not
//! know how the page goes on.

use contract::verification::AttemptShown;
use domain::identity::{IdDocumentProblem, PersonNameProblem};
use domain::verification::{Attempt, ClaimProblem, VerificationRefusal};
use leptos::prelude::*;

use super::person::{KIND, NAME, NUMBER};
use crate::api::{Refused, WrongField};
use crate::form::FieldMessage;
use crate::text::verification::{self as words, VerificationText};
use crate::text::{Language, Sentence, providers as provider_text, subjects};
use crate::ui::{Notice, NoticeKind, nothing};

/// How the last attempt ended, and what helps (VER-7, VER-10).
pub(super) fn failed(shown: &AttemptShown, language: Language) -> AnyView {
    let text = VerificationText::of(language);
    let Attempt::Failed { reasons, .. } = &shown.attempt else {
        return nothing();
    };
    let case = shown.case_number.clone();
    let reasons: Vec<_> = reasons
        .iter()
        .map(|reason| view! { <p>{words::failure(language, *reason)}</p> })
        .collect();
    let causes: Vec<_> = shown
        .face_causes
        .iter()
        .map(|cause| view! { <li>{provider_text::face_cause(language, *cause)}</li> })
        .collect();
    let causes = match causes.is_empty() {
        true => nothing(),
        false => view! {
            <p>{text.causes}</p>
            <ul class="bullets">{causes}</ul>
        }
        .into_any(),
    };
    view! {
        <Notice kind=NoticeKind::Failure>
            <p class="notice-title">{text.failed}</p>
            {reasons}
            {causes}
            <p>{text.failed_hint}</p>
            <p class="quiet">
                {text.case} " " <span class="number">{case}</span>
            </p>
        </Notice>
    }
    .into_any()
}

/// What is wrong with a field, as the server says.
pub(super) fn problem(wrong: &WrongField) -> Option<FieldMessage> {
    wrong
        .of::<PersonNameProblem>("name")
        .map(name_message)
        .or_else(|| {
            wrong
                .of::<IdDocumentProblem>("document_number")
                .map(number_message)
        })
        .or_else(|| wrong.of::<ClaimProblem>("document_kind").map(kind_message))
}

/// What is wrong with the name.
pub(super) fn name_message(problem: PersonNameProblem) -> FieldMessage {
    FieldMessage {
        field: NAME,
        sentence: Sentence::new(move |language| subjects::person_name_problem(language, problem)),
    }
}

/// What is wrong with the number.
pub(super) fn number_message(problem: IdDocumentProblem) -> FieldMessage {
    FieldMessage {
        field: NUMBER,
        sentence: Sentence::new(move |language| subjects::id_document_problem(language, problem)),
    }
}

fn kind_message(problem: ClaimProblem) -> FieldMessage {
    FieldMessage {
        field: KIND,
        sentence: Sentence::new(move |language| words::claim_problem(language, problem)),
    }
}

/// Every rule that refuses, in words.
pub(super) fn refusal(refused: &Refused) -> Option<Sentence> {
    let all = refused.all_of::<VerificationRefusal>("verification");
    if all.is_empty() {
        return None;
    }
    Some(Sentence::new(move |language| {
        let lines: Vec<String> = all
            .iter()
            .map(|refusal| words::refusal(language, refusal))
            .collect();
        lines.join(" ")
    }))
}
