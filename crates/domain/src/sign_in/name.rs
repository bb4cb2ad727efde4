//! What somebody typed as their name at sign-in (REG-3, SGN-14). Must not know whether anybody has
//! that name.

use serde::{Deserialize, Serialize};

use crate::account::{AccountId, AccountIdProblem};
use crate::identity::{Email, LabelProblem, PhoneNumber, SubUserName};

/// What a text at sign-in names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInName {
    /// A login e-mail; a password is asked for.
    Email(Email),
    /// A phone, which is never a login name: this leads to finding the account by phone, with the
    /// number filled in (REG-3, FND-2).
    Phone(PhoneNumber),
    /// An account id: a sub-user's root (SGN-14), or an account to find (FND-3).
    Account(AccountId),
    /// None of these.
    Unknown,
}

impl SignInName {
    /// Tells what a text names.
    #[must_use]
    pub fn recognise(typed: &str) -> Self {
        if let Ok(account) = AccountId::parse(typed) {
            return Self::Account(account);
        }
        if let Ok(email) = Email::parse(typed) {
            return Self::Email(email);
        }
        PhoneNumber::parse(typed).map_or(Self::Unknown, Self::Phone)
    }
}

/// By what a sub-user is found: its root's account id and its user name (SGN-14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubUserSignIn {
    /// The root account.
    pub root: AccountId,
    /// The name, unique under that root.
    pub name: SubUserName,
}

/// What is wrong with what a sub-user typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum SubUserSignInProblem {
    /// The root's account id is missing or is none.
    Root {
        /// What is wrong with it.
        problem: AccountIdProblem,
    },
    /// The user name is missing or cannot be one.
    Name {
        /// What is wrong with it.
        problem: LabelProblem,
    },
}

impl SubUserSignIn {
    /// Parses both fields of a sub-user's sign-in (SGN-14).
    ///
    /// # Errors
    /// Every problem that applies.
    pub fn parse(root: &str, user_name: &str) -> Result<Self, Vec<SubUserSignInProblem>> {
        match (AccountId::parse(root), SubUserName::parse(user_name)) {
            (Ok(root), Ok(name)) => Ok(Self { root, name }),
            (root, name) => {
                let root = root
                    .err()
                    .map(|problem| SubUserSignInProblem::Root { problem });
                let name = name
                    .err()
                    .map(|problem| SubUserSignInProblem::Name { problem });
                Err(root.into_iter().chain(name).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reg_3_a_phone_is_no_login_name_and_leads_to_finding_the_account() {
        for typed in ["13800138000", "+86 138 0013 8000", "１３８００１３８０００"] {
            let phone = PhoneNumber::parse("13800138000").unwrap();
            assert_eq!(
                SignInName::recognise(typed),
                SignInName::Phone(phone),
                "{typed}"
            );
        }
    }

    #[test]
    fn sgn_1_an_address_an_id_and_anything_else_are_told_apart() {
        let email = Email::parse("owner@example.com").unwrap();
        assert_eq!(
            SignInName::recognise(" owner@example.com"),
            SignInName::Email(email)
        );
        let account = AccountId::from_serial(12_345_678).unwrap();
        assert_eq!(
            SignInName::recognise("１00012345678"),
            SignInName::Account(account)
        );
        for typed in ["", "zhangsan", "1380013800", "owner@"] {
            assert_eq!(SignInName::recognise(typed), SignInName::Unknown, "{typed}");
        }
    }

    #[test]
    fn sgn_14_a_sub_user_is_named_by_its_roots_id_and_its_own_name() {
        let named = SubUserSignIn::parse(" 100012345678", "  ops-1\u{200b} ").unwrap();
        assert_eq!(named.root.to_string(), "100012345678");
        assert_eq!(named.name.as_str(), "ops-1");
        assert_eq!(
            SubUserSignIn::parse("", " "),
            Err(vec![
                SubUserSignInProblem::Root {
                    problem: AccountIdProblem::Empty
                },
                SubUserSignInProblem::Name {
                    problem: LabelProblem::Empty
                }
            ])
        );
        assert_eq!(
            SubUserSignIn::parse("200012345678", "ops-1"),
            Err(vec![SubUserSignInProblem::Root {
                problem: AccountIdProblem::WrongBeginning
            }])
        );
    }

    proptest! {
        #[test]
        fn sgn_14_no_text_panics(root in ".*", user_name in ".*") {
            let _ = SubUserSignIn::parse(&root, &user_name);
            let _ = SignInName::recognise(&root);
        }
    }
}
