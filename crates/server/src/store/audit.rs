//! The audit log: rows are added, never changed or removed, and each continues a chain that proves it
//! (OPS-3). Must not know what an event means.

use std::borrow::Cow;

use domain::account::AccountId;
use domain::audit::{Actor, AuditEntry, AuditRecord, ChainBroken, ChainHead, Digest};
use domain::time::Timestamp;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::{StoreError, Tx};

/// How many rows are held in memory while the chain is followed.
const AT_ONCE: i64 = 500;

/// Something that happened to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// Whose account it concerns.
    pub account_id: Option<AccountId>,
    /// The event's name, as the endpoint's entry in the contract spells it.
    pub event: String,
    /// Finds the request in the log.
    pub request_id: String,
    /// What else there is to know, as JSON with masked values.
    pub details: String,
}

/// A row with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// Its number, from 1 on without gaps.
    pub number: u64,
    /// What happened.
    pub entry: Entry,
}

/// Adds a row, in the transaction of what it tells of. Rows are numbered in the order in which they
/// are committed, so a caller does this last: from here on others wait with their own row.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    let head = take_head(tx).await?.ok_or(NOT_CHAINED)?;
    let texts = Texts {
        at: entry.at,
        actor: entry.actor.to_string(),
        event: entry.event.clone(),
        account: entry.account_id.map(|id| id.to_string()),
        request_id: entry.request_id.clone(),
        details: entry.details.clone(),
    };
    let next = texts.append_to(head);
    sqlx::query(
        "insert into audit (number, at, account_id, event, request_id, details, actor, digest) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(signed(next.sequence)?)
    .bind(texts.at.as_millis())
    .bind(&texts.account)
    .bind(&texts.event)
    .bind(&texts.request_id)
    .bind(&texts.details)
    .bind(&texts.actor)
    .bind(next.digest.to_string())
    .execute(tx.connection())
    .await?;
    update_head(tx, next).await
}

/// The newest rows of the account, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, account_id: AccountId, most: u32) -> Result<Vec<Entry>, StoreError> {
    let rows = page(tx, account_id, None, most).await?;
    Ok(rows.into_iter().map(|row| row.entry).collect())
}

/// The newest rows of the account with a number below `before`, newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(
    tx: &mut Tx,
    account_id: AccountId,
    before: Option<u64>,
    most: u32,
) -> Result<Vec<Numbered>, StoreError> {
    let rows = sqlx::query(
        "select number, at, account_id, event, request_id, details, actor from audit \
         where account_id = $1 and number < $2 order by number desc limit $3",
    )
    .bind(account_id.to_string())
    .bind(
        before
            .and_then(|number| i64::try_from(number).ok())
            .unwrap_or(i64::MAX),
    )
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    rows.iter()
        .map(|row| {
            let account_id: Option<&str> = row.try_get("account_id")?;
            let actor: &str = row.try_get("actor")?;
            let number: i64 = row.try_get("number")?;
            Ok(Numbered {
                number: u64::try_from(number).map_err(|_| StoreError::Impossible("number"))?,
                entry: Entry {
                    at: Timestamp::from_millis(row.try_get("at")?),
                    actor: actor.parse().map_err(|_| StoreError::Impossible("actor"))?,
                    account_id: account_id.map(parse_id).transpose()?,
                    event: row.try_get("event")?,
                    request_id: row.try_get("request_id")?,
                    details: row.try_get("details")?,
                },
            })
        })
        .collect()
}

/// The end of the chain as of now, for whoever keeps it elsewhere (OPS-3).
///
/// # Errors
/// When the database fails.
pub async fn head(tx: &mut Tx) -> Result<ChainHead, StoreError> {
    let row = sqlx::query("select sequence, digest from audit_head where name = 'audit'")
        .fetch_optional(tx.connection())
        .await?;
    match row {
        Some(row) => Ok(parse_head(&row)?.unwrap_or(ChainHead::EMPTY)),
        None => Ok(ChainHead::EMPTY),
    }
}

/// Proves that from the row `from` on nothing was removed or changed, in a transaction that sees one
/// moment; the row before is believed. A head that was kept elsewhere must be met on the way. Answers the
/// end of the chain (OPS-3).
///
/// # Errors
/// When the database fails; inside, the first place where the chain is broken.
pub async fn verify(
    tx: &mut Tx,
    from: u64,
    kept: Option<ChainHead>,
) -> Result<Result<ChainHead, ChainBroken>, StoreError> {
    let end = head(tx).await?;
    let (mut head, mut last) = match from.checked_sub(1) {
        // Rows before the first are looked at too: there must be none.
        None | Some(0) => (ChainHead::EMPTY, i64::MIN),
        Some(before) => match find_digest(tx, before).await? {
            Some(digest) => (
                ChainHead {
                    sequence: before,
                    digest,
                },
                signed(before)?,
            ),
            None => return Ok(Err(ChainBroken::Missing { sequence: before })),
        },
    };
    let is_kept = |head: ChainHead| match kept {
        Some(kept) if kept.sequence == head.sequence => kept == head,
        _ => true,
    };
    loop {
        if !is_kept(head) {
            let sequence = head.sequence;
            return Ok(Err(ChainBroken::Changed { sequence }));
        }
        let rows = rows_after(tx, last).await?;
        let Some(newest) = rows.last() else {
            break;
        };
        last = newest.0;
        for (number, texts, digest) in &rows {
            head = match follow(head, *number, texts, digest.as_deref()) {
                Ok(next) if is_kept(next) => next,
                Ok(next) => {
                    let sequence = next.sequence;
                    return Ok(Err(ChainBroken::Changed { sequence }));
                }
                Err(broken) => return Ok(Err(broken)),
            };
        }
    }
    let is_short = kept.is_some_and(|kept| kept.sequence > head.sequence);
    if head != end || is_short {
        let sequence = head.sequence;
        return Ok(Err(ChainBroken::WrongEnd { sequence }));
    }
    Ok(Ok(head))
}

/// Chains the rows that are older than the chain, once.
///
/// # Errors
/// When the database fails.
pub(super) async fn chain_older_rows(tx: &mut Tx) -> Result<(), StoreError> {
    if take_head(tx).await?.is_some() {
        return Ok(());
    }
    let (mut head, mut last) = (ChainHead::EMPTY, i64::MIN);
    loop {
        let rows = rows_after(tx, last).await?;
        let Some(newest) = rows.last() else {
            return update_head(tx, head).await;
        };
        last = newest.0;
        for (number, texts, _) in &rows {
            head = texts.append_to(head);
            sqlx::query("update audit set digest = $1 where number = $2")
                .bind(head.digest.to_string())
                .bind(number)
                .execute(tx.connection())
                .await?;
        }
    }
}

/// What the chain covers of a row, in the very texts that the table holds.
struct Texts {
    at: Timestamp,
    actor: String,
    event: String,
    account: Option<String>,
    request_id: String,
    details: String,
}

impl Texts {
    fn append_to(&self, head: ChainHead) -> ChainHead {
        let details = self.details();
        head.append(&self.record(&details), &sha256)
    }

    fn record<'a>(&'a self, details: &'a str) -> AuditRecord<'a> {
        AuditRecord {
            at: self.at,
            actor: &self.actor,
            event: &self.event,
            account: self.account.as_deref(),
            details,
        }
    }

    /// The request's name belongs to the details; its length keeps the two apart.
    fn details(&self) -> Cow<'_, str> {
        let Self {
            request_id,
            details,
            ..
        } = self;
        Cow::Owned(format!("{} {request_id} {details}", request_id.len()))
    }
}

fn follow(
    head: ChainHead,
    number: i64,
    texts: &Texts,
    digest: Option<&str>,
) -> Result<ChainHead, ChainBroken> {
    let details = texts.details();
    let digest = digest.and_then(|text| text.parse().ok());
    let entry = AuditEntry {
        // A number below 1 is no place in the chain; 0 is never the next one.
        sequence: u64::try_from(number).unwrap_or_default(),
        record: texts.record(&details),
        // Nothing has this digest, so a row without one is a changed row.
        digest: digest.unwrap_or(ChainHead::EMPTY.digest),
    };
    head.follow(&entry, &sha256)
}

fn sha256(bytes: &[u8]) -> Digest {
    Digest::from_bytes(Sha256::digest(bytes).into())
}

/// The next rows with a number above `last`, in order.
async fn rows_after(
    tx: &mut Tx,
    last: i64,
) -> Result<Vec<(i64, Texts, Option<String>)>, StoreError> {
    let rows = sqlx::query(
        "select number, at, account_id, event, request_id, details, actor, digest from audit \
         where number > $1 order by number limit $2",
    )
    .bind(last)
    .bind(AT_ONCE)
    .fetch_all(tx.connection())
    .await?;
    rows.iter()
        .map(|row| {
            let texts = Texts {
                at: Timestamp::from_millis(row.try_get("at")?),
                actor: row.try_get("actor")?,
                event: row.try_get("event")?,
                account: row.try_get("account_id")?,
                request_id: row.try_get("request_id")?,
                details: row.try_get("details")?,
            };
            Ok((row.try_get("number")?, texts, row.try_get("digest")?))
        })
        .collect()
}

async fn find_digest(tx: &mut Tx, number: u64) -> Result<Option<Digest>, StoreError> {
    let digest: Option<Option<String>> =
        sqlx::query_scalar("select digest from audit where number = $1")
            .bind(signed(number)?)
            .fetch_optional(tx.connection())
            .await?;
    Ok(digest.flatten().and_then(|text| text.parse().ok()))
}

/// The end of the chain, taken until the end of the transaction; nothing while older rows are not
/// chained.
async fn take_head(tx: &mut Tx) -> Result<Option<ChainHead>, StoreError> {
    let row = sqlx::query(
        "update audit_head set sequence = sequence where name = 'audit' returning sequence, digest",
    )
    .fetch_one(tx.connection())
    .await?;
    parse_head(&row)
}

async fn update_head(tx: &mut Tx, head: ChainHead) -> Result<(), StoreError> {
    sqlx::query("update audit_head set sequence = $1, digest = $2 where name = 'audit'")
        .bind(signed(head.sequence)?)
        .bind(head.digest.to_string())
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn parse_head(row: &AnyRow) -> Result<Option<ChainHead>, StoreError> {
    let sequence: i64 = row.try_get("sequence")?;
    let digest: &str = row.try_get("digest")?;
    let Ok(sequence) = u64::try_from(sequence) else {
        return Ok(None);
    };
    let digest = digest.parse().map_err(|_| NOT_A_DIGEST)?;
    Ok(Some(ChainHead { sequence, digest }))
}

const NOT_CHAINED: StoreError = StoreError::Impossible("audit_head.sequence");
const NOT_A_DIGEST: StoreError = StoreError::Impossible("audit_head.digest");

fn signed(sequence: u64) -> Result<i64, StoreError> {
    i64::try_from(sequence).map_err(|_| NOT_CHAINED)
}
