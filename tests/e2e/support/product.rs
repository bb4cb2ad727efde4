//! The product under test: a real server with a database of its own. Knows the server's command
//! line and what it prints; does not know browsers.

use std::io::{Read, Write};
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
    /// Somebody with neither phone nor WeChat, so that there is nothing yet to prove oneself with.
    pub const NEWCOMER: Self = Self {
        email: "new@demo.example",
        nickname: "云上新人",
    };
    /// How the demo's phone calls the holder of the WeChat of [`Seed::PERSON`], which signs in to the
    /// enterprise's account too.
    pub const PERSONS_WECHAT: &str = "张三 wechat-zhang";
    /// Somebody whose sign-in asks for a code to their phone.
    pub const PROTECTED: Self = Self {
        email: "wang@demo.example",
        nickname: "小王",
    };
    /// The phone of [`Seed::PROTECTED`].
    pub const PROTECTED_PHONE: &str = "+8613900139001";
    /// The id of the account that has sub-users, of which one is called `ops`.
    pub const ROOT: &str = "100000000003";
    /// The security phone of [`Seed::PERSON`].
    pub const PERSONS_PHONE: &str = "+8613800000123";
    /// The security e-mail of [`Seed::PERSON`].
    pub const PERSONS_SAFE_EMAIL: &str = "zhang.safe@demo.example";
    /// Somebody with a security phone who reads English.
    pub const PHONE_OWNER: Self = Self {
        email: "lin@demo.example",
        nickname: "小林",
    };
    /// An enterprise whose code is from before the USCC; it reads English.
    pub const OLD_CODE: Self = Self {
        email: "oldcode@demo.example",
        nickname: "Old code",
    };
    /// An enterprise that the register says is dissolved; it reads English.
    pub const DISSOLVED: Self = Self {
        email: "closed@demo.example",
        nickname: "Dissolved",
    };
    /// The number of that phone.
    pub const PHONE: &str = "+8613800000321";
    /// The id of the account of [`Seed::PERSON`].
    pub const PERSONS_ID: &str = "100000000002";
    /// The password of everybody in the demo.
    pub const PASSWORD: &str = "qingkong-2026-demo";
}

/// Somebody who works at the demo's desk.
#[derive(Clone, Copy, Debug)]
pub struct Operator {
    /// The name they sign in with.
    pub name: &'static str,
    /// What their app was bound with.
    pub secret: &'static str,
}

impl Operator {
    /// Decides cases.
    pub const REVIEWER: Self = Self {
        name: "reviewer",
        secret: "REVIEWERREVIEWERREVIEWERREVIEWER",
    };
    /// Looks accounts up, freezes, lifts.
    pub const SUPPORT: Self = Self {
        name: "support",
        secret: "SUPPORT7SUPPORT7SUPPORT7SUPPORT7",
    };
    /// Raises an enterprise's limit.
    pub const ADMINISTRATOR: Self = Self {
        name: "admin",
        secret: "ADMIN777ADMIN777ADMIN777ADMIN777",
    };
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
        Ok(self.get(path)?.status)
    }

    /// What the server answers to a program that sends it JSON.
    ///
    /// # Errors
    /// When it does not answer, or not with text.
    pub fn post(&self, path: &str, json: &str) -> Result<Answer> {
        self.exchange(&format!(
            "POST {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
            self.port,
            json.len()
        ))
    }

    /// What the server answers to somebody without a browser.
    ///
    /// # Errors
    /// When it does not answer, or not with text.
    pub fn get(&self, path: &str) -> Result<Answer> {
        self.exchange(&format!(
            "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nAccept: text/html\r\n\r\n",
            self.port
        ))
    }

    /// By hand, in the version of the protocol that needs no more than this.
    fn exchange(&self, request: &str) -> Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(request.as_bytes())?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Answer::read(&text).context("an answer that is no answer")
    }
}

/// An answer of the server.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The body.
    pub body: String,
    headers: Vec<(String, String)>,
}

impl Answer {
    fn read(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        });
        Some(Self {
            status,
            body: body.to_owned(),
            headers: headers.collect(),
        })
    }

    /// The value of a header, whose name is given in small letters.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
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
