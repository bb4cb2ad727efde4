//! Programs that run beside a journey and end with it. Knows processes; does not know which.

use std::env;
use std::net::TcpListener;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// How long a program may take to end once it was asked to.
const PATIENCE: Duration = Duration::from_secs(10);

/// What `cargo xtask` tells about the surroundings of a journey.
///
/// # Errors
/// When the journey was not started by it.
pub(crate) fn told(name: &str) -> Result<PathBuf> {
    env::var_os(name).map(PathBuf::from).with_context(|| {
        format!("{name} is not set: please start journeys with `cargo xtask e2e [filter…]`")
    })
}

/// A port that was free a moment ago.
///
/// # Errors
/// When there is none.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Asks a program to end, as a service manager would, and waits until it has.
///
/// # Errors
/// When it does not end in time.
pub(crate) async fn end(child: &mut Child) -> Result<()> {
    if let Some(id) = child.id() {
        Command::new("kill")
            .args(["-TERM", &id.to_string()])
            .status()
            .await
            .context("could not ask a program to end")?;
    }
    timeout(PATIENCE, child.wait())
        .await
        .context("a program did not end when it was asked to")??;
    Ok(())
}
