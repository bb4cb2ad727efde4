//! Tools that Cargo brings, in the cache by name and version. Knows their names; does not know what
//! they are used for.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::cache;
use crate::{process, workspace};

const TRUNK: &str = "0.21.14";
const WASM_SPLIT: &str = "0.2.4";

/// The folder of wasm-bindgen's programs, of exactly the version that the app is locked to.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    let version = workspace::locked_version("wasm-bindgen")?;
    cargo_tool("wasm-bindgen-cli", &version, "wasm-bindgen", &[])
}

/// The program that splits the app into parts which are loaded when they are needed.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn wasm_split() -> Result<PathBuf> {
    let features = ["--features", "build-binary"];
    let folder = cargo_tool(
        "wasm_split_cli_support",
        WASM_SPLIT,
        "wasm-split-cli",
        &features,
    )?;
    Ok(folder.join("wasm-split-cli"))
}

/// The folder of Trunk, which serves the app while it is being worked on.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn trunk() -> Result<PathBuf> {
    // A tool that waits for other tools: compiling it with debug settings takes half the time.
    cargo_tool("trunk", TRUNK, "trunk", &["--debug"])
}

fn cargo_tool(name: &str, version: &str, program: &str, more: &[&str]) -> Result<PathBuf> {
    let folder = cache::installed(
        &format!("{name}-{version}"),
        &format!("bin/{program}"),
        |place| {
            // As its makers tested it; else with what the registry has, which may be a little older.
            install(name, version, place, &[more, &["--locked"]].concat())
                .or_else(|_| install(name, version, place, more))
                .with_context(|| {
                    format!("please check that crates.io can be reached, since `cargo install {name} --version {version}` failed")
                })
        },
    )?;
    Ok(folder.join("bin"))
}

fn install(name: &str, version: &str, place: &Path, more: &[&str]) -> Result<()> {
    let mut command = workspace::cargo();
    command
        .args(["install", name, "--version", version, "--root"])
        .arg(place)
        .args(more)
        .env_remove("CARGO_TARGET_DIR");
    process::output(&mut command).map(drop)
}
