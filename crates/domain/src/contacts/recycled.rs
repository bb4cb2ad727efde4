//! A number that its operator gave to somebody else 二次放号 (CON-9). The requester never learns
//! more than masked account ids.

use serde::{Deserialize, Serialize};

use super::{CodePurpose, ConfirmedCode, ContactPolicy, ContactRefusal, ContactTarget};
use crate::account::AccountId;
use crate::identity::{Email, PhoneNumber};
use crate::masked::Masked;
use crate::protection::{Factor, Means, Protections, SecurityChange};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// An account whose security phone the number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecycledHolder {
    /// The account.
    pub account: AccountId,
    /// Whether a case about this account and this number is open already.
    pub has_open_case: bool,
}

/// A request to detach a number from one account that has it (CON-9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecycledCase {
    /// The account that has the number.
    pub holder: AccountId,
    /// The number.
    pub phone: PhoneNumber,
    /// When the requester proved to hold it.
    pub asked_at: Timestamp,
    /// How far it has come.
    pub state: RecycledState,
}

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RecycledState {
    /// The holder has been told and can object.
    Open,
    /// The holder objected; an operator decides (OPS-1).
    Objected {
        /// When.
        at: Timestamp,
    },
    /// The number is detached.
    Detached {
        /// When.
        at: Timestamp,
    },
    /// The number stays where it was.
    Kept {
        /// When that was decided.
        at: Timestamp,
    },
    /// The holder changed the number, so that nothing is left to decide.
    Settled {
        /// When that was seen.
        at: Timestamp,
    },
    /// The requester took the request back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// What an operator decides after an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ObjectionDecision {
    /// The holder is right.
    Keep,
    /// The requester is right.
    Detach,
}

/// The number was detached from its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneDetached {
    /// The account. It keeps signing in with its login methods and is asked for a new security
    /// phone at the next sign-in.
    pub holder: AccountId,
    /// The number, whose place is free at once (CON-2).
    pub phone: PhoneNumber,
    /// The holder's protections from now on: what asked for the phone asks for the strongest other
    /// factor, or is off, since else the account could not sign in.
    pub protections: Protections,
    /// What happened, with its consequences for sessions and notices.
    pub change: SecurityChange,
}

/// What a holder can be reached with besides the number in question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HolderContacts {
    /// The security e-mail.
    pub security_email: Option<Email>,
    /// The login e-mail.
    pub login_email: Option<Email>,
    /// The contact e-mail.
    pub contact_email: Option<Email>,
    /// The contact phone.
    pub contact_phone: Option<PhoneNumber>,
}

/// Every other channel by which a holder is told, each once; the notice in the console comes on top
/// (CON-9).
#[must_use]
pub fn objection_channels(contacts: &HolderContacts, phone: &PhoneNumber) -> Vec<ContactTarget> {
    let emails = [
        &contacts.security_email,
        &contacts.login_email,
        &contacts.contact_email,
    ];
    let other_phone = contacts
        .contact_phone
        .iter()
        .filter(|other| *other != phone);
    let mut channels: Vec<ContactTarget> = Vec::new();
    for target in emails
        .into_iter()
        .flatten()
        .cloned()
        .map(ContactTarget::Email)
        .chain(other_phone.cloned().map(ContactTarget::Phone))
    {
        if !channels.contains(&target) {
            channels.push(target);
        }
    }
    channels
}

/// What stands against asking to detach a number, whose possession was proved (CON-9).
#[must_use]
pub fn may_request_detachment(holders: &[RecycledHolder]) -> Vec<ContactRefusal> {
    if holders.is_empty() {
        return vec![ContactRefusal::NobodyHolds];
    }
    if holders.iter().all(|holder| holder.has_open_case) {
        return vec![ContactRefusal::AlreadyRequested];
    }
    Vec::new()
}

/// Asks to detach a number from every account that has it, one case each (CON-9).
///
/// # Errors
/// [`ContactRefusal::RecycledNotProved`] without a code to the number for this very request, and
/// all that [`may_request_detachment`] lists.
pub fn request_detachment(
    proved: &ConfirmedCode,
    holders: &[RecycledHolder],
    now: Timestamp,
) -> Result<Vec<RecycledCase>, Refused<ContactRefusal>> {
    let phone = match (proved.bound_to().purpose, &proved.bound_to().target) {
        (CodePurpose::DetachRecycled, ContactTarget::Phone(phone)) => phone,
        _ => return Err(ContactRefusal::RecycledNotProved.into()),
    };
    Refused::unless_none(may_request_detachment(holders))?;
    Ok(holders
        .iter()
        .filter(|holder| !holder.has_open_case)
        .map(|holder| RecycledCase {
            holder: holder.account,
            phone: phone.clone(),
            asked_at: now,
            state: RecycledState::Open,
        })
        .collect())
}

impl RecycledCase {
    /// All that the requester learns of the holder (CON-9).
    #[must_use]
    pub fn masked_holder(&self) -> Masked {
        self.holder.masked()
    }

    /// The moment from which on nobody can object any more (CON-9): 7 days after the request.
    #[must_use]
    pub fn objection_ends(&self, policy: &ContactPolicy) -> Timestamp {
        self.asked_at.plus(policy.objection)
    }

    fn moved(self, state: RecycledState) -> Self {
        Self { state, ..self }
    }

    fn open(&self) -> Result<(), ContactRefusal> {
        match self.state {
            RecycledState::Open => Ok(()),
            RecycledState::Objected { .. }
            | RecycledState::Detached { .. }
            | RecycledState::Kept { .. }
            | RecycledState::Settled { .. }
            | RecycledState::Withdrawn { .. } => Err(ContactRefusal::CaseClosed),
        }
    }

    /// The holder objects (CON-9).
    ///
    /// # Errors
    /// [`ContactRefusal::CaseClosed`] when it is decided or their time is over.
    pub fn object(
        self,
        policy: &ContactPolicy,
        now: Timestamp,
    ) -> Result<Self, Refused<ContactRefusal>> {
        self.open()?;
        if self.objection_ends(policy) <= now {
            return Err(ContactRefusal::CaseClosed.into());
        }
        Ok(self.moved(RecycledState::Objected { at: now }))
    }

    /// The requester takes the request back.
    ///
    /// # Errors
    /// [`ContactRefusal::CaseClosed`] when it is decided.
    pub fn withdraw(self, now: Timestamp) -> Result<Self, Refused<ContactRefusal>> {
        self.open()?;
        Ok(self.moved(RecycledState::Withdrawn { at: now }))
    }

    /// Nobody objected in time: the number is detached, unless its holder has changed it meanwhile
    /// (CON-9).
    ///
    /// # Errors
    /// [`ContactRefusal::ObjectionOpen`] before the 7 days are over, and
    /// [`ContactRefusal::CaseClosed`] when it is decided.
    pub fn fall_due(
        self,
        holders_phone: Option<&PhoneNumber>,
        protections: Protections,
        means: &Means,
        policy: &ContactPolicy,
        now: Timestamp,
    ) -> Result<(Self, Option<PhoneDetached>), Refused<ContactRefusal>> {
        self.open()?;
        let retry_at = self.objection_ends(policy);
        if now < retry_at {
            return Err(ContactRefusal::ObjectionOpen { retry_at }.into());
        }
        Ok(self.detach(holders_phone, protections, means, now))
    }

    /// An operator decides after an objection (OPS-1).
    ///
    /// # Errors
    /// [`ContactRefusal::CaseClosed`] when there was no objection or it is decided.
    pub fn decide(
        self,
        decision: ObjectionDecision,
        holders_phone: Option<&PhoneNumber>,
        protections: Protections,
        means: &Means,
        now: Timestamp,
    ) -> Result<(Self, Option<PhoneDetached>), Refused<ContactRefusal>> {
        let RecycledState::Objected { .. } = self.state else {
            return Err(ContactRefusal::CaseClosed.into());
        };
        Ok(match decision {
            ObjectionDecision::Keep => (self.moved(RecycledState::Kept { at: now }), None),
            ObjectionDecision::Detach => self.detach(holders_phone, protections, means, now),
        })
    }

    fn detach(
        self,
        holders_phone: Option<&PhoneNumber>,
        protections: Protections,
        means: &Means,
        now: Timestamp,
    ) -> (Self, Option<PhoneDetached>) {
        if holders_phone != Some(&self.phone) {
            return (self.moved(RecycledState::Settled { at: now }), None);
        }
        let left = Means {
            security_phone: None,
            ..*means
        };
        let detached = PhoneDetached {
            holder: self.holder,
            phone: self.phone.clone(),
            protections: Protections {
                sign_in: protections.sign_in.without(Factor::PhoneCode, &left),
                operation: protections.operation.without(Factor::PhoneCode, &left),
            },
            change: SecurityChange::SecurityPhoneChanged,
        };
        (
            self.moved(RecycledState::Detached { at: now }),
            Some(detached),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::CodeRequest;
    use super::super::target::examples::{email, phone};
    use super::*;
    use crate::protection::Protection;
    use crate::time::Span;

    const ASKED: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const SEVEN_DAYS: Timestamp = ASKED.plus(Span::from_days(7));
    const MILLISECOND: Span = Span::from_millis(1);

    fn account(serial: u32) -> AccountId {
        AccountId::from_serial(serial).unwrap()
    }

    fn proved(purpose: CodePurpose) -> ConfirmedCode {
        let bound_to = CodeRequest {
            purpose,
            account: None,
            target: phone(8000).into(),
        };
        ConfirmedCode::answered(bound_to, ASKED)
    }

    fn holder(serial: u32, has_open_case: bool) -> RecycledHolder {
        RecycledHolder {
            account: account(serial),
            has_open_case,
        }
    }

    fn case() -> RecycledCase {
        let proved = proved(CodePurpose::DetachRecycled);
        let mut cases = request_detachment(&proved, &[holder(12_345_678, false)], ASKED).unwrap();
        cases.remove(0)
    }

    fn object(case: RecycledCase, now: Timestamp) -> Result<RecycledCase, Refused<ContactRefusal>> {
        case.object(&ContactPolicy::default(), now)
    }

    fn fall_due(
        case: RecycledCase,
        holders_phone: Option<&PhoneNumber>,
        now: Timestamp,
    ) -> Result<(RecycledCase, Option<PhoneDetached>), Refused<ContactRefusal>> {
        let protections = Protections {
            sign_in: Protection::Require(Factor::PhoneCode),
            operation: Protection::Require(Factor::EmailCode),
        };
        let means = Means {
            security_phone: Some(ASKED),
            security_email: Some(ASKED),
            ..Means::default()
        };
        case.fall_due(
            holders_phone,
            protections,
            &means,
            &ContactPolicy::default(),
            now,
        )
    }

    #[test]
    fn con_9_the_requester_proves_possession_and_learns_masked_ids_only() {
        assert_eq!(case().masked_holder().as_str(), "1000****5678");
        let wrong = proved(CodePurpose::FindAccount);
        assert_eq!(
            request_detachment(&wrong, &[holder(1, false)], ASKED),
            Err(ContactRefusal::RecycledNotProved.into())
        );
        let right = proved(CodePurpose::DetachRecycled);
        assert_eq!(
            request_detachment(&right, &[], ASKED),
            Err(ContactRefusal::NobodyHolds.into())
        );
        assert_eq!(
            request_detachment(&right, &[holder(1, true)], ASKED),
            Err(ContactRefusal::AlreadyRequested.into())
        );
        let cases = request_detachment(&right, &[holder(1, true), holder(2, false)], ASKED);
        assert_eq!(cases.unwrap().len(), 1);
    }

    #[test]
    fn con_9_the_holder_objects_within_seven_days_and_not_after() {
        let last = SEVEN_DAYS.minus(MILLISECOND);
        let objected = object(case(), last).unwrap();
        assert_eq!(objected.state, RecycledState::Objected { at: last });
        let closed = Err(ContactRefusal::CaseClosed.into());
        assert_eq!(object(case(), SEVEN_DAYS), closed);
        assert_eq!(object(objected, last), closed);
    }

    #[test]
    fn con_9_without_objection_the_number_is_detached_after_seven_days() {
        let held = phone(8000);
        let too_early = fall_due(case(), Some(&held), SEVEN_DAYS.minus(MILLISECOND));
        assert_eq!(
            too_early,
            Err(ContactRefusal::ObjectionOpen {
                retry_at: SEVEN_DAYS
            }
            .into())
        );
        let (case, detached) = fall_due(case(), Some(&held), SEVEN_DAYS).unwrap();
        assert_eq!(case.state, RecycledState::Detached { at: SEVEN_DAYS });
        let detached = detached.unwrap();
        assert_eq!(
            (detached.holder, &detached.phone),
            (account(12_345_678), &held)
        );
        assert_eq!(
            detached.protections.sign_in,
            Protection::Require(Factor::EmailCode),
            "the account can still sign in"
        );
        assert!(fall_due(case, Some(&held), SEVEN_DAYS).is_err());
    }

    #[test]
    fn con_9_a_number_changed_meanwhile_is_left_alone() {
        let other = phone(8001);
        let (case, detached) = fall_due(case(), Some(&other), SEVEN_DAYS).unwrap();
        assert_eq!(case.state, RecycledState::Settled { at: SEVEN_DAYS });
        assert_eq!(detached, None);
    }

    #[test]
    fn con_9_an_objection_is_decided_by_an_operator_and_never_by_time() {
        let held = phone(8000);
        let objected = object(case(), ASKED).unwrap();
        assert!(fall_due(objected.clone(), Some(&held), SEVEN_DAYS).is_err());
        let decide = |case: RecycledCase, decision| {
            let means = Means::default();
            case.decide(decision, Some(&held), Protections::default(), &means, ASKED)
        };
        let (kept, none) = decide(objected.clone(), ObjectionDecision::Keep).unwrap();
        assert_eq!(kept.state, RecycledState::Kept { at: ASKED });
        assert_eq!(none, None);
        let (_, detached) = decide(objected, ObjectionDecision::Detach).unwrap();
        assert!(detached.is_some());
        assert!(decide(kept, ObjectionDecision::Detach).is_err());
        assert!(decide(case(), ObjectionDecision::Detach).is_err());
    }

    #[test]
    fn con_9_a_withdrawn_request_is_over() {
        let withdrawn = case().withdraw(ASKED).unwrap();
        assert!(object(withdrawn.clone(), ASKED).is_err());
        assert!(fall_due(withdrawn.clone(), Some(&phone(8000)), SEVEN_DAYS).is_err());
        assert!(withdrawn.withdraw(ASKED).is_err());
    }

    #[test]
    fn con_9_the_holder_is_told_by_every_channel_but_the_number_itself() {
        let contacts = HolderContacts {
            security_email: Some(email("owner")),
            login_email: Some(email("Owner")),
            contact_email: Some(email("office")),
            contact_phone: Some(phone(8000)),
        };
        assert_eq!(
            objection_channels(&contacts, &phone(8000)),
            [email("owner").into(), email("office").into()]
        );
        let other_phone = HolderContacts {
            contact_phone: Some(phone(8001)),
            ..HolderContacts::default()
        };
        assert_eq!(
            objection_channels(&other_phone, &phone(8000)),
            [phone(8001).into()]
        );
    }
}
