//! Verifying an enterprise, and what is recorded with a verified one. The door of the area.

mod choices;
mod code;
mod common;
mod contact;
mod fields;
mod form;
mod official;
mod stands;
mod top_up;
mod transfer;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The form, and how the attempt stands.
    Form,
    /// The corporate bank transfer.
    Transfer,
    /// The top-up.
    TopUp,
    /// The permission of the Official Account.
    Official,
    /// The enterprise contact.
    Contact,
    /// The code.
    Code,
}

fn find(at: At) -> Page {
    match at {
        At::Form => Page::new(form::page),
        At::Transfer => Page::new(transfer::page),
        At::TopUp => Page::new(top_up::page),
        At::Official => Page::new(official::page),
        At::Contact => Page::new(contact::page),
        At::Code => Page::new(code::page),
    }
}

area!(enterprise, find);
