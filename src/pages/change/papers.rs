//! The papers of an application: each uploaded on its own, beside the draft (CHG-7, CHG-13). Knows which are
//! asked for; must not know how a file gets to the server.

use domain::verification::DocumentPurpose;
use domain::verification::change::Proof;
use leptos::prelude::*;

use crate::form::{FieldMessage, Form};
use crate::text::changes::{self as text, ChangeText};
use crate::text::{Language, Sentence};
use crate::ui::{download, nothing};
use crate::uploading::{Item, Uploads};

/// Every paper that there may be; made once for a page, so that a change of the kind loses none.
#[derive(Clone, Copy)]
pub(super) struct Papers {
    items: [Item; Proof::ALL.len()],
}

impl Papers {
    /// Asks what is there already.
    pub(super) fn new() -> Self {
        let uploads = Uploads::start(DocumentPurpose::VerificationChange);
        Self {
            items: Proof::ALL.map(|proof| uploads.item(proof.word())),
        }
    }

    fn all(&self) -> impl Iterator<Item = (Proof, Item)> {
        Proof::ALL.into_iter().zip(self.items)
    }

    /// Whether a paper is there.
    pub(super) fn has(self, proof: Proof) -> bool {
        self.all()
            .any(|(known, item)| known == proof && item.kept().with(Option::is_some))
    }

    /// What is there as of now.
    pub(super) fn uploaded(self) -> Vec<Proof> {
        let there = self
            .all()
            .filter(|(_, item)| item.kept().with_untracked(Option::is_some));
        there.map(|(proof, _)| proof).collect()
    }

    /// That a paper is missing, where it belongs.
    pub(super) fn missing(self, proof: Proof) -> FieldMessage {
        FieldMessage {
            field: proof.word(),
            sentence: Sentence::new(move |language| text::missing(language, proof)),
        }
    }

    /// The papers that are asked for.
    pub(super) fn view(self, needed: &[Proof], form: Form, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let items: Vec<_> = self
            .all()
            .filter(|(proof, _)| needed.contains(proof))
            .map(|(proof, item)| {
                let error = form.error_of(item.id(), language);
                let label = text::proof(language, proof);
                item.view(language, label, text::proof_hint(language, proof), error)
            })
            .collect();
        let application = match needed.contains(&Proof::ApplicationForm) {
            true => application_form(language),
            false => nothing(),
        };
        view! {
            <fieldset class="group">
                <legend>{words.papers}</legend>
                <p class="field-hint">{words.papers_lead}</p>
                {application}
                {items}
            </fieldset>
        }
        .into_any()
    }
}

/// The form that both sides sign.
fn application_form(language: Language) -> AnyView {
    let words = ChangeText::of(language);
    let save = move |_| {
        // Where the browser does not save, the person sees that.
        let _ = download(
            text::form_file(language),
            "text/plain",
            &text::application_form(language),
        );
    };
    view! {
        <p>
            {words.form_lead} " "
            <button type="button" class="button button-quiet" on:click=save>
                {words.download_form}
            </button>
        </p>
    }
    .into_any()
}
