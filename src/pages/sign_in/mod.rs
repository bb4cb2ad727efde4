//! Getting in. The door of the area.

mod page;

use super::{NewVersion, Page};

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

/// Answers the page. This area comes with the app itself: it is the first that anybody sees, and its
/// form is made of the parts of all forms, which then stand where every area finds them.
///
/// # Errors
/// Never.
pub async fn open(at: At) -> Result<Page, NewVersion> {
    Ok(find(at))
}
