//! The help centre (HLP-1). The door of the area.

mod find;
mod page;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Every question with its answer.
    Help,
}

fn find(at: At) -> Page {
    match at {
        At::Help => Page::new(page::page),
    }
}

area!(help, find);
