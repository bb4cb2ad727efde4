//! The page at `/verification/official-account`: the permission is asked for, compared once, and can be
//! withdrawn; a page that stays blank goes on here (ENT-12, ENT-20).

use contract::enterprise::PermissionShown;
use domain::verification::{Attempt, BlankPageRemedy};
use leptos::prelude::*;

use super::common::{self, Standing, act, back, support};
use crate::announce::Announcer;
use crate::form::Form;
use crate::text::enterprise::{self as words, EnterpriseText};
use crate::text::{Language, Sentence};
use crate::ui::{Disclosure, EmptyState, QrCode, live, live_text, nothing};
use crate::{api, layout};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    let (standing, form) = (Standing::new(), Form::new("permission-problems"));
    layout::page(
        |language| EnterpriseText::of(language).official_title,
        move |language| {
            let content = layout::loaded(standing.load, language, move || {
                view! {
                    {standing.problem(language)}
                    {common::summary(form, language)}
                    {shown(standing, form, language)}
                    {back(language)}
                }
                .into_any()
            });
            view! {
                <p class="lead">{EnterpriseText::of(language).official_lead}</p>
                {content}
            }
            .into_any()
        },
    )
}

fn shown(standing: Standing, form: Form, language: Language) -> AnyView {
    // A look that brings nothing new leaves the page as it is.
    let known = Memo::new(move |_| {
        standing.load.with(|now| {
            let attempt = now.attempt.as_ref()?;
            let permission = now.permission.clone()?;
            Some((
                permission,
                attempt.attempt.clone(),
                attempt.case_number.clone(),
            ))
        })
    });
    live(move || {
        let text = EnterpriseText::of(language);
        let Some((permission, attempt, case_number)) = known.get() else {
            return view! { <EmptyState title=text.official_none /> }.into_any();
        };
        if matches!(attempt, Attempt::Running { .. }) {
            return view! {
                {ask(&permission, standing, form, language)}
                {support(&case_number, false, language)}
            }
            .into_any();
        }
        view! {
            {common::ending(&attempt, language)}
            {withdraw(&permission, standing, form, language)}
        }
        .into_any()
    })
}

/// Where the administrator gives it.
fn ask(
    permission: &PermissionShown,
    standing: Standing,
    form: Form,
    language: Language,
) -> AnyView {
    let text = EnterpriseText::of(language);
    let address = permission.address.clone();
    let remedies: Vec<_> = BlankPageRemedy::ALL
        .into_iter()
        .map(|remedy| view! { <li>{words::blank_page(language, remedy)}</li> })
        .collect();
    let again = move |_| {
        if !form.pending().get_untracked() {
            act(form, standing, api::enterprise::ask_again(), || {});
        }
    };
    view! {
        <QrCode text=Signal::stored(address.clone()) label=text.official_qr />
        <p class="buttons">
            <a class="button button-primary" href=address target="_blank" rel="noopener">
                {text.official_open}
            </a>
            <button type="button" class="button" on:click=move |_| standing.look()>
                {text.refresh}
            </button>
        </p>
        <p role="status">{text.official_waiting}</p>
        <Disclosure summary=text.blank_page>
            <p>{text.blank_answer}</p>
            <ol class="bullets">{remedies}</ol>
            <p class="buttons">
                <button type="button" class="button" on:click=again>
                    {text.again}
                </button>
            </p>
        </Disclosure>
    }
    .into_any()
}

/// The permission was used; it can be withdrawn (ENT-12).
fn withdraw(
    permission: &PermissionShown,
    standing: Standing,
    form: Form,
    language: Language,
) -> AnyView {
    let text = EnterpriseText::of(language);
    if !permission.may_withdraw {
        return nothing();
    }
    let announcer = Announcer::expect();
    let press = move |_| {
        if form.pending().get_untracked() {
            return;
        }
        act(form, standing, api::enterprise::withdraw(), move || {
            announcer.tell(Sentence::new(|language| {
                EnterpriseText::of(language).withdrawn.to_owned()
            }));
        });
    };
    let label = move || {
        if form.pending().get() {
            text.withdrawing
        } else {
            text.official_withdraw
        }
        .to_owned()
    };
    view! {
        <p>{text.official_compared}</p>
        <p class="buttons">
            <button type="button" class="button" on:click=press>
                {live_text(label)}
            </button>
        </p>
    }
    .into_any()
}
