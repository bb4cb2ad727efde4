//! The page at `/unlock`. Knows the order of the questions; not who has an account.

use std::rc::Rc;

use contract::lock::{Unlock, UnlockChoice};
use domain::account::AccountRefusal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::Address;
use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused};
use crate::form::{FieldMessage, Form};
use crate::new_password::{self, NewPassword};
use crate::proving::Calling;
use crate::reaching::{Calls, ReachForm, Reached};
use crate::text::forgotten::ForgottenText;
use crate::text::lock::{self as text, LockText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, failure};
use crate::ui::{
    Choice, Disclosure, ErrorSummary, Notice, NoticeKind, RadioGroup, SubmitButton, fact, facts,
    live, nothing,
};
use crate::{layout, paths, product, sent_code};

/// The id of the input for the code, unique in the app.
const CODE: &str = "unlock-code";
/// The id of the first of the accounts.
const ACCOUNTS: &str = "accounts";

/// The page.
pub(super) fn page() -> AnyView {
    let page = UnlockPage::new();
    layout::page(
        |language| LockText::of(language).unlock_title,
        move |language| live(move || page.view(language)),
    )
}

/// What is known so far.
#[derive(Clone, Copy)]
struct UnlockPage {
    reach: ReachForm,
    reached: RwSignal<Option<Reached>>,
    accounts: RwSignal<Vec<UnlockChoice>>,
    choice: RwSignal<String>,
    form: Form,
    password: NewPassword,
    address: Address,
    announcer: Announcer,
}

impl UnlockPage {
    fn new() -> Self {
        let reached = RwSignal::new(None);
        let accounts = RwSignal::new(Vec::new());
        let choice = RwSignal::new(String::new());
        let calls = Calls {
            send: Rc::new(|target| Box::pin(api::lock::send_code(target))),
            find: Rc::new(move |by: Reached| -> Calling<()> {
                Box::pin(async move {
                    let Reached { target, code } = by.clone();
                    let found = api::lock::accounts(target, code).await?;
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
            form: Form::new("unlock-problems"),
            password: NewPassword::new(),
            address: Address::expect(),
            announcer: Announcer::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = LockText::of(language);
        if self.reached.with(Option::is_none) {
            let words = (text.target, text.target_hint);
            return view! {
                <p class="lead">{text.unlock_lead}</p>
                {self.reach.view(language, words)}
                {none_left(language)}
            }
            .into_any();
        }
        let content = match self.accounts.with(Vec::is_empty) {
            true => view! { <p>{text.none}</p> }.into_any(),
            false => self.accounts_view(language),
        };
        view! {
            {content}
            <p>
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| self.begin_again()
                >
                    {ForgottenText::of(language).over_again}
                </button>
            </p>
            {none_left(language)}
        }
        .into_any()
    }

    fn begin_again(self) {
        self.reach.clear();
        self.form.clear();
        self.reached.set(None);
    }

    fn accounts_view(self, language: Language) -> AnyView {
        let form = self.form;
        let choices: Vec<Choice> = self.accounts.with(|accounts| {
            let choice = |account: &UnlockChoice| {
                let hint = text::choice_hint(language, account.since);
                Choice::new(&account.choice, &account.account_id).hint(&hint)
            };
            accounts.iter().map(choice).collect()
        });
        let which = match choices.len() {
            1 => self.only_one(language),
            _ => {
                let label = LockText::of(language).choose;
                let error = form.error_of(ACCOUNTS, language);
                let value = self.choice;
                view! { <RadioGroup id=ACCOUNTS label error choices value /> }.into_any()
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

    fn only_one(self, language: Language) -> AnyView {
        let words = self.accounts.with(|accounts| {
            let first = accounts.first();
            first.map(|first| text::locked(language, &first.account_id, first.since))
        });
        let words = view! { <span>{words.unwrap_or_default()}</span> }.into_any();
        facts(vec![fact(
            ForgottenText::of(language).account,
            words,
            "",
            nothing(),
        )])
    }

    fn chosen(self) -> Option<UnlockChoice> {
        let choice = self.choice.get();
        self.accounts.with(|accounts| {
            let mut accounts = accounts.iter();
            accounts.find(|account| account.choice == choice).cloned()
        })
    }

    /// What can be done about the chosen account.
    fn chosen_view(self, language: Language) -> AnyView {
        let text = LockText::of(language);
        let chosen = self.chosen();
        if let Some(account) = &chosen
            && !account.may_unlock
        {
            let usable = text::usable(language, &account.usable);
            return view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{text.too_recent} {usable}</p>
                </Notice>
            }
            .into_any();
        }
        let has_password = chosen.is_some_and(|account| account.has_password);
        let (password, label) = match has_password {
            true => {
                let forgotten = ForgottenText::of(language);
                let words = (forgotten.password, forgotten.password_hint);
                let field = self.password.view(self.form, language, words);
                (field, text.submit_password)
            }
            false => (nothing(), text.submit),
        };
        view! {
            {password}
            <SubmitButton label pending_label=text.submitting pending=self.form.pending() />
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let Some(account) = untrack(|| self.chosen()) else {
            return self.form.show_fields(vec![FieldMessage {
                field: ACCOUNTS,
                sentence: Sentence::new(|language| ForgottenText::of(language).choose_problem),
            }]);
        };
        let password = match account.has_password {
            false => None,
            true => match self.password.read() {
                Ok(password) => Some(password),
                Err(message) => return self.form.show_fields(vec![message]),
            },
        };
        let Reached { target, code } = self.reached.get_untracked().unwrap_or_default();
        self.form.clear();
        let call = api::lock::unlock(Unlock {
            target,
            code,
            choice: account.choice,
            password,
        });
        self.form.send(call, move |answer| match answer {
            Ok(()) => {
                self.reach.clear();
                let done = |language| LockText::of(language).done;
                self.announcer.leave_notice(Sentence::new(done));
                self.address.replace(paths::sign_in());
            }
            Err(error) => self.refused(&error),
        });
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

/// What helps who has nothing left to unlock with.
fn none_left(language: Language) -> AnyView {
    let text = LockText::of(language);
    let line = ForgottenText::of(language).hotline;
    let hotline = product::hotline().map(|number| view! { <p>{line} {number}</p> });
    view! {
        <section class="other-ways">
            <Disclosure summary=text.none_left>
                <p>{text.none_left_answer}</p>
                {hotline}
            </Disclosure>
        </section>
    }
    .into_any()
}

fn refusal(refused: &Refused) -> Option<Sentence> {
    let Some(refusal) = refused.of::<AccountRefusal>("account") else {
        return sent_code::refusal(refused);
    };
    Some(Sentence::new(move |language| {
        let general = || failure::FailureText::of(language).not_allowed.to_owned();
        text::lock_refusal(language, &refusal).unwrap_or_else(general)
    }))
}
