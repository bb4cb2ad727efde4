//! The account itself. The door of the area; what changes something has its own beside it.

pub mod changes;
mod confirm;
mod contact;
mod data;
mod info;
mod login_email;
mod login_methods;
mod nickname;
mod several;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Account info.
    Info,
}

fn find(at: At) -> Page {
    match at {
        At::Info => Page::new(info::page),
    }
}

area!(account, find);
