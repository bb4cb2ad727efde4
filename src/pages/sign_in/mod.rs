//! Getting in. The door of the area.

mod page;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Signing in by e-mail and password.
    SignIn,
}

fn find(at: At) -> Page {
    match at {
        At::SignIn => Page::new(page::page),
    }
}

area!(sign_in, find);
