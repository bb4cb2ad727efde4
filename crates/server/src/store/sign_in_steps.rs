//! Rows of sign-ins whose first proof was right and that wait for the second (SGN-2). Knows their
//! tokens' hashes only; does not know when one is over.

use domain::account::AccountId;
use domain::sign_in::{Risk, SignInMethod};
use domain::time::Timestamp;
use sqlx::Row as _;

use super::accounts::parse_id;
use super::{StoreError, Tx, sign_ins};

/// A sign-in that waits for its second proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInStep {
    /// The hash of its token, which names it.
    pub token_hash: String,
    /// Who signs in.
    pub account_id: AccountId,
    /// How the first proof was given.
    pub method: SignInMethod,
    /// The browser in which it was given, by the hash of its device token; no other gives the second.
    pub device_hash: String,
    /// How it was judged.
    pub risk: Risk,
    /// When the first proof was given.
    pub began: Timestamp,
    /// Its row in the history of sign-ins.
    pub sign_in_id: String,
}

/// Writes down that a second proof is waited for.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, step: &SignInStep) -> Result<(), StoreError> {
    sqlx::query(
        "insert into sign_in_steps \
         (token_hash, account_id, method, device_hash, is_risky, began_at, sign_in_id) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&step.token_hash)
    .bind(step.account_id.to_string())
    .bind(sign_ins::method_word(step.method)?)
    .bind(&step.device_hash)
    .bind(i64::from(step.risk == Risk::Risky))
    .bind(step.began.as_millis())
    .bind(&step.sign_in_id)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The sign-in of a token, over or not.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<SignInStep>, StoreError> {
    let row = sqlx::query(
        "select account_id, method, device_hash, is_risky, began_at, sign_in_id \
         from sign_in_steps where token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(SignInStep {
        token_hash: token_hash.to_owned(),
        account_id: parse_id(row.try_get("account_id")?)?,
        method: sign_ins::parse_method(row.try_get("method")?)?,
        device_hash: row.try_get("device_hash")?,
        risk: match row.try_get::<i64, _>("is_risky")? {
            0 => Risk::Usual,
            _ => Risk::Risky,
        },
        began: Timestamp::from_millis(row.try_get("began_at")?),
        sign_in_id: row.try_get("sign_in_id")?,
    }))
}

/// Takes a sign-in out of waiting; `false` when somebody was faster, so that each is done once.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, token_hash: &str) -> Result<bool, StoreError> {
    let done = sqlx::query("delete from sign_in_steps where token_hash = $1")
        .bind(token_hash)
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes those that began before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from sign_in_steps where began_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}
