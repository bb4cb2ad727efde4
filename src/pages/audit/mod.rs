//! The operation audit: everything that was done on the account. The door of the area.

mod rows;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The rows.
    Rows,
}

fn find(at: At) -> Page {
    match at {
        At::Rows => Page::new(rows::page),
    }
}

area!(audit, find);
