//! What the demo's phones and mailboxes have got, and its clock. Knows the demo's own endpoints; does not
//! know why a message was sent.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tokio::time::sleep;

use crate::product::Product;

/// How long a message may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

impl Product {
    /// Everything that was sent to somebody, newest first.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn messages(&self, to: &str) -> Result<Vec<String>> {
        let answer = self.get("/api/v1/demo/outbox")?;
        let outbox: Value = serde_json::from_str(&answer.body)?;
        let messages = outbox["messages"].as_array().context("the messages")?;
        Ok(messages
            .iter()
            .filter(|message| message["to"] == to)
            .filter_map(|message| message["body"].as_str().map(ToOwned::to_owned))
            .collect())
    }

    /// The six digits in the newest message that has some and was not read before.
    ///
    /// # Errors
    /// When none arrives in time.
    pub async fn code(&self, to: &str, read_before: &[String]) -> Result<String> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let codes = self.messages(to)?;
            let mut codes = codes.iter().filter_map(|body| six_digits(body));
            if let Some(code) = codes.find(|code| !read_before.contains(code)) {
                return Ok(code);
            }
            sleep(Duration::from_millis(100)).await;
        }
        bail!("no code has arrived at {to}")
    }

    /// The path of the newest link that locks an account.
    ///
    /// # Errors
    /// When none arrives in time.
    pub async fn lock_link(&self, to: &str) -> Result<String> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let messages = self.messages(to)?;
            let link = messages.iter().find_map(|body| {
                let (_, rest) = body.split_once("/lock/")?;
                rest.split_whitespace()
                    .next()
                    .map(|token| format!("/lock/{token}"))
            });
            if let Some(link) = link {
                return Ok(link);
            }
            sleep(Duration::from_millis(100)).await;
        }
        bail!("no link to lock has arrived at {to}")
    }

    /// Moves the demo's clock forward.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn waits(&self, seconds: u32) -> Result<()> {
        let body = format!("{{\"forward_by\":{}}}", u64::from(seconds) * 1000);
        let answer = self.post("/api/v1/demo/clock", &body)?;
        anyhow::ensure!(answer.status < 300, "the clock stays: {}", answer.body);
        Ok(())
    }
}

/// The first run of exactly six digits.
fn six_digits(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|run| run.len() == 6)
        .map(ToOwned::to_owned)
}
