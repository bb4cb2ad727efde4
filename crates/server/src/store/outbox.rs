//! Rows of messages to people, from the transaction that causes one until it was sent.
//! Must not know how a message is sent.

use domain::time::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::{StoreError, Tx};

/// How a message reaches its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A text message.
    Sms,
    /// An e-mail.
    Email,
}

/// A message, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Names it; a receiver that gets the same id twice got the same message twice.
    pub id: String,
    /// How it goes.
    pub channel: Channel,
    /// The phone number or address.
    pub to: String,
    /// The subject line of an e-mail.
    pub subject: Option<String>,
    /// What the reader sees.
    pub body: String,
}

/// A message that one worker holds for sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The message.
    pub message: Message,
    /// How often sending was tried, this time included.
    pub tries: i64,
}

/// A message that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The message.
    pub message: Message,
    /// When it was handed over.
    pub at: Timestamp,
}

/// Puts a message into the outbox; it goes out after the commit.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, message: &Message, now: Timestamp) -> Result<(), StoreError> {
    let id = &message.id;
    let recipient = tx.vault.seal(&purpose("recipient", id), &message.to)?;
    let subject = message
        .subject
        .as_deref()
        .map(|subject| tx.vault.seal(&purpose("subject", id), subject))
        .transpose()?;
    let body = tx.vault.seal(&purpose("body", id), &message.body)?;
    sqlx::query(
        "insert into outbox (id, channel, recipient_sealed, subject_sealed, body_sealed, state, \
         created_at, due_at, tries, claimed_until) \
         values ($1, $2, $3, $4, $5, 'waiting', $6, $6, 0, 0)",
    )
    .bind(id)
    .bind(channel_code(message.channel))
    .bind(recipient)
    .bind(subject)
    .bind(body)
    .bind(now.as_millis())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes up to `most` due messages for `worker` until `until`; no other worker gets them before.
/// What can no longer be read is given up here.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    tx: &mut Tx,
    worker: &str,
    most: u32,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<Claimed>, StoreError> {
    // The outer condition repeats the inner one: on PostgreSQL a second worker waits for the first
    // one's row lock and then judges the row anew, but only by the outer condition.
    let rows = sqlx::query(
        "update outbox set claimed_by = $1, claimed_until = $2, tries = tries + 1 \
         where state = 'waiting' and claimed_until <= $3 and id in \
         (select id from outbox where state = 'waiting' and due_at <= $3 and claimed_until <= $3 \
          order by due_at limit $4) \
         returning id, channel, recipient_sealed, subject_sealed, body_sealed, tries",
    )
    .bind(worker)
    .bind(until.as_millis())
    .bind(now.as_millis())
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    let mut claimed = Vec::new();
    for row in &rows {
        match message(tx, row) {
            Ok(message) => claimed.push(Claimed {
                message,
                tries: row.try_get("tries")?,
            }),
            // Its key is gone. One that cannot be read must not hold up all that come after it.
            Err(StoreError::Vault(error)) => {
                let id: String = row.try_get("id")?;
                update_given_up(tx, &id, worker, &error.to_string(), now).await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(claimed)
}

/// The message was handed over.
///
/// # Errors
/// When the database fails.
pub async fn update_sent(
    tx: &mut Tx,
    id: &str,
    worker: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    finish(tx, id, worker, "sent", None, now).await
}

/// The message cannot be delivered and is not tried again; the row stays to be seen.
///
/// # Errors
/// When the database fails.
pub async fn update_given_up(
    tx: &mut Tx,
    id: &str,
    worker: &str,
    failure: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    finish(tx, id, worker, "given_up", Some(failure), now).await
}

/// Sending failed this time; the message is due again at `due`.
///
/// # Errors
/// When the database fails.
pub async fn update_failed(
    tx: &mut Tx,
    id: &str,
    worker: &str,
    failure: &str,
    due: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "update outbox set due_at = $3, last_failure = $4, claimed_by = null, claimed_until = 0 \
         where id = $1 and claimed_by = $2 and state = 'waiting'",
    )
    .bind(id)
    .bind(worker)
    .bind(due.as_millis())
    .bind(failure)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The newest messages that were sent, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_sent(tx: &mut Tx, most: u32) -> Result<Vec<Sent>, StoreError> {
    let rows = sqlx::query(
        "select id, channel, recipient_sealed, subject_sealed, body_sealed, finished_at \
         from outbox where state = 'sent' order by finished_at desc, created_at desc, id limit $1",
    )
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Sent {
                message: message(tx, row)?,
                at: Timestamp::from_millis(row.try_get("finished_at")?),
            })
        })
        .collect()
}

/// How many messages were given up.
///
/// # Errors
/// When the database fails.
pub async fn count_given_up(tx: &mut Tx) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar("select count(*) from outbox where state = 'given_up'")
        .fetch_one(tx.connection())
        .await?;
    Ok(count)
}

/// Removes messages that were sent before `moment`: what was said need not be kept.
///
/// # Errors
/// When the database fails.
pub async fn delete_sent_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query("delete from outbox where state = 'sent' and finished_at < $1")
        .bind(moment.as_millis())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

async fn finish(
    tx: &mut Tx,
    id: &str,
    worker: &str,
    state: &str,
    failure: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "update outbox set state = $3, finished_at = $4, last_failure = $5 \
         where id = $1 and claimed_by = $2 and state = 'waiting'",
    )
    .bind(id)
    .bind(worker)
    .bind(state)
    .bind(now.as_millis())
    .bind(failure)
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn message(tx: &Tx, row: &AnyRow) -> Result<Message, StoreError> {
    let id: String = row.try_get("id")?;
    let subject = row
        .try_get::<Option<String>, _>("subject_sealed")?
        .map(|sealed| tx.vault.open(&purpose("subject", &id), &sealed))
        .transpose()?;
    Ok(Message {
        channel: parse_channel(row.try_get("channel")?)?,
        to: tx.vault.open(
            &purpose("recipient", &id),
            row.try_get::<&str, _>("recipient_sealed")?,
        )?,
        subject,
        body: tx.vault.open(
            &purpose("body", &id),
            row.try_get::<&str, _>("body_sealed")?,
        )?,
        id,
    })
}

fn purpose(column: &str, id: &str) -> String {
    format!("outbox.{column}:{id}")
}

const fn channel_code(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "sms",
        Channel::Email => "email",
    }
}

fn parse_channel(code: &str) -> Result<Channel, StoreError> {
    match code {
        "sms" => Ok(Channel::Sms),
        "email" => Ok(Channel::Email),
        _ => Err(StoreError::Impossible("channel")),
    }
}
