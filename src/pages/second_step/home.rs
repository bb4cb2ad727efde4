//! What a sub-user sees in the place of every owner's page (SGN-14): who it is, and whose the rest is.
//! Knows the session; asks the server nothing.

use leptos::prelude::*;

use crate::layout;
use crate::session::SessionContext;
use crate::text::Language;
use crate::text::account::verification_status;
use crate::text::shell::ShellText;
use crate::text::sign_in::SignInText;
use crate::ui::{fact, facts, live, nothing};

/// The page.
#[must_use]
pub(super) fn page() -> AnyView {
    layout::page(
        |language| SignInText::of(language).as_sub_user,
        |language| live(move || view(language)),
    )
}

fn view(language: Language) -> AnyView {
    let text = SignInText::of(language);
    let shell = ShellText::of(language);
    let session = SessionContext::expect();
    let Some(user) = session.owner() else {
        return nothing();
    };
    let value = |text: String| view! { <span>{text}</span> }.into_any();
    let lines = vec![
        fact(text.user_name, value(user.nickname), "", nothing()),
        fact(text.root, value(user.account_id.to_string()), "", nothing()),
        // Its root's verification counts for it (VER-8).
        fact(
            text.sub_verification,
            value(verification_status(language, user.verification).to_owned()),
            text.sub_inherits,
            nothing(),
        ),
    ];
    view! {
        <p class="lead">{text.sub_home_lead}</p>
        {facts(lines)}
        <p>{text.sub_home_owner}</p>
        <p class="quiet">{text.sub_home_owner_page}</p>
        <p>
            <button type="button" class="button" on:click=move |_| session.sign_out()>
                {shell.sign_out}
            </button>
        </p>
    }
    .into_any()
}
