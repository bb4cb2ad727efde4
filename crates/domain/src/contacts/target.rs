//! Where a message goes. Must not know what it says.

use crate::identity::{Email, PhoneNumber};
use crate::masked::Masked;

/// A phone or an address, as something to reach. Letter case of an address does not count (CON-14).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ContactTarget {
    /// By text message.
    Phone(PhoneNumber),
    /// By e-mail.
    Email(Email),
}

impl ContactTarget {
    /// As others may see it (CON-13).
    #[must_use]
    pub fn masked(&self) -> Masked {
        match self {
            Self::Phone(phone) => phone.masked(),
            Self::Email(email) => email.masked(),
        }
    }
}

impl From<PhoneNumber> for ContactTarget {
    fn from(phone: PhoneNumber) -> Self {
        Self::Phone(phone)
    }
}

impl From<Email> for ContactTarget {
    fn from(email: Email) -> Self {
        Self::Email(email)
    }
}

#[cfg(test)]
pub(crate) mod examples {
    //! Synthetic targets for the tests of this area.

    use super::*;

    pub(crate) fn phone(last: u32) -> PhoneNumber {
        PhoneNumber::parse(&format!("1380013{last:04}")).unwrap()
    }

    pub(crate) fn email(name: &str) -> Email {
        Email::parse(&format!("{name}@example.com")).unwrap()
    }

    #[test]
    fn con_14_a_target_is_the_same_whatever_the_letter_case() {
        assert_eq!(
            ContactTarget::from(email("Zhang.San")),
            ContactTarget::from(email("zhang.san"))
        );
        assert_ne!(
            ContactTarget::from(email("zhang.san")),
            ContactTarget::from(email("zhang-san"))
        );
        assert_ne!(
            ContactTarget::from(phone(1)),
            ContactTarget::from(email("zhang.san"))
        );
    }
}
