//! What this installation is. Must not know why it matters.

use super::{StoreError, Tx};

/// Remembers `value` under `name` unless something is remembered there; answers what is.
///
/// # Errors
/// When the database fails.
pub async fn settle(tx: &mut Tx, name: &str, value: &str) -> Result<String, StoreError> {
    sqlx::query("insert into installation (name, value) values ($1, $2) on conflict do nothing")
        .bind(name)
        .bind(value)
        .execute(tx.connection())
        .await?;
    let settled = sqlx::query_scalar("select value from installation where name = $1")
        .bind(name)
        .fetch_one(tx.connection())
        .await?;
    Ok(settled)
}

/// What is remembered under `name`.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    let value = sqlx::query_scalar("select value from installation where name = $1")
        .bind(name)
        .fetch_optional(tx.connection())
        .await?;
    Ok(value)
}

/// Remembers `value` under `name` from now on.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
    sqlx::query(
        "insert into installation (name, value) values ($1, $2) \
         on conflict (name) do update set value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(tx.connection())
    .await?;
    Ok(())
}
