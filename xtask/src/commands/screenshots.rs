//! `screenshots`: pictures of pages in every variant, to be looked at. Knows what is passed on; does
//! not know how a picture is taken.

use anyhow::Result;

use crate::commands::test::{App, Surroundings};
use crate::console::{note, step};
use crate::{process, workspace};

/// Takes pictures of `pages`, or of every page when none is named, into `target/screenshots/`.
///
/// # Errors
/// When the product cannot be built or a page cannot be opened.
pub(crate) fn screenshots(app: App, pages: &[&str]) -> Result<()> {
    let surroundings = Surroundings::ready(app)?;
    step("Taking pictures", || {
        let mut command = workspace::cargo();
        command.args([
            "run",
            "--quiet",
            "--package",
            "e2e",
            "--bin",
            "screenshots",
            "--",
        ]);
        surroundings.tell(&mut command);
        process::run(command.args(pages))
    })?;
    let folder = workspace::target().join("screenshots");
    note(&format!("The pictures are in {}", folder.display()));
    Ok(())
}
