//! Locking an account from a notice, and unlocking it (ACC-14). The door of the area.

mod lock;
mod unlock;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Locking, by the link of a notice.
    Lock,
    /// Unlocking.
    Unlock,
}

fn find(at: At) -> Page {
    match at {
        At::Lock => Page::new(lock::page),
        At::Unlock => Page::new(unlock::page),
    }
}

area!(lock, find);
