//! The page at `/confirm/{token}`, where the link of a letter leads (CON-6). Opening it confirms nothing:
//! mail programs open links by themselves.

use contract::pages;
use domain::contacts::ContactRefusal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::address::Address;
use crate::api::{self, ApiError};
use crate::form::Form;
use crate::text::Sentence;
use crate::text::contacts::ContactText;
use crate::text::shell::ShellText;
use crate::ui::{ErrorSummary, Notice, NoticeKind, SubmitButton, live};
use crate::{layout, paths};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let form = Form::new("confirm-problems");
    let done = RwSignal::new(None::<String>);
    let here = Address::expect().get();
    let path = here.split('?').next().unwrap_or_default();
    let token = pages::part(path, pages::CONFIRM_CONTACT, "token").unwrap_or_default();
    let token = StoredValue::new(token.to_owned());
    let submit = move |event: SubmitEvent| {
        if !form.may_submit(&event) {
            return;
        }
        form.clear();
        let call = api::account::confirm_contact_link(token.get_value());
        form.send(call, move |answer| match answer {
            Ok(confirmed) => done.set(Some(confirmed.value)),
            Err(error) => refused(form, &error),
        });
    };
    layout::page(
        |language| ContactText::of(language).link_title,
        move |language| {
            let text = ContactText::of(language);
            live(move || match done.get() {
                Some(value) => view! {
                    <Notice kind=NoticeKind::Success>
                        <p>{value} " · " {text.confirmed}</p>
                    </Notice>
                    <p>
                        <a class="button" href=paths::account()>
                            {text.to_account}
                        </a>
                    </p>
                }
                .into_any(),
                None => view! {
                    <p class="lead">{text.link_lead}</p>
                    <form class="form" novalidate on:submit=submit>
                        <ErrorSummary
                            id=form.summary()
                            title=ShellText::of(language).problems
                            fields=Signal::stored(Vec::new())
                            whole=Signal::derive(move || form.whole_error(language))
                        />
                        <SubmitButton
                            label=text.confirm
                            pending_label=text.confirming
                            pending=form.pending()
                        />
                    </form>
                }
                .into_any(),
            })
        },
    )
}

fn refused(form: Form, error: &ApiError) {
    let gone = || Sentence::new(|language| ContactText::of(language).link_gone);
    if matches!(error, ApiError::NotFound) {
        return form.show_whole(gone());
    }
    form.show_error(error, &|_| None, &|refused| {
        refused.of::<ContactRefusal>("contact").map(|_| gone())
    });
}
