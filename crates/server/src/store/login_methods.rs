//! Rows of the ways to sign in, and of WeChat as confirmation. Must not know who may change them.

use domain::account::AccountId;
use domain::identity::Email;
use domain::login_methods::{LoginIdentity, LoginMethod, LoginMethodKind, MethodOrigin};
use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::{StoreError, Tx, locks, words};

/// A login method with what is shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMethod {
    /// The method as the rules see it.
    pub method: LoginMethod,
    /// For e-mail the address as it was typed.
    pub email: Option<Email>,
    /// What the provider calls the person.
    pub name: Option<String>,
}

/// An identity to be written: what the rules see, and what is shown of it.
#[derive(Clone, Debug)]
pub struct NewMethod<'a> {
    /// The method as the rules see it.
    pub method: &'a LoginMethod,
    /// What is kept for display and for sending: the address as typed, else the identity's key.
    pub spelt: &'a str,
    /// What the provider calls the person.
    pub name: Option<&'a str>,
}

/// The keyed hash by which an identity is found again.
#[must_use]
pub fn identity_hash(tx: &Tx, identity: &LoginIdentity) -> String {
    let purpose = match identity.kind() {
        LoginMethodKind::Email => "email",
        LoginMethodKind::Wechat => "wechat",
        LoginMethodKind::Qq => "qq",
        LoginMethodKind::OfficialAccount => "official account",
        LoginMethodKind::Wecom => "wecom",
    };
    tx.vault.lookup_hash(purpose, identity.key())
}

/// The methods of an account, in the order in which they were bound.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn list(tx: &mut Tx, id: AccountId) -> Result<Vec<StoredMethod>, StoreError> {
    let rows = sqlx::query(
        "select kind, identity_sealed, name_sealed, origin, bound_at from login_methods \
         where account_id = $1 order by bound_at, kind",
    )
    .bind(id.to_string())
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(|row| stored(tx, id, row)).collect()
}

/// The accounts that an identity signs in to, in the order of their ids.
///
/// # Errors
/// When the database fails.
pub async fn accounts_of(
    tx: &mut Tx,
    identity: &LoginIdentity,
) -> Result<Vec<AccountId>, StoreError> {
    let hash = identity_hash(tx, identity);
    let ids: Vec<String> = sqlx::query_scalar(
        "select account_id from login_methods where kind = $1 and identity_hash = $2 \
         order by account_id",
    )
    .bind(words::word(identity.kind())?)
    .bind(hash)
    .fetch_all(tx.connection())
    .await?;
    ids.iter().map(|id| parse_id(id)).collect()
}

/// How many accounts beside `id` an identity signs in to; the answer holds until the end of the
/// transaction (LGM-5).
///
/// # Errors
/// When the database fails.
pub async fn count_others(
    tx: &mut Tx,
    identity: &LoginIdentity,
    id: Option<AccountId>,
) -> Result<u32, StoreError> {
    let hash = identity_hash(tx, identity);
    locks::take(tx, &format!("identity:{hash}")).await?;
    let count: i64 = sqlx::query_scalar(
        "select count(*) from login_methods \
         where kind = $1 and identity_hash = $2 and account_id <> $3",
    )
    .bind(words::word(identity.kind())?)
    .bind(hash)
    .bind(id.map(|id| id.to_string()).unwrap_or_default())
    .fetch_one(tx.connection())
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Adds a method; `false` when the account has one of the kind, or the address is another's.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, id: AccountId, new: &NewMethod<'_>) -> Result<bool, StoreError> {
    let identity = &new.method.identity;
    let kind = words::word(identity.kind())?;
    let hash = identity_hash(tx, identity);
    let sealed = tx.vault.seal(&purpose(id, &kind), new.spelt)?;
    let name = new
        .name
        .map(|name| tx.vault.seal(&name_purpose(id, &kind), name))
        .transpose()?;
    let done = sqlx::query(
        "insert into login_methods \
         (account_id, kind, identity_hash, identity_sealed, name_sealed, origin, bound_at) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
    )
    .bind(id.to_string())
    .bind(kind)
    .bind(hash)
    .bind(sealed)
    .bind(name)
    .bind(words::word(new.method.origin)?)
    .bind(new.method.bound_at.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes the account's method of a kind.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, id: AccountId, kind: LoginMethodKind) -> Result<(), StoreError> {
    sqlx::query("delete from login_methods where account_id = $1 and kind = $2")
        .bind(id.to_string())
        .bind(words::word(kind)?)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Has WeChat confirm sign-ins and operations from now on (MFA-6).
///
/// # Errors
/// When the database fails.
pub async fn update_confirmation(
    tx: &mut Tx,
    id: AccountId,
    identity: &LoginIdentity,
    name: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let hash = identity_hash(tx, identity);
    let sealed = tx.vault.seal(&confirmation_purpose(id), identity.key())?;
    let name = name
        .map(|name| tx.vault.seal(&name_purpose(id, "confirmation"), name))
        .transpose()?;
    sqlx::query(
        "insert into wechat_confirmations \
         (account_id, identity_hash, identity_sealed, name_sealed, bound_at) \
         values ($1, $2, $3, $4, $5) on conflict (account_id) do update set \
         identity_hash = excluded.identity_hash, identity_sealed = excluded.identity_sealed, \
         name_sealed = excluded.name_sealed, bound_at = excluded.bound_at",
    )
    .bind(id.to_string())
    .bind(hash)
    .bind(sealed)
    .bind(name)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The WeChat that confirms, with what the provider calls its holder, when there is one (MFA-6).
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_confirmation(
    tx: &mut Tx,
    id: AccountId,
) -> Result<Option<(LoginIdentity, Option<String>)>, StoreError> {
    let row = sqlx::query(
        "select identity_sealed, name_sealed from wechat_confirmations where account_id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let key = tx
        .vault
        .open(&confirmation_purpose(id), row.try_get("identity_sealed")?)?;
    let name = row
        .try_get::<Option<String>, _>("name_sealed")?
        .map(|sealed| tx.vault.open(&name_purpose(id, "confirmation"), &sealed))
        .transpose()?;
    Ok(Some((
        LoginIdentity::new(LoginMethodKind::Wechat, key),
        name,
    )))
}

/// WeChat no longer confirms (MFA-6).
///
/// # Errors
/// When the database fails.
pub async fn delete_confirmation(tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
    sqlx::query("delete from wechat_confirmations where account_id = $1")
        .bind(id.to_string())
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn stored(tx: &Tx, id: AccountId, row: &AnyRow) -> Result<StoredMethod, StoreError> {
    let word: String = row.try_get("kind")?;
    let kind: LoginMethodKind = words::parse(&word, "kind")?;
    let spelt = tx
        .vault
        .open(&purpose(id, &word), row.try_get("identity_sealed")?)?;
    let name = row
        .try_get::<Option<String>, _>("name_sealed")?
        .map(|sealed| tx.vault.open(&name_purpose(id, &word), &sealed))
        .transpose()?;
    let origin: MethodOrigin = words::parse(row.try_get("origin")?, "origin")?;
    let bound_at = Timestamp::from_millis(row.try_get("bound_at")?);
    let (identity, email) = if kind == LoginMethodKind::Email {
        let email = Email::parse(&spelt).map_err(|_| StoreError::Impossible("identity_sealed"))?;
        (LoginIdentity::email(&email), Some(email))
    } else {
        (LoginIdentity::new(kind, spelt), None)
    };
    Ok(StoredMethod {
        method: LoginMethod {
            identity,
            origin,
            bound_at,
        },
        email,
        name,
    })
}

/// Sealed texts open only in the row they were written for.
pub(super) fn purpose(id: AccountId, kind: &str) -> String {
    if kind == "email" {
        // As the first version of the tables sealed it.
        format!("login_emails.email:{id}")
    } else {
        format!("login_methods.{kind}:{id}")
    }
}

fn name_purpose(id: AccountId, kind: &str) -> String {
    format!("login_methods.name.{kind}:{id}")
}

fn confirmation_purpose(id: AccountId) -> String {
    format!("wechat_confirmations.identity:{id}")
}
