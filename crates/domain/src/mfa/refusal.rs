//! Why MFA says no.

use serde::{Deserialize, Serialize};

use crate::protection::ProtectionKind;
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// Why a device is not bound or unbound, or a code not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum MfaRefusal {
    /// The account has a device already; replace it, or unbind it first (MFA-2).
    DeviceBound,
    /// The account has no device (MFA-2).
    NoDevice,
    /// No binding of this kind was begun, or it has lapsed (MFA-2).
    NoBinding,
    /// The two codes are not of two steps that follow each other (MFA-1). The secret stays the
    /// same; wait for two fresh codes.
    CodesNotConsecutive {
        /// The server's time at the answer, so that the page can show how far apart the clocks are.
        server_time: Timestamp,
    },
    /// The security key's answer does not prove it (MFA-1).
    KeyNotProved,
    /// The security key is bound already, to this account or another (MFA-1, MFA-2).
    KeyTaken,
    /// Browsers tie security keys to a site's name, and this place has none (MFA-1).
    NoKeysHere,
    /// A protection asks for it (PRT-1).
    FactorChosen {
        /// The protection.
        protection: ProtectionKind,
    },
    /// The code is wrong: it has expired, or the clocks are apart (MFA-4).
    WrongCode {
        /// The server's time at the answer.
        server_time: Timestamp,
        /// Wrong tries left until the check is locked.
        tries_left: u32,
    },
    /// The code was right and has been used before; wait for the next one (MFA-3).
    AlreadyUsed {
        /// When the next code can be accepted.
        retry_at: Timestamp,
    },
    /// Too many wrong tries (MFA-3).
    Locked {
        /// When the lock ends.
        retry_at: Timestamp,
    },
    /// It is not one of the recovery codes (MFA-7).
    WrongRecoveryCode {
        /// Wrong tries left until the check is locked.
        tries_left: u32,
    },
    /// The recovery code was used before (MFA-7).
    RecoveryCodeUsed,
    /// WeChat is not bound as confirmation (MFA-6).
    WechatNotBound,
}

impl Refuse for MfaRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::DeviceBound | Self::NoDevice | Self::NoBinding => RuleId::Mfa2,
            Self::CodesNotConsecutive { .. }
            | Self::KeyNotProved
            | Self::KeyTaken
            | Self::NoKeysHere => RuleId::Mfa1,
            Self::FactorChosen { .. } => RuleId::Prt1,
            Self::WrongCode { .. } => RuleId::Mfa4,
            Self::AlreadyUsed { .. } | Self::Locked { .. } => RuleId::Mfa3,
            Self::WrongRecoveryCode { .. } | Self::RecoveryCodeUsed => RuleId::Mfa7,
            Self::WechatNotBound => RuleId::Mfa6,
        }
    }

    fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::AlreadyUsed { retry_at } | Self::Locked { retry_at } => Some(*retry_at),
            Self::DeviceBound
            | Self::NoDevice
            | Self::NoBinding
            | Self::CodesNotConsecutive { .. }
            | Self::KeyNotProved
            | Self::KeyTaken
            | Self::NoKeysHere
            | Self::FactorChosen { .. }
            | Self::WrongCode { .. }
            | Self::WrongRecoveryCode { .. }
            | Self::RecoveryCodeUsed
            | Self::WechatNotBound => None,
        }
    }
}
