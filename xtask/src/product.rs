//! The server as a program: building and starting it. Knows its command line; does not know what it
//! answers.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

use crate::{process, workspace};

const PACKAGE: &str = "account-center-server";
const READY: &str = "listening on ";

const DEBUG: [&str; 7] = [
    "test",
    "--workspace",
    "--exclude",
    "e2e",
    "--test",
    "it",
    "--no-run",
];
const ONE_FILE: [&str; 6] = [
    "build",
    "--package",
    PACKAGE,
    "--release",
    "--features",
    "embed-app",
];

/// How the server is built.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Build {
    /// For tests: the same as the native tests build.
    Debug,
    /// Optimised; the browser app stands beside it in `dist/`.
    Release,
    /// Optimised, with the browser app inside.
    OneFile,
}

/// Builds the server and answers where it stands.
///
/// # Errors
/// When it does not compile.
pub(crate) fn build(build: Build) -> Result<PathBuf> {
    let (folder, arguments): (_, &[&str]) = match build {
        // The server's own tests need the program too. Asking for them with the whole workspace
        // gives every dependency the features it has in the native tests; any other way of
        // asking would build half of them again.
        Build::Debug => ("debug", &DEBUG),
        Build::Release => ("release", &["build", "--package", PACKAGE, "--release"]),
        Build::OneFile => ("release", &ONE_FILE),
    };
    process::run(workspace::cargo().args(arguments))?;
    Ok(workspace::target().join(folder).join(PACKAGE))
}

/// The demo, with its SQLite file in `data`, on a port of this machine.
pub(crate) fn demo(server: &Path, data: &Path, port: u16) -> Command {
    let mut command = Command::new(server);
    command
        .arg("--demo")
        .arg("--port")
        .arg(port.to_string())
        .arg("--database")
        .arg(format!("sqlite://{}", data.join("demo.db").display()))
        .arg("--assets")
        .arg(workspace::dist());
    command
}

/// A server that runs until this value goes.
pub(crate) struct Running {
    child: Child,
    address: String,
}

impl Running {
    /// Starts the server and waits until it listens; what else it prints goes to the screen.
    ///
    /// # Errors
    /// When it cannot be started or ends before it listens.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start the server")?;
        let output = child.stdout.take().context("the server's output")?;
        let mut lines = BufReader::new(output).lines();
        let address = loop {
            match lines.next() {
                Some(Ok(line)) => {
                    println!("{line}");
                    if let Some(address) = line.strip_prefix(READY) {
                        break address.trim().to_owned();
                    }
                }
                _ => bail!("the server ended before it listened; see above"),
            }
        };
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                println!("{line}");
            }
        });
        Ok(Self { child, address })
    }

    /// Its address, such as `http://127.0.0.1:8081`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already, and then there is nothing to do.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
