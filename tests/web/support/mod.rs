//! What the tests share: a stage with the app on it, and a server that is a list of answers.

pub(crate) mod server;
pub(crate) mod stage;
pub(crate) mod uploads;

use contract::account::{AccountInfo, ContactShown};
use contract::problem::Problem;
use contract::session::{CurrentSession, Owner};
use domain::account::{AppId, Site, VerificationStatus};
use domain::time::{Span, Timestamp};

/// The server's clock.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

/// An account as the server tells it.
pub(crate) fn account(nickname: &str, version: i64) -> AccountInfo {
    AccountInfo {
        account_id: "100012345678".parse().unwrap(),
        registered_at: NOW,
        nickname: nickname.to_owned(),
        nickname_version: version,
        app_id: AppId::parse("2000000001").unwrap(),
        site: Site::China,
        login_email: Some("z***@demo.example".to_owned()),
        security_phone: None,
        security_email: None,
        contact_phone: ContactShown::default(),
        contact_email: ContactShown::default(),
        login_methods: Vec::new(),
        expiring: Vec::new(),
        export_refusals: Vec::new(),
        has_password: true,
        pending: Vec::new(),
        server_time: NOW,
        verification: VerificationStatus::Person,
        verified_name: Some("张*".to_owned()),
    }
}

/// A session of two hours.
pub(crate) fn signed_in() -> CurrentSession {
    session_of(Span::from_hours(2), true)
}

/// A session that ends after `lasts`.
pub(crate) fn session_of(lasts: Span, extends_with_use: bool) -> CurrentSession {
    CurrentSession {
        owner: Some(Owner {
            sub_user: None,
            must_set_password: false,
            account_id: "100012345678".parse().unwrap(),
            nickname: "云上小张".to_owned(),
            ends_at: NOW.plus(lasts),
            extends_with_use,
            warn_before: 120_000,
            freeze: None,
            verification: domain::account::VerificationStatus::Person,
        }),
        server_time: NOW,
    }
}

/// Nobody is signed in.
pub(crate) fn nobody() -> CurrentSession {
    CurrentSession {
        owner: None,
        server_time: NOW,
    }
}

/// A problem document of this kind.
pub(crate) fn problem(status: u16, kind: &str) -> Problem {
    Problem {
        kind: format!("/problems/{kind}"),
        title: String::new(),
        status,
        rule: None,
        refusals: Vec::new(),
        retry_at: None,
        fields: Vec::new(),
        request_id: "0194f0".to_owned(),
    }
}
