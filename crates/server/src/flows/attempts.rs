//! Attempts to verify an account, whatever the method: begun, passed, failed, given up (VER-10). Must
//! not know how a method works.

use domain::account::AccountId;
use domain::refusal::Refused;
use domain::time::{Date, Timestamp};
use domain::verification::{
    Attempt, Claim, FailureReason, Method, Subject, SubjectEvent, VerificationRefusal,
    VerificationWish, VerifyingAccount, may_start_verification, pass_verification,
    start_verification,
};
use serde_json::Value;

use super::subjects::{self as becoming, Age, Becoming};
use crate::error::ApiError;
use crate::state::App;
use crate::store::Tx;
use crate::store::attempts::{self, Claimed, StoredAttempt};
use crate::store::security::{self, Security};
use crate::store::subjects::{self, Identity, SubjectRecord};

/// What an owner wants to begin.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Who they say they are.
    pub claim: Claimed,
    /// By which method.
    pub method: Method,
    /// An attempt that is running may be given up for this one.
    pub give_up_running: bool,
    /// What the method needs again.
    pub more: Value,
}

/// What a method found.
#[derive(Clone, Debug)]
pub struct Found {
    /// What the rules see of the subject.
    pub subject: Subject,
    /// Who it is.
    pub identity: Identity,
    /// The birth date that a scanned WeChat told (VER-4, VER-5).
    pub born: Option<Date>,
}

/// Begins an attempt, in place of a running one if that was wanted; it counts with the caller's commit.
///
/// # Errors
/// Everything that [`may_start_verification`] lists.
pub async fn start(
    app: &App,
    tx: &mut Tx,
    (id, wish): (AccountId, Wish),
    now: Timestamp,
) -> Result<StoredAttempt, ApiError> {
    let (account, running) = load(tx, id).await?;
    let identity = wish.claim.identity();
    becoming::take_places(tx, &[&identity]).await?;
    let decided = VerificationWish {
        claim: claim(app, tx, &wish.claim, (id, Age::ToldLater)).await?,
        method: wish.method,
        give_up_running: wish.give_up_running,
    };
    let account = verifying(&account, running.as_ref());
    let attempt = start_verification(&account, &decided, &app.policy.verification, now)
        .map_err(|refused| ApiError::all_refused(refused, now))?;
    if let Some(running) = running {
        end(tx, running, |attempt| attempt.give_up(now), now).await?;
    }
    let started = StoredAttempt {
        id: app.ids.id()?,
        case_number: case_number(app, now)?,
        account_id: id,
        began: now,
        attempt,
        claim: wish.claim,
        more: wish.more,
    };
    attempts::insert(tx, &started).await?;
    Ok(started)
}

/// All reasons why an attempt cannot begin, as [`start`] would answer them.
///
/// # Errors
/// When the database fails.
pub async fn may_start(
    app: &App,
    tx: &mut Tx,
    (id, wish): (AccountId, &Wish),
    now: Timestamp,
) -> Result<Vec<VerificationRefusal>, ApiError> {
    let (account, running) = load(tx, id).await?;
    let decided = VerificationWish {
        claim: claim(app, tx, &wish.claim, (id, Age::ToldLater)).await?,
        method: wish.method,
        give_up_running: wish.give_up_running,
    };
    let account = verifying(&account, running.as_ref());
    let policy = &app.policy.verification;
    Ok(may_start_verification(&account, &decided, policy, now))
}

/// The method has passed: the account is verified. Its places are counted once more under lock, so that
/// the 4th of a person and the 11th of an enterprise are refused however many pass at once (VER-2,
/// ENT-1).
///
/// # Errors
/// Everything that [`domain::verification::may_pass_verification`] lists; then the attempt stands as it
/// stood.
pub async fn pass(
    app: &App,
    tx: &mut Tx,
    (attempt, found): (&StoredAttempt, Found),
    now: Timestamp,
) -> Result<StoredAttempt, ApiError> {
    let id = attempt.account_id;
    let ((security, verified), running) = load(tx, id).await?;
    let running = running
        .filter(|running| running.id == attempt.id)
        .ok_or_else(|| ApiError::refused(VerificationRefusal::NoSuchAttempt, now))?;
    let identity = found.identity;
    becoming::take_places(tx, &[&identity]).await?;
    let claim = claim(app, tx, &running.claim, (id, Age::Told(found.born))).await?;
    let account = (security, verified);
    let verifying = verifying(&account, Some(&running));
    let (passed, verified) = pass_verification(
        &running.attempt,
        &verifying,
        claim,
        found.subject,
        &app.policy.verification,
        now,
    )
    .map_err(|refused| ApiError::all_refused(refused, now))?;
    let record = SubjectRecord {
        subject: verified.subject,
        since: verified.since,
        method: running.attempt.running(),
        identity,
    };
    let becoming = Becoming {
        security: &account.0,
        record: &record,
        event: SubjectEvent::Verified,
    };
    becoming::pass(app, tx, becoming, now).await?;
    end(tx, running, |_| Ok(passed), now).await
}

/// The method has failed; what was typed is kept and can be corrected (VER-10).
///
/// # Errors
/// [`VerificationRefusal::NoSuchAttempt`] when it is not running.
pub async fn fail(
    tx: &mut Tx,
    attempt: StoredAttempt,
    reasons: Vec<FailureReason>,
    now: Timestamp,
) -> Result<StoredAttempt, ApiError> {
    end(tx, attempt, |attempt| attempt.fail(reasons, now), now).await
}

/// The owner gives an attempt up.
///
/// # Errors
/// [`VerificationRefusal::NoSuchAttempt`] when it is not running.
pub async fn give_up(
    tx: &mut Tx,
    attempt: StoredAttempt,
    now: Timestamp,
) -> Result<StoredAttempt, ApiError> {
    end(tx, attempt, |attempt| attempt.give_up(now), now).await
}

/// What decides about the account, with its row taken.
type Loaded = (Security, Option<SubjectRecord>);

async fn load(tx: &mut Tx, id: AccountId) -> Result<(Loaded, Option<StoredAttempt>), ApiError> {
    let security = security::find_locked(tx, id)
        .await?
        .ok_or(ApiError::SignInRequired)?;
    let verified = subjects::find(tx, id).await?;
    let running = attempts::find_running(tx, id).await?;
    Ok(((security, verified), running))
}

fn verifying((security, verified): &Loaded, running: Option<&StoredAttempt>) -> VerifyingAccount {
    VerifyingAccount {
        verified: verified.as_ref().map(SubjectRecord::verified),
        running: running.and_then(|running| running.attempt.running()),
        // The contact phone is not asked about (VER-13).
        security_phone_bound: security.contacts.phone.is_some(),
        deregistering: false,
    }
}

/// What the decisions ask about a claim; its places are counted here.
async fn claim(
    app: &App,
    tx: &mut Tx,
    claimed: &Claimed,
    (except, age): (AccountId, Age),
) -> Result<Claim, ApiError> {
    match claimed {
        Claimed::Person(person) => becoming::person(app, tx, person, (except, age)).await,
        Claimed::Enterprise(claimed) => {
            let (taken, raised_to) = becoming::places(tx, &claimed.enterprise, except).await?;
            Ok(Claim::Enterprise {
                region: claimed.region,
                enterprise: claimed.kind,
                legal_representative: claimed.legal_representative,
                taken,
                raised_to,
            })
        }
    }
}

/// Ends a running attempt, once.
async fn end(
    tx: &mut Tx,
    running: StoredAttempt,
    how: impl FnOnce(Attempt) -> Result<Attempt, Refused<VerificationRefusal>>,
    now: Timestamp,
) -> Result<StoredAttempt, ApiError> {
    let attempt =
        how(running.attempt.clone()).map_err(|refused| ApiError::all_refused(refused, now))?;
    let ended = StoredAttempt { attempt, ..running };
    if attempts::update(tx, &ended).await? {
        Ok(ended)
    } else {
        Err(ApiError::refused(VerificationRefusal::NoSuchAttempt, now))
    }
}

/// `V-20261125-7K3M9QXA`: read out on the phone, so without letters that look like digits.
pub(super) fn case_number(app: &App, now: Timestamp) -> Result<String, ApiError> {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0; 8];
    app.ids.fill(&mut bytes)?;
    let random: String = bytes
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect();
    let day = now.date().to_string().replace('-', "");
    Ok(format!("V-{day}-{random}"))
}
