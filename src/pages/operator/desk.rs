//! What every page of the desk has around it: its navigation, who works here, leaving. Knows the
//! session of the desk, which is none of an owner's.

use std::future::Future;

use contract::operators::{OperatorOnDuty, OperatorStanding};
use domain::operators::OperatorRefusal;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::shortcuts::{Keys, Shortcuts};
use crate::address::Address;
use crate::announce::{Announcer, Title};
use crate::api::{self, ApiError};
use crate::language::LanguageContext;
use crate::text::operators::{self as words, OperatorText};
use crate::text::{Language, Sentence};
use crate::ui::{live, live_text, nothing};
use crate::{layout, paths};

/// The desk in this browser.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    address: Address,
    announcer: Announcer,
    operator: RwSignal<Option<OperatorOnDuty>>,
}

impl Desk {
    /// Asks who works here; whoever does not is led to signing in.
    pub(super) fn new() -> Self {
        let desk = Self {
            address: Address::expect(),
            announcer: Announcer::expect(),
            operator: RwSignal::new(None),
        };
        spawn_local(async move {
            // Where there is no answer the page's own calls say what is wrong.
            let Ok(answer) = api::operators::session().await else {
                return;
            };
            match answer.standing {
                OperatorStanding::OnDuty(operator) => {
                    desk.operator.try_set(Some(operator));
                }
                OperatorStanding::Nobody {}
                | OperatorStanding::CodeAsked { .. }
                | OperatorStanding::BindingAsked { .. } => desk.leave(),
            }
        });
        desk
    }

    /// Who works here, once that is known.
    pub(super) fn operator(self) -> Option<OperatorOnDuty> {
        self.operator.get()
    }

    /// Makes a call of the desk. When the session is over it leads to signing in and does not come back,
    /// since there is no page any more that it could come back to.
    pub(super) async fn call<T>(
        self,
        call: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<T, ApiError> {
        let answer = call.await;
        let is_over = match &answer {
            Err(ApiError::SignInRequired) => true,
            Err(ApiError::Refused(refused)) => {
                refused.of("operator") == Some(OperatorRefusal::MfaMissing)
            }
            _ => false,
        };
        if is_over {
            self.leave();
            return std::future::pending().await;
        }
        answer
    }

    /// To the desk's own sign-in, from which the way leads back here.
    fn leave(self) {
        if self.operator.try_get_untracked().flatten().is_some() {
            self.announcer.leave_notice(Sentence::new(|language| {
                OperatorText::of(language).session_ended
            }));
        }
        let here = self.address.now();
        self.address.replace(&paths::operator_sign_in_then(&here));
    }

    /// Whoever leaves is forgotten whatever the server answers.
    fn sign_out(self) {
        spawn_local(async move {
            let _ = api::operators::sign_out().await;
            self.announcer.leave_notice(Sentence::new(|language| {
                OperatorText::of(language).signed_out
            }));
            self.address.go(paths::operator_sign_in());
        });
    }
}

/// A page of the desk: its navigation, then heading and content as on every page. `keys` are what single
/// keys do on this page beside what they do on all.
pub(super) fn page(
    desk: Desk,
    title: Title,
    keys: Keys,
    content: impl Fn(Language) -> AnyView + Send + 'static,
) -> AnyView {
    let shortcuts = Shortcuts::listen(desk.address, keys);
    view! {
        {bar(desk, shortcuts)}
        <div class="desk-page">{layout::page(title, content)}</div>
        {shortcuts.help()}
    }
    .into_any()
}

/// Where one can go at the desk, and who one is.
fn bar(desk: Desk, shortcuts: Shortcuts) -> AnyView {
    let language = LanguageContext::expect();
    live(move || {
        let language = language.get();
        let text = OperatorText::of(language);
        let entry = |path: &'static str, label: &'static str| {
            let is_here = move || {
                let here = desk.address.get();
                let is_it = match path {
                    // The page of a case belongs to the queues.
                    path if path == paths::operator() => {
                        paths::is_path(&here, path) || here.starts_with("/operator/cases/")
                    }
                    path => here.starts_with(path),
                };
                is_it.then_some("page")
            };
            let current = Signal::derive(is_here);
            view! { <li><a href=path aria-current=current>{label}</a></li> }
        };
        let who = live_text(move || match desk.operator.get() {
            Some(operator) => {
                let roles = operator
                    .roles
                    .iter()
                    .map(|role| words::role(language, *role));
                let roles: Vec<_> = roles.collect();
                [operator.name.as_str(), " · ", &roles.join(" / ")].concat()
            }
            None => String::new(),
        });
        view! {
            <div class="desk-bar">
                <nav aria-label=text.navigation>
                    <ul>
                        {entry(paths::operator(), text.queues)}
                        {entry(paths::operator_accounts(), text.accounts)}
                        {entry(paths::operator_enterprises(), text.enterprises)}
                    </ul>
                </nav>
                <p class="desk-who">{who}</p>
                <button
                    type="button"
                    class="button button-quiet"
                    aria-haspopup="dialog"
                    on:click=move |_| shortcuts.open()
                >
                    {text.shortcuts}
                </button>
                <button type="button" class="button" on:click=move |_| desk.sign_out()>
                    {text.sign_out}
                </button>
            </div>
        }
        .into_any()
    })
}

/// Why this operator cannot do something, under a heading; nothing while nothing stands against it.
pub(super) fn reasons_against(
    refusals: &[domain::refusal::Refusal],
    language: Language,
) -> AnyView {
    let own = refusals.iter().filter_map(|refusal| match refusal {
        domain::refusal::Refusal::Operator(refusal) => Some(words::refusal(language, refusal)),
        _ => None,
    });
    let own: Vec<_> = own.map(|sentence| view! { <p>{sentence}</p> }).collect();
    if own.is_empty() {
        return nothing();
    }
    view! { <div class="desk-refusals">{own}</div> }.into_any()
}
