//! Every endpoint: method, path, who may call it, whether it leaves an audit row.
//!
//! The server mounts from here, the browser calls from here, and the coverage tests walk [`all`].

mod account;
mod audit;
mod captcha;
mod changes;
mod demo;
mod documents;
mod enterprise;
mod forgotten;
mod help;
mod interface;
mod lock;
mod mfa;
mod operators;
mod proof;
mod providers;
mod registration;
mod security;
mod session;
mod verification;

use std::fmt;

pub use account::*;
pub use audit::*;
pub use captcha::*;
pub use changes::*;
pub use demo::*;
pub use documents::*;
pub use enterprise::*;
pub use forgotten::*;
pub use help::*;
pub use interface::*;
pub use lock::*;
pub use mfa::*;
pub use operators::*;
pub use proof::*;
pub use providers::*;
pub use registration::*;
pub use security::*;
pub use session::*;
pub use verification::*;

/// The methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes something or starts something.
    Post,
    /// Replaces.
    Put,
    /// Ends or removes.
    Delete,
}

/// Who may call an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Anybody, for the reason given.
    Anyone(&'static str),
    /// The signed-in owner of an account.
    Owner,
    /// Whoever is signed in: the owner, or a sub-user for itself (SGN-14).
    User,
    /// An operator on duty, who gave password and code at the desk's own sign-in (OPS-1).
    Operator,
    /// Anybody, but only where the demo runs; elsewhere the path does not exist.
    Demo,
}

/// What a call leaves in the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audit {
    /// Nothing, since it changes nothing that is anybody's, for the reason given.
    Nothing(&'static str),
    /// One row with this event name.
    Event(&'static str),
}

/// One endpoint of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The HTTP method.
    pub method: Method,
    /// The path, with `{name}` where a value stands.
    pub path: &'static str,
    /// Who may call it.
    pub who: Who,
    /// What it leaves in the audit log.
    pub audit: Audit,
}

const READS: Audit = Audit::Nothing("it only reads");

/// Every endpoint.
pub fn all() -> impl Iterator<Item = &'static Endpoint> {
    [
        session::AREA,
        account::AREA,
        audit::AREA,
        documents::AREA,
        captcha::AREA,
        proof::AREA,
        changes::AREA,
        mfa::AREA,
        security::AREA,
        registration::AREA,
        forgotten::AREA,
        lock::AREA,
        mfa::AREA,
        providers::AREA,
        operators::AREA,
        help::AREA,
        interface::AREA,
        demo::AREA,
        enterprise::AREA,
        verification::AREA,
    ]
    .into_iter()
    .flatten()
}

impl Method {
    /// The method's name in a request.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Whether a call with it may change something.
    #[must_use]
    pub const fn is_changing(self) -> bool {
        !matches!(self, Self::Get)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), self.path)
    }
}
