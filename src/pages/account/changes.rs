//! What changes something about the account: forms that open in their place on Account info, and pages of
//! their own. The second door of the area: who only looks does not wait for it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::{NewVersion, Page, area};
use super::{confirm, contact, login_email, nickname};
use crate::address::Address;
use crate::text::Language;
use crate::text::failure::FailureText;
use crate::ui::{Notice, NoticeKind, live, nothing};

/// The pages behind the door, and the forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Setting or replacing the login e-mail.
    LoginEmail,
    /// Confirming a contact e-mail by the link that went there.
    ConfirmContact,
    /// The form of a contact phone or e-mail.
    Contact,
    /// The form of the nickname.
    Nickname,
}

fn find(at: At) -> Page {
    match at {
        At::LoginEmail => Page::new(login_email::page),
        At::ConfirmContact => Page::new(confirm::page),
        At::Contact => Page::new(contact::form),
        At::Nickname => Page::new(nickname::form),
    }
}

area!(account_changes, find);

/// A form that is fetched when somebody opens it.
#[derive(Clone, Copy)]
pub(super) struct Fetched {
    form: RwSignal<Option<Page>>,
    is_gone: RwSignal<bool>,
}

impl Fetched {
    pub(super) fn new() -> Self {
        Self {
            form: RwSignal::new(None),
            is_gone: RwSignal::new(false),
        }
    }

    /// Fetches it; `then` opens it, unless the person has gone elsewhere meanwhile.
    pub(super) fn fetch(self, at: At, then: impl FnOnce() + 'static) {
        spawn_local(async move {
            match open(at).await {
                Ok(form) => {
                    if self.form.try_set(Some(form)).is_none() {
                        then();
                    }
                }
                Err(NewVersion) => {
                    self.is_gone.try_set(true);
                }
            }
        });
    }

    /// The form, which finds `owner` in its context.
    pub(super) fn show<T: Clone + Send + Sync + 'static>(self, owner: T) -> AnyView {
        provide_context(owner);
        self.form.get_untracked().map_or_else(nothing, Page::show)
    }

    /// That it could not be fetched (V-42).
    pub(super) fn problem(self, language: Language) -> AnyView {
        live(move || {
            if !self.is_gone.get() {
                return nothing();
            }
            let text = FailureText::of(language);
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{text.new_version}</p>
                    <button type="button" class="button" on:click=|_| Address::reload()>
                        {text.reload}
                    </button>
                </Notice>
            }
            .into_any()
        })
    }
}
