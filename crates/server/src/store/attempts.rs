//! Rows of attempts to verify an account (VER-10). What was claimed is sealed. Must not know how a
//! method works.

use domain::account::AccountId;
use domain::time::{Date, Timestamp};
use domain::verification::{Attempt, EnterpriseKind, LegalRepresentative, Region};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::subjects::{Enterprise, Identity, Person};
use super::{StoreError, Tx, words};

/// An attempt to verify an account.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAttempt {
    /// Names it on our side; not secret.
    pub id: String,
    /// What support asks for (VER-15).
    pub case_number: String,
    /// Whose it is.
    pub account_id: AccountId,
    /// When it was begun.
    pub began: Timestamp,
    /// The rules' part.
    pub attempt: Attempt,
    /// What was claimed; kept for as long as the attempt (VER-10).
    pub claim: Claimed,
    /// What the method needs again, such as the check that was begun for it. Sealed with the claim.
    pub more: Value,
}

/// Who is claimed to be the subject. Never printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Claimed {
    /// A person.
    Person(Person),
    /// An enterprise or another organisation.
    Enterprise(ClaimedEnterprise),
}

/// An enterprise that is claimed to be the subject. Never printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedEnterprise {
    /// Who it is.
    pub enterprise: Enterprise,
    /// Where it is registered.
    pub region: Region,
    /// What it is.
    pub kind: EnterpriseKind,
    /// Who represents it, as far as the methods differ.
    pub legal_representative: LegalRepresentative,
    /// The day its licence was issued, where that was said (ENT-9).
    pub issued: Option<Date>,
}

impl Claimed {
    /// Who it is.
    #[must_use]
    pub fn identity(&self) -> Identity {
        match self {
            Self::Person(person) => Identity::Person(person.clone()),
            Self::Enterprise(claimed) => Identity::Enterprise(claimed.enterprise.clone()),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    claim: Claimed,
    more: Value,
}

const COLUMNS: &str = "id, case_number, account_id, began_at, attempt, claim_sealed";

/// Writes a fresh attempt down.
///
/// # Errors
/// When the database fails, as it does when another one is running.
pub async fn insert(tx: &mut Tx, new: &StoredAttempt) -> Result<(), StoreError> {
    let sealed = seal(tx, new)?;
    sqlx::query(
        "insert into verification_attempts (id, case_number, account_id, began_at, state, attempt, \
         claim_sealed) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&new.id)
    .bind(&new.case_number)
    .bind(new.account_id.to_string())
    .bind(new.began.as_millis())
    .bind(state_word(&new.attempt))
    .bind(words::json(&new.attempt)?)
    .bind(sealed)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The attempt of the account that is running, if one is.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find_running(tx: &mut Tx, id: AccountId) -> Result<Option<StoredAttempt>, StoreError> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from verification_attempts where account_id = $1 and state = 'running'"
    ));
    let row = sqlx::query(statement)
        .bind(id.to_string())
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| stored(tx, &row)).transpose()
}

/// The attempt with this id, whosever it is.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<StoredAttempt>, StoreError> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from verification_attempts where id = $1"
    ));
    let row = sqlx::query(statement)
        .bind(id)
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| stored(tx, &row)).transpose()
}

/// The attempts of the account, newest first.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn list(tx: &mut Tx, id: AccountId, most: u32) -> Result<Vec<StoredAttempt>, StoreError> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from verification_attempts where account_id = $1 \
         order by began_at desc, id limit $2"
    ));
    let rows = sqlx::query(statement)
        .bind(id.to_string())
        .bind(i64::from(most))
        .fetch_all(tx.connection())
        .await?;
    rows.iter().map(|row| stored(tx, row)).collect()
}

/// Every attempt that is running, oldest first, for those who look after slow methods.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn list_running(tx: &mut Tx) -> Result<Vec<StoredAttempt>, StoreError> {
    let statement = sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from verification_attempts where state = 'running' order by began_at, id"
    ));
    let rows = sqlx::query(statement).fetch_all(tx.connection()).await?;
    rows.iter().map(|row| stored(tx, row)).collect()
}

/// Writes down how a running attempt stands now; `false` when it is running no longer, so that it ends
/// once.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &mut Tx, changed: &StoredAttempt) -> Result<bool, StoreError> {
    let sealed = seal(tx, changed)?;
    let done = sqlx::query(
        "update verification_attempts set state = $2, attempt = $3, claim_sealed = $4 \
         where id = $1 and state = 'running'",
    )
    .bind(&changed.id)
    .bind(state_word(&changed.attempt))
    .bind(words::json(&changed.attempt)?)
    .bind(sealed)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

fn seal(tx: &Tx, attempt: &StoredAttempt) -> Result<String, StoreError> {
    let sealed = Sealed {
        claim: attempt.claim.clone(),
        more: attempt.more.clone(),
    };
    Ok(tx
        .vault
        .seal(&purpose(&attempt.id), &words::json(&sealed)?)?)
}

fn stored(tx: &Tx, row: &AnyRow) -> Result<StoredAttempt, StoreError> {
    let id: String = row.try_get("id")?;
    let sealed: String = row.try_get("claim_sealed")?;
    let opened = tx.vault.open(&purpose(&id), &sealed)?;
    let Sealed { claim, more } = words::parse_json(&opened, "verification_attempts.claim")?;
    Ok(StoredAttempt {
        case_number: row.try_get("case_number")?,
        account_id: parse_id(row.try_get("account_id")?)?,
        began: Timestamp::from_millis(row.try_get("began_at")?),
        attempt: words::parse_json(row.try_get("attempt")?, "verification_attempts.attempt")?,
        claim,
        more,
        id,
    })
}

const fn state_word(attempt: &Attempt) -> &'static str {
    match attempt {
        Attempt::Running { .. } => "running",
        Attempt::Failed { .. } => "failed",
        Attempt::Passed { .. } => "passed",
        Attempt::GivenUp { .. } => "given_up",
    }
}

/// Sealed texts open only in the row they were written for.
fn purpose(id: &str) -> String {
    format!("verification_attempts.claim:{id}")
}
