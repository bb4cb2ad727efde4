//! What not everybody meets who signs in: the second step, and a sub-user's sign-in. The door of the
//! area.

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
}

fn find(at: At) -> Page {
    match at {
        At::Proof => Page::new(proof::page),
        At::SubUser => Page::new(sub_user::page),
    }
}

area!(second_step, find);
