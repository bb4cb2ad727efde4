//! Locking the account at once: "this was not me" (ACC-14). Must not know how a notice is sent.

use serde::{Deserialize, Serialize};

use super::{AccountPolicy, AccountRefusal, AccountStanding};
use crate::contacts::{CodePurpose, ConfirmedCode, SecurityContacts};
use crate::protection::{Means, ProofMethod, SecurityChange};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// Whether the owner has locked the account (ACC-14).
///
/// A locked account keeps its resources running. Nobody signs in to it, keys do not work, and no
/// change that waits takes effect, until the owner unlocks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Lock {
    /// Not locked.
    Unlocked,
    /// Locked by its owner.
    Locked {
        /// When.
        since: Timestamp,
    },
}

/// From where the owner locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockedFrom {
    /// From Security settings, signed in to the root account.
    Owner,
    /// From the link in a notice, without signing in.
    NoticeLink {
        /// When the notice was sent.
        sent_at: Timestamp,
    },
    /// By somebody who is signed in but is not the owner: a sub-user, a collaborator.
    NotOwner,
}

/// The account was locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountLocked {
    /// The lock from now on.
    pub lock: Lock,
    /// What happened, with its consequences: every session ends, no device is trusted, all channels
    /// are told.
    pub change: SecurityChange,
}

/// The account was unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountUnlocked {
    /// The lock from now on.
    pub lock: Lock,
    /// The password, if there is one, must be set anew before anything else: who made the owner lock
    /// the account may know it.
    pub must_set_password: bool,
}

impl Lock {
    /// Refuses to sign in, to use a key and to let a waiting change take effect (ACC-14).
    #[must_use]
    pub const fn refusal(self) -> Option<AccountRefusal> {
        match self {
            Self::Unlocked => None,
            Self::Locked { since } => Some(AccountRefusal::Locked { since }),
        }
    }
}

/// All reasons why the account cannot be locked from there (ACC-14).
#[must_use]
pub fn may_lock_account(
    lock: Lock,
    from: LockedFrom,
    policy: &AccountPolicy,
    now: Timestamp,
) -> Vec<AccountRefusal> {
    let mut failing = Vec::new();
    match from {
        LockedFrom::Owner => {}
        LockedFrom::NotOwner => failing.push(AccountRefusal::OnlyOwner),
        LockedFrom::NoticeLink { sent_at } => {
            let at = sent_at.plus(policy.lock_link_lasts);
            if now >= at {
                failing.push(AccountRefusal::LockLinkExpired { at });
            }
        }
    }
    failing.extend(lock.refusal());
    failing
}

/// Locks the account at once; no proof is asked for, since a lock hurts a thief more (ACC-14).
///
/// # Errors
/// Everything that [`may_lock_account`] lists.
pub fn lock_account(
    lock: Lock,
    from: LockedFrom,
    policy: &AccountPolicy,
    now: Timestamp,
) -> Result<AccountLocked, Refused<AccountRefusal>> {
    Refused::unless_none(may_lock_account(lock, from, policy, now))?;
    Ok(AccountLocked {
        lock: Lock::Locked { since: now },
        change: SecurityChange::AccountLocked,
    })
}

/// What a code shows of the owner of a locked account: it must have been sent for unlocking, to the
/// account's present security phone or e-mail; else nothing (ACC-14, CON-8).
#[must_use]
pub fn unlock_proof(contacts: &SecurityContacts, code: &ConfirmedCode) -> Option<ProofMethod> {
    let bound_to = code.bound_to();
    [ProofMethod::SecurityPhone, ProofMethod::SecurityEmail]
        .into_iter()
        .find(|method| contacts.code_target(*method).as_ref() == Some(&bound_to.target))
        .filter(|_| bound_to.purpose == CodePurpose::UnlockAccount && bound_to.account.is_none())
}

/// All reasons why `shown` does not unlock the account (ACC-14, DRG-6).
///
/// What was put in within a day before the lock, or after it, may be a thief's; it unlocks nothing
/// while the account has something older.
#[must_use]
pub fn may_unlock_account(
    standing: AccountStanding,
    lock: Lock,
    shown: ProofMethod,
    means: &Means,
    policy: &AccountPolicy,
) -> Vec<AccountRefusal> {
    if let Some(gone) = standing.refusal() {
        return vec![gone];
    }
    let Lock::Locked { since } = lock else {
        return vec![AccountRefusal::NotLocked];
    };
    let trusted_until = since.minus(policy.lock_distrusts);
    let is_old = |method| {
        means
            .changed_at(method)
            .is_some_and(|changed| changed <= trusted_until)
    };
    if !means.has(shown) {
        return vec![AccountRefusal::NothingSuchBound { method: shown }];
    }
    if !is_old(shown) && means.all().any(is_old) {
        return vec![AccountRefusal::ChangedTooRecently { method: shown }];
    }
    Vec::new()
}

/// Unlocks the account after its owner has shown `shown` (ACC-14).
///
/// # Errors
/// Everything that [`may_unlock_account`] lists.
pub fn unlock_account(
    standing: AccountStanding,
    lock: Lock,
    shown: ProofMethod,
    means: &Means,
    has_password: bool,
    policy: &AccountPolicy,
) -> Result<AccountUnlocked, Refused<AccountRefusal>> {
    Refused::unless_none(may_unlock_account(standing, lock, shown, means, policy))?;
    Ok(AccountUnlocked {
        lock: Lock::Unlocked,
        must_set_password: has_password,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const MILLISECOND: Span = Span::from_millis(1);
    const OPEN: AccountStanding = AccountStanding::Open;
    const LOCKED: Lock = Lock::Locked { since: NOW };

    fn may_lock(lock: Lock, from: LockedFrom, now: Timestamp) -> Vec<AccountRefusal> {
        may_lock_account(lock, from, &AccountPolicy::default(), now)
    }

    #[test]
    fn acc_14_the_owner_locks_at_once_and_every_session_ends() {
        let policy = AccountPolicy::default();
        let locked = lock_account(Lock::Unlocked, LockedFrom::Owner, &policy, NOW).unwrap();
        assert_eq!(locked.lock, LOCKED);
        assert_eq!(
            locked.change.other_sessions(),
            crate::protection::OtherSessions::End
        );
        assert!(locked.change.revokes_trust());
        assert_eq!(
            locked.lock.refusal(),
            Some(AccountRefusal::Locked { since: NOW })
        );
        assert_eq!(
            may_lock(locked.lock, LockedFrom::Owner, NOW),
            [AccountRefusal::Locked { since: NOW }]
        );
        assert_eq!(
            may_lock(Lock::Unlocked, LockedFrom::NotOwner, NOW),
            [AccountRefusal::OnlyOwner]
        );
    }

    #[test]
    fn acc_14_the_link_of_a_notice_locks_for_seven_days() {
        let from = LockedFrom::NoticeLink { sent_at: NOW };
        let end = NOW.plus(Span::from_days(7));
        assert_eq!(may_lock(Lock::Unlocked, from, end.minus(MILLISECOND)), []);
        assert_eq!(
            may_lock(Lock::Unlocked, from, end),
            [AccountRefusal::LockLinkExpired { at: end }]
        );
    }

    #[test]
    fn acc_14_what_was_changed_in_the_day_before_the_lock_does_not_unlock() {
        let policy = AccountPolicy::default();
        let day_before = NOW.minus(Span::from_hours(24));
        let unlock = |phone, email| {
            let means = Means {
                security_phone: phone,
                security_email: email,
                ..Means::default()
            };
            unlock_account(
                OPEN,
                LOCKED,
                ProofMethod::SecurityPhone,
                &means,
                true,
                &policy,
            )
            .map_err(Refused::into_all)
        };
        let unlocked = Ok(AccountUnlocked {
            lock: Lock::Unlocked,
            must_set_password: true,
        });
        let old = Some(day_before);
        let new = Some(day_before.plus(MILLISECOND));
        assert_eq!(unlock(old, old), unlocked);
        assert_eq!(
            unlock(new, old),
            Err(vec![AccountRefusal::ChangedTooRecently {
                method: ProofMethod::SecurityPhone
            }])
        );
        assert_eq!(unlock(new, new), unlocked, "nothing older is at hand");
        assert_eq!(unlock(new, None), unlocked);
        assert_eq!(
            unlock(None, old),
            Err(vec![AccountRefusal::NothingSuchBound {
                method: ProofMethod::SecurityPhone
            }])
        );
    }

    #[test]
    fn acc_14_only_a_code_for_unlocking_to_a_present_contact_unlocks() {
        let phone = |text: &str| crate::identity::PhoneNumber::parse(text).unwrap();
        let contacts = SecurityContacts {
            phone: Some(phone("13800138000")),
            email: None,
        };
        let shown = |purpose, text: &str| {
            let bound_to = crate::contacts::CodeRequest {
                purpose,
                account: None,
                target: phone(text).into(),
            };
            unlock_proof(&contacts, &ConfirmedCode::answered(bound_to, NOW))
        };
        let unlock = CodePurpose::UnlockAccount;
        assert_eq!(
            shown(unlock, "13800138000"),
            Some(ProofMethod::SecurityPhone)
        );
        assert_eq!(shown(unlock, "13800138001"), None);
        assert_eq!(shown(CodePurpose::ResetPassword, "13800138000"), None);
    }

    #[test]
    fn acc_14_what_is_not_locked_is_not_unlocked() {
        let policy = AccountPolicy::default();
        assert_eq!(
            may_unlock_account(
                OPEN,
                Lock::Unlocked,
                ProofMethod::Mfa,
                &Means::default(),
                &policy
            ),
            [AccountRefusal::NotLocked]
        );
        let gone = AccountStanding::Deregistered { at: NOW };
        let means = Means {
            mfa: Some(NOW),
            ..Means::default()
        };
        assert_eq!(
            may_unlock_account(gone, LOCKED, ProofMethod::Mfa, &means, &policy),
            [AccountRefusal::Deregistered]
        );
    }
}
