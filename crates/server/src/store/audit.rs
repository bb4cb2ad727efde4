//! The audit log: rows are added, never changed or removed. Must not know what an event means.

use domain::account::AccountId;
use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::{StoreError, Tx};

/// Something that happened to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it happened.
    pub at: Timestamp,
    /// Whose account it concerns.
    pub account_id: Option<AccountId>,
    /// The event's name, as the endpoint's entry in the contract spells it.
    pub event: String,
    /// Finds the request in the log.
    pub request_id: String,
    /// What else there is to know, as JSON with masked values.
    pub details: String,
}

/// Adds a row, in the transaction of what it tells of. Rows are numbered in the order in which they
/// are committed, so a caller does this last: from here on others wait with their own row.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    let number: i64 = sqlx::query_scalar(
        "update serials set upcoming = upcoming + 1 where name = 'audit' returning upcoming - 1",
    )
    .fetch_one(tx.connection())
    .await?;
    sqlx::query(
        "insert into audit (number, at, account_id, event, request_id, details) \
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(number)
    .bind(entry.at.as_millis())
    .bind(entry.account_id.map(|id| id.to_string()))
    .bind(&entry.event)
    .bind(&entry.request_id)
    .bind(&entry.details)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The newest rows of the account, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, account_id: AccountId, most: u32) -> Result<Vec<Entry>, StoreError> {
    let rows = sqlx::query(
        "select at, account_id, event, request_id, details from audit \
         where account_id = $1 order by number desc limit $2",
    )
    .bind(account_id.to_string())
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(entry).collect()
}

/// The account's rows below number `below`, or the newest, each with its number; newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_below(
    tx: &mut Tx,
    account_id: AccountId,
    below: Option<i64>,
    most: u32,
) -> Result<Vec<(i64, Entry)>, StoreError> {
    let rows = sqlx::query(
        "select number, at, account_id, event, request_id, details from audit \
         where account_id = $1 and number < $2 order by number desc limit $3",
    )
    .bind(account_id.to_string())
    .bind(below.unwrap_or(i64::MAX))
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    rows.iter()
        .map(|row| Ok((row.try_get("number")?, entry(row)?)))
        .collect()
}

fn entry(row: &AnyRow) -> Result<Entry, StoreError> {
    let account_id: Option<&str> = row.try_get("account_id")?;
    Ok(Entry {
        at: Timestamp::from_millis(row.try_get("at")?),
        account_id: account_id.map(parse_id).transpose()?,
        event: row.try_get("event")?,
        request_id: row.try_get("request_id")?,
        details: row.try_get("details")?,
    })
}
