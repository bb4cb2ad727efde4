//! The decision to make an account (REG-2, REG-3, REG-7). Must not know the account's id, which
//! the store gives.

use super::{Consent, LegalVersions, RegistrationRefusal};
use crate::contacts::{
    CodePurpose, CodeRequest, ConfirmedCode, ContactRefusal, ContactTarget, has_place,
};
use crate::identity::PhoneNumber;
use crate::login_methods::{
    LoginMethod, LoginMethodKind, LoginState, MethodOrigin, MethodWish, OwnerKind, may_bind_method,
};
use crate::policy::Policy;
use crate::protection::{Means, Protections};
use crate::refusal::{Refusal, Refused};
use crate::time::Timestamp;

/// What somebody who registers has shown.
#[derive(Clone, Copy, Debug)]
pub struct RegistrationWish<'a> {
    /// The identity to sign in with, whose holder was just seen.
    pub method: MethodWish<'a>,
    /// Whether an allowed password was chosen; asked of e-mail only.
    pub has_password: bool,
    /// The security phone's answer to a code for registering.
    pub phone: &'a ConfirmedCode,
    /// How many accounts have that phone as security phone, counted under lock (CON-2).
    pub accounts_on_phone: u32,
    /// The versions that were agreed to, if any were.
    pub agreed: Option<&'a LegalVersions>,
    /// The versions that are in force.
    pub in_force: &'a LegalVersions,
}

/// An account is to be made. It works at once (REG-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Its first login method, marked as the registration method (LGM-2).
    pub method: LoginMethod,
    /// It was registered by WeChat, which confirms sign-ins and operations from now on too (MFA-6).
    pub confirms_from_now_on: bool,
    /// Its security phone (REG-3).
    pub security_phone: PhoneNumber,
    /// The consent to record (REG-7).
    pub consent: Consent,
}

/// The phone that answered a code for registering.
fn proved_phone(code: &ConfirmedCode) -> Option<&PhoneNumber> {
    let bound_to = code.bound_to();
    let asked = CodeRequest {
        purpose: CodePurpose::Register,
        account: None,
        target: bound_to.target.clone(),
    };
    match &bound_to.target {
        ContactTarget::Phone(phone) if code.is_for(&asked) => Some(phone),
        ContactTarget::Phone(_) | ContactTarget::Email(_) => None,
    }
}

/// What stands against registering (REG-3, REG-7, CON-2, and all that stands against binding the
/// login method).
#[must_use]
pub fn may_register(wish: &RegistrationWish<'_>, policy: &Policy) -> Vec<Refusal> {
    let nothing_yet = LoginState {
        owner: OwnerKind::Root,
        methods: &[],
        means: &Means::default(),
        protections: Protections::default(),
        security_email: None,
        has_password: wish.has_password,
    };
    let mut failing: Vec<Refusal> =
        may_bind_method(&nothing_yet, &wish.method, &policy.login_methods)
            .into_iter()
            .map(Refusal::from)
            .collect();
    if proved_phone(wish.phone).is_none() {
        failing.push(RegistrationRefusal::PhoneNotProved.into());
    }
    if !has_place(wish.accounts_on_phone, &policy.contacts) {
        let most = policy.contacts.accounts_per_phone;
        failing.push(ContactRefusal::PhoneFull { most }.into());
    }
    match wish.agreed {
        None => failing.push(RegistrationRefusal::ConsentMissing.into()),
        Some(agreed) if agreed != wish.in_force => {
            failing.push(RegistrationRefusal::ConsentOutdated.into());
        }
        Some(_) => {}
    }
    failing
}

/// Registers an account: a login method, a security phone and a recorded consent, and it works at
/// once (REG-2, REG-3, REG-7).
///
/// # Errors
/// All that [`may_register`] lists.
pub fn register(
    wish: &RegistrationWish<'_>,
    policy: &Policy,
    now: Timestamp,
) -> Result<Registered, Refused<Refusal>> {
    Refused::unless_none(may_register(wish, policy))?;
    let phone = proved_phone(wish.phone)
        .ok_or_else(|| Refusal::from(RegistrationRefusal::PhoneNotProved))?;
    let identity = wish.method.proved.identity();
    Ok(Registered {
        confirms_from_now_on: identity.kind() == LoginMethodKind::Wechat,
        method: LoginMethod {
            identity: identity.clone(),
            origin: MethodOrigin::Registration,
            bound_at: now,
        },
        security_phone: phone.clone(),
        consent: Consent {
            versions: wish.in_force.clone(),
            at: now,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Email;
    use crate::login_methods::{IdentityUse, LoginIdentity, LoginMethodRefusal, ProvedIdentity};

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    /// What somebody brings; everything needed, whichever the method.
    struct Brought {
        proved: ProvedIdentity,
        other_accounts: u32,
        has_password: bool,
        phone: ConfirmedCode,
        accounts_on_phone: u32,
        agreed: Option<LegalVersions>,
    }

    fn versions(terms: &str) -> LegalVersions {
        LegalVersions {
            terms: terms.to_owned(),
            privacy: "2026-01".to_owned(),
        }
    }

    fn code(purpose: CodePurpose, target: ContactTarget) -> ConfirmedCode {
        let bound_to = CodeRequest {
            purpose,
            account: None,
            target,
        };
        ConfirmedCode::answered(bound_to, NOW)
    }

    fn phone() -> PhoneNumber {
        PhoneNumber::parse("13800138000").unwrap()
    }

    fn brought(kind: LoginMethodKind) -> Brought {
        Brought {
            proved: ProvedIdentity::seen(LoginIdentity::new(kind, "somebody")),
            other_accounts: 0,
            has_password: true,
            phone: code(CodePurpose::Register, phone().into()),
            accounts_on_phone: 0,
            agreed: Some(versions("2026-09")),
        }
    }

    fn attempt(brought: &Brought) -> Result<Registered, Vec<Refusal>> {
        let in_force = versions("2026-09");
        let wish = RegistrationWish {
            method: MethodWish {
                proved: &brought.proved,
                used: IdentityUse {
                    other_accounts: brought.other_accounts,
                },
                is_wecom_administrator: true,
            },
            has_password: brought.has_password,
            phone: &brought.phone,
            accounts_on_phone: brought.accounts_on_phone,
            agreed: brought.agreed.as_ref(),
            in_force: &in_force,
        };
        let policy = Policy::default();
        let answer = register(&wish, &policy, NOW);
        assert_eq!(may_register(&wish, &policy).is_empty(), answer.is_ok());
        answer.map_err(Refused::into_all)
    }

    #[test]
    fn reg_1_each_of_the_five_ways_registers_an_account() {
        for kind in LoginMethodKind::ALL {
            let registered = attempt(&brought(kind)).unwrap();
            assert_eq!(registered.method.identity.kind(), kind);
            assert_eq!(registered.method.origin, MethodOrigin::Registration);
            let is_wechat = kind == LoginMethodKind::Wechat;
            assert_eq!(registered.confirms_from_now_on, is_wechat, "MFA-6");
        }
    }

    #[test]
    fn reg_2_the_account_works_at_once() {
        let registered = attempt(&brought(LoginMethodKind::Qq)).unwrap();
        assert_eq!(registered.method.bound_at, NOW);
    }

    #[test]
    fn reg_3_registration_binds_a_security_phone_that_answered_its_code() {
        let registered = attempt(&brought(LoginMethodKind::Qq)).unwrap();
        assert_eq!(registered.security_phone, phone());
        let email = ContactTarget::Email(Email::parse("owner@example.com").unwrap());
        for wrong in [
            code(CodePurpose::FindAccount, phone().into()),
            code(CodePurpose::Register, email),
        ] {
            let brought = Brought {
                phone: wrong,
                ..brought(LoginMethodKind::Qq)
            };
            assert_eq!(
                attempt(&brought),
                Err(vec![RegistrationRefusal::PhoneNotProved.into()])
            );
        }
    }

    #[test]
    fn con_2_a_phone_of_five_accounts_registers_no_sixth_account() {
        let with = |accounts_on_phone| Brought {
            accounts_on_phone,
            ..brought(LoginMethodKind::Qq)
        };
        assert!(attempt(&with(4)).is_ok());
        assert_eq!(
            attempt(&with(5)),
            Err(vec![ContactRefusal::PhoneFull { most: 5 }.into()])
        );
    }

    #[test]
    fn con_14_an_email_that_registered_an_account_registers_no_other() {
        let taken = Brought {
            other_accounts: 1,
            ..brought(LoginMethodKind::Email)
        };
        assert_eq!(
            attempt(&taken),
            Err(vec![LoginMethodRefusal::EmailRegistered.into()])
        );
    }

    #[test]
    fn reg_7_consent_to_the_texts_in_force_is_recorded_with_its_time() {
        let registered = attempt(&brought(LoginMethodKind::Qq)).unwrap();
        assert_eq!(
            registered.consent,
            Consent {
                versions: versions("2026-09"),
                at: NOW
            }
        );
        let with = |agreed| Brought {
            agreed,
            ..brought(LoginMethodKind::Qq)
        };
        assert_eq!(
            attempt(&with(None)),
            Err(vec![RegistrationRefusal::ConsentMissing.into()])
        );
        assert_eq!(
            attempt(&with(Some(versions("2025-01")))),
            Err(vec![RegistrationRefusal::ConsentOutdated.into()])
        );
    }

    #[test]
    fn reg_3_everything_that_fails_is_listed() {
        let bare = Brought {
            has_password: false,
            accounts_on_phone: 5,
            agreed: None,
            ..brought(LoginMethodKind::Email)
        };
        assert_eq!(
            attempt(&bare),
            Err(vec![
                LoginMethodRefusal::PasswordMissing.into(),
                ContactRefusal::PhoneFull { most: 5 }.into(),
                RegistrationRefusal::ConsentMissing.into(),
            ])
        );
    }
}
