//! The page at `/account`: account id (ACC-1), registration time (ACC-3), nickname (ACC-4),
//! verification status. Knows how they are shown; not how they come about.

use contract::account::AccountInfo;
use domain::account::VerificationStatus;
use leptos::prelude::*;

use super::nickname::NicknameForm;
use crate::api;
use crate::layout;
use crate::load::Load;
use crate::text::account::{AccountText, verification_status};
use crate::text::shell::ShellText;
use crate::text::{Language, time};
use crate::ui::{CopyButton, Tag, Tone, fact, facts, live, live_text, nothing};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let account = Load::start(api::account::account);
    let nickname = NicknameForm::new(account);
    layout::page(
        |language| AccountText::of(language).title,
        move |language| {
            let content = layout::loaded(account, language, move || {
                view! {
                    {identity(account, language)}
                    {basic_info(account, nickname, language)}
                }
                .into_any()
            });
            view! {
                <p class="lead">{AccountText::of(language).lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

fn identity(account: Load<AccountInfo>, language: Language) -> AnyView {
    let text = AccountText::of(language);
    let shell = ShellText::of(language);
    // Neither of the two ever changes.
    let Some(known) = account.ready_untracked() else {
        return nothing();
    };
    let id = known.account_id.to_string();
    let id = view! {
        <span class="number">{id.clone()}</span>
        <CopyButton
            text=id
            what=text.account_id
            label=shell.copy
            copied=shell.copied
            not_copied=shell.not_copied
        />
    };
    let registered = view! {
        <time datetime=time::machine_readable(known.registered_at)>
            {time::beijing(language, known.registered_at)}
        </time>
    };
    let verification = live(move || verification(account, language));
    let list = facts(vec![
        fact(
            text.account_id,
            id.into_any(),
            text.account_id_hint,
            nothing(),
        ),
        fact(text.registered, registered.into_any(), "", nothing()),
        fact(text.verification, verification, "", nothing()),
    ]);
    view! {
        <section class="card" aria-labelledby="identity">
            <h2 id="identity">{text.identity}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn verification(account: Load<AccountInfo>, language: Language) -> AnyView {
    let known = account.with(|account| Some((account.verification, account.verified_name.clone())));
    let Some((status, name)) = known else {
        return nothing();
    };
    let tone = match status {
        VerificationStatus::Unverified => Tone::Plain,
        VerificationStatus::Person | VerificationStatus::Enterprise => Tone::Good,
    };
    view! {
        <Tag tone text=verification_status(language, status) />
        <span>{name.unwrap_or_default()}</span>
    }
    .into_any()
}

fn basic_info(account: Load<AccountInfo>, nickname: NicknameForm, language: Language) -> AnyView {
    let text = AccountText::of(language);
    let email = move || {
        let email = account.with(|account| account.login_email.clone());
        email.unwrap_or_else(|| text.no_login_email.to_owned())
    };
    let list = facts(vec![
        fact(text.nickname, nickname.view(language), "", nothing()),
        fact(text.login_email, live_text(email), "", nothing()),
    ]);
    view! {
        <section class="card" aria-labelledby="basic-info">
            <h2 id="basic-info">{text.basic_info}</h2>
            {list}
        </section>
    }
    .into_any()
}
