//! Says where the person is after a navigation: title, focus, one polite sentence (V-44).
//!
//! Knows the heading of the page; does not know pages.

use leptos::prelude::*;

use crate::language::LanguageContext;
use crate::text::shell::ShellText;
use crate::text::{Language, Sentence};
use crate::ui::{focus_soon, react};

/// The id of a page's one `<h1>`, which gets the focus.
pub const HEADING: &str = "page-heading";

/// The words of a page's heading, which are also its title.
pub type Title = fn(Language) -> &'static str;

/// What is said about the page on screen.
#[derive(Clone, Copy)]
pub struct Announcer {
    title: RwSignal<Option<Title>>,
    /// The page shows that something typed is wrong.
    has_errors: RwSignal<bool>,
    /// For the live region.
    said: RwSignal<Option<Sentence>>,
    /// Left by one page for the next.
    left: RwSignal<Option<Sentence>>,
    /// Shown on this page.
    notice: RwSignal<Option<Sentence>>,
}

impl Announcer {
    /// Keeps the browser's title in step from now on.
    pub fn provide(language: LanguageContext) -> Self {
        let announcer = Self {
            title: RwSignal::new(None),
            has_errors: RwSignal::new(false),
            said: RwSignal::new(None),
            left: RwSignal::new(None),
            notice: RwSignal::new(None),
        };
        provide_context(announcer);
        react(move || {
            if let Some(title) = announcer.document_title(language.get()) {
                document().set_title(&title);
            }
        });
        announcer
    }

    /// The app's announcer.
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    /// A page has come on screen. On the first one the browser itself has said so.
    pub fn arrive(self, title: Title) {
        let is_first = self.title.get_untracked().is_none();
        self.title.set(Some(title));
        self.has_errors.set(false);
        let notice = self.left.get_untracked();
        self.left.set(None);
        self.notice.set(notice.clone());
        if is_first {
            return;
        }
        self.said.set(Some(Sentence::new(move |language| {
            let title = title(language);
            match &notice {
                Some(notice) => format!("{title} {}", notice.say(language)),
                None => title.to_owned(),
            }
        })));
        focus_soon(HEADING);
    }

    /// The page shows, or no longer shows, that something typed is wrong; the title says so too.
    pub fn show_errors(self, has_errors: bool) {
        self.has_errors.set(has_errors);
    }

    /// Something was done on this page, and the person stays on it.
    pub fn tell(self, notice: Sentence) {
        self.said.set(Some(notice.clone()));
        self.notice.set(Some(notice));
    }

    /// The notice has been read, or no longer fits.
    pub fn clear_notice(self) {
        self.notice.set(None);
    }

    /// Leaves a notice for the next page.
    pub fn leave_notice(self, notice: Sentence) {
        self.left.set(Some(notice));
    }

    /// The notice of the page on screen, in `language`.
    #[must_use]
    pub fn notice(self, language: Language) -> Option<String> {
        self.notice
            .with(|notice| notice.as_ref().map(|notice| notice.say(language)))
    }

    /// What the live region says, in `language`.
    #[must_use]
    pub fn said(self, language: Language) -> String {
        self.said.with(|said| {
            said.as_ref()
                .map_or_else(String::new, |said| said.say(language))
        })
    }

    fn document_title(self, language: Language) -> Option<String> {
        let title = self.title.get()?(language);
        let prefix = if self.has_errors.get() {
            ShellText::of(language).error_prefix
        } else {
            ""
        };
        Some(format!(
            "{prefix}{title} - {}",
            crate::product::name(language)
        ))
    }
}
