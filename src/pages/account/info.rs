//! The page at `/account`: account id (ACC-1), APPID (ACC-2), registration time (ACC-3), nickname
//! (ACC-4), site (ACC-5), phones and e-mails (CON-1, CON-6), login methods, what is on its way
//! (ACC-13), data and lock (ACC-14). Knows how they are shown; not how they come about.

use contract::account::AccountInfo;
use domain::account::{PendingChange, VerificationStatus};
use domain::contacts::{ContactField, ContactKind};
use leptos::prelude::*;

use super::contact::Contact;
use super::data::Data;
use super::login_methods::LoginMethods;
use super::nickname::NicknameForm;
use super::several::Several;
use crate::load::{self, Load};
use crate::text::account::{AccountText, verification_status};
use crate::text::account_data::{self as data_text, AccountDataText};
use crate::text::contacts::{self as contact_text, ContactText};
use crate::text::shell::ShellText;
use crate::text::{Language, time};
use crate::ui::{CopyButton, Tag, Tone, fact, facts, live, live_text, nothing};
use crate::{api, layout, paths};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let account = Load::start(api::account::account);
    load::refresh_by_itself(account, |account| {
        account.verification == VerificationStatus::Unverified
    });
    let nickname = NicknameForm::new(account);
    let phone = Contact::new(ContactKind::Phone, account);
    let email = Contact::new(ContactKind::Email, account);
    let several = Several::new(account);
    let methods = LoginMethods::new(account);
    let data = Data::new(account);
    layout::page(
        |language| AccountText::of(language).title,
        move |language| {
            let content = layout::loaded(account, language, move || {
                view! {
                    {live(move || pending(account, language))}
                    {identity(account, language)}
                    {basic_info(account, (nickname, several), (phone, email), language)}
                    {methods.view(language)}
                    {data.view(language)}
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

/// Every change that is on its way (ACC-13).
fn pending(account: Load<AccountInfo>, language: Language) -> AnyView {
    let changes = account.with(|account| account.pending.clone());
    if changes.is_empty() {
        return nothing();
    }
    let text = AccountDataText::of(language);
    let lines: Vec<_> = changes
        .iter()
        .map(|change| pending_line(change, language))
        .collect();
    view! {
        <section class="card" aria-labelledby="pending">
            <h2 id="pending">{text.pending}</h2>
            <ul class="plain-list">{lines}</ul>
            <p class="fact-hint">{text.present_stays}</p>
        </section>
    }
    .into_any()
}

fn pending_line(change: &PendingChange, language: Language) -> AnyView {
    let until = change.until.map(|at| data_text::until(language, at));
    let place = match change.kind {
        domain::account::PendingKind::SecurityEmail => Some(paths::security_email()),
        domain::account::PendingKind::Verification => Some(paths::verification()),
        domain::account::PendingKind::ContactPhone => Some("#contact-phone-fact"),
        domain::account::PendingKind::ContactEmail => Some("#contact-email-fact"),
        _ => None,
    };
    let go_on = match place {
        Some(place) => view! {
            <a href=place>
                {AccountDataText::of(language).go_on}
                <span class="visually-hidden">" " {data_text::pending_kind(language, change.kind)}</span>
            </a>
        }
        .into_any(),
        None => nothing(),
    };
    view! {
        <li>
            <span>{data_text::pending_kind(language, change.kind)}</span>
            " "
            <Tag tone=Tone::Caution text=data_text::pending_state(language, change.state) />
            " "
            <span class="quiet">{until.unwrap_or_default()}</span>
            " "
            {go_on}
        </li>
    }
    .into_any()
}

fn identity(account: Load<AccountInfo>, language: Language) -> AnyView {
    let text = AccountText::of(language);
    // None of these ever changes, but the verification.
    let Some(known) = account.ready_untracked() else {
        return nothing();
    };
    let registered = view! {
        <time datetime=time::machine_readable(known.registered_at)>
            {time::beijing(language, known.registered_at)}
        </time>
    };
    let site = data_text::site(language, known.site);
    let lines = vec![
        number(
            text.account_id,
            known.account_id.to_string(),
            text.account_id_hint,
            language,
        ),
        number(
            text.app_id,
            known.app_id.to_string(),
            text.app_id_hint,
            language,
        ),
        fact(text.site, site.into_any(), text.site_hint, nothing()),
        fact(text.registered, registered.into_any(), "", nothing()),
        fact(
            text.verification,
            live(move || verification(account, language)),
            "",
            view! { <a href=paths::verification()>{text.view_verification}</a> }.into_any(),
        ),
    ];
    view! {
        <section class="card" aria-labelledby="identity">
            <h2 id="identity">{text.identity}</h2>
            {facts(lines)}
        </section>
    }
    .into_any()
}

/// A number with a button that copies it (ACC-1).
fn number(label: &'static str, number: String, hint: &'static str, language: Language) -> AnyView {
    let shell = ShellText::of(language);
    let value = view! { <span class="number">{number.clone()}</span> };
    let copy = view! {
        <CopyButton
            text=number
            what=label
            label=shell.copy
            copied=shell.copied
            not_copied=shell.not_copied
        />
    };
    fact(label, value.into_any(), hint, copy.into_any())
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

fn basic_info(
    account: Load<AccountInfo>,
    (nickname, several): (NicknameForm, Several),
    (phone, email): (Contact, Contact),
    language: Language,
) -> AnyView {
    let text = AccountText::of(language);
    let contact = ContactText::of(language);
    let lines = vec![fact(text.nickname, nickname.view(language), "", nothing())];
    let manage = |place| {
        let words = contact.manage;
        view! { <a href=place>{words}</a> }.into_any()
    };
    let reached = vec![
        explained(
            (contact.login_email, ContactField::LoginEmail),
            value(account, |account| account.login_email.clone(), language),
            nothing(),
            language,
        ),
        explained(
            (contact.security_phone, ContactField::SecurityPhone),
            value(account, |account| account.security_phone.clone(), language),
            manage(paths::security_phone()),
            language,
        ),
        explained(
            (contact.security_email, ContactField::SecurityEmail),
            value(account, |account| account.security_email.clone(), language),
            manage(paths::security_email()),
            language,
        ),
        explained(
            (contact.contact_phone, ContactField::ContactPhone),
            phone.view(language),
            nothing(),
            language,
        ),
        explained(
            (contact.contact_email, ContactField::ContactEmail),
            email.view(language),
            nothing(),
            language,
        ),
    ];
    view! {
        <section class="card" aria-labelledby="basic-info">
            <h2 id="basic-info">{text.basic_info}</h2>
            {facts(lines)}
            {several.view(language)}
        </section>
        <section class="card" aria-labelledby="contacts">
            <h2 id="contacts">{contact.heading}</h2>
            <p>{contact.lead}</p>
            {facts(reached)}
        </section>
    }
    .into_any()
}

/// A phone or e-mail with what it receives (CON-1).
fn explained(
    (label, field): (&'static str, ContactField),
    value: AnyView,
    actions: AnyView,
    language: Language,
) -> AnyView {
    let receives = contact_text::receives(language, field);
    let id = match field {
        ContactField::ContactPhone => Some("contact-phone-fact"),
        ContactField::ContactEmail => Some("contact-email-fact"),
        _ => None,
    };
    let value = view! {
        <div class="explained" id=id>
            {value}
            <p class="fact-hint">{receives}</p>
        </div>
    };
    fact(label, value.into_any(), "", actions)
}

fn value(
    account: Load<AccountInfo>,
    which: fn(&AccountInfo) -> Option<String>,
    language: Language,
) -> AnyView {
    let not_set = ContactText::of(language).not_set;
    live_text(move || account.with(which).unwrap_or_else(|| not_set.to_owned()))
}
