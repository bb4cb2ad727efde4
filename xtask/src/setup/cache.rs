//! The user's cache folder, where tools stand by name and version, so that a second clone does
//! not pay again. Knows folders; does not know how a tool is installed.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::console::step;

/// The cache folder of this project.
///
/// # Errors
/// When neither `XDG_CACHE_HOME` nor `HOME` says where caches go.
pub(crate) fn folder() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .context("please set HOME or XDG_CACHE_HOME, so that tools have a place to stand")?;
    Ok(base.join("account-center"))
}

/// The folder of one tool, installed when `proof`, a file within it, is not there.
///
/// The tool is installed beside its place and moved when it is whole, so an interrupted run leaves
/// nothing that looks installed.
///
/// # Errors
/// When the installation fails or does not bring `proof`.
pub(crate) fn installed(
    key: &str,
    proof: &str,
    install: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let place = folder()?.join(key);
    if place.join(proof).exists() {
        return Ok(place);
    }
    step(
        &format!("Installing {key} into {}", place.display()),
        || {
            let unfinished = place.with_file_name(format!("{key}.unfinished"));
            remove(&unfinished)?;
            fs::create_dir_all(&unfinished)
                .with_context(|| format!("could not make {}", unfinished.display()))?;
            install(&unfinished)?;
            ensure!(
                unfinished.join(proof).exists(),
                "{key} was installed, but {proof} is not there; please report this"
            );
            remove(&place)?;
            fs::rename(&unfinished, &place)
                .with_context(|| format!("could not move {key} to its place"))
        },
    )?;
    Ok(place)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("could not remove {}", folder.display()))?;
    }
    Ok(())
}
