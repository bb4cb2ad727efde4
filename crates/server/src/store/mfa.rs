//! Rows of the MFA device, of a binding on its way, and of recovery codes. Knows seals and columns;
//! does not know which code is right.
//!
//! Whoever decides by them has taken the account's row first (`store::locks`), so that of two
//! decisions at once the second sees what the first has done (V-17).

use domain::account::AccountId;
use domain::mfa::{Device, DeviceKind, MfaCheck, PendingBinding, RecoverySlot, TotpStep, TryCount};
use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use zeroize::Zeroizing;

use super::accounts::parse_id;
use super::{StoreError, Tx, words};

/// The device with what checks its codes. Never printed.
#[derive(Clone)]
pub struct StoredDevice {
    /// The device as the rules see it.
    pub device: Device,
    /// The secret of a TOTP device, or the public credential of a security key.
    pub secret: Zeroizing<String>,
    /// The serial number of a token, or the id of a security key.
    pub serial: Option<String>,
    /// The newest counter of a security key.
    pub counter: u32,
    /// The codes tried so far.
    pub check: MfaCheck,
}

/// A binding on its way, with its secret. Never printed.
#[derive(Clone)]
pub struct StoredBinding {
    /// The binding as the rules see it.
    pub pending: PendingBinding,
    /// The secret of a TOTP device; empty for a security key, which brings its own.
    pub secret: Zeroizing<String>,
    /// The serial number of a token.
    pub serial: Option<String>,
}

/// The account's device, when there is one.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_device(tx: &mut Tx, id: AccountId) -> Result<Option<StoredDevice>, StoreError> {
    let row = sqlx::query(
        "select kind, secret_sealed, serial, counter, bound_at, last_step, tries, tries_since, wrong \
         from mfa_devices where account_id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let sealed: String = row.try_get("secret_sealed")?;
    Ok(Some(StoredDevice {
        device: Device {
            kind: words::parse(row.try_get("kind")?, "mfa_devices.kind")?,
            bound_at: Timestamp::from_millis(row.try_get("bound_at")?),
        },
        secret: Zeroizing::new(tx.vault.open(&device_purpose(id), &sealed)?),
        serial: row.try_get("serial")?,
        counter: u32::try_from(row.try_get::<i64, _>("counter")?)
            .map_err(|_| StoreError::Impossible("mfa_devices.counter"))?,
        check: check(&row)?,
    }))
}

/// The account whose security key has this id.
///
/// # Errors
/// When the database fails.
pub async fn find_key_owner(tx: &mut Tx, key_id: &str) -> Result<Option<AccountId>, StoreError> {
    let id: Option<String> =
        sqlx::query_scalar("select account_id from mfa_devices where kind = $1 and serial = $2")
            .bind(words::word(DeviceKind::SecurityKey)?)
            .bind(key_id)
            .fetch_optional(tx.connection())
            .await?;
    id.map(|id| parse_id(&id)).transpose()
}

/// Puts a device in the place of any that the account has; `false` when the security key is another
/// account's.
///
/// # Errors
/// When the database fails.
pub async fn replace_device(
    tx: &mut Tx,
    id: AccountId,
    new: &StoredDevice,
) -> Result<bool, StoreError> {
    delete_device(tx, id).await?;
    let sealed = tx.vault.seal(&device_purpose(id), &new.secret)?;
    let (tries, since, wrong) = tries_columns(new.check.tries);
    let done = sqlx::query(
        "insert into mfa_devices \
         (account_id, kind, secret_sealed, serial, counter, bound_at, last_step, tries, \
         tries_since, wrong) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         on conflict do nothing",
    )
    .bind(id.to_string())
    .bind(words::word(new.device.kind)?)
    .bind(sealed)
    .bind(&new.serial)
    .bind(i64::from(new.counter))
    .bind(new.device.bound_at.as_millis())
    .bind(step_column(new.check))
    .bind(tries)
    .bind(since)
    .bind(wrong)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Remembers what was tried on the device (MFA-3).
///
/// # Errors
/// When the database fails.
pub async fn update_check(tx: &mut Tx, id: AccountId, check: MfaCheck) -> Result<(), StoreError> {
    let (tries, since, wrong) = tries_columns(check.tries);
    sqlx::query(
        "update mfa_devices set last_step = $2, tries = $3, tries_since = $4, wrong = $5 \
         where account_id = $1",
    )
    .bind(id.to_string())
    .bind(step_column(check))
    .bind(tries)
    .bind(since)
    .bind(wrong)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Remembers a security key as it was after it signed.
///
/// # Errors
/// When the database fails.
pub async fn update_key(
    tx: &mut Tx,
    id: AccountId,
    stored: &str,
    counter: u32,
) -> Result<(), StoreError> {
    let sealed = tx.vault.seal(&device_purpose(id), stored)?;
    sqlx::query("update mfa_devices set secret_sealed = $2, counter = $3 where account_id = $1")
        .bind(id.to_string())
        .bind(sealed)
        .bind(i64::from(counter))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Removes the device.
///
/// # Errors
/// When the database fails.
pub async fn delete_device(tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
    sqlx::query("delete from mfa_devices where account_id = $1")
        .bind(id.to_string())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The binding on its way, lapsed or not.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_binding(tx: &mut Tx, id: AccountId) -> Result<Option<StoredBinding>, StoreError> {
    let row = sqlx::query(
        "select kind, wish, secret_sealed, serial, started_at from mfa_bindings \
         where account_id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let sealed: String = row.try_get("secret_sealed")?;
    Ok(Some(StoredBinding {
        pending: PendingBinding {
            kind: words::parse(row.try_get("kind")?, "mfa_bindings.kind")?,
            wish: words::parse(row.try_get("wish")?, "mfa_bindings.wish")?,
            started_at: Timestamp::from_millis(row.try_get("started_at")?),
        },
        secret: Zeroizing::new(tx.vault.open(&binding_purpose(id), &sealed)?),
        serial: row.try_get("serial")?,
    }))
}

/// Writes a binding down in the place of any other.
///
/// # Errors
/// When the database fails.
pub async fn replace_binding(
    tx: &mut Tx,
    id: AccountId,
    new: &StoredBinding,
) -> Result<(), StoreError> {
    delete_binding(tx, id).await?;
    let sealed = tx.vault.seal(&binding_purpose(id), &new.secret)?;
    sqlx::query(
        "insert into mfa_bindings (account_id, kind, wish, secret_sealed, serial, started_at) \
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.to_string())
    .bind(words::word(new.pending.kind)?)
    .bind(words::word(new.pending.wish)?)
    .bind(sealed)
    .bind(&new.serial)
    .bind(new.pending.started_at.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Removes the binding on its way, if any.
///
/// # Errors
/// When the database fails.
pub async fn delete_binding(tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
    sqlx::query("delete from mfa_bindings where account_id = $1")
        .bind(id.to_string())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Removes bindings that were begun before `moment`, with their secrets.
///
/// # Errors
/// When the database fails.
pub async fn delete_bindings_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from mfa_bindings where started_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

/// The account's recovery codes in their order; `digest_of` reads a column (MFA-7).
///
/// # Errors
/// When the database fails or a column holds no hash.
pub async fn list_recovery_codes(
    tx: &mut Tx,
    id: AccountId,
    digest_of: impl Fn(&str) -> Option<[u8; 32]>,
) -> Result<Vec<RecoverySlot>, StoreError> {
    let rows = sqlx::query(
        "select digest, used_at from recovery_codes where account_id = $1 order by position",
    )
    .bind(id.to_string())
    .fetch_all(tx.connection())
    .await?;
    rows.iter()
        .map(|row| {
            let used_at: Option<i64> = row.try_get("used_at")?;
            Ok(RecoverySlot {
                digest: digest_of(row.try_get("digest")?)
                    .ok_or(StoreError::Impossible("recovery_codes.digest"))?,
                used_at: used_at.map(Timestamp::from_millis),
            })
        })
        .collect()
}

/// Puts recovery codes, as columns hold them, in the place of all older ones (MFA-7).
///
/// # Errors
/// When the database fails.
pub async fn replace_recovery_codes(
    tx: &mut Tx,
    id: AccountId,
    digests: &[String],
) -> Result<(), StoreError> {
    sqlx::query("delete from recovery_codes where account_id = $1")
        .bind(id.to_string())
        .execute(tx.connection())
        .await?;
    for (position, digest) in (0_i64..).zip(digests) {
        sqlx::query(
            "insert into recovery_codes (account_id, position, digest) values ($1, $2, $3)",
        )
        .bind(id.to_string())
        .bind(position)
        .bind(digest)
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}

/// Marks the recovery code at `position` as used; `false` when it was already.
///
/// # Errors
/// When the database fails.
pub async fn update_used(
    tx: &mut Tx,
    id: AccountId,
    position: usize,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "update recovery_codes set used_at = $3 \
         where account_id = $1 and position = $2 and used_at is null",
    )
    .bind(id.to_string())
    .bind(i64::try_from(position).unwrap_or(i64::MAX))
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The codes tried so far, as the columns of a row have it.
pub(super) fn check(row: &AnyRow) -> Result<MfaCheck, StoreError> {
    let last_step: Option<i64> = row.try_get("last_step")?;
    Ok(MfaCheck {
        last_step: last_step
            .map(|step| u64::try_from(step).map(TotpStep::new))
            .transpose()
            .map_err(|_| StoreError::Impossible("last_step"))?,
        tries: tries(row)?,
    })
}

fn tries(row: &AnyRow) -> Result<TryCount, StoreError> {
    let word: String = row.try_get("tries")?;
    let moment = Timestamp::from_millis(row.try_get("tries_since")?);
    match word.as_str() {
        "clear" => Ok(TryCount::Clear),
        "counting" => Ok(TryCount::Counting {
            since: moment,
            wrong: u32::try_from(row.try_get::<i64, _>("wrong")?)
                .map_err(|_| StoreError::Impossible("mfa_devices.wrong"))?,
        }),
        "locked" => Ok(TryCount::Locked { until: moment }),
        _ => Err(StoreError::Impossible("mfa_devices.tries")),
    }
}

/// The columns `tries`, `tries_since` and `wrong`.
pub(super) fn tries_columns(tries: TryCount) -> (&'static str, i64, i64) {
    match tries {
        TryCount::Clear => ("clear", 0, 0),
        TryCount::Counting { since, wrong } => ("counting", since.as_millis(), i64::from(wrong)),
        TryCount::Locked { until } => ("locked", until.as_millis(), 0),
    }
}

/// The column `last_step`.
pub(super) fn step_column(check: MfaCheck) -> Option<i64> {
    check
        .last_step
        .map(|step| i64::try_from(step.number()).unwrap_or(i64::MAX))
}

fn device_purpose(id: AccountId) -> String {
    format!("mfa_devices.secret:{id}")
}

fn binding_purpose(id: AccountId) -> String {
    format!("mfa_bindings.secret:{id}")
}
