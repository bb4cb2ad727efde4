//! Asks before something that cannot be taken back lightly. Says what will happen and what will not,
//! and has the focus on the way out.

use leptos::prelude::*;

use super::{Dialog, live, live_text, nothing};

/// What the question says.
#[derive(Clone, Copy)]
pub struct ConfirmWords {
    /// The question.
    pub title: &'static str,
    /// Before what will happen.
    pub happens: &'static str,
    /// Before what will not.
    pub stays: &'static str,
    /// The button that does it, in the words of the deed.
    pub confirm: &'static str,
    /// What it says while that is on its way.
    pub pending: &'static str,
    /// The button that does not.
    pub cancel: &'static str,
}

/// The question. The page closes it when the deed is done.
#[component]
pub fn Confirm(
    /// Its id, unique on the page.
    id: &'static str,
    /// Whether it is open.
    is_open: RwSignal<bool>,
    /// What it says.
    words: ConfirmWords,
    /// What will happen.
    #[prop(into)]
    happens: Signal<Vec<String>>,
    /// What will not happen, though somebody may fear it.
    #[prop(optional, into)]
    stays: Signal<Vec<String>>,
    /// Whether the deed is on its way.
    #[prop(into)]
    pending: Signal<bool>,
    /// Does it.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Anything else, such as what went wrong.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let confirm = move |_| {
        if !pending.get_untracked() {
            on_confirm.run(());
        }
    };
    let confirm_words = move || {
        let said = if pending.get() {
            words.pending
        } else {
            words.confirm
        };
        said.to_owned()
    };
    let is_busy = Signal::derive(move || pending.get().then_some("true"));
    let more = children.map(|children| children());
    view! {
        <Dialog id is_open title=words.title>
            {list(words.happens, happens)}
            {list(words.stays, stays)}
            {more}
            <div class="buttons">
                <button
                    type="button"
                    class="button"
                    autofocus
                    on:click=move |_| is_open.set(false)
                >
                    {words.cancel}
                </button>
                <button
                    type="button"
                    class="button button-danger"
                    aria-disabled=is_busy
                    on:click=confirm
                >
                    {live_text(confirm_words)}
                </button>
            </div>
        </Dialog>
    }
}

fn list(title: &'static str, lines: Signal<Vec<String>>) -> AnyView {
    live(move || {
        let lines = lines.get();
        if lines.is_empty() {
            return nothing();
        }
        let lines: Vec<_> = lines
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect();
        view! {
            <div class="confirm-part">
                <h3>{title}</h3>
                <ul class="bullets">{lines}</ul>
            </div>
        }
        .into_any()
    })
}
