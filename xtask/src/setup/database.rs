//! The programs of PostgreSQL. Knows where Debian puts them; does not know what is stored.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::apt;
use crate::process;

/// Where Debian keeps one folder for each version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// The programs of one version of PostgreSQL.
pub(crate) struct PostgresPrograms(PathBuf);

impl PostgresPrograms {
    /// The folder they stand in.
    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    /// One of them.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

/// Finds PostgreSQL's server programs, and installs them where there are none.
///
/// # Errors
/// When they are missing and cannot be installed.
pub(crate) fn postgres() -> Result<PostgresPrograms> {
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::install(&["postgresql"])?;
    find().context("please install PostgreSQL 14 or newer: its `initdb` was not found")
}

fn find() -> Option<PostgresPrograms> {
    let newest = || {
        let versions = fs::read_dir(VERSIONS).ok()?.flatten();
        versions
            .map(|entry| entry.path().join("bin"))
            .filter(|folder| folder.join("initdb").is_file())
            .max()
    };
    let on_path = || Some(process::find("initdb")?.parent()?.to_path_buf());
    newest().or_else(on_path).map(PostgresPrograms)
}
