//! Rows of the devices that skip the second step (SGN-2). Must not know when trust ends.

use domain::account::AccountId;
use domain::sign_in::{DeviceId, TrustedDevice};
use domain::time::Timestamp;
use sqlx::Row as _;

use super::{StoreError, Tx};

/// A trusted device as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTrust {
    /// Names it; not secret.
    pub id: String,
    /// The device and when the second proof was given on it.
    pub trust: TrustedDevice,
    /// Browser and system, as far as they told.
    pub name: String,
    /// Where it was, if known.
    pub place: Option<String>,
}

/// Trusts a device from now on; it takes the place of an older trust in the same one.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, id: AccountId, new: &StoredTrust) -> Result<(), StoreError> {
    sqlx::query(
        "insert into trusted_devices (id, account_id, device_hash, device_name, place, proved_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (account_id, device_hash) do update set \
         device_name = excluded.device_name, place = excluded.place, \
         proved_at = excluded.proved_at",
    )
    .bind(&new.id)
    .bind(id.to_string())
    .bind(new.trust.device.as_str())
    .bind(&new.name)
    .bind(&new.place)
    .bind(new.trust.proved_at.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The trusted devices of an account, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, id: AccountId) -> Result<Vec<StoredTrust>, StoreError> {
    let rows = sqlx::query(
        "select id, device_hash, device_name, place, proved_at from trusted_devices \
         where account_id = $1 order by proved_at desc",
    )
    .bind(id.to_string())
    .fetch_all(tx.connection())
    .await?;
    rows.iter()
        .map(|row| {
            Ok(StoredTrust {
                id: row.try_get("id")?,
                trust: TrustedDevice {
                    device: DeviceId::new(row.try_get::<String, _>("device_hash")?),
                    proved_at: Timestamp::from_millis(row.try_get("proved_at")?),
                },
                name: row.try_get("device_name")?,
                place: row.try_get("place")?,
            })
        })
        .collect()
}

/// Ends the trust in one device; `false` when it is not the account's.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, id: AccountId, device: &str) -> Result<bool, StoreError> {
    let done = sqlx::query("delete from trusted_devices where account_id = $1 and id = $2")
        .bind(id.to_string())
        .bind(device)
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all trust of an account (SGN-2).
///
/// # Errors
/// When the database fails.
pub async fn delete_all(tx: &mut Tx, id: AccountId) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from trusted_devices where account_id = $1")
        .bind(id.to_string())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

/// Removes trust that was given before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from trusted_devices where proved_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}
