//! What may be a password (SGN-12). Must not know how it is hashed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::SignInPolicy;

/// A password that the policy accepts, in NFKC form; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// What a password must not contain: the names of the account it opens (SGN-12).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordOwner {
    /// The account id.
    pub account_id: Option<String>,
    /// The part of the login e-mail before the `@`.
    pub email_name: Option<String>,
    /// The national part of the security phone.
    pub phone: Option<String>,
}

/// Why a text may not be a password; all that apply are told at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum PasswordProblem {
    /// Nothing was typed.
    Empty,
    /// Fewer characters than the policy asks for.
    TooShort {
        /// Fewest characters, in code points.
        shortest: u32,
    },
    /// More characters than the policy allows.
    TooLong {
        /// Most characters, in code points.
        longest: u32,
    },
    /// It stands on the shipped list of common passwords.
    Common,
    /// It contains the account id.
    ContainsAccountId,
    /// It contains the name part of the e-mail.
    ContainsEmailName,
    /// It contains the phone number.
    ContainsPhone,
}

impl Password {
    /// Judges `normalised`, a text already in NFKC form, as a new password (SGN-12).
    ///
    /// The edge normalises: the browser has the tables built in, the server links a crate; here
    /// they would weigh more than all rules together. `is_common` answers whether a lower-cased
    /// text stands on the shipped list.
    ///
    /// # Errors
    /// Every problem that applies.
    pub fn choose(
        normalised: &str,
        owner: &PasswordOwner,
        is_common: impl Fn(&str) -> bool,
        policy: &SignInPolicy,
    ) -> Result<Self, Vec<PasswordProblem>> {
        let mut problems = Vec::new();
        let length = normalised.chars().count();
        if normalised.is_empty() {
            return Err(vec![PasswordProblem::Empty]);
        }
        if length < policy.password_shortest as usize {
            problems.push(PasswordProblem::TooShort {
                shortest: policy.password_shortest,
            });
        }
        if length > policy.password_longest as usize {
            problems.push(PasswordProblem::TooLong {
                longest: policy.password_longest,
            });
        }
        let lower = normalised.to_lowercase();
        if is_common(&lower) {
            problems.push(PasswordProblem::Common);
        }
        let contains = |name: &Option<String>| {
            name.as_ref()
                .is_some_and(|name| !name.is_empty() && lower.contains(&name.to_lowercase()))
        };
        if contains(&owner.account_id) {
            problems.push(PasswordProblem::ContainsAccountId);
        }
        if contains(&owner.email_name) {
            problems.push(PasswordProblem::ContainsEmailName);
        }
        if contains(&owner.phone) {
            problems.push(PasswordProblem::ContainsPhone);
        }
        if problems.is_empty() {
            Ok(Self(normalised.to_owned()))
        } else {
            Err(problems)
        }
    }

    /// The text to hash.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}
