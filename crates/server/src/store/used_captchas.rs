//! Rows of puzzles that were solved and used, so that none is used twice (SGN-1). Must not know what
//! a puzzle is.

use domain::time::Timestamp;

use super::{StoreError, Tx};

/// Uses a puzzle up; `false` when it was used before.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, once: &str, ends_at: Timestamp) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "insert into used_captchas (id_hash, expires_at) values ($1, $2) on conflict do nothing",
    )
    .bind(once)
    .bind(ends_at.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets puzzles that ended before `moment`; nobody can use them any more.
///
/// # Errors
/// When the database fails.
pub async fn delete_ended(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from used_captchas where expires_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}
