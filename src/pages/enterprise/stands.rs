//! How the attempt stands, what the legal representative has to do for it, and what a re-check found
//! (ENT-10, ENT-13, ENT-15, ENT-16, VER-10). Knows the ends; not the form that began it.

use std::rc::Rc;

use contract::enterprise::{EnterpriseAttempt, RepresentativeShown};
use contract::providers::ScanShown;
use domain::verification::{Attempt, Recheck, WayOut};
use leptos::prelude::*;

use super::choices::method_page;
use super::common::{self, Standing, act, support};
use crate::api::{self, ApiError};
use crate::form::Form;
use crate::paths;
use crate::scanning::{self, Scanning};
use crate::text::enterprise::{self as words, EnterpriseText};
use crate::text::{Language, verification};
use crate::ui::{Notice, NoticeKind, QrCode, live, nothing, react};

/// The id of how the attempt stands, which gets the focus when it has changed.
pub(super) const STANDS: &str = "attempt-stands";

/// An attempt, and the check of the legal representative.
type Known = (Option<EnterpriseAttempt>, Option<RepresentativeShown>);

/// What there is to see and to do about the attempt.
#[derive(Clone, Copy)]
pub(super) struct Current {
    standing: Standing,
    again: Form,
    /// The code for the legal representative's WeChat.
    scanning: Scanning,
}

impl Current {
    pub(super) fn new(standing: Standing) -> Self {
        let confirmed: scanning::Confirmed = Rc::new(move |_| standing.look());
        let current = Self {
            standing,
            again: Form::new("again-problems"),
            scanning: Scanning::new(Rc::new(|| Box::pin(fresh_code())), confirmed),
        };
        current.show_code_once();
        current
    }

    /// A code is good in the browser that asked for it, so each page shows its own.
    fn show_code_once(self) {
        let is_scan = Memo::new(move |_| {
            let shown = self.standing.load.with(|now| now.representative.clone());
            matches!(shown, Some(RepresentativeShown::Scan { .. }))
        });
        react(move || {
            if is_scan.get() {
                self.scanning.show();
            }
        });
    }

    pub(super) fn view(self, language: Language) -> AnyView {
        // A look that brings nothing new leaves codes and focus as they are.
        let known = Memo::new(move |_| {
            self.standing
                .load
                .with(|now| (now.attempt.clone(), now.representative.clone()))
        });
        view! {
            {live(move || self.rechecked(language))}
            {self.standing.problem(language)}
            {live(move || self.stands(known.get(), language))}
        }
        .into_any()
    }

    /// What the re-check found (ENT-15, ENT-16).
    fn rechecked(self, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let (recheck, urges) = self
            .standing
            .load
            .with(|now| (Some(now.recheck), now.urges.clone()));
        let (title, what, until) = match recheck {
            Some(Recheck::Noticed {
                finding, ends_at, ..
            }) => (text.recheck_title, finding, Some(ends_at)),
            Some(Recheck::Ended { finding, .. }) => (text.recheck_ended, finding, None),
            Some(Recheck::Sound) | None => return nothing(),
        };
        let until = until.map(|at| view! { <p>{words::ends_at(language, at)}</p> });
        let urges: Vec<_> = urges.iter().map(|way| urge(*way, language)).collect();
        view! {
            <Notice kind=NoticeKind::Warning>
                <p class="notice-title">{title}</p>
                <p>{words::finding(language, what)}</p>
                {until}
                <div class="buttons">{urges}</div>
            </Notice>
        }
        .into_any()
    }

    /// How the attempt stands.
    fn stands(self, (attempt, representative): Known, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let Some(attempt) = attempt else {
            return nothing();
        };
        let content = match &attempt.attempt {
            Attempt::Running { method, .. } => {
                let next = match method_page(*method) {
                    Some(page) => view! {
                        <p class="buttons">
                            <a class="button button-primary" href=page>
                                {text.continue_here}
                            </a>
                        </p>
                    }
                    .into_any(),
                    None => self.representative(representative, language),
                };
                view! {
                    <h2>{text.running}</h2>
                    <p>{text.by} ": " {verification::method(language, *method)}</p>
                    {next}
                    {support(&attempt.case_number, attempt.is_overdue, language)}
                }
                .into_any()
            }
            Attempt::Failed { .. } => {
                let advice = attempt.advice.map(|advice| {
                    view! { <p>{words::register_advice(language, advice)}</p> }
                });
                view! {
                    {common::ending(&attempt.attempt, language)}
                    {advice}
                    <p>{text.failed_next}</p>
                    {support(&attempt.case_number, false, language)}
                }
                .into_any()
            }
            Attempt::Passed { .. } => common::ending(&attempt.attempt, language),
            Attempt::GivenUp { .. } => return nothing(),
        };
        view! {
            <section class="attempt" id=STANDS tabindex="-1">
                {content}
            </section>
        }
        .into_any()
    }

    /// Where the legal representative's face is looked at.
    fn representative(self, shown: Option<RepresentativeShown>, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        let form = self.again;
        let again = move |_| act(form, self.standing, api::enterprise::ask_again(), || {});
        match shown {
            Some(RepresentativeShown::Face { check: Some(begun) }) => view! {
                <p>{text.face_lead}</p>
                <QrCode text=Signal::stored(begun.address.clone()) label=text.face_title />
                <p>
                    <a href=begun.address target="_blank" rel="noopener">
                        {text.face_title}
                    </a>
                </p>
            }
            .into_any(),
            Some(RepresentativeShown::Face { check: None }) => view! {
                {common::summary(form, language)}
                <p class="buttons">
                    <button type="button" class="button button-primary" on:click=again>
                        {text.face_again}
                    </button>
                </p>
            }
            .into_any(),
            Some(RepresentativeShown::Scan { .. }) => view! {
                <p>{text.scan_lead}</p>
                {self.scanning.view(language)}
            }
            .into_any(),
            None => nothing(),
        }
    }
}

/// A fresh code for the legal representative's WeChat.
async fn fresh_code() -> Result<ScanShown, ApiError> {
    match api::enterprise::ask_again().await?.representative {
        Some(RepresentativeShown::Scan { scan: Some(scan) }) => Ok(scan),
        _ => Err(ApiError::NotFound),
    }
}

/// Where to go from what the owner is urged to do; what has no page here is only named.
fn urge(way: WayOut, language: Language) -> AnyView {
    let label = verification::way_out(language, way);
    match way {
        WayOut::CompleteCode => {
            view! { <a class="button" href=paths::verification_code()>{label}</a> }.into_any()
        }
        WayOut::Verify => view! { <a class="button" href="#kind">{label}</a> }.into_any(),
        _ => view! { <span>{label}</span> }.into_any(),
    }
}

/// What is recorded with a verified enterprise.
pub(super) fn links(language: Language) -> AnyView {
    let text = EnterpriseText::of(language);
    view! {
        <p>{text.verified}</p>
        <p class="buttons">
            <a class="button" href=paths::verification_contact()>
                {text.to_contact}
            </a>
            <a class="button" href=paths::verification_code()>
                {text.to_code}
            </a>
            <a class="button" href=paths::verification_official()>
                {text.official_title}
            </a>
        </p>
    }
    .into_any()
}
