//! Rows of the links in notices that lock an account at once (ACC-14). Knows hashes only.

use domain::account::AccountId;
use domain::time::Timestamp;
use sqlx::Row as _;

use super::accounts::parse_id;
use super::{StoreError, Tx};

/// Remembers the link of a notice.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    token_hash: &str,
    id: AccountId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("insert into lock_links (token_hash, account_id, sent_at) values ($1, $2, $3)")
        .bind(token_hash)
        .bind(id.to_string())
        .bind(now.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Whose account a link locks, and when the notice was sent.
///
/// # Errors
/// When the database fails.
pub async fn find(
    tx: &mut Tx,
    token_hash: &str,
) -> Result<Option<(AccountId, Timestamp)>, StoreError> {
    let row = sqlx::query("select account_id, sent_at from lock_links where token_hash = $1")
        .bind(token_hash)
        .fetch_optional(tx.connection())
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some((
        parse_id(row.try_get("account_id")?)?,
        Timestamp::from_millis(row.try_get("sent_at")?),
    )))
}

/// Removes links of notices that were sent before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from lock_links where sent_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}
