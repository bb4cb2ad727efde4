//! What was uploaded as proof (CHG-13). Knows rows; the bytes lie elsewhere, and whoever calls sees to
//! both. Must not know who may see a document.

use domain::time::Timestamp;
use domain::verification::{DocumentKind, DocumentPurpose};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::{StoreError, Tx, locks, words};

/// A document that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Names it, here and in the document store.
    pub id: String,
    /// Who has it, such as `account:100000000001`.
    pub holder: String,
    /// What it is for.
    pub purpose: DocumentPurpose,
    /// What it proves, as a word of its purpose.
    pub item: String,
    /// What it was handed in with; nothing while it waits.
    pub application_id: Option<String>,
    /// What it is, by its content.
    pub kind: DocumentKind,
    /// Its length as it is kept, before sealing.
    pub bytes: u64,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
    /// When its application was decided; from then on its days count (CHG-13).
    pub decided_at: Option<Timestamp>,
}

/// Takes everything that waits with this holder until the end of the transaction.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx, holder: &str) -> Result<(), StoreError> {
    locks::take(tx, &format!("documents:{holder}")).await
}

/// Writes down that a document's bytes are about to be stored. It is nowhere to be found until
/// [`update_kept`].
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, document: &Document) -> Result<(), StoreError> {
    sqlx::query(
        "insert into documents \
         (id, holder, purpose, item, application_id, kind, bytes, uploaded_at, decided_at, state) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'arriving')",
    )
    .bind(&document.id)
    .bind(&document.holder)
    .bind(words::word(document.purpose)?)
    .bind(&document.item)
    .bind(&document.application_id)
    .bind(words::word(document.kind)?)
    .bind(i64::try_from(document.bytes).map_err(|_| StoreError::Impossible("bytes"))?)
    .bind(document.uploaded_at.as_millis())
    .bind(document.decided_at.map(Timestamp::as_millis))
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The bytes are stored: the document is kept, and takes the place of what waited for the same item, whose
/// ids are answered. Nothing, and nothing is changed, when it was given up meanwhile. The caller holds the
/// [`lock`].
///
/// # Errors
/// When the database fails.
pub async fn update_kept(
    tx: &mut Tx,
    document: &Document,
) -> Result<Option<Vec<String>>, StoreError> {
    let kept =
        sqlx::query("update documents set state = 'kept' where id = $1 and state = 'arriving'")
            .bind(&document.id)
            .execute(tx.connection())
            .await?;
    if kept.rows_affected() == 0 {
        return Ok(None);
    }
    let replaced = sqlx::query_scalar(
        "update documents set state = 'leaving' where holder = $1 and purpose = $2 and item = $3 \
         and application_id is null and state = 'kept' and id <> $4 returning id",
    )
    .bind(&document.holder)
    .bind(words::word(document.purpose)?)
    .bind(&document.item)
    .bind(&document.id)
    .fetch_all(tx.connection())
    .await?;
    Ok(Some(replaced))
}

/// The document with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Document>, StoreError> {
    // Whoever asks may have made it up.
    if !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let row = sqlx::query("select * from documents where id = $1 and state = 'kept'")
        .bind(id)
        .fetch_optional(tx.connection())
        .await?;
    row.as_ref().map(parse).transpose()
}

/// What waits with this holder to be handed in for this, in the order of its arrival; at most one for each
/// item.
///
/// # Errors
/// When the database fails.
pub async fn list(
    tx: &mut Tx,
    holder: &str,
    purpose: DocumentPurpose,
) -> Result<Vec<Document>, StoreError> {
    let rows = sqlx::query(
        "select * from documents where holder = $1 and purpose = $2 and application_id is null \
         and state = 'kept' order by uploaded_at, id",
    )
    .bind(holder)
    .bind(words::word(purpose)?)
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(parse).collect()
}

/// Everything that this holder has, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_of_holder(tx: &mut Tx, holder: &str) -> Result<Vec<Document>, StoreError> {
    let rows = sqlx::query(
        "select * from documents where holder = $1 and state = 'kept' order by uploaded_at desc, id",
    )
    .bind(holder)
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(parse).collect()
}

/// Hands in what waits with this holder for this, and answers what the application has from now on.
/// Whoever checks that nothing is missing looks at the answer: what was listed before may be gone.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    tx: &mut Tx,
    holder: &str,
    purpose: DocumentPurpose,
    application_id: &str,
) -> Result<Vec<Document>, StoreError> {
    lock(tx, holder).await?;
    sqlx::query(
        "update documents set application_id = $1 where holder = $2 and purpose = $3 \
         and application_id is null and state = 'kept'",
    )
    .bind(application_id)
    .bind(holder)
    .bind(words::word(purpose)?)
    .execute(tx.connection())
    .await?;
    // An application that is handed in again is decided again.
    sqlx::query("update documents set decided_at = null where application_id = $1")
        .bind(application_id)
        .execute(tx.connection())
        .await?;
    list_of_application(tx, application_id).await
}

/// Gives an application's documents back, so that their holder can correct them before they are handed in
/// again. What waits for the same item already stays instead.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &mut Tx, application_id: &str) -> Result<(), StoreError> {
    sqlx::query(
        "update documents set state = 'leaving' where application_id = $1 and state = 'kept' \
         and exists (select 1 from documents other where other.holder = documents.holder \
         and other.purpose = documents.purpose and other.item = documents.item \
         and other.application_id is null and other.state = 'kept')",
    )
    .bind(application_id)
    .execute(tx.connection())
    .await?;
    sqlx::query(
        "update documents set application_id = null, decided_at = null \
         where application_id = $1 and state = 'kept'",
    )
    .bind(application_id)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What was handed in with an application, in the order of its arrival.
///
/// # Errors
/// When the database fails.
pub async fn list_of_application(
    tx: &mut Tx,
    application_id: &str,
) -> Result<Vec<Document>, StoreError> {
    let rows = sqlx::query(
        "select * from documents where application_id = $1 and state = 'kept' \
         order by uploaded_at, id",
    )
    .bind(application_id)
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(parse).collect()
}

/// The application was decided or taken back: its documents' days count from now on (CHG-13).
///
/// # Errors
/// When the database fails.
pub async fn decided(tx: &mut Tx, application_id: &str, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("update documents set decided_at = $1 where application_id = $2")
        .bind(now.as_millis())
        .bind(application_id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Takes a document away that waits; `false` when it does not, since it was handed in or is gone.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    let removed = sqlx::query(
        "update documents set state = 'leaving' where id = $1 and application_id is null \
         and state = 'kept'",
    )
    .bind(id)
    .execute(tx.connection())
    .await?;
    Ok(removed.rows_affected() == 1)
}

/// Takes away what was decided, or uploaded and never handed in, that long ago; answers what it was
/// (CHG-13).
///
/// # Errors
/// When the database fails.
pub async fn remove_expired(tx: &mut Tx, before: Timestamp) -> Result<Vec<Document>, StoreError> {
    let rows = sqlx::query(
        "update documents set state = 'leaving' where state = 'kept' and (decided_at <= $1 \
         or (application_id is null and uploaded_at <= $1)) returning *",
    )
    .bind(before.as_millis())
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(parse).collect()
}

/// The ids of what has to go from the document store: taken away, or on its way since before
/// `arriving_since`, which nobody will finish.
///
/// # Errors
/// When the database fails.
pub async fn list_leaving(
    tx: &mut Tx,
    arriving_since: Timestamp,
) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "select id from documents where state = 'leaving' \
         or (state = 'arriving' and uploaded_at <= $1) order by uploaded_at limit 500",
    )
    .bind(arriving_since.as_millis())
    .fetch_all(tx.connection())
    .await?)
}

/// Forgets a document whose bytes are gone; one that is kept stays.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    sqlx::query("delete from documents where id = $1 and state <> 'kept'")
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn parse(row: &AnyRow) -> Result<Document, StoreError> {
    let bytes: i64 = row.try_get("bytes")?;
    let decided_at: Option<i64> = row.try_get("decided_at")?;
    Ok(Document {
        id: row.try_get("id")?,
        holder: row.try_get("holder")?,
        purpose: words::parse(row.try_get("purpose")?, "purpose")?,
        item: row.try_get("item")?,
        application_id: row.try_get("application_id")?,
        kind: words::parse(row.try_get("kind")?, "kind")?,
        bytes: u64::try_from(bytes).map_err(|_| StoreError::Impossible("bytes"))?,
        uploaded_at: Timestamp::from_millis(row.try_get("uploaded_at")?),
        decided_at: decided_at.map(Timestamp::from_millis),
    })
}
