//! Rows of enterprises whose number of accounts an operator has raised (ENT-1, OPS-2). Must not know who
//! may raise it.

use domain::identity::{EnterpriseCode, EnterpriseName};
use domain::time::Timestamp;

use super::{StoreError, Tx};

/// The number of accounts that an operator has allowed the enterprise, if one did. It is found by its
/// code or by its name, as its places are counted; of several numbers the highest counts.
///
/// # Errors
/// When the database fails.
pub async fn find(
    tx: &mut Tx,
    code: &EnterpriseCode,
    name: &EnterpriseName,
) -> Result<Option<u32>, StoreError> {
    let (code, name) = hashes(tx, code, name);
    let places: Option<i64> = sqlx::query_scalar(
        "select max(places) from enterprise_limits where code_hash = $1 or name_hash = $2",
    )
    .bind(code)
    .bind(name)
    .fetch_one(tx.connection())
    .await?;
    places
        .map(u32::try_from)
        .transpose()
        .map_err(|_| StoreError::Impossible("enterprise_limits.places"))
}

/// Allows the enterprise this many accounts from now on.
///
/// # Errors
/// When the database fails.
pub async fn replace(
    tx: &mut Tx,
    (code, name): (&EnterpriseCode, &EnterpriseName),
    places: u32,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (code, name) = hashes(tx, code, name);
    sqlx::query(
        "insert into enterprise_limits (code_hash, name_hash, places, raised_at) \
         values ($1, $2, $3, $4) on conflict (code_hash) do update set \
         name_hash = excluded.name_hash, places = excluded.places, raised_at = excluded.raised_at",
    )
    .bind(code)
    .bind(name)
    .bind(i64::from(places))
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn hashes(tx: &Tx, code: &EnterpriseCode, name: &EnterpriseName) -> (String, String) {
    let vault = &tx.vault;
    (
        vault.lookup_hash("enterprise-code", code.identity_key()),
        vault.lookup_hash("enterprise-name", &name.compare_key()),
    )
}
