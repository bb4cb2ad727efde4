//! Contact phone and contact e-mail: the new value counts once it was confirmed (CON-6). No
//! identity check; they receive product notices only.

use serde::{Deserialize, Serialize};

use super::{
    CodePurpose, CodeRequest, ConfirmedCode, ContactPolicy, ContactRefusal, ContactTarget,
};
use crate::account::AccountId;
use crate::refusal::Refused;
use crate::time::Timestamp;

/// Which of the two is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// The contact phone.
    Phone,
    /// The contact e-mail.
    Email,
}

/// A contact phone or e-mail: what counts, and what waits to count (CON-6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPoint {
    /// Phone or e-mail.
    pub kind: ContactKind,
    /// The value that counts; it stays until another one is confirmed.
    pub confirmed: Option<ContactTarget>,
    /// The value that is shown as pending.
    pub pending: Option<Pending>,
}

/// A value that waits to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The value.
    pub value: ContactTarget,
    /// When it was typed.
    pub since: Timestamp,
}

/// How a pending value is confirmed (CON-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactProof<'a> {
    /// It answered a code.
    Code(&'a ConfirmedCode),
    /// The link in a message to it was followed.
    Link {
        /// Where the message had gone.
        sent_to: &'a ContactTarget,
    },
}

impl ContactPoint {
    /// What stands against wishing for `value`.
    #[must_use]
    pub fn may_propose(&self, value: &ContactTarget) -> Vec<ContactRefusal> {
        let fits = matches!(
            (self.kind, value),
            (ContactKind::Phone, ContactTarget::Phone(_))
                | (ContactKind::Email, ContactTarget::Email(_))
        );
        if fits && self.confirmed.as_ref() != Some(value) {
            Vec::new()
        } else {
            vec![ContactRefusal::SameContact]
        }
    }

    /// Wishes for a new value, which takes the place of another pending one; the old one stays (CON-6).
    ///
    /// # Errors
    /// [`ContactRefusal::SameContact`].
    pub fn propose(
        self,
        value: ContactTarget,
        now: Timestamp,
    ) -> Result<Self, Refused<ContactRefusal>> {
        Refused::unless_none(self.may_propose(&value))?;
        Ok(Self {
            pending: Some(Pending { value, since: now }),
            ..self
        })
    }

    /// What the code is asked for that confirms the pending value.
    #[must_use]
    pub fn code_request(&self, account: AccountId) -> Option<CodeRequest> {
        let pending = self.pending.as_ref()?;
        Some(CodeRequest {
            purpose: match self.kind {
                ContactKind::Phone => CodePurpose::ContactPhone,
                ContactKind::Email => CodePurpose::ContactEmail,
            },
            account: Some(account),
            target: pending.value.clone(),
        })
    }

    /// The value that waits at `now` and the moment when it lapses; none once it has (CON-6).
    #[must_use]
    pub fn waiting(&self, policy: &ContactPolicy, now: Timestamp) -> Option<(&Pending, Timestamp)> {
        let pending = self.pending.as_ref()?;
        let until = pending.since.plus(policy.pending_change);
        (now < until).then_some((pending, until))
    }

    /// The pending value was confirmed and counts from now on (CON-6).
    ///
    /// # Errors
    /// [`ContactRefusal::NothingPending`] or [`ContactRefusal::ContactNotProved`]; the old value
    /// stays then.
    pub fn confirm(
        self,
        account: AccountId,
        proof: ContactProof<'_>,
        policy: &ContactPolicy,
        now: Timestamp,
    ) -> Result<Self, Refused<ContactRefusal>> {
        if self.waiting(policy, now).is_none() {
            return Err(ContactRefusal::NothingPending.into());
        }
        let asked = self.code_request(account);
        let (Some(asked), Some(pending)) = (asked, self.pending) else {
            return Err(ContactRefusal::NothingPending.into());
        };
        let is_proved = match proof {
            ContactProof::Code(code) => code.is_for(&asked),
            ContactProof::Link { sent_to } => *sent_to == pending.value,
        };
        if !is_proved {
            return Err(ContactRefusal::ContactNotProved.into());
        }
        Ok(Self {
            kind: self.kind,
            confirmed: Some(pending.value),
            pending: None,
        })
    }

    /// The pending value is given up; the old one stays (CON-6).
    #[must_use]
    pub fn cancel(self) -> Self {
        Self {
            pending: None,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::target::examples::{email, phone};
    use super::*;
    use crate::time::Span;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn account() -> AccountId {
        AccountId::from_serial(1).unwrap()
    }

    fn pending() -> ContactPoint {
        let point = ContactPoint {
            kind: ContactKind::Phone,
            confirmed: Some(phone(8000).into()),
            pending: None,
        };
        point.propose(phone(8001).into(), NOW).unwrap()
    }

    fn code(purpose: CodePurpose, last: u32) -> ConfirmedCode {
        let bound_to = CodeRequest {
            purpose,
            account: Some(account()),
            target: phone(last).into(),
        };
        ConfirmedCode::answered(bound_to, NOW)
    }

    fn confirm(proof: ContactProof<'_>, now: Timestamp) -> Result<ContactPoint, ContactRefusal> {
        pending()
            .confirm(account(), proof, &ContactPolicy::default(), now)
            .map_err(|refused| refused.all()[0])
    }

    #[test]
    fn con_6_the_old_value_stays_until_the_new_one_is_confirmed() {
        assert_eq!(pending().confirmed, Some(phone(8000).into()));
        let right = code(CodePurpose::ContactPhone, 8001);
        assert_eq!(
            pending().code_request(account()).as_ref(),
            Some(right.bound_to())
        );
        let confirmed = confirm(ContactProof::Code(&right), NOW).unwrap();
        assert_eq!(confirmed.confirmed, Some(phone(8001).into()));
        assert_eq!(confirmed.pending, None);
        let sent_to = phone(8001).into();
        let by_link = confirm(ContactProof::Link { sent_to: &sent_to }, NOW);
        assert_eq!(by_link, Ok(confirmed));
    }

    #[test]
    fn con_6_a_code_or_link_for_another_value_confirms_nothing() {
        let not_proved = Err(ContactRefusal::ContactNotProved);
        for wrong in [
            code(CodePurpose::ContactPhone, 8000),
            code(CodePurpose::NewSecurityPhone, 8001),
        ] {
            assert_eq!(confirm(ContactProof::Code(&wrong), NOW), not_proved);
        }
        let sent_to = phone(8000).into();
        let by_link = confirm(ContactProof::Link { sent_to: &sent_to }, NOW);
        assert_eq!(by_link, not_proved);
    }

    #[test]
    fn con_6_a_pending_value_lapses_or_is_cancelled() {
        let right = code(CodePurpose::ContactPhone, 8001);
        let end = NOW.plus(Span::from_hours(24));
        let last = end.minus(Span::from_millis(1));
        assert!(confirm(ContactProof::Code(&right), last).is_ok());
        let nothing = ContactRefusal::NothingPending;
        assert_eq!(confirm(ContactProof::Code(&right), end), Err(nothing));
        let cancelled = pending().cancel();
        assert_eq!(cancelled.confirmed, Some(phone(8000).into()));
        let policy = ContactPolicy::default();
        let answer = cancelled.confirm(account(), ContactProof::Code(&right), &policy, NOW);
        assert_eq!(answer, Err(nothing.into()));
    }

    #[test]
    fn con_6_the_present_value_and_another_kind_are_no_new_value() {
        let refused = [ContactRefusal::SameContact];
        assert_eq!(pending().may_propose(&phone(8000).into()), refused);
        assert_eq!(pending().may_propose(&email("owner").into()), refused);
        assert!(pending().propose(phone(8000).into(), NOW).is_err());
        assert!(pending().propose(phone(8002).into(), NOW).is_ok());
    }
}
