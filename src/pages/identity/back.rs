//! The page at `/back/{kind}`: hands in what a service sent this browser back with, once, and shows what
//! came of it (V-27, SGN-10). Knows outcomes; not whether what came back is true.

use contract::pages;
use contract::providers::{Outcome, ScanOnPhone};
use contract::session::SignInAnswer;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::NEXT;
use crate::address::Address;
use crate::announce::HEADING;
use crate::api::{self, ApiError};
use crate::scanning;
use crate::session::SessionContext;
use crate::text::Language;
use crate::text::providers::{self as words, ProviderText};
use crate::text::shell::ShellText;
use crate::ui::{Notice, NoticeKind, Skeleton, focus_soon, live};
use crate::{draft, layout, paths};

/// What came of it.
#[derive(Clone, Debug)]
enum State {
    Waiting,
    Came(Outcome),
    Failed(ApiError),
    Answered(bool),
}

/// The page and what it knows.
#[derive(Clone, Copy)]
struct Back {
    state: RwSignal<State>,
    session: SessionContext,
    address: Address,
}

/// The page.
pub(super) fn page() -> AnyView {
    let back = Back {
        state: RwSignal::new(State::Waiting),
        session: SessionContext::expect(),
        address: Address::expect(),
    };
    back.hand_in();
    layout::page(
        |language| ProviderText::of(language).back_title,
        move |language| live(move || back.view(language)),
    )
}

impl Back {
    fn hand_in(self) {
        let here = self.address.now();
        let (path, query) = here.split_once('?').unwrap_or((&here, ""));
        let kind = pages::part(path, pages::BACK, "kind")
            .unwrap_or_default()
            .to_owned();
        let query = query.to_owned();
        spawn_local(async move {
            match api::providers::come_back(&kind, query).await {
                Ok(outcome) => self.take(outcome),
                Err(error) => {
                    self.state.try_set(State::Failed(error));
                }
            }
        });
    }

    fn take(self, outcome: Outcome) {
        let kept = draft::read(NEXT);
        draft::write(NEXT, "");
        let next = Some(kept.as_str()).filter(|next| !next.is_empty());
        match outcome {
            Outcome::SignIn { answer } => signed_in(self.session, self.address, &answer, next),
            // A page of its own, which can be loaded again.
            Outcome::Waits { .. } => self.address.replace(&paths::then(paths::identity(), next)),
            Outcome::Verified => self.address.replace(paths::verification_person()),
            other => {
                self.state.try_set(State::Came(other));
            }
        }
    }

    fn view(self, language: Language) -> AnyView {
        match self.state.get() {
            State::Waiting
            | State::Came(Outcome::SignIn { .. } | Outcome::Waits { .. } | Outcome::Verified) => {
                view! { <Skeleton label=ShellText::of(language).loading /> }.into_any()
            }
            State::Came(Outcome::OnPhone { scan }) => self.on_phone(scan, language),
            State::Came(Outcome::Frozen { kind, .. }) => {
                let text = ProviderText::of(language);
                let lines = vec![
                    words::frozen(language, kind),
                    text.unfreeze.to_owned(),
                    text.appeal.to_owned(),
                ];
                self.trouble(lines, language)
            }
            State::Came(Outcome::Failed { kind, why }) => {
                self.trouble(vec![words::failure(language, kind, why)], language)
            }
            State::Failed(error) => {
                self.trouble(vec![scanning::sentence(&error).say(language)], language)
            }
            State::Answered(is_yes) => {
                let text = ProviderText::of(language);
                let said = if is_yes {
                    text.confirmed
                } else {
                    text.declined
                };
                view! { <Notice kind=NoticeKind::Success><p>{said}</p></Notice> }.into_any()
            }
        }
    }

    /// What went wrong, plainly, with a way back.
    fn trouble(self, lines: Vec<String>, language: Language) -> AnyView {
        let text = ProviderText::of(language);
        let (href, label) = match self.session.owner() {
            Some(_) => (paths::account(), text.to_account),
            None => (paths::sign_in(), text.to_sign_in),
        };
        let lines: Vec<_> = lines
            .into_iter()
            .map(|line| view! { <p>{line}</p> })
            .collect();
        view! {
            <Notice kind=NoticeKind::Failure>{lines}</Notice>
            <p>
                <a class="button button-primary" href=href>
                    {label}
                </a>
            </p>
        }
        .into_any()
    }

    fn on_phone(self, scan: ScanOnPhone, language: Language) -> AnyView {
        let text = ProviderText::of(language);
        let device = match (scan.device.is_empty(), &scan.place) {
            (true, None) => text.phone_unknown.to_owned(),
            (false, None) => scan.device.clone(),
            (true, Some(place)) => place.clone(),
            (false, Some(place)) => [&scan.device, " · ", place].concat(),
        };
        let id = StoredValue::new(scan.id);
        let answer = move |is_yes: bool| {
            spawn_local(async move {
                let answer = api::providers::answer_scan(id.get_value(), is_yes).await;
                self.state.try_set(match answer {
                    Ok(()) => State::Answered(is_yes),
                    Err(error) => State::Failed(error),
                });
                // The button that was pressed has gone.
                focus_soon(HEADING);
            });
        };
        view! {
            <p class="lead">{words::purpose(language, scan.purpose)}</p>
            <p>{text.phone_device} {": "} <strong>{device}</strong></p>
            <Notice kind=NoticeKind::Warning><p>{text.phone_warning}</p></Notice>
            <div class="buttons">
                <button
                    type="button"
                    class="button button-primary"
                    on:click=move |_| answer(true)
                >
                    {text.confirm}
                </button>
                <button type="button" class="button" on:click=move |_| answer(false)>
                    {text.decline}
                </button>
            </div>
        }
        .into_any()
    }
}

/// Goes on after the first proof was right: to where the person wanted to go, or to the second step.
pub(super) fn signed_in(
    session: SessionContext,
    address: Address,
    answer: &SignInAnswer,
    next: Option<&str>,
) {
    match answer {
        SignInAnswer::SignedIn(current) => {
            session.set(current);
            address.replace(&paths::place_to_go_on(next));
        }
        SignInAnswer::SecondStep(_) => address.replace(&paths::then(paths::second_step(), next)),
    }
}
