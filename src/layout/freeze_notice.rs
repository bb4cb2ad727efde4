//! Tells the owner of an account that an operator froze, on every page, why and what lifts it (ACC-6).

use leptos::prelude::*;

use crate::language::LanguageContext;
use crate::product;
use crate::session::SignedIn;
use crate::text::shell::ShellText;
use crate::ui::{Notice, NoticeKind, live, nothing};

/// The notice; nothing while no operator freezes the account.
pub(super) fn freeze_notice(user: Memo<Option<SignedIn>>) -> AnyView {
    let language = LanguageContext::expect();
    live(move || {
        let reason = user.with(|user| user.as_ref().and_then(|user| user.frozen_for.clone()));
        let Some(reason) = reason else {
            return nothing();
        };
        let text = ShellText::of(language.get());
        let hotline = product::hotline().map(|hotline| [" ", &hotline].concat());
        view! {
            <Notice kind=NoticeKind::Failure>
                <p class="notice-title">{text.frozen}</p>
                <p>{text.frozen_reason} " " {reason}</p>
                <p>{text.frozen_means} " " {text.frozen_remedy} {hotline}</p>
            </Notice>
        }
        .into_any()
    })
}
