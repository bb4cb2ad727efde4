//! Devices that skip the second proof (SGN-2). Must not know cookies: that a browser says it is
//! trusted means nothing here.

use super::SignInPolicy;
use crate::protection::SecurityChange;
use crate::time::Timestamp;

/// Names one device of one account. The store decides how; here ids are only compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeviceId(String);

/// A device on which a second proof was given and "trust this device" was ticked (SGN-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedDevice {
    /// The device.
    pub device: DeviceId,
    /// When the second proof was given.
    pub proved_at: Timestamp,
}

impl DeviceId {
    /// The device that the store knows by `id`.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as the store knows it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TrustedDevice {
    /// When the trust ends: 168 hours after the second proof, however often the device is used (SGN-2).
    #[must_use]
    pub fn expires_at(&self, policy: &SignInPolicy) -> Timestamp {
        self.proved_at.plus(policy.trust)
    }
}

/// Whether `device` skips the second proof at sign-in, by the server's own list (SGN-2).
#[must_use]
pub fn is_trusted(
    trusted: &[TrustedDevice],
    device: &DeviceId,
    policy: &SignInPolicy,
    now: Timestamp,
) -> bool {
    trusted
        .iter()
        .any(|entry| entry.device == *device && now < entry.expires_at(policy))
}

/// The list after a change of the account's security: all trust goes, or none (SGN-2).
#[must_use]
pub fn trust_after(change: SecurityChange, trusted: Vec<TrustedDevice>) -> Vec<TrustedDevice> {
    if change.revokes_trust() {
        Vec::new()
    } else {
        trusted
    }
}

/// The list after its owner took the trust from `device` in Security settings (SGN-2).
#[must_use]
pub fn revoke_trust(mut trusted: Vec<TrustedDevice>, device: &DeviceId) -> Vec<TrustedDevice> {
    trusted.retain(|entry| entry.device != *device);
    trusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const PROVED: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn laptop() -> DeviceId {
        DeviceId::new("laptop")
    }

    fn trusted() -> Vec<TrustedDevice> {
        vec![TrustedDevice {
            device: laptop(),
            proved_at: PROVED,
        }]
    }

    fn skips(trusted: &[TrustedDevice], device: &DeviceId, now: Timestamp) -> bool {
        is_trusted(trusted, device, &SignInPolicy::default(), now)
    }

    #[test]
    fn sgn_2_trust_lasts_168_hours_from_the_second_proof() {
        let end = PROVED.plus(Span::from_hours(168));
        assert!(skips(&trusted(), &laptop(), PROVED));
        assert!(skips(
            &trusted(),
            &laptop(),
            end.minus(Span::from_millis(1))
        ));
        assert!(!skips(&trusted(), &laptop(), end));
        assert_eq!(trusted()[0].expires_at(&SignInPolicy::default()), end);
    }

    #[test]
    fn sgn_2_trust_is_of_one_device() {
        assert!(!skips(&trusted(), &DeviceId::new("phone"), PROVED));
        assert!(
            !skips(&[], &laptop(), PROVED),
            "what the browser says does not count"
        );
    }

    #[test]
    fn v_25_each_event_that_should_end_trust_ends_it() {
        for change in [
            SecurityChange::PasswordChanged,
            SecurityChange::PasswordReset,
            SecurityChange::MfaReplaced,
            SecurityChange::MfaUnbound,
        ] {
            let left = trust_after(change, trusted());
            assert!(!skips(&left, &laptop(), PROVED), "{change:?}");
        }
        let left = revoke_trust(trusted(), &laptop());
        assert!(!skips(&left, &laptop(), PROVED));
        let left = revoke_trust(trusted(), &DeviceId::new("phone"));
        assert!(skips(&left, &laptop(), PROVED));
        let left = trust_after(SecurityChange::LoginMethodBound, trusted());
        assert!(skips(&left, &laptop(), PROVED));
    }
}
