//! The page at `/identity`: an identity that was proved here, and what its holder may do with it (SGN-5,
//! SGN-10, LGM-5, LGM-7). Knows the choices; the rules have judged on the server.

use contract::providers::{AccountChoice, Binding, SeenIdentity};
use domain::login_methods::{LoginMethodKind, LoginMethodRefusal, WecomGuideStep};
use domain::protection::SensitiveOperation;
use domain::refusal::Refusal;
use leptos::prelude::*;

use super::back::signed_in;
use crate::address::Address;
use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused};
use crate::end_others::EndOthers;
use crate::form::Form;
use crate::load::Load;
use crate::session::SessionContext;
use crate::text::login_methods::{self as method_words, LoginMethodText};
use crate::text::proof::protection_refusal;
use crate::text::providers::{self as words, ProviderText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{ErrorSummary, Notice, NoticeKind, focus_soon, live, nothing};
use crate::{layout, paths, scanning};

/// The id of what was bound.
const BOUND: &str = "was-bound";

/// The page.
#[derive(Clone, Copy)]
struct Identity {
    form: Form,
    session: SessionContext,
    address: Address,
    announcer: Announcer,
    end_others: EndOthers,
    /// What was bound here, when there is still something to ask (SGN-6).
    bound: RwSignal<Option<Sentence>>,
}

/// The page.
pub(super) fn page() -> AnyView {
    let waiting = Load::start(api::providers::waiting);
    let identity = Identity {
        form: Form::new("identity-problems"),
        session: SessionContext::expect(),
        address: Address::expect(),
        announcer: Announcer::expect(),
        end_others: EndOthers::new(),
        bound: RwSignal::new(None),
    };
    layout::page(
        |language| ProviderText::of(language).identity_title,
        move |language| {
            let form = identity.form;
            let content = layout::loaded(waiting, language, move || {
                live(move || {
                    if let Some(said) = identity.bound.get() {
                        return identity.was_bound(said, language);
                    }
                    match waiting.with(|waiting| waiting.identity.clone()) {
                        Some(seen) => identity.view(&seen, language),
                        None => identity.nothing_waits(language),
                    }
                })
            });
            view! {
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::stored(Vec::new())
                    whole=Signal::derive(move || form.whole_error(language))
                />
                {content}
            }
            .into_any()
        },
    )
}

impl Identity {
    fn view(self, seen: &SeenIdentity, language: Language) -> AnyView {
        let who = words::seen(language, seen.kind, seen.name.as_deref());
        let choices = match &seen.binding {
            Some(binding) => self.binding(seen.kind, binding, language),
            None if seen.accounts.is_empty() => self.no_account(language),
            None => self.accounts(&seen.accounts, language),
        };
        view! {
            <p class="lead">
                <strong>{who}</strong>
            </p>
            {choices}
            <p>
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| self.forget()
                >
                    {ProviderText::of(language).forget}
                </button>
            </p>
        }
        .into_any()
    }

    /// Gives the identity up, so that nobody after this person finds it in the browser.
    fn forget(self) {
        if self.form.pending().get_untracked() {
            return;
        }
        self.form.clear();
        self.form
            .send(api::providers::forget(), move |answer| match answer {
                Ok(()) => {
                    self.announcer.leave_notice(Sentence::new(|language| {
                        ProviderText::of(language).forgotten
                    }));
                    let (place, _) = self.way_back(Language::English);
                    self.address.replace(&place);
                }
                Err(error) => self.refused(&error),
            });
    }

    /// What else there is to ask after binding, and the way on (SGN-6).
    fn was_bound(self, said: Sentence, language: Language) -> AnyView {
        let text = ProviderText::of(language);
        view! {
            <Notice kind=NoticeKind::Success>
                <p id=BOUND tabindex="-1">
                    {said.say(language)}
                </p>
            </Notice>
            {self.end_others.view(language)}
            <p>
                <a class="button button-primary" href=paths::account()>
                    {text.to_account}
                </a>
            </p>
        }
        .into_any()
    }

    /// Where the person came from to sign in or to bind, and what that is called.
    fn way_back(self, language: Language) -> (String, &'static str) {
        let text = ProviderText::of(language);
        match self.session.owner() {
            Some(_) => (paths::account().to_owned(), text.to_account),
            None => (
                paths::then(paths::sign_in(), self.next().as_deref()),
                text.to_sign_in,
            ),
        }
    }

    fn next(self) -> Option<String> {
        self.address.query(paths::NEXT)
    }

    fn accounts(self, accounts: &[AccountChoice], language: Language) -> AnyView {
        let text = ProviderText::of(language);
        let rows: Vec<_> = accounts
            .iter()
            .map(|account| {
                let choice = account.choice.clone();
                let pick = move |_| self.choose(choice.clone());
                view! {
                    <li class="way">
                        <div class="way-head">
                            <h2 class="way-name">{account.nickname.clone()}</h2>
                            <span class="number">{account.account.clone()}</span>
                            <button type="button" class="button way-link" on:click=pick>
                                {text.sign_in_to}
                                <span class="visually-hidden">" " {account.nickname.clone()}</span>
                            </button>
                        </div>
                    </li>
                }
            })
            .collect();
        view! {
            <p>{text.choose}</p>
            <ul class="ways" role="list">{rows}</ul>
        }
        .into_any()
    }

    fn choose(self, choice: String) {
        self.form.clear();
        let call = api::providers::choose(choice);
        self.form.send(call, move |answer| match answer {
            Ok(answer) => {
                signed_in(self.session, self.address, &answer, self.next().as_deref());
            }
            Err(error) => self.refused(&error),
        });
    }

    fn binding(self, kind: LoginMethodKind, binding: &Binding, language: Language) -> AnyView {
        let text = ProviderText::of(language);
        if !binding.refusals.is_empty() {
            return refused(&binding.refusals, language);
        }
        let replaces = binding.replaces;
        let label = if replaces { text.replace } else { text.bind };
        let confirms = if binding.confirms_from_now_on {
            view! { <p>{text.confirms}</p> }.into_any()
        } else {
            nothing()
        };
        let old = binding.old_name.clone().map(
            |old| view! { <p class="quiet">{words::seen(language, kind, Some(&old))} " →"</p> },
        );
        view! {
            {old}
            {confirms}
            <div class="buttons">
                <button
                    type="button"
                    class="button button-primary"
                    on:click=move |_| self.bind(kind, replaces)
                >
                    {label}
                </button>
                <a class="button" href=paths::account()>
                    {ShellText::of(language).cancel}
                </a>
            </div>
        }
        .into_any()
    }

    fn bind(self, kind: LoginMethodKind, replaces: bool) {
        self.form.clear();
        let operation = match kind {
            LoginMethodKind::Wechat => SensitiveOperation::ChangeWechat,
            LoginMethodKind::Email
            | LoginMethodKind::Qq
            | LoginMethodKind::OfficialAccount
            | LoginMethodKind::Wecom => SensitiveOperation::ChangeLoginMethods,
        };
        let call = move || api::providers::bind(replaces);
        self.form
            .send_proved(operation, call, move |answer| match answer {
                Ok(bound) => {
                    let confirms = bound.confirms_from_now_on;
                    let said = Sentence::new(move |language| {
                        let text = ProviderText::of(language);
                        if confirms {
                            text.bound_confirms
                        } else {
                            text.bound
                        }
                    });
                    if bound.other_sessions > 0 {
                        self.end_others.ask(bound.other_sessions);
                        self.bound.set(Some(said));
                        return focus_soon(BOUND);
                    }
                    self.announcer.leave_notice(said);
                    self.address.replace(paths::account());
                }
                Err(error) => self.refused(&error),
            });
    }

    fn refused(self, error: &ApiError) {
        self.form.show_error(error, &|_| None, &why);
    }

    /// What can be done where it signs in to no account (SGN-5).
    fn no_account(self, language: Language) -> AnyView {
        let text = ProviderText::of(language);
        // Linking comes first; where the person wanted to go is behind it.
        let here = paths::then(paths::identity(), self.next().as_deref());
        view! {
            <p>{text.no_account}</p>
            <div class="buttons">
                <a class="button button-primary" href=paths::sign_in_then(&here)>
                    {text.link}
                </a>
                <a class="button" href=paths::register_finish()>
                    {text.register}
                </a>
            </div>
        }
        .into_any()
    }

    fn nothing_waits(self, language: Language) -> AnyView {
        let text = ProviderText::of(language);
        let (href, label) = self.way_back(language);
        view! {
            <Notice kind=NoticeKind::Warning><p>{text.nothing_waits}</p></Notice>
            <p>
                <a class="button button-primary" href=href>
                    {label}
                </a>
            </p>
        }
        .into_any()
    }
}

/// Everything that stands against binding, with the guide of WCM-1 where that helps (LGM-7).
fn refused(refusals: &[Refusal], language: Language) -> AnyView {
    let text = ProviderText::of(language);
    let of = |refusal: &Refusal| match refusal {
        Refusal::LoginMethod(refusal) => Some(*refusal),
        _ => None,
    };
    let lines: Vec<_> = refusals
        .iter()
        .filter_map(of)
        .map(|refusal| view! { <p>{method_words::refusal(language, refusal)}</p> })
        .collect();
    let is_no_administrator = refusals
        .iter()
        .filter_map(of)
        .any(|refusal| refusal == LoginMethodRefusal::NotWecomAdministrator);
    let guide = if is_no_administrator {
        let steps: Vec<_> = WecomGuideStep::ALL
            .into_iter()
            .map(|step| view! { <li>{method_words::wecom_step(language, step)}</li> })
            .collect();
        view! {
            <section class="card" aria-labelledby="wecom-guide">
                <h2 id="wecom-guide">{LoginMethodText::of(language).wecom_guide}</h2>
                <ol class="bullets">{steps}</ol>
            </section>
        }
        .into_any()
    } else {
        nothing()
    };
    view! {
        <Notice kind=NoticeKind::Warning>{lines}</Notice>
        {guide}
        <p>
            <a class="button button-primary" href=paths::account()>
                {text.to_account}
            </a>
        </p>
    }
    .into_any()
}

/// Why it was not done.
fn why(refused: &Refused) -> Option<Sentence> {
    if let Some(refusal) = refused.of::<LoginMethodRefusal>("login_method") {
        return Some(Sentence::new(move |language| {
            method_words::refusal(language, refusal)
        }));
    }
    if let Some(refusal) = refused.of("protection") {
        return Some(Sentence::new(move |language| {
            protection_refusal(language, &refusal)
        }));
    }
    scanning::refusal(refused)
}
