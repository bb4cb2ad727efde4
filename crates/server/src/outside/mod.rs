//! Everything that is not ours to decide: time, randomness, mail, text messages,
//! who a person is, whose face is seen, what is registered, what was paid, what the platform around us
//! knows.
//!
//! One file per service: a trait, the real adapter, the sandbox. Must not know axum or tables.

pub mod bank;
pub mod clock;
pub mod documents;
pub mod face;
pub mod ids;
pub mod mail;
pub mod official;
pub mod places;
pub mod platform;
pub mod providers;
pub mod real_name;
pub mod registry;
mod service;
pub mod sms;
mod web;

use std::fmt;

use futures_util::future::BoxFuture;

/// The answer of a sending adapter, whose trait is used as an object.
pub type Sending<'a> = BoxFuture<'a, Result<(), SendFailure>>;

/// Why a message was not handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendFailure {
    /// It may work later: the other side is away, busy or refuses for now.
    Later(String),
    /// It will never work: the other side refuses this recipient or this message.
    Never(String),
}

impl fmt::Display for SendFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Later(reason) | Self::Never(reason) => f.write_str(reason),
        }
    }
}
