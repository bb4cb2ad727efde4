//! Why contacts and codes say no.

use serde::{Deserialize, Serialize};

use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why a code is not sent or not taken (CON-12). None tells whether a phone or e-mail is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum CodeRefusal {
    /// A code went to this target a moment ago.
    TooSoon {
        /// When the next one may be sent.
        retry_at: Timestamp,
    },
    /// This target has had all codes of the day.
    DayUsedUp {
        /// Most codes a day.
        most: u32,
        /// When the next day begins.
        retry_at: Timestamp,
    },
    /// Too many wrong codes for this account and purpose today; a new code changes nothing.
    TooManyWrongToday {
        /// When the next day begins.
        retry_at: Timestamp,
    },
    /// No code was sent for this purpose, account and target; ask for one.
    NoCode,
    /// The code has been used.
    Used,
    /// The code is too old; ask for a new one.
    Expired,
    /// The code died of wrong tries, or a newer one took its place; ask for a new one.
    Void,
    /// The code is wrong.
    Wrong {
        /// Tries left for this code.
        tries_left: u32,
    },
}

/// Why a phone or an e-mail stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum ContactRefusal {
    /// The number is the security phone of as many accounts as it may (CON-2).
    PhoneFull {
        /// Most accounts of one number.
        most: u32,
    },
    /// The new number is the present one (CON-3).
    SamePhone,
    /// The new number has not answered a code of its own for this very change (CON-3).
    PhoneNotProved,
    /// The new address is the present one (CON-5).
    SameEmail,
    /// The code was not sent to the address that must answer it, or not for this change (CON-5).
    EmailNotProved,
    /// No change is waiting, or it has lapsed (CON-5).
    NoEmailChange,
    /// The new value is the present one, or is no value of this kind (CON-6).
    SameContact,
    /// No new value is waiting, or it has lapsed (CON-6).
    NothingPending,
    /// The confirmation is for another value (CON-6).
    ContactNotProved,
    /// The number has not answered a code for this request (CON-9).
    RecycledNotProved,
    /// The number is nobody's security phone (CON-9).
    NobodyHolds,
    /// A request for this number and every account that has it is open (CON-9).
    AlreadyRequested,
    /// The case is decided, or the time to object is over (CON-9).
    CaseClosed,
    /// The holders can still object (CON-9).
    ObjectionOpen {
        /// When their time is over.
        retry_at: Timestamp,
    },
}

impl Refuse for CodeRefusal {
    fn rule(&self) -> RuleId {
        RuleId::Con12
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::TooSoon { retry_at }
            | Self::DayUsedUp { retry_at, .. }
            | Self::TooManyWrongToday { retry_at } => Some(*retry_at),
            Self::NoCode | Self::Used | Self::Expired | Self::Void | Self::Wrong { .. } => None,
        }
    }
}

impl Refuse for ContactRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::PhoneFull { .. } => RuleId::Con2,
            Self::SamePhone | Self::PhoneNotProved => RuleId::Con3,
            Self::SameEmail | Self::EmailNotProved | Self::NoEmailChange => RuleId::Con5,
            Self::SameContact | Self::NothingPending | Self::ContactNotProved => RuleId::Con6,
            Self::RecycledNotProved
            | Self::NobodyHolds
            | Self::AlreadyRequested
            | Self::CaseClosed
            | Self::ObjectionOpen { .. } => RuleId::Con9,
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::ObjectionOpen { retry_at } => Some(*retry_at),
            Self::PhoneFull { .. }
            | Self::SamePhone
            | Self::PhoneNotProved
            | Self::SameEmail
            | Self::EmailNotProved
            | Self::NoEmailChange
            | Self::SameContact
            | Self::NothingPending
            | Self::ContactNotProved
            | Self::RecycledNotProved
            | Self::NobodyHolds
            | Self::AlreadyRequested
            | Self::CaseClosed => None,
        }
    }
}
