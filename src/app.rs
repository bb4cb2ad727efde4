//! The app as a whole: what every part may ask for, and the page in its frame.

use leptos::prelude::*;

use crate::address::Address;
use crate::announce::Announcer;
use crate::language::LanguageContext;
use crate::layout::Frame;
use crate::routes::CurrentPage;
use crate::session::SessionContext;
use crate::step_up::{StepUp, StepUpHost};

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let language = LanguageContext::provide();
    let announcer = Announcer::provide(language);
    Address::provide();
    SessionContext::provide(announcer);
    StepUp::provide();
    view! {
        <Frame>
            <CurrentPage />
            <StepUpHost />
        </Frame>
    }
}
