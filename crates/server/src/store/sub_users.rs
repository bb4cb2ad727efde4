//! Rows of sub-users (SGN-14). Must not know what one may do.

use domain::account::AccountId;
use domain::identity::SubUserName;
use domain::sign_in::SubUserSignIn;
use domain::time::Timestamp;
use sqlx::Row as _;

use super::accounts::{next_id, parse_id};
use super::{StoreError, Tx};
use crate::language::Language;

/// What a sub-user's sign-in is judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubUserCredentials {
    /// The root account, which exists.
    pub root: AccountId,
    /// The language of the messages that the root account gets.
    pub language: Language,
    /// The sub-user's id and its password's hash, when the root has one of that name.
    pub user: Option<(AccountId, String)>,
}

/// Adds a sub-user and answers its id; nothing when the root has one of that name.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    root: AccountId,
    (name, password_hash): (&SubUserName, &str),
    now: Timestamp,
) -> Result<Option<AccountId>, StoreError> {
    let id = next_id(tx).await?;
    let done = sqlx::query(
        "insert into sub_users \
         (id, root_id, name, name_key, password_hash, password_changed_at, created_at) \
         values ($1, $2, $3, $4, $5, $6, $6) on conflict do nothing",
    )
    .bind(id.to_string())
    .bind(root.to_string())
    .bind(name.as_str())
    .bind(name.compare_key())
    .bind(password_hash)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok((done.rows_affected() == 1).then_some(id))
}

/// What a sign-in is judged by; nothing when there is no such root account.
///
/// # Errors
/// When the database fails.
pub async fn find_credentials(
    tx: &mut Tx,
    sign_in: &SubUserSignIn,
) -> Result<Option<SubUserCredentials>, StoreError> {
    let row = sqlx::query(
        "select a.language, u.id, u.password_hash from accounts a \
         left join sub_users u on u.root_id = a.id and u.name_key = $2 where a.id = $1",
    )
    .bind(sign_in.root.to_string())
    .bind(sign_in.name.compare_key())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let id: Option<String> = row.try_get("id")?;
    let hash: Option<String> = row.try_get("password_hash")?;
    let user = match id.zip(hash) {
        Some((id, hash)) => Some((parse_id(&id)?, hash)),
        None => None,
    };
    Ok(Some(SubUserCredentials {
        root: sign_in.root,
        language: Language::from_code(row.try_get("language")?)
            .ok_or(StoreError::Impossible("language"))?,
        user,
    }))
}

/// The name of a sub-user of `root`, when there is one.
///
/// # Errors
/// When the database fails.
pub async fn find_name(
    tx: &mut Tx,
    root: AccountId,
    id: AccountId,
) -> Result<Option<SubUserName>, StoreError> {
    let name: Option<String> =
        sqlx::query_scalar("select name from sub_users where root_id = $1 and id = $2")
            .bind(root.to_string())
            .bind(id.to_string())
            .fetch_optional(tx.connection())
            .await?;
    name.map(|name| SubUserName::parse(&name).map_err(|_| StoreError::Impossible("sub_users.name")))
        .transpose()
}
