//! Who is told of a security change (PRT-6). Must not know what they are told.

use super::ContactTarget;
use crate::identity::{Email, PhoneNumber};

/// The security contacts of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityContacts {
    /// The security phone.
    pub phone: Option<PhoneNumber>,
    /// The security e-mail.
    pub email: Option<Email>,
}

impl SecurityContacts {
    fn targets(&self) -> impl Iterator<Item = ContactTarget> {
        let phone = self.phone.clone().map(ContactTarget::Phone);
        phone
            .into_iter()
            .chain(self.email.clone().map(ContactTarget::Email))
    }
}

/// Who is told of a change: security phone and e-mail, and when one of them is what changed, both
/// the old and the new one, each once (PRT-6).
#[must_use]
pub fn notice_targets(before: &SecurityContacts, after: &SecurityContacts) -> Vec<ContactTarget> {
    let mut told: Vec<ContactTarget> = Vec::new();
    for target in before.targets().chain(after.targets()) {
        if !told.contains(&target) {
            told.push(target);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::super::target::examples::{email, phone};
    use super::*;

    #[test]
    fn prt_6_phone_and_email_are_told_each_once() {
        let same = SecurityContacts {
            phone: Some(phone(8000)),
            email: Some(email("security")),
        };
        assert_eq!(
            notice_targets(&same, &same),
            [phone(8000).into(), email("security").into()]
        );
        let nobody = SecurityContacts::default();
        assert_eq!(notice_targets(&nobody, &nobody), []);
    }

    #[test]
    fn prt_6_the_old_and_the_new_one_are_told_of_their_own_change() {
        let before = SecurityContacts {
            phone: Some(phone(8000)),
            email: Some(email("security")),
        };
        let after = SecurityContacts {
            phone: Some(phone(8001)),
            ..before.clone()
        };
        assert_eq!(
            notice_targets(&before, &after),
            [
                phone(8000).into(),
                email("security").into(),
                phone(8001).into()
            ]
        );
        let first_email = notice_targets(&SecurityContacts::default(), &before);
        assert_eq!(first_email.len(), 2);
    }
}
