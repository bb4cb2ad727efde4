//! The page at `/unlock`. Knows the order of the questions; not who has an account.

use contract::lock::{Unlock, UnlockChoice};
use domain::account::AccountRefusal;
use domain::mfa::MfaRefusal;
use domain::protection::{ProofMethod, SixDigitsProblem};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::found::{Asking, Found};
use crate::address::Address;
use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused};
use crate::form::{FieldMessage, Form};
use crate::new_password::{self, NewPassword};
use crate::reaching::Reached;
use crate::text::forgotten::ForgottenText;
use crate::text::lock::{self as text, LockText};
use crate::text::{Language, Sentence, codes, failure, mfa};
use crate::ui::{
    Choice, Disclosure, Field, FieldValue, Notice, NoticeKind, SubmitButton, live, nothing,
};
use crate::{layout, paths, product, sent_code};

/// The id of the input for the code, unique in the app.
const CODE: &str = "unlock-code";
/// The id of the input for a code of the MFA device.
const MFA: &str = "mfa-code";

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
    found: Found<UnlockChoice>,
    form: Form,
    password: NewPassword,
    mfa: FieldValue,
    address: Address,
    announcer: Announcer,
}

impl UnlockPage {
    fn new() -> Self {
        Self {
            found: Found::new(&Asking {
                code: CODE,
                send: |target| Box::pin(api::lock::send_code(target)),
                find: |Reached { target, code }| {
                    Box::pin(async move {
                        let found = api::lock::accounts(target, code).await?;
                        Ok(found.accounts)
                    })
                },
            }),
            form: Form::new("unlock-problems"),
            password: NewPassword::new(),
            mfa: FieldValue::new(""),
            address: Address::expect(),
            announcer: Announcer::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = LockText::of(language);
        let words = (text.unlock_lead, text.target, text.target_hint, text.none);
        let accounts = move || self.accounts_view(language);
        view! {
            {self.found.view(language, words, self.form, accounts)}
            {none_left(language)}
        }
        .into_any()
    }

    fn accounts_view(self, language: Language) -> AnyView {
        let as_choice = |account: &UnlockChoice| {
            let hint = text::choice_hint(language, account.since);
            Choice::new(&account.choice, &account.account_id).hint(&hint)
        };
        let only = |account: &UnlockChoice| {
            let words = text::locked(language, &account.account_id, account.since);
            view! { <span>{words}</span> }.into_any()
        };
        self.found.form(
            self.form,
            language,
            (LockText::of(language).choose, as_choice, only),
            move || self.chosen_view(language),
            move |event| self.submit(event),
        )
    }

    /// What can be done about the chosen account.
    fn chosen_view(self, language: Language) -> AnyView {
        let text = LockText::of(language);
        let chosen = self.found.chosen();
        let needs_mfa = chosen.as_ref().is_some_and(needs_mfa);
        if let Some(account) = &chosen
            && !account.may_unlock
            && !needs_mfa
        {
            let usable = match account.usable.is_empty() {
                true => text.none_left_answer.to_owned(),
                false => [text.use_other, &text::usable(language, &account.usable)].concat(),
            };
            return view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{text.too_recent} " " {usable}</p>
                </Notice>
            }
            .into_any();
        }
        let mfa = match needs_mfa {
            false => nothing(),
            true => view! {
                <p>{text.too_recent} " " {text.mfa_too}</p>
                <Field
                    id=MFA
                    label=text.mfa_code
                    error=self.form.error_of(MFA, language)
                    value=self.mfa
                    autocomplete="one-time-code"
                />
            }
            .into_any(),
        };
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
            {mfa}
            {password}
            <SubmitButton label pending_label=text.submitting pending=self.form.pending() />
        }
        .into_any()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let account = match self.found.read() {
            Ok(account) => account,
            Err(problem) => return self.form.show_fields(vec![problem]),
        };
        let mfa_code = match needs_mfa(&account) {
            false => Ok(None),
            true => self.read_mfa().map(Some),
        };
        let password = match account.has_password {
            false => Ok(None),
            true => self.password.read().map(Some),
        };
        let (mfa_code, password) = match (mfa_code, password) {
            (Ok(mfa_code), Ok(password)) => (mfa_code, password),
            (mfa_code, password) => {
                let problems = mfa_code.err().into_iter().chain(password.err()).collect();
                return self.form.show_fields(problems);
            }
        };
        let Reached { target, code } = self.found.by();
        self.form.clear();
        let call = api::lock::unlock(Unlock {
            target,
            code,
            choice: account.choice,
            password,
            mfa_code,
        });
        self.form.send(call, move |answer| match answer {
            Ok(()) => {
                self.found.forget();
                let done = |language| LockText::of(language).done;
                self.announcer.leave_notice(Sentence::new(done));
                self.address.replace(paths::sign_in());
            }
            Err(error) => self.refused(&error),
        });
    }

    /// What is typed as code of the device; what it is, the server tells.
    fn read_mfa(self) -> Result<String, FieldMessage> {
        let typed = self.mfa.read();
        match typed.trim().is_empty() {
            true => Err(mfa_message(SixDigitsProblem::Empty)),
            false => Ok(typed),
        }
    }

    fn refused(self, error: &ApiError) {
        if let ApiError::Fields(wrong) = error {
            let password = new_password::problem(wrong);
            let mfa = wrong.iter().find_map(|wrong| wrong.of("mfa_code"));
            let all: Vec<_> = mfa.map(mfa_message).into_iter().chain(password).collect();
            if !all.is_empty() {
                return self.form.show_fields(all);
            }
        }
        self.form.show_error(error, &|_| None, &refusal);
    }
}

/// Whether the code alone does not unlock the account, and one of the MFA device beside it does.
fn needs_mfa(account: &UnlockChoice) -> bool {
    !account.may_unlock && account.usable.contains(&ProofMethod::Mfa)
}

fn mfa_message(problem: SixDigitsProblem) -> FieldMessage {
    FieldMessage {
        field: MFA,
        sentence: Sentence::new(move |language| codes::six_digits_problem(language, problem)),
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
    if let Some(refusal) = refused.of::<MfaRefusal>("mfa") {
        return Some(Sentence::new(move |language| {
            mfa::mfa_refusal(language, refusal)
        }));
    }
    let Some(refusal) = refused.of::<AccountRefusal>("account") else {
        return sent_code::refusal(refused);
    };
    Some(Sentence::new(move |language| {
        let general = || failure::FailureText::of(language).not_allowed.to_owned();
        text::lock_refusal(language, &refusal).unwrap_or_else(general)
    }))
}
