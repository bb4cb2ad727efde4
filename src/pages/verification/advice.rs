//! Which method to take: the table of methods for persons, with the fastest that can be used marked
//! (VER-14, VER-15). Knows what the rules advise; must not know what happens after the choice.

use contract::verification::Verification;
use domain::identity::IdDocumentKind;
use domain::verification::{
    Applicant, Method, NO_DOCUMENTS_AT_HAND, Need, Region, VerificationPolicy, advise, preselect,
};
use leptos::prelude::*;

use crate::text::Language;
use crate::text::verification::{self as words, VerificationText};
use crate::ui::{Checkbox, Choice, DataTable, Segments, Tag, Tone, live, nothing};
use crate::{paths, text};

/// The papers that a person can be verified by here.
pub(super) const DOCUMENTS: [IdDocumentKind; 3] = [
    IdDocumentKind::ResidentId,
    IdDocumentKind::HkMacauPermit,
    IdDocumentKind::TaiwanPermit,
];

/// The word that an input knows a document by.
pub(super) const fn document_word(kind: IdDocumentKind) -> &'static str {
    match kind {
        IdDocumentKind::ResidentId => "resident_id",
        IdDocumentKind::ResidencePermit => "residence_permit",
        IdDocumentKind::HkMacauPermit => "hk_macau_permit",
        IdDocumentKind::TaiwanPermit => "taiwan_permit",
        IdDocumentKind::Passport => "passport",
    }
}

/// The document that an input knows by this word.
pub(super) fn document(word: &str) -> IdDocumentKind {
    DOCUMENTS
        .into_iter()
        .find(|kind| document_word(*kind) == word)
        .unwrap_or(IdDocumentKind::ResidentId)
}

/// The word that an input or an address knows a method by; nothing for enterprises' methods.
pub(super) const fn method_word(method: Method) -> &'static str {
    match method {
        Method::WechatScan => "wechat_scan",
        Method::Face => "face",
        Method::QqScan => "qq_scan",
        _ => "",
    }
}

/// The method that an input or an address knows by this word.
pub(super) fn method(word: &str) -> Option<Method> {
    Method::ALL
        .into_iter()
        .find(|method| !word.is_empty() && method_word(*method) == word)
}

/// A person with such a document.
pub(super) const fn person(kind: IdDocumentKind) -> Applicant {
    let region = match kind {
        IdDocumentKind::ResidentId => Region::Mainland,
        IdDocumentKind::ResidencePermit
        | IdDocumentKind::HkMacauPermit
        | IdDocumentKind::TaiwanPermit => Region::HongKongMacauTaiwan,
        IdDocumentKind::Passport => Region::Overseas,
    };
    Applicant::Person { region }
}

/// The fastest method that this person can use on this installation (VER-14).
pub(super) fn best(kind: IdDocumentKind, has_no_card: bool, offered: &[Method]) -> Option<Method> {
    let policy = VerificationPolicy::default();
    let applicant = person(kind);
    let lacks = lacking(has_no_card);
    let advised = preselect(&applicant, lacks, &policy);
    advised
        .filter(|method| offered.contains(method))
        .or_else(|| {
            // What is advised is not offered here: the first of those that are.
            let rows = advise(&applicant, lacks, &policy);
            rows.into_iter()
                .filter(|row| row.closed.is_none() && row.lacking.is_empty())
                .map(|row| row.method)
                .find(|method| offered.contains(method))
        })
}

const fn lacking(has_no_card: bool) -> &'static [Need] {
    if has_no_card {
        NO_DOCUMENTS_AT_HAND
    } else {
        &[]
    }
}

/// The table and what it was asked for.
#[derive(Clone, Copy)]
pub(super) struct Advice {
    kind: RwSignal<String>,
    has_no_card: RwSignal<bool>,
}

impl Advice {
    /// For a resident with the card at hand.
    pub(super) fn new() -> Self {
        Self {
            kind: RwSignal::new(document_word(IdDocumentKind::ResidentId).to_owned()),
            has_no_card: RwSignal::new(false),
        }
    }

    /// The table.
    pub(super) fn view(self, known: &Verification, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        let choices = DOCUMENTS
            .into_iter()
            .map(|kind| {
                let name = text::subjects::id_document_kind(language, kind);
                Choice::new(document_word(kind), name)
            })
            .collect();
        let known = known.clone();
        let table = live(move || self.table(&known, language));
        view! {
            <Segments
                id="advice-document"
                label=text.from_where
                choices=choices
                value=self.kind
            />
            <Checkbox
                id="advice-no-card"
                label=view! { {text.no_card} }.into_any()
                value=self.has_no_card
            />
            {table}
        }
        .into_any()
    }

    fn table(self, known: &Verification, language: Language) -> AnyView {
        let text = VerificationText::of(language);
        let kind = self.kind.with(|word| document(word));
        let has_no_card = self.has_no_card.get();
        let best = best(kind, has_no_card, &known.offered);
        let lacks = lacking(has_no_card);
        let rows = advise(&person(kind), lacks, &VerificationPolicy::default())
            .into_iter()
            .map(|row| {
                let name = words::method(language, row.method);
                let is_best = best == Some(row.method);
                let tag = match (is_best, row.recommended) {
                    (true, _) => view! { <Tag tone=Tone::Good text=text.best /> }.into_any(),
                    (false, true) => view! { <Tag text=text.recommended /> }.into_any(),
                    (false, false) => nothing(),
                };
                let needs: Vec<_> = row
                    .needs
                    .iter()
                    .map(|need| {
                        let class = row.lacking.contains(need).then_some("tone-caution");
                        view! { <li class=class>{words::need(language, *need)}</li> }
                    })
                    .collect();
                let time = known
                    .times
                    .iter()
                    .find(|time| time.method == row.method)
                    .map_or(row.time, |time| time.time);
                let for_whom = match row.method {
                    Method::WechatScan => text.everybody_and_permits,
                    _ => text.everybody,
                };
                let is_offered = known.offered.contains(&row.method);
                let choose = match (row.closed, is_offered) {
                    (Some(because), _) => {
                        let why = words::closed(language, because);
                        view! { <span class="quiet">{why}</span> }.into_any()
                    }
                    (None, false) => {
                        view! { <span class="quiet">{text.not_here}</span> }.into_any()
                    }
                    (None, true) => {
                        let address = paths::verification_person_by(
                            method_word(row.method),
                            document_word(kind),
                        );
                        let label = [text.choose, " ", name].concat();
                        let class = match is_best {
                            true => "button button-primary",
                            false => "button",
                        };
                        view! {
                            <a class=class href=address aria-label=label>
                                {text.choose}
                            </a>
                        }
                        .into_any()
                    }
                };
                vec![
                    view! {
                        <strong>{name}</strong>
                        " "
                        {tag}
                    }
                    .into_any(),
                    view! { {for_whom} }.into_any(),
                    view! { <ul class="plain-list">{needs}</ul> }.into_any(),
                    view! { {words::takes(language, time)} }.into_any(),
                    choose,
                ]
            })
            .collect();
        view! {
            <DataTable
                caption=text.methods
                headings=vec![text.method, text.for_whom, text.needs, text.takes, text.choose]
                rows=rows
            />
        }
        .into_any()
    }
}
