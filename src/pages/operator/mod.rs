//! The operators' desk: signing in there, queues, cases, accounts, enterprises. The door of the area.

mod account;
mod accounts;
mod case;
mod desk;
mod enterprises;
mod queues;
mod reasons;
mod shortcuts;
mod sign_in;
mod viewer;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Signing in.
    SignIn,
    /// The queues.
    Queues,
    /// One case.
    Case,
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
        At::Case => Page::new(case::page),
        At::Accounts => Page::new(accounts::page),
        At::Account => Page::new(account::page),
        At::Enterprises => Page::new(enterprises::page),
    }
}

area!(operator, find);
