//! What not everybody meets who signs in: the second step, a sub-user's sign-in and what it then sees. The
//! door of the area.

mod home;
mod proof;
mod sub_user;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The second step.
    Proof,
    /// A sub-user's sign-in.
    SubUser,
    /// What a sub-user sees in the place of its owner's pages.
    Home,
}

fn find(at: At) -> Page {
    match at {
        At::Proof => Page::new(proof::page),
        At::SubUser => Page::new(sub_user::page),
        At::Home => Page::new(home::page),
    }
}

area!(second_step, find);
