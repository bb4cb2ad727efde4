//! The release build of the browser app, from sources to `dist/`. Knows the tools and the files;
//! does not know what the app does.
//!
//! Everything that belongs to one build stands in one folder named by the hash of its contents,
//! `assets/<hash>/`. So a browser may keep it forever, script and program of different builds never
//! meet, and only `index.html` says which build is current.

mod compress;
mod index_html;
mod parts;
mod quick;
mod shrink;
mod tools;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::console::{note, step};
use crate::setup::{WasmCargo, wasm_cargo};
use crate::{process, workspace};
pub(crate) use compress::{brotli, gzip};
use index_html::Page;
pub(crate) use quick::build_quick;
use tools::Tools;

/// Builds `dist/`, unless it is what the sources say already.
///
/// # Errors
/// When a tool is missing or fails, or when a browser would refuse the result.
pub(crate) fn build() -> Result<()> {
    let cargo = wasm_cargo()?;
    let tools = Tools::ready()?;
    let program = step("Compiling the browser app", || compile(&cargo))?;

    let stamp = stamp(&program, &tools)?;
    let stamp_file = workspace::browser_target().join("dist.stamp");
    let is_current = fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp);
    if is_current && workspace::dist().join("index.html").is_file() {
        note("dist/ is up to date");
        return Ok(());
    }
    step("Packing the browser app into dist/", || {
        pack(&program, &tools)
    })?;
    fs::write(stamp_file, stamp).context("could not note what dist/ was built from")
}

fn compile(cargo: &WasmCargo) -> Result<PathBuf> {
    let mut command = cargo.release_build(&tools::RUSTFLAGS)?;
    command
        .args(["--package", "account-center", "--profile", "browser"])
        .args(["--features", "split"]);
    process::run(&mut command)?;
    Ok(workspace::browser_target()
        .join("wasm32-unknown-unknown/browser")
        .join("account-center.wasm"))
}

/// What `dist/` is made from, as one hash: the program, the files beside it, the tools and this code.
fn stamp(program: &Path, tools: &Tools) -> Result<String> {
    let root = workspace::root();
    let mut files = vec![program.to_path_buf(), root.join("index.html")];
    for folder in ["style", "public", "xtask/src/browser"] {
        files.extend(workspace::files_below(&root.join(folder)));
    }
    let mut hash = Sha256::new();
    hash.update(tools.to_string());
    for file in files {
        hash.update(file.to_string_lossy().as_bytes());
        hash.update(read(&file)?);
    }
    Ok(hex(&hash.finalize()))
}

fn pack(program: &Path, tools: &Tools) -> Result<()> {
    let root = workspace::root();
    let page = Page::read(&fs::read_to_string(root.join("index.html")).context("index.html")?)?;

    let unfinished = workspace::browser_target().join("dist");
    empty(&unfinished)?;
    let assets = unfinished.join("assets/unnamed");
    tools.bind(program, &assets)?;
    let styles = tools.styles(&page.styles(root)?, &unfinished)?;

    let name = content_hash(&assets)?;
    fs::rename(&assets, unfinished.join("assets").join(&name))?;
    for copied in page.copied_folders() {
        copy_folder(&root.join(&copied.from), &unfinished.join(&copied.to))?;
    }
    fs::write(
        unfinished.join("index.html"),
        page.for_build(&name, &["app.js", "__wasm_split.js"], &styles),
    )?;
    compress::folder(&unfinished)?;

    let dist = workspace::dist();
    if dist.exists() {
        fs::remove_dir_all(&dist).context("could not remove the old dist/")?;
    }
    fs::rename(&unfinished, &dist).context("could not move the build to dist/")
}

/// The first 16 digits of the hash of every file below a folder, names included.
fn content_hash(folder: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for file in workspace::files_below(folder) {
        let name = file.strip_prefix(folder).unwrap_or(&file);
        hash.update(name.to_string_lossy().as_bytes());
        hash.update(read(&file)?);
    }
    Ok(hex(&hash.finalize()).chars().take(16).collect())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("could not read {}", file.display()))
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in workspace::files_below(from) {
        let place = to.join(file.strip_prefix(from).unwrap_or(&file));
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&file, &place).with_context(|| format!("could not copy {}", file.display()))?;
    }
    Ok(())
}
