//! How strong a password is, as far as the security score tells (PRT-3). Must not know the score.

use serde::{Deserialize, Serialize};

use super::Password;

/// How hard a password is to guess. It is noted when the password is chosen, since afterwards only
/// the hash is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PasswordStrength {
    /// Allowed, and no more: under 12 characters, or under 6 different ones.
    Weak,
    /// 12 to 15 characters.
    Fair,
    /// 16 characters or more.
    Strong,
}

impl PasswordStrength {
    /// The strength of `password` (PRT-3). Length is what counts; there are no composition rules (SGN-12).
    #[must_use]
    pub fn of(password: &Password) -> Self {
        let length = password.expose().chars().count();
        let mut different: Vec<char> = password.expose().chars().collect();
        different.sort_unstable();
        different.dedup();
        if length < 12 || different.len() < 6 {
            Self::Weak
        } else if length < 16 {
            Self::Fair
        } else {
            Self::Strong
        }
    }

    /// One, two or three thirds of the most that a password can earn (PRT-3).
    #[must_use]
    pub const fn thirds(self) -> u32 {
        match self {
            Self::Weak => 1,
            Self::Fair => 2,
            Self::Strong => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PasswordOwner, SignInPolicy};
    use super::*;

    fn strength(text: &str) -> PasswordStrength {
        let owner = PasswordOwner::default();
        let chosen = Password::choose(text, &owner, |_| false, &SignInPolicy::default());
        PasswordStrength::of(&chosen.unwrap())
    }

    #[test]
    fn prt_3_a_password_is_as_strong_as_it_is_long() {
        assert_eq!(strength("tide-lamp-7"), PasswordStrength::Weak);
        assert_eq!(strength("tide-lamp-71"), PasswordStrength::Fair);
        assert_eq!(strength("tide-lamp-71-oa"), PasswordStrength::Fair);
        assert_eq!(strength("tide-lamp-71-oak"), PasswordStrength::Strong);
        assert_eq!(
            strength("潮灯橡树七十一号夜航船长风远浪"),
            PasswordStrength::Fair
        );
    }

    #[test]
    fn prt_3_repeated_characters_make_no_strong_password() {
        assert_eq!(strength("abcdeabcdeabcdeabcde"), PasswordStrength::Weak);
        assert_eq!(strength("abcdefabcdefabcdef"), PasswordStrength::Strong);
    }
}
