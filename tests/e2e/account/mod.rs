//! Journeys through the pages below `/account`.

mod contacts;
mod nickname;
mod phone;
