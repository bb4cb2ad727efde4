//! The program itself: what it refuses to start with, what an operator's chores do, how it stops.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use sqlx::Connection as _;

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_account-center-server"));
    // Only what the test says: no variable of the machine's may change a setting.
    for (name, _) in std::env::vars() {
        if name.starts_with("ACCOUNT_CENTER_") {
            command.env_remove(name);
        }
    }
    let database = format!("sqlite://{}", folder.join("rows").join("test.db").display());
    command
        .current_dir(folder)
        .env("ACCOUNT_CENTER_DATABASE", database);
    command
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn keys(folder: &Path) -> String {
    let made = program(folder)
        .args(["keys", "new", "--id", "2026-11"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", words(&made));
    String::from_utf8(made.stdout).unwrap()
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the server and answers its first line of output.
fn started(command: &mut Command) -> (Running, String) {
    let mut child = command
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    (Running(child), line)
}

#[test]
fn production_refuses_to_start_without_keys() {
    let folder = tempfile::tempdir().unwrap();
    let output = program(folder.path()).output().unwrap();
    assert!(!output.status.success());
    assert!(words(&output).contains("keys new"), "{}", words(&output));
    let output = program(folder.path())
        .env("ACCOUNT_CENTER_KEYS", "seal_with = \"a\"")
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(
        words(&output).contains("not readable"),
        "{}",
        words(&output)
    );
    // Nothing was made on the way.
    assert!(!folder.path().join("rows").exists());
}

#[test]
fn production_and_demo_do_not_open_each_other_s_database() {
    let folder = tempfile::tempdir().unwrap();
    let (demo, line) = started(program(folder.path()).arg("--demo"));
    assert!(line.starts_with("listening on http://127.0.0.1:"), "{line}");
    drop(demo);
    let output = program(folder.path())
        .env("ACCOUNT_CENTER_KEYS", keys(folder.path()))
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(
        words(&output).contains("belongs to a demo"),
        "{}",
        words(&output)
    );
}

#[test]
fn an_operator_makes_the_first_account_and_production_serves_it() {
    let folder = tempfile::tempdir().unwrap();
    let keys_file = folder.path().join("keys.toml");
    std::fs::write(&keys_file, keys(folder.path())).unwrap();
    let create = |password: &str| {
        let mut child = program(folder.path())
            .args([
                "account",
                "create",
                "--email",
                "ops@mail.example",
                "--nickname",
                "运维",
            ])
            .arg("--keys-file")
            .arg(&keys_file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(format!("{password}\n").as_bytes()).unwrap();
        drop(stdin);
        child.wait_with_output().unwrap()
    };
    let weak = create("woaini1314");
    assert!(!weak.status.success());
    assert!(words(&weak).contains("Common"), "{}", words(&weak));
    let made = create("a long enough sentence");
    assert_eq!(
        String::from_utf8_lossy(&made.stdout).trim().len(),
        12,
        "{}",
        words(&made)
    );
    let twice = create("a long enough sentence");
    assert!(
        words(&twice).contains("another account"),
        "{}",
        words(&twice)
    );
    let (_running, line) = started(program(folder.path()).arg("--keys-file").arg(&keys_file));
    assert!(line.starts_with("listening on "), "{line}");
}

#[tokio::test]
async fn ops_3_verify_answers_with_the_end_of_the_chain_or_the_first_broken_row() {
    let folder = tempfile::tempdir().unwrap();
    // The demo makes accounts when it starts, each with a row.
    let (mut demo, _) = started(program(folder.path()).arg("--demo"));
    demo.0.kill().unwrap();
    demo.0.wait().unwrap();
    let verify = |more: &[&str]| {
        let mut command = program(folder.path());
        command.args(["--demo", "audit", "verify"]).args(more);
        command.output().unwrap()
    };
    let whole = verify(&[]);
    assert!(whole.status.success(), "{}", words(&whole));
    let end = String::from_utf8(whole.stdout).unwrap();
    let (number, digest) = end.trim().split_once(':').unwrap();
    assert!(number.parse::<u64>().unwrap() > 2 && digest.len() == 64);
    assert!(verify(&["--kept", end.trim()]).status.success());
    let rows = folder.path().join("rows").join("test.db");
    let url = format!("sqlite://{}", rows.display());
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(&url).await.unwrap();
    sqlx::query("update audit set event = 'else' where number = 2")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    let broken = verify(&[]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(
        words(&broken).contains("row 2 is not what was written"),
        "{}",
        words(&broken)
    );
    assert!(broken.stdout.is_empty());
    assert!(verify(&["--from", "3"]).status.success());
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_stops_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let (mut running, _) = started(program(folder.path()).arg("--demo"));
    let id = running.0.id().to_string();
    let told = Command::new("kill").args(["-TERM", &id]).status().unwrap();
    assert!(told.success());
    assert!(running.0.wait().unwrap().success());
    // SQLite's log was folded into its file: nothing was cut off.
    assert!(!folder.path().join("rows").join("test.db-wal").exists());
}
