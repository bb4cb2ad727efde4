//! Registering an account (REG), and the texts to agree to. The door of the area.

mod choose;
mod email;
mod finish;
mod legal;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// For whom, and by which way.
    Choose,
    /// The address and its code.
    Email,
    /// Password, phone, consent.
    Finish,
    /// The terms.
    Terms,
    /// The privacy text.
    Privacy,
}

fn find(at: At) -> Page {
    match at {
        At::Choose => Page::new(choose::page),
        At::Email => Page::new(email::page),
        At::Finish => Page::new(finish::page),
        At::Terms => Page::new(legal::terms),
        At::Privacy => Page::new(legal::privacy),
    }
}

area!(registration, find);

/// The name under which this tab keeps for whom the account is.
const FOR_WHOM: &str = "register-for";
/// What stands there for an enterprise.
const ENTERPRISE: &str = "enterprise";
/// What stands there for a person.
const PERSON: &str = "person";
/// The name under which this tab keeps the address.
const EMAIL_DRAFT: &str = "register-email";
/// The name under which this tab keeps the phone.
const PHONE_DRAFT: &str = "register-phone";
/// The id of the input for the address's code.
const EMAIL_CODE: &str = "register-email-code";
/// The id of the input for the phone's code.
const PHONE_CODE: &str = "register-phone-code";

/// The steps of registering, with the present one marked.
fn steps(language: crate::text::Language, current: usize) -> leptos::prelude::AnyView {
    use leptos::prelude::*;

    use crate::text::registration::RegistrationText;
    use crate::ui::Steps;

    let text = RegistrationText::of(language);
    let names = vec![text.step_way, text.step_identity, text.step_finish];
    view! {
        <Steps
            label=text.steps
            steps=names
            current=Signal::stored(current)
            done=text.step_done
        />
    }
    .into_any()
}
