//! Carries messages from the outbox to the adapters, after the commit that caused them.
//!
//! Knows when to try again; must not know what a message says.

use std::sync::Arc;
use std::time::Duration;

use domain::time::Span;
use tokio::sync::{Notify, watch};

use crate::outside::clock::Clock;
use crate::outside::ids::{Ids, NoRandomness};
use crate::outside::mail::{Letter, Mail};
use crate::outside::sms::{Sms, TextMessage};
use crate::outside::{SendFailure, clock, ids, mail, sms};
use crate::store::outbox::{self, Channel, Claimed, Message};
use crate::store::{Store, StoreError};

/// How long to wait after each failed try; after the last one the message is given up.
const WAITS: [Span; 7] = [
    Span::from_seconds(30),
    Span::from_minutes(2),
    Span::from_minutes(10),
    Span::from_minutes(30),
    Span::from_hours(2),
    Span::from_hours(6),
    Span::from_hours(12),
];

/// A claimed message is nobody else's for this long; far longer than any adapter's patience.
const CLAIM: Span = Span::from_minutes(10);

/// How many messages are claimed at a time.
const ROUND: u32 = 10;

/// How often the outbox is looked at when nobody rings.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// One worker. Any number may run, in one process or in several.
pub struct Postman {
    store: Store,
    clock: Arc<dyn Clock>,
    mail: Arc<dyn Mail>,
    sms: Arc<dyn Sms>,
    name: String,
}

impl Postman {
    /// A worker with a name of its own.
    ///
    /// # Errors
    /// When there is no randomness for the name.
    pub fn new(
        store: Store,
        clock: Arc<dyn clock::Clock>,
        mail: Arc<dyn mail::Mail>,
        sms: Arc<dyn sms::Sms>,
        ids: &dyn ids::Ids,
    ) -> Result<Self, NoRandomness> {
        Ok(Self {
            store,
            clock,
            mail,
            sms,
            name: Ids::id(ids)?,
        })
    }

    /// Works until `stop` turns true; finishes the message in hand.
    pub async fn run(self, ring: Arc<Notify>, mut stop: watch::Receiver<bool>) {
        loop {
            match self.deliver_due().await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::error!(%error, "the outbox cannot be worked on"),
            }
            tokio::select! {
                () = ring.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// Sends what is due now, one round; answers how many messages were in it.
    ///
    /// # Errors
    /// When the database fails; a message that cannot be sent is no error.
    pub async fn deliver_due(&self) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let claimed = outbox::claim(&mut tx, &self.name, ROUND, now, now.plus(CLAIM)).await?;
        tx.commit().await?;
        for claimed in &claimed {
            let outcome = self.send(&claimed.message).await;
            self.note(claimed, outcome).await?;
        }
        Ok(claimed.len())
    }

    async fn send(&self, message: &Message) -> Result<(), SendFailure> {
        match message.channel {
            Channel::Email => {
                let letter = Letter {
                    id: message.id.clone(),
                    to: message.to.clone(),
                    subject: message.subject.clone().unwrap_or_default(),
                    body: message.body.clone(),
                };
                self.mail.send(&letter).await
            }
            Channel::Sms => {
                let text = TextMessage {
                    id: message.id.clone(),
                    to: message.to.clone(),
                    text: message.body.clone(),
                };
                self.sms.send(&text).await
            }
        }
    }

    async fn note(
        &self,
        claimed: &Claimed,
        outcome: Result<(), SendFailure>,
    ) -> Result<(), StoreError> {
        let (id, now) = (&claimed.message.id, self.clock.now());
        let wait = usize::try_from(claimed.tries - 1)
            .ok()
            .and_then(|tried| WAITS.get(tried));
        let mut tx = self.store.write().await?;
        match (outcome, wait) {
            (Ok(()), _) => outbox::update_sent(&mut tx, id, &self.name, now).await?,
            (Err(SendFailure::Later(reason)), Some(wait)) => {
                tracing::warn!(message = %id, reason, tries = claimed.tries, "not sent yet");
                outbox::update_failed(&mut tx, id, &self.name, &reason, now.plus(*wait)).await?;
            }
            (Err(failure), _) => {
                tracing::error!(message = %id, reason = %failure, "a message was given up");
                outbox::update_given_up(&mut tx, id, &self.name, &failure.to_string(), now).await?;
            }
        }
        tx.commit().await
    }
}
