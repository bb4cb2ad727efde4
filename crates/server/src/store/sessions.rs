//! Rows of sessions. Knows their tokens' hashes only; does not know when a session ends.

use domain::account::AccountId;
use domain::sign_in::Session;
use domain::time::Timestamp;
use sqlx::Row as _;

use super::accounts::parse_id;
use super::{StoreError, Tx};

/// A session as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Names it; not secret.
    pub id: String,
    /// Whose it is.
    pub account_id: AccountId,
    /// The moments that decide when it ends.
    pub session: Session,
}

/// Begins a session at `now`.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    id: &str,
    token_hash: &str,
    account_id: AccountId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into sessions (id, token_hash, account_id, began_at, used_at) \
         values ($1, $2, $3, $4, $4)",
    )
    .bind(id)
    .bind(token_hash)
    .bind(account_id.to_string())
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The session of a token, alive or not.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<StoredSession>, StoreError> {
    let row =
        sqlx::query("select id, account_id, began_at, used_at from sessions where token_hash = $1")
            .bind(token_hash)
            .fetch_optional(tx.connection())
            .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(StoredSession {
        id: row.try_get("id")?,
        account_id: parse_id(row.try_get("account_id")?)?,
        session: Session {
            began: Timestamp::from_millis(row.try_get("began_at")?),
            used: Timestamp::from_millis(row.try_get("used_at")?),
        },
    }))
}

/// Remembers that the session was used at `now`; never moves it back, never revives it.
///
/// # Errors
/// When the database fails.
pub async fn update_used(tx: &mut Tx, id: &str, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("update sessions set used_at = $2 where id = $1 and used_at < $2")
        .bind(id)
        .bind(now.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Ends the session of a token; tells whose it was, when there was one.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, token_hash: &str) -> Result<Option<AccountId>, StoreError> {
    let account_id: Option<String> =
        sqlx::query_scalar("delete from sessions where token_hash = $1 returning account_id")
            .bind(token_hash)
            .fetch_optional(tx.connection())
            .await?;
    account_id.as_deref().map(parse_id).transpose()
}

/// Removes the rows of sessions that began before `began` or were last used before `used`.
///
/// # Errors
/// When the database fails.
pub async fn delete_ended(
    tx: &mut Tx,
    began: Timestamp,
    used: Timestamp,
) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from sessions where began_at <= $1 or used_at <= $2")
        .bind(began.as_millis())
        .bind(used.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}
