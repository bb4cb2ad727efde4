//! Every endpoint: method, path, who may call it, whether it leaves an audit row.
//!
//! The server mounts from here, the browser calls from here, and the coverage tests walk [`ALL`].

use std::fmt;

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

/// Signs an owner in by e-mail and password (SGN-1).
pub const SIGN_IN: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/session",
    who: Who::Anyone("signing in is how one becomes somebody"),
    audit: Audit::Event("signed_in"),
};

/// Tells who is signed in, and until when (SGN-13).
pub const GET_SESSION: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/session",
    who: Who::Anyone("the answer to nobody is that nobody is signed in"),
    audit: READS,
};

/// Signs out; also with a session that has ended already.
pub const SIGN_OUT: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/session",
    who: Who::Anyone("a session that has ended on the server must still end in the browser"),
    audit: Audit::Event("signed_out"),
};

/// Shows Account info (ACC-1, ACC-3, ACC-4).
pub const GET_ACCOUNT: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/account",
    who: Who::Owner,
    audit: READS,
};

/// Changes the nickname (ACC-4).
pub const CHANGE_NICKNAME: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/account/nickname",
    who: Who::Owner,
    audit: Audit::Event("nickname_changed"),
};

/// The OpenAPI document of this very table (API-1).
pub const OPENAPI: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/openapi.json",
    who: Who::Anyone("the description of the interface is public"),
    audit: READS,
};

/// Shows every message that the demo sent.
pub const DEMO_OUTBOX: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/demo/outbox",
    who: Who::Demo,
    audit: READS,
};

/// Moves the demo's clock forward.
pub const DEMO_MOVE_CLOCK: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/demo/clock",
    who: Who::Demo,
    audit: Audit::Nothing("the demo's clock belongs to no account"),
};

/// Every endpoint.
pub const ALL: &[Endpoint] = &[
    SIGN_IN,
    GET_SESSION,
    SIGN_OUT,
    GET_ACCOUNT,
    CHANGE_NICKNAME,
    OPENAPI,
    DEMO_OUTBOX,
    DEMO_MOVE_CLOCK,
];

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
