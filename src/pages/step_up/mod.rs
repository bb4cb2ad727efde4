//! The question for a proof that opens over a page (PRT-2). The door of the area.

mod question;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The question, over whatever page is open.
    Question,
}

fn find(at: At) -> Page {
    match at {
        At::Question => Page::new(question::show),
    }
}

area!(step_up, find);
