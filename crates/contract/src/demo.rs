//! The demo's own endpoints: outbox, movable clock, phone and camera. In production none of them exists.

use domain::identity::{DomainName, Fen, IcpFiling, ServerIp};
use domain::login_methods::LoginMethodKind;
use domain::time::Timestamp;
use domain::verification::FaceCause;
use serde::{Deserialize, Serialize};

/// The answer to [`crate::endpoints::DEMO_OUTBOX`], newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outbox {
    /// The messages that left the house.
    pub messages: Vec<OutboxMessage>,
    /// The time of the demo's clock.
    pub server_time: Timestamp,
}

/// One SMS or e-mail, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxMessage {
    /// Names the message in the list.
    pub id: String,
    /// How it was sent.
    pub channel: Channel,
    /// The phone number or address.
    pub to: String,
    /// The subject line of an e-mail.
    pub subject: Option<String>,
    /// What the reader sees.
    pub body: String,
    /// When it was handed over.
    pub sent_at: Timestamp,
}

/// How a message reaches its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A text message.
    Sms,
    /// An e-mail.
    Email,
}

/// The body of [`crate::endpoints::DEMO_MOVE_CLOCK`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveClock {
    /// How far to move forward, in milliseconds; never backwards.
    pub forward_by: u64,
}

/// The answer to [`crate::endpoints::DEMO_MOVE_CLOCK`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClockMoved {
    /// The time of the demo's clock from now on.
    pub server_time: Timestamp,
}

/// The answer to [`crate::endpoints::DEMO_PEOPLE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct People {
    /// Who can be chosen.
    pub people: Vec<Person>,
}

/// Somebody made up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// Names the person.
    pub id: String,
    /// What they call themselves.
    pub name: String,
}

/// The body of [`crate::endpoints::DEMO_ANSWER_PHONE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerPhone {
    /// The service that the phone plays.
    pub kind: LoginMethodKind,
    /// Who confirms; nobody, when it is cancelled.
    pub person: Option<String>,
    /// What the page was called with.
    pub state: String,
    /// What the page was called with.
    pub challenge: String,
    /// What the page was called with; an address of this installation.
    pub redirect_uri: String,
}

/// The answer to [`crate::endpoints::DEMO_ANSWER_PHONE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhoneAnswered {
    /// Where the phone sends the browser.
    pub address: String,
}

/// The body of [`crate::endpoints::DEMO_LOOK`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The check that the page was called with.
    pub check: String,
    /// Why it is not the right face; nothing, when it is.
    pub cause: Option<FaceCause>,
}

/// The answer to [`crate::endpoints::DEMO_LOOK`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Looked {
    /// Whether there was such a check that had not ended.
    pub was_waiting: bool,
}

/// The body of [`crate::endpoints::DEMO_SET_PLATFORM`]: what the platform says of an account from now on, in
/// place of what it said before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SetPlatform {
    /// The account's id, as typed.
    pub account_id: String,
    /// What it owes.
    pub arrears: Fen,
    /// What was advanced for it and not paid back.
    pub advance: Fen,
    /// Its cash balance.
    pub balance: Fen,
    /// Bills that were issued and not paid.
    pub unpaid_bills: u32,
    /// Orders that are not finished.
    pub unfinished_orders: u32,
    /// Open complaints.
    pub complaints: u32,
    /// Some resources are kept back because their renewal was not paid.
    pub in_retention: bool,
    /// Its ICP filings.
    pub filings: Vec<IcpFiling>,
    /// Its domains.
    pub domains: Vec<DomainName>,
    /// The addresses of its servers.
    pub server_ips: Vec<ServerIp>,
    /// The platform does not answer about it.
    pub is_away: bool,
}

/// The answer to [`crate::endpoints::DEMO_OPERATOR_CODES`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorCodes {
    /// One for each operator who works here.
    pub codes: Vec<OperatorCode>,
}

/// What the app of one operator shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorCode {
    /// The name that signs in.
    pub name: String,
    /// The six digits; nothing while no app is bound.
    pub code: Option<String>,
}
