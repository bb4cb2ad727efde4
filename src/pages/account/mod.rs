//! The account itself. The door of the area.

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
    /// Setting or replacing the login e-mail.
    LoginEmail,
    /// Confirming a contact e-mail by the link that went there.
    ConfirmContact,
}

fn find(at: At) -> Page {
    match at {
        At::Info => Page::new(info::page),
        At::LoginEmail => Page::new(login_email::page),
        At::ConfirmContact => Page::new(confirm::page),
    }
}

area!(account, find);
