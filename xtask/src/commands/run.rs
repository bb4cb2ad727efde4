//! `run` and `build`: the product as somebody would install it. Knows the order of steps; does not
//! know how a step is done.

use std::fs;
use std::os::unix::process::CommandExt;

use anyhow::{Context, Result};

use crate::console::{note, step};
use crate::product::{self, Build};
use crate::{browser, workspace};

/// Builds everything in release and becomes the demo's server. `arguments` go to the server.
///
/// # Errors
/// When something cannot be installed, built or started.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    browser::build()?;
    let server = step("Building the server", || product::build(Build::Release))?;
    let data = workspace::root().join("data");
    fs::create_dir_all(&data).context("could not make data/")?;
    note("Starting the demo; Ctrl-C stops it, its data stay in data/");
    let mut command = product::demo(&server, &data, 8080);
    // The server takes this process's place, so that signals reach it and nothing is left behind.
    let error = command.args(arguments).exec();
    Err(error).context("could not start the server")
}

/// Builds one release binary with the browser app inside.
///
/// # Errors
/// When something cannot be installed or built.
pub(crate) fn build() -> Result<()> {
    browser::build()?;
    let binary = step("Building the server with the app inside", || {
        product::build(Build::OneFile)
    })?;
    let bytes = fs::metadata(&binary)?.len();
    note(&format!("{} ({} MB)", binary.display(), bytes / 1_000_000));
    Ok(())
}
