//! Help when a code is refused or the device is gone (MFA-4, MFA-5). Knows the causes and the ways
//! out; does not know their wording.

use serde::{Deserialize, Serialize};

use super::TotpStep;
use crate::protection::{Means, ProofMethod};
use crate::time::{Span, Timestamp};

/// Why a code of a TOTP device is refused (MFA-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WrongCodeCause {
    /// The code has expired; there is a new one every 30 seconds.
    Expired,
    /// The clocks of phone and computer are apart.
    ClocksApart,
}

/// How far the reader's clock is from the server's (MFA-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "clock", content = "by", rename_all = "snake_case")]
pub enum ClockSkew {
    /// Close enough: less than one step apart.
    Close,
    /// The reader's clock is ahead by this much.
    Ahead(Span),
    /// The reader's clock is behind by this much.
    Behind(Span),
}

/// A way in without the device (MFA-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", content = "method", rename_all = "snake_case")]
pub enum LostDeviceWay {
    /// One of the recovery codes that are left.
    RecoveryCode,
    /// Another proof that the account has; with it the device can be replaced.
    OtherProof(ProofMethod),
    /// An appeal (APL-4).
    Appeal,
}

impl WrongCodeCause {
    /// Both causes, the commoner one first (MFA-4).
    pub const ALL: [Self; 2] = [Self::Expired, Self::ClocksApart];
}

/// Compares the reader's clock with the server's time that a refusal carried (MFA-4).
#[must_use]
pub fn clock_skew(reader: Timestamp, server: Timestamp) -> ClockSkew {
    let (ahead, behind) = (reader.since(server), server.since(reader));
    if ahead.as_millis() >= TotpStep::MILLIS {
        ClockSkew::Ahead(ahead)
    } else if behind.as_millis() >= TotpStep::MILLIS {
        ClockSkew::Behind(behind)
    } else {
        ClockSkew::Close
    }
}

/// The ways in for somebody whose device is gone, quickest first; the appeal is always there (MFA-5).
#[must_use]
pub fn lost_device_ways(means: &Means, recovery_codes_left: usize) -> Vec<LostDeviceWay> {
    let code = (recovery_codes_left > 0).then_some(LostDeviceWay::RecoveryCode);
    code.into_iter()
        .chain(
            means
                .all()
                .filter(|method| *method != ProofMethod::Mfa)
                .map(LostDeviceWay::OtherProof),
        )
        .chain([LostDeviceWay::Appeal])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    #[test]
    fn mfa_4_two_causes_explain_a_refused_code() {
        assert_eq!(
            WrongCodeCause::ALL,
            [WrongCodeCause::Expired, WrongCodeCause::ClocksApart]
        );
    }

    #[test]
    fn mfa_4_clocks_are_apart_from_one_step_on() {
        let step = Span::from_seconds(30);
        let less = Span::from_millis(29_999);
        assert_eq!(clock_skew(NOW.plus(less), NOW), ClockSkew::Close);
        assert_eq!(clock_skew(NOW.plus(step), NOW), ClockSkew::Ahead(step));
        assert_eq!(clock_skew(NOW.minus(less), NOW), ClockSkew::Close);
        assert_eq!(clock_skew(NOW.minus(step), NOW), ClockSkew::Behind(step));
    }

    #[test]
    fn mfa_5_a_lost_device_ends_with_the_appeal() {
        assert_eq!(
            lost_device_ways(&Means::default(), 0),
            [LostDeviceWay::Appeal]
        );
        let means = Means {
            mfa: Some(NOW),
            security_phone: Some(NOW),
            ..Means::default()
        };
        assert_eq!(
            lost_device_ways(&means, 1),
            [
                LostDeviceWay::RecoveryCode,
                LostDeviceWay::OtherProof(ProofMethod::SecurityPhone),
                LostDeviceWay::Appeal
            ]
        );
    }
}
