//! What the pages of an attempt have in common: how it stands, asked again by itself for a while, and why
//! something is refused. Knows no single method.

use std::time::Duration;

use contract::enterprise::EnterpriseVerification;
use domain::time::Timestamp;
use domain::verification::{
    Attempt, BankTransferRefusal, Method, TopUpRefusal, VerificationRefusal,
};
use leptos::ev;
use leptos::prelude::*;

use crate::api::{self, ApiError, Refused};
use crate::form::Form;
use crate::load::Load;
use crate::text::enterprise::{self as words, EnterpriseText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, failure, time, verification};
use crate::ui::{ErrorSummary, Notice, NoticeKind, SubmitButton, live, nothing};
use crate::{paths, product};

/// What is known of the attempt, and why the last look brought nothing.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    pub(super) load: Load<EnterpriseVerification>,
    refused: RwSignal<Option<ApiError>>,
}

/// How often a page that waits for somebody who is just acting asks, and how many times: no page keeps
/// its session alive by asking (SGN-13).
const SOON: (Duration, u32) = (Duration::from_secs(2), 300);
/// The same for money, which takes days.
const LATER: (Duration, u32) = (Duration::from_secs(30), 20);

impl Standing {
    /// Asks at once, what has happened outside too.
    pub(super) fn new() -> Self {
        let refused = RwSignal::new(None);
        let load = Load::start(move || async move {
            match api::enterprise::look().await {
                // Passed, but refused: how it stands is worth seeing all the same.
                Err(error @ ApiError::Refused(_)) => {
                    refused.try_set(Some(error));
                    api::enterprise::read().await
                }
                answer => {
                    refused.try_set(None);
                    answer
                }
            }
        });
        let standing = Self { load, refused };
        standing.watch();
        standing
    }

    /// Asks again when its reader comes back, and by itself for a while.
    fn watch(self) {
        let asked = StoredValue::new(0_u32);
        let focus = window_event_listener(ev::focus, move |_| {
            asked.set_value(0);
            self.look();
        });
        let ask = move |most: u32, is_soon: bool| {
            let waits = self.load.ready_untracked().and_then(|now| waits_for(&now));
            let times = asked.try_get_value().unwrap_or(most);
            if waits == Some(is_soon) && times < most && !document().hidden() {
                asked.set_value(times + 1);
                self.load.again();
            }
        };
        let timers = [
            set_interval_with_handle(move || ask(SOON.1, true), SOON.0),
            set_interval_with_handle(move || ask(LATER.1, false), LATER.0),
        ];
        on_cleanup(move || {
            focus.remove();
            for timer in timers.into_iter().flatten() {
                timer.clear();
            }
        });
    }

    /// Asks again, unless somebody is still waited for by the last question.
    pub(super) fn look(self) {
        self.load.again();
    }

    /// Why what has passed was refused (VER-2, ENT-1).
    pub(super) fn problem(self, language: Language) -> AnyView {
        live(move || match self.refused.get() {
            Some(error) => {
                let sentence = sentence(&error).say(language);
                view! { <Notice kind=NoticeKind::Failure><p>{sentence}</p></Notice> }.into_any()
            }
            None => nothing(),
        })
    }
}

/// Whether somebody who is just acting is waited for, or money; nothing when nothing is.
fn waits_for(now: &EnterpriseVerification) -> Option<bool> {
    let attempt = now.attempt.as_ref()?;
    let method = attempt.attempt.running()?;
    Some(!matches!(method, Method::BankTransfer | Method::TopUp))
}

/// Sends something without a form around it, and looks again afterwards.
pub(super) fn act<T: 'static>(
    form: Form,
    standing: Standing,
    call: impl Future<Output = Result<T, ApiError>> + 'static,
    then: impl FnOnce() + 'static,
) {
    form.send(call, move |answer| match answer {
        Ok(_) => {
            form.clear();
            standing.look();
            then();
        }
        Err(error) => form.show_error(&error, &|_| None, &why),
    });
}

/// A form with its summary and its button.
pub(super) fn around(
    form: Form,
    fields: AnyView,
    (label, pending): (&'static str, &'static str),
    language: Language,
    submit: impl Fn(&ev::SubmitEvent) + 'static,
) -> AnyView {
    view! {
        <form class="form" novalidate on:submit=move |event| submit(&event)>
            {summary(form, language)}
            {fields}
            <div class="buttons">
                <SubmitButton label pending_label=pending pending=form.pending() />
            </div>
        </form>
    }
    .into_any()
}

/// Why a form as a whole was refused.
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

/// Why something is refused.
pub(super) fn why(refused: &Refused) -> Option<Sentence> {
    let all = refused.all_of::<VerificationRefusal>("verification");
    if !all.is_empty() {
        return Some(Sentence::new(move |language| {
            let all: Vec<_> = all
                .iter()
                .map(|refusal| verification::refusal(language, refusal))
                .collect();
            all.join(" ")
        }));
    }
    if let Some(refusal) = refused.of::<BankTransferRefusal>("bank_transfer") {
        return Some(Sentence::new(move |language| {
            words::transfer_refusal(language, &refusal)
        }));
    }
    let refusal = refused.of::<TopUpRefusal>("top_up")?;
    Some(Sentence::new(move |language| {
        words::top_up_refusal(language, &refusal)
    }))
}

/// An error in words.
pub(super) fn sentence(error: &ApiError) -> Sentence {
    let own = match error {
        ApiError::Refused(refused) => why(refused),
        _ => None,
    };
    let error = error.clone();
    own.unwrap_or_else(|| Sentence::new(move |language| failure::api_error(language, &error)))
}

/// The case number with what it is for, and the hotline where there is one (VER-15).
pub(super) fn support(case_number: &str, is_overdue: bool, language: Language) -> AnyView {
    let text = EnterpriseText::of(language);
    let case = case_number.to_owned();
    let overdue = match is_overdue {
        true => {
            let hotline = product::hotline();
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{text.overdue} " " {hotline}</p>
                </Notice>
            }
            .into_any()
        }
        false => nothing(),
    };
    view! {
        {overdue}
        <p class="quiet">{text.case} ": " <span class="number">{case}</span></p>
    }
    .into_any()
}

/// A moment in Beijing time.
pub(super) fn moment(at: Timestamp, language: Language) -> AnyView {
    view! { <time datetime=time::machine_readable(at)>{time::beijing(language, at)}</time> }
        .into_any()
}

/// The way back to the form.
pub(super) fn back(language: Language) -> AnyView {
    let text = EnterpriseText::of(language);
    view! {
        <p class="buttons">
            <a class="button" href=paths::verification_enterprise()>
                {text.to_enterprise}
            </a>
        </p>
    }
    .into_any()
}

/// What is shown where the attempt has ended: that it passed, or why it failed.
pub(super) fn ending(attempt: &Attempt, language: Language) -> AnyView {
    let text = EnterpriseText::of(language);
    match attempt {
        Attempt::Passed { .. } => view! {
            <Notice kind=NoticeKind::Success>
                <p class="notice-title">{text.passed}</p>
                <p>{text.passed_text}</p>
            </Notice>
        }
        .into_any(),
        Attempt::Failed { reasons, .. } => {
            let reasons: Vec<_> = reasons
                .iter()
                .map(|reason| view! { <li>{verification::failure(language, *reason)}</li> })
                .collect();
            view! {
                <Notice kind=NoticeKind::Failure>
                    <p class="notice-title">{text.failed}</p>
                    <ul class="bullets">{reasons}</ul>
                </Notice>
            }
            .into_any()
        }
        Attempt::Running { .. } | Attempt::GivenUp { .. } => nothing(),
    }
}
