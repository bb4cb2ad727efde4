//! Rows of the re-checks of verified enterprises (ENT-16). Must not know the register.

use domain::account::AccountId;
use domain::time::Timestamp;
use domain::verification::Recheck;

use super::accounts::parse_id;
use super::{StoreError, Tx, words};

/// Where the re-check of an account stands; [`Recheck::Sound`] where none was made.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Recheck, StoreError> {
    let text: Option<String> =
        sqlx::query_scalar("select recheck from enterprise_rechecks where account_id = $1")
            .bind(id.to_string())
            .fetch_optional(tx.connection())
            .await?;
    text.map_or(Ok(Recheck::Sound), |text| {
        words::parse_json(&text, "enterprise_rechecks.recheck")
    })
}

/// Writes down where the re-check of an account stands, and when the next one is due.
///
/// # Errors
/// When the database fails.
pub async fn replace(
    tx: &mut Tx,
    id: AccountId,
    recheck: &Recheck,
    (checked, next): (Timestamp, Timestamp),
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into enterprise_rechecks (account_id, recheck, checked_at, next_at) \
         values ($1, $2, $3, $4) on conflict (account_id) do update set \
         recheck = excluded.recheck, checked_at = excluded.checked_at, next_at = excluded.next_at",
    )
    .bind(id.to_string())
    .bind(words::json(recheck)?)
    .bind(checked.as_millis())
    .bind(next.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The account has another subject: what was found about the former one is forgotten.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
    sqlx::query("delete from enterprise_rechecks where account_id = $1")
        .bind(id.to_string())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The re-check of an account is due at once.
///
/// # Errors
/// When the database fails.
pub async fn hasten(tx: &mut Tx, id: AccountId, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "insert into enterprise_rechecks (account_id, recheck, checked_at, next_at) \
         values ($1, $2, $3, $3) on conflict (account_id) do update set next_at = excluded.next_at",
    )
    .bind(id.to_string())
    .bind(words::json(&Recheck::Sound)?)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whether the re-check of this account is due, as [`list_due`] would say.
///
/// # Errors
/// When the database fails.
pub async fn is_due(
    tx: &mut Tx,
    id: AccountId,
    (now, first_before): (Timestamp, Timestamp),
) -> Result<bool, StoreError> {
    let due: i64 = sqlx::query_scalar(
        "select count(*) from subjects s \
         left join enterprise_rechecks r on r.account_id = s.account_id \
         where s.account_id = $3 and s.code_hash is not null \
         and ((r.next_at is null and s.since <= $2) or r.next_at <= $1)",
    )
    .bind(now.as_millis())
    .bind(first_before.as_millis())
    .bind(id.to_string())
    .fetch_one(tx.connection())
    .await?;
    Ok(due > 0)
}

/// Accounts of enterprises whose re-check is due, those that wait longest first: the first one is due
/// when the subject was verified before `first_before`.
///
/// # Errors
/// When the database fails.
pub async fn list_due(
    tx: &mut Tx,
    (now, first_before): (Timestamp, Timestamp),
    most: u32,
) -> Result<Vec<AccountId>, StoreError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "select s.account_id from subjects s \
         left join enterprise_rechecks r on r.account_id = s.account_id \
         where s.code_hash is not null \
         and ((r.next_at is null and s.since <= $2) or r.next_at <= $1) \
         order by coalesce(r.next_at, s.since), s.account_id limit $3",
    )
    .bind(now.as_millis())
    .bind(first_before.as_millis())
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    ids.iter().map(|id| parse_id(id)).collect()
}
