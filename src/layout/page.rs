//! The heading of a page and what is below it. Knows when a page begins; not which.

use leptos::prelude::*;

use crate::announce::{Announcer, HEADING, Title};
use crate::language::LanguageContext;
use crate::text::Language;
use crate::ui::{Notice, NoticeKind};

/// A page: its heading, the notice that the page before has left, and its content.
///
/// `content` is asked again after a switch of language and the page stays as it is, so whatever has
/// a state of its own (a form, a read) is made outside of it.
pub fn page(title: Title, content: impl Fn(Language) -> AnyView + Send + 'static) -> AnyView {
    let announcer = Announcer::expect();
    let language = LanguageContext::expect();
    announcer.arrive(title);
    let notice = move || {
        announcer.notice(language.get()).map(|sentence| {
            view! { <Notice kind=NoticeKind::Success><p>{sentence}</p></Notice> }
        })
    };
    view! {
        <h1 id=HEADING tabindex="-1">{move || title(language.get())}</h1>
        {notice}
        {move || content(language.get())}
    }
    .into_any()
}
