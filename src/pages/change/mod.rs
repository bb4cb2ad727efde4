//! Changing the verification (CHG): the wizard, one address for each step, and the page of the link by
//! which the new subject accepts. The door of the area.

mod check;
mod choose;
mod consent;
mod done;
mod fields;
mod information;
mod method;
mod papers;
mod proof;
mod review;
mod start;
mod wizard;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// What can be changed, and what stands against it.
    Start,
    /// Step 1: what changes.
    Type,
    /// Step 2: the new data and the proof.
    Proof,
    /// The end of step 2: everything once more.
    Check,
    /// Step 3: the review.
    Review,
    /// Step 4: basic information.
    Information,
    /// Step 5: the new subject proves itself.
    Method,
    /// Step 6: the result.
    Done,
    /// The link of the new subject.
    Consent,
}

fn find(at: At) -> Page {
    match at {
        At::Start => Page::new(start::page),
        At::Type => Page::new(choose::page),
        At::Proof => Page::new(proof::page),
        At::Check => Page::new(check::page),
        At::Review => Page::new(review::page),
        At::Information => Page::new(information::page),
        At::Method => Page::new(method::page),
        At::Done => Page::new(done::page),
        At::Consent => Page::new(consent::page),
    }
}

area!(change, find);
