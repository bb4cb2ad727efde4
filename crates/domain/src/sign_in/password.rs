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
    /// It contains the account id, or is a piece of it.
    ContainsAccountId,
    /// It contains the name part of the e-mail, or is a piece of it.
    ContainsEmailName,
    /// It contains the phone number, or is a piece of it.
    ContainsPhone,
}

impl Password {
    /// Refuses, before any work is spent on it, a text that cannot come down to the longest
    /// password however it is normalised; a megabyte is refused cheaply (SGN-12).
    ///
    /// # Errors
    /// [`PasswordProblem::TooLong`].
    pub fn refuse_endless(typed: &str, policy: &SignInPolicy) -> Result<(), PasswordProblem> {
        // NFKC joins at most a few code points into one, each of at most four bytes.
        const MOST_BYTES_PER_CHARACTER: usize = 16;
        let longest = policy.password_longest;
        if typed.len() > longest as usize * MOST_BYTES_PER_CHARACTER {
            return Err(PasswordProblem::TooLong { longest });
        }
        Ok(())
    }

    /// Judges `normalised`, a text already in NFKC form, as a new password (SGN-12).
    ///
    /// The edge normalises: the browser has the tables built in, the server links a crate; here
    /// they would weigh more than all rules together. `is_common` answers whether a lower-cased
    /// text stands on the shipped list. Nothing is cut: the whole text is the password.
    ///
    /// # Errors
    /// Every problem that applies; of a text that is too long, only that.
    pub fn choose(
        normalised: &str,
        owner: &PasswordOwner,
        is_common: impl Fn(&str) -> bool,
        policy: &SignInPolicy,
    ) -> Result<Self, Vec<PasswordProblem>> {
        if normalised.is_empty() {
            return Err(vec![PasswordProblem::Empty]);
        }
        let too_long = PasswordProblem::TooLong {
            longest: policy.password_longest,
        };
        let overflow = normalised.chars().nth(policy.password_longest as usize);
        if overflow.is_some() {
            return Err(vec![too_long]);
        }
        let mut problems = Vec::new();
        if normalised.chars().count() < policy.password_shortest as usize {
            problems.push(PasswordProblem::TooShort {
                shortest: policy.password_shortest,
            });
        }
        let lower = normalised.to_lowercase();
        if is_common(&lower) {
            problems.push(PasswordProblem::Common);
        }
        for (name, problem) in [
            (&owner.account_id, PasswordProblem::ContainsAccountId),
            (&owner.email_name, PasswordProblem::ContainsEmailName),
            (&owner.phone, PasswordProblem::ContainsPhone),
        ] {
            if name
                .as_ref()
                .is_some_and(|name| gives_away(&lower, name, policy))
            {
                problems.push(problem);
            }
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

/// Whether the lower-cased password contains `name`, or is itself a piece of it: who knows the name
/// has guessed such a password. A name of one or two characters would forbid almost everything and
/// is let pass.
fn gives_away(lower: &str, name: &str, policy: &SignInPolicy) -> bool {
    let name = name.to_lowercase();
    name.chars().count() >= policy.password_shortest_name as usize
        && (lower.contains(&name) || name.contains(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner() -> PasswordOwner {
        PasswordOwner {
            account_id: Some("100012345678".to_owned()),
            email_name: Some("team-Kx7-mQ2-w9z".to_owned()),
            phone: Some("13800138000".to_owned()),
        }
    }

    fn choose(text: &str, owner: &PasswordOwner) -> Result<Password, Vec<PasswordProblem>> {
        Password::choose(
            text,
            owner,
            |lower| lower == "password1",
            &SignInPolicy::default(),
        )
    }

    #[test]
    fn sgn_12_a_password_has_eight_to_a_hundred_and_twenty_eight_characters() {
        let nobody = PasswordOwner::default();
        let too_short = Err(vec![PasswordProblem::TooShort { shortest: 8 }]);
        let too_long = Err(vec![PasswordProblem::TooLong { longest: 128 }]);
        assert_eq!(choose(&"密".repeat(7), &nobody), too_short);
        assert!(choose(&"密".repeat(8), &nobody).is_ok());
        assert!(choose(&"𬱖".repeat(128), &nobody).is_ok());
        assert_eq!(choose(&"𬱖".repeat(129), &nobody), too_long);
        assert_eq!(choose("", &nobody), Err(vec![PasswordProblem::Empty]));
        assert!(
            choose("        ", &nobody).is_ok(),
            "any characters, blanks too"
        );
    }

    #[test]
    fn sgn_12_common_passwords_and_ones_own_names_are_refused_with_the_reason() {
        assert_eq!(
            choose("Password1", &owner()),
            Err(vec![PasswordProblem::Common])
        );
        assert_eq!(
            choose("x100012345678", &owner()),
            Err(vec![PasswordProblem::ContainsAccountId])
        );
        assert_eq!(
            choose("13800138000", &owner()),
            Err(vec![PasswordProblem::ContainsPhone])
        );
        assert_eq!(
            choose("100012345678 and 13800138000", &owner()),
            Err(vec![
                PasswordProblem::ContainsAccountId,
                PasswordProblem::ContainsPhone
            ]),
            "every reason is named"
        );
    }

    #[test]
    fn v_15_no_password_is_cut_at_72_bytes() {
        let nobody = PasswordOwner::default();
        let first = choose(&format!("{}A1!x", "密".repeat(24)), &nobody).unwrap();
        let second = choose(&format!("{}B2?y", "密".repeat(24)), &nobody).unwrap();
        assert_ne!(first, second);
        assert!(first.expose().ends_with("A1!x"));
    }

    #[test]
    fn v_15_a_megabyte_is_refused_before_it_is_normalised() {
        let policy = SignInPolicy::default();
        let refused = Err(PasswordProblem::TooLong { longest: 128 });
        assert_eq!(
            Password::refuse_endless(&"x".repeat(1 << 20), &policy),
            refused
        );
        assert_eq!(
            Password::refuse_endless(&"x".repeat(2049), &policy),
            refused
        );
        assert_eq!(Password::refuse_endless(&"𬱖".repeat(512), &policy), Ok(()));
    }

    #[test]
    fn v_16_the_password_must_not_contain_the_name_in_either_direction() {
        let owner = |name: &str| PasswordOwner {
            email_name: Some(name.to_owned()),
            ..PasswordOwner::default()
        };
        let refused = Err(vec![PasswordProblem::ContainsEmailName]);
        assert_eq!(choose("Bobtest-2026-Pass!", &owner("bobtest")), refused);
        assert_eq!(choose("Kx7-mQ2-w9z", &owner("team-Kx7-mQ2-w9z")), refused);
        assert!(choose("Kx7-mQ2-w9zz", &owner("team-Kx7-mQ2-w9z")).is_ok());
    }

    #[test]
    fn sgn_12_a_name_of_two_letters_does_not_forbid_almost_everything() {
        let owner = |name: &str| PasswordOwner {
            email_name: Some(name.to_owned()),
            ..PasswordOwner::default()
        };
        assert!(choose("tide-lamp-71", &owner("am")).is_ok());
        assert!(choose("tide-lamp-71", &owner("")).is_ok());
        assert!(choose("tide-lamp-71", &owner("amp")).is_err());
    }
}
