//! `dev`: Trunk rebuilds the app at every change and reloads the page; the demo's server answers its
//! calls. Knows the two processes; does not know what they serve.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::console::{note, step};
use crate::product::{self, Build, Running};
use crate::setup::{trunk, wasm_bindgen, wasm_cargo};
use crate::{process, workspace};

/// Serves the app from its sources until Ctrl-C.
///
/// # Errors
/// When something cannot be installed, built or started.
pub(crate) fn dev() -> Result<()> {
    let cargo = wasm_cargo()?;
    let trunk = trunk()?.join("trunk");
    let bindgen = wasm_bindgen()?;
    let server = step("Building the server", || product::build(Build::Debug))?;
    let data = workspace::root().join("data");
    fs::create_dir_all(&data).context("could not make data/")?;
    let server = Running::start(&mut product::demo(&server, &data, 8081))?;

    note("Open http://localhost:8080; Ctrl-C stops both");
    // Trunk starts cargo itself: it gets the same environment as a build of ours.
    let like_a_build = cargo.command("build", &[]);
    let mut command = Command::new(trunk);
    command
        .args(["serve", "--offline", "--port", "8080"])
        .arg(format!("--proxy-backend={}/api/", server.address()))
        .current_dir(workspace::root())
        .env("PATH", process::path_with(&bindgen)?);
    for (name, value) in like_a_build.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    process::run(&mut command)
}
