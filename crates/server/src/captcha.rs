//! A captcha that no third party sees: a small puzzle for the machine, not for the person (SGN-1).
//!
//! The server says `salt` and a hash; the browser looks for the number `n` from 0 to `max` with
//! `hex(sha256(salt + n in decimal)) == challenge`. Nothing is stored until a puzzle is solved: it
//! carries its end and its purpose in the salt, and a keyed hash over all of it. Each solution
//! works once, for which the caller keeps [`Solved::Puzzle`]'s `once` until `ends_at`.
//!
//! WCAG 2.2 (3.3.8) asks for a way without a puzzle of the mind. This one asks nothing of a
//! person; where a browser cannot compute, a code sent to the login address takes its place
//! ([`Solved::ByCode`]). Must not know when a captcha is asked for, nor how a code is sent.

use domain::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::outside::ids::{Ids, NoRandomness};
use crate::vault::Vault;

/// Sets the vault's keyed hashes of puzzles apart from its others.
const KIND: &str = "captcha";
/// No honest part of a solution is longer.
const LONGEST_PART: usize = 128;

/// What a puzzle opens; a solution for one thing does not open another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Signing in by password after wrong ones (SGN-1).
    SignIn,
    /// Registering an account.
    Register,
    /// Having a code sent to somebody who is not signed in.
    SendCode,
    /// Finding an account (FND-4).
    FindAccount,
}

/// How hard puzzles are and how long they live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaptchaSettings {
    /// The largest number that may be the solution; half as many hashes are needed on average.
    pub max: u32,
    /// How long a puzzle can be solved.
    pub lives: Span,
}

/// A puzzle as the browser gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Puzzle {
    /// What stands before the number when it is hashed; ASCII, ends with a full stop.
    pub salt: String,
    /// The hash to reach: 64 hexadecimal digits in lower case.
    pub challenge: String,
    /// The largest number that may be the solution.
    pub max: u32,
    /// Comes back with the solution.
    pub signature: String,
}

/// A solved puzzle as the browser sends it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// The puzzle's.
    pub salt: String,
    /// The puzzle's.
    pub challenge: String,
    /// The puzzle's.
    pub max: u32,
    /// The puzzle's.
    pub signature: String,
    /// The number that was found.
    pub number: u32,
}

/// What takes a captcha's place or is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Solved {
    /// A puzzle was solved.
    Puzzle {
        /// Names this puzzle; whoever brings it a second time is refused.
        once: String,
        /// From then on nobody needs to remember it.
        ends_at: Timestamp,
    },
    /// A code that was sent to the login address was typed: the way without a puzzle.
    ByCode,
}

/// Why a solution is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum CaptchaProblem {
    /// It is no puzzle of ours, or one for something else.
    NotOurs,
    /// Its time is over; the page fetches another.
    Expired,
    /// The number is not the one.
    Wrong,
}

impl Default for CaptchaSettings {
    /// A hundred thousand hashes on average, meant to take a phone about a second in WebAssembly
    /// (reckoned, not measured). Five minutes are enough to type a password meanwhile.
    fn default() -> Self {
        Self {
            max: 200_000,
            lives: Span::from_minutes(5),
        }
    }
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Register => "register",
            Self::SendCode => "send-code",
            Self::FindAccount => "find-account",
        }
    }
}

/// A fresh puzzle.
///
/// # Errors
/// When there are no random bytes.
pub fn pose(
    vault: &Vault,
    ids: &dyn Ids,
    purpose: Purpose,
    settings: CaptchaSettings,
    now: Timestamp,
) -> Result<Puzzle, NoRandomness> {
    let ends = now.plus(settings.lives).as_millis();
    // The full stop at the end keeps the salt and the number apart: without it a digit could be
    // moved from one to the other and the hash would stay.
    let salt = format!("{ends}.{}.{}.", purpose.name(), ids.id()?);
    let mut random = [0; 8];
    ids.fill(&mut random)?;
    let number = u64::from_be_bytes(random) % (u64::from(settings.max) + 1);
    let challenge = hash(&salt, number);
    let signature = sign(vault, &salt, &challenge, settings.max);
    Ok(Puzzle {
        salt,
        challenge,
        max: settings.max,
        signature,
    })
}

/// Whether it is a puzzle of ours for this purpose, in time and solved; that it is brought for the
/// first time only the caller's table knows.
///
/// # Errors
/// Says why it is not.
pub fn check(
    vault: &Vault,
    solution: &Solution,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Solved, CaptchaProblem> {
    let Solution {
        salt,
        challenge,
        max,
        signature,
        number,
    } = solution;
    let is_long = |part: &String| part.len() > LONGEST_PART;
    if is_long(salt) || is_long(challenge) || is_long(signature) {
        return Err(CaptchaProblem::NotOurs);
    }
    let expected = sign(vault, salt, challenge, *max);
    if !bool::from(expected.as_bytes().ct_eq(signature.as_bytes())) {
        return Err(CaptchaProblem::NotOurs);
    }
    let ends_at = ends_at(salt, purpose).ok_or(CaptchaProblem::NotOurs)?;
    if ends_at <= now {
        return Err(CaptchaProblem::Expired);
    }
    if number > max || hash(salt, u64::from(*number)) != *challenge {
        return Err(CaptchaProblem::Wrong);
    }
    Ok(Solved::Puzzle {
        once: expected,
        ends_at,
    })
}

/// The end in a salt of ours, if the puzzle is for `purpose`.
fn ends_at(salt: &str, purpose: Purpose) -> Option<Timestamp> {
    let mut parts = salt.split('.');
    let ends = parts.next()?.parse().ok()?;
    (parts.next()? == purpose.name()).then(|| Timestamp::from_millis(ends))
}

fn hash(salt: &str, number: u64) -> String {
    hex::encode(Sha256::digest(format!("{salt}{number}")))
}

fn sign(vault: &Vault, salt: &str, challenge: &str, max: u32) -> String {
    vault.lookup_hash(KIND, &format!("{salt}\n{challenge}\n{max}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::ids::SystemIds;
    use crate::vault::KeyFile;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);
    const EASY: CaptchaSettings = CaptchaSettings {
        max: 50,
        lives: Span::from_minutes(5),
    };

    fn vault() -> Vault {
        Vault::new(KeyFile::generate("a").unwrap()).unwrap()
    }

    /// What a browser does, written from the description alone.
    fn solve(puzzle: &Puzzle) -> Solution {
        let number = (0..=puzzle.max)
            .find(|n| {
                let text = puzzle.salt.clone() + &n.to_string();
                hex::encode(Sha256::digest(text.as_bytes())) == puzzle.challenge
            })
            .unwrap();
        Solution {
            salt: puzzle.salt.clone(),
            challenge: puzzle.challenge.clone(),
            max: puzzle.max,
            signature: puzzle.signature.clone(),
            number,
        }
    }

    fn posed(vault: &Vault) -> Puzzle {
        pose(vault, &SystemIds, Purpose::SignIn, EASY, NOW).unwrap()
    }

    #[test]
    fn sgn_1_a_solved_puzzle_is_accepted_under_one_name_until_it_ends() {
        let vault = vault();
        let solution = solve(&posed(&vault));
        let end = NOW.plus(EASY.lives);
        let last = Timestamp::from_millis(end.as_millis() - 1);
        let solved = check(&vault, &solution, Purpose::SignIn, NOW).unwrap();
        assert_eq!(
            check(&vault, &solution, Purpose::SignIn, last),
            Ok(solved.clone())
        );
        assert_eq!(
            check(&vault, &solution, Purpose::SignIn, end),
            Err(CaptchaProblem::Expired)
        );
        let Solved::Puzzle { once, ends_at } = solved else {
            panic!("a puzzle was solved");
        };
        assert_eq!(ends_at, end);
        let other = solve(&posed(&vault));
        let other = check(&vault, &other, Purpose::SignIn, NOW).unwrap();
        assert!(!matches!(other, Solved::Puzzle { once: name, .. } if name == once));
    }

    #[test]
    fn sgn_1_a_solution_opens_only_what_it_was_posed_for() {
        let vault = vault();
        let solution = solve(&posed(&vault));
        assert_eq!(
            check(&vault, &solution, Purpose::Register, NOW),
            Err(CaptchaProblem::NotOurs)
        );
    }

    #[test]
    fn sgn_1_a_changed_puzzle_is_not_ours_and_a_wrong_number_is_wrong() {
        let vault = vault();
        let right = solve(&posed(&vault));
        let judge = |changed: Solution| check(&vault, &changed, Purpose::SignIn, NOW).unwrap_err();
        let wrong = |number| Solution {
            number,
            ..right.clone()
        };
        assert_eq!(judge(wrong(right.number + 1)), CaptchaProblem::Wrong);
        assert_eq!(judge(wrong(u32::MAX)), CaptchaProblem::Wrong);
        let later = right.salt.replacen('1', "2", 1);
        let own = hash(&later, 0);
        let changes = [
            Solution {
                salt: later.clone(),
                challenge: own,
                number: 0,
                ..right.clone()
            },
            Solution {
                salt: later,
                ..right.clone()
            },
            Solution {
                max: 1,
                ..right.clone()
            },
            Solution {
                challenge: hash(&right.salt, 1_000),
                number: 1_000,
                ..right.clone()
            },
            Solution {
                signature: right.signature.to_uppercase(),
                ..right.clone()
            },
            Solution {
                signature: String::new(),
                ..right.clone()
            },
            Solution {
                salt: "盐".repeat(100_000),
                ..right.clone()
            },
        ];
        for changed in changes {
            assert_eq!(
                judge(changed.clone()),
                CaptchaProblem::NotOurs,
                "{changed:?}"
            );
        }
        let elsewhere = Vault::new(KeyFile::generate("a").unwrap()).unwrap();
        assert_eq!(
            check(&elsewhere, &right, Purpose::SignIn, NOW),
            Err(CaptchaProblem::NotOurs)
        );
    }

    #[test]
    fn a_digit_cannot_move_from_the_salt_to_the_number() {
        let puzzle = posed(&vault());
        assert!(puzzle.salt.ends_with('.'));
        assert!(puzzle.salt.is_ascii());
        assert_eq!(puzzle.challenge.len(), 64);
    }

    #[test]
    fn a_puzzle_with_one_possible_number_can_be_posed() {
        let vault = vault();
        let settings = CaptchaSettings { max: 0, ..EASY };
        let puzzle = pose(&vault, &SystemIds, Purpose::SignIn, settings, NOW).unwrap();
        assert_eq!(solve(&puzzle).number, 0);
    }
}
