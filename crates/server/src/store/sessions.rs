//! Rows of sessions. Knows their tokens' hashes only; does not know when a session ends.

use domain::account::{AccountId, AccountStanding, Lock};
use domain::sign_in::{Session, SessionId, SessionLimits};
use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::{StoreError, Tx, security};

/// A session as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Names it; not secret.
    pub id: SessionId,
    /// Whose it is.
    pub account_id: AccountId,
    /// The sub-user of that account whose it is (SGN-14); none when it is the root account's own.
    pub user_id: Option<AccountId>,
    /// The moments that decide when it ends.
    pub session: Session,
    /// Where it was begun.
    pub origin: SessionOrigin,
    /// Whether the account is open (DRG-6).
    pub standing: AccountStanding,
    /// Whether the account's owner has locked it (ACC-14).
    pub lock: Lock,
    /// The owner's password must be set anew before anything else (ACC-14).
    pub must_set_password: bool,
    /// The limits that the owner chose (SGN-13).
    pub limits: Option<SessionLimits>,
}

/// Where a session was begun, for its owner's eyes (SGN-13).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionOrigin {
    /// The hash of the browser's device token.
    pub device_hash: String,
    /// Browser and system, as far as they told.
    pub device_name: String,
    /// The place, if known.
    pub place: Option<String>,
    /// The network address.
    pub ip: String,
}

/// A session that begins.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// Names it; not secret.
    pub id: &'a str,
    /// The hash of its token.
    pub token_hash: &'a str,
    /// Whose it is.
    pub account_id: AccountId,
    /// The sub-user whose it is.
    pub user_id: Option<AccountId>,
    /// Where it is begun.
    pub origin: &'a SessionOrigin,
}

/// Begins a session at `now`.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, new: &NewSession<'_>, now: Timestamp) -> Result<(), StoreError> {
    let ip = tx.vault.seal(&ip_purpose(new.id), &new.origin.ip)?;
    sqlx::query(
        "insert into sessions (id, token_hash, account_id, user_id, device_hash, device_name, \
         place, ip_sealed, began_at, used_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
    )
    .bind(new.id)
    .bind(new.token_hash)
    .bind(new.account_id.to_string())
    .bind(new.user_id.map(|id| id.to_string()))
    .bind(&new.origin.device_hash)
    .bind(&new.origin.device_name)
    .bind(&new.origin.place)
    .bind(ip)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

const SESSIONS: &str = "select s.id, s.account_id, s.user_id, s.device_hash, s.device_name, \
                        s.place, s.ip_sealed, s.began_at, s.used_at, \
                        a.locked_since, a.must_set_password, a.session_idle, a.session_longest \
                        from sessions s join accounts a on a.id = s.account_id";

/// The session of a token, alive or not.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<StoredSession>, StoreError> {
    let statement = format!("{SESSIONS} where s.token_hash = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(token_hash)
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| stored(tx, &row)).transpose()
}

/// The sessions of an account and its sub-users, alive or not, the one used last first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, id: AccountId) -> Result<Vec<StoredSession>, StoreError> {
    let statement = format!("{SESSIONS} where s.account_id = $1 order by s.used_at desc, s.id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(id.to_string())
        .fetch_all(tx.connection())
        .await?;
    rows.iter().map(|row| stored(tx, row)).collect()
}

/// Remembers that the session was used at `now`; never moves it back, never revives it.
///
/// # Errors
/// When the database fails.
pub async fn update_used(tx: &mut Tx, id: &SessionId, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("update sessions set used_at = $2 where id = $1 and used_at < $2")
        .bind(id.as_str())
        .bind(now.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Gives a session another token; whoever has the old one is no longer in it.
///
/// # Errors
/// When the database fails.
pub async fn update_token(tx: &mut Tx, id: &SessionId, token_hash: &str) -> Result<(), StoreError> {
    sqlx::query("update sessions set token_hash = $2 where id = $1")
        .bind(id.as_str())
        .bind(token_hash)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Ends the session of a token; tells whose it was, when there was one.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, token_hash: &str) -> Result<Option<AccountId>, StoreError> {
    let account_id: Option<String> =
        sqlx::query_scalar("delete from sessions where token_hash = $1 returning account_id")
            .bind(token_hash)
            .fetch_optional(tx.connection())
            .await?;
    account_id.as_deref().map(parse_id).transpose()
}

/// Ends a session by its name.
///
/// # Errors
/// When the database fails.
pub async fn delete_by_id(tx: &mut Tx, id: &SessionId) -> Result<(), StoreError> {
    sqlx::query("delete from sessions where id = $1")
        .bind(id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Removes the rows of sessions that began before `began` or were last used before `used`.
///
/// # Errors
/// When the database fails.
pub async fn delete_ended(
    tx: &mut Tx,
    began: Timestamp,
    used: Timestamp,
) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from sessions where began_at <= $1 or used_at <= $2")
        .bind(began.as_millis())
        .bind(used.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

fn stored(tx: &Tx, row: &AnyRow) -> Result<StoredSession, StoreError> {
    let id: String = row.try_get("id")?;
    let ip = row
        .try_get::<Option<String>, _>("ip_sealed")?
        .map(|sealed| tx.vault.open(&ip_purpose(&id), &sealed))
        .transpose()?;
    let user_id: Option<String> = row.try_get("user_id")?;
    Ok(StoredSession {
        id: SessionId::new(id),
        account_id: parse_id(row.try_get("account_id")?)?,
        user_id: user_id.as_deref().map(parse_id).transpose()?,
        session: Session {
            began: Timestamp::from_millis(row.try_get("began_at")?),
            used: Timestamp::from_millis(row.try_get("used_at")?),
        },
        origin: SessionOrigin {
            device_hash: row
                .try_get::<Option<String>, _>("device_hash")?
                .unwrap_or_default(),
            device_name: row.try_get("device_name")?,
            place: row.try_get("place")?,
            ip: ip.unwrap_or_default(),
        },
        standing: security::STANDING,
        lock: security::lock(row)?,
        must_set_password: security::must_set_password(row)?,
        limits: security::limits(row)?,
    })
}

fn ip_purpose(id: &str) -> String {
    format!("sessions.ip:{id}")
}
