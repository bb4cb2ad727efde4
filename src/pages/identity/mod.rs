//! Identities of other services: coming back from their pages, choosing what follows, codes to scan. The
//! door of the area.

mod back;
mod face_done;
mod go;
mod phone;
mod scan;
mod waiting;

use super::{Page, area};

/// Where the place is kept that the person goes on to after a visit to a service.
const NEXT: &str = "visit-next";

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Goes to a service.
    Go,
    /// Where a service sends the browser back to.
    Back,
    /// What waits for the person's choice.
    Identity,
    /// A code to sign in by.
    Scan,
    /// What a phone opens that has scanned a code.
    Phone,
    /// Where the face service sends the browser back to.
    FaceDone,
}

fn find(at: At) -> Page {
    match at {
        At::Go => Page::new(go::page),
        At::Back => Page::new(back::page),
        At::Identity => Page::new(waiting::page),
        At::Scan => Page::new(scan::page),
        At::Phone => Page::new(phone::page),
        At::FaceDone => Page::new(face_done::page),
    }
}

area!(identity, find);
