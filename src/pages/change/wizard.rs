//! What all steps share: the application, whether the step may be opened, the stepper, what refuses (CHG-5).
//! Must not know what a step asks.

use contract::changes::{Application, ChangeOverview};
use domain::verification::change::{
    ApplicationState, ChangeProgress, ChangeRefusal, ChangeStep, StepPlace, may_open_step,
    next_step, stepper,
};
use leptos::prelude::*;

use crate::address::Address;
use crate::announce::{Announcer, Title};
use crate::api::{self, ApiError, Refused};
use crate::form::Form;
use crate::load::Load;
use crate::text::changes::{self as text, ChangeText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, change_refusals};
use crate::ui::{ErrorSummary, Steps, nothing, react};
use crate::{layout, paths};

/// The area of a change's refusals on the wire.
pub(super) const AREA: &str = "verification_change";

/// The wizard, as each of its pages sees it.
#[derive(Clone, Copy)]
pub(super) struct Wizard {
    pub(super) overview: Load<ChangeOverview>,
    pub(super) address: Address,
    pub(super) announcer: Announcer,
}

impl Wizard {
    /// Asks the server at once.
    pub(super) fn new() -> Self {
        Self {
            overview: Load::start(api::changes::overview),
            address: Address::expect(),
            announcer: Announcer::expect(),
        }
    }

    /// The page of a step. Whoever is not there yet, or past it, is led to the step to do instead, so that
    /// Back reopens nothing that is done (V-33).
    pub(super) fn page(
        self,
        title: Title,
        step: ChangeStep,
        content: impl Fn(Language) -> AnyView + Copy + Send + Sync + 'static,
    ) -> AnyView {
        react(move || {
            let place = self.overview.with(|known| Some(instead(known, step)));
            if let Some(place) = place.flatten() {
                self.address.replace(place);
            }
        });
        layout::page(title, move |language| {
            layout::loaded(self.overview, language, move || {
                let is_open = self
                    .overview
                    .ready_untracked()
                    .is_some_and(|known| instead(&known, step).is_none());
                if !is_open {
                    return nothing();
                }
                view! {
                    {self.stepper(step, language)}
                    {content(language)}
                }
                .into_any()
            })
        })
    }

    /// The application as of now.
    pub(super) fn application(self) -> Option<Application> {
        self.overview.ready_untracked()?.application
    }

    fn stepper(self, step: ChangeStep, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let application = self.application();
        let places = match &application {
            Some(change) => stepper(&progress(change)),
            None => stepper(&nothing_begun()),
        };
        let current = places.iter().position(|(known, _)| *known == step);
        // A finished change of the same subject ends with its review.
        let is_over = application.is_some_and(|change| {
            change.state.decided_at().is_some() && !change.kind.changes_subject()
        });
        let all_past = places.iter().all(|(_, place)| *place != StepPlace::Ahead);
        let current = match current {
            Some(_) if is_over && all_past => places.len(),
            Some(index) => index,
            None => 0,
        };
        let names = places
            .iter()
            .map(|(step, _)| text::step(language, *step))
            .collect::<Vec<_>>();
        view! {
            <Steps
                label=words.steps
                steps=names
                current=Signal::stored(current)
                done=words.step_done
            />
        }
        .into_any()
    }
}

/// How far an application has come (CHG-5).
pub(super) const fn progress(change: &Application) -> ChangeProgress<'_> {
    ChangeProgress {
        kind: Some(change.kind),
        state: &change.state,
        basic_information_saved: change.basic_information_saved,
    }
}

static NOTHING_TYPED: ApplicationState = ApplicationState::NEW;

/// How far one has come who has no application.
fn nothing_begun() -> ChangeProgress<'static> {
    ChangeProgress {
        kind: None,
        state: &NOTHING_TYPED,
        basic_information_saved: false,
    }
}

/// The address to open in the place of this step, when it is closed.
fn instead(known: &ChangeOverview, step: ChangeStep) -> Option<&'static str> {
    let Some(change) = &known.application else {
        // Without an application there is only what to choose.
        return (step != ChangeStep::ChooseType).then_some(paths::change());
    };
    // A new application may be begun beside one that is over.
    if step == ChangeStep::ChooseType && change.state.decided_at().is_some() {
        return None;
    }
    may_open_step(&progress(change), step).map(|_| place(next_step(&progress(change))))
}

/// The address of a step.
pub(super) const fn place(step: ChangeStep) -> &'static str {
    match step {
        ChangeStep::ChooseType => paths::change_type(),
        ChangeStep::SubmitProof => paths::change_proof(),
        ChangeStep::Review => paths::change_review(),
        ChangeStep::BasicInformation => paths::change_information(),
        ChangeStep::ChooseMethod => paths::change_method(),
        ChangeStep::Done => paths::change_done(),
    }
}

/// The summary of a form's problems.
pub(super) fn summary(form: Form, language: Language) -> AnyView {
    view! {
        <ErrorSummary
            id=form.summary()
            title=ShellText::of(language).problems
            fields=Signal::derive(move || form.field_errors(language))
            whole=Signal::derive(move || form.whole_error(language))
        />
    }
    .into_any()
}

/// Every refusal of this area as a sentence.
pub(super) fn refusals(refused: &Refused) -> Option<Sentence> {
    let all: Vec<ChangeRefusal> = refused.all_of(AREA);
    if all.is_empty() {
        return None;
    }
    Some(Sentence::new(move |language| {
        change_refusals::all(language, &all)
    }))
}

/// Shows what went wrong with the whole request.
pub(super) fn show_error(form: Form, error: &ApiError) {
    form.show_error(error, &|_| None, &refusals);
}
