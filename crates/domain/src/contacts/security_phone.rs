//! The security phone: at most five accounts have one number, and it changes only for its owner
//! (CON-2, CON-3, CON-8).

use serde::{Deserialize, Serialize};

use super::{
    CodePurpose, CodeRequest, ConfirmedCode, ContactPolicy, ContactRefusal, ContactTarget,
};
use crate::account::AccountId;
use crate::identity::PhoneNumber;
use crate::protection::{RecentCheck, SecurityChange};
use crate::refusal::Refused;
use crate::time::Timestamp;

/// The steps of changing the security phone oneself, in order (CON-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PhoneChangeStep {
    /// Prove who you are: a code to the present phone, or another way (PRT-4).
    ProveOwner,
    /// Name the new number and answer a code sent to it; then it is changed.
    ProveNewPhone,
}

/// The phone of a message recipient of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessagePhone {
    /// The recipient.
    pub user: AccountId,
    /// Their phone.
    pub phone: PhoneNumber,
}

/// The account as a change of its security phone sees it.
#[derive(Clone, Copy, Debug)]
pub struct PhoneChangeState<'a> {
    /// The account.
    pub account: AccountId,
    /// The present number, if there is one.
    pub current: Option<&'a PhoneNumber>,
    /// How many *other* accounts have the new number as security phone, counted under lock (CON-2).
    pub other_accounts: u32,
    /// The message phones of the account.
    pub message_phones: &'a [MessagePhone],
}

/// The security phone was bound or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityPhoneChanged {
    /// The number that gets no more security codes, and whose place is free at once (CON-2, CON-8).
    pub old: Option<PhoneNumber>,
    /// The number from now on.
    pub new: PhoneNumber,
    /// When.
    pub at: Timestamp,
    /// The recipients that still carry the old number as message phone; the success screen names
    /// them and links to them (CON-8).
    pub still_message_phone_of: Vec<AccountId>,
    /// What happened, with its consequences for sessions and notices.
    pub change: SecurityChange,
}

/// Where somebody stands who changes the security phone (CON-3).
#[must_use]
pub const fn phone_change_step(check: Option<&RecentCheck>) -> PhoneChangeStep {
    match check {
        None => PhoneChangeStep::ProveOwner,
        Some(_) => PhoneChangeStep::ProveNewPhone,
    }
}

/// Whether one more account may have a number, of which so many other accounts have it (CON-2).
#[must_use]
pub(crate) const fn has_place(other_accounts: u32, policy: &ContactPolicy) -> bool {
    other_accounts < policy.accounts_per_phone
}

/// What stands against making `new` the security phone (CON-2, CON-3).
#[must_use]
pub fn may_change_security_phone(
    state: &PhoneChangeState<'_>,
    new: &PhoneNumber,
    policy: &ContactPolicy,
) -> Vec<ContactRefusal> {
    let mut failing = Vec::new();
    if state.current == Some(new) {
        failing.push(ContactRefusal::SamePhone);
    }
    if !has_place(state.other_accounts, policy) {
        failing.push(ContactRefusal::PhoneFull {
            most: policy.accounts_per_phone,
        });
    }
    failing
}

/// Binds or changes the security phone, once its owner proved who they are and the new number
/// answered a code for this very change (CON-2, CON-3, CON-8).
///
/// # Errors
/// All that [`may_change_security_phone`] lists; [`ContactRefusal::PhoneNotProved`] when the code
/// was for something else.
pub fn change_security_phone(
    _check: &RecentCheck,
    state: &PhoneChangeState<'_>,
    proved: &ConfirmedCode,
    policy: &ContactPolicy,
    now: Timestamp,
) -> Result<SecurityPhoneChanged, Refused<ContactRefusal>> {
    let ContactTarget::Phone(new) = &proved.bound_to().target else {
        return Err(ContactRefusal::PhoneNotProved.into());
    };
    let asked = CodeRequest {
        purpose: CodePurpose::NewSecurityPhone,
        account: Some(state.account),
        target: ContactTarget::Phone(new.clone()),
    };
    if !proved.is_for(&asked) {
        return Err(ContactRefusal::PhoneNotProved.into());
    }
    Refused::unless_none(may_change_security_phone(state, new, policy))?;
    let carries_old = |message: &&MessagePhone| Some(&message.phone) == state.current;
    Ok(SecurityPhoneChanged {
        old: state.current.cloned(),
        new: new.clone(),
        at: now,
        still_message_phone_of: state
            .message_phones
            .iter()
            .filter(carries_old)
            .map(|message| message.user)
            .collect(),
        change: SecurityChange::SecurityPhoneChanged,
    })
}

#[cfg(test)]
mod tests {
    use super::super::target::examples::{email, phone};
    use super::*;
    use crate::protection::{SensitiveOperation, a_check};

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn account(serial: u32) -> AccountId {
        AccountId::from_serial(serial).unwrap()
    }

    fn proved(purpose: CodePurpose, serial: u32, target: ContactTarget) -> ConfirmedCode {
        let bound_to = CodeRequest {
            purpose,
            account: Some(account(serial)),
            target,
        };
        ConfirmedCode::answered(bound_to, NOW)
    }

    fn change(
        current: Option<&PhoneNumber>,
        other_accounts: u32,
        proved: &ConfirmedCode,
        message_phones: &[MessagePhone],
    ) -> Result<SecurityPhoneChanged, Vec<ContactRefusal>> {
        let state = PhoneChangeState {
            account: account(1),
            current,
            other_accounts,
            message_phones,
        };
        let check = a_check(SensitiveOperation::ChangeSecurityPhone, NOW);
        change_security_phone(&check, &state, proved, &ContactPolicy::default(), NOW)
            .map_err(Refused::into_all)
    }

    fn right() -> ConfirmedCode {
        proved(CodePurpose::NewSecurityPhone, 1, phone(8001).into())
    }

    #[test]
    fn con_2_fifth_account_is_taken_and_sixth_account_is_refused() {
        let old = phone(8000);
        assert!(change(Some(&old), 4, &right(), &[]).is_ok());
        assert_eq!(
            change(Some(&old), 5, &right(), &[]),
            Err(vec![ContactRefusal::PhoneFull { most: 5 }])
        );
        assert!(
            change(Some(&old), 4, &right(), &[]).is_ok(),
            "a place became free"
        );
    }

    #[test]
    fn con_3_the_number_changes_after_the_new_one_answered_its_own_code() {
        let old = phone(8000);
        let changed = change(Some(&old), 0, &right(), &[]).unwrap();
        assert_eq!((changed.old, changed.new), (Some(old.clone()), phone(8001)));
        assert_eq!(changed.change, SecurityChange::SecurityPhoneChanged);
        for wrong in [
            proved(CodePurpose::ProveOwner, 1, phone(8001).into()),
            proved(CodePurpose::NewSecurityPhone, 2, phone(8001).into()),
            proved(CodePurpose::NewSecurityPhone, 1, email("owner").into()),
        ] {
            assert_eq!(
                change(Some(&old), 0, &wrong, &[]),
                Err(vec![ContactRefusal::PhoneNotProved])
            );
        }
        let same = proved(CodePurpose::NewSecurityPhone, 1, old.clone().into());
        assert_eq!(
            change(Some(&old), 5, &same, &[]),
            Err(vec![
                ContactRefusal::SamePhone,
                ContactRefusal::PhoneFull { most: 5 }
            ]),
            "all that fails is listed"
        );
    }

    #[test]
    fn con_3_first_prove_who_you_are_then_the_new_number() {
        let check = a_check(SensitiveOperation::ChangeSecurityPhone, NOW);
        assert_eq!(phone_change_step(None), PhoneChangeStep::ProveOwner);
        assert_eq!(
            phone_change_step(Some(&check)),
            PhoneChangeStep::ProveNewPhone
        );
    }

    #[test]
    fn con_8_the_recipients_that_still_carry_the_old_number_are_named() {
        let old = phone(8000);
        let recipients = [(10, 8000), (11, 8001), (12, 8000)].map(|(user, last)| MessagePhone {
            user: account(user),
            phone: phone(last),
        });
        let changed = change(Some(&old), 0, &right(), &recipients).unwrap();
        assert_eq!(changed.still_message_phone_of, [account(10), account(12)]);
        let first = change(None, 0, &right(), &recipients).unwrap();
        assert_eq!(first.still_message_phone_of, []);
    }
}
