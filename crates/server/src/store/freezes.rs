//! Rows of accounts that an operator froze (ACC-6, OPS-2). Knows seals; does not know what a frozen
//! account cannot do.

use domain::account::AccountId;
use domain::operators::OperatorId;
use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::operators::operator_id;
use super::{StoreError, Tx};

/// That an operator froze an account. Never printed: the reason may tell of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredFreeze {
    /// Who did.
    pub by: OperatorId,
    /// The operator's name.
    pub name: String,
    /// Why, in their words.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// What an operator froze the account for, if one did and nobody lifted it.
///
/// # Errors
/// When the database fails or the column cannot be opened.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<StoredFreeze>, StoreError> {
    let row = sqlx::query(
        "select f.operator_id, o.name, f.reason_sealed, f.frozen_at from account_freezes f \
         join operators o on o.id = f.operator_id where f.account_id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let sealed: String = row.try_get("reason_sealed")?;
    Ok(Some(StoredFreeze {
        by: operator_id(row.try_get("operator_id")?)?,
        name: row.try_get("name")?,
        reason: tx.vault.open(&purpose(id), &sealed)?,
        at: Timestamp::from_millis(row.try_get("frozen_at")?),
    }))
}

/// Writes down that an operator froze the account; what stood before is replaced.
///
/// # Errors
/// When the database fails.
pub async fn replace(
    tx: &mut Tx,
    id: AccountId,
    (by, reason): (OperatorId, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    delete(tx, id).await?;
    let sealed = tx.vault.seal(&purpose(id), reason)?;
    sqlx::query(
        "insert into account_freezes (account_id, operator_id, reason_sealed, frozen_at) \
         values ($1, $2, $3, $4)",
    )
    .bind(id.to_string())
    .bind(i64::from(by.0))
    .bind(sealed)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Writes down that no operator freezes the account any more.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
    sqlx::query("delete from account_freezes where account_id = $1")
        .bind(id.to_string())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Why and when an operator froze the account of this row, if one did.
pub(super) fn frozen(
    tx: &Tx,
    id: AccountId,
    row: &AnyRow,
) -> Result<Option<(String, Timestamp)>, StoreError> {
    let sealed: Option<String> = row.try_get("reason_sealed")?;
    let at: Option<i64> = row.try_get("frozen_at")?;
    let Some((sealed, at)) = sealed.zip(at) else {
        return Ok(None);
    };
    let reason = tx.vault.open(&purpose(id), &sealed)?;
    Ok(Some((reason, Timestamp::from_millis(at))))
}

fn purpose(id: AccountId) -> String {
    format!("account_freezes.reason:{id}")
}
