//! Rows of permissions that Official Accounts give (ENT-12). Must not know WeChat.

use domain::account::AccountId;
use domain::time::Timestamp;
use domain::verification::OfficialAccountPermission;
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::{StoreError, Tx, words};

/// A permission, asked for or given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPermission {
    /// The attempt that it serves; there is one for each.
    pub attempt_id: String,
    /// Whose it is.
    pub account_id: AccountId,
    /// What the service calls it, and where it is given.
    pub service: PermissionService,
    /// When it was asked for.
    pub began: Timestamp,
    /// The rules' part; nothing while nobody has given it.
    pub permission: Option<OfficialAccountPermission>,
}

/// What the service calls a permission, and where it is given. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionService {
    /// The service's name for it.
    pub id: String,
    /// Where the administrator says yes.
    pub address: String,
}

impl std::fmt::Debug for PermissionService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PermissionService(…)")
    }
}

/// Writes a permission down that is being asked for.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, new: &StoredPermission) -> Result<(), StoreError> {
    let sealed = tx
        .vault
        .seal(&purpose(&new.attempt_id), &words::json(&new.service)?)?;
    sqlx::query(
        "insert into official_permissions (attempt_id, account_id, service_sealed, began_at) \
         values ($1, $2, $3, $4)",
    )
    .bind(&new.attempt_id)
    .bind(new.account_id.to_string())
    .bind(sealed)
    .bind(new.began.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The newest permission of the account.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_newest(
    tx: &mut Tx,
    id: AccountId,
) -> Result<Option<StoredPermission>, StoreError> {
    let row = sqlx::query(
        "select attempt_id, account_id, service_sealed, began_at, permission \
         from official_permissions where account_id = $1 order by began_at desc, attempt_id limit 1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| stored(tx, &row)).transpose()
}

/// Writes down where a permission stands; `false` when it has moved on meanwhile, so that it is used
/// once.
///
/// # Errors
/// When the database fails.
pub async fn update(
    tx: &mut Tx,
    before: &StoredPermission,
    after: OfficialAccountPermission,
) -> Result<bool, StoreError> {
    let was = before.permission.map(|was| words::json(&was)).transpose()?;
    let done = sqlx::query(
        "update official_permissions set permission = $3 where attempt_id = $1 \
         and coalesce(permission, '') = $2",
    )
    .bind(&before.attempt_id)
    .bind(was.unwrap_or_default())
    .bind(words::json(&after)?)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The permission of an attempt is asked for anew; `false` when it was given meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn update_service(
    tx: &mut Tx,
    attempt_id: &str,
    service: &PermissionService,
) -> Result<bool, StoreError> {
    let sealed = tx
        .vault
        .seal(&purpose(attempt_id), &words::json(service)?)?;
    let done = sqlx::query(
        "update official_permissions set service_sealed = $2 \
         where attempt_id = $1 and permission is null",
    )
    .bind(attempt_id)
    .bind(sealed)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

fn stored(tx: &Tx, row: &AnyRow) -> Result<StoredPermission, StoreError> {
    let attempt_id: String = row.try_get("attempt_id")?;
    let sealed: String = row.try_get("service_sealed")?;
    let service = tx.vault.open(&purpose(&attempt_id), &sealed)?;
    let permission: Option<String> = row.try_get("permission")?;
    Ok(StoredPermission {
        account_id: parse_id(row.try_get("account_id")?)?,
        service: words::parse_json(&service, "official_permissions.service")?,
        began: Timestamp::from_millis(row.try_get("began_at")?),
        permission: permission
            .map(|text| words::parse_json(&text, "official_permissions.permission"))
            .transpose()?,
        attempt_id,
    })
}

/// Sealed texts open only in the row they were written for.
fn purpose(attempt_id: &str) -> String {
    format!("official_permissions.service:{attempt_id}")
}
