//! Shows a read: quiet lines while it waits, the content, or why there is none.

use leptos::prelude::*;

use crate::load::{Load, Loaded, Stage};
use crate::text::Language;
use crate::text::failure::{self, FailureText};
use crate::text::shell::ShellText;
use crate::ui::{Notice, NoticeKind, Skeleton, live};

/// What there is of `load`.
///
/// `content` is made when there is an answer and stays while newer ones come, so that nobody loses
/// the focus or what they typed; whatever may change asks `load` in a closure of its own.
pub fn loaded<T: Clone + Send + Sync + 'static>(
    load: Load<T>,
    language: Language,
    content: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let stage = load.stage();
    live(move || match stage.get() {
        Stage::Waiting => waiting(language),
        Stage::Ready => content(),
        Stage::Failed => {
            let sentence = match load.get_untracked() {
                Loaded::Failed(error) => failure::api_error(language, &error),
                Loaded::Waiting | Loaded::Ready(_) => String::new(),
            };
            could_not_load(language, sentence, Box::new(move || load.again()))
        }
    })
}

fn waiting(language: Language) -> AnyView {
    view! { <Skeleton label=ShellText::of(language).loading /> }.into_any()
}

fn could_not_load(language: Language, sentence: String, again: Box<dyn Fn() + Send>) -> AnyView {
    let text = FailureText::of(language);
    view! {
        <Notice kind=NoticeKind::Failure>
            <p class="notice-title">{text.could_not_load}</p>
            <p>{sentence}</p>
            <button type="button" class="button" on:click=move |_| again()>
                {text.try_again}
            </button>
        </Notice>
    }
    .into_any()
}
