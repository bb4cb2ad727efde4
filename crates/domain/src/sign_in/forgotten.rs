//! A new password: chosen while signed in, or because the old one is forgotten (SGN-6, SGN-7, SGN-8).

use serde::{Deserialize, Serialize};

use super::{Password, PasswordStrength};
use crate::account::AccountId;
use crate::contacts::{CodePurpose, CodeRequest, ConfirmedCode, ContactTarget};
use crate::identity::{Email, PhoneNumber};
use crate::login_methods::LoginMethodKind;
use crate::protection::{RecentCheck, SecurityChange};
use crate::refusal::{Refuse, Refused};
use crate::rule::RuleId;
use crate::time::Timestamp;

/// A way out for somebody who forgot the password (SGN-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", content = "kind", rename_all = "snake_case")]
pub enum ForgottenPasswordWay {
    /// A code to the security phone, then a new password.
    CodeToSecurityPhone,
    /// A code to the login e-mail, then a new password.
    CodeToLoginEmail,
    /// Signing in with another login method.
    OtherLoginMethod(LoginMethodKind),
    /// Asking the root account, or an administrator it allowed (SGN-8).
    AskTheRoot,
    /// An appeal (APL).
    Appeal,
}

/// What the account of somebody who forgot the password has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForgottenPasswordState<'a> {
    /// A root account.
    Root {
        /// Whether a security phone is bound.
        has_security_phone: bool,
        /// Its login methods.
        methods: &'a [LoginMethodKind],
    },
    /// A sub-user.
    SubUser,
}

/// The account whose password is to be reset, as it stands now.
#[derive(Clone, Copy, Debug)]
pub struct ResetAccount<'a> {
    /// Its id.
    pub id: AccountId,
    /// Its security phone.
    pub security_phone: Option<&'a PhoneNumber>,
    /// Its login e-mail; a password is of use with one only.
    pub login_email: Option<&'a Email>,
}

/// A password was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordSet {
    /// The password to hash; it works at once (SGN-6).
    pub password: Password,
    /// How strong it is, which is noted for the score (PRT-3).
    pub strength: PasswordStrength,
    /// When.
    pub at: Timestamp,
    /// What happened, with its consequences for trust, sessions and notices.
    pub change: SecurityChange,
}

/// Who wants to reset a sub-user's password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PasswordResetter {
    /// The sub-user's root account.
    Root,
    /// An administrator whom that root allowed to.
    AllowedAdministrator,
    /// Any other user, the sub-user too.
    OtherUser,
}

/// Why a password is not reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum PasswordResetRefusal {
    /// The code was not answered for resetting this account's password (SGN-7).
    NotProved,
    /// The account signs in without a password; use one of its other login methods (SGN-7).
    NoPassword,
    /// Only the root account, or an administrator it allowed, resets a sub-user's password (SGN-8).
    OnlyTheRoot,
}

impl Refuse for PasswordResetRefusal {
    fn rule(&self) -> RuleId {
        match self {
            Self::NotProved | Self::NoPassword => RuleId::Sgn7,
            Self::OnlyTheRoot => RuleId::Sgn8,
        }
    }
}

/// The ways out, quickest first; the appeal is always there for a root account (SGN-7, SGN-8).
///
/// What is offered to somebody who has not proved anything must not depend on the account (FND-5);
/// this list is for after a proof of possession.
#[must_use]
pub fn forgotten_password_ways(state: ForgottenPasswordState<'_>) -> Vec<ForgottenPasswordWay> {
    let ForgottenPasswordState::Root {
        has_security_phone,
        methods,
    } = state
    else {
        return vec![ForgottenPasswordWay::AskTheRoot];
    };
    let mut ways = Vec::new();
    if has_security_phone {
        ways.push(ForgottenPasswordWay::CodeToSecurityPhone);
    }
    if methods.contains(&LoginMethodKind::Email) {
        ways.push(ForgottenPasswordWay::CodeToLoginEmail);
    }
    ways.extend(
        methods
            .iter()
            .filter(|kind| **kind != LoginMethodKind::Email)
            .map(|kind| ForgottenPasswordWay::OtherLoginMethod(*kind)),
    );
    ways.push(ForgottenPasswordWay::Appeal);
    ways
}

fn set(password: Password, change: SecurityChange, now: Timestamp) -> PasswordSet {
    PasswordSet {
        strength: PasswordStrength::of(&password),
        password,
        at: now,
        change,
    }
}

/// Sets a new password on the settings page, after the identity check (SGN-6, PRT-4).
#[must_use]
pub fn change_password(_check: &RecentCheck, password: Password, now: Timestamp) -> PasswordSet {
    set(password, SecurityChange::PasswordChanged, now)
}

impl ResetAccount<'_> {
    /// Whether a code that went there is an answer of this account's own phone or login e-mail.
    #[must_use]
    pub fn is_reached_at(&self, target: &ContactTarget) -> bool {
        match target {
            ContactTarget::Phone(phone) => self.security_phone == Some(phone),
            ContactTarget::Email(email) => self.login_email == Some(email),
        }
    }

    fn is_proved_by(&self, code: &CodeRequest) -> bool {
        code.purpose == CodePurpose::ResetPassword
            && code.account.is_none_or(|account| account == self.id)
            && self.is_reached_at(&code.target)
    }
}

/// What stands against resetting the password of this account (SGN-7).
#[must_use]
pub fn may_reset_password(
    proved: &ConfirmedCode,
    account: &ResetAccount<'_>,
) -> Vec<PasswordResetRefusal> {
    let mut failing = Vec::new();
    if !account.is_proved_by(proved.bound_to()) {
        failing.push(PasswordResetRefusal::NotProved);
    } else if account.login_email.is_none() {
        // Who has not proved anything does not learn this.
        failing.push(PasswordResetRefusal::NoPassword);
    }
    failing
}

/// Sets a new password in place of a forgotten one, after a code to the account's security phone or
/// login e-mail (SGN-6, SGN-7).
///
/// Somebody who forgot the password may not know the account's id either, and several accounts may
/// have one phone (SGN-10), so a code that names no account counts for each that is reached there.
///
/// # Errors
/// All that [`may_reset_password`] lists.
pub fn reset_password(
    proved: &ConfirmedCode,
    account: &ResetAccount<'_>,
    password: Password,
    now: Timestamp,
) -> Result<PasswordSet, Refused<PasswordResetRefusal>> {
    Refused::unless_none(may_reset_password(proved, account))?;
    Ok(set(password, SecurityChange::PasswordReset, now))
}

/// What stands against resetting a sub-user's password (SGN-8).
#[must_use]
pub fn may_reset_sub_user_password(who: PasswordResetter) -> Vec<PasswordResetRefusal> {
    match who {
        PasswordResetter::Root | PasswordResetter::AllowedAdministrator => Vec::new(),
        PasswordResetter::OtherUser => vec![PasswordResetRefusal::OnlyTheRoot],
    }
}

/// Resets a sub-user's password; it works at once (SGN-6, SGN-8, USR-6).
///
/// # Errors
/// [`PasswordResetRefusal::OnlyTheRoot`].
pub fn reset_sub_user_password(
    who: PasswordResetter,
    password: Password,
    now: Timestamp,
) -> Result<PasswordSet, Refused<PasswordResetRefusal>> {
    Refused::unless_none(may_reset_sub_user_password(who))?;
    Ok(set(password, SecurityChange::PasswordReset, now))
}

#[cfg(test)]
mod tests {
    use super::super::{PasswordOwner, SignInPolicy};
    use super::*;
    use crate::protection::{SensitiveOperation, a_check};

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn password() -> Password {
        let owner = PasswordOwner::default();
        Password::choose(
            "tide-lamp-71-oak",
            &owner,
            |_| false,
            &SignInPolicy::default(),
        )
        .unwrap()
    }

    fn account(serial: u32) -> AccountId {
        AccountId::from_serial(serial).unwrap()
    }

    #[test]
    fn sgn_7_the_ways_out_are_those_the_account_has_and_finally_the_appeal() {
        use ForgottenPasswordWay as Way;
        let ways = |has_security_phone, methods: &[LoginMethodKind]| {
            forgotten_password_ways(ForgottenPasswordState::Root {
                has_security_phone,
                methods,
            })
        };
        assert_eq!(
            ways(true, &[LoginMethodKind::Email, LoginMethodKind::Wechat]),
            [
                Way::CodeToSecurityPhone,
                Way::CodeToLoginEmail,
                Way::OtherLoginMethod(LoginMethodKind::Wechat),
                Way::Appeal
            ]
        );
        assert_eq!(ways(false, &[]), [Way::Appeal]);
    }

    fn reset(
        purpose: CodePurpose,
        owner: Option<AccountId>,
        target: &ContactTarget,
        has_login_email: bool,
    ) -> Result<PasswordSet, Vec<PasswordResetRefusal>> {
        let bound_to = CodeRequest {
            purpose,
            account: owner,
            target: target.clone(),
        };
        let phone = PhoneNumber::parse("13800138000").unwrap();
        let email = Email::parse("zhang@example.com").unwrap();
        let account = ResetAccount {
            id: account(1),
            security_phone: Some(&phone),
            login_email: has_login_email.then_some(&email),
        };
        let code = ConfirmedCode::answered(bound_to, NOW);
        reset_password(&code, &account, password(), NOW).map_err(Refused::into_all)
    }

    fn phone(digits: &str) -> ContactTarget {
        PhoneNumber::parse(digits).unwrap().into()
    }

    #[test]
    fn sgn_7_a_code_for_this_very_reset_of_this_very_account_is_needed() {
        use CodePurpose::{ResetPassword, SecondStep};
        let here = phone("13800138000");
        let set = reset(ResetPassword, Some(account(1)), &here, true).unwrap();
        assert_eq!(set.change, SecurityChange::PasswordReset);
        let refused = Err(vec![PasswordResetRefusal::NotProved]);
        assert_eq!(reset(SecondStep, Some(account(1)), &here, true), refused);
        assert_eq!(reset(ResetPassword, Some(account(2)), &here, true), refused);
        assert_eq!(
            reset(ResetPassword, None, &phone("13800138001"), true),
            refused
        );
    }

    #[test]
    fn sgn_7_a_code_that_names_no_account_counts_where_it_went_to() {
        use CodePurpose::ResetPassword;
        let email = |text: &str| ContactTarget::Email(Email::parse(text).unwrap());
        assert!(reset(ResetPassword, None, &phone("13800138000"), true).is_ok());
        assert!(reset(ResetPassword, None, &email("Zhang@example.com"), true).is_ok());
        assert_eq!(
            reset(ResetPassword, None, &email("li@example.com"), true),
            Err(vec![PasswordResetRefusal::NotProved])
        );
    }

    #[test]
    fn sgn_7_an_account_without_a_login_email_has_no_password_to_reset() {
        use CodePurpose::ResetPassword;
        assert_eq!(
            reset(ResetPassword, None, &phone("13800138000"), false),
            Err(vec![PasswordResetRefusal::NoPassword])
        );
        assert_eq!(
            reset(ResetPassword, None, &phone("13800138001"), false),
            Err(vec![PasswordResetRefusal::NotProved]),
            "who proved nothing learns nothing"
        );
    }

    #[test]
    fn sgn_6_a_changed_password_works_at_once() {
        let check = a_check(SensitiveOperation::ChangePassword, NOW);
        let set = change_password(&check, password(), NOW);
        assert_eq!((set.at, set.change), (NOW, SecurityChange::PasswordChanged));
        assert_eq!(set.strength, PasswordStrength::Strong);
    }

    #[test]
    fn sgn_8_only_the_root_or_an_allowed_administrator_resets_a_sub_users_password() {
        assert_eq!(
            forgotten_password_ways(ForgottenPasswordState::SubUser),
            [ForgottenPasswordWay::AskTheRoot]
        );
        for (who, allowed) in [
            (PasswordResetter::Root, true),
            (PasswordResetter::AllowedAdministrator, true),
            (PasswordResetter::OtherUser, false),
        ] {
            assert_eq!(may_reset_sub_user_password(who).is_empty(), allowed);
            let set = reset_sub_user_password(who, password(), NOW);
            assert_eq!(set.is_ok(), allowed, "{who:?}");
        }
    }
}
