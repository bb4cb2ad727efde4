//! Looks at documents of proof, one at a time: larger, smaller, turned (OPS-1, CHG-13). Nothing is fetched
//! before it is asked for, since each view is written down.

use contract::operators::CaseDocument;
use domain::verification::DocumentKind;
use leptos::prelude::*;

use crate::text::operators::OperatorText;
use crate::text::{Language, cases, documents as files};
use crate::ui::{Notice, NoticeKind, live, nothing};
use crate::{api, ui};

/// Sizes from which one chooses, in hundredths of the frame's width.
const SIZES: [u32; 6] = [100, 150, 200, 300, 400, 600];
/// The frame that a document is shown in.
const FRAME: &str = "document-frame";

/// Which document is shown, and how.
#[derive(Clone, Copy)]
pub(super) struct Viewer {
    shown: RwSignal<Option<String>>,
    /// The place in [`SIZES`].
    size: RwSignal<usize>,
    /// Quarter turns to the right.
    turns: RwSignal<u32>,
    has_failed: RwSignal<bool>,
}

impl Viewer {
    /// Nothing is shown yet.
    pub(super) fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            size: RwSignal::new(0),
            turns: RwSignal::new(0),
            has_failed: RwSignal::new(false),
        }
    }

    /// The list of documents and the frame.
    pub(super) fn view(
        self,
        case: &str,
        documents: Vec<CaseDocument>,
        language: Language,
    ) -> AnyView {
        let text = OperatorText::of(language);
        let lines: Vec<_> = documents
            .iter()
            .map(|document| self.line(case, document, language))
            .collect();
        let case = case.to_owned();
        let frame = live(move || {
            let shown = self.shown.get();
            let document = documents.iter().find(|one| Some(&one.id) == shown.as_ref());
            match document {
                Some(document) => self.frame(&case, document, language),
                None => nothing(),
            }
        });
        view! {
            <p class="quiet">{text.views_are_kept}</p>
            <ul class="documents">{lines}</ul>
            {frame}
        }
        .into_any()
    }

    fn line(self, case: &str, document: &CaseDocument, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let label = cases::item(language, document.item);
        let size = files::size(document.bytes);
        let id = document.id.clone();
        let action = if document.kind == DocumentKind::Pdf {
            let href = api::operators::document_path(case, &document.id);
            view! {
                <a class="button" href=href download>
                    {text.open_pdf}
                    <span class="visually-hidden">" " {label}</span>
                </a>
            }
            .into_any()
        } else {
            let own = id.clone();
            let pressed = Signal::derive(move || {
                let is_shown = self.shown.with(|shown| shown.as_ref() == Some(&own));
                if is_shown { "true" } else { "false" }
            });
            view! {
                <button
                    type="button"
                    class="button"
                    aria-pressed=pressed
                    on:click=move |_| self.show(&id)
                >
                    {text.show}
                    <span class="visually-hidden">" " {label}</span>
                </button>
            }
            .into_any()
        };
        view! {
            <li class="document">
                <span>{label}</span>
                <span class="quiet">{size}</span>
                {action}
            </li>
        }
        .into_any()
    }

    fn frame(self, case: &str, document: &CaseDocument, language: Language) -> AnyView {
        let text = OperatorText::of(language);
        let label = cases::item(language, document.item);
        let source = api::operators::document_path(case, &document.id);
        let width = move || {
            let size = SIZES.get(self.size.get()).copied().unwrap_or(100);
            [&size.to_string(), "%"].concat()
        };
        let turned = move || ["rotate(", &(self.turns.get() * 90).to_string(), "deg)"].concat();
        let tool = |words: &'static str, does: fn(Self)| {
            view! {
                <button type="button" class="button" on:click=move |_| does(self)>
                    {words}
                </button>
            }
        };
        let picture = live(move || {
            if self.has_failed.get() {
                return view! {
                    <Notice kind=NoticeKind::Failure>
                        <p>{text.picture_failed}</p>
                    </Notice>
                }
                .into_any();
            }
            view! {
                // Keyboards scroll what can have the focus.
                <div id=FRAME class="document-frame" tabindex="0" role="group" aria-label=label>
                    <img
                        src=source.clone()
                        alt=label
                        style:width=width
                        style:transform=turned
                        on:error=move |_| self.has_failed.set(true)
                    />
                </div>
            }
            .into_any()
        });
        view! {
            <div class="buttons" role="group" aria-label=text.shown>
                {tool(text.zoom_in, Self::larger)}
                {tool(text.zoom_out, Self::smaller)}
                {tool(text.rotate, Self::turn)}
                {tool(text.actual, Self::reset)}
            </div>
            {picture}
        }
        .into_any()
    }

    /// What a single key does to the document that is shown; whether it did anything.
    pub(super) fn key(self, key: &str, documents: &[CaseDocument]) -> bool {
        match key {
            "d" => return self.show_next(documents),
            "+" | "=" => self.larger(),
            "-" => self.smaller(),
            "r" => self.turn(),
            _ => return false,
        }
        true
    }

    fn show(self, id: &str) {
        self.reset();
        self.has_failed.set(false);
        self.shown.set(Some(id.to_owned()));
    }

    /// The picture after the one that is shown; from the last to the first.
    fn show_next(self, documents: &[CaseDocument]) -> bool {
        let pictures: Vec<_> = documents
            .iter()
            .filter(|document| document.kind.is_picture())
            .collect();
        let shown = self.shown.get_untracked();
        let here = pictures
            .iter()
            .position(|one| Some(&one.id) == shown.as_ref());
        let next = here.map_or(0, |here| here + 1);
        let Some(next) = pictures.get(next).or_else(|| pictures.first()) else {
            return false;
        };
        self.show(&next.id);
        ui::focus_soon(FRAME);
        true
    }

    fn larger(self) {
        self.size
            .update(|size| *size = (*size + 1).min(SIZES.len() - 1));
    }

    fn smaller(self) {
        self.size.update(|size| *size = size.saturating_sub(1));
    }

    fn turn(self) {
        self.turns.update(|turns| *turns = (*turns + 1) % 4);
    }

    fn reset(self) {
        self.size.set(0);
        self.turns.set(0);
    }
}
