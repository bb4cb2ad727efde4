//! Where a message goes. Must not know what it says.

use serde::{Deserialize, Serialize};

use crate::identity::{Email, EmailProblem, PhoneNumber, PhoneNumberProblem};
use crate::masked::Masked;

/// A phone or an address, as something to reach. Letter case of an address does not count (CON-14).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ContactTarget {
    /// By text message.
    Phone(PhoneNumber),
    /// By e-mail.
    Email(Email),
}

/// What is wrong with a text that may name a phone or an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "as", content = "problem", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum ContactTargetProblem {
    /// It looks like an address, or like nothing.
    Email(EmailProblem),
    /// It looks like a phone number.
    Phone(PhoneNumberProblem),
}

impl ContactTarget {
    /// Parses what somebody typed where either will do (SGN-7, ACC-14).
    ///
    /// # Errors
    /// What is wrong with what it looks like most.
    pub fn parse(typed: &str) -> Result<Self, ContactTargetProblem> {
        let email = match Email::parse(typed) {
            Ok(email) => return Ok(Self::Email(email)),
            Err(problem) => problem,
        };
        match PhoneNumber::parse(typed) {
            Ok(phone) => Ok(Self::Phone(phone)),
            Err(problem) if typed.chars().any(char::is_numeric) && email == EmailProblem::NoAt => {
                Err(ContactTargetProblem::Phone(problem))
            }
            Err(_) => Err(ContactTargetProblem::Email(email)),
        }
    }

    /// As its owner spells it.
    #[must_use]
    pub fn display(&self) -> &str {
        match self {
            Self::Phone(phone) => phone.as_str(),
            Self::Email(email) => email.display(),
        }
    }

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
    fn sgn_7_what_is_typed_is_a_phone_or_an_address() {
        let parse = ContactTarget::parse;
        assert_eq!(parse("138 0013 8001"), Ok(phone(8001).into()));
        assert_eq!(
            parse("Zhang.San@example.com"),
            Ok(email("zhang.san").into())
        );
        let is_phone = |typed| matches!(parse(typed), Err(ContactTargetProblem::Phone(_)));
        assert!(is_phone("1380013800") && is_phone("100000000001"));
        let is_email = |typed| matches!(parse(typed), Err(ContactTargetProblem::Email(_)));
        assert!(is_email("") && is_email("zhang") && is_email("1@"));
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
