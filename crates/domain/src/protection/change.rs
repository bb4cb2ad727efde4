//! What follows from a change of the account's security, besides the change itself.
//! Must not know how a session is ended or a notice is sent.

use serde::{Deserialize, Serialize};

/// A change of the account's security that has happened (PRT-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SecurityChange {
    /// The owner changed the password on the settings page.
    PasswordChanged,
    /// The password was set anew without the old one: forgotten, by the root, or by appeal.
    PasswordReset,
    /// An MFA device was bound.
    MfaBound,
    /// An MFA device took another one's place.
    MfaReplaced,
    /// The MFA device was unbound, by the owner or by appeal.
    MfaUnbound,
    /// New recovery codes took the place of all older ones (MFA-7).
    RecoveryCodesRenewed,
    /// WeChat as confirmation was bound or unbound.
    WechatConfirmationChanged,
    /// The security phone was bound, changed or detached.
    SecurityPhoneChanged,
    /// The security e-mail was bound or changed.
    SecurityEmailChanged,
    /// A login method was bound.
    LoginMethodBound,
    /// A login method was replaced or unbound.
    LoginMethodRemoved,
    /// Sign-in or operation protection was set.
    ProtectionChanged,
    /// The owner locked the account at once (ACC-14).
    AccountLocked,
    /// The owner unlocked it, and set the password anew where there is one (ACC-14).
    AccountUnlocked,
}

/// What happens to the account's other sessions after a change (SGN-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OtherSessions {
    /// They end at once.
    End,
    /// The owner is asked whether they should end.
    OfferToEnd,
    /// They go on.
    GoOn,
}

impl SecurityChange {
    /// Every change.
    pub const ALL: [Self; 14] = [
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::MfaBound,
        Self::MfaReplaced,
        Self::MfaUnbound,
        Self::RecoveryCodesRenewed,
        Self::WechatConfirmationChanged,
        Self::SecurityPhoneChanged,
        Self::SecurityEmailChanged,
        Self::LoginMethodBound,
        Self::LoginMethodRemoved,
        Self::ProtectionChanged,
        Self::AccountLocked,
        Self::AccountUnlocked,
    ];

    /// What happens to the other sessions (SGN-6).
    #[must_use]
    pub const fn other_sessions(self) -> OtherSessions {
        match self {
            Self::PasswordChanged
            | Self::PasswordReset
            | Self::AccountLocked
            | Self::AccountUnlocked => OtherSessions::End,
            Self::MfaBound
            | Self::MfaReplaced
            | Self::MfaUnbound
            | Self::RecoveryCodesRenewed
            | Self::WechatConfirmationChanged
            | Self::SecurityPhoneChanged
            | Self::SecurityEmailChanged
            // Somebody who is signed in through it may be the reason for taking it away.
            | Self::LoginMethodRemoved => OtherSessions::OfferToEnd,
            Self::LoginMethodBound | Self::ProtectionChanged => OtherSessions::GoOn,
        }
    }

    /// Whether every trusted device loses its trust (SGN-2).
    #[must_use]
    pub const fn revokes_trust(self) -> bool {
        match self {
            Self::PasswordChanged
            | Self::PasswordReset
            | Self::MfaBound
            | Self::MfaReplaced
            | Self::MfaUnbound
            | Self::RecoveryCodesRenewed
            | Self::WechatConfirmationChanged
            | Self::AccountLocked
            | Self::AccountUnlocked => true,
            Self::SecurityPhoneChanged
            | Self::SecurityEmailChanged
            | Self::LoginMethodBound
            | Self::LoginMethodRemoved
            | Self::ProtectionChanged => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sgn_6_a_changed_and_a_reset_password_end_the_other_sessions_alike() {
        for change in [
            SecurityChange::PasswordChanged,
            SecurityChange::PasswordReset,
        ] {
            assert_eq!(change.other_sessions(), OtherSessions::End);
        }
        for change in [
            SecurityChange::MfaBound,
            SecurityChange::MfaReplaced,
            SecurityChange::MfaUnbound,
            SecurityChange::SecurityPhoneChanged,
            SecurityChange::SecurityEmailChanged,
        ] {
            assert_eq!(
                change.other_sessions(),
                OtherSessions::OfferToEnd,
                "{change:?}"
            );
        }
        assert_eq!(
            SecurityChange::LoginMethodBound.other_sessions(),
            OtherSessions::GoOn
        );
    }

    #[test]
    fn sgn_2_password_and_mfa_changes_revoke_all_trust_and_others_do_not() {
        let revoking: Vec<_> = SecurityChange::ALL
            .into_iter()
            .filter(|change| change.revokes_trust())
            .collect();
        assert_eq!(
            revoking,
            [
                SecurityChange::PasswordChanged,
                SecurityChange::PasswordReset,
                SecurityChange::MfaBound,
                SecurityChange::MfaReplaced,
                SecurityChange::MfaUnbound,
                SecurityChange::RecoveryCodesRenewed,
                SecurityChange::WechatConfirmationChanged,
                SecurityChange::AccountLocked,
                SecurityChange::AccountUnlocked,
            ]
        );
    }
}
