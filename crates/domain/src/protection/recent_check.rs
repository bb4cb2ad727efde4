//! The proof that the owner was here a moment ago (PRT-2). Only this module can make one.

use serde::{Deserialize, Serialize};

use super::{Means, ProofMethod, Protection, ProtectionPolicy, ProtectionRefusal, Protections};
use crate::refusal::Refused;
use crate::sign_in::SessionId;
use crate::time::{Span, Timestamp};

/// That the owner proved, for one operation and in this session, who they are (PRT-2, PRT-4).
///
/// There is no way to make one but [`recent_check`]; a command that takes it cannot be reached
/// without a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentCheck {
    operation: SensitiveOperation,
    basis: CheckBasis,
    until: Timestamp,
}

/// What a check rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "basis", content = "method", rename_all = "snake_case")]
pub enum CheckBasis {
    /// The owner proved who they are in one of the ways of PRT-4.
    Proof(ProofMethod),
    /// The account has nothing to prove itself with; signing in was less than 15 minutes ago.
    FreshSignIn,
    /// The owner has switched operation protection off, and the operation changes no way in.
    NotAsked,
}

/// An operation for which the owner must prove again who they are (PRT-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SensitiveOperation {
    /// Binding, changing or detaching the security phone (CON-3).
    ChangeSecurityPhone,
    /// Binding or changing the security e-mail (CON-5).
    ChangeSecurityEmail,
    /// A new password.
    ChangePassword,
    /// Binding, replacing or unbinding the MFA device.
    ChangeMfa,
    /// Unbinding WeChat as confirmation (MFA-6), or WeChat as login method.
    ChangeWechat,
    /// Binding, replacing or unbinding any other login method (LGM-9).
    ChangeLoginMethods,
    /// Sign-in protection, operation protection, limits of sessions, trusted devices.
    ChangeProtection,
    /// Applying for a change of verification.
    ChangeVerification,
    /// Making, enabling or deleting an API key.
    ManageApiKeys,
    /// Deleting sub-users, collaborators or message recipients.
    DeleteUsers,
    /// Linking root accounts with one another (LGM-6).
    LinkAccounts,
    /// Moving an ICP filing or a domain to another account.
    MoveFilings,
    /// Applying for deregistration.
    Deregister,
    /// Disabling a project.
    DisableProject,
}

/// A proof that was given, as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedProof {
    /// The session in which it was given; it counts for no other.
    pub session: SessionId,
    /// How it was given.
    pub method: ProofMethod,
    /// When it was given.
    pub at: Timestamp,
}

/// What a check is made from.
#[derive(Clone, Copy, Debug)]
pub struct CheckState<'a> {
    /// The session that wants to operate.
    pub session: &'a SessionId,
    /// When that session began.
    pub signed_in_at: Timestamp,
    /// The proofs that are kept, of this session and of others.
    pub proofs: &'a [PassedProof],
    /// What the account can prove itself with.
    pub means: &'a Means,
    /// The account's protections.
    pub protections: Protections,
}

impl SensitiveOperation {
    /// Every sensitive operation (PRT-2).
    pub const ALL: [Self; 14] = [
        Self::ChangeSecurityPhone,
        Self::ChangeSecurityEmail,
        Self::ChangePassword,
        Self::ChangeMfa,
        Self::ChangeWechat,
        Self::ChangeLoginMethods,
        Self::ChangeProtection,
        Self::ChangeVerification,
        Self::ManageApiKeys,
        Self::DeleteUsers,
        Self::LinkAccounts,
        Self::MoveFilings,
        Self::Deregister,
        Self::DisableProject,
    ];

    /// The thing that the operation replaces, when that thing could also prove the owner (PRT-4).
    #[must_use]
    pub const fn replaces(self) -> Option<ProofMethod> {
        match self {
            Self::ChangeSecurityPhone => Some(ProofMethod::SecurityPhone),
            Self::ChangeSecurityEmail => Some(ProofMethod::SecurityEmail),
            Self::ChangeMfa => Some(ProofMethod::Mfa),
            Self::ChangeWechat => Some(ProofMethod::Wechat),
            Self::ChangeVerification => Some(ProofMethod::Face),
            Self::ChangePassword
            | Self::ChangeLoginMethods
            | Self::ChangeProtection
            | Self::ManageApiKeys
            | Self::DeleteUsers
            | Self::LinkAccounts
            | Self::MoveFilings
            | Self::Deregister
            | Self::DisableProject => None,
        }
    }

    /// Whether a proof is asked for even with operation protection off.
    ///
    /// What decides who owns the account or who gets in always needs one (PRT-4, LGM-9, DRG-8);
    /// for the rest the owner may switch the question off (PRT-2).
    #[must_use]
    pub const fn is_always_checked(self) -> bool {
        match self {
            Self::ChangeSecurityPhone
            | Self::ChangeSecurityEmail
            | Self::ChangePassword
            | Self::ChangeMfa
            | Self::ChangeWechat
            | Self::ChangeLoginMethods
            | Self::ChangeProtection
            | Self::ChangeVerification
            | Self::LinkAccounts
            | Self::Deregister => true,
            Self::ManageApiKeys | Self::DeleteUsers | Self::MoveFilings | Self::DisableProject => {
                false
            }
        }
    }
}

impl RecentCheck {
    /// The operation it was made for.
    #[must_use]
    pub const fn operation(&self) -> SensitiveOperation {
        self.operation
    }

    /// What it rests on, for the audit.
    #[must_use]
    pub const fn basis(&self) -> CheckBasis {
        self.basis
    }

    /// The moment from which on it no longer counts; the page shows the time left (PRT-2).
    #[must_use]
    pub const fn until(&self) -> Timestamp {
        self.until
    }

    /// How long it still counts (PRT-2).
    #[must_use]
    pub const fn left(&self, now: Timestamp) -> Span {
        self.until.since(now)
    }
}

/// What stands against `operation` in this session: the proof that is missing (PRT-2, PRT-4).
#[must_use]
pub fn may_operate(
    operation: SensitiveOperation,
    state: &CheckState<'_>,
    policy: &ProtectionPolicy,
    now: Timestamp,
) -> Vec<ProtectionRefusal> {
    match recent_check(operation, state, policy, now) {
        Ok(_) => Vec::new(),
        Err(refused) => refused.into_all(),
    }
}

/// Makes the check for `operation` out of the proofs of this session (PRT-2).
///
/// A proof counts for 15 minutes, for its own session only, and not when it came from the thing
/// that is being replaced while that thing is new and another is at hand (PRT-4). A trusted device
/// (SGN-2) plays no part. An account with nothing to prove itself with may bind a security phone
/// within 15 minutes of signing in, and nothing else.
///
/// # Errors
/// What is missing: a proof, another proof, or any means of proof.
pub fn recent_check(
    operation: SensitiveOperation,
    state: &CheckState<'_>,
    policy: &ProtectionPolicy,
    now: Timestamp,
) -> Result<RecentCheck, Refused<ProtectionRefusal>> {
    let made = |basis, until| RecentCheck {
        operation,
        basis,
        until,
    };
    if !operation.is_always_checked() && state.protections.operation == Protection::Off {
        return Ok(made(CheckBasis::NotAsked, now.plus(policy.proof_lasts)));
    }
    let fresh = |proof: &&PassedProof| {
        proof.session == *state.session
            && proof.at <= now
            && now < proof.at.plus(policy.proof_lasts)
    };
    let too_new = |method| state.means.too_new_until(method, operation, policy, now);

    let best = state
        .proofs
        .iter()
        .filter(fresh)
        .filter(|proof| too_new(proof.method).is_none())
        .max_by_key(|proof| proof.at);
    if let Some(proof) = best {
        let until = proof.at.plus(policy.proof_lasts);
        return Ok(made(CheckBasis::Proof(proof.method), until));
    }
    if state.means.all().next().is_none() {
        let until = state.signed_in_at.plus(policy.proof_lasts);
        if operation == SensitiveOperation::ChangeSecurityPhone && now < until {
            return Ok(made(CheckBasis::FreshSignIn, until));
        }
        return Err(ProtectionRefusal::NothingToProveWith.into());
    }
    let needed = Refused::from(ProtectionRefusal::ProofNeeded {
        usable: state
            .means
            .all()
            .filter(|method| too_new(*method).is_none())
            .collect(),
    });
    let given_too_new = state.proofs.iter().filter(fresh).find_map(|proof| {
        let retry_at = too_new(proof.method)?;
        Some(ProtectionRefusal::JustChanged {
            method: proof.method,
            retry_at,
        })
    });
    Err(match given_too_new {
        Some(refusal) => needed.and(refusal),
        None => needed,
    })
}

/// A check for the tests of other areas.
#[cfg(test)]
pub(crate) fn a_check(operation: SensitiveOperation, now: Timestamp) -> RecentCheck {
    RecentCheck {
        operation,
        basis: CheckBasis::Proof(ProofMethod::SecurityPhone),
        until: now.plus(ProtectionPolicy::default().proof_lasts),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Factor;
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const LONG_AGO: Timestamp = NOW.minus(Span::from_days(400));
    const MILLISECOND: Span = Span::from_millis(1);
    const QUARTER: Span = Span::from_minutes(15);

    fn means() -> Means {
        Means {
            security_phone: Some(LONG_AGO),
            security_email: Some(LONG_AGO),
            ..Means::default()
        }
    }

    fn proof(session: &str, method: ProofMethod, at: Timestamp) -> PassedProof {
        PassedProof {
            session: SessionId::new(session),
            method,
            at,
        }
    }

    fn check(
        operation: SensitiveOperation,
        proofs: &[PassedProof],
        means: &Means,
        protections: Protections,
        now: Timestamp,
    ) -> Result<RecentCheck, Vec<ProtectionRefusal>> {
        let session = SessionId::new("here");
        let state = CheckState {
            session: &session,
            signed_in_at: NOW,
            proofs,
            means,
            protections,
        };
        let policy = ProtectionPolicy::default();
        let answer = recent_check(operation, &state, &policy, now).map_err(Refused::into_all);
        assert_eq!(
            may_operate(operation, &state, &policy, now).is_empty(),
            answer.is_ok()
        );
        answer
    }

    #[test]
    fn prt_2_a_proof_counts_fifteen_minutes_and_for_its_own_session() {
        let operation = SensitiveOperation::ChangePassword;
        let needed = vec![ProtectionRefusal::ProofNeeded {
            usable: vec![ProofMethod::SecurityPhone, ProofMethod::SecurityEmail],
        }];
        let here = [proof("here", ProofMethod::SecurityPhone, NOW)];
        let last = NOW.plus(QUARTER).minus(MILLISECOND);
        let made = check(operation, &here, &means(), Protections::default(), last).unwrap();
        assert_eq!(made.basis(), CheckBasis::Proof(ProofMethod::SecurityPhone));
        assert_eq!(made.until(), NOW.plus(QUARTER));
        assert_eq!(made.left(last), MILLISECOND);
        let over = check(
            operation,
            &here,
            &means(),
            Protections::default(),
            NOW.plus(QUARTER),
        );
        assert_eq!(over, Err(needed.clone()));
        let there = [proof("there", ProofMethod::SecurityPhone, NOW)];
        let other = check(operation, &there, &means(), Protections::default(), NOW);
        assert_eq!(other, Err(needed));
    }

    #[test]
    fn prt_2_the_newest_proof_of_the_session_is_the_one_that_counts() {
        let proofs = [
            proof("here", ProofMethod::SecurityEmail, NOW.minus(QUARTER)),
            proof("here", ProofMethod::SecurityPhone, NOW),
            proof("here", ProofMethod::SecurityEmail, NOW.minus(MILLISECOND)),
        ];
        let made = check(
            SensitiveOperation::Deregister,
            &proofs,
            &means(),
            Protections::default(),
            NOW,
        )
        .unwrap();
        assert_eq!(made.basis(), CheckBasis::Proof(ProofMethod::SecurityPhone));
        assert_eq!(made.operation(), SensitiveOperation::Deregister);
    }

    #[test]
    fn prt_2_what_changes_a_way_in_is_asked_for_even_with_protection_off() {
        let on = Protections {
            operation: Protection::Require(Factor::PhoneCode),
            ..Protections::default()
        };
        for operation in SensitiveOperation::ALL {
            let off = check(operation, &[], &means(), Protections::default(), NOW);
            assert_eq!(off.is_err(), operation.is_always_checked(), "{operation:?}");
            assert!(
                check(operation, &[], &means(), on, NOW).is_err(),
                "{operation:?}"
            );
        }
        let unchecked = SensitiveOperation::ALL
            .into_iter()
            .filter(|operation| !operation.is_always_checked())
            .count();
        assert_eq!(unchecked, 4);
    }

    #[test]
    fn prt_4_a_proof_by_the_thing_just_changed_does_not_count_for_replacing_it() {
        let changed = NOW.minus(Span::from_hours(1));
        let means = Means {
            security_phone: Some(changed),
            ..means()
        };
        let by_phone = [proof("here", ProofMethod::SecurityPhone, NOW)];
        let operation = SensitiveOperation::ChangeSecurityPhone;
        let refused = check(operation, &by_phone, &means, Protections::default(), NOW);
        assert_eq!(
            refused,
            Err(vec![
                ProtectionRefusal::ProofNeeded {
                    usable: vec![ProofMethod::SecurityEmail]
                },
                ProtectionRefusal::JustChanged {
                    method: ProofMethod::SecurityPhone,
                    retry_at: changed.plus(Span::from_hours(24)),
                },
            ])
        );
        let with_email = [
            proof("here", ProofMethod::SecurityEmail, NOW.minus(MILLISECOND)),
            proof("here", ProofMethod::SecurityPhone, NOW),
        ];
        let made = check(operation, &with_email, &means, Protections::default(), NOW).unwrap();
        assert_eq!(made.basis(), CheckBasis::Proof(ProofMethod::SecurityEmail));
    }

    #[test]
    fn prt_4_an_account_without_any_means_may_only_bind_a_phone_right_after_signing_in() {
        let none = Means::default();
        let last = NOW.plus(QUARTER).minus(MILLISECOND);
        let phone = SensitiveOperation::ChangeSecurityPhone;
        let made = check(phone, &[], &none, Protections::default(), last).unwrap();
        assert_eq!(made.basis(), CheckBasis::FreshSignIn);
        let nothing = Err(vec![ProtectionRefusal::NothingToProveWith]);
        assert_eq!(
            check(phone, &[], &none, Protections::default(), NOW.plus(QUARTER)),
            nothing
        );
        let password = SensitiveOperation::ChangePassword;
        assert_eq!(
            check(password, &[], &none, Protections::default(), NOW),
            nothing
        );
    }
}
