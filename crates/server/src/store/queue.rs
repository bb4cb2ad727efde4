//! Rows of what waits for an operator's decision (OPS-1). Knows order and stages; does not know what a
//! decision changes, nor who may decide.

use domain::account::AccountId;
use domain::operators::{OperatorId, Queue, QueueItem, QueueStage};
use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::accounts::parse_id;
use super::operators::operator_id;
use super::{StoreError, Tx, words};

/// Something that enters a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueEntry {
    /// Names it, as its area does.
    pub id: String,
    /// Which queue.
    pub queue: Queue,
    /// The accounts that the decision concerns.
    pub accounts: Vec<AccountId>,
    /// When it enters.
    pub entered_at: Timestamp,
    /// The last moment that is in time.
    pub due_at: Timestamp,
}

/// Something in a queue, decided or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredItem {
    /// Names it, as its area does.
    pub id: String,
    /// The item as the rules see it.
    pub item: QueueItem,
    /// When it entered.
    pub entered_at: Timestamp,
    /// The last moment that is in time.
    pub due_at: Timestamp,
}

/// How much waits in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueCount {
    /// Which queue.
    pub queue: Queue,
    /// How many items are not decided.
    pub open: u32,
    /// How many of them should have been decided by now.
    pub overdue: u32,
}

/// Puts something into its queue, open. What was decided before and is handed in again under the same
/// name begins anew.
///
/// # Errors
/// When the database fails.
pub async fn enter(tx: &mut Tx, entry: &QueueEntry) -> Result<(), StoreError> {
    sqlx::query(
        "insert into queue_items (id, queue, entered_at, due_at, stage) \
         values ($1, $2, $3, $4, 'open') on conflict (id) do update set queue = excluded.queue, \
         entered_at = excluded.entered_at, due_at = excluded.due_at, stage = excluded.stage, \
         stage_by = null, stage_at = null",
    )
    .bind(&entry.id)
    .bind(words::word(entry.queue)?)
    .bind(entry.entered_at.as_millis())
    .bind(entry.due_at.as_millis())
    .execute(tx.connection())
    .await?;
    delete_accounts(tx, &entry.id).await?;
    for account in &entry.accounts {
        sqlx::query(
            "insert into queue_accounts (item_id, account_id) values ($1, $2) \
             on conflict do nothing",
        )
        .bind(&entry.id)
        .bind(account.to_string())
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}

/// Takes something out of its queue that nobody is to decide any more.
///
/// # Errors
/// When the database fails.
pub async fn leave(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    delete_accounts(tx, id).await?;
    sqlx::query("delete from queue_items where id = $1")
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

async fn delete_accounts(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    sqlx::query("delete from queue_accounts where item_id = $1")
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Something in a queue, decided or not. Whoever decides has taken the rows of its accounts first and
/// looks again then.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<StoredItem>, StoreError> {
    let row = sqlx::query(
        "select id, queue, entered_at, due_at, stage, stage_by, stage_at from queue_items \
         where id = $1",
    )
    .bind(id)
    .fetch_optional(tx.connection())
    .await?;
    match row {
        Some(row) => Ok(Some(stored(tx, &row).await?)),
        None => Ok(None),
    }
}

/// Writes down how far something was decided.
///
/// # Errors
/// When the database fails.
pub async fn update_stage(tx: &mut Tx, id: &str, stage: &QueueStage) -> Result<(), StoreError> {
    let (word, by, at) = match *stage {
        QueueStage::Open => ("open", None, None),
        QueueStage::ApprovedOnce { by, at } => ("approved_once", Some(by), Some(at)),
        QueueStage::Decided { by, at, approved } => {
            let word = if approved { "approved" } else { "rejected" };
            (word, Some(by), Some(at))
        }
    };
    sqlx::query("update queue_items set stage = $2, stage_by = $3, stage_at = $4 where id = $1")
        .bind(id)
        .bind(word)
        .bind(by.map(|OperatorId(by)| i64::from(by)))
        .bind(at.map(Timestamp::as_millis))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// What is not decided in a queue, the one that is due first first; at most so many.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, queue: Queue, most: u32) -> Result<Vec<StoredItem>, StoreError> {
    let rows = sqlx::query(
        "select id, queue, entered_at, due_at, stage, stage_by, stage_at from queue_items \
         where queue = $1 and stage in ('open', 'approved_once') \
         order by due_at, entered_at, id limit $2",
    )
    .bind(words::word(queue)?)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        items.push(stored(tx, row).await?);
    }
    Ok(items)
}

/// What is not decided yet and concerns the account, the one that is due first first.
///
/// # Errors
/// When the database fails.
pub async fn list_of_account(tx: &mut Tx, id: AccountId) -> Result<Vec<StoredItem>, StoreError> {
    let rows = sqlx::query(
        "select i.id, i.queue, i.entered_at, i.due_at, i.stage, i.stage_by, i.stage_at \
         from queue_items i join queue_accounts a on a.item_id = i.id \
         where a.account_id = $1 and i.stage in ('open', 'approved_once') \
         order by i.due_at, i.entered_at, i.id",
    )
    .bind(id.to_string())
    .fetch_all(tx.connection())
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        items.push(stored(tx, row).await?);
    }
    Ok(items)
}

/// How much waits in each queue in which something waits.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, now: Timestamp) -> Result<Vec<QueueCount>, StoreError> {
    let rows = sqlx::query(
        "select queue, count(*) as open, \
         cast(sum(case when due_at < $1 then 1 else 0 end) as bigint) as overdue \
         from queue_items where stage in ('open', 'approved_once') group by queue",
    )
    .bind(now.as_millis())
    .fetch_all(tx.connection())
    .await?;
    let number = |row: &AnyRow, column| -> Result<u32, StoreError> {
        Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or(u32::MAX))
    };
    rows.iter()
        .map(|row| {
            Ok(QueueCount {
                queue: words::parse(row.try_get("queue")?, "queue_items.queue")?,
                open: number(row, "open")?,
                overdue: number(row, "overdue")?,
            })
        })
        .collect()
}

async fn stored(tx: &mut Tx, row: &AnyRow) -> Result<StoredItem, StoreError> {
    let id: String = row.try_get("id")?;
    let accounts: Vec<String> = sqlx::query_scalar(
        "select account_id from queue_accounts where item_id = $1 order by account_id",
    )
    .bind(&id)
    .fetch_all(tx.connection())
    .await?;
    let accounts = accounts.iter().map(|id| parse_id(id));
    Ok(StoredItem {
        item: QueueItem {
            queue: words::parse(row.try_get("queue")?, "queue_items.queue")?,
            accounts: accounts.collect::<Result<_, _>>()?,
            stage: stage(row)?,
        },
        id,
        entered_at: Timestamp::from_millis(row.try_get("entered_at")?),
        due_at: Timestamp::from_millis(row.try_get("due_at")?),
    })
}

fn stage(row: &AnyRow) -> Result<QueueStage, StoreError> {
    let word: String = row.try_get("stage")?;
    let by: Option<i64> = row.try_get("stage_by")?;
    let at: Option<i64> = row.try_get("stage_at")?;
    let by = by.map(operator_id).transpose()?;
    let at = at.map(Timestamp::from_millis);
    match (word.as_str(), by, at) {
        ("open", None, None) => Ok(QueueStage::Open),
        ("approved_once", Some(by), Some(at)) => Ok(QueueStage::ApprovedOnce { by, at }),
        ("approved" | "rejected", Some(by), Some(at)) => Ok(QueueStage::Decided {
            by,
            at,
            approved: word == "approved",
        }),
        _ => Err(StoreError::Impossible("queue_items.stage")),
    }
}
