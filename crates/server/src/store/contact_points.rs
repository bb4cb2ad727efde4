//! Rows of contact phones and e-mails, and of what waits to take their place (CON-6). Must not know
//! who may change them.

use domain::account::AccountId;
use domain::contacts::{ContactKind, ContactPoint, ContactTarget, Pending};
use domain::identity::{Email, PhoneNumber};
use domain::time::Timestamp;
use sqlx::Row as _;

use super::accounts::parse_id;
use super::{StoreError, Tx, words};

/// The contact of a kind as it stands, empty where nothing was set.
///
/// # Errors
/// When the database fails or a column cannot be opened.
pub async fn find(
    tx: &mut Tx,
    id: AccountId,
    kind: ContactKind,
) -> Result<ContactPoint, StoreError> {
    let row = sqlx::query(
        "select confirmed_sealed, pending_sealed, pending_since from contact_points \
         where account_id = $1 and kind = $2",
    )
    .bind(id.to_string())
    .bind(words::word(kind)?)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        return Ok(ContactPoint {
            kind,
            confirmed: None,
            pending: None,
        });
    };
    let open = |column| -> Result<Option<ContactTarget>, StoreError> {
        let sealed: Option<String> = row.try_get(column)?;
        let Some(sealed) = sealed else {
            return Ok(None);
        };
        let text = tx.vault.open(&purpose(id, kind), &sealed)?;
        parse(kind, &text).map(Some)
    };
    let since: Option<i64> = row.try_get("pending_since")?;
    Ok(ContactPoint {
        kind,
        confirmed: open("confirmed_sealed")?,
        pending: open("pending_sealed")?
            .zip(since)
            .map(|(value, since)| Pending {
                value,
                since: Timestamp::from_millis(since),
            }),
    })
}

/// Writes a contact down; `link_hash` is that of the link which confirms what waits.
///
/// # Errors
/// When the database fails.
pub async fn update(
    tx: &mut Tx,
    id: AccountId,
    contact: &ContactPoint,
    link_hash: Option<&str>,
) -> Result<(), StoreError> {
    let seal = |target: &ContactTarget| tx.vault.seal(&purpose(id, contact.kind), target.display());
    let confirmed = contact.confirmed.as_ref().map(seal).transpose()?;
    let waits = contact.pending.as_ref();
    let pending = waits.map(|pending| seal(&pending.value)).transpose()?;
    sqlx::query(
        "insert into contact_points \
         (account_id, kind, confirmed_sealed, pending_sealed, pending_since, link_hash) \
         values ($1, $2, $3, $4, $5, $6) on conflict (account_id, kind) do update set \
         confirmed_sealed = excluded.confirmed_sealed, pending_sealed = excluded.pending_sealed, \
         pending_since = excluded.pending_since, link_hash = excluded.link_hash",
    )
    .bind(id.to_string())
    .bind(words::word(contact.kind)?)
    .bind(confirmed)
    .bind(pending)
    .bind(waits.map(|pending| pending.since.as_millis()))
    .bind(link_hash)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whose contact a link confirms.
///
/// # Errors
/// When the database fails.
pub async fn find_by_link(
    tx: &mut Tx,
    link_hash: &str,
) -> Result<Option<(AccountId, ContactKind)>, StoreError> {
    let row = sqlx::query("select account_id, kind from contact_points where link_hash = $1")
        .bind(link_hash)
        .fetch_optional(tx.connection())
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some((
        parse_id(row.try_get("account_id")?)?,
        words::parse(row.try_get("kind")?, "contact_points.kind")?,
    )))
}

fn parse(kind: ContactKind, text: &str) -> Result<ContactTarget, StoreError> {
    let impossible = StoreError::Impossible("contact_points");
    match kind {
        ContactKind::Phone => PhoneNumber::parse(text)
            .map(ContactTarget::Phone)
            .map_err(|_| impossible),
        ContactKind::Email => Email::parse(text)
            .map(ContactTarget::Email)
            .map_err(|_| impossible),
    }
}

fn purpose(id: AccountId, kind: ContactKind) -> String {
    format!("contact_points.{kind:?}:{id}")
}
