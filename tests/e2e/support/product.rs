//! The product under test: a real server with a database of its own. Knows the server's command
//! line and what it prints; does not know browsers.

use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::process::{end, free_port, told};

/// How long the server may take until it listens.
const PATIENCE: Duration = Duration::from_secs(30);
const READY: &str = "listening on ";

/// A person of the demo who can sign in.
#[derive(Clone, Copy, Debug)]
pub struct Seed {
    /// The address they sign in with.
    pub email: &'static str,
    /// How the demo calls them at first.
    pub nickname: &'static str,
}

impl Seed {
    /// A person whose account is verified as 张三.
    pub const PERSON: Self = Self {
        email: "zhang@demo.example",
        nickname: "小张",
    };
    /// Somebody whose account is not verified and who reads English.
    pub const FOREIGNER: Self = Self {
        email: "smith@demo.example",
        nickname: "Sam",
    };
    /// The password of everybody in the demo.
    pub const PASSWORD: &str = "qingkong-2026-demo";
}

/// A running server in demo mode.
pub struct Product {
    server: Child,
    port: u16,
    folder: TempDir,
}

impl Product {
    /// Starts a server on a free port with an empty database, which the demo then fills.
    ///
    /// # Errors
    /// When it cannot be started or does not listen in time.
    pub async fn start() -> Result<Self> {
        let folder = TempDir::new()?;
        let port = free_port()?;
        let server = start_server(folder.path(), port).await?;
        Ok(Self {
            server,
            port,
            folder,
        })
    }

    /// Ends the server and starts it again at the same address, with the same database.
    ///
    /// # Errors
    /// When it does not end or does not listen again in time.
    pub async fn restart(&mut self) -> Result<()> {
        end(&mut self.server).await?;
        self.server = start_server(self.folder.path(), self.port).await?;
        Ok(())
    }

    /// The whole address of a page.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The status with which the server answers a request for a page.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn status(&self, path: &str) -> Result<u16> {
        use std::io::{Read, Write};
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept: text/html\r\nConnection: close\r\n\r\n",
            self.port
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.split(' ').nth(1).context("no status line")?;
        Ok(status.parse()?)
    }
}

async fn start_server(folder: &Path, port: u16) -> Result<Child> {
    let database = folder.join("demo.db");
    let mut server = Command::new(told("E2E_SERVER")?)
        .arg("--demo")
        .args(["--log", "warn"])
        .arg("--port")
        .arg(port.to_string())
        .arg("--database")
        .arg(format!("sqlite://{}", database.display()))
        .arg("--assets")
        .arg(told("E2E_APP")?)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("could not start the server")?;
    let output = server.stdout.take().context("the server's output")?;
    let mut lines = BufReader::new(output).lines();
    let listening = async {
        while let Some(line) = lines.next_line().await? {
            if line.starts_with(READY) {
                return Ok(());
            }
        }
        bail!("the server ended before it listened")
    };
    timeout(PATIENCE, listening)
        .await
        .context("the server did not listen in time")??;
    // Read on, so that the server never waits for somebody to read what it prints.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok(server)
}
