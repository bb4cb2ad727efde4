//! Passwords: choosing, hashing, checking. Knows Argon2; does not know accounts.
//!
//! Hashing runs on a few threads of its own, each with one block of memory that it keeps: left to
//! a general pool, every sign-in would take 19 MiB anew and the process would grow to hundreds.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use domain::sign_in::{Password, PasswordOwner, PasswordProblem, SignInPolicy};
use subtle::ConstantTimeEq as _;
use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::outside::ids::{Ids, NoRandomness};

/// Memory in KiB, passes and lanes of every new hash (SGN-12).
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const HASH_LENGTH: usize = 32;
const SALT_LENGTH: usize = 16;

/// How many requests may wait for a thread; the next one is told to come again.
const QUEUE: usize = 64;

/// Well-known passwords, lower-cased, one a line.
const COMMON: &str = include_str!("../data/common-passwords.txt");

/// Why no hash was made or checked.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// Too many are waiting.
    #[error("too many passwords are waiting to be hashed")]
    Busy,
    /// A stored hash is not one of ours.
    #[error("a stored password hash cannot be read")]
    Unreadable,
    /// Argon2 refused its parameters.
    #[error("argon2: {0}")]
    Argon(#[from] argon2::Error),
    /// There were no random bytes for the salt.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// Hashes passwords on threads of its own.
pub struct Hasher {
    jobs: mpsc::SyncSender<Job>,
    /// A hash that no password matches, for addresses that open nothing.
    nobody: PasswordHash,
}

enum Job {
    Make {
        password: Zeroizing<String>,
        salt: [u8; SALT_LENGTH],
        answer: oneshot::Sender<Result<String, HashError>>,
    },
    Check {
        password: Zeroizing<String>,
        hash: Box<PasswordHash>,
        answer: oneshot::Sender<Result<bool, HashError>>,
    },
}

impl Hasher {
    /// Starts `threads` threads; they end when the last handle to the hasher is gone.
    ///
    /// # Errors
    /// When there is no randomness for the hash of nobody.
    pub fn start(threads: usize, ids: &dyn Ids) -> Result<Self, HashError> {
        let (jobs, queue) = mpsc::sync_channel(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..threads.max(1) {
            let queue = Arc::clone(&queue);
            thread::spawn(move || work(&queue));
        }
        let mut bytes = [0; SALT_LENGTH + HASH_LENGTH];
        ids.fill(&mut bytes)?;
        let (salt, output) = bytes.split_at(SALT_LENGTH);
        Ok(Self {
            jobs,
            nobody: phc(salt, output)?,
        })
    }

    /// Hashes a chosen password for storing.
    ///
    /// # Errors
    /// When too many are waiting, or there is no randomness.
    pub async fn hash(&self, password: &Password, ids: &dyn Ids) -> Result<String, HashError> {
        let mut salt = [0; SALT_LENGTH];
        ids.fill(&mut salt)?;
        let (answer, result) = oneshot::channel();
        self.hand_over(Job::Make {
            password: Zeroizing::new(password.expose().to_owned()),
            salt,
            answer,
        })?;
        result.await.map_err(|_| HashError::Busy)?
    }

    /// Whether `normalised` is the password of `stored`. Without a stored hash it takes as long
    /// and answers no, so that nobody learns which addresses exist (SGN-1).
    ///
    /// # Errors
    /// When too many are waiting, or the stored hash is unreadable.
    pub async fn matches(
        &self,
        normalised: Zeroizing<String>,
        stored: Option<&str>,
    ) -> Result<bool, HashError> {
        let hash = match stored {
            Some(text) => PasswordHash::new(text).map_err(|_| HashError::Unreadable)?,
            None => self.nobody.clone(),
        };
        let (answer, result) = oneshot::channel();
        self.hand_over(Job::Check {
            password: normalised,
            hash: Box::new(hash),
            answer,
        })?;
        let matches = result.await.map_err(|_| HashError::Busy)??;
        Ok(matches && stored.is_some())
    }

    fn hand_over(&self, job: Job) -> Result<(), HashError> {
        self.jobs.try_send(job).map_err(|_| HashError::Busy)
    }
}

/// The NFKC form in which passwords are judged, hashed and compared (SGN-12).
#[must_use]
pub fn normalise(typed: &str) -> Zeroizing<String> {
    Zeroizing::new(typed.nfkc().collect())
}

/// Judges a new password by the policy and the shipped list (SGN-12).
///
/// # Errors
/// Every problem that applies.
pub fn choose(
    typed: &str,
    owner: &PasswordOwner,
    policy: &SignInPolicy,
) -> Result<Password, Vec<PasswordProblem>> {
    Password::refuse_endless(typed, policy).map_err(|problem| vec![problem])?;
    let common: HashSet<&str> = COMMON.lines().collect();
    Password::choose(
        &normalise(typed),
        owner,
        |lower| common.contains(lower),
        policy,
    )
}

/// One thread: takes jobs one after another until there is nobody left to send any.
fn work(queue: &Mutex<mpsc::Receiver<Job>>) {
    let mut memory: Vec<Block> = Vec::new();
    loop {
        let job = {
            let queue = queue
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            queue.recv()
        };
        let Ok(job) = job else { return };
        // Whoever asked may have gone; then the answer has no reader and that is all.
        match job {
            Job::Make {
                password,
                salt,
                answer,
            } => {
                let _ = answer.send(make(&password, &salt, &mut memory));
            }
            Job::Check {
                password,
                hash,
                answer,
            } => {
                let _ = answer.send(check(&password, &hash, &mut memory));
            }
        }
    }
}

fn make(password: &str, salt: &[u8], memory: &mut Vec<Block>) -> Result<String, HashError> {
    let params = Params::new(MEMORY, PASSES, LANES, Some(HASH_LENGTH))?;
    let mut output = [0; HASH_LENGTH];
    fill(params, password, salt, &mut output, memory)?;
    Ok(phc(salt, &output)?.to_string())
}

fn check(password: &str, hash: &PasswordHash, memory: &mut Vec<Block>) -> Result<bool, HashError> {
    if hash.algorithm != ARGON2ID_IDENT {
        return Err(HashError::Unreadable);
    }
    let params = Params::try_from(hash).map_err(|_| HashError::Unreadable)?;
    let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else {
        return Err(HashError::Unreadable);
    };
    let mut output = vec![0; expected.len()];
    fill(params, password, salt.as_ref(), &mut output, memory)?;
    Ok(output.as_slice().ct_eq(expected.as_bytes()).into())
}

fn fill(
    params: Params,
    password: &str,
    salt: &[u8],
    output: &mut [u8],
    memory: &mut Vec<Block>,
) -> Result<(), HashError> {
    if memory.len() < params.block_count() {
        memory.resize(params.block_count(), Block::new());
    }
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        password.as_bytes(),
        salt,
        output,
        memory.as_mut_slice(),
    )?;
    Ok(())
}

fn phc(salt: &[u8], output: &[u8]) -> Result<PasswordHash, HashError> {
    let params = Params::new(MEMORY, PASSES, LANES, Some(HASH_LENGTH))?;
    Ok(PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).map_err(|_| HashError::Unreadable)?,
        salt: Some(Salt::new(salt).map_err(|_| HashError::Unreadable)?),
        hash: Some(Output::new(output).map_err(|_| HashError::Unreadable)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::ids::SystemIds;

    fn owner() -> PasswordOwner {
        PasswordOwner {
            account_id: Some("100000000001".to_owned()),
            email_name: Some("zhang.san".to_owned()),
            phone: None,
        }
    }

    fn chosen(typed: &str) -> Result<Password, Vec<PasswordProblem>> {
        choose(typed, &owner(), &SignInPolicy::default())
    }

    #[tokio::test]
    async fn sgn_12_a_password_is_stored_as_argon2id_and_known_again() {
        let hasher = Hasher::start(2, &SystemIds).unwrap();
        let password = chosen("correct Pferd 电池 staple").unwrap();
        let hash = hasher.hash(&password, &SystemIds).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let again = hasher.hash(&password, &SystemIds).await.unwrap();
        assert_ne!(hash, again, "salted");
        let matches = async |typed: &str| hasher.matches(normalise(typed), Some(&hash)).await;
        assert!(matches("correct Pferd 电池 staple").await.unwrap());
        // The same text as another keyboard writes it.
        assert!(matches("ｃｏｒｒｅｃｔ Pferd 电池 staple").await.unwrap());
        assert!(!matches("correct pferd 电池 staple").await.unwrap());
        assert!(!matches("").await.unwrap());
    }

    #[tokio::test]
    async fn sgn_1_an_unknown_address_is_the_same_work_and_never_matches() {
        let hasher = Hasher::start(1, &SystemIds).unwrap();
        let made = make("x", &[0; SALT_LENGTH], &mut Vec::new()).unwrap();
        let made = PasswordHash::new(&made).unwrap();
        let nobody = &hasher.nobody;
        assert_eq!(made.params.to_string(), nobody.params.to_string());
        assert_eq!(
            (made.algorithm, made.version),
            (nobody.algorithm, nobody.version)
        );
        let length = |hash: &PasswordHash| hash.hash.map(|output| output.len());
        assert_eq!(length(&made), length(nobody));
        assert!(!hasher.matches(normalise("x"), None).await.unwrap());
    }

    #[tokio::test]
    async fn a_hash_that_is_not_ours_is_a_failure_and_not_a_mismatch() {
        let hasher = Hasher::start(1, &SystemIds).unwrap();
        for broken in [
            "",
            "x",
            "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA",
        ] {
            let outcome = hasher.matches(normalise("x"), Some(broken)).await;
            assert!(matches!(outcome, Err(HashError::Unreadable)), "{broken}");
        }
    }

    #[tokio::test]
    async fn more_than_can_wait_are_told_to_come_again() {
        let hasher = Hasher::start(1, &SystemIds).unwrap();
        let all = (0..QUEUE * 2).map(|_| hasher.matches(normalise("x"), None));
        let outcomes = futures_util::future::join_all(all).await;
        let busy = outcomes
            .iter()
            .filter(|o| matches!(o, Err(HashError::Busy)))
            .count();
        assert!(busy > 0 && busy < QUEUE * 2, "{busy}");
    }

    #[test]
    fn sgn_12_common_passwords_are_refused_in_any_case_and_width() {
        for common in [
            "woaini1314",
            "WoAiNi1314",
            "ｗｏａｉｎｉ１３１４",
            "1qaz2wsx",
            "5201314a",
        ] {
            assert_eq!(
                chosen(common),
                Err(vec![PasswordProblem::Common]),
                "{common}"
            );
        }
    }

    #[test]
    fn sgn_12_every_reason_is_told() {
        assert_eq!(chosen(""), Err(vec![PasswordProblem::Empty]));
        assert_eq!(
            chosen("Zhang.San"),
            Err(vec![PasswordProblem::ContainsEmailName])
        );
        assert_eq!(
            chosen("my 100000000001!"),
            Err(vec![PasswordProblem::ContainsAccountId])
        );
        assert_eq!(
            chosen("七个字不够长啊"),
            Err(vec![PasswordProblem::TooShort { shortest: 8 }])
        );
        assert!(chosen("八个字就足够长了").is_ok());
        assert!(chosen(&"长".repeat(128)).is_ok());
        assert_eq!(
            chosen(&"长".repeat(129)),
            Err(vec![PasswordProblem::TooLong { longest: 128 }])
        );
    }

    #[test]
    fn the_list_of_common_passwords_is_a_list() {
        let lines: Vec<_> = COMMON.lines().collect();
        assert!(lines.len() >= 300);
        let distinct: HashSet<_> = lines.iter().collect();
        assert_eq!(distinct.len(), lines.len());
        for line in lines {
            assert_eq!(line, line.trim().to_lowercase(), "{line:?}");
            assert!(!line.is_empty());
        }
    }
}
