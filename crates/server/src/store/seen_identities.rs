//! Rows of identities whose holder was just seen and that wait for the person's choice (SGN-5, LGM-5).
//! Must not know what is chosen.

use domain::login_methods::{LoginIdentity, LoginMethodKind};
use domain::sign_in::{SeenIdentity, SessionId};
use domain::time::Timestamp;
use sqlx::Row as _;

use super::login_methods::identity_hash;
use super::{StoreError, Tx, words};

/// An identity that waits, with what its provider said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSeen {
    /// The identity as the rules see it; its browser is the hash of the device token.
    pub seen: SeenIdentity,
    /// What the provider calls the person.
    pub name: Option<String>,
    /// For WeCom: whether the person administers the organisation (LGM-7).
    pub is_administrator: bool,
}

/// Keeps an identity under the hash of a token that its browser holds.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, token_hash: &str, stored: &StoredSeen) -> Result<(), StoreError> {
    let seen = &stored.seen;
    let hash = identity_hash(tx, &seen.identity);
    let sealed = tx.vault.seal(&purpose(token_hash), seen.identity.key())?;
    let name = stored
        .name
        .as_deref()
        .map(|name| tx.vault.seal(&name_purpose(token_hash), name))
        .transpose()?;
    sqlx::query(
        "insert into seen_identities \
         (token_hash, shown_in, kind, identity_hash, identity_sealed, name_sealed, \
         is_administrator, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(token_hash)
    .bind(seen.shown_in.as_str())
    .bind(words::word(seen.identity.kind())?)
    .bind(hash)
    .bind(sealed)
    .bind(name)
    .bind(i64::from(stored.is_administrator))
    .bind(seen.seen_at.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The identity that waits under a token, when there is one.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<StoredSeen>, StoreError> {
    let row = sqlx::query(
        "select shown_in, kind, identity_sealed, name_sealed, is_administrator, seen_at \
         from seen_identities where token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let kind: LoginMethodKind = words::parse(row.try_get("kind")?, "kind")?;
    let key = tx
        .vault
        .open(&purpose(token_hash), row.try_get("identity_sealed")?)?;
    let name = row
        .try_get::<Option<String>, _>("name_sealed")?
        .map(|sealed| tx.vault.open(&name_purpose(token_hash), &sealed))
        .transpose()?;
    Ok(Some(StoredSeen {
        seen: SeenIdentity {
            identity: LoginIdentity::new(kind, key),
            shown_in: SessionId::new(row.try_get::<String, _>("shown_in")?),
            seen_at: Timestamp::from_millis(row.try_get("seen_at")?),
        },
        name,
        is_administrator: row.try_get::<i64, _>("is_administrator")? != 0,
    }))
}

/// Forgets the identity; `false` when it was not there any more: of several who use it at once, one
/// does.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, token_hash: &str) -> Result<bool, StoreError> {
    let done = sqlx::query("delete from seen_identities where token_hash = $1")
        .bind(token_hash)
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes what was seen before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from seen_identities where seen_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

/// Sealed texts open only in the row they were written for.
fn purpose(token_hash: &str) -> String {
    format!("seen_identities.identity:{token_hash}")
}

fn name_purpose(token_hash: &str) -> String {
    format!("seen_identities.name:{token_hash}")
}
