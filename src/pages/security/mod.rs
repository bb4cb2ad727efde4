//! Security settings: how safe the account is, and changing that. The door of the area.

mod change;
mod email;
mod end_others;
mod history;
mod overview;
mod password;
mod phone;
mod protection;
mod sessions;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The overview.
    Overview,
    /// The password.
    Password,
    /// The security phone.
    Phone,
    /// The security e-mail.
    Email,
    /// Sign-in and operation protection.
    Protection,
    /// Sessions, their limits, trusted devices.
    Sessions,
    /// The sign-in history.
    History,
}

fn find(at: At) -> Page {
    match at {
        At::Overview => Page::new(overview::page),
        At::Password => Page::new(password::page),
        At::Phone => Page::new(phone::page),
        At::Email => Page::new(email::page),
        At::Protection => Page::new(protection::page),
        At::Sessions => Page::new(sessions::page),
        At::History => Page::new(history::page),
    }
}

area!(security, find);
