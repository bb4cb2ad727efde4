//! Content that follows what it reads, at a price that is paid once.
//!
//! A closure in a view brings the whole machinery of an effect with it, made anew for each closure's
//! type. Here all of them are of one type, so the browser loads that machinery once.

use leptos::prelude::*;

/// Content that is made again whenever something changes that `content` has read.
pub fn live(content: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let content: Box<dyn Fn() -> AnyView + Send> = Box::new(content);
    (move || content()).into_any()
}

/// A text that follows what it reads.
pub fn live_text(text: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    Signal::derive(text).into_any()
}

/// Does something outside of the view whenever something changes that it has read: title, focus,
/// address.
pub fn react(action: impl Fn() + 'static) {
    let action: Box<dyn Fn()> = Box::new(action);
    Effect::new(move |_| action());
}

/// Nothing, where there is nothing to show.
#[must_use]
pub fn nothing() -> AnyView {
    ().into_any()
}
