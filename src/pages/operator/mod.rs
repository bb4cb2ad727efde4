//! The operators' desk: signing in there, queues, accounts, enterprises. The door of the area.

mod account;
mod accounts;
mod desk;
mod enterprises;
mod queues;
mod shortcuts;
mod sign_in;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Signing in.
    SignIn,
    /// The queues.
    Queues,
    /// Finding an account.
    Accounts,
    /// One account.
    Account,
    /// The places of an enterprise.
    Enterprises,
}

fn find(at: At) -> Page {
    match at {
        At::SignIn => Page::new(sign_in::page),
        At::Queues => Page::new(queues::page),
        At::Accounts => Page::new(accounts::page),
        At::Account => Page::new(account::page),
        At::Enterprises => Page::new(enterprises::page),
    }
}

area!(operator, find);
