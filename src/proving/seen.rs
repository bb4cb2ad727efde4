//! Proofs that are given elsewhere: a scan confirmed on a phone, a face shown to a camera (PRT-1, SGN-4).
//! Knows when they are done; not what they prove.

use std::rc::Rc;
use std::time::Duration;

use contract::proof::Proof;
use contract::providers::{FaceBegun, FaceStatus};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ProofForm;
use crate::api::providers::For;
use crate::api::{self, ApiError};
use crate::scanning::{self, Scanning};
use crate::text::Language;
use crate::text::providers::{self as words, ProviderText};
use crate::ui::{Notice, NoticeKind, QrCode, live, nothing};

/// How often the server is asked how a face check stands.
const POLL_EVERY: Duration = Duration::from_millis(1500);

/// What is known of a face check.
#[derive(Clone, Copy)]
struct Face {
    begun: RwSignal<Option<FaceBegun>>,
    status: RwSignal<Option<FaceStatus>>,
    failed: RwSignal<Option<ApiError>>,
}

impl ProofForm {
    /// The code to scan with WeChat; a confirmed scan is handed in at once.
    pub(super) fn scan(self, what_for: For, language: Language) -> AnyView {
        let begin: scanning::Begin =
            Rc::new(move || Box::pin(api::providers::begin_proof_scan(what_for)));
        let confirmed = move |scan| self.hand_in(Proof::Wechat { scan });
        let scanning = Scanning::new(begin, Rc::new(confirmed));
        view! {
            <p>{ProviderText::of(language).scan_lead}</p>
            {scanning.view(language)}
        }
        .into_any()
    }

    /// The way to the camera; a check that passed is handed in at once.
    pub(super) fn face(self, what_for: For, language: Language) -> AnyView {
        // What is pressed goes away; the focus stays here.
        let group = NodeRef::<html::Div>::new();
        let face = Face {
            begun: RwSignal::new(None),
            status: RwSignal::new(None),
            failed: RwSignal::new(None),
        };
        let watch = set_interval_with_handle(move || self.look(face, what_for), POLL_EVERY);
        on_cleanup(move || {
            if let Ok(watch) = watch {
                watch.clear();
            }
        });
        let content = live(move || {
            let text = ProviderText::of(language);
            let begin = move |_| {
                if let Some(group) = group.get_untracked() {
                    // Fails only for what is not on the page.
                    let _ = group.focus();
                }
                begin(face, what_for);
            };
            let said = said(face, language);
            let shown = match (face.begun.get(), face.status.get()) {
                (Some(begun), None | Some(FaceStatus::Pending | FaceStatus::Later)) => view! {
                    <p>{text.face_lead}</p>
                    <QrCode text=Signal::stored(begun.address.clone()) label=text.face_label />
                    <p>
                        <a href=begun.address target="_blank" rel="noopener">
                            {text.face_open}
                        </a>
                    </p>
                }
                .into_any(),
                (Some(_), Some(FaceStatus::Passed)) => nothing(),
                _ => view! {
                    <button type="button" class="button" on:click=begin>
                        {text.face_show}
                    </button>
                }
                .into_any(),
            };
            view! {
                {said}
                {shown}
            }
            .into_any()
        });
        let label = ProviderText::of(language).face_label;
        view! {
            <div node_ref=group class="scan" role="group" aria-label=label tabindex="-1">
                {content}
            </div>
        }
        .into_any()
    }

    fn look(self, face: Face, what_for: For) {
        let is_open = matches!(
            face.status.try_get_untracked(),
            Some(None | Some(FaceStatus::Pending | FaceStatus::Later))
        );
        let begun = face.begun.try_get_untracked().flatten();
        let (Some(begun), true) = (begun, is_open && !document().hidden()) else {
            return;
        };
        spawn_local(async move {
            // A server that does not answer now is asked again in a moment.
            let Ok(status) = api::providers::face(what_for, &begun.check).await else {
                return;
            };
            let before = face.status.try_get_untracked().flatten();
            if before.as_ref() == Some(&status) || before == Some(FaceStatus::Passed) {
                return;
            }
            let is_passed = status == FaceStatus::Passed;
            face.status.try_set(Some(status));
            if is_passed {
                self.hand_in(Proof::Face { check: begun.check });
            }
        });
    }
}

fn begin(face: Face, what_for: For) {
    face.failed.set(None);
    spawn_local(async move {
        match api::providers::begin_face(what_for).await {
            Ok(begun) => {
                face.status.try_set(None);
                face.begun.try_set(Some(begun));
            }
            Err(error) => {
                face.failed.try_set(Some(error));
            }
        }
    });
}

/// What there is to say of the check.
fn said(face: Face, language: Language) -> AnyView {
    let text = ProviderText::of(language);
    if let Some(error) = face.failed.get() {
        let sentence = match error {
            ApiError::Busy => text.face_later.to_owned(),
            error => scanning::sentence(&error).say(language),
        };
        return view! { <Notice kind=NoticeKind::Failure><p>{sentence}</p></Notice> }.into_any();
    }
    let sentence = match face.status.get() {
        Some(FaceStatus::Failed { causes }) => {
            let causes: Vec<_> = causes
                .into_iter()
                .map(|cause| words::face_cause(language, cause))
                .collect();
            [text.face_failed, &causes.join(", ")].concat()
        }
        Some(FaceStatus::Over) => text.face_over.to_owned(),
        Some(FaceStatus::Later) => text.face_later.to_owned(),
        Some(FaceStatus::Pending | FaceStatus::Passed) | None => return nothing(),
    };
    view! { <Notice kind=NoticeKind::Warning><p>{sentence}</p></Notice> }.into_any()
}
