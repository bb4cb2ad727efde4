//! Rows of wrong passwords, by account, by sub-user, or by a name that nobody has (SGN-1). Must not
//! know what a count leads to.

use domain::sign_in::WrongPasswords;
use domain::time::Timestamp;
use sqlx::Row as _;

use super::{StoreError, Tx, locks};

/// The wrong passwords of `who`, a keyed hash; taken until the end of the transaction, so that tries at
/// the same time are all counted. Whoever takes an account's row as well takes this one first.
///
/// # Errors
/// When the database fails.
pub async fn find_locked(tx: &mut Tx, who_hash: &str) -> Result<WrongPasswords, StoreError> {
    locks::take(tx, &format!("wrong passwords:{who_hash}")).await?;
    let row = sqlx::query(
        "select state, first_at, wrong, locked_until from wrong_passwords where who_hash = $1",
    )
    .bind(who_hash)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(WrongPasswords::None);
    };
    let moment = |column| -> Result<Timestamp, StoreError> {
        Ok(Timestamp::from_millis(row.try_get(column)?))
    };
    match row.try_get::<String, _>("state")?.as_str() {
        "counting" => Ok(WrongPasswords::Counting {
            first: moment("first_at")?,
            wrong: u32::try_from(row.try_get::<i64, _>("wrong")?).unwrap_or(u32::MAX),
        }),
        "locked" => Ok(WrongPasswords::Locked {
            until: moment("locked_until")?,
        }),
        _ => Err(StoreError::Impossible("wrong_passwords.state")),
    }
}

/// Writes down what counts from now on. `now` only tells how old the row is.
///
/// # Errors
/// When the database fails.
pub async fn update(
    tx: &mut Tx,
    who_hash: &str,
    wrong: WrongPasswords,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (state, first, count, until) = match wrong {
        WrongPasswords::None => {
            sqlx::query("delete from wrong_passwords where who_hash = $1")
                .bind(who_hash)
                .execute(tx.connection())
                .await?;
            return Ok(());
        }
        WrongPasswords::Counting { first, wrong } => ("counting", first, wrong, now),
        WrongPasswords::Locked { until } => ("locked", now, 0, until),
    };
    sqlx::query(
        "insert into wrong_passwords (who_hash, state, first_at, wrong, locked_until) \
         values ($1, $2, $3, $4, $5) on conflict (who_hash) do update set \
         state = excluded.state, first_at = excluded.first_at, wrong = excluded.wrong, \
         locked_until = excluded.locked_until",
    )
    .bind(who_hash)
    .bind(state)
    .bind(first.as_millis())
    .bind(i64::from(count))
    .bind(until.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Removes what was first counted before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from wrong_passwords where first_at < $1 and locked_until < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}
