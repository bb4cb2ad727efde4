//! Journeys through the pages below `/account`.

mod nickname;
mod phone;
