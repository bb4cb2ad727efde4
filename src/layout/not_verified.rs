//! What an account without verification cannot do, above every page but those on which it is verified
//! (VER-9).

use domain::account::VerificationStatus;
use leptos::prelude::*;

use crate::address::Address;
use crate::language::LanguageContext;
use crate::paths;
use crate::session::SignedIn;
use crate::text::shell::ShellText;
use crate::ui::{live, nothing};

/// The banner.
#[component]
pub fn NotVerified(
    /// Who is signed in, if anybody is, on this page.
    user: Memo<Option<SignedIn>>,
) -> impl IntoView {
    let address = Address::expect();
    let language = LanguageContext::expect();
    let is_shown = Memo::new(move |_| {
        let is_closed = user.get().is_some_and(|owner| {
            !owner.is_sub_user && owner.verification == VerificationStatus::Unverified
        });
        let here = address.get();
        let verifies = paths::is_path(&here, paths::verification())
            || paths::is_below(&here, paths::verification());
        is_closed && !verifies
    });
    live(move || {
        if !is_shown.get() {
            return nothing();
        }
        let text = ShellText::of(language.get());
        view! {
            <div class="banner">
                <p>{text.not_verified}</p>
                <a href=paths::verification()>{text.verify_now}</a>
            </div>
        }
        .into_any()
    })
}
