//! Proofs that are given elsewhere: a scan confirmed on a phone, a face shown to a camera (PRT-1, SGN-4).
//! Knows when they are done; not what they prove.

use std::rc::Rc;

use contract::proof::Proof;
use leptos::prelude::*;

use super::ProofForm;
use crate::api;
use crate::api::providers::For;
use crate::facing::{self, Facing};
use crate::scanning::{self, Scanning};
use crate::text::Language;
use crate::text::providers::ProviderText;

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
        let begin: facing::Begin = Rc::new(move || Box::pin(api::providers::begin_face(what_for)));
        let look: facing::Look = Rc::new(move |check: String| {
            Box::pin(async move { api::providers::face(what_for, &check).await })
        });
        let passed = move |check| self.hand_in(Proof::Face { check });
        Facing::new(begin, look, Rc::new(passed)).view(language)
    }
}
