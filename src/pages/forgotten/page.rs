//! The page at `/forgotten`. Knows the order of the questions; not who has an account.

use std::rc::Rc;

use contract::forgotten::{ResetChoice, ResetPassword};
use domain::account::AccountRefusal;
use domain::sign_in::PasswordResetRefusal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::Address;
use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused};
use crate::form::{FieldMessage, Form};
use crate::new_password::{self, NewPassword};
use crate::proving::Calling;
use crate::reaching::{Calls, ReachForm, Reached};
use crate::sent_code;
use crate::session::SessionContext;
use crate::text::forgotten::{self as text, ForgottenText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, lock};
use crate::ui::{
    Choice, Disclosure, ErrorSummary, Notice, NoticeKind, RadioGroup, SubmitButton, fact, facts,
    live, nothing,
};
use crate::{layout, paths, product};

/// The id of the input for the code, unique in the app.
const CODE: &str = "forgotten-code";
/// The id of the first of the accounts.
const ACCOUNTS: &str = "accounts";

/// The page.
pub(super) fn page() -> AnyView {
    let page = ForgottenPage::new();
    layout::page(
        |language| ForgottenText::of(language).title,
        move |language| live(move || page.view(language)),
    )
}

/// What is known so far.
#[derive(Clone, Copy)]
struct ForgottenPage {
    reach: ReachForm,
    reached: RwSignal<Option<Reached>>,
    accounts: RwSignal<Vec<ResetChoice>>,
    choice: RwSignal<String>,
    form: Form,
    password: NewPassword,
    address: Address,
    announcer: Announcer,
    session: SessionContext,
}

impl ForgottenPage {
    fn new() -> Self {
        let reached = RwSignal::new(None);
        let accounts = RwSignal::new(Vec::new());
        let choice = RwSignal::new(String::new());
        let calls = Calls {
            send: Rc::new(|target| Box::pin(api::forgotten::send_code(target))),
            find: Rc::new(move |by: Reached| -> Calling<()> {
                Box::pin(async move {
                    let Reached { target, code } = by.clone();
                    let found = api::forgotten::accounts(target, code).await?;
                    // One is no choice.
                    choice.set(match &*found.accounts {
                        [only] => only.choice.clone(),
                        _ => String::new(),
                    });
                    accounts.set(found.accounts);
                    reached.set(Some(by));
                    Ok(())
                })
            }),
        };
        Self {
            reach: ReachForm::new(CODE, calls),
            reached,
            accounts,
            choice,
            form: Form::new("forgotten-problems"),
            password: NewPassword::new(),
            address: Address::expect(),
            announcer: Announcer::expect(),
            session: SessionContext::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = ForgottenText::of(language);
        if self.reached.with(Option::is_none) {
            let words = (text.target, text.target_hint);
            return view! {
                <p class="lead">{text.lead}</p>
                {self.reach.view(language, words)}
                {other_ways(language)}
            }
            .into_any();
        }
        let over_again = view! {
            <p>
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| self.begin_again()
                >
                    {text.over_again}
                </button>
            </p>
        };
        let content = match self.accounts.with(Vec::is_empty) {
            true => view! { <p>{text.none}</p> }.into_any(),
            false => self.accounts_view(language),
        };
        view! {
            {content}
            {over_again}
            {other_ways(language)}
        }
        .into_any()
    }

    fn begin_again(self) {
        self.reach.clear();
        self.form.clear();
        self.reached.set(None);
    }

    fn accounts_view(self, language: Language) -> AnyView {
        let text = ForgottenText::of(language);
        let form = self.form;
        let choices: Vec<Choice> = self.accounts.with(|accounts| {
            accounts
                .iter()
                .map(|account| Choice::new(&account.choice, &account.account_id))
                .collect()
        });
        let which = match choices.len() {
            1 => {
                let id = self.accounts.with(|accounts| {
                    let first = accounts.first();
                    first
                        .map(|first| first.account_id.clone())
                        .unwrap_or_default()
                });
                let id = view! { <span class="number">{id}</span> }.into_any();
                facts(vec![fact(text.account, id, "", nothing())])
            }
            _ => {
                let error = form.error_of(ACCOUNTS, language);
                let value = self.choice;
                view! { <RadioGroup id=ACCOUNTS label=text.choose error choices value /> }
                    .into_any()
            }
        };
        view! {
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                {which}
                {live(move || self.chosen_view(language))}
            </form>
        }
        .into_any()
    }

    fn chosen(self) -> Option<ResetChoice> {
        let choice = self.choice.get();
        self.accounts.with(|accounts| {
            let mut accounts = accounts.iter();
            accounts.find(|account| account.choice == choice).cloned()
        })
    }

    /// What can be done about the chosen account.
    fn chosen_view(self, language: Language) -> AnyView {
        let text = ForgottenText::of(language);
        match self.chosen() {
            Some(account) if account.is_locked => view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{text.locked}</p>
                    <a class="button button-primary" href=paths::unlock()>
                        {text.unlock}
                    </a>
                </Notice>
            }
            .into_any(),
            Some(account) if !account.has_password => no_password(&account, language),
            Some(_) | None => {
                let words = (text.password, text.password_hint);
                view! {
                    {self.password.view(self.form, language, words)}
                    <SubmitButton
                        label=text.set
                        pending_label=text.setting
                        pending=self.form.pending()
                    />
                }
                .into_any()
            }
        }
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let choice = self.choice.get_untracked();
        let chosen = match choice.is_empty() {
            true => Err(FieldMessage {
                field: ACCOUNTS,
                sentence: Sentence::new(|language| ForgottenText::of(language).choose_problem),
            }),
            false => Ok(choice),
        };
        let (choice, password) = match (chosen, self.password.read()) {
            (Ok(choice), Ok(password)) => (choice, password),
            (choice, password) => {
                let problems = choice.err().into_iter().chain(password.err()).collect();
                return self.form.show_fields(problems);
            }
        };
        let Reached { target, code } = self.reached.get_untracked().unwrap_or_default();
        self.form.clear();
        let call = api::forgotten::reset(ResetPassword {
            target,
            code,
            choice,
            password,
        });
        self.form.send(call, move |answer| match answer {
            Ok(()) => self.done(),
            Err(error) => self.refused(&error),
        });
    }

    fn done(self) {
        self.reach.clear();
        let done = |language| ForgottenText::of(language).done;
        self.announcer.leave_notice(Sentence::new(done));
        // A session of this account in this browser has ended like all others.
        self.session.ask();
        self.address.replace(paths::sign_in());
    }

    fn refused(self, error: &ApiError) {
        if let ApiError::Fields(wrong) = error
            && let Some(password) = new_password::problem(wrong)
        {
            return self.form.show_fields(vec![password]);
        }
        self.form.show_error(error, &|_| None, &refusal);
    }
}

/// The ways out of an account that signs in without a password (SGN-7).
fn no_password(account: &ResetChoice, language: Language) -> AnyView {
    let ways: Vec<_> = account
        .ways
        .iter()
        .filter_map(|way| text::way(language, *way))
        .map(|words| view! { <li>{words}</li> })
        .collect();
    let text = ForgottenText::of(language);
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>{text.no_password}</p>
            <ul class="bullets">{ways}</ul>
            <a class="button button-primary" href=paths::sign_in()>
                {text.sign_in}
            </a>
        </Notice>
    }
    .into_any()
}

/// What helps who has neither, said to everybody alike (SGN-8, FND-5).
fn other_ways(language: Language) -> AnyView {
    let text = ForgottenText::of(language);
    let hotline = product::hotline().map(|number| view! { <p>{text.hotline} {number}</p> });
    view! {
        <section class="other-ways" aria-labelledby="other-ways">
            <h2 id="other-ways">{text.other_ways}</h2>
            <Disclosure summary=text.sub_user>
                <p>{text.sub_user_answer}</p>
            </Disclosure>
            <Disclosure summary=text.neither>
                <p>{text.neither_answer}</p>
                {hotline}
            </Disclosure>
        </section>
    }
    .into_any()
}

fn refusal(refused: &Refused) -> Option<Sentence> {
    if let Some(refusal) = refused.of::<PasswordResetRefusal>("password_reset") {
        return Some(Sentence::new(move |language| {
            text::reset_refusal(language, refusal)
        }));
    }
    if let Some(refusal) = refused.of::<AccountRefusal>("account") {
        lock::lock_refusal(Language::Chinese, &refusal)?;
        return Some(Sentence::new(move |language| {
            lock::lock_refusal(language, &refusal).unwrap_or_default()
        }));
    }
    sent_code::refusal(refused)
}
