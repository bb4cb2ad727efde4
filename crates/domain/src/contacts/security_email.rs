//! The security e-mail: the original address agrees and the new one proves itself (CON-5).

use super::{CodePurpose, CodeRequest, ConfirmedCode, ContactPolicy, ContactRefusal};
use crate::account::AccountId;
use crate::identity::Email;
use crate::protection::{RecentCheck, SecurityChange};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// A change of the security e-mail on its way. Until its end the original address stays (CON-5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailChange {
    /// A code is asked for that was sent to the **original** address.
    AwaitsOriginal {
        /// The original address, which must still be the present one when it answers.
        original: Email,
        /// The address wished for.
        new: Email,
        /// When the change was begun.
        since: Timestamp,
    },
    /// A code is asked for that was sent to the new address, so that a typing error locks nobody out.
    AwaitsNew {
        /// The address that agreed; none at the first binding.
        original: Option<Email>,
        /// The address wished for.
        new: Email,
        /// When the change was begun.
        since: Timestamp,
    },
}

/// The security e-mail was bound or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityEmailChanged {
    /// The address that gets no more security codes.
    pub old: Option<Email>,
    /// The address from now on.
    pub new: Email,
    /// When.
    pub at: Timestamp,
    /// What happened, with its consequences for sessions and notices.
    pub change: SecurityChange,
}

/// What stands against beginning to change the security e-mail to `new` (CON-5).
#[must_use]
pub fn may_start_email_change(current: Option<&Email>, new: &Email) -> Vec<ContactRefusal> {
    if current == Some(new) {
        vec![ContactRefusal::SameEmail]
    } else {
        Vec::new()
    }
}

/// Begins to bind or change the security e-mail, after the identity check (CON-5). A change that
/// was on its way is given up for this one, which is how a mistyped address is corrected.
///
/// # Errors
/// [`ContactRefusal::SameEmail`].
pub fn start_email_change(
    _check: &RecentCheck,
    current: Option<&Email>,
    new: Email,
    now: Timestamp,
) -> Result<EmailChange, Refused<ContactRefusal>> {
    Refused::unless_none(may_start_email_change(current, &new))?;
    Ok(match current {
        Some(original) => EmailChange::AwaitsOriginal {
            original: original.clone(),
            new,
            since: now,
        },
        None => EmailChange::AwaitsNew {
            original: None,
            new,
            since: now,
        },
    })
}

impl EmailChange {
    /// What the code is asked for that comes next.
    #[must_use]
    pub fn next_code(&self, account: AccountId) -> CodeRequest {
        let (purpose, target) = match self {
            Self::AwaitsOriginal { original, .. } => (CodePurpose::OriginalSecurityEmail, original),
            Self::AwaitsNew { new, .. } => (CodePurpose::NewSecurityEmail, new),
        };
        CodeRequest {
            purpose,
            account: Some(account),
            target: target.clone().into(),
        }
    }

    /// The address that is shown as waiting.
    #[must_use]
    pub const fn wished(&self) -> &Email {
        match self {
            Self::AwaitsOriginal { new, .. } | Self::AwaitsNew { new, .. } => new,
        }
    }

    /// The address that it began from; none at the first binding.
    #[must_use]
    pub const fn original(&self) -> Option<&Email> {
        match self {
            Self::AwaitsOriginal { original, .. } => Some(original),
            Self::AwaitsNew { original, .. } => original.as_ref(),
        }
    }

    /// The moment from which on no code completes it (CON-5, ours): 24 hours after its beginning.
    #[must_use]
    pub fn lapses_at(&self, policy: &ContactPolicy) -> Timestamp {
        match self {
            Self::AwaitsOriginal { since, .. } | Self::AwaitsNew { since, .. } => {
                since.plus(policy.pending_change)
            }
        }
    }

    /// Whether it has not lapsed and the address it began from is still the present one.
    #[must_use]
    pub fn is_alive(
        &self,
        current: Option<&Email>,
        policy: &ContactPolicy,
        now: Timestamp,
    ) -> bool {
        self.original() == current && now < self.lapses_at(policy)
    }

    fn check_alive(
        &self,
        current: Option<&Email>,
        policy: &ContactPolicy,
        now: Timestamp,
    ) -> Result<(), ContactRefusal> {
        if self.is_alive(current, policy, now) {
            Ok(())
        } else {
            Err(ContactRefusal::NoEmailChange)
        }
    }

    /// The original address answered its code and so agrees (CON-5).
    ///
    /// # Errors
    /// [`ContactRefusal::NoEmailChange`] when nothing waits for that, or
    /// [`ContactRefusal::EmailNotProved`] when the code is another one.
    pub fn original_agreed(
        self,
        account: AccountId,
        current: Option<&Email>,
        proved: &ConfirmedCode,
        policy: &ContactPolicy,
        now: Timestamp,
    ) -> Result<Self, Refused<ContactRefusal>> {
        self.check_alive(current, policy, now)?;
        let asked = self.next_code(account);
        match self {
            Self::AwaitsNew { .. } => Err(ContactRefusal::NoEmailChange.into()),
            Self::AwaitsOriginal { .. } if !proved.is_for(&asked) => {
                Err(ContactRefusal::EmailNotProved.into())
            }
            Self::AwaitsOriginal {
                original,
                new,
                since,
            } => Ok(Self::AwaitsNew {
                original: Some(original),
                new,
                since,
            }),
        }
    }

    /// The new address answered a code of its own; now it is the security e-mail (CON-5).
    ///
    /// # Errors
    /// [`ContactRefusal::NoEmailChange`] when nothing waits for that, or
    /// [`ContactRefusal::EmailNotProved`] when the code is another one.
    pub fn new_answered(
        self,
        account: AccountId,
        current: Option<&Email>,
        proved: &ConfirmedCode,
        policy: &ContactPolicy,
        now: Timestamp,
    ) -> Result<SecurityEmailChanged, Refused<ContactRefusal>> {
        self.check_alive(current, policy, now)?;
        let asked = self.next_code(account);
        match self {
            Self::AwaitsOriginal { .. } => Err(ContactRefusal::NoEmailChange.into()),
            Self::AwaitsNew { .. } if !proved.is_for(&asked) => {
                Err(ContactRefusal::EmailNotProved.into())
            }
            Self::AwaitsNew { original, new, .. } => Ok(SecurityEmailChanged {
                old: original,
                new,
                at: now,
                change: SecurityChange::SecurityEmailChanged,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::target::examples::email;
    use super::*;
    use crate::protection::{SensitiveOperation, a_check};
    use crate::time::Span;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn account() -> AccountId {
        AccountId::from_serial(1).unwrap()
    }

    fn code(purpose: CodePurpose, name: &str) -> ConfirmedCode {
        let bound_to = CodeRequest {
            purpose,
            account: Some(account()),
            target: email(name).into(),
        };
        ConfirmedCode::answered(bound_to, NOW)
    }

    fn start(current: Option<&Email>, new: &str) -> EmailChange {
        let check = a_check(SensitiveOperation::ChangeSecurityEmail, NOW);
        start_email_change(&check, current, email(new), NOW).unwrap()
    }

    fn agree(change: EmailChange, code: &ConfirmedCode) -> Result<EmailChange, ContactRefusal> {
        let policy = ContactPolicy::default();
        change
            .original_agreed(account(), Some(&email("old")), code, &policy, NOW)
            .map_err(|refused| refused.all()[0])
    }

    fn finish(
        change: EmailChange,
        current: Option<&Email>,
        code: &ConfirmedCode,
        now: Timestamp,
    ) -> Result<SecurityEmailChanged, ContactRefusal> {
        let policy = ContactPolicy::default();
        change
            .new_answered(account(), current, code, &policy, now)
            .map_err(|refused| refused.all()[0])
    }

    #[test]
    fn con_5_the_first_address_is_bound_by_a_code_to_itself() {
        let change = start(None, "new");
        let changed = finish(
            change,
            None,
            &code(CodePurpose::NewSecurityEmail, "new"),
            NOW,
        );
        let changed = changed.unwrap();
        assert_eq!((changed.old, changed.new), (None, email("new")));
    }

    #[test]
    fn con_5_a_change_needs_the_original_address_first_and_then_the_new_one() {
        let old = email("old");
        let from_old = code(CodePurpose::OriginalSecurityEmail, "old");
        let from_new = code(CodePurpose::NewSecurityEmail, "new");
        let begun = start(Some(&old), "new");
        assert_eq!(
            begun.next_code(account()),
            *from_old.bound_to(),
            "the first code goes to the original address"
        );
        assert_eq!(
            finish(begun.clone(), Some(&old), &from_new, NOW),
            Err(ContactRefusal::NoEmailChange)
        );
        assert_eq!(
            agree(begun.clone(), &from_new),
            Err(ContactRefusal::EmailNotProved)
        );
        let agreed = agree(begun, &from_old).unwrap();
        assert_eq!(agreed.wished(), &email("new"));
        assert_eq!(agreed.next_code(account()), *from_new.bound_to());
        assert_eq!(
            finish(agreed.clone(), Some(&old), &from_old, NOW),
            Err(ContactRefusal::EmailNotProved),
            "a mistyped address never answers, so it never becomes active"
        );
        let changed = finish(agreed, Some(&old), &from_new, NOW).unwrap();
        assert_eq!((changed.old, changed.new), (Some(old), email("new")));
    }

    #[test]
    fn con_5_a_change_lapses_and_does_not_survive_another_change() {
        let old = email("old");
        let agreed = agree(
            start(Some(&old), "new"),
            &code(CodePurpose::OriginalSecurityEmail, "old"),
        )
        .unwrap();
        let from_new = code(CodePurpose::NewSecurityEmail, "new");
        let end = NOW.plus(Span::from_hours(24));
        let last = end.minus(Span::from_millis(1));
        assert!(finish(agreed.clone(), Some(&old), &from_new, last).is_ok());
        let gone = Err(ContactRefusal::NoEmailChange);
        assert_eq!(finish(agreed.clone(), Some(&old), &from_new, end), gone);
        let other = email("other");
        assert_eq!(finish(agreed, Some(&other), &from_new, NOW), gone);
    }

    #[test]
    fn con_5_the_present_address_in_other_letter_case_is_no_change() {
        let check = a_check(SensitiveOperation::ChangeSecurityEmail, NOW);
        let old = email("old");
        assert_eq!(
            may_start_email_change(Some(&old), &email("OLD")),
            [ContactRefusal::SameEmail]
        );
        assert!(start_email_change(&check, Some(&old), email("OLD"), NOW).is_err());
    }
}
