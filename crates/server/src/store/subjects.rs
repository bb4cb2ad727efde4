//! Rows of who is behind each account, and of what became of them (VER, ENT-2). Who it is, is sealed
//! and found again by keyed hashes only. Must not know why a subject is accepted.

use std::fmt;

use domain::account::{AccountId, VerificationStatus};
use domain::identity::{EnterpriseCode, EnterpriseName, IdDocument, PersonName};
use domain::masked::Masked;
use domain::time::Timestamp;
use domain::verification::change::PostalAddress;
use domain::verification::{Method, Subject, SubjectEvent, Verified};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;

use super::accounts::{self, parse_id};
use super::{StoreError, Tx, words};

/// The subject of a verified account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectRecord {
    /// What the rules see of it.
    pub subject: Subject,
    /// When it was last verified or changed (CHG-2).
    pub since: Timestamp,
    /// By which method; none where operators looked at paper.
    pub method: Option<Method>,
    /// Who it is.
    pub identity: Identity,
}

/// Who a subject is. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Identity {
    /// A person.
    Person(Person),
    /// An enterprise or another organisation.
    Enterprise(Enterprise),
}

/// A person with their document. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name on the document.
    pub name: PersonName,
    /// The document.
    pub document: IdDocument,
}

/// An enterprise or another organisation. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enterprise {
    /// Its name as on the certificate.
    pub name: EnterpriseName,
    /// Its code.
    pub code: EnterpriseCode,
    /// Who represents it, where that is known.
    pub legal_representative: Option<Person>,
    /// Who handled the verification (ENT-14), where somebody did.
    pub handler: Option<Person>,
    /// Where its post goes, where that is known.
    pub postal_address: Option<PostalAddress>,
}

/// A line of an account's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: SubjectEvent,
    /// By which method, where there was one.
    pub method: Option<Method>,
    /// The subject from then on; for [`SubjectEvent::Lost`] the one that was lost.
    pub subject: Subject,
    /// Who that is, masked.
    pub shown: Shown,
}

/// Who a subject is, as the history shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The name.
    pub name: Masked,
    /// The document's number or the code.
    pub number: Masked,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Person(_) => "Identity(a person)",
            Self::Enterprise(_) => "Identity(an enterprise)",
        })
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person(…)")
    }
}

impl fmt::Debug for Enterprise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Enterprise(…)")
    }
}

impl SubjectRecord {
    /// What the rules see of it.
    #[must_use]
    pub const fn verified(&self) -> Verified {
        Verified {
            subject: self.subject,
            since: self.since,
        }
    }
}

impl Identity {
    /// Who it is, masked.
    #[must_use]
    pub fn masked(&self) -> Shown {
        match self {
            Self::Person(person) => Shown {
                name: person.name.masked(),
                number: person.document.masked(),
            },
            Self::Enterprise(enterprise) => Shown {
                name: enterprise.name.masked(),
                number: enterprise.code.masked(),
            },
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Person(person) => person.name.as_str(),
            Self::Enterprise(enterprise) => enterprise.name.as_str(),
        }
    }
}

/// What the places of an identity are counted by: keyed hashes, each with what it is a hash of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceKeys {
    person: Option<String>,
    code: Option<String>,
    name: Option<String>,
}

impl PlaceKeys {
    /// The names of the locks to take before the places are counted.
    pub fn locks(&self) -> impl Iterator<Item = String> {
        let named = |kind: &'static str, hash: &Option<String>| {
            hash.as_ref().map(|hash| format!("{kind}:{hash}"))
        };
        [
            named("enterprise-code", &self.code),
            named("enterprise-name", &self.name),
            named("person", &self.person),
        ]
        .into_iter()
        .flatten()
    }
}

/// What the places of an identity are counted by (VER-2, ENT-1).
#[must_use]
pub fn place_keys(tx: &Tx, identity: &Identity) -> PlaceKeys {
    match identity {
        Identity::Person(person) => PlaceKeys {
            person: Some(person_hash(tx, &person.document)),
            ..PlaceKeys::default()
        },
        Identity::Enterprise(enterprise) => PlaceKeys {
            code: Some(code_hash(tx, &enterprise.code)),
            name: Some(name_hash(tx, &enterprise.name)),
            ..PlaceKeys::default()
        },
    }
}

/// The subject of the account, when it is verified.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<SubjectRecord>, StoreError> {
    let row = sqlx::query(
        "select subject, since, method, identity_sealed from subjects where account_id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let sealed: String = row.try_get("identity_sealed")?;
    let identity = tx.vault.open(&identity_purpose(id), &sealed)?;
    let method: Option<String> = row.try_get("method")?;
    Ok(Some(SubjectRecord {
        subject: words::parse_json(row.try_get("subject")?, "subjects.subject")?,
        since: Timestamp::from_millis(row.try_get("since")?),
        method: method
            .map(|word| words::parse(&word, "subjects.method"))
            .transpose()?,
        identity: words::parse_json(&identity, "subjects.identity")?,
    }))
}

/// Writes the subject of the account down in place of any other, and what others read of it beside
/// the account.
///
/// # Errors
/// When the database fails.
pub async fn replace(tx: &mut Tx, id: AccountId, record: &SubjectRecord) -> Result<(), StoreError> {
    let keys = place_keys(tx, &record.identity);
    let sealed = tx
        .vault
        .seal(&identity_purpose(id), &words::json(&record.identity)?)?;
    sqlx::query(
        "insert into subjects (account_id, subject, since, method, identity_sealed, person_hash, \
         code_hash, name_hash) values ($1, $2, $3, $4, $5, $6, $7, $8) \
         on conflict (account_id) do update set subject = excluded.subject, \
         since = excluded.since, method = excluded.method, \
         identity_sealed = excluded.identity_sealed, person_hash = excluded.person_hash, \
         code_hash = excluded.code_hash, name_hash = excluded.name_hash",
    )
    .bind(id.to_string())
    .bind(words::json(&record.subject)?)
    .bind(record.since.as_millis())
    .bind(record.method.map(words::word).transpose()?)
    .bind(sealed)
    .bind(keys.person)
    .bind(keys.code)
    .bind(keys.name)
    .execute(tx.connection())
    .await?;
    let document = match &record.identity {
        Identity::Person(person) => Some(person.document.number().to_owned()),
        Identity::Enterprise(_) => None,
    };
    let verified = accounts::Verified {
        name: record.identity.name().to_owned(),
        document,
    };
    let status = Verified::status(Some(&record.verified()));
    accounts::update_verification(tx, id, (status, Some(&verified)), record.since).await
}

/// The account is verified no longer; its places are free at once. The history stays.
///
/// # Errors
/// When the database fails.
pub async fn clear(tx: &mut Tx, id: AccountId, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("delete from subjects where account_id = $1")
        .bind(id.to_string())
        .execute(tx.connection())
        .await?;
    accounts::update_verification(tx, id, (VerificationStatus::Unverified, None), now).await
}

/// How many accounts beside `except` are verified with the document (VER-2). Take its places first, so
/// that the answer holds until the end of the transaction.
///
/// # Errors
/// When the database fails.
pub async fn count_person(
    tx: &mut Tx,
    document: &IdDocument,
    except: Option<AccountId>,
) -> Result<u32, StoreError> {
    let hash = person_hash(tx, document);
    let count: i64 = sqlx::query_scalar(
        "select count(*) from subjects where person_hash = $1 and account_id <> $2",
    )
    .bind(hash)
    .bind(except.map(|id| id.to_string()).unwrap_or_default())
    .fetch_one(tx.connection())
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How many accounts beside `except` are verified with the code or with the name, so that an older code
/// does not open a second row of places (ENT-1). Take its places first, so that the answer holds until
/// the end of the transaction.
///
/// # Errors
/// When the database fails.
pub async fn count_enterprise(
    tx: &mut Tx,
    code: &EnterpriseCode,
    name: &EnterpriseName,
    except: Option<AccountId>,
) -> Result<u32, StoreError> {
    let (code, name) = (code_hash(tx, code), name_hash(tx, name));
    let count: i64 = sqlx::query_scalar(
        "select count(*) from subjects where (code_hash = $1 or name_hash = $2) \
         and account_id <> $3",
    )
    .bind(code)
    .bind(name)
    .bind(except.map(|id| id.to_string()).unwrap_or_default())
    .fetch_one(tx.connection())
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The accounts verified with the places of an identity, in the order of their ids.
///
/// # Errors
/// When the database fails.
pub async fn accounts_of(tx: &mut Tx, identity: &Identity) -> Result<Vec<AccountId>, StoreError> {
    let keys = place_keys(tx, identity);
    let ids: Vec<String> = sqlx::query_scalar(
        "select account_id from subjects where person_hash = $1 or code_hash = $2 \
         or name_hash = $3 order by account_id",
    )
    .bind(keys.person.unwrap_or_default())
    .bind(keys.code.unwrap_or_default())
    .bind(keys.name.unwrap_or_default())
    .fetch_all(tx.connection())
    .await?;
    ids.iter().map(|id| parse_id(id)).collect()
}

/// Adds a line to the account's history, whose row the caller has taken.
///
/// # Errors
/// When the database fails.
pub async fn insert_history(
    tx: &mut Tx,
    id: AccountId,
    row: &HistoryRow,
) -> Result<(), StoreError> {
    let number: i64 = sqlx::query_scalar(
        "select coalesce(max(number), 0) + 1 from subject_history where account_id = $1",
    )
    .bind(id.to_string())
    .fetch_one(tx.connection())
    .await?;
    let sealed = tx
        .vault
        .seal(&shown_purpose(id, number), &words::json(&row.shown)?)?;
    sqlx::query(
        "insert into subject_history (account_id, number, at, event, method, subject, shown_sealed) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id.to_string())
    .bind(number)
    .bind(row.at.as_millis())
    .bind(words::word(row.event)?)
    .bind(row.method.map(words::word).transpose()?)
    .bind(words::json(&row.subject)?)
    .bind(sealed)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The account's history, newest first.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn list_history(
    tx: &mut Tx,
    id: AccountId,
    most: u32,
) -> Result<Vec<HistoryRow>, StoreError> {
    let rows = sqlx::query(
        "select number, at, event, method, subject, shown_sealed from subject_history \
         where account_id = $1 order by number desc limit $2",
    )
    .bind(id.to_string())
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    rows.iter()
        .map(|row| {
            let sealed: String = row.try_get("shown_sealed")?;
            let purpose = shown_purpose(id, row.try_get("number")?);
            let shown = tx.vault.open(&purpose, &sealed)?;
            let method: Option<String> = row.try_get("method")?;
            Ok(HistoryRow {
                at: Timestamp::from_millis(row.try_get("at")?),
                event: words::parse(row.try_get("event")?, "subject_history.event")?,
                method: method
                    .map(|word| words::parse(&word, "subject_history.method"))
                    .transpose()?,
                subject: words::parse_json(row.try_get("subject")?, "subject_history.subject")?,
                shown: words::parse_json(&shown, "subject_history.shown")?,
            })
        })
        .collect()
}

fn person_hash(tx: &Tx, document: &IdDocument) -> String {
    tx.vault.lookup_hash("person", &document.identity_key())
}

fn code_hash(tx: &Tx, code: &EnterpriseCode) -> String {
    tx.vault.lookup_hash("enterprise-code", code.identity_key())
}

fn name_hash(tx: &Tx, name: &EnterpriseName) -> String {
    tx.vault.lookup_hash("enterprise-name", &name.compare_key())
}

/// Sealed texts open only in the row they were written for.
fn identity_purpose(id: AccountId) -> String {
    format!("subjects.identity:{id}")
}

fn shown_purpose(id: AccountId, number: i64) -> String {
    format!("subject_history.shown:{id}:{number}")
}
