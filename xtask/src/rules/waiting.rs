//! The rules that wait for something, each with the reason. Knows the list; does not know the sources.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

/// Rules that nothing has to stand for yet.
pub(super) struct Waiting(toml::Table);

impl Waiting {
    /// Reads the list; there need not be one.
    ///
    /// # Errors
    /// When it names an unknown rule or gives no reason.
    pub(super) fn read(file: &Path, ids: &[String]) -> Result<Self> {
        if !file.exists() {
            return Ok(Self(toml::Table::new()));
        }
        Self::parse(&fs::read_to_string(file)?, ids).context("xtask/waiting-rules.toml")
    }

    fn parse(text: &str, ids: &[String]) -> Result<Self> {
        let table: toml::Table = text.parse()?;
        for (id, reason) in &table {
            ensure!(ids.contains(id), "there is no rule {id}");
            let Some(reason) = reason.as_str() else {
                bail!("{id} waits, but its reason is no text");
            };
            ensure!(!reason.trim().is_empty(), "{id} waits without a reason");
        }
        Ok(Self(table))
    }

    /// Why a rule waits, if it does.
    pub(super) fn reason(&self, id: &str) -> Option<String> {
        self.0.get(id)?.as_str().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_waits_for_a_reason() {
        let ids = ["ACC-3".to_owned()];
        let waiting = Waiting::parse("ACC-3 = \"a page shows it\"", &ids).unwrap();
        assert_eq!(waiting.reason("ACC-3").as_deref(), Some("a page shows it"));
        assert_eq!(waiting.reason("ACC-4"), None);
        assert!(Waiting::parse("ACC-3 = \" \"", &ids).is_err());
        assert!(Waiting::parse("ACC-3 = 1", &ids).is_err());
        assert!(Waiting::parse("ACC-99 = \"x\"", &ids).is_err());
    }
}
