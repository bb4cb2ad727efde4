//! A PostgreSQL of its own for a test run, gone afterwards. Knows its programs; does not know what the
//! tests store.

use std::env;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{self as std_process, Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::console::step;
use crate::process;
use crate::setup::{self, PostgresPrograms, is_root};

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; it ends, and its files go, with this value.
pub(crate) struct Postgres {
    programs: PostgresPrograms,
    folder: PathBuf,
    port: u16,
    server: Child,
}

impl Postgres {
    /// Makes an empty cluster in the temporary folder and starts it on a free port.
    ///
    /// # Errors
    /// When PostgreSQL is missing and cannot be installed, or does not start.
    pub(crate) fn start() -> Result<Self> {
        let programs = setup::postgres()?;
        step("Starting PostgreSQL for the tests", || {
            let name = format!("account-center-postgres-{}", std_process::id());
            let folder = env::temp_dir().join(name);
            fs::create_dir_all(&folder)?;
            if is_root() {
                process::output(Command::new("chown").arg("postgres").arg(&folder))?;
            }
            make_cluster(&programs, &folder)?;
            let port = free_port()?;
            let server = start_server(&programs, &folder, port)?;
            let mut postgres = Self {
                programs,
                folder,
                port,
                server,
            };
            postgres.wait()?;
            Ok(postgres)
        })
    }

    /// Where the tests find it.
    pub(crate) fn url(&self) -> String {
        format!("postgres://app@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&mut self) -> Result<()> {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            ensure!(
                self.server.try_wait()?.is_none() && begun.elapsed() < PATIENCE,
                "PostgreSQL did not start; its words are in {}",
                self.folder.join("log").display()
            );
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = as_its_user(&self.programs, "pg_ctl");
        stop.arg("-D")
            .arg(data(&self.folder))
            .args(["-m", "immediate", "-w", "stop"]);
        // Whatever fails here, the tests have ended, and their result is what counts.
        if process::output(&mut stop).is_err() {
            drop(self.server.kill());
        }
        drop(self.server.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn make_cluster(programs: &PostgresPrograms, folder: &Path) -> Result<()> {
    let mut command = as_its_user(programs, "initdb");
    command
        .arg("-D")
        .arg(data(folder))
        .args(["-U", "app", "--auth=trust", "-E", "UTF8"])
        .args(["--locale=C.UTF-8", "--no-sync"]);
    process::output(&mut command).map(drop)
}

/// Starts it as a child in the foreground, so that Ctrl-C reaches it as well.
fn start_server(programs: &PostgresPrograms, folder: &Path, port: u16) -> Result<Child> {
    let log = fs::File::create(folder.join("log"))?;
    as_its_user(programs, "postgres")
        .arg("-D")
        .arg(data(folder))
        .args(["-p", &port.to_string()])
        .args(["-c", "listen_addresses=127.0.0.1"])
        .args(["-c", "max_connections=200"])
        // It is thrown away afterwards: nothing has to survive a power cut.
        .args(["-c", "fsync=off", "-c", "synchronous_commit=off"])
        .args(["-c", "full_page_writes=off"])
        .arg("-c")
        .arg(format!("unix_socket_directories={}", folder.display()))
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .context("could not start PostgreSQL")
}

/// PostgreSQL refuses to run as root, so root runs it as the user that Debian made for it.
fn as_its_user(programs: &PostgresPrograms, program: &str) -> Command {
    let program = programs.program(program);
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    // The user may not be allowed to stand where this command stands.
    command.current_dir(env::temp_dir());
    command
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
