//! A sentence that stands out. It is announced by whoever put it there, not by being there.

use leptos::prelude::*;

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done.
    Success,
    /// Something needs attention.
    Warning,
    /// Something did not work.
    Failure,
}

/// A notice.
#[component]
pub fn Notice(
    /// What it is about.
    kind: NoticeKind,
    /// The sentence, and buttons if there are any.
    children: Children,
) -> impl IntoView {
    let class = match kind {
        NoticeKind::Success => "notice notice-success",
        NoticeKind::Warning => "notice notice-warning",
        NoticeKind::Failure => "notice notice-failure",
    };
    view! { <div class=class>{children()}</div> }
}
