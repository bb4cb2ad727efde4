//! The page at `/lock/{token}`. Opening it locks nothing, since mail filters open every link; its button
//! does. Knows the link; not whose account it locks.

use contract::lock::LockedAccount;
use contract::pages as addresses;
use domain::account::AccountRefusal;
use leptos::prelude::*;

use crate::address::Address;
use crate::announce::Announcer;
use crate::api::{self, ApiError, Refused};
use crate::form::Form;
use crate::text::lock::{self as text, LockText};
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence, failure};
use crate::ui::{ErrorSummary, Notice, NoticeKind, SubmitButton, live};
use crate::{layout, paths, sent_code};

/// The page.
pub(super) fn page() -> AnyView {
    let page = LockPage {
        form: Form::new("lock-problems"),
        locked: RwSignal::new(None),
        address: Address::expect(),
        announcer: Announcer::expect(),
    };
    layout::page(
        |language| LockText::of(language).title,
        move |language| live(move || page.view(language)),
    )
}

#[derive(Clone, Copy)]
struct LockPage {
    form: Form,
    locked: RwSignal<Option<LockedAccount>>,
    address: Address,
    announcer: Announcer,
}

impl LockPage {
    fn view(self, language: Language) -> AnyView {
        match self.locked.get() {
            Some(locked) => is_locked(&locked, language),
            None => self.question(language),
        }
    }

    fn question(self, language: Language) -> AnyView {
        let text = LockText::of(language);
        let form = self.form;
        let list = |items: &[&'static str]| {
            let items: Vec<_> = items
                .iter()
                .map(|item| view! { <li>{*item}</li> })
                .collect();
            view! { <ul class="bullets">{items}</ul> }
        };
        view! {
            <p class="lead">{text.lead}</p>
            <section class="card" aria-labelledby="does">
                <h2 id="does">{text.does}</h2>
                {list(&[text.does_sessions, text.does_trust, text.does_changes])}
            </section>
            <section class="card" aria-labelledby="does-not">
                <h2 id="does-not">{text.does_not}</h2>
                {list(&[text.not_resources, text.not_forever])}
            </section>
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                <ErrorSummary
                    id=form.summary()
                    title=ShellText::of(language).problems
                    fields=Signal::derive(move || form.field_errors(language))
                    whole=Signal::derive(move || form.whole_error(language))
                />
                <SubmitButton label=text.lock pending_label=text.locking pending=form.pending() />
                <p class="field-hint">
                    <strong>{text.was_me}</strong>
                    " · "
                    {text.was_me_hint}
                </p>
            </form>
        }
        .into_any()
    }

    fn submit(self, event: &leptos::ev::SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        self.form.clear();
        let token = self.address.part(addresses::LOCK, "token");
        let call = api::lock::lock(token.unwrap_or_default());
        self.form.send(call, move |answer| match answer {
            Ok(locked) => {
                let done = |language| LockText::of(language).locked_title;
                self.announcer.tell(Sentence::new(done));
                self.locked.set(Some(locked));
            }
            Err(error) => self.refused(&error),
        });
    }

    fn refused(self, error: &ApiError) {
        if matches!(error, ApiError::NotFound) {
            let say = |language| LockText::of(language).no_such_link;
            return self.form.show_whole(Sentence::new(say));
        }
        self.form.show_error(error, &|_| None, &refusal);
    }
}

fn is_locked(locked: &LockedAccount, language: Language) -> AnyView {
    let text = LockText::of(language);
    let sentence = text::locked(language, &locked.account_id, locked.since);
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>{sentence}</p>
            <p>{text.how_on}</p>
            <a class="button button-primary" href=paths::unlock()>
                {text.unlock}
            </a>
        </Notice>
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
