//! The page at `/verification/change/review`: how the review stands, its result, taking it back, correcting
//! it (CHG-9). Follows by itself while it is open.

use std::time::Duration;

use contract::changes::{Application, ChangeOverview};
use domain::time::Timestamp;
use domain::verification::change::{ApplicationState, ChangeStep, ItemReason};
use leptos::prelude::*;

use super::wizard::{Wizard, show_error, summary};
use crate::form::Form;
use crate::text::changes::{self as text, ChangeText};
use crate::text::{Language, time};
use crate::ui::{Confirm, ConfirmWords, Notice, NoticeKind, fact, facts, live, nothing};
use crate::{api, paths};

/// How often the server is asked while the page is in sight.
const POLL_EVERY: Duration = Duration::from_secs(20);
const WITHDRAW: &str = "withdraw";

/// The page.
pub(super) fn page() -> AnyView {
    let page = Reviewing {
        wizard: Wizard::new(),
        form: Form::new("review-problems"),
        asks: RwSignal::new(false),
    };
    let watch = set_interval_with_handle(move || page.look(), POLL_EVERY);
    on_cleanup(move || {
        if let Ok(watch) = watch {
            watch.clear();
        }
    });
    // Made anew when the application has moved on, and not at every look: that would take the focus away.
    let moved = Memo::new(move |_| {
        let overview = page.wizard.overview;
        overview.with(|known| known.application.as_ref().map(|change| change.version))
    });
    page.wizard.page(
        |language| ChangeText::of(language).review_title,
        ChangeStep::Review,
        move |language| {
            live(move || {
                moved.track();
                page.view(language)
            })
        },
    )
}

#[derive(Clone, Copy)]
struct Reviewing {
    wizard: Wizard,
    form: Form,
    asks: RwSignal<bool>,
}

impl Reviewing {
    fn look(self) {
        let waits = self.wizard.overview.ready_untracked();
        let waits = waits.and_then(|known| known.application);
        let waits =
            waits.is_some_and(|change| matches!(change.state, ApplicationState::InReview { .. }));
        if waits && !document().hidden() {
            self.wizard.overview.again();
        }
    }

    fn view(self, language: Language) -> AnyView {
        let known = self.wizard.overview.ready_untracked();
        let Some((known, change)) = known.and_then(|known| {
            let change = known.application.clone()?;
            Some((known, change))
        }) else {
            return nothing();
        };
        let form = self.form;
        let content = match &change.state {
            ApplicationState::InReview {
                submitted_at,
                due_at,
            } => self.in_review(&known, &change, (*submitted_at, *due_at), language),
            ApplicationState::Rejected { reasons, .. } => {
                self.rejected(change.id.clone(), reasons, language)
            }
            ApplicationState::Withdrawn { .. } => self.withdrawn(change.id.clone(), language),
            ApplicationState::Approved { .. } => self.approved(language),
            ApplicationState::Done { at } => done(*at, language),
            ApplicationState::Draft { .. } => nothing(),
        };
        view! {
            {summary(form, language)}
            {content}
        }
        .into_any()
    }

    fn in_review(
        self,
        known: &ChangeOverview,
        change: &Application,
        (submitted_at, due_at): (Timestamp, Timestamp),
        language: Language,
    ) -> AnyView {
        let words = ChangeText::of(language);
        let line = |label, value: String, hint| {
            let value = view! { <span>{value}</span> }.into_any();
            fact(label, value, hint, nothing())
        };
        let due_hint = match change.due_is_certain {
            true => "",
            false => words.uncertain,
        };
        let overdue = (known.server_time > due_at).then(|| {
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{words.overdue}</p>
                </Notice>
            }
        });
        let kind = text::kind(language, change.kind).to_owned();
        view! {
            {overdue}
            <section class="card" aria-labelledby="in-review">
                <h2 id="in-review">{words.in_review}</h2>
                <p>{text::within(language, known.review_business_days)} " " {words.refreshes}</p>
                {facts(
                    vec![
                        line(words.kind, kind, ""),
                        line(words.submitted_at, time::beijing(language, submitted_at), ""),
                        line(words.due, time::beijing(language, due_at), due_hint),
                        line(words.case_number, change.id.clone(), ""),
                    ],
                )}
                {self.withdraw(change.id.clone(), language)}
            </section>
        }
        .into_any()
    }

    /// Taking it back, which is asked once more.
    fn withdraw(self, id: String, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let id = StoredValue::new(id);
        let pending = self.form.pending();
        let confirm = ConfirmWords {
            title: words.withdraw_title,
            happens: words.withdraw_happens,
            stays: words.withdraw_stays,
            confirm: words.withdraw,
            pending: words.withdrawing,
            cancel: words.keep,
        };
        let on_confirm = move |()| {
            let id = id.get_value();
            self.form.clear();
            let call = async move { api::changes::withdraw(&id).await };
            self.form.send(call, move |answer| {
                self.asks.set(false);
                self.take(answer);
            });
        };
        view! {
            <button type="button" class="button" on:click=move |_| self.asks.set(true)>
                {words.withdraw}
            </button>
            <Confirm
                id=WITHDRAW
                is_open=self.asks
                words=confirm
                happens=Signal::stored(vec![words.withdraw_line.to_owned()])
                stays=Signal::stored(vec![words.withdraw_stays_line.to_owned()])
                pending
                on_confirm
            />
        }
        .into_any()
    }

    fn take(self, answer: Result<ChangeOverview, crate::api::ApiError>) {
        match answer {
            Ok(known) => self.wizard.overview.put(known),
            Err(error) => {
                self.wizard.overview.again();
                show_error(self.form, &error);
            }
        }
    }

    fn rejected(self, id: String, reasons: &[ItemReason], language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let lines: Vec<_> = reasons
            .iter()
            .map(|reason| view! { <li>{text::item_reason(language, reason)}</li> })
            .collect();
        view! {
            <Notice kind=NoticeKind::Failure>
                <p class="notice-title">{words.rejected}</p>
                <p>{words.rejected_lead}</p>
                <ul class="bullets">{lines}</ul>
                {self.correct(id, language)}
            </Notice>
        }
        .into_any()
    }

    fn withdrawn(self, id: String, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        view! {
            <Notice kind=NoticeKind::Warning>
                <p class="notice-title">{words.withdrawn}</p>
                <p>{words.withdrawn_lead}</p>
                {self.correct(id, language)}
            </Notice>
        }
        .into_any()
    }

    fn correct(self, id: String, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let id = StoredValue::new(id);
        let correct = move |_| {
            if self.form.pending().get_untracked() {
                return;
            }
            let id = id.get_value();
            self.form.clear();
            let call = async move { api::changes::correct(&id).await };
            self.form.send(call, move |answer| match answer {
                Ok(_) => self.wizard.address.go(paths::change_proof()),
                Err(error) => self.take(Err(error)),
            });
        };
        view! {
            <div class="buttons">
                <button type="button" class="button button-primary" on:click=correct>
                    {words.correct}
                </button>
                <a class="button" href=paths::change()>
                    {words.start_again}
                </a>
            </div>
        }
        .into_any()
    }

    fn approved(self, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        let id = self.wizard.application().map(|change| change.id);
        view! {
            <Notice kind=NoticeKind::Success>
                <p class="notice-title">{words.approved}</p>
                <p>{words.approved_lead}</p>
                <div class="buttons">
                    <a class="button button-primary" href=paths::change_information()>
                        {words.go_on}
                    </a>
                </div>
            </Notice>
            {self.withdraw(id.unwrap_or_default(), language)}
        }
        .into_any()
    }
}

fn done(at: Timestamp, language: Language) -> AnyView {
    let words = ChangeText::of(language);
    view! {
        <Notice kind=NoticeKind::Success>
            <p class="notice-title">{words.same_done}</p>
            <p>{text::changed_at(language, at)}</p>
            <a class="button button-primary" href=paths::account()>
                {words.to_account}
            </a>
        </Notice>
    }
    .into_any()
}
