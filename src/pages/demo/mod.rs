//! The demo's own pages, which no other installation has. The door of the area.

mod outbox;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Each SMS and e-mail that was sent.
    Outbox,
}

fn find(at: At) -> Page {
    match at {
        At::Outbox => Page::new(outbox::page),
    }
}

area!(demo, find);
