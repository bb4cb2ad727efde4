//! The demo's own endpoints: outbox and movable clock. In production none of them exists.

use domain::time::Timestamp;
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
