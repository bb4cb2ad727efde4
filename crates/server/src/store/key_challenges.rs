//! Rows of the challenges of security keys, each good once. Must not know what is proved with them.

use domain::time::Timestamp;
use sqlx::Row as _;

use super::{StoreError, Tx, words};
use serde::{Deserialize, Serialize};

/// What a challenge is for; one for one thing is good for no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengePurpose {
    /// Binding a new key.
    Bind,
    /// Proving the owner in a session, or at the second step of a sign-in.
    Prove,
    /// Signing in without a name.
    SignIn,
}

/// A challenge that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChallenge {
    /// The hash of its name.
    pub token_hash: String,
    /// What it is for.
    pub purpose: ChallengePurpose,
    /// The session, the sign-in step or the browser that it was made for.
    pub asked_by: String,
    /// What ends the ceremony.
    pub state: String,
    /// When it was made.
    pub made_at: Timestamp,
}

/// Remembers a challenge; whoever asks again for the same has only the newest.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, new: &StoredChallenge) -> Result<(), StoreError> {
    let purpose = words::word(new.purpose)?;
    sqlx::query("delete from key_challenges where purpose = $1 and asked_by = $2")
        .bind(&purpose)
        .bind(&new.asked_by)
        .execute(tx.connection())
        .await?;
    let sealed = tx.vault.seal(&state_purpose(&new.token_hash), &new.state)?;
    sqlx::query(
        "insert into key_challenges (token_hash, purpose, asked_by, state_sealed, made_at) \
         values ($1, $2, $3, $4, $5)",
    )
    .bind(&new.token_hash)
    .bind(purpose)
    .bind(&new.asked_by)
    .bind(sealed)
    .bind(new.made_at.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes a challenge away to be used: of two answers at once one finds nothing.
///
/// # Errors
/// When the database fails or the column cannot be opened.
pub async fn take(tx: &mut Tx, token_hash: &str) -> Result<Option<StoredChallenge>, StoreError> {
    let row = sqlx::query(
        "delete from key_challenges where token_hash = $1 \
         returning purpose, asked_by, state_sealed, made_at",
    )
    .bind(token_hash)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(StoredChallenge {
        token_hash: token_hash.to_owned(),
        purpose: words::parse(row.try_get("purpose")?, "key_challenges.purpose")?,
        asked_by: row.try_get("asked_by")?,
        state: tx
            .vault
            .open(&state_purpose(token_hash), row.try_get("state_sealed")?)?,
        made_at: Timestamp::from_millis(row.try_get("made_at")?),
    }))
}

/// Removes challenges that were made before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from key_challenges where made_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

fn state_purpose(token_hash: &str) -> String {
    format!("key_challenges.state:{token_hash}")
}
