//! The heading of a page and what is below it. Knows when a page begins; not which.

use leptos::prelude::*;

use crate::announce::{Announcer, HEADING, Title};
use crate::language::LanguageContext;
use crate::text::Language;
use crate::ui::{Notice, NoticeKind, live, live_text, nothing};

/// A page: its heading, the notice that the page before has left, and its content.
///
/// `content` is made again after a switch of language, so whatever has a state of its own (a form, a
/// read, what was typed) is made outside of it and lives on.
pub fn page(title: Title, content: impl Fn(Language) -> AnyView + Send + 'static) -> AnyView {
    around(title, Box::new(content))
}

/// What all pages have in common, once for all of them.
fn around(title: Title, content: Box<dyn Fn(Language) -> AnyView + Send>) -> AnyView {
    let announcer = Announcer::expect();
    let language = LanguageContext::expect();
    announcer.arrive(title);
    let notice = live(move || match announcer.notice(language.get()) {
        Some(sentence) => {
            view! { <Notice kind=NoticeKind::Success><p>{sentence}</p></Notice> }.into_any()
        }
        None => nothing(),
    });
    view! {
        <h1 id=HEADING tabindex="-1">
            {live_text(move || title(language.get()).to_owned())}
        </h1>
        {notice}
        {live(move || content(language.get()))}
    }
    .into_any()
}
