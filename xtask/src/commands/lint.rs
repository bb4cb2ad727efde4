//! `lint`: what a reviewer should not have to say. Knows the tools; does not know the code.

use std::process::Command;

use anyhow::Result;

use crate::console::{note, step};
use crate::{process, workspace};

/// Formatting, clippy for everything, and licences and sources of what we depend on.
///
/// # Errors
/// When something is not as it should be.
pub(crate) fn lint() -> Result<()> {
    for component in ["rustfmt", "clippy"] {
        ensure_component(component)?;
    }
    step("Checking the formatting", || {
        process::run(workspace::cargo().args(["fmt", "--all", "--check"]))
    })?;
    step("Running clippy", || {
        let everything = ["clippy", "--workspace", "--all-targets", "--locked"];
        process::run(
            workspace::cargo()
                .args(everything)
                .args(["--", "-D", "warnings"]),
        )?;
        // Journeys are run only when asked for, and so are not among "all targets".
        let journeys = [
            "clippy",
            "--package",
            "e2e",
            "--test",
            "journeys",
            "--locked",
        ];
        process::run(
            workspace::cargo()
                .args(journeys)
                .args(["--", "-D", "warnings"]),
        )
    })?;
    if process::succeeds(workspace::cargo().args(["deny", "--version"])) {
        step("Checking licences and sources", || {
            process::run(workspace::cargo().args(["deny", "check", "licenses", "bans", "sources"]))
        })
    } else {
        note(
            "cargo-deny is not installed, so licences and sources were not checked (`cargo install cargo-deny`)",
        );
        Ok(())
    }
}

fn ensure_component(component: &str) -> Result<()> {
    let subcommand = if component == "rustfmt" {
        "fmt"
    } else {
        component
    };
    if process::succeeds(workspace::cargo().args([subcommand, "--version"])) {
        return Ok(());
    }
    step(&format!("Adding {component} with rustup"), || {
        process::output(Command::new("rustup").args(["component", "add", component])).map(drop)
    })
}
