//! A forgotten password (SGN-7). The door of the area.

mod page;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The code, the account, the new password.
    Forgotten,
}

fn find(at: At) -> Page {
    match at {
        At::Forgotten => Page::new(page::page),
    }
}

area!(forgotten, find);
