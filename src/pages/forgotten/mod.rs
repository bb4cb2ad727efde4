//! Getting back in without being signed in: a forgotten password (SGN-7), locking from a notice and
//! unlocking (ACC-14). The door of the area.

mod found;
mod lock;
mod page;
mod unlock;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// A forgotten password.
    Forgotten,
    /// Locking, by the link of a notice.
    Lock,
    /// Unlocking.
    Unlock,
}

fn find(at: At) -> Page {
    match at {
        At::Forgotten => Page::new(page::page),
        At::Lock => Page::new(lock::page),
        At::Unlock => Page::new(unlock::page),
    }
}

area!(forgotten, find);
