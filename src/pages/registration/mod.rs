//! Registering an account (REG), and the texts to agree to. The door of the area.

mod choose;
mod email;
mod finish;
mod legal;

use contract::registration::{Proved, Registration};
use domain::login_methods::LoginMethodKind;
use leptos::prelude::*;

use super::{Page, area};
use crate::load::Load;
use crate::paths;
use crate::text::registration::RegistrationText;
use crate::text::{Language, login_methods};
use crate::ui::{Notice, NoticeKind, Steps, live, nothing};

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
fn steps(language: Language, current: usize) -> AnyView {
    let last = RegistrationText::of(language).step_finish;
    steps_to(language, current, last)
}

/// The same where the last step is called otherwise, since it asks for less.
fn steps_to(language: Language, current: usize, last: &'static str) -> AnyView {
    let text = RegistrationText::of(language);
    let names = vec![text.step_way, text.step_identity, last];
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

/// Leads whoever came back on to the last step, while what they proved still counts.
fn go_on(needed: Load<Registration>, language: Language) -> AnyView {
    live(move || {
        let Some(proved) = needed.with(|needed| needed.proved.clone()) else {
            return nothing();
        };
        let text = RegistrationText::of(language);
        let who = who(&proved, language);
        view! {
            <Notice kind=NoticeKind::Success>
                <p>{text.proved_already} " " {who}</p>
                <a class="button" href=paths::register_finish()>
                    {text.next}
                </a>
            </Notice>
        }
        .into_any()
    })
}

/// What a proved identity is called.
fn who(proved: &Proved, language: Language) -> String {
    let way = login_methods::kind(language, proved.kind);
    match (&proved.name, proved.kind) {
        (Some(address), LoginMethodKind::Email) => address.clone(),
        (Some(name), _) => [way, " · ", name].concat(),
        (None, _) => way.to_owned(),
    }
}
