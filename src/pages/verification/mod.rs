//! Real-name verification: what stands, and being verified as a person. The door of the area.

mod advice;
mod overview;
mod person;
mod problems;
mod step;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// What stands, and how to be verified.
    Overview,
    /// Being verified as a person.
    Person,
}

fn find(at: At) -> Page {
    match at {
        At::Overview => Page::new(overview::page),
        At::Person => Page::new(person::page),
    }
}

area!(verification, find);
