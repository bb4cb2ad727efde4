//! Rows of the browsers that accounts were signed in from. Must not know cookies.

use domain::account::AccountId;
use domain::time::Timestamp;

use super::{StoreError, Tx};

/// Whether a sign-in came from a browser that was seen before on the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The first sign-in from it.
    FirstTime,
    /// It signed in before.
    Before,
}

/// Remembers that the browser signed in to the account.
///
/// # Errors
/// When the database fails.
pub async fn record(
    tx: &mut Tx,
    account_id: AccountId,
    token_hash: &str,
    now: Timestamp,
) -> Result<Seen, StoreError> {
    let inserted = sqlx::query(
        "insert into devices (account_id, token_hash, first_seen_at, last_seen_at) \
         values ($1, $2, $3, $3) on conflict do nothing",
    )
    .bind(account_id.to_string())
    .bind(token_hash)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    if inserted.rows_affected() == 1 {
        return Ok(Seen::FirstTime);
    }
    sqlx::query("update devices set last_seen_at = $3 where account_id = $1 and token_hash = $2")
        .bind(account_id.to_string())
        .bind(token_hash)
        .bind(now.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(Seen::Before)
}

/// Whether the browser signed in to the account before.
///
/// # Errors
/// When the database fails.
pub async fn find(
    tx: &mut Tx,
    account_id: AccountId,
    token_hash: &str,
) -> Result<Seen, StoreError> {
    let known: i64 = sqlx::query_scalar(
        "select count(*) from devices where account_id = $1 and token_hash = $2",
    )
    .bind(account_id.to_string())
    .bind(token_hash)
    .fetch_one(tx.connection())
    .await?;
    Ok(if known == 0 {
        Seen::FirstTime
    } else {
        Seen::Before
    })
}

/// Forgets browsers that did not sign in since `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_unseen_since(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from devices where last_seen_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}
