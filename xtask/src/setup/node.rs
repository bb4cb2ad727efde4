//! Node.js and the few tools that only npm brings, in the cache by name and version. Knows their
//! names; does not know what they are used for.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{apt, cache};
use crate::process;

/// Every npm package in use, pinned.
const PACKAGES: [(&str, &str); 4] = [
    ("axe-core", "4.14.1"),
    ("binaryen", "132.0.0"),
    ("esbuild", "0.28.2"),
    ("oauth2-mock-server", "8.2.3"),
];

/// The program `node`.
///
/// # Errors
/// When it is missing and cannot be installed.
pub(crate) fn node() -> Result<PathBuf> {
    if process::find("node").is_none() || process::find("npm").is_none() {
        apt::install(&["nodejs", "npm"])?;
    }
    process::find("node").context("please install Node.js 18 or newer: `node` is not on the path")
}

/// A program of an npm package.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn npm_program(package: &str, program: &str) -> Result<PathBuf> {
    npm_file(package, &format!("node_modules/.bin/{program}"))
}

/// The module of an optimiser for WebAssembly.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn binaryen() -> Result<PathBuf> {
    npm_file("binaryen", "node_modules/binaryen/index.js")
}

/// The script that checks a page's accessibility.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn axe_core() -> Result<PathBuf> {
    npm_file("axe-core", "node_modules/axe-core/axe.min.js")
}

/// The module of an OpenID Connect server for tests.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn oidc_server() -> Result<PathBuf> {
    npm_file(
        "oauth2-mock-server",
        "node_modules/oauth2-mock-server/dist/index.mjs",
    )
}

fn npm_file(package: &str, file: &str) -> Result<PathBuf> {
    let Some((_, version)) = PACKAGES.iter().find(|(name, _)| *name == package) else {
        bail!("{package} is not on the list of npm packages in xtask/src/setup/node.rs");
    };
    let folder = cache::installed(&format!("{package}-{version}"), file, |place| {
        node()?;
        let mut command = Command::new("npm");
        command
            .args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"])
            .arg(place)
            .arg(format!("{package}@{version}"));
        process::output(&mut command).map(drop).with_context(|| {
            format!("please check that the npm registry can be reached, since {package} {version} could not be installed")
        })
    })?;
    Ok(folder.join(file))
}
