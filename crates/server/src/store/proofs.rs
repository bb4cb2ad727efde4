//! Rows of the proofs that owners gave in their sessions (PRT-2). Must not know what they allow.

use domain::protection::PassedProof;
use domain::sign_in::SessionId;
use domain::time::Timestamp;
use sqlx::Row as _;

use super::{StoreError, Tx, words};

/// Remembers a proof; a newer one of the same kind takes its place.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, proof: &PassedProof) -> Result<(), StoreError> {
    sqlx::query(
        "insert into proofs (session_id, method, at) values ($1, $2, $3) \
         on conflict (session_id, method) do update set at = excluded.at",
    )
    .bind(proof.session.as_str())
    .bind(words::word(proof.method)?)
    .bind(proof.at.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The proofs of a session.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, session: &SessionId) -> Result<Vec<PassedProof>, StoreError> {
    let rows = sqlx::query("select method, at from proofs where session_id = $1")
        .bind(session.as_str())
        .fetch_all(tx.connection())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(PassedProof {
                session: session.clone(),
                method: words::parse(row.try_get("method")?, "proofs.method")?,
                at: Timestamp::from_millis(row.try_get("at")?),
            })
        })
        .collect()
}

/// Removes proofs that were given before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from proofs where at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}
