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
use crate::ui::CopyButton;

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let account = Load::start(api::account::account);
    let nickname = NicknameForm::new(account);
    layout::page(
        |language| AccountText::of(language).title,
        move |language| {
            let lead = AccountText::of(language).lead;
            let content = layout::loaded(account, language, move |account| {
                view! {
                    {identity(&account, language)}
                    {basic_info(&account, nickname, language)}
                }
                .into_any()
            });
            view! {
                <p class="lead">{lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

fn identity(account: &AccountInfo, language: Language) -> AnyView {
    let text = AccountText::of(language);
    let shell = ShellText::of(language);
    let id = account.account_id.to_string();
    view! {
        <section class="card" aria-labelledby="identity">
            <h2 id="identity">{text.identity}</h2>
            <dl class="facts">
                <div class="fact">
                    <dt>{text.account_id}</dt>
                    <dd>
                        <span class="number">{id.clone()}</span>
                        <CopyButton
                            text=id
                            what=text.account_id
                            label=shell.copy
                            copied=shell.copied
                            not_copied=shell.not_copied
                        />
                        <p class="fact-hint">{text.account_id_hint}</p>
                    </dd>
                </div>
                <div class="fact">
                    <dt>{text.registered}</dt>
                    <dd>
                        <time datetime=time::machine_readable(account.registered_at)>
                            {time::beijing(language, account.registered_at)}
                        </time>
                    </dd>
                </div>
                {verification(account, language)}
            </dl>
        </section>
    }
    .into_any()
}

fn verification(account: &AccountInfo, language: Language) -> AnyView {
    let class = match account.verification {
        VerificationStatus::Unverified => "tag",
        VerificationStatus::Person | VerificationStatus::Enterprise => "tag tag-good",
    };
    let name = account
        .verified_name
        .clone()
        .map(|name| view! { <span class="verified-name">{name}</span> });
    view! {
        <div class="fact">
            <dt>{AccountText::of(language).verification}</dt>
            <dd>
                <span class=class>{verification_status(language, account.verification)}</span>
                {name}
            </dd>
        </div>
    }
    .into_any()
}

fn basic_info(account: &AccountInfo, nickname: NicknameForm, language: Language) -> AnyView {
    let text = AccountText::of(language);
    let email = account.login_email.clone();
    view! {
        <section class="card" aria-labelledby="basic-info">
            <h2 id="basic-info">{text.basic_info}</h2>
            <dl class="facts">
                <div class="fact">
                    <dt>{text.nickname}</dt>
                    <dd>{nickname.view(account.nickname.clone(), language)}</dd>
                </div>
                <div class="fact">
                    <dt>{text.login_email}</dt>
                    <dd>{email.unwrap_or_else(|| text.no_login_email.to_owned())}</dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}
