//! Warns before the session ends, so that nobody loses what they are writing (SGN-13).

use leptos::prelude::*;

use crate::language::LanguageContext;
use crate::session::{Phase, SessionContext};
use crate::text::shell::{self, ShellText};
use crate::ui::{Notice, NoticeKind, live, nothing, react};

/// The warning, with a button to stay where that is possible.
#[component]
pub fn SessionWarning() -> impl IntoView {
    let session = SessionContext::expect();
    let language = LanguageContext::expect();
    let is_dismissed = RwSignal::new(false);
    react(move || {
        // The next session, or the next hours of this one, get a warning of their own.
        if session.phase() == Phase::Fine {
            is_dismissed.set(false);
        }
    });
    let warning = live(move || {
        let Phase::EndsSoon {
            minutes,
            extends_with_use,
        } = session.phase()
        else {
            return nothing();
        };
        if is_dismissed.get() {
            return nothing();
        }
        let language = language.get();
        let text = ShellText::of(language);
        let (sentence, label) = if extends_with_use {
            (shell::session_ends_unused(language, minutes), text.stay)
        } else {
            (shell::session_ends_old(language, minutes), text.dismiss)
        };
        let answer = move |_| {
            if extends_with_use {
                session.ask();
            } else {
                is_dismissed.set(true);
            }
        };
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{sentence}</p>
                <button type="button" class="button" on:click=answer>{label}</button>
            </Notice>
        }
        .into_any()
    });
    view! { <div class="session-warning" role="alert">{warning}</div> }
}
