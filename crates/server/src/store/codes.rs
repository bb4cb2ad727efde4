//! Rows of verification codes, of what went to each target and of wrong tries (CON-12). Knows hashes
//! only; does not know when a code is sent or taken.

use domain::account::AccountId;
use domain::contacts::{
    CodePurpose, CodeRequest, CodeState, CodeTrial, ContactTarget, DailyCount, IssuedCode,
    SendHistory,
};
use domain::time::{Date, Timestamp};
use sqlx::Row as _;

use super::{StoreError, Tx, locks, words};

/// A code as it stands, with the hash of its digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCode {
    /// The code as the rules see it.
    pub code: IssuedCode,
    /// The keyed hash of its digits.
    pub code_hash: String,
}

/// Takes the target until the end of the transaction and answers what went there before, so that two
/// requests at once send one message (CON-12).
///
/// # Errors
/// When the database fails.
pub async fn lock_target(tx: &mut Tx, target: &ContactTarget) -> Result<SendHistory, StoreError> {
    let hash = target_hash(tx, target);
    locks::take(tx, &format!("code:{hash}")).await?;
    let row =
        sqlx::query("select last_sent_at, day, count from code_targets where target_hash = $1")
            .bind(hash)
            .fetch_optional(tx.connection())
            .await?;
    let Some(row) = row else {
        return Ok(SendHistory::default());
    };
    Ok(SendHistory {
        last_sent_at: Some(Timestamp::from_millis(row.try_get("last_sent_at")?)),
        sent: Some(daily_count(row.try_get("day")?, row.try_get("count")?)?),
    })
}

/// Writes down a code that is sent, in the place of an earlier one for the same, and the target's
/// history.
///
/// # Errors
/// When the database fails.
pub async fn update_sent(
    tx: &mut Tx,
    code: &IssuedCode,
    code_hash: &str,
    history: &SendHistory,
) -> Result<(), StoreError> {
    let bound_to = &code.bound_to;
    let hash = target_hash(tx, &bound_to.target);
    sqlx::query(
        "insert into codes \
         (purpose, account_id, target_hash, code_hash, sent_at, wrong, state) \
         values ($1, $2, $3, $4, $5, 0, 'open') \
         on conflict (purpose, account_id, target_hash) do update set \
         code_hash = excluded.code_hash, sent_at = excluded.sent_at, wrong = 0, state = 'open'",
    )
    .bind(words::word(bound_to.purpose)?)
    .bind(account(bound_to.account))
    .bind(&hash)
    .bind(code_hash)
    .bind(code.sent_at.as_millis())
    .execute(tx.connection())
    .await?;
    let (Some(at), Some(sent)) = (history.last_sent_at, history.sent) else {
        return Err(StoreError::Impossible("history"));
    };
    sqlx::query(
        "insert into code_targets (target_hash, last_sent_at, day, count) \
         values ($1, $2, $3, $4) on conflict (target_hash) do update set \
         last_sent_at = excluded.last_sent_at, day = excluded.day, count = excluded.count",
    )
    .bind(&hash)
    .bind(at.as_millis())
    .bind(sent.day.to_string())
    .bind(i64::from(sent.count))
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The newest code for exactly this, when there is one; taken until the end of the transaction, so
/// that it works once (V-20).
///
/// # Errors
/// When the database fails.
pub async fn find_locked(
    tx: &mut Tx,
    request: &CodeRequest,
) -> Result<Option<StoredCode>, StoreError> {
    let hash = target_hash(tx, &request.target);
    // Codes for one target wait for each other, whatever they are for.
    locks::take(tx, &format!("code:{hash}")).await?;
    let row = sqlx::query(
        "select code_hash, sent_at, wrong, state from codes \
         where purpose = $1 and account_id = $2 and target_hash = $3",
    )
    .bind(words::word(request.purpose)?)
    .bind(account(request.account))
    .bind(hash)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let wrong = u32::try_from(row.try_get::<i64, _>("wrong")?).unwrap_or(u32::MAX);
    let state = match row.try_get::<String, _>("state")?.as_str() {
        "open" => CodeState::Open { wrong },
        "used" => CodeState::Used,
        "void" => CodeState::Void,
        _ => return Err(StoreError::Impossible("codes.state")),
    };
    Ok(Some(StoredCode {
        code: IssuedCode {
            bound_to: request.clone(),
            sent_at: Timestamp::from_millis(row.try_get("sent_at")?),
            state,
        },
        code_hash: row.try_get("code_hash")?,
    }))
}

/// Writes down what a try left behind.
///
/// # Errors
/// When the database fails.
pub async fn update_tried(tx: &mut Tx, trial: &CodeTrial) -> Result<(), StoreError> {
    let bound_to = &trial.code.bound_to;
    let (state, wrong) = match trial.code.state {
        CodeState::Open { wrong } => ("open", wrong),
        CodeState::Used => ("used", 0),
        CodeState::Void => ("void", 0),
    };
    let hash = target_hash(tx, &bound_to.target);
    sqlx::query(
        "update codes set state = $4, wrong = $5 \
         where purpose = $1 and account_id = $2 and target_hash = $3",
    )
    .bind(words::word(bound_to.purpose)?)
    .bind(account(bound_to.account))
    .bind(hash)
    .bind(state)
    .bind(i64::from(wrong))
    .execute(tx.connection())
    .await?;
    let Some(wrong) = trial.wrong_today else {
        return Ok(());
    };
    sqlx::query(
        "insert into code_failures (who, purpose, day, count) values ($1, $2, $3, $4) \
         on conflict (who, purpose) do update set day = excluded.day, count = excluded.count",
    )
    .bind(who(tx, bound_to))
    .bind(words::word(bound_to.purpose)?)
    .bind(wrong.day.to_string())
    .bind(i64::from(wrong.count))
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The wrong tries of this account (or, where there is none, of this target) and purpose; taken
/// until the end of the transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_wrong(
    tx: &mut Tx,
    request: &CodeRequest,
) -> Result<Option<DailyCount>, StoreError> {
    let who = who(tx, request);
    let purpose = words::word(request.purpose)?;
    locks::take(tx, &format!("wrong codes:{purpose}:{who}")).await?;
    let row = sqlx::query("select day, count from code_failures where who = $1 and purpose = $2")
        .bind(who)
        .bind(purpose)
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| daily_count(row.try_get("day")?, row.try_get("count")?))
        .transpose()
}

/// When the next code to the target may be asked for, as far as the last one tells; for a page that
/// was loaded again (V-21).
///
/// # Errors
/// When the database fails.
pub async fn find_last_sent(
    tx: &mut Tx,
    purpose: CodePurpose,
    id: Option<AccountId>,
    target: &ContactTarget,
) -> Result<Option<Timestamp>, StoreError> {
    let hash = target_hash(tx, target);
    let sent_at: Option<i64> = sqlx::query_scalar(
        "select sent_at from codes where purpose = $1 and account_id = $2 and target_hash = $3",
    )
    .bind(words::word(purpose)?)
    .bind(account(id))
    .bind(hash)
    .fetch_optional(tx.connection())
    .await?;
    Ok(sent_at.map(Timestamp::from_millis))
}

/// Removes codes that were sent before `moment`; counts of the day stay.
///
/// # Errors
/// When the database fails.
pub async fn delete_sent_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from codes where sent_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

/// The keyed hash by which a target is found again.
#[must_use]
pub fn target_hash(tx: &Tx, target: &ContactTarget) -> String {
    match target {
        ContactTarget::Phone(phone) => tx.vault.lookup_hash("phone", phone.as_str()),
        ContactTarget::Email(email) => tx.vault.lookup_hash("email", email.canonical()),
    }
}

/// Whose wrong tries count together.
fn who(tx: &Tx, request: &CodeRequest) -> String {
    match request.account {
        Some(id) => id.to_string(),
        None => target_hash(tx, &request.target),
    }
}

fn account(id: Option<AccountId>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

fn daily_count(day: &str, count: i64) -> Result<DailyCount, StoreError> {
    Ok(DailyCount {
        day: Date::parse(day).map_err(|_| StoreError::Impossible("day"))?,
        count: u32::try_from(count).unwrap_or(u32::MAX),
    })
}
