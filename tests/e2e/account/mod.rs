//! Journeys through the pages below `/account`.

mod contacts;
mod identity;
mod login_methods;
mod nickname;
mod phone;
