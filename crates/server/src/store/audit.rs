//! The audit log: rows are added, never changed or removed. Must not know what an event means.

use domain::account::AccountId;
use domain::time::Timestamp;
use sqlx::Row as _;

use super::accounts::parse_id;
use super::{StoreError, Tx};

/// Something that happened to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Names the row; later ids sort after earlier ones only by their moment.
    pub id: String,
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

/// Adds a row, in the transaction of what it tells of.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    sqlx::query(
        "insert into audit (id, at, account_id, event, request_id, details) \
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&entry.id)
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
        "select id, at, account_id, event, request_id, details from audit \
         where account_id = $1 order by at desc, id limit $2",
    )
    .bind(account_id.to_string())
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    rows.iter()
        .map(|row| {
            let account_id: Option<&str> = row.try_get("account_id")?;
            Ok(Entry {
                id: row.try_get("id")?,
                at: Timestamp::from_millis(row.try_get("at")?),
                account_id: account_id.map(parse_id).transpose()?,
                event: row.try_get("event")?,
                request_id: row.try_get("request_id")?,
                details: row.try_get("details")?,
            })
        })
        .collect()
}
