//! The page at `/forgotten`. Knows the order of the questions; not who has an account.

use contract::forgotten::{ResetChoice, ResetPassword};
use domain::account::AccountRefusal;
use domain::sign_in::PasswordResetRefusal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::found::{Asking, Found};
use crate::address::Address;
use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused};
use crate::form::Form;
use crate::new_password::{self, NewPassword};
use crate::reaching::Reached;
use crate::sent_code;
use crate::session::SessionContext;
use crate::text::forgotten::{self as text, ForgottenText};
use crate::text::{Language, Sentence, lock};
use crate::ui::{Choice, Disclosure, Notice, NoticeKind, SubmitButton, live};
use crate::{layout, paths, product};

/// The id of the input for the code, unique in the app.
const CODE: &str = "forgotten-code";

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
    found: Found<ResetChoice>,
    form: Form,
    password: NewPassword,
    address: Address,
    announcer: Announcer,
    session: SessionContext,
}

impl ForgottenPage {
    fn new() -> Self {
        Self {
            found: Found::new(&Asking {
                code: CODE,
                send: |target| Box::pin(api::forgotten::send_code(target)),
                find: |Reached { target, code }| {
                    Box::pin(async move {
                        let found = api::forgotten::accounts(target, code).await?;
                        Ok(found.accounts)
                    })
                },
            }),
            form: Form::new("forgotten-problems"),
            password: NewPassword::new(),
            address: Address::expect(),
            announcer: Announcer::expect(),
            session: SessionContext::expect(),
        }
    }

    fn view(self, language: Language) -> AnyView {
        let text = ForgottenText::of(language);
        let words = (text.lead, text.target, text.target_hint, text.none);
        let accounts = move || self.accounts_view(language);
        view! {
            {self.found.view(language, words, self.form, accounts)}
            {other_ways(language)}
        }
        .into_any()
    }

    fn accounts_view(self, language: Language) -> AnyView {
        let as_choice = |account: &ResetChoice| Choice::new(&account.choice, &account.account_id);
        let only = |account: &ResetChoice| {
            view! { <span class="number">{account.account_id.clone()}</span> }.into_any()
        };
        self.found.form(
            self.form,
            language,
            (ForgottenText::of(language).choose, as_choice, only),
            move || self.chosen_view(language),
            move |event| self.submit(event),
        )
    }

    /// What can be done about the chosen account.
    fn chosen_view(self, language: Language) -> AnyView {
        let text = ForgottenText::of(language);
        match self.found.chosen() {
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
        let (account, password) = match (self.found.read(), self.password.read()) {
            (Ok(account), Ok(password)) => (account, password),
            (account, password) => {
                let problems = account.err().into_iter().chain(password.err()).collect();
                return self.form.show_fields(problems);
            }
        };
        let Reached { target, code } = self.found.by();
        self.form.clear();
        let call = api::forgotten::reset(ResetPassword {
            target,
            code,
            choice: account.choice,
            password,
        });
        self.form.send(call, move |answer| match answer {
            Ok(()) => self.done(),
            Err(error) => self.refused(&error),
        });
    }

    fn done(self) {
        self.found.forget();
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
