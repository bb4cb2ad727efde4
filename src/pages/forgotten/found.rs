//! The accounts that are reached by a phone or an address, and the choice among them. Must not know what is
//! wanted of them.

use std::rc::Rc;

use contract::codes::CodeSent;
use contract::forgotten::ResetChoice;
use contract::lock::UnlockChoice;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::form::{FieldMessage, Form};
use crate::proving::Calling;
use crate::reaching::{Calls, ReachForm, Reached};
use crate::text::forgotten::ForgottenText;
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{Choice, ErrorSummary, RadioGroup, fact, facts, live, nothing};

/// The id of the first of the accounts.
const ACCOUNTS: &str = "accounts";

/// An account that can be chosen.
pub(super) trait Choosable: Clone + Send + Sync + 'static {
    /// Names it to the server.
    fn choice(&self) -> &str;
}

impl Choosable for ResetChoice {
    fn choice(&self) -> &str {
        &self.choice
    }
}

impl Choosable for UnlockChoice {
    fn choice(&self) -> &str {
        &self.choice
    }
}

/// How the accounts are asked for.
pub(super) struct Asking<T> {
    /// The id of the input for the code, unique in the app.
    pub(super) code: &'static str,
    /// Has a code sent to a phone or an address.
    pub(super) send: fn(String) -> Calling<CodeSent>,
    /// Hands the code in; answers the accounts.
    pub(super) find: fn(Reached) -> Calling<Vec<T>>,
}

/// What is known of them so far.
pub(super) struct Found<T: Choosable> {
    reach: ReachForm,
    reached: RwSignal<Option<Reached>>,
    accounts: RwSignal<Vec<T>>,
    choice: RwSignal<String>,
}

impl<T: Choosable> Clone for Found<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Choosable> Copy for Found<T> {}

impl<T: Choosable> Found<T> {
    /// Nobody is reached yet.
    pub(super) fn new(asking: &Asking<T>) -> Self {
        let Asking { code, send, find } = *asking;
        let reached = RwSignal::new(None);
        let accounts = RwSignal::new(Vec::new());
        let choice = RwSignal::new(String::new());
        let calls = Calls {
            send: Rc::new(send),
            find: Rc::new(move |by: Reached| -> Calling<()> {
                let find = find(by.clone());
                Box::pin(async move {
                    let found: Vec<T> = find.await?;
                    // One is no choice.
                    choice.set(match &*found {
                        [only] => only.choice().to_owned(),
                        _ => String::new(),
                    });
                    accounts.set(found);
                    reached.set(Some(by));
                    Ok(())
                })
            }),
        };
        Self {
            reach: ReachForm::new(code, calls),
            reached,
            accounts,
            choice,
        }
    }

    /// Asks where somebody is reached, and then shows what is there; `chosen` shows what can be done about
    /// the accounts.
    pub(super) fn view(
        self,
        language: Language,
        (lead, target, hint, none): (&'static str, &'static str, &'static str, &'static str),
        form: Form,
        chosen: impl FnOnce() -> AnyView,
    ) -> AnyView {
        if self.reached.with(Option::is_none) {
            return view! {
                <p class="lead">{lead}</p>
                {self.reach.view(language, (target, hint))}
            }
            .into_any();
        }
        let content = match self.accounts.with(Vec::is_empty) {
            true => view! { <p>{none}</p> }.into_any(),
            false => chosen(),
        };
        let begin_again = move |_| {
            self.forget();
            form.clear();
            self.reached.set(None);
        };
        view! {
            {content}
            <p>
                <button type="button" class="button button-quiet" on:click=begin_again>
                    {ForgottenText::of(language).over_again}
                </button>
            </p>
        }
        .into_any()
    }

    /// The form around the accounts: the choice, or the only one as `only` says it, and what can be done.
    pub(super) fn form(
        self,
        form: Form,
        language: Language,
        (label, as_choice, only): (
            &'static str,
            impl Fn(&T) -> Choice,
            impl FnOnce(&T) -> AnyView,
        ),
        content: impl Fn() -> AnyView + Send + 'static,
        submit: impl Fn(&SubmitEvent) + 'static,
    ) -> AnyView {
        let which = self.accounts.with(|accounts| match &**accounts {
            [one] => {
                let account = ForgottenText::of(language).account;
                facts(vec![fact(account, only(one), "", nothing())])
            }
            several => {
                let choices = several.iter().map(as_choice).collect();
                let error = form.error_of(ACCOUNTS, language);
                let value = self.choice;
                view! { <RadioGroup id=ACCOUNTS label error choices value /> }.into_any()
            }
        });
        view! {
            <form class="form" novalidate on:submit=move |event| submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                {which}
                {live(content)}
            </form>
        }
        .into_any()
    }

    /// The chosen account, if one is.
    pub(super) fn chosen(self) -> Option<T> {
        let choice = self.choice.get();
        self.accounts.with(|accounts| {
            let mut accounts = accounts.iter();
            accounts.find(|one| one.choice() == choice).cloned()
        })
    }

    /// The chosen account as of now.
    ///
    /// # Errors
    /// The message at the choice.
    pub(super) fn read(self) -> Result<T, FieldMessage> {
        untrack(|| self.chosen()).ok_or(FieldMessage {
            field: ACCOUNTS,
            sentence: Sentence::new(|language| ForgottenText::of(language).choose_problem),
        })
    }

    /// Where the person was reached, and by which code.
    pub(super) fn by(self) -> Reached {
        self.reached.get_untracked().unwrap_or_default()
    }

    /// Forgets what was typed to get here.
    pub(super) fn forget(self) {
        self.reach.clear();
    }
}
