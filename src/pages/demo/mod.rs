//! The demo's own pages, which no other installation has. The door of the area.

mod bank;
mod face;
mod official;
mod outbox;
mod phone;
mod platform;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Each SMS and e-mail that was sent.
    Outbox,
    /// The phone.
    Phone,
    /// The camera.
    Face,
    /// What the cloud platform says of accounts.
    Platform,
    /// The bank and the business register.
    Bank,
    /// The phone of an Official Account's administrator.
    Official,
}

fn find(at: At) -> Page {
    match at {
        At::Outbox => Page::new(outbox::page),
        At::Phone => Page::new(phone::page),
        At::Face => Page::new(face::page),
        At::Platform => Page::new(platform::page),
        At::Bank => Page::new(bank::page),
        At::Official => Page::new(official::page),
    }
}

area!(demo, find);
