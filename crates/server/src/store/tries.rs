//! How often somebody tried something within a window. Must not know what was tried.

use domain::time::{Span, Timestamp};

use super::{StoreError, Tx};

/// Whether one more try fits into the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// It fits, and is counted.
    Left,
    /// It does not; nothing was written.
    FullUntil(Timestamp),
}

/// Counts one try of `who` unless `most` were counted in the window already.
///
/// The update of the one row is the lock: of tries at the same time, exactly as many get through
/// as there is room for.
///
/// # Errors
/// When the database fails.
pub async fn count(
    tx: &mut Tx,
    who_hash: &str,
    most: u32,
    window: Span,
    now: Timestamp,
) -> Result<Room, StoreError> {
    let over = now.minus(window);
    let counted: Option<i64> = sqlx::query_scalar(
        "insert into tries (who_hash, window_began_at, count) values ($1, $2, 1) \
         on conflict (who_hash) do update set \
         count = case when tries.window_began_at <= $3 then 1 else tries.count + 1 end, \
         window_began_at = case when tries.window_began_at <= $3 then $2 \
                           else tries.window_began_at end \
         where tries.window_began_at <= $3 or tries.count < $4 returning count",
    )
    .bind(who_hash)
    .bind(now.as_millis())
    .bind(over.as_millis())
    .bind(i64::from(most))
    .fetch_optional(tx.connection())
    .await?;
    if counted.is_some() {
        return Ok(Room::Left);
    }
    let began: i64 = sqlx::query_scalar("select window_began_at from tries where who_hash = $1")
        .bind(who_hash)
        .fetch_one(tx.connection())
        .await?;
    Ok(Room::FullUntil(Timestamp::from_millis(began).plus(window)))
}

/// Removes windows that began before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from tries where window_began_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}
