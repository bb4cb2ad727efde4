//! The first answer to each Idempotency-Key of an account (API-3). Must not know HTTP beyond a
//! status and a body.

use domain::account::AccountId;
use domain::time::Timestamp;
use sqlx::Row as _;

use super::{StoreError, Tx};

/// An answer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// What the body is; empty when there is none.
    pub content_type: String,
    /// The body.
    pub body: String,
}

/// What is known of the request that a key came with first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// It was the same request.
    pub is_same_request: bool,
    /// Its answer; none while somebody is working it out, or when they died over it.
    pub answer: Option<Answer>,
}

/// Takes a key when it is new, and tells nothing, or tells what is known of it, in one step. One that
/// came before `forgotten` is new.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    tx: &mut Tx,
    account_id: AccountId,
    key_hash: &str,
    fingerprint: &str,
    now: Timestamp,
    forgotten: Timestamp,
) -> Result<Option<Earlier>, StoreError> {
    let inserted = sqlx::query(
        "insert into idempotency (account_id, key_hash, fingerprint, started_at) \
         values ($1, $2, $3, $4) on conflict (account_id, key_hash) do update \
         set fingerprint = excluded.fingerprint, started_at = excluded.started_at, \
         status = null, content_type = null, body_sealed = null \
         where idempotency.started_at < $5",
    )
    .bind(account_id.to_string())
    .bind(key_hash)
    .bind(fingerprint)
    .bind(now.as_millis())
    .bind(forgotten.as_millis())
    .execute(tx.connection())
    .await?;
    if inserted.rows_affected() == 1 {
        return Ok(None);
    }
    let row = sqlx::query(
        "select fingerprint, status, content_type, body_sealed from idempotency \
         where account_id = $1 and key_hash = $2",
    )
    .bind(account_id.to_string())
    .bind(key_hash)
    .fetch_optional(tx.connection())
    .await?;
    // Between the two statements the row may have been forgotten; the caller comes again.
    let Some(row) = row else {
        return Ok(Some(Earlier {
            is_same_request: true,
            answer: None,
        }));
    };
    let mut earlier = Earlier {
        is_same_request: row.try_get::<&str, _>("fingerprint")? == fingerprint,
        answer: None,
    };
    let Some(status) = row.try_get::<Option<i64>, _>("status")? else {
        return Ok(Some(earlier));
    };
    let content_type: Option<String> = row.try_get("content_type")?;
    let sealed: Option<String> = row.try_get("body_sealed")?;
    let purpose = purpose(account_id, key_hash);
    let body = sealed
        .map(|sealed: String| tx.vault.open(&purpose, &sealed))
        .transpose()?;
    earlier.answer = Some(Answer {
        status: u16::try_from(status).map_err(|_| StoreError::Impossible("status"))?,
        content_type: content_type.unwrap_or_default(),
        body: body.unwrap_or_default(),
    });
    Ok(Some(earlier))
}

/// Keeps the answer for whoever repeats the request.
///
/// # Errors
/// When the database fails.
pub async fn update_answer(
    tx: &mut Tx,
    account_id: AccountId,
    key_hash: &str,
    answer: &Answer,
) -> Result<(), StoreError> {
    let sealed = tx
        .vault
        .seal(&purpose(account_id, key_hash), &answer.body)?;
    sqlx::query(
        "update idempotency set status = $3, content_type = $4, body_sealed = $5 \
         where account_id = $1 and key_hash = $2",
    )
    .bind(account_id.to_string())
    .bind(key_hash)
    .bind(i64::from(answer.status))
    .bind(&answer.content_type)
    .bind(sealed)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Forgets a key whose request was not carried out, so that it may be tried again.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, account_id: AccountId, key_hash: &str) -> Result<(), StoreError> {
    sqlx::query("delete from idempotency where account_id = $1 and key_hash = $2")
        .bind(account_id.to_string())
        .bind(key_hash)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Forgets keys that came before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from idempotency where started_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

fn purpose(account_id: AccountId, key_hash: &str) -> String {
    format!("idempotency.body:{account_id}:{key_hash}")
}
