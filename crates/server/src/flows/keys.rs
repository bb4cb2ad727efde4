//! Challenges for security keys and what their answers prove (MFA-1), for whoever needs a key: a
//! session, the second step of a sign-in, a sign-in without a name. Must not know which of them.
//!
//! A challenge is good once: it is taken away by the first answer, right or wrong, and it is judged
//! by the site at which it was made.

use contract::mfa::{KeyChallenge, NoKeysHere};
use domain::account::AccountId;
use domain::mfa::{DeviceKind, MfaRefusal, is_challenge_alive, try_key_counter};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::checks::not_bound;
use super::mfa::{find_locked, settle};
use crate::error::ApiError;
use crate::outside::ids::token_hash;
use crate::state::App;
use crate::store::Tx;
use crate::store::key_challenges::{self, ChallengePurpose, StoredChallenge};
use crate::store::mfa::{self, StoredDevice};
use crate::store::security::Security;
use crate::webauthn::{self, Begun, KeyOwner, KeyProblem, KeySite, Keys, KnownKey, NewKey};

/// The site of the page that asks for a challenge, or why there is none.
pub type Site<'a> = &'a Result<KeySite, NoKeysHere>;

/// A key's answer as it came from a browser.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// Names the challenge.
    pub challenge: &'a str,
    /// What the browser answered, as JSON text.
    pub answer: &'a str,
}

/// What is kept of a challenge: the site it was made at, and the state of the ceremony.
#[derive(Serialize, Deserialize)]
struct Kept {
    origin: String,
    state: String,
}

/// A key proved itself, and who has it.
pub struct Proved {
    /// The transaction; the proof counts once it was committed.
    pub tx: Tx,
    /// The account whose key it is; its row is taken.
    pub account_id: AccountId,
    /// Whether the key checked its holder by PIN, finger or face.
    pub user_verified: bool,
}

/// Has the account's key prove its owner, to `by`: a session or the second step of a sign-in.
/// Commit afterwards.
///
/// # Errors
/// When the account has no key, or keys do not work here.
pub async fn begin_proof(
    app: &App,
    tx: &mut Tx,
    (security, by): (&Security, &str),
    site: Site<'_>,
    now: Timestamp,
) -> Result<KeyChallenge, ApiError> {
    let device = mfa::find_device(tx, security.account_id).await?;
    let Some(device) = device.filter(is_key) else {
        return Err(not_bound(security, now));
    };
    let stored = [device.secret.to_string()];
    let begin = |keys: &Keys| keys.start_second_step(security.account_id, &stored);
    begin_with(app, tx, (ChallengePurpose::Prove, by), (site, begin), now).await
}

/// Takes the key's answer to [`begin_proof`]. What is counted as a wrong try is so at once.
///
/// # Errors
/// [`MfaRefusal::KeyNotProved`], the lock of the check, or that the account has no key.
pub async fn take_proof(
    app: &App,
    mut tx: Tx,
    (security, by): (&Security, &str),
    given: Given<'_>,
    now: Timestamp,
) -> Result<Tx, ApiError> {
    let answer = json(given.answer)?;
    let id = security.account_id;
    let Some(device) = find_locked(&mut tx, id).await?.filter(is_key) else {
        return Err(not_bound(security, now));
    };
    let Some(kept) =
        take_challenge(app, &mut tx, (ChallengePurpose::Prove, by), given, now).await?
    else {
        return Err(not_proved(tx, now).await);
    };
    let proved = judge(app, tx, (id, &device), (&kept, &answer), now).await?;
    Ok(proved.tx)
}

/// Asks for a key that knows an account of this site: signing in without a name; `by` is the
/// browser. Commit afterwards.
///
/// # Errors
/// When keys do not work here.
pub async fn begin_sign_in(
    app: &App,
    tx: &mut Tx,
    by: &str,
    site: Site<'_>,
    now: Timestamp,
) -> Result<KeyChallenge, ApiError> {
    let purpose = (ChallengePurpose::SignIn, by);
    begin_with(app, tx, purpose, (site, Keys::start_sign_in), now).await
}

/// Takes the key's answer to [`begin_sign_in`] and tells whose it is. An unknown key is refused as
/// one that proved nothing.
///
/// # Errors
/// [`MfaRefusal::KeyNotProved`] or the lock of the check.
pub async fn take_sign_in(
    app: &App,
    mut tx: Tx,
    by: &str,
    given: Given<'_>,
    now: Timestamp,
) -> Result<Proved, ApiError> {
    let answer = json(given.answer)?;
    let purpose = (ChallengePurpose::SignIn, by);
    let kept = take_challenge(app, &mut tx, purpose, given, now).await?;
    let (Some(kept), Ok(key)) = (kept, webauthn::key_id(&answer)) else {
        return Err(not_proved(tx, now).await);
    };
    let Some(id) = mfa::find_key_owner(&mut tx, &key).await? else {
        return Err(not_proved(tx, now).await);
    };
    let device = find_locked(&mut tx, id).await?;
    // The key may have been replaced while this request waited for the account.
    let is_it = |device: &StoredDevice| is_key(device) && device.serial.as_deref() == Some(&key);
    let Some(device) = device.filter(is_it) else {
        return Err(not_proved(tx, now).await);
    };
    judge(app, tx, (id, &device), (&kept, &answer), now).await
}

/// Has a new key register itself for an account, to `by`: the session; `existing` is the key that
/// the account has. Commit afterwards.
///
/// # Errors
/// When keys do not work here.
pub async fn begin_binding(
    app: &App,
    tx: &mut Tx,
    (owner, existing, by): (KeyOwner<'_>, &[String], &str),
    site: Site<'_>,
    now: Timestamp,
) -> Result<KeyChallenge, ApiError> {
    let begin = |keys: &Keys| keys.start_registration(owner, existing);
    begin_with(app, tx, (ChallengePurpose::Bind, by), (site, begin), now).await
}

/// Takes the new key's answer to [`begin_binding`]: the key, or nothing when it did not prove itself.
/// The challenge is used up once the transaction was committed, which the caller does either way.
///
/// # Errors
/// [`MfaRefusal::KeyTaken`].
pub async fn take_binding(
    app: &App,
    tx: &mut Tx,
    (account_id, by): (AccountId, &str),
    given: Given<'_>,
    now: Timestamp,
) -> Result<Option<NewKey>, ApiError> {
    let answer = json(given.answer)?;
    let purpose = (ChallengePurpose::Bind, by);
    let Some(kept) = take_challenge(app, tx, purpose, given, now).await? else {
        return Ok(None);
    };
    let registered = keys_of(app, &kept)?.finish_registration(&kept.state, account_id, &answer);
    match registered {
        Ok(key) => Ok(Some(key)),
        Err(KeyProblem::AlreadyBound) => Err(ApiError::refused(MfaRefusal::KeyTaken, now)),
        Err(problem) => internal_or(problem).map(|()| None),
    }
}

async fn begin_with(
    app: &App,
    tx: &mut Tx,
    (purpose, by): (ChallengePurpose, &str),
    (site, begin): (Site<'_>, impl FnOnce(&Keys) -> Result<Begun, KeyProblem>),
    now: Timestamp,
) -> Result<KeyChallenge, ApiError> {
    let Ok(site) = site else {
        return Err(ApiError::refused(MfaRefusal::NoKeysHere, now));
    };
    let keys = Keys::new(site, &app.names.chinese).map_err(ApiError::internal)?;
    let begun = begin(&keys).map_err(ApiError::internal)?;
    let token = app.ids.token()?;
    let kept = Kept {
        origin: site.origin.origin().ascii_serialization(),
        state: begun.state,
    };
    let new = StoredChallenge {
        token_hash: token_hash(&token),
        purpose,
        asked_by: by.to_owned(),
        state: serde_json::to_string(&kept).map_err(ApiError::internal)?,
        made_at: now,
    };
    key_challenges::insert(tx, &new).await?;
    Ok(KeyChallenge {
        challenge: token,
        options: begun.challenge.to_string(),
    })
}

/// Takes the challenge away; nothing when it was used, is too old, or was made for something else.
async fn take_challenge(
    app: &App,
    tx: &mut Tx,
    (purpose, by): (ChallengePurpose, &str),
    given: Given<'_>,
    now: Timestamp,
) -> Result<Option<Kept>, ApiError> {
    let stored = key_challenges::take(tx, &token_hash(given.challenge)).await?;
    let policy = &app.policy.mfa;
    let stored = stored.filter(|stored| {
        stored.purpose == purpose
            && stored.asked_by == by
            && is_challenge_alive(stored.made_at, policy, now)
    });
    stored
        .map(|stored| serde_json::from_str(&stored.state).map_err(ApiError::internal))
        .transpose()
}

/// Judges the answer of a bound key, and remembers its counter.
async fn judge(
    app: &App,
    mut tx: Tx,
    (id, device): (AccountId, &StoredDevice),
    (kept, answer): (&Kept, &Value),
    now: Timestamp,
) -> Result<Proved, ApiError> {
    let known = KnownKey {
        account_id: id,
        stored: &device.secret,
    };
    let finished = keys_of(app, kept)?.finish_authentication(&kept.state, known, answer);
    let counted = |answered| {
        let (check, policy) = (device.check, &app.policy.mfa);
        try_key_counter(check, device.counter, answered, policy, now)
    };
    match finished {
        Ok(proof) => {
            let tried = counted(proof.counter);
            let (mut tx, counter) = settle(tx, id, tried, now).await?;
            mfa::update_key(&mut tx, id, &proof.stored, counter).await?;
            Ok(Proved {
                tx,
                account_id: id,
                user_verified: proof.user_verified,
            })
        }
        Err(KeyProblem::CounterNotGrown { answered }) => {
            let (tx, _) = settle(tx, id, counted(answered), now).await?;
            Err(not_proved(tx, now).await)
        }
        Err(problem) => {
            internal_or(problem)?;
            // Nothing was guessed, so nothing is counted; only the challenge is gone.
            mfa::update_check(&mut tx, id, device.check).await?;
            Err(not_proved(tx, now).await)
        }
    }
}

/// The refusal of an answer that proves nothing; its challenge is used up.
async fn not_proved(tx: Tx, now: Timestamp) -> ApiError {
    match tx.commit().await {
        Ok(()) => ApiError::refused(MfaRefusal::KeyNotProved, now),
        Err(error) => error.into(),
    }
}

/// Writes into the log why a key proved nothing.
///
/// # Errors
/// When it is our own fault.
fn internal_or(problem: KeyProblem) -> Result<(), ApiError> {
    if let KeyProblem::Internal(_) = problem {
        return Err(ApiError::internal(problem));
    }
    tracing::info!(%problem, "a security key proved nothing");
    Ok(())
}

fn keys_of(app: &App, kept: &Kept) -> Result<Keys, ApiError> {
    let site = KeySite::of(Some(&kept.origin), None)
        .map_err(|_| ApiError::internal(std::io::Error::other("a challenge without its site")))?;
    Keys::new(&site, &app.names.chinese).map_err(ApiError::internal)
}

fn is_key(device: &StoredDevice) -> bool {
    device.device.kind == DeviceKind::SecurityKey
}

fn json(text: &str) -> Result<Value, ApiError> {
    serde_json::from_str(text).map_err(|_| ApiError::Malformed)
}
