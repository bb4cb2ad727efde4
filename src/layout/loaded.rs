//! Shows a read: quiet lines while it waits, the content, or why there is none.

use leptos::prelude::*;

use crate::load::{Load, Loaded};
use crate::text::Language;
use crate::text::failure::{self, FailureText};
use crate::text::shell::ShellText;
use crate::ui::{Notice, NoticeKind, Skeleton};

/// What there is of `load`; `content` shows the answer.
pub fn loaded<T: Clone + Send + Sync + 'static>(
    load: Load<T>,
    language: Language,
    content: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView {
    (move || match load.get() {
        Loaded::Waiting => view! { <Skeleton label=ShellText::of(language).loading /> }.into_any(),
        Loaded::Ready(value) => content(value),
        Loaded::Failed(error) => {
            let text = FailureText::of(language);
            let sentence = failure::api_error(language, &error);
            view! {
                <Notice kind=NoticeKind::Failure>
                    <p class="notice-title">{text.could_not_load}</p>
                    <p>{sentence}</p>
                    <button type="button" class="button" on:click=move |_| load.again()>
                        {text.try_again}
                    </button>
                </Notice>
            }
            .into_any()
        }
    })
    .into_any()
}
