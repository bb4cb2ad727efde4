//! `test` and its parts: every runner, each of them even when one before it failed. Knows the
//! runners; does not know the tests.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::console::{Took, note, step};
use crate::postgres::Postgres;
use crate::product::{self, Build};
use crate::setup::{self, WebDriverPrograms, wasm_bindgen, wasm_cargo, web_driver};
use crate::{browser, process, rules, size, workspace};

/// Every test there is, or those whose name contains one of `filters`.
///
/// # Errors
/// When something cannot be installed or built, or when a test fails.
pub(crate) fn test(filters: &[&str]) -> Result<()> {
    setup::everything()?;
    let mut parts = Parts::default();
    parts.add("native tests", || {
        native(&["--workspace", "--exclude", "e2e"], filters)
    });
    parts.add("tests in the browser", || web(filters));
    if filters.is_empty() {
        parts.add("rules", rules::check);
        parts.add("size", || browser::build().and_then(|()| size::check()));
    }
    parts.add("journeys", || journeys(App::Packed, filters));
    parts.close()
}

/// The server's tests only, on SQLite and on PostgreSQL.
///
/// # Errors
/// When something cannot be installed or built, or when a test fails.
pub(crate) fn test_postgres(filters: &[&str]) -> Result<()> {
    native(&["--package", "account-center-server"], filters)
}

/// The journeys through the running product in a real browser.
///
/// # Errors
/// When something cannot be installed or built, or when a journey fails.
pub(crate) fn journeys(app: App, filters: &[&str]) -> Result<()> {
    let surroundings = Surroundings::ready(app)?;
    step("Walking the journeys", || {
        let mut command = workspace::cargo();
        command.args([
            "test",
            "--package",
            "e2e",
            "--test",
            "journeys",
            "--",
            "--test-threads=2",
        ]);
        surroundings.tell(&mut command);
        process::run(command.args(filters))
    })
}

fn native(packages: &[&str], filters: &[&str]) -> Result<()> {
    let postgres = Postgres::start()?;
    let oidc_server = setup::oidc_server()?;
    step("Running the native tests", || {
        let mut command = workspace::cargo();
        command
            .args(["test", "--no-fail-fast"])
            .args(packages)
            .env("TEST_POSTGRES_URL", postgres.url())
            .env("TEST_OIDC_SERVER", &oidc_server)
            .arg("--")
            .args(filters);
        process::run(&mut command)
    })
}

fn web(filters: &[&str]) -> Result<()> {
    let cargo = wasm_cargo()?;
    let runner = wasm_bindgen()?.join("wasm-bindgen-test-runner");
    let WebDriverPrograms { chromedriver, .. } = web_driver()?;
    step("Asking the native rule book", write_native_transcript)?;
    step("Running the tests in the browser", || {
        // The runner takes one filter at a time.
        let filters: Vec<Option<&&str>> = match filters {
            [] => vec![None],
            some => some.iter().map(Some).collect(),
        };
        for filter in filters {
            let mut command = cargo.command("test", &[]);
            command
                .args(["--package", "account-center", "--test", "web"])
                .args(["--features", "parity", "--"])
                .args(filter)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner)
                // For all of them together; its own 20 seconds are too few on a busy machine.
                .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
                // Seconds for all of them together; the runner gives up after 20.
                .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
                .env("CHROMEDRIVER", &chromedriver);
            process::run(&mut command)?;
        }
        Ok(())
    })
}

/// Writes down what the native rule book answers, for the browser's to be held against (API-4).
fn write_native_transcript() -> Result<()> {
    let mut command = workspace::cargo();
    command.args(["run", "--quiet", "--package", "account-center-domain"]);
    let output = command.args(["--example", "transcript"]).output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    // Where the test includes it from, wherever Cargo builds.
    let folder = workspace::root().join("target/parity");
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::write(folder.join("native.txt"), output.stdout)?)
}

/// Which build of the browser app is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum App {
    /// The one that is served to people.
    Packed,
    /// The one that is there soonest.
    Quick,
}

impl App {
    /// The build that a command line asks for, and its other words.
    pub(crate) fn asked<'a, 'b>(words: &'a [&'b str]) -> (Self, &'a [&'b str]) {
        match words {
            ["--quick", words @ ..] => (Self::Quick, words),
            words => (Self::Packed, words),
        }
    }

    /// Builds it and answers where it is.
    fn build(self) -> Result<PathBuf> {
        match self {
            Self::Packed => browser::build().map(|()| workspace::dist()),
            Self::Quick => browser::build_quick(),
        }
    }
}

/// What a journey needs around it.
pub(super) struct Surroundings {
    app: PathBuf,
    server: PathBuf,
    browser: WebDriverPrograms,
    axe: PathBuf,
}

impl Surroundings {
    /// Builds the product and installs a browser.
    ///
    /// The server is the debug build that the native tests have just made, and the app, unless it
    /// has to be quick, the release build, so that nothing is compiled for the journeys alone.
    ///
    /// # Errors
    /// When something cannot be installed or built.
    pub(super) fn ready(app: App) -> Result<Self> {
        Ok(Self {
            app: app.build()?,
            server: step("Building the server", || product::build(Build::Debug))?,
            browser: web_driver()?,
            axe: setup::axe_core()?,
        })
    }

    /// Tells a command about them.
    pub(super) fn tell(&self, command: &mut Command) {
        command
            .env("E2E_SERVER", &self.server)
            .env("E2E_APP", &self.app)
            .env("E2E_CHROMIUM", &self.browser.chromium)
            .env("E2E_CHROMEDRIVER", &self.browser.chromedriver)
            .env("E2E_AXE", &self.axe)
            .env("E2E_EVIDENCE", workspace::target().join("journeys"))
            .env("E2E_PICTURES", workspace::target().join("screenshots"));
    }
}

/// The parts of a test run: what each was called, how long it took and how it ended.
#[derive(Default)]
struct Parts(Vec<(&'static str, Took, Result<()>)>);

impl Parts {
    fn add(&mut self, name: &'static str, part: impl FnOnce() -> Result<()>) {
        let begun = Instant::now();
        let result = part();
        self.0.push((name, Took(begun.elapsed()), result));
    }

    fn close(self) -> Result<()> {
        println!("▸ Summary");
        let mut failed = Vec::new();
        for (name, took, result) in self.0 {
            match result {
                Ok(()) => note(&format!("✓ {name} ({took})")),
                Err(error) => {
                    note(&format!("✗ {name} ({took}): {error:#}"));
                    failed.push(name);
                }
            }
        }
        if failed.is_empty() {
            return Ok(());
        }
        bail!("failed: {}", failed.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_asks_gets_the_quick_build() {
        let filter: &[&str] = &["nickname"];
        assert_eq!(App::asked(filter), (App::Packed, filter));
        assert_eq!(App::asked(&["--quick", "nickname"]), (App::Quick, filter));
    }

    #[test]
    fn a_failed_part_does_not_stop_the_others_and_is_not_forgotten() {
        let mut parts = Parts::default();
        let mut later = false;
        parts.add("first", || bail!("no"));
        parts.add("second", || {
            later = true;
            Ok(())
        });
        assert_eq!(parts.close().unwrap_err().to_string(), "failed: first");
        assert!(later);
        assert!(Parts::default().close().is_ok());
    }
}
