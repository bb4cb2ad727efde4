//! Rows that are taken before something is counted. Must not know what is counted.
//!
//! Everybody takes them in one order, so that nobody waits in a circle: account, then code target, then
//! wrong codes, then phone or identity, then the places of subjects.

use super::{StoreError, Tx};

/// Takes the row that stands for `name` until the end of the transaction; whoever wants the same
/// one waits. What is counted afterwards stays so until then.
///
/// Personal data does not belong into a name; its keyed hash does.
///
/// # Errors
/// When the database fails.
pub async fn take(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    sqlx::query(
        "insert into locks (name) values ($1) on conflict (name) do update set name = excluded.name",
    )
    .bind(name)
    .execute(tx.connection())
    .await?;
    Ok(())
}
