//! Debian's packages, for what neither Cargo nor npm brings. Knows apt; does not know why a
//! package is wanted.

use std::io::{IsTerminal, stdin};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::console::step;
use crate::process;

/// Installs packages, as root or through sudo.
///
/// # Errors
/// One sentence with the remedy where this machine has no apt-get, where nobody may use it, or
/// where it fails.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if process::find("apt-get").is_none() {
        bail!(
            "this machine has no apt-get: please install what Debian calls `{list}` with its own package manager and try again"
        );
    }
    step(&format!("Installing {list} with apt-get"), || {
        let remedy = || format!("please run `sudo apt-get install {list}` and try again");
        let mut update = as_root().with_context(remedy)?;
        process::output(update.args(["apt-get", "update"])).with_context(remedy)?;
        let mut install = as_root().with_context(remedy)?;
        install
            .args(["apt-get", "install", "-y", "--no-install-recommends"])
            .args(packages);
        process::output(&mut install).with_context(remedy)?;
        Ok(())
    })
}

/// Begins a command that root carries out.
fn as_root() -> Result<Command> {
    let unattended = "DEBIAN_FRONTEND=noninteractive";
    if is_root() {
        let mut command = Command::new("env");
        command.arg(unattended);
        return Ok(command);
    }
    let mut command = Command::new("sudo");
    if !stdin().is_terminal() {
        command.arg("-n");
    }
    if process::find("sudo").is_none() {
        bail!("only root may install packages, and there is no sudo");
    }
    command.args(["env", unattended]);
    Ok(command)
}

/// Whether this process is root's.
pub(crate) fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
