//! Rows of face checks on their way (SGN-4, PRT-4). Must not know whose face it is.

use domain::account::AccountId;
use domain::time::Timestamp;
use sqlx::Row as _;

use super::accounts::parse_id;
use super::{StoreError, Tx};

/// A face check as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceCheck {
    /// Names it on our side; not secret.
    pub id: String,
    /// Whose face is to be seen.
    pub account_id: AccountId,
    /// The session, or the step of a sign-in, that it is for; it is good for no other.
    pub asked_by: String,
    /// What the service calls it.
    pub service_id: String,
    /// When it was begun.
    pub began: Timestamp,
    /// How far it has come.
    pub state: FaceState,
}

/// How far a face check has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceState {
    /// The service has not said yes.
    Begun,
    /// It is the person.
    Passed,
    /// It opened what it was for; it works once.
    Used,
}

impl FaceState {
    const fn word(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Passed => "passed",
            Self::Used => "used",
        }
    }
}

/// Writes a check down.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, check: &FaceCheck) -> Result<(), StoreError> {
    let sealed = tx.vault.seal(&purpose(&check.id), &check.service_id)?;
    sqlx::query(
        "insert into face_checks (id, account_id, asked_by, service_id_sealed, began_at, state) \
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&check.id)
    .bind(check.account_id.to_string())
    .bind(&check.asked_by)
    .bind(sealed)
    .bind(check.began.as_millis())
    .bind(check.state.word())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The check with this id.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<FaceCheck>, StoreError> {
    let row = sqlx::query(
        "select account_id, asked_by, service_id_sealed, began_at, state from face_checks \
         where id = $1",
    )
    .bind(id)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let sealed: String = row.try_get("service_id_sealed")?;
    Ok(Some(FaceCheck {
        id: id.to_owned(),
        account_id: parse_id(row.try_get("account_id")?)?,
        asked_by: row.try_get("asked_by")?,
        service_id: tx.vault.open(&purpose(id), &sealed)?,
        began: Timestamp::from_millis(row.try_get("began_at")?),
        state: match row.try_get("state")? {
            "begun" => FaceState::Begun,
            "passed" => FaceState::Passed,
            "used" => FaceState::Used,
            _ => return Err(StoreError::Impossible("face_checks.state")),
        },
    }))
}

/// Moves a check on; `false` when it was not in the state `from` any more, so that each step is made
/// once.
///
/// # Errors
/// When the database fails.
pub async fn update(
    tx: &mut Tx,
    id: &str,
    from: FaceState,
    to: FaceState,
) -> Result<bool, StoreError> {
    let done = sqlx::query("update face_checks set state = $3 where id = $1 and state = $2")
        .bind(id)
        .bind(from.word())
        .bind(to.word())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes those that were begun before `moment`.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from face_checks where began_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

/// Sealed texts open only in the row they were written for.
fn purpose(id: &str) -> String {
    format!("face_checks.service_id:{id}")
}
